#include "scenarios/ask/new/designations_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "scenarios/tables/csv_text.hpp"
#include "terrain/people/focus_zones.hpp"

namespace amaneku::scenarios {
namespace {

constexpr int kAcross = 200;  // places along a side of the box of a municipality
constexpr double kLeast_percent = 0.1;
constexpr double kAll_percent = 95.0;  // of two drawings of one border

/// `designation = "kaso"` of a source; empty: it does not say what it designates.
std::string designation_of(const FetchedSource& source) {
  for (const auto& [key, value] : source.keys) {
    if (key == "designation" && value.size() > 2) return value.substr(1, value.size() - 2);
  }
  return {};
}

double share_percent(const MultiPolygon& municipality, const AreaIndex& areas) {
  Point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Point high{-low.x_m, -low.y_m};
  for (const Polygon& part : municipality.parts) {
    for (const Point& p : part.outer) {
      low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
      high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
    }
  }
  const std::vector<const MultiPolygon*> own{&municipality};
  const AreaIndex inside(own);
  int all = 0;
  int held = 0;
  for (int k = 0; k < kAcross * kAcross; ++k) {
    const Point p{low.x_m + (k % kAcross + 0.5) / kAcross * (high.x_m - low.x_m),
                  low.y_m + (k / kAcross + 0.5) / kAcross * (high.y_m - low.y_m)};
    if (inside.find(p) < 0) continue;
    ++all;
    held += areas.find(p) >= 0 ? 1 : 0;
  }
  return all > 0 ? 100.0 * held / all : 0.0;
}

}  // namespace

std::vector<DesignatedMunicipality> designated(const DataFolder& data, const Boundaries& boundaries,
                                               const std::vector<std::string>& codes, const Crs& crs) {
  std::vector<DesignatedMunicipality> out;
  for (const FetchedSource* source : data.of("designations")) {
    const std::string designation = designation_of(*source);
    if (designation.empty()) continue;
    std::vector<FocusZoneSource> files;
    for (const std::string& file : source->files) files.push_back({.path = data.path / file, .repair = true});
    const FocusZones zones = read_focus_zones(files, crs);
    std::vector<const MultiPolygon*> areas;
    for (const FocusZone& zone : zones.zones) areas.push_back(&zone.area);
    const AreaIndex index(areas);
    for (const Municipality& municipality : boundaries.municipalities) {
      if (std::find(codes.begin(), codes.end(), municipality.code) == codes.end()) continue;
      const double percent = share_percent(municipality.area, index);
      if (percent >= kLeast_percent) out.push_back({municipality.code, municipality.name, designation, percent});
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
  return out;
}

std::string municipalities_csv(const std::vector<DesignatedMunicipality>& found, const Boundaries& boundaries,
                               const std::vector<std::string>& codes) {
  std::string out = "code,name,designations,fiscal_capacity_index,source\n";
  for (const Municipality& municipality : boundaries.municipalities) {
    if (std::find(codes.begin(), codes.end(), municipality.code) == codes.end()) continue;
    std::string whole;
    std::string told;
    for (const DesignatedMunicipality& one : found) {
      if (one.code != municipality.code) continue;
      if (one.percent >= kAll_percent) whole += (whole.empty() ? "" : "|") + one.designation;
      told += fmt::format("{}{} {:.0f} %", told.empty() ? "" : "; ", one.designation, one.percent);
    }
    out += fmt::format("{},{},{},,{}\n", municipality.code, csv_text(municipality.name), whole, csv_text(told));
  }
  return out;
}

}  // namespace amaneku::scenarios
