#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <initializer_list>
#include <optional>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// A town and the plane rectangular zone of its prefecture (国土交通省告示第九号, 2002).
struct Town {
  float lon_deg;
  float lat_deg;
  int zone;  ///< 1 .. 19
};

// clang-format off
constexpr Town kTowns[] = {
    // I: Nagasaki; the islands of Kagoshima north of 27 N between 128.3 E and 130 E
    {129.87F, 32.75F, 1}, {129.72F, 33.18F, 1}, {128.84F, 32.70F, 1}, {129.29F, 34.20F, 1},
    {129.33F, 34.65F, 1}, {129.69F, 33.75F, 1}, {130.37F, 32.79F, 1}, {129.49F, 28.38F, 1},
    {129.86F, 31.83F, 1}, {128.93F, 27.73F, 1}, {128.65F, 27.39F, 1}, {129.86F, 29.85F, 1}, {129.55F, 33.37F, 1},
    {130.02F, 28.32F, 1}, {128.45F, 27.05F, 1}, {130.19F, 32.62F, 1},
    // II: Fukuoka, Saga, Kumamoto, Oita, Miyazaki, Kagoshima
    {130.40F, 33.59F, 2}, {130.88F, 33.88F, 2}, {130.51F, 33.32F, 2}, {130.44F, 33.03F, 2},
    {130.30F, 33.25F, 2}, {129.97F, 33.45F, 2}, {129.88F, 33.26F, 2}, {130.70F, 32.80F, 2},
    {130.60F, 32.50F, 2}, {130.19F, 32.46F, 2}, {130.76F, 32.21F, 2}, {131.12F, 32.94F, 2},
    {131.61F, 33.24F, 2}, {131.19F, 33.60F, 2}, {130.94F, 33.32F, 2}, {131.90F, 32.96F, 2},
    {131.42F, 31.91F, 2}, {131.66F, 32.58F, 2}, {131.06F, 31.72F, 2}, {131.34F, 32.71F, 2},
    {130.56F, 31.60F, 2}, {130.30F, 31.81F, 2}, {130.85F, 31.38F, 2}, {130.20F, 32.02F, 2},
    {130.99F, 30.73F, 2}, {130.52F, 30.38F, 2}, {130.30F, 31.27F, 2},
    // III: Yamaguchi, Shimane, Hiroshima
    {130.94F, 33.96F, 3}, {131.47F, 34.18F, 3}, {131.40F, 34.41F, 3}, {132.22F, 34.17F, 3},
    {131.81F, 34.05F, 3}, {132.46F, 34.39F, 3}, {133.36F, 34.49F, 3}, {132.85F, 34.81F, 3},
    {133.02F, 34.86F, 3}, {132.57F, 34.25F, 3}, {133.05F, 35.47F, 3}, {132.76F, 35.37F, 3},
    {132.08F, 34.90F, 3}, {131.84F, 34.68F, 3}, {133.33F, 36.20F, 3}, {133.09F, 36.10F, 3},
    {132.77F, 35.08F, 3}, {133.20F, 34.40F, 3},
    // IV: Kagawa, Ehime, Tokushima, Kochi
    {134.05F, 34.34F, 4}, {133.65F, 34.13F, 4}, {134.27F, 34.48F, 4}, {132.77F, 33.84F, 4},
    {133.00F, 34.07F, 4}, {133.28F, 33.96F, 4}, {132.56F, 33.22F, 4}, {132.42F, 33.46F, 4},
    {134.55F, 34.07F, 4}, {133.81F, 34.03F, 4}, {134.35F, 33.73F, 4}, {133.53F, 33.56F, 4},
    {132.93F, 32.99F, 4}, {134.15F, 33.29F, 4}, {133.09F, 33.58F, 4}, {132.71F, 32.93F, 4},
    {133.79F, 34.29F, 4},
    // V: Hyogo, Tottori, Okayama
    {135.19F, 34.69F, 5}, {134.69F, 34.83F, 5}, {134.82F, 35.54F, 5}, {134.89F, 34.34F, 5},
    {134.78F, 34.27F, 5}, {135.36F, 34.80F, 5}, {135.22F, 35.07F, 5}, {135.04F, 35.13F, 5},
    {134.40F, 34.77F, 5}, {135.40F, 34.72F, 5}, {134.24F, 35.50F, 5}, {133.33F, 35.43F, 5},
    {133.83F, 35.43F, 5}, {133.93F, 34.66F, 5}, {134.00F, 35.07F, 5}, {133.61F, 34.98F, 5},
    {133.51F, 34.51F, 5}, {134.19F, 34.75F, 5}, {133.30F, 35.14F, 5}, {133.77F, 34.52F, 5},
    // VI: Kyoto, Osaka, Fukui, Shiga, Mie, Nara, Wakayama
    {135.77F, 35.01F, 6}, {135.13F, 35.30F, 6}, {135.06F, 35.62F, 6}, {135.38F, 35.47F, 6},
    {135.50F, 34.69F, 6}, {135.32F, 34.41F, 6}, {136.22F, 36.07F, 6}, {136.06F, 35.65F, 6},
    {135.75F, 35.50F, 6}, {136.50F, 35.98F, 6}, {135.87F, 35.02F, 6}, {136.26F, 35.27F, 6},
    {136.51F, 34.73F, 6}, {136.62F, 34.97F, 6}, {136.71F, 34.49F, 6}, {136.19F, 34.07F, 6},
    {136.82F, 34.34F, 6}, {136.13F, 34.77F, 6}, {135.83F, 34.69F, 6}, {135.78F, 34.05F, 6},
    {135.17F, 34.23F, 6}, {135.38F, 33.73F, 6}, {135.99F, 33.72F, 6}, {135.77F, 33.47F, 6},
    {135.43F, 34.83F, 6}, {136.68F, 35.07F, 6}, {136.49F, 35.12F, 6}, {136.22F, 36.21F, 6},
    // VII: Ishikawa, Toyama, Gifu, Aichi
    {136.66F, 36.56F, 7}, {136.45F, 36.40F, 7}, {136.97F, 37.04F, 7}, {136.90F, 37.39F, 7},
    {137.27F, 37.44F, 7}, {137.21F, 36.70F, 7}, {137.02F, 36.75F, 7}, {137.56F, 36.87F, 7},
    {136.76F, 35.42F, 7}, {136.61F, 35.36F, 7}, {137.25F, 36.14F, 7}, {137.13F, 35.33F, 7},
    {137.50F, 35.45F, 7}, {136.96F, 35.75F, 7}, {137.24F, 35.81F, 7}, {136.91F, 35.18F, 7},
    {136.80F, 35.30F, 7}, {137.39F, 34.77F, 7}, {137.16F, 35.08F, 7}, {136.90F, 34.72F, 7},
    {137.61F, 35.09F, 7}, {137.12F, 34.62F, 7}, {136.73F, 35.18F, 7}, {137.30F, 36.33F, 7},
    // VIII: Niigata, Nagano, Yamanashi, Shizuoka
    {139.04F, 37.92F, 8}, {138.85F, 37.45F, 8}, {138.24F, 37.15F, 8}, {137.86F, 37.04F, 8},
    {139.48F, 38.22F, 8}, {138.43F, 38.02F, 8}, {138.82F, 36.93F, 8}, {139.46F, 37.69F, 8},
    {138.19F, 36.65F, 8}, {137.97F, 36.24F, 8}, {138.25F, 36.40F, 8}, {137.82F, 35.51F, 8},
    {138.11F, 36.04F, 8}, {137.69F, 35.84F, 8}, {138.48F, 36.25F, 8}, {138.37F, 36.85F, 8},
    {137.86F, 36.70F, 8}, {138.57F, 35.66F, 8}, {138.81F, 35.49F, 8}, {138.95F, 35.61F, 8},
    {139.24F, 38.46F, 8}, {139.12F, 35.63F, 8}, {137.61F, 35.60F, 8}, {137.53F, 34.72F, 8},
    {138.44F, 35.37F, 8}, {138.39F, 34.98F, 8}, {137.73F, 34.71F, 8}, {138.68F, 35.16F, 8},
    {138.93F, 35.30F, 8}, {138.95F, 34.68F, 8}, {139.07F, 35.09F, 8}, {138.10F, 34.75F, 8},
    {137.85F, 34.97F, 8}, {138.45F, 35.80F, 8}, {138.47F, 36.00F, 8},
    // IX: Tokyo, Fukushima, Tochigi, Ibaraki, Saitama, Chiba, Gunma, Kanagawa
    {139.69F, 35.69F, 9}, {139.32F, 35.67F, 9}, {139.10F, 35.81F, 9}, {139.36F, 34.75F, 9},
    {140.92F, 37.88F, 9}, {140.34F, 29.79F, 9}, {139.77F, 32.46F, 9}, {140.30F, 30.48F, 9},
    {139.79F, 33.11F, 9}, {139.53F, 34.08F, 9}, {140.47F, 37.75F, 9}, {139.93F, 37.49F, 9},
    {140.89F, 37.05F, 9}, {140.36F, 37.40F, 9}, {139.31F, 37.02F, 9}, {140.96F, 37.64F, 9},
    {140.21F, 37.13F, 9}, {139.88F, 36.57F, 9}, {139.70F, 36.75F, 9}, {140.02F, 36.87F, 9},
    {139.73F, 36.31F, 9}, {140.45F, 36.34F, 9}, {140.75F, 36.80F, 9}, {140.08F, 36.08F, 9},
    {140.66F, 35.97F, 9}, {139.65F, 35.86F, 9}, {139.08F, 35.99F, 9}, {139.39F, 36.15F, 9},
    {140.12F, 35.61F, 9}, {140.83F, 35.73F, 9}, {139.87F, 34.99F, 9}, {140.31F, 35.19F, 9},
    {139.06F, 36.39F, 9}, {139.00F, 36.65F, 9}, {138.60F, 36.62F, 9}, {138.89F, 36.26F, 9},
    {139.23F, 36.78F, 9}, {138.96F, 36.78F, 9}, {139.64F, 35.44F, 9}, {139.15F, 35.26F, 9},
    {139.09F, 35.36F, 9}, {139.10F, 35.15F, 9}, {139.62F, 35.14F, 9}, {139.20F, 35.59F, 9},
    // X: Aomori, Akita, Yamagata, Iwate, Miyagi
    {140.74F, 40.82F, 10}, {141.49F, 40.51F, 10}, {140.47F, 40.60F, 10}, {141.18F, 41.29F, 10},
    {140.45F, 41.19F, 10}, {140.10F, 39.72F, 10}, {140.57F, 40.27F, 10}, {140.05F, 39.39F, 10},
    {140.49F, 39.31F, 10}, {140.03F, 40.21F, 10}, {140.34F, 38.25F, 10}, {139.84F, 38.91F, 10},
    {140.12F, 37.92F, 10}, {139.74F, 38.00F, 10}, {140.30F, 38.76F, 10}, {139.57F, 38.56F, 10},
    {141.15F, 39.70F, 10}, {141.11F, 39.14F, 10}, {141.96F, 39.64F, 10}, {141.77F, 40.19F, 10},
    {141.89F, 39.28F, 10}, {141.30F, 40.27F, 10}, {140.87F, 38.27F, 10}, {141.57F, 38.91F, 10},
    {141.30F, 38.43F, 10}, {140.62F, 38.00F, 10}, {140.90F, 37.90F, 10}, {140.96F, 38.58F, 10},
    // XI: western Hokkaido
    {140.73F, 41.77F, 11}, {140.99F, 43.19F, 11}, {140.76F, 42.90F, 11}, {140.51F, 42.98F, 11},
    {140.13F, 41.87F, 11}, {140.11F, 41.43F, 11}, {139.52F, 42.07F, 11}, {140.87F, 42.47F, 11},
    {140.29F, 42.26F, 11}, {139.94F, 42.45F, 11}, {140.72F, 42.55F, 11},
    // XII: central Hokkaido
    {141.35F, 43.06F, 12}, {140.97F, 42.32F, 12}, {141.61F, 42.63F, 12}, {142.37F, 43.77F, 12},
    {141.68F, 45.42F, 12}, {141.64F, 43.94F, 12}, {142.77F, 42.17F, 12}, {142.46F, 44.36F, 12},
    {141.24F, 45.18F, 12}, {142.38F, 43.34F, 12}, {143.35F, 44.35F, 12}, {142.96F, 44.58F, 12},
    {141.31F, 44.42F, 12}, {143.24F, 42.02F, 12}, {142.40F, 42.98F, 12}, {142.45F, 42.87F, 12},
    {142.40F, 42.48F, 12},
    // XIII: eastern Hokkaido
    {143.20F, 42.92F, 13}, {144.38F, 42.98F, 13}, {145.58F, 43.33F, 13}, {143.90F, 43.80F, 13},
    {144.27F, 44.02F, 13}, {143.31F, 42.29F, 13}, {145.19F, 44.02F, 13}, {143.60F, 43.24F, 13},
    {146.10F, 43.80F, 13}, {147.89F, 45.23F, 13}, {142.86F, 43.08F, 13}, {144.97F, 43.55F, 13},
    // XIV, XVIII, XIX: Tokyo south of 28 N
    {140.87F, 27.25F, 14}, {141.29F, 25.43F, 14}, {142.12F, 27.68F, 14}, {142.19F, 27.09F, 14}, {142.15F, 26.64F, 14}, {141.32F, 24.78F, 14}, {136.08F, 20.42F, 18},
    {153.98F, 24.28F, 19},
    // XV .. XVII: Okinawa
    {127.68F, 26.21F, 15}, {127.98F, 26.59F, 15}, {128.24F, 26.75F, 15}, {126.80F, 26.34F, 15},
    {127.14F, 26.59F, 15}, {128.00F, 27.04F, 15}, {125.28F, 24.81F, 16}, {124.16F, 24.34F, 16},
    {123.00F, 24.47F, 16}, {123.80F, 24.40F, 16}, {131.24F, 25.84F, 17}, {131.29F, 25.94F, 17},
};
// clang-format on

