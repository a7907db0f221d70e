#include "scenarios/catalogue/climate.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "propagation/itu/p453_refractivity.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/schema/toml_reader.hpp"
#include "terrain/nearest.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kRows = 121;
constexpr std::size_t kColumns = 241;
constexpr double kStep_deg = 1.5;
constexpr std::uintmax_t kMaxMapBytes = 4 << 20;

DigitalMap read_map(const std::filesystem::path& folder, const char* name) {
  const std::filesystem::path path = folder / name;
  return {read_text(path, kMaxMapBytes), path.string()};
}

struct NumberKey {
  const char* name;
  Range range;
};

constexpr NumberKey kDeltaN{"delta_n", {0.0, 150.0}};
constexpr NumberKey kN0{"n0", {200.0, 500.0}};
constexpr NumberKey kTemperature{"temperature_c", {-60.0, 60.0}};
constexpr NumberKey kHumidity{"relative_humidity_percent", {0.0, 100.0}};
constexpr NumberKey kPressure{"pressure_hpa", {500.0, 1100.0}};
constexpr NumberKey kHeight{"height_asl_m", {-500.0, 5000.0}};
constexpr std::array<const char*, 8> kKnownKeys = {
    "delta_n",      "n0",           "temperature_c", "relative_humidity_percent",
    "pressure_hpa", "height_asl_m", "name",          "source"};

/// One city of the table.
class City {
 public:
  City(const TomlEntry& entry, std::string file) : entry_(entry), file_(std::move(file)) {
    if (entry_.node.table() == nullptr) fail("", "is not a section: write [" + entry_.key + "]");
    const std::vector<std::string> known(kKnownKeys.begin(), kKnownKeys.end());
    for (const TomlEntry& key : *entry_.node.table()) {
      if (std::find(known.begin(), known.end(), key.key) == known.end()) {
        fail(key.key, fmt::format("unknown key; known here: {}", fmt::join(known, ", ")));
      }
    }
  }

  [[nodiscard]] std::optional<double> number(const NumberKey& key) const {
    const TomlNode* node = entry_.node.find(key.name);
    if (node == nullptr) return std::nullopt;
    double value = std::nan("");
    if (const auto* real = std::get_if<double>(&node->value)) value = *real;
    if (const auto* whole = std::get_if<std::int64_t>(&node->value)) value = static_cast<double>(*whole);
    if (!std::isfinite(value) || !key.range.contains(value))
      fail(key.name, "is not a number of the range", key.range.text());
    return value;
  }

  [[nodiscard]] std::string source() const {
    const TomlNode* node = entry_.node.find("source");
    const auto* text = node != nullptr ? std::get_if<std::string>(&node->value) : nullptr;
    if (text == nullptr || text->empty()) fail("source", "is required: where the figures come from");
    return *text;
  }

  [[noreturn]] void fail(const std::string& key, const std::string& message, const std::string& legal = {}) const {
    const TomlNode* node = entry_.node.find(key);
    const TomlPosition at = node != nullptr ? node->position : entry_.position;
    throw InputError(Fault{.message = message,
                           .file = file_,
                           .line = at.line,
                           .column = at.column,
                           .key = key.empty() ? entry_.key : entry_.key + "." + key,
                           .legal = legal});
  }

 private:
  const TomlEntry& entry_;
  std::string file_;
};

// Assumed where the table has only a temperature: both are close to the annual means of Japanese lowlands.
constexpr double kAssumedHumidity_percent = 70.0;
constexpr double kStandardPressure_hpa = 1013.25;

/// N at the ground of the city from its weather.
double surface_n(const City& city) {
  const auto temperature_c = city.number(kTemperature);
  if (!temperature_c) city.fail("temperature_c", "is required where delta_n and n0 are not both given");
  const double t_k = *temperature_c + 273.15;
  const double height_m = city.number(kHeight).value_or(0.0);
  const double pressure_hpa =
      city.number(kPressure).value_or(kStandardPressure_hpa * std::exp(-height_m / 8400.0));
  const double saturated_hpa =
      itu::saturated_water_vapour_g_m3({.dry_pressure_hpa = pressure_hpa, .temperature_k = t_k}) * t_k / 216.7;
  const double humidity_percent = city.number(kHumidity).value_or(kAssumedHumidity_percent);
  return itu::refractivity(pressure_hpa, t_k, saturated_hpa * humidity_percent / 100.0);
}

