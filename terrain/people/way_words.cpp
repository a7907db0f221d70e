#include "terrain/people/way_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

template <std::size_t N>
bool is_among(std::string_view word, const std::array<std::string_view, N>& words) noexcept {
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  return std::any_of(words.begin(), words.end(), [&](std::string_view known) {
    return std::equal(word.begin(), word.end(), known.begin(), known.end(), same);
  });
}

constexpr std::array<std::string_view, 5> kYes{"yes", "true", "t", "1", "y"};
constexpr std::array<std::string_view, 5> kNo{"no", "false", "f", "0", "n"};
constexpr std::array<std::string_view, 4> kTunnels{"building_passage", "avalanche_protector", "covered", "tunnel"};
constexpr std::array<std::string_view, 12> kBridges{
    "viaduct", "aqueduct", "boardwalk",      "cantilever", "covered",    "low_water_crossing",
    "movable", "trestle",  "simple_brunnel", "bridge",     "suspension", "swing"};
constexpr std::array<std::string_view, 5> kNotInUse{"proposed", "construction", "abandoned", "razed", "disused"};

struct SpeedUnit {
  std::string_view word;
  double kmh;
};
/// A mile is 1609.344 m, a nautical mile 1852 m.
constexpr std::array<SpeedUnit, 7> kSpeedUnits{
    {{"", 1.0}, {"km/h", 1.0}, {"kmh", 1.0}, {"kph", 1.0}, {"mph", 1.609344}, {"knots", 1.852}, {"m/s", 3.6}}};

}  // namespace

std::optional<Presence> tunnel_of(std::string_view word) noexcept {
  if (is_among(word, kYes) || is_among(word, kTunnels)) return Presence::yes;
  if (is_among(word, kNo)) return Presence::none;
  return std::nullopt;
}

std::optional<Presence> bridge_of(std::string_view word) noexcept {
  if (is_among(word, kYes) || is_among(word, kBridges)) return Presence::yes;
  if (is_among(word, kNo)) return Presence::none;
  return std::nullopt;
}

std::optional<double> speed_limit_kmh_of(std::string_view text) noexcept {
  const std::string_view all = trimmed(text);
  const std::size_t end = std::min(all.find_first_not_of("0123456789."), all.size());
  const std::optional<double> number = parse_number(all.substr(0, end));
  const std::string_view unit = trimmed(all.substr(end));
  const auto known =
      std::find_if(kSpeedUnits.begin(), kSpeedUnits.end(), [&](const SpeedUnit& u) { return u.word == unit; });
  constexpr double kFastest_kmh = 1000.0;
  if (!number || known == kSpeedUnits.end() || !(*number > 0.0) || *number * known->kmh > kFastest_kmh)
    return std::nullopt;
  return *number * known->kmh;
}

bool is_not_in_use(std::string_view road_class) noexcept {
  return is_among(road_class, kNotInUse);
}

}  // namespace amaneku
