// FG-GML files, zips and folders of them as rasters: tiles of one kind lie on one lattice and are read when a
// window first needs them.
#include <fmt/format.h>
#include <ogr_spatialref.h>

#include <cpl_conv.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>

#include "terrain/files/input_path.hpp"
#include "terrain/files/zip_archive.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/raster/fg_gml.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxXmlBytes = 256ULL << 20;
/// Zips inside a zip are held in memory, all of them.
constexpr std::uint64_t kMaxInnerZipBytes = 512ULL << 20;
constexpr std::uint64_t kHeaderBytes = 16ULL << 10;
/// Tiles of one kind must lie on a common lattice to this part of a pixel (corners are given to 9 decimals).
constexpr double kTileLatticeTolerance_px = 0.02;

[[noreturn]] void refuse_tile(const std::string& name, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = name, .legal = std::move(legal)});
}

/// Where the text of one tile comes from.
struct TileText {
  std::string name;
  fs::path file{};
  std::shared_ptr<const ZipArchive> archive{};
  std::optional<ZipArchive::Entry> entry{};

  [[nodiscard]] std::string read(std::uint64_t limit) const {
    if (archive) {
      if (entry->bytes > kMaxXmlBytes) refuse_tile(name, "is larger than 256 MiB");
      return archive->read(*entry, limit);
    }
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (error) refuse_tile(name, "cannot be read: " + error.message());
    if (size > kMaxXmlBytes) refuse_tile(name, "is larger than 256 MiB");
    std::string text(std::min<std::uintmax_t>(limit, size), '\0');
    std::ifstream in(file, std::ios::binary);
    if (!in.read(text.data(), static_cast<std::streamsize>(text.size()))) refuse_tile(name, "cannot be read");
    return text;
  }
};

std::string base_name(const std::string& name) {
  return fs::path(name).filename().string();
}

std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool ends_with_zip(const std::string& name) {
  return in_lower_case(name).ends_with(".zip");
}

/// Archives under the names that GSI gives them: of a mesh, and of a download.
bool is_fg_gml_zip_name(const std::string& file_name) {
  const std::string name = in_lower_case(file_name);
  return ends_with_zip(name) && (name.starts_with("fg-gml") || name.starts_with("packdlmap"));
}

/// Elevation files of an archive, and of the archives directly inside it (GSI packs both ways).
void list_archive(const std::shared_ptr<const ZipArchive>& archive, const std::string& label, bool outer,
                  std::vector<TileText>& tiles) {
  std::uint64_t inner_bytes = 0;
  for (const ZipArchive::Entry& entry : archive->entries()) {
    const std::string name = label + "/" + entry.name;
    if (is_fg_gml_dem_name(base_name(entry.name))) {
      tiles.push_back({.name = name, .archive = archive, .entry = entry});
    } else if (outer && ends_with_zip(entry.name)) {
      inner_bytes += entry.bytes;
      if (inner_bytes > kMaxInnerZipBytes)
        refuse_tile(label, "holds zips of more than 512 MiB; unpack it into a folder");
      auto inner = std::make_shared<const ZipArchive>(
          ZipArchive::from_memory(archive->read(entry, kMaxInnerZipBytes), name));
      list_archive(inner, name, false, tiles);
    }
  }
}

/// Folders inside too: unpacking a download leaves one a mesh.
std::vector<TileText> list_folder(const fs::path& folder) {
  std::vector<TileText> tiles;
  for (const fs::path& name : files_below(folder)) {
    const std::string base = name.filename().string();
    const bool is_zip = is_fg_gml_zip_name(base);
    if (!is_zip && !is_fg_gml_dem_name(base)) continue;
    const fs::path file = checked_input_path(name.string(), folder, DataRoots{{folder}});
    if (is_zip) {
      list_archive(std::make_shared<const ZipArchive>(ZipArchive::open(file)), file.string(), true, tiles);
    } else {
      tiles.push_back({.name = file.string(), .file = file});
    }
  }
  return tiles;
}

