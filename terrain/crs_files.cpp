#include "terrain/crs_files.hpp"

#include <cpl_conv.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "terrain/error.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {

bool names_crs_file(std::string_view crs_text) {
  // PARAMETERFILE["..."], EXTENSION["PROJ4_GRIDS","..."], +nadgrids=, +geoidgrids=, +grids=, +init=, +file=,
  // +catalog=
  constexpr std::array<std::string_view, 5> kWords{"grids", "parameterfile", "init", "file=", "catalog="};
  constexpr std::size_t kFarthest = 400;
  const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
  for (const std::string_view word : kWords) {
    for (auto at = crs_text.begin();; ++at) {
      at = std::search(at, crs_text.end(), word.begin(), word.end(), same);
      if (at == crs_text.end()) break;
      const auto end = at + std::min<std::ptrdiff_t>(kFarthest, crs_text.end() - at);
      const auto stop = std::find_if(at, end, [](char c) { return c == ']' || c == ' ' || c == '}'; });
      if (std::any_of(at, stop, [](char c) { return c == '/' || c == '\\' || c == '~'; })) return true;
    }
  }
  return false;
}

void check_crs_files(const OGRSpatialReference& crs, const std::string& file) {
  const GdalErrorScope quiet;
  for (const char* format : {"FORMAT=WKT2_2019", "FORMAT=WKT1_GDAL"}) {
    const std::array<const char*, 2> options{format, nullptr};
    char* wkt = nullptr;
    const bool written = crs.exportToWkt(&wkt, options.data()) == OGRERR_NONE;
    const std::string text = wkt == nullptr ? "" : wkt;
    CPLFree(wkt);
    if (written && names_crs_file(text)) {
      throw InputError(Fault{.message = "its coordinate reference system asks for a file or an address",
                             .file = file,
                             .legal = "a CRS by its code (EPSG:...)"});
    }
  }
}

}  // namespace amaneku
