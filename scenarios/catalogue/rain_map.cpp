#include "scenarios/catalogue/rain_map.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/schema/document.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxBytes = 256ULL << 20;

struct NumberGrid {
  std::size_t columns = 0;
  std::vector<double> values{};  ///< row by row
  [[nodiscard]] std::size_t rows() const { return columns == 0 ? 0 : values.size() / columns; }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const { return values[row * columns + column]; }
};

NumberGrid read_grid(const std::filesystem::path& path) {
  const std::string text = read_text(path, kMaxBytes);
  NumberGrid out;
  std::size_t in_row = 0;
  const auto fail = [&](const char* message) {
    throw InputError(Fault{.message = message, .file = path.string()});
  };
  const auto end_row = [&] {
    if (in_row != 0 && out.columns == 0) out.columns = in_row;
    if (in_row != 0 && in_row != out.columns) fail("has rows of different lengths: no digital map of the ITU");
    in_row = 0;
  };
  for (const char* at = text.c_str(); *at != '\0';) {
    if (*at == '\n') end_row();
    if (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n' || *at == ',') {
      ++at;
      continue;
    }
    char* end = nullptr;
    const double value = std::strtod(at, &end);
    if (end == at || !std::isfinite(value)) fail("holds something that is no number");
    out.values.push_back(value);
    ++in_row;
    at = end;
  }
  end_row();
  if (out.columns < 2 || out.rows() < 2) fail("is no grid of numbers");
  return out;
}

/// Where a coordinate lies among equal steps.
struct Place {
  std::size_t cell;
  double part;  ///< 0 .. 1 towards the next point
};

Place place_of(const std::vector<double>& points, double value, const char* what) {
  const double step = (points.back() - points.front()) / static_cast<double>(points.size() - 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double even = points.front() + step * static_cast<double>(i);
    if (step == 0.0 || std::abs(points[i] - even) > 0.01 * std::abs(step))
      throw InputError(Fault{.message = fmt::format("the {} of the digital map have no equal steps", what)});
  }
  const double steps = (value - points.front()) / step;
  if (!(steps >= 0.0 && steps <= static_cast<double>(points.size() - 1)))
    throw InputError(Fault{.message = fmt::format("the digital map ends before this place ({})", what),
                           .value = fmt::format("{:.4f}", value)});
  const std::size_t cell = std::min(static_cast<std::size_t>(steps), points.size() - 2);
  return {cell, steps - static_cast<double>(cell)};
}

}  // namespace

double rain_rate_001_mm_h(const std::filesystem::path& folder, LonLat at) {
  const NumberGrid rates = read_grid(folder / "R001.TXT");
  const NumberGrid latitudes = read_grid(folder / "LAT_R001.TXT");
  const NumberGrid longitudes = read_grid(folder / "LON_R001.TXT");
  for (const NumberGrid* grid : {&latitudes, &longitudes}) {
    if (grid->columns != rates.columns || grid->values.size() != rates.values.size())
      throw InputError(Fault{.message = "R001.TXT, LAT_R001.TXT and LON_R001.TXT are grids of different sizes",
                             .file = folder.string()});
  }
  std::vector<double> rows;
  for (std::size_t row = 0; row < rates.rows(); ++row) rows.push_back(latitudes.at(row, 0));
  const std::vector<double> columns(longitudes.values.begin(),
                                    longitudes.values.begin() + static_cast<std::ptrdiff_t>(rates.columns));
  const bool full_circle = columns.front() >= 0.0 && at.lon_deg < 0.0;
  const Place y = place_of(rows, at.lat_deg, "latitudes");
  const Place x = place_of(columns, full_circle ? at.lon_deg + 360.0 : at.lon_deg, "longitudes");
  const auto between = [&](std::size_t row) {
    return (1.0 - x.part) * rates.at(row, x.cell) + x.part * rates.at(row, x.cell + 1);
  };
  const double rate = (1.0 - y.part) * between(y.cell) + y.part * between(y.cell + 1);
  if (!(rate >= 0.0 && rate <= 300.0))
    throw InputError(Fault{.message = "the digital map says a rate that cannot be",
                           .value = fmt::format("{}", rate),
                           .legal = "0 .. 300 mm/h"});
  return rate;
}

}  // namespace amaneku::scenarios
