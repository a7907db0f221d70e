#include "terrain/vector/buildings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>

#include "terrain/files/text_file.hpp"
#include "terrain/vector/city_gml.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

constexpr std::size_t kMostCityGmlBytes = std::size_t{512} << 20U;
constexpr std::size_t kMostCityGmlFiles = 20'000;
constexpr std::size_t kCityGmlBeginning = std::size_t{16} << 10U;
constexpr double kSample_m = 2.5;
constexpr int kMostSamples = 16;  // along a side of a cell

std::string city_gml_beginning(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string head(kCityGmlBeginning, '\0');
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

struct BuildingBounds {
  Point low{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  Point high{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};

  void include(Point p) {
    low = {std::min(low.x_m, p.x_m), std::min(low.y_m, p.y_m)};
    high = {std::max(high.x_m, p.x_m), std::max(high.y_m, p.y_m)};
  }
  [[nodiscard]] bool touches(const Grid& grid) const {
    return high.x_m >= grid.west_m && low.x_m <= grid.west_m + grid.nx * grid.cell_m && low.y_m <= grid.north_m &&
           high.y_m >= grid.north_m - grid.ny * grid.cell_m;
  }
};

BuildingBounds bounds_of(const MultiPolygon& area) {
  BuildingBounds out;
  for (const Polygon& part : area.parts) {
    for (const Point& p : part.outer) out.include(p);
  }
  return out;
}

class BuildingReader {
 public:
  BuildingReader(const BuildingSource& source, const Grid& grid, const Crs& crs)
      : source_(source), grid_(grid), crs_(crs) {}

  Buildings read() {
    if (std::filesystem::is_directory(source_.path)) {
      for (const std::filesystem::path& file : files_of_folder()) add_city_gml(file, true);
    } else if (is_city_gml(city_gml_beginning(source_.path))) {
      add_city_gml(source_.path, false);
    } else {
      add_polygons();
    }
    if (out_.files == 0) refuse("no file of the folder reaches the area of the plan", "the files of its meshes");
    if (seen_ == 0) refuse("holds no building", "CityGML with bldg:Building, or polygons");
    if (out_.buildings.empty() && low_ + bare_ > 0)
      refuse("no building has both a footprint and a possible height", "heights of 0.1 .. 1000 m above ground");
    if (out_.buildings.empty()) refuse("no building reaches the area of the plan", "the files of its meshes");
    warn("building_without_height", "buildings without a height, or with one that cannot be, were left out", low_);
    warn("building_without_footprint", "buildings without a footprint were left out", bare_);
    warn("building_repaired", "footprints of buildings with rings that crossed themselves were mended", repaired_);
    return std::move(out_);
  }

 private:
  [[noreturn]] void refuse(std::string message, std::string legal) const {
    throw InputError(
        Fault{.message = std::move(message), .file = source_.path.string(), .legal = std::move(legal)});
  }
  void warn(const char* id, const char* message, long long count) {
    if (count > 0) out_.warnings.push_back({id, message, count});
  }

  /// In order of their names: the same buildings in the same order everywhere.
  [[nodiscard]] std::vector<std::filesystem::path> files_of_folder() const {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(source_.path)) {
      if (entry.is_regular_file() && entry.path().extension() == ".gml") files.push_back(entry.path());
    }
    if (files.empty()) refuse("holds no .gml file", "a folder of CityGML files, such as udx/bldg of PLATEAU");
    if (files.size() > kMostCityGmlFiles)
      refuse(fmt::format("holds more than {} .gml files", kMostCityGmlFiles),
             "the files of the meshes of the plan");
    std::sort(files.begin(), files.end());
    return files;
  }

  void add_city_gml(const std::filesystem::path& file, bool may_miss) {
    const std::string beginning = city_gml_beginning(file);
    if (may_miss && !is_city_gml(beginning)) return;
    const std::optional<LonLatBox> box = city_gml_envelope(beginning);
    if (may_miss && box && !touches_plan(*box)) return;
    ++out_.files;
    for (const CityGmlBuilding& building : parse_city_gml(read_bytes(file, kMostCityGmlBytes), file.string())) {
      MultiPolygon area;
      for (const std::vector<LonLatRing>& part : building.area) {
        Polygon polygon;
        for (std::size_t i = 0; i < part.size(); ++i) {
          Line ring;
          for (const LonLat& at : part[i]) ring.push_back(crs_.to_plan(at));
          if (i == 0) {
            polygon.outer = std::move(ring);
          } else {
            polygon.holes.push_back(std::move(ring));
          }
        }
        area.parts.push_back(std::move(polygon));
      }
      const bool solid = building.solid_m && possible(*building.solid_m);
      add(std::move(area), solid ? *building.solid_m : building.measured_m.value_or(0.0));
    }
  }

  [[nodiscard]] bool touches_plan(const LonLatBox& box) const {
    BuildingBounds bounds;
    for (const double lon : {box.west_deg, box.east_deg}) {
      for (const double lat : {box.south_deg, box.north_deg}) bounds.include(crs_.to_plan({lon, lat}));
    }
    return bounds.touches(grid_);
  }

  void add_polygons() {
    const SourceLayer layer = read_source_layer({.path = source_.path,
                                                 .layer = source_.layer,
                                                 .needed_field = source_.height_field,
                                                 .crs = &crs_,
                                                 .repair = true});
    const auto field = static_cast<std::size_t>(layer.field(source_.height_field));
    ++out_.files;
    for (const SourceFeature& feature : layer.features) {
      if (!feature.lines.empty() || !feature.points.empty()) fail(feature, "is not a polygon");
      const std::optional<std::string>& text = feature.values[field];
      double height_m = 0.0;
      if (text && !trimmed(*text).empty()) {
        const std::optional<double> value = parse_number(trimmed(*text));
        if (!value || !std::isfinite(*value))
          fail(feature, fmt::format("{} = \"{}\" is not a number", source_.height_field, text->substr(0, 40)));
        height_m = *value;
      }
      repaired_ += feature.repaired ? 1 : 0;
      add(feature.area, height_m);
    }
  }

  [[noreturn]] void fail(const SourceFeature& feature, std::string message) const {
    throw InputError(Fault{.message = std::move(message),
                           .file = source_.path.string(),
                           .key = "feature",
                           .value = std::to_string(feature.fid)});
  }

  static bool possible(double height_m) { return height_m >= kLowestBuilding_m && height_m <= kHighestBuilding_m; }

  /// Those that the plan does not reach are no fault of theirs.
  void add(MultiPolygon area, double height_m) {
    ++seen_;
    if (area.parts.empty()) {
      ++bare_;
    } else if (!bounds_of(area).touches(grid_)) {
      return;
    } else if (!possible(height_m)) {
      ++low_;
    } else {
      out_.buildings.push_back({std::move(area), height_m});
    }
  }

  const BuildingSource& source_;
  const Grid& grid_;
  const Crs& crs_;
  Buildings out_{};
  long long seen_ = 0;
  long long low_ = 0;
  long long bare_ = 0;
  long long repaired_ = 0;
};

/// The samples of one row of cells, n x n to a cell.
class SampledRow {
 public:
  SampledRow(const Grid& grid, int n)
      : grid_(grid), n_(n), heights_(static_cast<std::size_t>(grid.nx) * static_cast<std::size_t>(n * n)) {}

  void clear() { std::fill(heights_.begin(), heights_.end(), 0.0F); }

  /// The highest building stays.
  void add(const Building& building, int iy) {
    for (const Polygon& part : building.area.parts) {
      for (int line = 0; line < n_; ++line) add_line(part, iy, line, static_cast<float>(building.height_m));
    }
  }

  [[nodiscard]] float mean(int ix) const {
    double sum = 0.0;
    for (int line = 0; line < n_; ++line) {
      for (int k = 0; k < n_; ++k) sum += static_cast<double>(heights_[index(line, ix * n_ + k)]);
    }
    return static_cast<float>(sum / (n_ * n_));
  }

 private:
  [[nodiscard]] std::size_t index(int line, int column) const {
    return static_cast<std::size_t>(line) * static_cast<std::size_t>(grid_.nx) * static_cast<std::size_t>(n_) +
           static_cast<std::size_t>(column);
  }

  void add_line(const Polygon& part, int iy, int line, float height_m) {
    const double step_m = grid_.cell_m / n_;
    const double y_m = grid_.north_m - iy * grid_.cell_m - (line + 0.5) * step_m;
    crossings_.clear();
    for_each_edge(part, [&](Point a, Point b) {
      if (crosses(a, b, y_m)) crossings_.push_back(crossing_x_m(a, b, y_m));
    });
    std::sort(crossings_.begin(), crossings_.end());
    const int columns = grid_.nx * n_;
    const auto first_from = [&](double x_m) {
      const double column = std::ceil((x_m - grid_.west_m) / step_m - 0.5);
      return static_cast<int>(std::clamp(column, 0.0, static_cast<double>(columns)));
    };
    for (std::size_t i = 0; i + 1 < crossings_.size(); i += 2) {
      for (int column = first_from(crossings_[i]); column < first_from(crossings_[i + 1]); ++column) {
        float& at = heights_[index(line, column)];
        at = std::max(at, height_m);
      }
    }
  }

  const Grid& grid_;
  int n_;
  std::vector<float> heights_;
  std::vector<double> crossings_{};
};

}  // namespace

Buildings read_buildings(const BuildingSource& source, const Grid& grid, const Crs& crs) {
  return BuildingReader(source, grid, crs).read();
}

Raster<float> building_heights(const std::vector<Building>& buildings, const Grid& grid) {
  const int n = std::clamp(static_cast<int>(std::ceil(grid.cell_m / kSample_m)), 1, kMostSamples);
  std::map<int, std::vector<const Building*>> by_row;
  for (const Building& building : buildings) {
    const BuildingBounds bounds = bounds_of(building.area);
    if (!bounds.touches(grid)) continue;
    const int first = std::clamp(static_cast<int>(std::floor(grid.row(bounds.high.y_m))) - 1, 0, grid.ny - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(grid.row(bounds.low.y_m))) + 1, 0, grid.ny - 1);
    for (int iy = first; iy <= last; ++iy) by_row[iy].push_back(&building);
  }
  Raster<float> out(grid, 0.0F);
  SampledRow row(grid, n);
  for (const auto& [iy, of_row] : by_row) {
    row.clear();
    for (const Building* building : of_row) row.add(*building, iy);
    for (int ix = 0; ix < grid.nx; ++ix) out.at(ix, iy) = row.mean(ix);
  }
  return out;
}

}  // namespace amaneku
