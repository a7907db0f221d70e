#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <pugixml.hpp>
#include <set>
#include <string_view>

#include "terrain/crs_files.hpp"
#include "terrain/files/input_path.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxVrtBytes = 64U << 20;
constexpr int kMaxDepth = 12;

/// Everything that gdalbuildvrt and gdal_translate -of VRT write for a plain mosaic. Warped, pansharpened and
/// raw bands, masks, overviews and pixel functions are not here: they name files or run code.
constexpr std::array<std::string_view, 30> kElements{"VRTDataset",
                                                     "SRS",
                                                     "GeoTransform",
                                                     "Metadata",
                                                     "MDI",
                                                     "VRTRasterBand",
                                                     "NoDataValue",
                                                     "ColorInterp",
                                                     "Description",
                                                     "UnitType",
                                                     "Offset",
                                                     "Scale",
                                                     "HideNoDataValue",
                                                     "CategoryNames",
                                                     "Category",
                                                     "ColorTable",
                                                     "Entry",
                                                     "SimpleSource",
                                                     "ComplexSource",
                                                     "SourceFilename",
                                                     "SourceBand",
                                                     "SourceProperties",
                                                     "SrcRect",
                                                     "DstRect",
                                                     "NODATA",
                                                     "ScaleOffset",
                                                     "ScaleRatio",
                                                     "Histograms",
                                                     "UseMaskBand",
                                                     "BlockXSize"};

struct Walker : pugi::xml_tree_walker {
  std::string fault;
  std::vector<std::pair<std::string, bool>> names;  ///< file name, relative to the VRT

  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_doctype) return fail("holds a DOCTYPE");
    if (depth() > kMaxDepth) return fail("is nested too deeply");
    if (names_crs_file(node.value())) return fail("holds a CRS that asks for a file or an address");
    if (node.type() != pugi::node_element) return true;
    const std::string_view name = node.name();
    if (std::find(kElements.begin(), kElements.end(), name) == kElements.end()) {
      return fail(fmt::format("uses <{}>, which a plain mosaic does not need", name));
    }
    const bool special = (name == "VRTDataset" || name == "VRTRasterBand") && node.attribute("subClass");
    if (special) return fail(fmt::format("is a special virtual raster ({})", node.attribute("subClass").value()));
    if (name == "SourceFilename") names.emplace_back(node.text().get(), node.attribute("relativeToVRT").as_bool());
    return true;
  }

 private:
  bool fail(std::string why) {
    fault = std::move(why);
    return false;
  }
};

}  // namespace

std::vector<fs::path> checked_vrt_sources(const fs::path& vrt) {
  const auto refuse = [&](std::string message) {
    throw InputError(Fault{.message = std::move(message),
                           .file = vrt.string(),
                           .legal = "a mosaic of rasters beside or below the VRT, as gdalbuildvrt writes it"});
  };
  std::error_code error;
  const std::uintmax_t size = fs::file_size(vrt, error);
  if (error) refuse("cannot be read: " + error.message());
  if (size > kMaxVrtBytes) refuse("is too large for a VRT");

  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_file(vrt.c_str(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) refuse(fmt::format("is not valid XML: {} at byte {}", parsed.description(), parsed.offset));
  Walker walker;
  document.traverse(walker);
  if (!walker.fault.empty()) refuse(walker.fault);

  const fs::path folder = fs::canonical(vrt).parent_path();
  const DataRoots here{{folder}};
  std::set<fs::path> sources;
  for (const auto& [name, relative] : walker.names) {
    try {
      sources.insert(checked_input_path(name, relative ? folder : fs::current_path(), here));
    } catch (const InputError& reason) {
      refuse(std::string("one of its sources is refused: ") + reason.what());
    }
  }
  return {sources.begin(), sources.end()};
}

}  // namespace amaneku
