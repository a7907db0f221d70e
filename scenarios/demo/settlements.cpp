#include "scenarios/demo/settlements.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numeric>

#include "scenarios/demo/random.hpp"
#include "terrain/error.hpp"
#include "terrain/people/mesh_code.hpp"

namespace amaneku::scenarios::demo {

namespace {

using Score = std::function<double(std::size_t cell, Point p)>;

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr double kRim_m = 900.0;  ///< nobody lives closer to the edge of the map

/// The cell of the highest score, or -1 where every score is kNever.
std::int64_t best_cell(const Grid& grid, const Score& score) {
  std::int64_t best = -1;
  double highest = kNever;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const Point p = grid.centre(ix, iy);
      const bool rim = p.x_m < grid.west_m + kRim_m || p.x_m > grid.east_m() - kRim_m ||
                       p.y_m > grid.north_m - kRim_m || p.y_m < grid.south_m() + kRim_m;
      const double value = rim ? kNever : score(grid.index(ix, iy), p);
      if (value > highest) {
        highest = value;
        best = static_cast<std::int64_t>(grid.index(ix, iy));
      }
    }
  }
  return best;
}

Point centre_of(const Grid& grid, std::int64_t cell) {
  return grid.centre(static_cast<int>(cell % grid.nx), static_cast<int>(cell / grid.nx));
}

double nearest_m(const std::vector<Settlement>& settlements, Point p) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Settlement& settlement : settlements) nearest = std::min(nearest, distance_m(settlement.at, p));
  return nearest;
}

struct SeatWish {
  int people;
  double spread_m;
  double coast_km;  ///< wanted distance from the sea
  double apart_km;  ///< least distance from the seats before it
  double share_over_64;
};

constexpr SeatWish kWishes[kSeats] = {{9200, 1300.0, 1.6, 0.0, 0.37},
                                      {4300, 950.0, 0.9, 10.0, 0.44},
                                      {3300, 1000.0, 10.5, 7.5, 0.43},
                                      {950, 800.0, 17.0, 6.0, 0.56},
                                      {420, 450.0, 0.25, 0.0, 0.58}};

Point seat_position(std::size_t seat, const std::vector<Settlement>& before, const Relief& relief,
                    const Survey& survey) {
  const SeatWish& wish = kWishes[seat];
  const Grid& grid = relief.survey_m.grid;
  const Point mouth = relief.rivers.front().line.back();
  const bool island = seat + 1 == kSeats;
  const std::int64_t cell = best_cell(grid, [&](std::size_t at, Point p) {
    if (survey.land[at] != (island ? 2 : 1) || survey.level.values[at] <= 0.0F) return kNever;
    if (nearest_m(before, p) < 1000.0 * wish.apart_km) return kNever;
    const double coast_km = static_cast<double>(survey.coast_m.values[at]) / 1000.0;
    const double off = std::abs(coast_km - wish.coast_km);
    const double around = static_cast<double>(survey.level_around.values[at]);
    double score = around + 0.4 * static_cast<double>(survey.level.values[at]) - 0.12 * off;
    if (seat == 0) score -= 0.1 * distance_m(p, mouth) / 1000.0;
    // The island's village looks out to the ocean, its back to the mainland.
    if (island) score -= 0.00012 * (p.y_m - grid.south_m());
    return score;
  });
  if (cell < 0) throw InternalError("demo region: no place for seat " + std::to_string(seat));
  return centre_of(grid, cell);
}

Setting setting_of(double coast_m, double height_m) {
  if (coast_m < 1300.0) return Setting::coast;
  return height_m < 160.0 ? Setting::valley : Setting::mountain;
}