constexpr std::array<double, 19> kMeridian_deg{129.5,
                                               131.0,
                                               132.0 + 1.0 / 6,
                                               133.5,
                                               134.0 + 1.0 / 3,
                                               136.0,
                                               137.0 + 1.0 / 6,
                                               138.5,
                                               139.0 + 5.0 / 6,
                                               140.0 + 5.0 / 6,
                                               140.25,
                                               142.25,
                                               144.25,
                                               142.0,
                                               127.5,
                                               124.0,
                                               131.0,
                                               136.0,
                                               154.0};

/// Miyako is 130 km from its meridian. At 200 km lengths are 0.04 % too long, as in UTM.
constexpr double kZoneHalfWidth_m = 200'000.0;
constexpr double kTownReach_m = 100'000.0;
constexpr int kFirstZoneEpsg = 6669;

/// Korea and Taiwan are nearer to a Japanese town than `kTownReach_m`.
bool abroad(LonLat p) {
  const bool korea = p.lat_deg > 34.8 && p.lon_deg < 130.0;
  const bool sakhalin = p.lat_deg > 45.6;
  return korea || sakhalin || p.lon_deg < 122.5;
}

std::optional<int> zone_of(LonLat centre) {
  if (abroad(centre)) return std::nullopt;
  double best_m = kTownReach_m;
  std::optional<int> zone;
  for (const Town& town : kTowns) {
    const double away_m = sphere_distance_m(centre, {town.lon_deg, town.lat_deg});
    if (away_m < best_m) {
      best_m = away_m;
      zone = town.zone;
    }
  }
  return zone;
}

