// Layers of a GeoPackage in other formats.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace amaneku {

enum class VectorFormat : std::uint8_t {
  geojson,   ///< RFC 7946, WGS 84
  shapefile  ///< in the CRS of the layer; .shp .shx .dbf .prj .cpg beside one another
};

/// Writes one layer of the GeoPackage to `target`, in its folder directly: for staged folders. InputError where
/// the folder cannot be written or the disk is full.
void export_layer(const std::filesystem::path& geopackage, const std::string& layer,
                  const std::filesystem::path& target, VectorFormat format);

}  // namespace amaneku