/// Where a new hamlet would be founded, -1 where there is no room left. A third of the hamlets are looked for high
/// up and a third in the bays, else all would lie in the plain; every tenth is the island's.
std::int64_t hamlet_cell(Random random, std::uint64_t hamlet, const std::vector<Settlement>& before,
                         const Survey& survey) {
  const bool fishing = hamlet % 3 == 1;
  const double wanted_km = hamlet % 3 == 0 ? random.uniform(9.0, 24.0) : random.uniform(1.0, 11.0);
  return best_cell(survey.level.grid, [&](std::size_t at, Point p) {
    const bool on_island = survey.land[at] == 2 && hamlet % 10 == 9;
    if ((survey.land[at] != 1 && !on_island) || survey.level.values[at] < 0.3F) return kNever;
    const double coast_km = static_cast<double>(survey.coast_m.values[at]) / 1000.0;
    const bool bay = fishing && !on_island;
    if (bay && coast_km > 0.5) return kNever;
    const double apart_m = nearest_m(before, p);
    if (apart_m < (on_island ? 900.0 : 1900.0)) return kNever;
    const double around = static_cast<double>(survey.level_around.values[at]);
    if (bay) return around + apart_m / 40'000.0;
    return around - 0.09 * std::abs(coast_km - wanted_km) + (on_island ? 1.0 : 0.0);
  });
}

double habitable(const Relief& relief, const Survey& survey, Point p) {
  const Grid& grid = survey.level.grid;
  const int ix = grid.column_of(p.x_m);
  const int iy = grid.row_of(p.y_m);
  if (!grid.holds(ix, iy) || relief.sea[grid.index(ix, iy)] != 0) return 0.0;
  return 0.0005 + static_cast<double>(survey.level.at(ix, iy));
}

bool on_land(const Relief& relief, Point p) {
  const Grid& grid = relief.ground_asl_m.grid;
  const int ix = grid.column_of(p.x_m);
  const int iy = grid.row_of(p.y_m);
  return grid.holds(ix, iy) && !std::isnan(relief.ground_asl_m.at(ix, iy));
}

struct MeshGround {
  std::string code;
  Point centre;
  double habitable;  ///< mean over the mesh
};

/// The half meshes whose centre is on land and which are at least two fifths land.
std::vector<MeshGround> land_meshes(const Relief& relief, const Survey& survey, const Crs& crs) {
  constexpr double kLat_deg = 1.0 / 240.0;
  constexpr double kLon_deg = 1.0 / 160.0;
  constexpr int kSamples = 6;
  const Grid& grid = kRegionGrid;
  LonLatBox box;
  for (const double x_m : {grid.west_m, grid.east_m()}) {
    for (const double y_m : {grid.south_m(), grid.north_m}) box.include(crs.to_lonlat({x_m, y_m}));
  }
  std::vector<MeshGround> meshes;
  for (int row = static_cast<int>(box.south_deg / kLat_deg); row * kLat_deg < box.north_deg; ++row) {
    for (int column = static_cast<int>(box.west_deg / kLon_deg); column * kLon_deg < box.east_deg; ++column) {
      const LonLat centre{(column + 0.5) * kLon_deg, (row + 0.5) * kLat_deg};
      const Point at = crs.to_plan(centre);
      if (!on_land(relief, at)) continue;
      double sum = 0.0;
      int land = 0;
      for (int i = 0; i < kSamples * kSamples; ++i) {
        const int sample_row = i / kSamples;
        const double east_m = (i % kSamples + 0.5) / kSamples - 0.5;
        const double north_m = (sample_row + 0.5) / kSamples - 0.5;
        const double value = habitable(relief, survey, {at.x_m + 584.0 * east_m, at.y_m + 462.0 * north_m});
        sum += value;
        if (value > 0.0) ++land;
      }
      if (5 * land < 2 * kSamples * kSamples) continue;
      meshes.push_back({encode_mesh(centre, 4), at, sum / (kSamples * kSamples)});
    }
  }
  return meshes;
}

/// Whole people in proportion to the weights, by largest remainder; the sum is `people`.
std::vector<int> shared_out(int people, const std::vector<double>& weights) {
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  std::vector<int> shares(weights.size(), 0);
  std::vector<std::pair<double, std::size_t>> remainders;
  int given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = people * weights[i] / total;
    shares[i] = static_cast<int>(exact);
    given += shares[i];
    remainders.emplace_back(shares[i] - exact, i);
  }
  std::sort(remainders.begin(), remainders.end());
  for (std::size_t i = 0; given < people; ++i, ++given) ++shares[remainders[i].second];
  return shares;
}

}  // namespace