bool within_zone_width(const LonLatBox& area, int zone) {
  const double meridian_deg = kMeridian_deg[static_cast<std::size_t>(zone - 1)];
  const double away_deg = std::max(std::abs(area.west_deg - meridian_deg), std::abs(area.east_deg - meridian_deg));
  const double nearest_equator_deg =
      area.south_deg * area.north_deg <= 0.0 ? 0.0 : std::min(std::abs(area.south_deg), std::abs(area.north_deg));
  return away_deg * kDegToRad * kEarthRadius_m * std::cos(nearest_equator_deg * kDegToRad) <= kZoneHalfWidth_m;
}

std::string utm(LonLat centre) {
  const int zone = std::clamp(static_cast<int>(std::floor((centre.lon_deg + 180.0) / 6.0)) + 1, 1, 60);
  return fmt::format("EPSG:{}", (centre.lat_deg >= 0.0 ? 32600 : 32700) + zone);
}

/// Zones of Okinawa, of Tokyo's islands and of those of Kagoshima go by coordinates in the official text itself.
std::optional<int> zone_by_coordinates(int prefecture, LonLat at) {
  constexpr int kTokyo = 13;
  constexpr int kKagoshima = 46;
  constexpr int kOkinawa = 47;
  if (prefecture == kOkinawa) return at.lon_deg < 126.0 ? 16 : at.lon_deg < 130.0 ? 15 : 17;
  if (prefecture == kTokyo && at.lat_deg < 28.0) return at.lon_deg < 140.5 ? 18 : at.lon_deg < 143.0 ? 14 : 19;
  const bool north_of_27 = at.lat_deg > 27.0 && at.lat_deg < 32.0 && at.lon_deg > 128.3;
  const bool amami = at.lat_deg < 29.0 && at.lon_deg < 130.0 + 13.0 / 60.0;
  if (prefecture == kKagoshima) return north_of_27 && (at.lon_deg < 130.0 || amami) ? 1 : 2;
  return std::nullopt;
}