std::vector<TileText> list_tiles(const fs::path& path) {
  std::vector<TileText> tiles;
  if (fs::is_directory(path)) {
    tiles = list_folder(path);
  } else if (ends_with_zip(path.string())) {
    list_archive(std::make_shared<const ZipArchive>(ZipArchive::open(path)), path.string(), true, tiles);
  } else {
    tiles.push_back({.name = path.string(), .file = path});
  }
  if (tiles.empty())
    refuse_tile(path.string(), "holds no FG-GML elevation file",
                "files named FG-GML-*-DEM*.xml; rasters of other formats are named one by one");
  return tiles;
}

/// Smaller is more accurate: GSI's own order (laser, photogrammetry, contours).
int rank_of(const std::string& kind) {
  constexpr std::array kOrder{"DEM1A", "DEM1B", "DEM5A", "DEM5B", "DEM5C", "DEM10A", "DEM10B"};
  return static_cast<int>(std::find(kOrder.begin(), kOrder.end(), kind) - kOrder.begin());
}

struct PlacedTile {
  TileText text;
  FgGmlHeader header;
  PixelBox box{};
  std::vector<float> heights{};  ///< empty until needed
};

bool overlaps(const PixelBox& a, const PixelBox& b) {
  return a.x0 < b.x0 + b.nx && b.x0 < a.x0 + a.nx && a.y0 < b.y0 + b.ny && b.y0 < a.y0 + a.ny;
}

class FgGmlRaster final : public SourceRaster {
 public:
  FgGmlRaster(RasterHeader header, std::vector<PlacedTile> tiles, bool sea_is_zero)
      : SourceRaster(std::move(header)), tiles_(std::move(tiles)), sea_is_zero_(sea_is_zero) {}

  [[nodiscard]] std::vector<float> window(const PixelBox& box) override {
    std::vector<float> values(static_cast<std::size_t>(box.nx) * static_cast<std::size_t>(box.ny), kNoData);
    for (PlacedTile& tile : tiles_) {
      if (!overlaps(tile.box, box)) {
        tile.heights = {};  // windows move southwards: it will not be needed again
        continue;
      }
      if (tile.heights.empty()) load(tile);
      copy(tile, box, values);
    }
    return values;
  }

 private:
  void load(PlacedTile& tile) {
    FgGmlTile parsed = parse_fg_gml(tile.text.read(kMaxXmlBytes), tile.text.name, sea_is_zero_);
    if (parsed.header.nx != tile.box.nx || parsed.header.ny != tile.box.ny) {
      refuse_tile(tile.text.name, "changed while it was read");
    }
    tile.heights = std::move(parsed.height_asl_m);
  }

  /// Earlier tiles win.
  static void copy(const PlacedTile& tile, const PixelBox& box, std::vector<float>& values) {
    const int x0 = std::max(tile.box.x0, box.x0);
    const int x1 = std::min(tile.box.x0 + tile.box.nx, box.x0 + box.nx);
    const int y0 = std::max(tile.box.y0, box.y0);
    const int y1 = std::min(tile.box.y0 + tile.box.ny, box.y0 + box.ny);
    const auto index = [](int x, int y, int nx) {
      return static_cast<std::size_t>(y) * static_cast<std::size_t>(nx) + static_cast<std::size_t>(x);
    };
    for (int y = y0; y < y1; ++y) {
      for (int x = x0; x < x1; ++x) {
        float& value = values[index(x - box.x0, y - box.y0, box.nx)];
        if (std::isnan(value)) value = tile.heights[index(x - tile.box.x0, y - tile.box.y0, tile.box.nx)];
      }
    }
  }

  std::vector<PlacedTile> tiles_;
  bool sea_is_zero_;
};

std::string wkt_of(const std::string& datum) {
  OGRSpatialReference reference;
  reference.importFromEPSG(datum == "jgd2000" ? 4612 : 6668);
  char* text = nullptr;
  const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
  reference.exportToWkt(&text, options.data());
  std::string wkt = text;
  CPLFree(text);
  return wkt;
}

double pixel_x_deg(const FgGmlHeader& h) {
  return (h.box.east_deg - h.box.west_deg) / h.nx;
}
double pixel_y_deg(const FgGmlHeader& h) {
  return (h.box.north_deg - h.box.south_deg) / h.ny;
}

