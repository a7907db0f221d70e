#include "scenarios/serve/exported_layer.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "scenarios/output/map_files.hpp"
#include "scenarios/output/style_labels.hpp"
#include "scenarios/serve/vector_layers.hpp"
#include "scenarios/tables/kml_text.hpp"
#include "terrain/crs.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::error_code error;
    std::string name = (fs::temp_directory_path(error) / "amaneku-XXXXXX").string();
    if (error || ::mkdtemp(name.data()) == nullptr)
      throw InputError(
          Fault{.message = "no folder for temporary files can be made", .key = "TMPDIR", .value = name});
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_{};
};

std::string bytes_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

HttpResponse file_response(std::string_view name, std::string type, std::string bytes) {
  HttpResponse out{.type = std::move(type), .body = std::move(bytes)};
  out.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + std::string(name) + "\"");
  return out;
}

}  // namespace

HttpResponse exported(const Planned& planned, const std::vector<Layer>& layers, std::string_view file,
                      Language language) {
  const auto fail = [&] {
    throw InputError(Fault{.message = "is no map or layer of the plan, or no format that it is exported in",
                           .key = "file",
                           .value = std::string(file),
                           .legal = "MAP.tif, LAYER.geojson, LAYER.kml"});
  };
  const std::size_t dot = file.rfind('.');
  if (dot == std::string_view::npos) fail();
  const std::string_view id = file.substr(0, dot);
  const std::string_view ending = file.substr(dot);
  const TemporaryFolder folder;
  if (ending == ".tif") {
    write_map(folder.path() / "map.tif", planned, id);
    return file_response(file, "image/tiff", bytes_of_file(folder.path() / "map.tif"));
  }
  const std::string& crs = planned.input.world.crs_id;
  for (const Layer& layer : layers) {
    if (layer.name != id) continue;
    if (ending == ".geojson") return file_response(file, "application/geo+json", layer_geojson(layer, crs));
    if (ending != ".kml") break;
    Layer named = layer;
    named.qml = labels_in(layer.qml, language);
    return file_response(file, "application/vnd.google-earth.kml+xml",
                         kml_of(named, Crs::from_text(crs), language));
  }
  fail();
  return {};
}

}  // namespace amaneku::scenarios
