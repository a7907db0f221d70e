#include "scenarios/outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "libsim/result_io.hpp"
#include "scenarios/coordination_list.hpp"
#include "scenarios/csv_text.hpp"
#include "scenarios/named_place_list.hpp"
#include "scenarios/network_layers.hpp"
#include "scenarios/output_folder.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/licence_sheet.hpp"
#include "scenarios/report/report.hpp"
#include "scenarios/service_scales.hpp"
#include "scenarios/styles.hpp"
#include "scenarios/target_json.hpp"
#include "terrain/feature_io.hpp"
#include "terrain/vector_export.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using Tags = std::map<std::string, std::string>;

Tags common_tags(const PlanInput& input) {
  return {{"AMANEKU_VERSION", std::string(program_version())},
          {"AMANEKU_GIT_REVISION", std::string(git_revision())},
          {"SCENARIO", input.provenance.scenario_name},
          {"SYNTHETIC", input.provenance.synthetic ? "yes" : "no"}};
}

Tags rsrp_tags(const PlanInput& input) {
  Tags tags = common_tags(input);
  tags["DESCRIPTION"] = "Received power per subcarrier of the strongest sector";
  tags["UNITS"] = "dBm";
  tags["THRESHOLD_DBM"] = fmt::format("{}", input.statistics.threshold_dbm);
  return tags;
}

std::vector<StyleCategory> servers(const PlanInput& input, const PlanResult& result) {
  std::vector<StyleCategory> categories;
  for (std::size_t i = 0; i < result.coverage.sectors.size(); ++i) {
    const SectorRef& ref = result.coverage.sectors[i];
    const Site& site = input.sites[static_cast<std::size_t>(ref.site)];
    const std::string& sector = site.sectors[static_cast<std::size_t>(ref.sector)].id;
    categories.push_back({std::to_string(i), site.name + " / " + sector, categorical_colour(i)});
  }
  return categories;
}

Tags server_tags(const PlanInput& input, const std::vector<StyleCategory>& categories) {
  Tags tags = common_tags(input);
  tags["DESCRIPTION"] = "Index of the strongest sector: layer sectors of network.gpkg, field best_server";
  for (const StyleCategory& category : categories) tags["SECTOR_" + category.value] = category.label;
  return tags;
}

Tags service_tags(const PlanInput& input, const ServiceMap& map) {
  Tags tags = common_tags(input);
  tags["DESCRIPTION"] = std::string(map.description);
  tags["UNITS"] = map.scale.unit;
  tags["LOCATION_PERCENT"] = fmt::format("{}", input.service.location_percent);
  return tags;
}

ClassRaster state_classes(const ServiceMaps& service) {
  const Grid& grid = service.state.grid;
  ClassRaster classes{.raster = {grid, 0}, .nodata = static_cast<std::uint8_t>(ServiceState::not_computed)};
  std::transform(service.state.values.begin(), service.state.values.end(), classes.raster.values.begin(),
                 [](ServiceState state) { return static_cast<std::uint8_t>(state); });
  for (const ServiceStateClass& c : service_state_classes()) classes.palette.push_back(c.colour);
  return classes;
}

/// SINR, rates, margin and reasons, each with its style.
void write_service(const StagedFolder& staged, const PlanInput& input, const PlanResult& result, const Crs& crs) {
  for (const ServiceMap& map : service_maps_of(input, result)) {
    const std::string name(map.file);
    write_cog(staged.file(name + ".tif"), map.values, crs, service_tags(input, map));
    const Legend legend = value_legend(map.scale, map.values, input.ground.ground_asl_m);
    write_file_atomically(staged.file(name + ".qml"), qml_style(legend));
  }
  Tags tags = common_tags(input);
  tags["DESCRIPTION"] = "Whether a place is served, and why not";
  std::vector<StyleCategory> categories;
  for (const ServiceStateClass& c : service_state_classes()) {
    const std::string value = std::to_string(static_cast<int>(c.state));
    tags["STATE_" + value] = std::string(c.label);
    categories.push_back({value, std::string(c.label), c.colour});
  }
  write_cog(staged.file("service_state.tif"), state_classes(*result.service), crs, tags);
  write_file_atomically(staged.file("service_state.qml"), paletted_raster_qml(categories));
}

