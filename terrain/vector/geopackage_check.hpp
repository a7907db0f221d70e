// A GeoPackage is a data base, and a data base can hold programs.
#pragma once

#include <filesystem>

namespace amaneku {

/// False for a file that is no SQLite data base. Of one, throws InputError for whatever is computed while it is
/// read and has no end or no limit (views, generated columns), for tables that stand for other files (virtual
/// ones; the R-trees of the format are none), and for a journal that is a link. Reads the schema only.
[[nodiscard]] bool check_geopackage(const std::filesystem::path& file);

}  // namespace amaneku