int zone_in_hokkaido(int municipality) {
  const auto is = [&](std::initializer_list<int> codes) {
    return std::find(codes.begin(), codes.end(), municipality) != codes.end();
  };
  const auto within = [&](int first, int last) { return municipality >= first && municipality <= last; };
  // Oshima, Hiyama and Shiribeshi; of Iburi three towns; four cities.
  if (within(1331, 1409) || is({1202, 1203, 1233, 1236, 1571, 1575, 1584})) return 11;
  // Tokachi, Kushiro and Nemuro; of Okhotsk nine towns; six cities.
  if (within(1631, 1700) ||
      is({1206, 1207, 1208, 1211, 1223, 1543, 1544, 1545, 1546, 1547, 1549, 1550, 1552, 1564}))
    return 13;
  return 12;
}

/// By prefecture code, 01 .. 47 (国土交通省告示第九号, 2002); 0: goes by municipality or coordinates.
constexpr std::array<int, 48> kZoneOfPrefecture{0, 0, 10, 10, 10, 10, 10, 9, 9, 9, 9, 9, 9, 9, 9, 8,
                                                7, 7, 6,  8,  8,  7,  8,  7, 6, 6, 6, 6, 5, 6, 6, 5,
                                                3, 5, 3,  3,  4,  4,  4,  4, 2, 2, 1, 2, 2, 2, 2, 15};