std::vector<Settlement> found_settlements(std::uint64_t seed, const Relief& relief, const Survey& survey) {
  constexpr std::uint64_t kHamlets = 36;
  std::vector<Settlement> settlements;
  for (std::size_t seat = 0; seat < kSeats; ++seat) {
    const SeatWish& wish = kWishes[seat];
    const Point at = seat_position(seat, settlements, relief, survey);
    const std::string& ja = municipality_facts()[seat].name.ja;
    const std::string& en = municipality_facts()[seat].name.en;
    // The last character is 町 or 村 (three bytes in UTF-8); the last word after the hyphen its reading.
    settlements.push_back({{ja.substr(0, ja.size() - 3), en.substr(0, en.find('-'))},
                           at,
                           wish.people,
                           wish.spread_m,
                           wish.share_over_64});
  }
  for (std::uint64_t hamlet = 0; hamlet < kHamlets; ++hamlet) {
    const std::int64_t cell = hamlet_cell(rng(seed, 2 * hamlet, Stream::settlement), hamlet, settlements, survey);
    if (cell < 0) break;
    const auto at = static_cast<std::size_t>(cell);
    const double coast_m = static_cast<double>(survey.coast_m.values[at]);
    const double around = static_cast<double>(survey.level_around.values[at]);
    const double fading = std::exp(-coast_m / 14'000.0);
    Random random = rng(seed, 2 * hamlet + 1, Stream::settlement);
    const int people = 25 + static_cast<int>(random.uniform(0.5, 1.2) * (60.0 + 620.0 * around) * fading);
    const Setting setting = setting_of(coast_m, static_cast<double>(relief.survey_m.values[at]));
    settlements.push_back({hamlet_name(seed, hamlet, setting), centre_of(survey.level.grid, cell), people,
                           420.0 + 260.0 * around,
                           std::min(0.68, 0.42 + coast_m / 90'000.0 + random.uniform(0.0, 0.08))});
  }
  return settlements;
}

std::vector<MeshPeople> settle_meshes(const std::vector<Settlement>& settlements, const Relief& relief,
                                      const Survey& survey, const Crs& crs) {
  struct Count {
    Point centre{};
    int people = 0;
    double over_64 = 0.0;
  };
  const std::vector<MeshGround> meshes = land_meshes(relief, survey, crs);
  std::map<std::string, Count> counts;
  for (const Settlement& settlement : settlements) {
    std::vector<double> weights(meshes.size(), 0.0);
    for (std::size_t i = 0; i < meshes.size(); ++i) {
      const double away = distance_m(meshes[i].centre, settlement.at) / settlement.spread_m;
      const bool steep = meshes[i].habitable < 0.12 && away > 0.7;
      if (away < 3.0 && !steep) weights[i] = std::pow(meshes[i].habitable, 1.5) * std::exp(-std::pow(away, 1.4));
    }
    const std::vector<int> shares = shared_out(settlement.people, weights);
    for (std::size_t i = 0; i < meshes.size(); ++i) {
      if (shares[i] == 0) continue;
      Count& count = counts[meshes[i].code];
      count.centre = meshes[i].centre;
      count.people += shares[i];
      count.over_64 += shares[i] * settlement.share_over_64;
    }
  }
  std::vector<MeshPeople> people;
  for (const auto& [code, count] : counts) {
    const double share = count.over_64 / count.people;
    const double per_household = 2.75 - 1.5 * share;
    people.push_back({code, count.centre, count.people,
                      std::max(1, static_cast<int>(std::lround(count.people / per_household))),
                      static_cast<int>(std::lround(count.over_64))});
  }
  return people;
}

}  // namespace amaneku::scenarios::demo
