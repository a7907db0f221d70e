// A project for QGIS over the files of a run: network.qgz beside network.gpkg.
#pragma once

#include <string>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {

/// What the project has to know of a layer of network.gpkg.
struct ProjectLayer {
  std::string name{};
  std::size_t kind = 0;                ///< of its geometry: points, lines, areas
  std::vector<std::string> columns{};  ///< without the geometry and "fid"
  std::string qml{};                   ///< its style, labels in the language of the project
};
[[nodiscard]] std::vector<ProjectLayer> project_layers(const std::vector<Layer>& layers);

/// A GeoTIFF of the run: NAME.tif with NAME.qml beside it.
struct ProjectMap {
  std::string name{};
  std::string qml{};
};
/// Those that the folder has, in the order of the project.
[[nodiscard]] std::vector<ProjectMap> project_maps(const std::filesystem::path& folder);

/// The project as QGIS 3.22 and later read it (.qgs, XML): layers in groups from points down to maps, sites with
/// their names, sectors as wedges along their azimuth, names of layers and columns in the language. Files are
/// named relative to the project.
[[nodiscard]] std::string qgis_project(const Planned& planned, const std::vector<ProjectLayer>& layers,
                                       const std::vector<ProjectMap>& maps, Language language);
/// The same as .qgz.
[[nodiscard]] std::string qgis_project_zip(const std::string& project);

}  // namespace amaneku::scenarios
