// Files beside a raster or vector file that GDAL takes for a part of it.
#pragma once

#include <filesystem>

namespace amaneku {

/// Judges what stands beside `file` and begins with its name, before GDAL opens any of it: notes (.aux.xml) that
/// lead to another file, pyramids (.ovr) that are no TIFF, companions that are links out of the folder, devices or
/// pipes, and a CRS in any of them or in the file itself that asks for a file or an address (names_crs_file).
/// Throws InputError with the companion's name.
void check_companions(const std::filesystem::path& file);

}  // namespace amaneku
