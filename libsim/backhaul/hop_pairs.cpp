#include "libsim/backhaul/hop_pairs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "libsim/parallel.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

using Square = std::pair<long, long>;

Square square_of(Point at, double side_m) {
  return {std::lround(std::floor(at.x_m / side_m)), std::lround(std::floor(at.y_m / side_m))};
}

void check(std::span<const HopMast> masts, const HopSearch& search) {
  std::vector<Fault> faults;
  const auto refuse = [&](const char* key, double value, const char* legal) {
    faults.push_back(
        {.message = "cannot be planned with", .key = key, .value = fmt::format("{}", value), .legal = legal});
  };
  if (!(search.freq_hz >= 1e9 && search.freq_hz <= 1e15)) refuse("freq_hz", search.freq_hz, "1e9 .. 1e15 Hz");
  if (!(search.longest_m > 0.0 && search.longest_m <= 2e5)) refuse("longest_m", search.longest_m, "0 .. 200000 m");
  if (!(search.shortest_m >= 1.0)) refuse("shortest_m", search.shortest_m, ">= 1 m");
  for (const HopMast& mast : masts) {
    const bool sound = mast.antenna.lowest_agl_m >= 0.0 &&
                       mast.antenna.highest_agl_m >= mast.antenna.lowest_agl_m &&
                       mast.antenna.highest_agl_m <= 1e3;
    if (!sound) refuse("highest_agl_m", mast.antenna.highest_agl_m, "lowest_agl_m .. 1000 m, lowest_agl_m >= 0");
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

/// Squares as wide as the longest hop: partners are in a mast's own square or in the eight around it.
std::vector<HopPair> near_pairs(std::span<const HopMast> masts, const HopSearch& search) {
  std::map<Square, std::vector<std::uint32_t>> squares;
  for (std::uint32_t i = 0; i < masts.size(); ++i) squares[square_of(masts[i].at, search.longest_m)].push_back(i);
  std::vector<HopPair> out;
  for (std::uint32_t i = 0; i < masts.size(); ++i) {
    const Square own = square_of(masts[i].at, search.longest_m);
    const std::size_t first = out.size();
    for (long dx = -1; dx <= 1; ++dx) {
      for (long dy = -1; dy <= 1; ++dy) {
        const auto found = squares.find({own.first + dx, own.second + dy});
        if (found == squares.end()) continue;
        for (const std::uint32_t j : found->second) {
          const double length_m = distance_m(masts[i].at, masts[j].at);
          if (j > i && length_m >= search.shortest_m && length_m <= search.longest_m)
            out.push_back({i, j, length_m});
        }
      }
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
              [](const HopPair& a, const HopPair& b) { return a.to < b.to; });
  }
  return out;
}

}  // namespace

std::vector<HopPair> hop_pairs(const Ground& ground, std::span<const HopMast> masts, const HopSearch& search) {
  check(masts, search);
  std::vector<HopPair> out = near_pairs(masts, search);
  parallel_for(out.size(), search.threads, [&](std::size_t i) {
    HopPair& pair = out[i];
    const HopMast& from = masts[pair.from];
    const HopMast& to = masts[pair.to];
    const std::optional<Profile> profile = hop_profile(ground, from.at, to.at);
    if (profile) pair.sight = hop_sight(search.freq_hz, profile->view(), {from.antenna, to.antenna}, search.rules);
  });
  return out;
}

}  // namespace amaneku
