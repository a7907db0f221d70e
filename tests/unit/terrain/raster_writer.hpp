// Small rasters of any kind for tests, written with GDAL itself.
#pragma once

#include <cpl_string.h>
#include <gdal_priv.h>

#include <array>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"

namespace amaneku::test {

struct RasterText {
  std::string driver = "GTiff";
  int nx = 10;
  int ny = 10;
  GDALDataType type = GDT_Float32;
  std::optional<std::array<double, 6>> transform = std::array<double, 6>{0.0, 10.0, 0.0, 100.0, 0.0, -10.0};
  int epsg = 6676;  ///< 0: none
  std::optional<double> nodata{};
  std::string unit{};
  double scale = 1.0;
  double offset = 0.0;
  int bands = 1;
  std::map<std::string, std::string> options{};
  std::function<double(int ix, int iy)> value = [](int, int) { return 100.0; };

  void write(const std::filesystem::path& path) const {
    GDALAllRegister();
    GDALDriver* format = GetGDALDriverManager()->GetDriverByName(driver.c_str());
    REQUIRE(format != nullptr);
    CPLStringList list;
    for (const auto& [key, text] : options) list.SetNameValue(key.c_str(), text.c_str());
    GDALDataset* out = format->Create(path.c_str(), nx, ny, bands, type, list.List());
    REQUIRE(out != nullptr);
    if (transform) {
      std::array<double, 6> copy = *transform;
      out->SetGeoTransform(copy.data());
    }
    if (epsg != 0) {
      OGRSpatialReference reference;
      REQUIRE(reference.importFromEPSG(epsg) == OGRERR_NONE);
      reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
      out->SetSpatialRef(&reference);
    }
    GDALRasterBand* band = out->GetRasterBand(1);
    if (nodata) band->SetNoDataValue(*nodata);
    if (!unit.empty()) band->SetUnitType(unit.c_str());
    if (scale != 1.0) band->SetScale(scale);
    if (offset != 0.0) band->SetOffset(offset);
    std::vector<double> row(static_cast<std::size_t>(nx));
    for (int iy = 0; iy < ny; ++iy) {
      for (int ix = 0; ix < nx; ++ix) row[static_cast<std::size_t>(ix)] = value(ix, iy);
      REQUIRE(band->RasterIO(GF_Write, 0, iy, nx, 1, row.data(), nx, 1, GDT_Float64, 0, 0, nullptr) == CE_None);
    }
    GDALClose(out);
  }
};

}  // namespace amaneku::test
