// Files that a coordinate reference system names. Only for sources that use GDAL themselves.
#pragma once

#include <ogr_spatialref.h>

#include <string>
#include <string_view>

namespace amaneku {

/// True where a text of a CRS (WKT, or parameters of PROJ) asks for a grid or a file of definitions by a path.
/// Even to parse such a text makes PROJ open the file: texts of foreign files are looked at before.
[[nodiscard]] bool names_crs_file(std::string_view crs_text);

/// Throws InputError for a CRS of `file` that needs a grid from a place of its own choosing: one of PROJ's folder
/// is named without a path. PROJ would open whatever it names.
void check_crs_files(const OGRSpatialReference& crs, const std::string& file);

}  // namespace amaneku
