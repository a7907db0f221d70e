// Population from a raster that holds the number of people in each cell.

#include <fmt/format.h>
#include <gdal_priv.h>

#include <algorithm>
#include <cmath>

#include "terrain/gdal_session.hpp"
#include "terrain/lonlat_transform.hpp"
#include "terrain/people/population_readers.hpp"

namespace amaneku {
namespace {

// Formats that cannot name other files or addresses.
constexpr const char* kDrivers[] = {"GTiff", "AAIGrid", "HFA", nullptr};
constexpr const char* kFormats = "GeoTIFF, Arc/Info ASCII grid, Erdas Imagine";
constexpr double kMaxCells = 4e8;
constexpr double kMaxBlockCells = 3.2e7;
/// In one cell; no city has more.
constexpr double kMostPeople = 5e7;
constexpr std::size_t kMaxUnits = 5'000'000;

class RasterPopulation {
 public:
  RasterPopulation(const PopulationSource& source, const Crs& crs)
      : source_(source), crs_(crs), faults_(source.path.string()) {}

  Population read() {
    register_gdal();
    const GdalErrorScope errors;
    dataset_.reset(
        GDALDataset::Open(source_.path.c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, kDrivers, nullptr, nullptr));
    if (!dataset_) fail("cannot be read as a raster: " + errors.message(), kFormats);
    if (std::filesystem::exists(source_.path.string() + ".msk")) {
      fail("has a mask in a file beside it (.msk), which is not read for people", "a raster with a no-data value");
    }
    check_header();
    const OGRSpatialReference* crs = dataset_->GetSpatialRef();
    if (crs == nullptr) fail("has no coordinate reference system", "a raster with a CRS");
    to_lonlat_.emplace(*crs);
    geographic_ = crs->IsGeographic() != 0;
    if (dataset_->GetGeoTransform(affine_) != CE_None) fail("has no georeference");
    GDALRasterBand& band = *dataset_->GetRasterBand(1);
    int has_nodata = 0;
    const double nodata = band.GetNoDataValue(&has_nodata);
    if (has_nodata != 0) nodata_ = nodata;
    type_ = band.GetRasterDataType();
    if ((band.GetMaskFlags() & GMF_PER_DATASET) != 0) mask_ = band.GetMaskBand();
    scale_ = band.GetScale();
    offset_ = band.GetOffset();
    for (int iy = 0; iy < dataset_->GetRasterYSize(); ++iy) read_row(band, iy, errors);
    faults_.throw_if_any();
    return std::move(population_);
  }

 private:
  [[noreturn]] void fail(std::string message, std::string legal = {}) const {
    throw InputError(
        Fault{.message = std::move(message), .file = source_.path.string(), .legal = std::move(legal)});
  }

  void check_header() const {
    const double nx = dataset_->GetRasterXSize();
    const double ny = dataset_->GetRasterYSize();
    const bool alpha =
        dataset_->GetRasterCount() == 2 && dataset_->GetRasterBand(2)->GetColorInterpretation() == GCI_AlphaBand;
    if (dataset_->GetRasterBand(1)->GetColorTable() != nullptr) {
      fail("is a picture with a palette: its numbers are colours, not people", "one band: people in each cell");
    }
    if (dataset_->GetRasterCount() != 1 && !alpha) {
      fail(fmt::format("has {} bands", dataset_->GetRasterCount()), "one band: people in each cell");
    }
    if (nx * ny > kMaxCells) {
      fail(fmt::format("is too large: {} x {} cells; cut it to the area of the plan", nx, ny),
           fmt::format("at most {:.0f} cells", kMaxCells));
    }
    int block_x = 0;
    int block_y = 0;
    dataset_->GetRasterBand(1)->GetBlockSize(&block_x, &block_y);
    if (static_cast<double>(block_x) * block_y > kMaxBlockCells) {
      fail(fmt::format("has blocks of {} x {} cells, too large to read", block_x, block_y));
    }
  }

  /// The largest number of a type stands for "no data" where the file declares nothing.
  [[nodiscard]] bool looks_undeclared(double stored) const {
    if (nodata_ || mask_ != nullptr) return false;
    return (type_ == GDT_Int16 && stored == 32767.0) || (type_ == GDT_UInt16 && stored == 65535.0);
  }

  [[nodiscard]] bool is_void(double value) const {
    return nodata_ && (value == *nodata_ || (std::isnan(value) && std::isnan(*nodata_)));
  }

