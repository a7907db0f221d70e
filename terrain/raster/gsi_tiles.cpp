// Elevation tiles of GSI (地理院標高タイル, PNG) as rasters: a folder of Z/X/Y.png in Web Mercator, heights in the
// three bytes of a colour. A tile is read when a window first needs it.
#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogr_spatialref.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "terrain/files/input_path.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"
#include "terrain/range.hpp"
#include "terrain/raster/raster_source.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

constexpr int kTile_px = 256;
constexpr int kMaxZoom = 20;
constexpr std::size_t kMaxPngBytes = std::size_t{4} << 20U;
/// Half the side of the world of EPSG:3857: pi times the semi-major axis of WGS 84.
constexpr double kHalfWorld_m = std::numbers::pi * 6'378'137.0;
/// Of ground; colours of another coding or of a picture lie beyond.
constexpr Range kHeights_m{-500.0, 9000.0};

[[noreturn]] void refuse_png(const fs::path& file, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = file.string(), .legal = std::move(legal)});
}

struct TileAddress {
  int zoom;
  int x;
  int y;
};

/// The whole of a name as a number without sign, below 2^20.
std::optional<int> index_of(const std::string& name) {
  constexpr std::size_t kMostDigits = 7;
  const bool digits = !name.empty() && name.size() <= kMostDigits &&
                      std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  return std::stoi(name);
}

/// Of "15/28710/13075.png"; nothing for files that are no tile.
std::optional<TileAddress> address_of(const fs::path& below) {
  const std::vector<fs::path> parts(below.begin(), below.end());
  if (parts.size() != 3 || parts[2].extension() != ".png") return std::nullopt;
  const std::optional<int> zoom = index_of(parts[0].string());
  const std::optional<int> x = index_of(parts[1].string());
  const std::optional<int> y = index_of(parts[2].stem().string());
  if (!zoom || !x || !y || *zoom > kMaxZoom || *x >= 1 << *zoom || *y >= 1 << *zoom) return std::nullopt;
  return TileAddress{*zoom, *x, *y};
}

/// 24 bits, two's complement, in centimetres; (128, 0, 0) is void.
float height_of(unsigned red, unsigned green, unsigned blue) {
  constexpr unsigned kVoid = 1U << 23U;
  const unsigned code = red << 16U | green << 8U | blue;
  if (code == kVoid) return kNoData;
  const double centimetres = code < kVoid ? double(code) : double(code) - double(1U << 24U);
  return static_cast<float>(centimetres * 0.01);
}

using Bytes = std::vector<std::uint8_t>;

Bytes band_of(GDALDataset& picture, int band, const fs::path& file) {
  Bytes values(std::size_t{kTile_px} * kTile_px);
  const GdalErrorScope errors;
  const CPLErr error = picture.GetRasterBand(band)->RasterIO(GF_Read, 0, 0, kTile_px, kTile_px, values.data(),
                                                             kTile_px, kTile_px, GDT_Byte, 0, 0, nullptr);
  if (error != CE_None) refuse_png(file, "is damaged: " + errors.message());
  return values;
}

/// Red, green and blue of every pixel; a palette is looked up.
std::array<Bytes, 3> colours_of(GDALDataset& picture, const fs::path& file) {
  constexpr const char* kLegal = "256 x 256 pixels of red, green and blue, 8 bits each";
  if (picture.GetRasterXSize() != kTile_px || picture.GetRasterYSize() != kTile_px ||
      picture.GetRasterBand(1)->GetRasterDataType() != GDT_Byte)
    refuse_png(file, "is no elevation tile", kLegal);
  if (picture.GetRasterCount() >= 3)
    return {band_of(picture, 1, file), band_of(picture, 2, file), band_of(picture, 3, file)};
  const GDALColorTable* palette = picture.GetRasterBand(1)->GetColorTable();
  if (palette == nullptr) refuse_png(file, "is a picture in grey", kLegal);
  const Bytes indices = band_of(picture, 1, file);
  std::array<Bytes, 3> out{Bytes(indices.size()), Bytes(indices.size()), Bytes(indices.size())};
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (indices[i] >= palette->GetColorEntryCount()) refuse_png(file, "has a pixel beyond its palette");
    const GDALColorEntry& entry = *palette->GetColorEntry(indices[i]);
    out[0][i] = static_cast<std::uint8_t>(entry.c1);
    out[1][i] = static_cast<std::uint8_t>(entry.c2);
    out[2][i] = static_cast<std::uint8_t>(entry.c3);
  }
  return out;
}

/// The bytes are opened in memory, where nothing stands beside them.
std::vector<float> heights_of(const fs::path& file) {
  const std::string bytes = read_bytes(file, kMaxPngBytes);
  const MemoryFolder memory;
  const std::string name = memory.file("tile.png");
  {
    std::unique_ptr<VSILFILE, int (*)(VSILFILE*)> out(VSIFOpenL(name.c_str(), "wb"), VSIFCloseL);
    if (!out || VSIFWriteL(bytes.data(), 1, bytes.size(), out.get()) != bytes.size())
      refuse_png(file, "does not fit into memory");
  }
  const GdalErrorScope errors;
  const std::array<const char*, 2> drivers{"PNG", nullptr};
  const DatasetPtr picture(
      GDALDataset::Open(name.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers.data(), nullptr, nullptr));
  if (!picture)
    refuse_png(file, "cannot be read as a PNG" + (errors.message().empty() ? "" : ": " + errors.message()));
  const std::array<Bytes, 3> colours = colours_of(*picture, file);
  std::vector<float> heights(colours[0].size());
  for (std::size_t i = 0; i < heights.size(); ++i) {
    heights[i] = height_of(colours[0][i], colours[1][i], colours[2][i]);
    if (!std::isnan(heights[i]) && !kHeights_m.contains(heights[i]))
      refuse_png(
          file,
          fmt::format("holds a height of {:.2f} m: heights are coded otherwise, or this is a map", heights[i]),
          "GSI elevation tiles (dem_png, dem5a_png ...)");
  }
  return heights;
}