/// How many sectors contend for each cell.
void write_overlap(const StagedFolder& staged, const PlanInput& input, const PlanResult& result, const Crs& crs) {
  Tags tags = common_tags(input);
  tags["DESCRIPTION"] =
      "Sectors on its channel within 6 dB of the strongest, itself included; 4: four or more (pilot pollution)";
  ClassRaster classes{.raster = result.maps.contenders, .nodata = 0, .palette = {{0, 0, 0}}};
  std::vector<StyleCategory> categories = {{"0", "none", {0, 0, 0}}};
  for (int n = 1; n <= kPilotPollution; ++n) {
    const Rgba colour = viridis(1.0 - (n - 1.0) / (kPilotPollution - 1.0));
    classes.palette.push_back(colour);
    categories.push_back({std::to_string(n), n == kPilotPollution ? "4 or more" : std::to_string(n), colour});
  }
  write_cog(staged.file("overlap.tif"), classes, crs, tags);
  write_file_atomically(staged.file("overlap.qml"), paletted_raster_qml(categories));
}

/// Files that only some plans have: with service, with targets, with places, with a licence.
std::vector<std::string> files_of_some() {
  std::vector<std::string> names = {"target_gaps.csv", "places.csv", "coordination.csv", "licence_sheet.html"};
  for (const char* extension : {"geojson", "kml", "shp", "shx", "dbf", "prj", "cpg"}) {
    names.push_back(std::string(kLicenceLayer) + '.' + extension);
  }
  for (const char* name : {"sinr_db", "dl_mbps", "ul_mbps", "margin_db", "service_state"}) {
    names.push_back(std::string(name) + ".tif");
    names.push_back(std::string(name) + ".qml");
  }
  return names;
}

std::string municipalities_csv(const PlanResult& result) {
  std::string out =
      "code,name,population,covered,below_threshold,not_computed,outside_plan,coverage_percent,area_in_plan_km2,"
      "area_covered_km2\n";
  for (const MunicipalityCoverage& m : result.statistics.municipalities) {
    if (!m.in_plan() && !(m.people.total > 0.0)) continue;
    const PeopleCovered& p = m.people;
    out += fmt::format("{},{},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{},{:.4f},{:.4f}\n", csv_text(m.code),
                       csv_text(m.name), p.total, p.covered, p.below_threshold, p.not_computed, p.outside_plan,
                       p.total > 0.0 ? fmt::format("{:.2f}", p.percent()) : "", m.area.total_m2 / 1e6,
                       m.area.covered_m2 / 1e6);
  }
  return out;
}

/// From the layer of the GeoPackage, which is there already.
void write_licence(const StagedFolder& staged, const PlanInput& input, const PlanResult& result,
                   Language language) {
  write_file_atomically(staged.file("licence_sheet.html"), licence_sheet_html(input, result, language));
  if (result.licence->areas.empty()) return;
  const std::string name(kLicenceLayer);
  for (const auto& [extension, format] : {std::pair{".geojson", VectorFormat::geojson},
                                          {".kml", VectorFormat::kml},
                                          {".shp", VectorFormat::shapefile}}) {
    export_layer(staged.file("network.gpkg"), name, staged.file(name + extension), format);
  }
}

}  // namespace

void write_outputs(const std::filesystem::path& folder, const PlanInput& input, const PlanResult& result,
                   Language language, const PlanOptions& options) {
  StagedFolder staged(folder);
  const Crs crs = Crs::from_text(input.crs_id);
  const Legend legend = rsrp_legend(input, result);
  const std::vector<StyleCategory> categories = servers(input, result);
  const auto put = [&](const char* name, const std::string& bytes) {
    write_file_atomically(staged.file(name), bytes);
  };

  const std::array<std::function<void()>, 7> steps = {
      [&] { write_cog(staged.file("rsrp_dbm.tif"), result.maps.rsrp_dbm, crs, rsrp_tags(input)); },
      [&] {
        write_cog(staged.file("best_server.tif"), result.maps.best_server, -1, crs,
                  server_tags(input, categories));
      },
      [&] {
        write_overlap(staged, input, result, crs);
        if (result.service) write_service(staged, input, result, crs);
      },
      [&] {
        write_geopackage(staged.file("network.gpkg"), network_layers(input, result), crs);
        if (result.licence) write_licence(staged, input, result, language);
      },
      [&] { write_result(staged.file("result.h5"), input, result); },
      [&] { put("report.html", report_html(input, result, language)); },
      [&] {
        put("rsrp_dbm.qml", qml_style(legend));
        put("best_server.qml", paletted_raster_qml(categories));
        put("legend.csv", legend_csv(legend));
        put("municipalities.csv", municipalities_csv(result));
        if (result.coordination) put("coordination.csv", coordination_csv(input, result));
        if (result.places) put("places.csv", places_csv(input, result));
        if (result.targets) put("target_gaps.csv", target_gaps_csv(*result.targets));
        put("summary.json", summary_json(input, result));
      }};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (options.on_progress) options.on_progress("write", static_cast<double>(i) / steps.size());
    staged.attempt(steps[i]);
  }
  if (options.on_progress) options.on_progress("write", 1.0);
  staged.publish(files_of_some());
}

}  // namespace amaneku::scenarios