  void read_row(GDALRasterBand& band, int iy, const GdalErrorScope& errors) {
    const int nx = dataset_->GetRasterXSize();
    std::vector<double> people(static_cast<std::size_t>(nx));
    if (band.RasterIO(GF_Read, 0, iy, nx, 1, people.data(), nx, 1, GDT_Float64, 0, 0, nullptr) != CE_None) {
      fail(fmt::format("row {} cannot be read: {}", iy, errors.message()));
    }
    std::vector<double> shown;
    if (mask_ != nullptr) {
      shown.resize(people.size());
      if (mask_->RasterIO(GF_Read, 0, iy, nx, 1, shown.data(), nx, 1, GDT_Float64, 0, 0, nullptr) != CE_None)
        fail(fmt::format("row {} of its mask cannot be read: {}", iy, errors.message()));
    }
    const std::size_t before = population_.units.size();
    std::vector<int> columns;
    for (int ix = 0; ix < nx; ++ix) {
      const double stored = people[static_cast<std::size_t>(ix)];
      if (is_void(stored) || (mask_ != nullptr && shown[static_cast<std::size_t>(ix)] == 0.0)) continue;
      const double value = stored * scale_ + offset_;
      if (!std::isfinite(value) || value < 0.0 || value > kMostPeople || looks_undeclared(stored)) {
        add_fault(ix, iy, value);
      } else if (value > 0.0) {
        columns.push_back(ix);
        population_.units.push_back(
            {.id = fmt::format("{}:{},{}", source_.path.filename().string(), ix, iy), .people = value});
      }
    }
    if (population_.units.size() > kMaxUnits) {
      fail("has too many cells with people; cut it to the area of the plan",
           fmt::format("at most {} cells with people", kMaxUnits));
    }
    for (std::size_t k = 0; k < columns.size(); ++k) place(population_.units[before + k], columns[k], iy);
  }

  void add_fault(int ix, int iy, double value) {
    const char* what = !std::isfinite(value) ? "the number of people is not finite"
                       : value < 0.0 ? "the number of people is negative (is it the file's no-data value, without "
                                       "being declared as such?)"
                                     : "so many people are probably the file's no-data value, without being "
                                       "declared as such (gdal_translate -a_nodata declares it)";
    faults_.add({.message = what,
                 .key = fmt::format("cell (column {}, row {})", ix, iy),
                 .value = fmt::format("{}", value),
                 .legal = ">= 0"});
  }

  /// Fills in the cell's footprint and centre.
  void place(PopulationUnit& unit, int ix, int iy) const {
    const double columns[] = {0.0, 1.0, 1.0, 0.0, 0.5};
    const double rows[] = {1.0, 1.0, 0.0, 0.0, 0.5};
    double x[5];
    double y[5];
    for (int i = 0; i < 5; ++i) {
      const double column = ix + columns[i];
      const double row = iy + rows[i];
      x[i] = affine_[0] + column * affine_[1] + row * affine_[2];
      y[i] = affine_[3] + column * affine_[4] + row * affine_[5];
    }
    if (geographic_) {  // longitudes may be counted to 360
      const double turns = 360.0 * std::round(x[4] / 360.0);
      for (double& lon : x) lon = std::clamp(lon - turns, -180.0, 180.0);
    }
    if (!to_lonlat_->apply(x, y)) fail("lies where its CRS cannot be transformed to longitude and latitude");
    Line ring;
    for (int i = 0; i < 4; ++i) ring.push_back(crs_.to_plan({x[i], y[i]}));
    ring.push_back(ring.front());
    unit.footprint.parts.push_back({.outer = std::move(ring)});
    unit.centre = crs_.to_plan({x[4], y[4]});
  }

  const PopulationSource& source_;
  const Crs& crs_;
  FaultList faults_;
  GDALDatasetUniquePtr dataset_{};
  std::optional<LonLatTransform> to_lonlat_{};
  bool geographic_ = false;
  std::optional<double> nodata_{};
  GDALRasterBand* mask_ = nullptr;  ///< its zeros are voids
  GDALDataType type_ = GDT_Unknown;
  double scale_ = 1.0;
  double offset_ = 0.0;
  double affine_[6] = {0.0, 1.0, 0.0, 0.0, 0.0, 1.0};
  Population population_{};
};

}  // namespace

Population read_population_raster(const PopulationSource& source, const Crs& crs) {
  return RasterPopulation(source, crs).read();
}

}  // namespace amaneku
