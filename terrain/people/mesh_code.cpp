#include "terrain/people/mesh_code.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

// A level-6 mesh is 3.75" of latitude by 5.625" of longitude: 960 and 640 to the degree. Counted in level-6
// meshes every level has the same whole-number side on both axes, so all divisions below are exact.
constexpr double kLatUnitsPerDegree = 960.0;
constexpr double kLonUnitsPerDegree = 640.0;
constexpr int kFirstLonDegree = 100;
constexpr std::int64_t kLatUnits = 64'000;  // 200/3 degrees
constexpr std::int64_t kLonUnits = 51'200;  // 100 to 180 degrees
constexpr std::int64_t kMicro = 1'000'000;  // rounding grid of positions: 1e-6 of a level-6 mesh

constexpr int kSide1 = 640;
constexpr int kSide2 = 80;
constexpr int kSide3 = 8;

struct LevelName {
  int level;
  const char* number;
  const char* size;
};
constexpr std::array<LevelName, 8> kLevels{{{1, "1", "80km"},
                                            {2, "2", "10km"},
                                            {kMesh5km, "5000", "5km"},
                                            {kMesh2km, "2000", "2km"},
                                            {3, "3", "1km"},
                                            {4, "4", "500m"},
                                            {5, "5", "250m"},
                                            {6, "6", "125m"}}};
constexpr const char* kLegalLevels = "1..6, 5000 (5 km), 2000 (2 km)";

[[noreturn]] void fail(std::string message, std::string key, std::string value, std::string legal) {
  throw InputError(Fault{
      .message = std::move(message), .key = std::move(key), .value = std::move(value), .legal = std::move(legal)});
}

/// Index of the level-6 mesh along one axis, or nothing outside [0, count).
std::optional<int> unit_index(double degrees, double units_per_degree, std::int64_t count) {
  const double micro = degrees * units_per_degree * static_cast<double>(kMicro);
  if (!(micro > -1.0 && micro < static_cast<double>((count + 1) * kMicro))) return std::nullopt;
  const std::int64_t rounded = std::llround(micro);
  if (rounded < 0 || rounded >= count * kMicro) return std::nullopt;
  return static_cast<int>(rounded / kMicro);
}

char digit(int value) {
  return static_cast<char>('0' + value);
}

/// Quarter of a mesh (1 south-west, 2 south-east, 3 north-west, 4 north-east) whose halves have `half` units.
char quarter(int lat, int lon, int half) {
  return digit(1 + 2 * (lat / half % 2) + lon / half % 2);
}

/// Reads a code digit by digit and knows how to complain.
class Digits {
 public:
  explicit Digits(std::string_view code) : code_(code) {}

  /// The digit at `index` (from 0), which must lie in [low, high] in steps of `step`.
  [[nodiscard]] int at(std::size_t index, int low, int high, int step = 1) const {
    const char c = code_[index];
    const int value = c - '0';
    if (c < '0' || c > '9' || value < low || value > high || (value - low) % step != 0) {
      std::string legal = std::to_string(low) + ".." + std::to_string(high);
      if (step == 2) legal = "0, 2, 4, 6, 8";
      fail("digit " + std::to_string(index + 1) + " of the mesh code is wrong: '" + std::string(1, c) + "'",
           "mesh code", std::string(code_), legal);
    }
    return value;
  }

 private:
  std::string_view code_;
};

/// South-west corner and side, in level-6 meshes.
struct Cell {
  int level;
  int lat;
  int lon;
  int side;
};

void split_quarter(Cell& cell, int quarter_digit) {
  cell.side /= 2;
  cell.lat += (quarter_digit - 1) / 2 * cell.side;
  cell.lon += (quarter_digit - 1) % 2 * cell.side;
}

Cell decode_first_two(const Digits& digits, std::size_t length) {
  const int p = 10 * digits.at(0, 0, 9) + digits.at(1, 0, 9);
  const int u = 10 * digits.at(2, 0, 7) + digits.at(3, 0, 9);
  Cell cell{1, p * kSide1, u * kSide1, kSide1};
  if (length == 4) return cell;
  return {2, cell.lat + digits.at(4, 0, 7) * kSide2, cell.lon + digits.at(5, 0, 7) * kSide2, kSide2};
}