struct GsiTile {
  fs::path file;
  TileAddress address;
  PixelBox box{};
  std::vector<float> heights{};  ///< empty until needed
};

class GsiTileRaster final : public SourceRaster {
 public:
  GsiTileRaster(RasterHeader header, std::vector<GsiTile> tiles)
      : SourceRaster(std::move(header)), tiles_(std::move(tiles)) {}

  [[nodiscard]] std::vector<float> window(const PixelBox& box) override {
    std::vector<float> values(static_cast<std::size_t>(box.nx) * static_cast<std::size_t>(box.ny), kNoData);
    for (GsiTile& tile : tiles_) {
      if (tile.box.y0 + kTile_px <= box.y0) tile.heights = {};  // windows move southwards
      if (!meets(tile.box, box)) continue;
      if (tile.heights.empty()) tile.heights = heights_of(tile.file);
      copy(tile, box, values);
    }
    return values;
  }

 private:
  static bool meets(const PixelBox& a, const PixelBox& b) noexcept {
    return a.x0 < b.x0 + b.nx && b.x0 < a.x0 + a.nx && a.y0 < b.y0 + b.ny && b.y0 < a.y0 + a.ny;
  }

  static void copy(const GsiTile& tile, const PixelBox& box, std::vector<float>& values) {
    const int x0 = std::max(tile.box.x0, box.x0);
    const int x1 = std::min(tile.box.x0 + kTile_px, box.x0 + box.nx);
    const int y0 = std::max(tile.box.y0, box.y0);
    const int y1 = std::min(tile.box.y0 + kTile_px, box.y0 + box.ny);
    for (int y = y0; y < y1; ++y) {
      const auto row = tile.heights.begin() + (y - tile.box.y0) * kTile_px;
      std::copy(row + (x0 - tile.box.x0), row + (x1 - tile.box.x0),
                values.begin() + (static_cast<std::ptrdiff_t>(y - box.y0) * box.nx + (x0 - box.x0)));
    }
  }

  std::vector<GsiTile> tiles_;
};

std::pair<std::string, std::string> web_mercator() {
  OGRSpatialReference reference;
  reference.importFromEPSG(3857);
  char* text = nullptr;
  const std::array<const char*, 2> options{"FORMAT=WKT2_2019", nullptr};
  reference.exportToWkt(&text, options.data());
  std::pair<std::string, std::string> out{text, reference.GetName()};
  CPLFree(text);
  return out;
}

/// The smallest raster that holds the tiles of one zoom.
std::unique_ptr<SourceRaster> raster_of(const fs::path& folder, std::vector<GsiTile> tiles) {
  const int zoom = tiles.front().address.zoom;
  int x0 = 1 << zoom;
  int y0 = 1 << zoom;
  int x1 = 0;
  int y1 = 0;
  for (const GsiTile& tile : tiles) {
    x0 = std::min(x0, tile.address.x);
    y0 = std::min(y0, tile.address.y);
    x1 = std::max(x1, tile.address.x + 1);
    y1 = std::max(y1, tile.address.y + 1);
  }
  check_raster_size(folder.string(), static_cast<long long>(x1 - x0) * kTile_px,
                    static_cast<long long>(y1 - y0) * kTile_px);
  for (GsiTile& tile : tiles)
    tile.box = {(tile.address.x - x0) * kTile_px, (tile.address.y - y0) * kTile_px, kTile_px, kTile_px};
  const double tile_m = 2.0 * kHalfWorld_m / (1 << zoom);
  const auto [wkt, name] = web_mercator();
  RasterHeader header{.path = folder.string(),
                      .format = fmt::format("GSI elevation tiles, zoom {}", zoom),
                      .crs_wkt = wkt,
                      .crs_name = name,
                      .to_crs = {-kHalfWorld_m + x0 * tile_m, tile_m / kTile_px, 0.0, kHalfWorld_m - y0 * tile_m,
                                 0.0, -tile_m / kTile_px},
                      .nx = (x1 - x0) * kTile_px,
                      .ny = (y1 - y0) * kTile_px};
  return std::make_unique<GsiTileRaster>(std::move(header), std::move(tiles));
}

}  // namespace

bool is_gsi_tile_source(const fs::path& path) {
  if (!fs::is_directory(path)) return false;
  const std::vector<fs::path> files = files_below(path);
  return std::any_of(files.begin(), files.end(),
                     [](const fs::path& file) { return address_of(file).has_value(); });
}

SourceList open_gsi_tile_source(const RasterSource& source) {
  register_gdal();
  if (source.nodata || !source.crs.empty()) {
    refuse_png(source.path, "elevation tiles have a no-data colour and a CRS of their own",
               "neither nodata nor crs");
  }
  std::map<int, std::vector<GsiTile>, std::greater<>> zooms;  // the finest first
  const DataRoots roots{{fs::canonical(source.path)}};
  for (const fs::path& below : files_below(source.path)) {
    const std::optional<TileAddress> address = address_of(below);
    if (!address) continue;
    // A link may lead out of the folder.
    static_cast<void>(checked_input_path(below.string(), source.path, roots));
    zooms[address->zoom].push_back({.file = source.path / below, .address = *address});
  }
  SourceList list;
  for (auto& [zoom, tiles] : zooms) list.push_back(raster_of(source.path, std::move(tiles)));
  return list;
}

}  // namespace amaneku
