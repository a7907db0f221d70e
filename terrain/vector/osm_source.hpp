// OpenStreetMap data through GDAL's driver. Only for sources that use GDAL themselves.
#pragma once

#include <filesystem>
#include <string>

namespace amaneku {

/// By its beginning: OpenStreetMap PBF.
[[nodiscard]] bool is_osm_pbf(const std::filesystem::path& path);

/// The file in GDAL's memory that says which tags become columns: an open option, "CONFIG_FILE=...". Lines have
/// osm_id, highway, railway, ref, name, tunnel, bridge, layer, maxspeed, oneway, junction; points osm_id, name,
/// amenity, emergency, healthcare, place, public_transport, railway, shop, tourism. A roundabout stays a line.
[[nodiscard]] const std::string& osm_columns_option();

}  // namespace amaneku
