#include "terrain/people/existing_coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "terrain/people/boundaries.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

class Painter {
 public:
  Painter(const Grid& grid, const Crs& crs) : crs_(crs) { out_.served = Raster<std::uint8_t>(grid, 0); }

  void add(const ExistingCoverageSource& source) {
    ExistingCoveragePart part{.name = source.name.empty() ? source.path.stem().string() : source.name,
                              .file = source.path.filename().string(),
                              .is_raster = source.served_from.has_value()};
    if (part.is_raster) {
      add_raster(source, part);
    } else {
      add_polygons(source, part);
    }
    if (part.served_cells == 0) {
      out_.warnings.push_back(
          {"existing_coverage_nowhere",
           fmt::format("{}: no cell of the plan is served by this file of existing coverage", part.file)});
    }
    out_.parts.push_back(std::move(part));
  }

  ExistingCoverage take() { return std::move(out_); }

 private:
  [[noreturn]] static void refuse(const ExistingCoverageSource& source, std::string message, std::string legal) {
    throw InputError(
        Fault{.message = std::move(message), .file = source.path.string(), .legal = std::move(legal)});
  }

  void add_polygons(const ExistingCoverageSource& source, ExistingCoveragePart& part) {
    const SourceLayer layer = read_source_layer(
        {.path = source.path, .layer = source.layer, .crs = &crs_, .repair = source.repair, .may_repair = true});
    Boundaries areas;
    Municipality all;
    long long repaired = 0;
    for (const SourceFeature& feature : layer.features) {
      if (!feature.lines.empty() || !feature.points.empty()) {
        throw InputError(Fault{.message = "is not a polygon",
                               .file = source.path.string(),
                               .key = "feature",
                               .value = std::to_string(feature.fid)});
      }
      repaired += feature.repaired ? 1 : 0;
      all.area.parts.insert(all.area.parts.end(), feature.area.parts.begin(), feature.area.parts.end());
    }
    if (all.area.parts.empty()) refuse(source, "holds no polygon", "polygons of what is served already");
    if (!reaches(all.area))
      refuse(source, "no polygon reaches the area of the plan: is the CRS right?", "polygons in the area");
    if (repaired > 0) {
      out_.warnings.push_back({"existing_coverage_repaired",
                               "polygons of existing coverage with rings that crossed themselves were mended",
                               repaired});
    }
    areas.municipalities.push_back(std::move(all));
    const Raster<std::int16_t> held = rasterize_municipalities(areas, out_.served.grid);
    for (std::size_t i = 0; i < held.values.size(); ++i) mark(i, held.values[i] >= 0, part);
  }

  /// By their boxes: a polygon between the centres of cells reaches the plan although it holds none.
  [[nodiscard]] bool reaches(const MultiPolygon& area) const {
    const Grid& grid = out_.served.grid;
    return std::any_of(area.parts.begin(), area.parts.end(), [&](const Polygon& part) {
      double west = std::numeric_limits<double>::infinity();
      double east = -west;
      double south = west;
      double north = -west;
      for (const Point& p : part.outer) {
        west = std::min(west, p.x_m);
        east = std::max(east, p.x_m);
        south = std::min(south, p.y_m);
        north = std::max(north, p.y_m);
      }
      return east > grid.west_m && west < grid.west_m + grid.nx * grid.cell_m &&
             north > grid.north_m - grid.ny * grid.cell_m && south < grid.north_m;
    });
  }

  void add_raster(const ExistingCoverageSource& source, ExistingCoveragePart& part) {
    const RasterSource raster{
        .path = source.path, .nodata = source.nodata, .crs = source.crs, .meaning = RasterMeaning::classes};
    MosaicResult read = read_mosaic({&raster, 1}, out_.served.grid, crs_, Interpolation::nearest);
    // Neither zeros nor units are those of heights.
    std::erase_if(read.warnings, [](const Warning& w) {
      return w.id == "raster_without_nodata" || w.id == "raster_unit_unknown";
    });
    std::move(read.warnings.begin(), read.warnings.end(), std::back_inserter(out_.warnings));
    if (read.void_cells == out_.served.values.size())
      refuse(source, "has no value anywhere in the area of the plan", "a raster that reaches the area");
    part.void_cells = static_cast<long long>(read.void_cells);
    if (read.void_cells > 0) {
      out_.warnings.push_back({"existing_coverage_void",
                               fmt::format("{}: cells of the plan without a value count as not served", part.file),
                               part.void_cells});
    }
    const double most = source.served_to.value_or(std::numeric_limits<double>::infinity());
    long long at_largest = 0;
    for (std::size_t i = 0; i < read.raster.values.size(); ++i) {
      const double value = static_cast<double>(read.raster.values[i]);
      const bool served = value >= *source.served_from && value <= most;  // NaN: not served
      at_largest += served && is_largest_of_a_type(value) ? 1 : 0;
      mark(i, served, part);
    }
    if (at_largest > 0 && at_largest < part.served_cells) warn_of_largest(part, at_largest);
  }

  /// A mask of 0 and 255 means its 255; beside other values it is mostly "no data" that nobody declared.
  static bool is_largest_of_a_type(double value) { return value == 255.0 || value == 32767.0 || value == 65535.0; }

  void warn_of_largest(const ExistingCoveragePart& part, long long cells) {
    out_.warnings.push_back(
        {"existing_coverage_largest",
         fmt::format(
             "{}: cells with the largest value of their type (255, 32767 or 65535) count as served, beside "
             "others; where it means no data, set nodata or served_to",
             part.file),
         cells});
  }

  void mark(std::size_t cell, bool served, ExistingCoveragePart& part) {
    if (!served) return;
    ++part.served_cells;
    out_.served.values[cell] = 1;
  }

  const Crs& crs_;
  ExistingCoverage out_{};
};

}  // namespace

ExistingCoverage read_existing_coverage(const std::vector<ExistingCoverageSource>& sources, const Grid& grid,
                                        const Crs& crs) {
  Painter painter(grid, crs);
  for (const ExistingCoverageSource& source : sources) painter.add(source);
  return painter.take();
}

}  // namespace amaneku
