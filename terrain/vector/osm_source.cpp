#include "terrain/vector/osm_source.hpp"

#include <cpl_vsi.h>

#include <array>
#include <cstring>
#include <fstream>
#include <string_view>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr const char* kOsmColumns =
    "attribute_name_laundering=no\n"
    "[points]\nosm_id=yes\nattributes=name,amenity,emergency,healthcare,place,public_transport,railway,shop,"
    "tourism\n"
    "[lines]\nosm_id=yes\nattributes=highway,railway,ref,name,tunnel,bridge,layer,maxspeed,oneway,junction\n"
    "[multipolygons]\nosm_id=no\n[multilinestrings]\nosm_id=no\n[other_relations]\nosm_id=no\n";
constexpr const char* kOsmColumnsFile = "/vsimem/amaneku_osm_columns.ini";

std::string written_osm_columns() {
  VSILFILE* file = VSIFOpenL(kOsmColumnsFile, "wb");
  if (file == nullptr) throw InternalError("GDAL has no files in memory");
  VSIFWriteL(kOsmColumns, 1, std::strlen(kOsmColumns), file);
  VSIFCloseL(file);
  return std::string("CONFIG_FILE=") + kOsmColumnsFile;
}

}  // namespace

bool is_osm_pbf(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::array<char, 64> head{};
  stream.read(head.data(), static_cast<std::streamsize>(head.size()));
  return std::string_view(head.data(), static_cast<std::size_t>(stream.gcount())).find("OSMHeader") !=
         std::string_view::npos;
}

const std::string& osm_columns_option() {
  static const std::string option = written_osm_columns();
  return option;
}

}  // namespace amaneku
