#include "scenarios/output/map_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "scenarios/report/service_scales.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using Tags = std::map<std::string, std::string>;

Tags common_tags(const PlanInput& input, const std::string& description) {
  return {{"AMANEKU_VERSION", std::string(program_version())},
          {"AMANEKU_GIT_REVISION", std::string(git_revision())},
          {"SCENARIO", input.provenance.scenario_name},
          {"SYNTHETIC", input.provenance.synthetic ? "yes" : "no"},
          {"DESCRIPTION", description}};
}

Tags rsrp_tags(const PlanInput& input) {
  Tags tags = common_tags(input, "Received power per subcarrier of the strongest sector");
  tags["UNITS"] = "dBm";
  tags["THRESHOLD_DBM"] = fmt::format("{}", input.statistics.threshold_dbm);
  return tags;
}

Tags server_tags(const PlanInput& input, const PlanResult& result) {
  Tags tags =
      common_tags(input, "Index of the strongest sector: layer sectors of network.gpkg, field best_server");
  for (const StyleCategory& category : server_categories(input, result))
    tags["SECTOR_" + category.value] = category.label;
  return tags;
}

Tags service_tags(const PlanInput& input, const ServiceMap& map) {
  Tags tags = common_tags(input, std::string(map.description));
  tags["UNITS"] = map.scale.unit;
  tags["LOCATION_PERCENT"] = fmt::format("{}", input.service.location_percent);
  return tags;
}

Tags state_tags(const PlanInput& input) {
  Tags tags = common_tags(input, "Whether a place is served, and why not");
  for (const StyleCategory& category : state_categories()) tags["STATE_" + category.value] = category.label;
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

void write_overlap(const std::filesystem::path& file, const Planned& planned, const Crs& crs) {
  ClassRaster classes{.raster = planned.result.maps.contenders, .nodata = 0};
  for (const StyleCategory& category : overlap_categories()) classes.palette.push_back(category.colour);
  write_cog(file, classes, crs,
            common_tags(planned.input,
                        "Sectors on its channel within 6 dB of the strongest, itself included; 4: "
                        "four or more (pilot pollution)"));
}

}  // namespace

std::vector<StyleCategory> server_categories(const PlanInput& input, const PlanResult& result) {
  std::vector<StyleCategory> categories;
  for (std::size_t i = 0; i < result.coverage.sectors.size(); ++i) {
    const SectorRef& ref = result.coverage.sectors[i];
    const Site& site = input.network.sites[static_cast<std::size_t>(ref.site)];
    const std::string& sector = site.sectors[static_cast<std::size_t>(ref.sector)].id;
    categories.push_back({std::to_string(i), site.name + " / " + sector, categorical_colour(i)});
  }
  return categories;
}

std::vector<StyleCategory> overlap_categories() {
  std::vector<StyleCategory> categories = {{"0", "none", {0, 0, 0}}};
  for (int n = 1; n <= kPilotPollution; ++n) {
    categories.push_back({std::to_string(n), n == kPilotPollution ? "4 or more" : std::to_string(n),
                          viridis(1.0 - (n - 1.0) / (kPilotPollution - 1.0))});
  }
  return categories;
}

std::vector<StyleCategory> state_categories() {
  std::vector<StyleCategory> categories;
  for (const ServiceStateClass& c : service_state_classes())
    categories.push_back({std::to_string(static_cast<int>(c.state)), std::string(c.label), c.colour});
  return categories;
}

void write_map(const std::filesystem::path& file, const Planned& planned, std::string_view map) {
  const PlanInput& input = planned.input;
  const PlanResult& result = planned.result;
  const Crs crs = Crs::from_text(input.world.crs_id);
  if (map == "rsrp_dbm") return write_cog(file, result.maps.rsrp_dbm, crs, rsrp_tags(input));
  if (map == "best_server") return write_cog(file, result.maps.best_server, -1, crs, server_tags(input, result));
  if (map == "overlap") return write_overlap(file, planned, crs);
  if (result.service) {
    if (map == "service_state") return write_cog(file, state_classes(*result.service), crs, state_tags(input));
    for (const ServiceMap& one : service_maps_of(input, result)) {
      if (map == one.file) return write_cog(file, one.values, crs, service_tags(input, one));
    }
  }
  throw InputError(Fault{.message = "the plan has no such map", .key = "map", .value = std::string(map)});
}

}  // namespace amaneku::scenarios
