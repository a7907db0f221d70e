#include "scenarios/output/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <new>
#include <nlohmann/json.hpp>

#include "libsim/parallel.hpp"
#include "libsim/result/result_io.hpp"
#include "scenarios/output/manifest.hpp"
#include "scenarios/output/map_files.hpp"
#include "scenarios/output/network_layers.hpp"
#include "scenarios/output/output_folder.hpp"
#include "scenarios/output/page/report.hpp"
#include "scenarios/output/qgis_project.hpp"
#include "scenarios/output/style_labels.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/service_scales.hpp"
#include "scenarios/report/styles.hpp"
#include "scenarios/tables/kml_text.hpp"
#include "scenarios/tables/table_text.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/vector_export.hpp"

namespace amaneku::scenarios {
namespace {

/// SINR, rates, margin and reasons, each with its style.
void write_service(const StagedFolder& staged, const Planned& planned, Language language) {
  for (const ServiceMap& map : service_maps_of(planned.input, planned.result)) {
    const std::string name(map.file);
    write_map(staged.file(name + ".tif"), planned, name);
    const Legend legend = value_legend(map.scale, map.values, planned.input.world.ground.ground_asl_m);
    write_file_atomically(staged.file(name + ".qml"), labels_in(qml_style(legend), language));
  }
  write_map(staged.file("service_state.tif"), planned, "service_state");
  write_file_atomically(staged.file("service_state.qml"),
                        labels_in(paletted_raster_qml(state_categories()), language));
}

/// What only some plans had before summaries listed their files (amaneku-summary-1.0).
std::vector<std::string> files_of_version_1() {
  std::vector<std::string> names = {"target_gaps.csv", "places.csv", "coordination.csv", "licence_sheet.html"};
  for (const char* extension : {"geojson", "kml", "shp", "shx", "dbf", "prj", "cpg"})
    names.push_back(std::string("licence_areas.") + extension);
  for (const char* name : {"sinr_db", "dl_mbps", "ul_mbps", "margin_db", "service_state"}) {
    names.push_back(std::string(name) + ".tif");
    names.push_back(std::string(name) + ".qml");
  }
  return names;
}

/// The files of the run before, as its summary lists them: plain names only, whatever stands there.
std::vector<std::string> files_of_before(const std::filesystem::path& folder) {
  std::ifstream in(folder / "summary.json", std::ios::binary);
  const auto summary = nlohmann::json::parse(in, nullptr, false);
  std::vector<std::string> names;
  if (!summary.is_object()) return names;
  if (!summary.contains("files") || !summary["files"].is_array()) return files_of_version_1();
  for (const auto& name : summary["files"]) {
    if (!name.is_string()) continue;
    const std::string text = name.get<std::string>();
    if (!text.empty() && text.front() != '.' && text.find('/') == std::string::npos) names.push_back(text);
  }
  return names;
}

/// Without the scenario and the inputs of this very run, where it writes to the folder that they lie in.
std::vector<std::string> without_inputs(std::vector<std::string> names, const std::filesystem::path& folder,
                                        const Planned& planned) {
  const std::filesystem::path& scenario = planned.file;
  std::error_code missing;
  if (scenario.empty() ||
      !std::filesystem::equivalent(std::filesystem::absolute(scenario).parent_path(), folder, missing))
    return names;
  const std::map<std::string, std::string>& inputs = planned.input.provenance.input_sha256;
  std::erase_if(names, [&](const std::string& name) {
    return name == scenario.filename() || inputs.count(name) > 0 || inputs.count("./" + name) > 0;
  });
  return names;
}

/// GDAL and HDF5 end the program by a signal where memory runs out in them. bad_alloc unless there is room for
/// them beforehand: some for each of two writers, with the arenas of their threads.
void require_room() {
  constexpr std::size_t kRoom = std::size_t{128} << 20U;
  ::operator delete(::operator new(kRoom));
}

}  // namespace

void write_outputs(const std::filesystem::path& folder, const Planned& planned, Language language,
                   const PlanOptions& options, const FurtherSection& further) {
  const PlanInput& input = planned.input;
  const PlanResult& result = planned.result;
  require_room();
  constexpr double kPatience_s = 60.0;  // what another run needs to write, not to plan
  StagedFolder staged(folder, kPatience_s);
  const auto crs = [&] { return Crs::from_text(input.world.crs_id); };  // each thread needs its own
  const Legend legend = rsrp_legend(input, result);
  const std::vector<Table> tables = all_tables(planned);
  const auto put = [&](const std::string& name, const std::string& bytes) {
    write_file_atomically(staged.file(name), bytes);
  };

  std::vector<ProjectLayer> shown;
  const std::string mark = planned.csv_mark ? "\xEF\xBB\xBF" : "";

  // The longest first: they are taken by as many threads as the plan has.
  const std::array<std::function<void()>, 6> side_by_side = {
      [&] {
        if (result.service) write_service(staged, planned, language);
      },
      [&] { write_result(staged.file("result.h5"), input, result, tables); },
      [&] {
        std::vector<Layer> layers = network_layers(planned, tables);
        for (Layer& layer : layers) layer.qml = labels_in(layer.qml, language);
        write_geopackage(staged.file("network.gpkg"), layers, crs());
        const auto write_kml = [&](const std::string& name) {
          for (const Layer& layer : layers) {
            if (layer.name == name) put(name + ".kml", kml_of(layer, crs(), language));
          }
        };
        shown = project_layers(layers);
        planned.studies.each_asked([&](const auto& study) {
          const StudyFiles files{[&](const std::string& name) { return staged.file(name); }, input, result,
                                 language, write_kml};
          if constexpr (requires { study.write_files(files); }) study.write_files(files);
        });
      },
      [&] {
        if (!further) put("report.html", report_html(planned, language));
      },
      [&] {
        write_map(staged.file("rsrp_dbm.tif"), planned, "rsrp_dbm");
        write_map(staged.file("overlap.tif"), planned, "overlap");
        put("overlap.qml", labels_in(paletted_raster_qml(overlap_categories()), language));
      },
      [&] {
        write_map(staged.file("best_server.tif"), planned, "best_server");
        put("rsrp_dbm.qml", labels_in(qml_style(legend), language));
        put("best_server.qml", paletted_raster_qml(server_categories(input, result)));
        put("legend.csv", mark + legend_csv(legend));
        for (const Table& table : tables) {
          if (table.outputs.csv) put(table.name + ".csv", mark + csv_of(table));
        }
        put("timing.json", timing_json(planned, folder));
      }};
  std::mutex telling;
  std::size_t done = 0;
  if (options.on_progress) options.on_progress("write", 0.0);
  parallel_for(side_by_side.size(), input.engine.coverage.threads, [&](std::size_t i) {
    staged.attempt(side_by_side[i]);
    const std::scoped_lock lock(telling);
    if (options.on_progress)
      options.on_progress("write", static_cast<double>(++done) / (side_by_side.size() + 1.0));
  });
  staged.attempt([&] {
    const std::vector<ProjectMap> maps = project_maps(staged.folder());
    put("network.qgz", qgis_project_zip(qgis_project(planned, shown, maps, language)));
    if (further) put("report.html", report_html(planned, language, further(staged.folder())));
    std::vector<std::string> files = staged.files();
    for (const char* last : {kManifestName, "summary.json"})
      files.insert(std::upper_bound(files.begin(), files.end(), last), last);
    put("summary.json", summary_json(planned, files));
    put(kManifestName, manifest_json(staged.folder()));
  });
  if (options.on_progress) options.on_progress("write", 1.0);
  staged.publish(without_inputs(files_of_before(folder), folder, planned));
}

}  // namespace amaneku::scenarios