Refractivity refractivity_of(const City& city, const std::string& name) {
  const ClimateOrigin stated{ClimateOrigin::From::city, fmt::format("{} ({})", name, city.source()), false};
  ClimateOrigin computed = stated;
  computed.estimated = true;
  const auto delta_n = city.number(kDeltaN);
  const auto n0 = city.number(kN0);
  if (delta_n && n0) return {*delta_n, *n0, stated, stated};
  const double surface = surface_n(city);
  const bool measured = city.number(kHumidity) && city.number(kPressure);
  return {delta_n.value_or(itu::estimated_delta_n(surface)),
          n0.value_or(itu::sea_level_refractivity(surface, city.number(kHeight).value_or(0.0))),
          delta_n ? stated : computed, n0 || measured ? stated : computed};
}

}  // namespace

DigitalMap::DigitalMap(const std::string& text, const std::string& file) {
  values_.reserve(kRows * kColumns);
  const char* at = text.c_str();
  for (char* end = nullptr;; at = end) {
    const double value = std::strtod(at, &end);
    if (end == at) break;
    if (!std::isfinite(value))
      throw InputError(Fault{.message = "holds a number that is not finite", .file = file});
    values_.push_back(value);
  }
  const bool rest = std::string_view(at).find_first_not_of(" \t\r\n") != std::string_view::npos;
  if (values_.size() == kRows * kColumns && !rest) return;
  throw InputError(Fault{.message = fmt::format("is no ITU digital map: {} numbers{}", values_.size(),
                                                rest ? " before something that is none" : ""),
                         .file = file,
                         .legal = fmt::format("{} rows of {} numbers, 1.5 degrees apart", kRows, kColumns)});
}

double DigitalMap::at(LonLat position) const {
  const double row = (90.0 - std::clamp(position.lat_deg, -90.0, 90.0)) / kStep_deg;
  const double turns = position.lon_deg / 360.0;
  const double column = (turns - std::floor(turns)) * 360.0 / kStep_deg;
  const auto r = std::min(static_cast<std::size_t>(row), kRows - 2);
  const auto c = std::min(static_cast<std::size_t>(column), kColumns - 2);
  const double v = row - static_cast<double>(r);
  const double u = column - static_cast<double>(c);
  const auto value = [&](std::size_t i, std::size_t j) { return values_[i * kColumns + j]; };
  return (1.0 - v) * ((1.0 - u) * value(r, c) + u * value(r, c + 1)) +
         v * ((1.0 - u) * value(r + 1, c) + u * value(r + 1, c + 1));
}

Refractivity refractivity_of_maps(const std::filesystem::path& folder, LonLat position) {
  const ClimateOrigin origin{ClimateOrigin::From::maps, fmt::format("DN50.TXT, N050.TXT at {:.3f}, {:.3f}",
                                                                    position.lon_deg, position.lat_deg)};
  return {read_map(folder, "DN50.TXT").at(position), read_map(folder, "N050.TXT").at(position), origin, origin};
}

Refractivity refractivity_of_city(const std::string& city, std::string_view table, const std::string& file) {
  const TomlNode root = parse_toml(table, file);
  std::vector<std::string> known;
  for (const TomlEntry& entry : *root.table()) {
    if (entry.key == city) return refractivity_of(City(entry, file), city);
    known.push_back(entry.key);
  }
  const std::string near = nearest(city, known);
  throw InputError(
      Fault{.message = "is not in the table of cities" + (near.empty() ? "" : ", did you mean \"" + near + "\"?"),
            .key = "city",
            .legal = fmt::format("{}", fmt::join(known, ", "))});
}

}  // namespace amaneku::scenarios