Cell decode_cell(std::string_view code) {
  const Digits digits(code);
  Cell cell = decode_first_two(digits, code.size());
  if (code.size() <= 6) return cell;
  if (code.size() == 7) {
    split_quarter(cell, digits.at(6, 1, 4));
    cell.level = kMesh5km;
    return cell;
  }
  if (code.size() == 9 && code[8] == '5') {
    return {kMesh2km, cell.lat + digits.at(6, 0, 8, 2) * kSide3, cell.lon + digits.at(7, 0, 8, 2) * kSide3,
            2 * kSide3};
  }
  cell = {3, cell.lat + digits.at(6, 0, 9) * kSide3, cell.lon + digits.at(7, 0, 9) * kSide3, kSide3};
  for (std::size_t i = 8; i < code.size(); ++i) {
    // A 9-digit code may also end in 5: that is the 2 km mesh above.
    split_quarter(cell, digits.at(i, 1, i == 8 && code.size() == 9 ? 5 : 4));
    ++cell.level;
  }
  return cell;
}

}  // namespace

std::string encode_mesh(LonLat position, int level) {
  const std::optional<int> lat_index = unit_index(position.lat_deg, kLatUnitsPerDegree, kLatUnits);
  const std::optional<int> lon_index =
      unit_index(position.lon_deg - kFirstLonDegree, kLonUnitsPerDegree, kLonUnits);
  if (!lat_index)
    fail("latitude outside the mesh system", "lat", std::to_string(position.lat_deg), "0 <= lat < 66.67");
  if (!lon_index)
    fail("longitude outside the mesh system", "lon", std::to_string(position.lon_deg), "100 <= lon < 180");
  const int lat = *lat_index;
  const int lon = *lon_index;
  std::string code{digit(lat / kSide1 / 10), digit(lat / kSide1 % 10), digit(lon / kSide1 / 10),
                   digit(lon / kSide1 % 10)};
  if (level == 1) return code;
  code += digit(lat % kSide1 / kSide2);
  code += digit(lon % kSide1 / kSide2);
  if (level == 2) return code;
  if (level == kMesh5km) return code + quarter(lat % kSide2, lon % kSide2, kSide2 / 2);
  const int lat3 = lat % kSide2 / kSide3;
  const int lon3 = lon % kSide2 / kSide3;
  if (level == kMesh2km) return code + digit(lat3 / 2 * 2) + digit(lon3 / 2 * 2) + '5';
  if (level < 3 || level > 6) {
    fail("no such mesh level", "level", std::to_string(level), kLegalLevels);
  }
  code += digit(lat3);
  code += digit(lon3);
  for (int at = 4, half = kSide3 / 2; at <= level; ++at, half /= 2) code += quarter(lat, lon, half);
  return code;
}

Mesh decode_mesh(std::string_view code) {
  if (code.size() != 4 && !(code.size() >= 6 && code.size() <= 11)) {
    fail("a mesh code has 4, 6, 7, 8, 9, 10 or 11 digits, this one has " + std::to_string(code.size()),
         "mesh code", std::string(code.substr(0, 32)), "4, 6..11 digits");
  }
  const Cell cell = decode_cell(code);
  const auto lat_deg = [](int units) { return units / kLatUnitsPerDegree; };
  const auto lon_deg = [](int units) {
    return (units + kFirstLonDegree * static_cast<int>(kLonUnitsPerDegree)) / kLonUnitsPerDegree;
  };
  return {.level = cell.level,
          .box = {.west_deg = lon_deg(cell.lon),
                  .south_deg = lat_deg(cell.lat),
                  .east_deg = lon_deg(cell.lon + cell.side),
                  .north_deg = lat_deg(cell.lat + cell.side)}};
}

int mesh_level_from_text(std::string_view text) {
  for (const LevelName& name : kLevels) {
    if (text == name.number || text == name.size) return name.level;
  }
  fail("no such mesh level", "level", std::string(text.substr(0, 32)),
       "1..6 or 80km, 10km, 5km, 2km, 1km, 500m, 250m, 125m");
}

}  // namespace amaneku