std::string zone_epsg(int zone) {
  return fmt::format("EPSG:{}", kFirstZoneEpsg + zone - 1);
}

}  // namespace

std::optional<std::string> official_plan_crs(const std::string& municipality_code, const LonLatBox& area) {
  int municipality = 0;
  const char* end = municipality_code.data() + municipality_code.size();
  const auto [rest, error] = std::from_chars(municipality_code.data(), end, municipality);
  if (municipality_code.size() != 5 || error != std::errc() || rest != end) return std::nullopt;
  const int prefecture = municipality / 1000;
  if (prefecture < 1 || prefecture > 47) return std::nullopt;
  const int zone = prefecture == 1 ? zone_in_hokkaido(municipality)
                                   : zone_by_coordinates(prefecture, area.centre())
                                         .value_or(kZoneOfPrefecture[static_cast<std::size_t>(prefecture)]);
  if (!within_zone_width(area, zone)) return std::nullopt;
  return zone_epsg(zone);
}

std::string choose_plan_crs(const LonLatBox& area) {
  const bool in_range = !area.empty() && area.south_deg >= -80.0 && area.north_deg <= 84.0 &&
                        area.west_deg >= -180.0 && area.east_deg <= 180.0;
  if (!in_range) {
    throw InputError(Fault{
        .message = "the area is empty or outside of the range of plan coordinates",
        .key = "area",
        .value = fmt::format("[{}, {}, {}, {}]", area.west_deg, area.south_deg, area.east_deg, area.north_deg),
        .legal = "west < east in -180 .. 180, south < north in -80 .. 84 degrees"});
  }
  const LonLat centre = area.centre();
  if (const std::optional<int> zone = zone_of(centre); zone && within_zone_width(area, *zone)) {
    return zone_epsg(*zone);
  }
  return utm(centre);
}

}  // namespace amaneku