int lattice_index(double offset_px, const std::string& name) {
  const double rounded = std::round(offset_px);
  if (std::abs(offset_px - rounded) > kTileLatticeTolerance_px || std::abs(rounded) > 1e8) {
    refuse_tile(name, "its cells do not line up with those of the other files of its kind");
  }
  return static_cast<int>(rounded);
}

std::unique_ptr<SourceRaster> raster_of(const RasterSource& source, std::vector<PlacedTile> tiles) {
  LonLatBox box;
  for (const PlacedTile& tile : tiles) {
    box.include({tile.header.box.west_deg, tile.header.box.south_deg});
    box.include({tile.header.box.east_deg, tile.header.box.north_deg});
  }
  const FgGmlHeader& first = tiles.front().header;
  const double dx_deg = pixel_x_deg(first);
  const double dy_deg = pixel_y_deg(first);
  for (PlacedTile& tile : tiles) {
    const FgGmlHeader& h = tile.header;
    tile.box = {lattice_index((h.box.west_deg - box.west_deg) / dx_deg, tile.text.name),
                lattice_index((box.north_deg - h.box.north_deg) / dy_deg, tile.text.name), h.nx, h.ny};
  }
  RasterHeader header{.path = tiles.size() == 1 ? tiles.front().text.name : source.path.string(),
                      .format = "FG-GML " + first.kind,
                      .crs_wkt = wkt_of(first.datum),
                      .crs_name = first.datum == "jgd2000"   ? "JGD2000"
                                  : first.datum == "jgd2011" ? "JGD2011"
                                                             : "JGD2024",
                      .heights_above = first.datum == "jgd2000"   ? "JGD2000 (vertical) height"
                                       : first.datum == "jgd2011" ? "JGD2011 (vertical) height"
                                                                  : "JGD2024 (vertical) height",
                      .to_crs = {box.west_deg, dx_deg, 0.0, box.north_deg, 0.0, -dy_deg},
                      .nx = lattice_index((box.east_deg - box.west_deg) / dx_deg, source.path.string()),
                      .ny = lattice_index((box.north_deg - box.south_deg) / dy_deg, source.path.string())};
  return std::make_unique<FgGmlRaster>(std::move(header), std::move(tiles), source.sea_is_zero);
}

}  // namespace

bool is_fg_gml_source(const fs::path& path) {
  const std::string extension = in_lower_case(path.extension().string());
  if (extension == ".zip" && fs::is_regular_file(path)) return !raster_in_zip(path);
  return fs::is_directory(path) || extension == ".xml";
}

SourceList open_fg_gml_source(const RasterSource& source) {
  register_gdal();
  if (source.nodata || !source.crs.empty()) {
    refuse_tile(source.path.string(), "FG-GML files say their no-data value and CRS themselves",
                "neither nodata nor crs");
  }
  // Accuracy first, then the newer datum; newest file first where one mesh is there twice.
  std::map<std::tuple<int, int, long, long>, std::vector<PlacedTile>> kinds;
  for (TileText& text : list_tiles(source.path)) {
    FgGmlHeader header = read_fg_gml_header(text.read(kHeaderBytes), text.name);
    const auto lattice = [](double step_deg) { return std::lround(step_deg * 3600.0 * 1e4); };
    auto key = std::tuple(rank_of(header.kind), -std::stoi(header.datum.substr(3)), lattice(pixel_x_deg(header)),
                          lattice(pixel_y_deg(header)));
    kinds[std::move(key)].push_back({.text = std::move(text), .header = std::move(header)});
  }
  SourceList list;
  for (auto& [key, tiles] : kinds) {
    std::stable_sort(tiles.begin(), tiles.end(), [](const PlacedTile& a, const PlacedTile& b) {
      return in_lower_case(base_name(a.text.name)) > in_lower_case(base_name(b.text.name));
    });
    list.push_back(raster_of(source, std::move(tiles)));
  }
  return list;
}

}  // namespace amaneku
