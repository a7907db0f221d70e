#include "scenarios/read/existing_coverage.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kValue{-1.0e30, 1.0e30};
constexpr std::array kOfRasters = {"served_to", "nodata", "crs"};
constexpr std::array kOfPolygons = {"layer", "repair"};

/// By its name: what GDAL reads as a raster and OGR does not.
bool is_named_as_raster(const std::filesystem::path& path) {
  static constexpr std::array<std::string_view, 8> kEndings = {".tif", ".tiff", ".vrt", ".asc",
                                                               ".bil", ".img",  ".png", ".jpg"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

/// A key that the kind of the file has no use for is a mistake.
void check_keys(Document& document, const SectionView& view, const std::filesystem::path& path) {
  const bool raster = view.given("served_from");
  if (!raster && is_named_as_raster(path)) {
    document.add(view.fault("path", "a raster needs served_from: the value from which a cell is served already"));
    return;
  }
  for (const char* key : kOfRasters) {
    if (!raster && view.given(key)) document.add(view.fault(key, "is of rasters, and served_from is not given"));
  }
  for (const char* key : kOfPolygons) {
    if (raster && view.given(key)) document.add(view.fault(key, "is of polygons, and served_from says a raster"));
  }
  if (raster && view.given("served_to") && view.number("served_to") < view.number("served_from"))
    document.add(view.fault("served_to", "is below served_from: no value is served"));
}

ExistingCoverageSource source_of(const SectionView& view, const std::filesystem::path& path) {
  ExistingCoverageSource out{.path = path,
                             .name = view.text("name"),
                             .layer = view.text("layer"),
                             .repair = view.flag("repair"),
                             .crs = view.text("crs")};
  if (view.given("served_from")) out.served_from = view.number("served_from");
  if (view.given("served_to")) out.served_to = view.number("served_to");
  if (view.given("nodata")) out.nodata = view.number("nodata");
  return out;
}

}  // namespace

std::vector<SchemaKey> existing_coverage_keys() {
  return {
      required(text("path", {}, "Polygons, anything that OGR reads; or with `served_from` a raster.")),
      text("name", std::string{}, "What it is, such as an operator and a month; absent: the name of the file."),
      text("layer", std::string{}, "Polygons: layer of a GeoPackage; absent: the only one."),
      flag("repair", false, "Polygons whose rings cross themselves are mended and counted, not refused."),
      number("served_from", {"1", {}, kValue},
             "Raster: value of a pixel from which it is served already, in the unit of the raster: 1 of a mask, "
             "-110 of levels in dBm."),
      number("served_to", {"1", {}, kValue}, "Raster: and up to which; absent: any."),
      number("nodata", {"1", {}, kValue},
             "Raster: no-data value, where the file does not state it. Without a value is not served, and "
             "counted."),
      text("crs", std::string{}, "Raster: CRS of a file that has none, \"EPSG:4326\".")};
}

ExistingCoverage existing_coverage(Document& document, const Grid& grid, const Crs& crs) {
  std::vector<ExistingCoverageSource> sources;
  const auto views = document.sections("coverage.existing");
  for (const SectionView& view : views) {
    document.attempt(view, "path", [&] {
      const std::filesystem::path path = document.path_of(view);
      check_keys(document, view, path);
      sources.push_back(source_of(view, path));
    });
  }
  ExistingCoverage out;
  if (sources.empty() || document.faulty()) return out;
  document.attempt(views.front(), "path", [&] { out = read_existing_coverage(sources, grid, crs); });
  return out;
}

}  // namespace amaneku::scenarios
