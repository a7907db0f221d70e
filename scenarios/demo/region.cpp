#include "scenarios/demo/region.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "scenarios/demo/boundaries.hpp"
#include "scenarios/demo/geojson.hpp"
#include "scenarios/demo/region_text.hpp"
#include "scenarios/demo/sites.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

namespace demo {
namespace {

struct Region {
  std::uint64_t seed = 0;
  Relief relief{};
  std::vector<Settlement> settlements{};
  std::vector<MeshPeople> meshes{};
  std::vector<std::int32_t> municipality_of{};
  RoadNetwork roads{};
  std::vector<DemoSite> sites{};
  std::vector<Place> places{};
};

Region make_region(std::uint64_t seed, const Crs& crs) {
  Region region;
  region.seed = seed;
  region.relief = make_relief(seed);
  const Survey survey = make_survey(region.relief);
  region.settlements = found_settlements(seed, region.relief, survey);
  region.meshes = settle_meshes(region.settlements, region.relief, survey, crs);
  region.municipality_of = divide_municipalities(region.settlements, region.relief, survey);
  region.roads = lay_roads(region.settlements, region.meshes, region.relief, survey);
  region.sites = place_sites(region.settlements, region.roads, region.relief, survey);
  region.places = name_places(region.settlements, region.roads, region.relief, survey);
  return region;
}

Raster<float> sea_surface(const Raster<float>& ground) {
  Raster<float> sea(ground.grid, kNoData);
  for (std::size_t cell = 0; cell < ground.values.size(); ++cell) {
    if (std::isnan(ground.values[cell])) sea.values[cell] = 0.0F;
  }
  return sea;
}

/// Heights to the centimetre: more would be noise in the file.
Raster<float> to_centimetres(Raster<float> ground) {
  for (float& value : ground.values) value = std::round(value * 100.0F) / 100.0F;
  return ground;
}

std::string population_csv(const Region& region) {
  std::string text = "mesh,population,households,over_64\n";
  for (const MeshPeople& mesh : region.meshes) {
    text += fmt::format("{},{},{},{}\n", mesh.code, mesh.people, mesh.households, mesh.over_64);
  }
  return text;
}

std::vector<long long> people_of_municipalities(const Region& region) {
  const Grid& grid = region.relief.survey_m.grid;
  std::vector<long long> people(kSeats, 0);
  for (const MeshPeople& mesh : region.meshes) {
    const std::size_t cell = grid.index(grid.column_of(mesh.centre.x_m), grid.row_of(mesh.centre.y_m));
    const std::int32_t municipality = region.municipality_of[cell];
    if (municipality >= 0) people[static_cast<std::size_t>(municipality)] += mesh.people;
  }
  return people;
}

std::string municipalities_csv(const Region& region) {
  const std::vector<long long> people = people_of_municipalities(region);
  std::string text = "code,name,name_en,population,designations,fiscal_capacity_index,synthetic\n";
  for (std::size_t i = 0; i < kSeats; ++i) {
    const MunicipalityFacts& facts = municipality_facts()[i];
    text += fmt::format("{},{},{},{},{},{:.2f},true\n", facts.code, facts.name.ja, facts.name.en, people[i],
                        facts.designations, facts.fiscal_capacity_index);
  }
  return text;
}

std::string boundaries_geojson(const Region& region, const Crs& crs) {
  GeoJson json(crs, "boundaries", kSynthetic);
  const std::vector<MultiPolygon> areas =
      outline_labels(region.municipality_of, region.relief.survey_m.grid, static_cast<int>(kSeats));
  for (std::size_t i = 0; i < kSeats; ++i) {
    const MunicipalityFacts& facts = municipality_facts()[i];
    json.add(areas[i], {{"code", facts.code},
                        {"name", facts.name.ja},
                        {"name_en", facts.name.en},
                        {"designations", facts.designations}});
  }
  return json.text();
}

MultiPolygon circle(Point centre, double radius_m) {
  constexpr int kCorners = 48;
  Line ring;
  for (int i = 0; i <= kCorners; ++i) {
    const double angle = 2.0 * std::numbers::pi * (i % kCorners) / kCorners;
    ring.push_back({centre.x_m + radius_m * std::cos(angle), centre.y_m + radius_m * std::sin(angle)});
  }
  return {{Polygon{std::move(ring), {}}}};
}

/// What is within a kilometre of the middle of each town.
std::string town_centres_geojson(const Region& region, const Crs& crs) {
  GeoJson json(crs, "town_centres", kSynthetic);
  for (std::size_t i = 0; i < kSeats; ++i) {
    const Settlement& town = region.settlements[i];
    json.add(circle(town.at, 1000.0),
             {{"name", town.name.ja + "中心部"}, {"name_en", "Centre of " + town.name.en}});
  }
  return json.text();
}

std::string roads_geojson(const Region& region, const Crs& crs) {
  GeoJson json(crs, "roads", kSynthetic);
  for (const RoadPart& part : region.roads.parts) {
    json.add(part.line, {{"class", part.road_class},
                         {"name", part.name.ja},
                         {"name_en", part.name.en},
                         {"structure", part.structure},
                         {"tunnel", part.structure == "tunnel" ? "yes" : "no"},
                         {"bridge", part.structure == "bridge" ? "yes" : "no"}});
  }
  return json.text();
}

std::string places_geojson(const Region& region, const Crs& crs) {
  GeoJson json(crs, "places", kSynthetic);
  for (const Place& place : region.places) {
    json.add(place.at, {{"kind", place.kind}, {"name", place.name.ja}, {"name_en", place.name.en}});
  }
  for (std::size_t i = 0; i < region.settlements.size(); ++i) {
    const Settlement& settlement = region.settlements[i];
    json.add(
        settlement.at,
        {{"kind", i < kSeats ? "town" : "hamlet"}, {"name", settlement.name.ja}, {"name_en", settlement.name.en}});
  }
  return json.text();
}

std::string rivers_geojson(const Region& region, const Crs& crs) {
  GeoJson json(crs, "rivers", kSynthetic);
  for (const River& river : region.relief.rivers) {
    json.add(thinned(river.line, 6.0), {{"drains_km2", fmt::format("{:.1f}", river.drained_m2.back() / 1.0e6F)}});
  }
  return json.text();
}

/// The radio part of a row of a site table.
struct Carrier {
  double freq_hz;
  double power_dbm;
  int subcarriers;
  const char* antenna;
};

std::string site_rows(const DemoSite& site, const Crs& crs, const Carrier& carrier) {
  const LonLat at = crs.to_lonlat(site.at);
  std::string rows;
  for (std::size_t i = 0; i < site.sectors.size(); ++i) {
    rows +=
        fmt::format("{},{} ({}),{:.6f},{:.6f},{},{}-{},{},0,{},{},{:.4g},{},{},0,{},{}\n", site.id, site.name.ja,
                    site.name.en, at.lon_deg, at.lat_deg, site.existing ? "existing" : "candidate", site.id, i + 1,
                    site.sectors[i].azimuth_deg, site.sectors[i].electrical_downtilt_deg, site.tx_agl_m,
                    carrier.freq_hz, carrier.power_dbm, carrier.subcarriers, carrier.antenna, site.fiscal_year);
  }
  return rows;
}

constexpr const char* kSiteColumns =
    "site_id,name,lon,lat,status,sector_id,azimuth_deg,mechanical_downtilt_deg,electrical_downtilt_deg,tx_agl_m,"
    "freq_hz,power_dbm,subcarriers,feeder_loss_db,antenna,year\n";

std::string sites_csv(const Region& region, const Crs& crs) {
  std::string text = kSiteColumns;
  // The roll-out: the first masts of the list by the end of FY2023, the next by FY2025, the rest by FY2030.
  constexpr std::array kYears = {2023, 2023, 2023, 2023, 2025, 2025, 2025};
  constexpr int kLastYear = 2030;
  for (std::size_t i = 0; i < region.sites.size(); ++i) {
    DemoSite site = region.sites[i];
    site.fiscal_year = i < kYears.size() ? kYears[i] : kLastYear;
    text += site_rows(site, crs, {4.85e9, 40.0, 3276, "sector"});
  }
  return text;
}

std::string sites_4g_csv(const Region& region, const Crs& crs) {
  std::string text = kSiteColumns;
  for (DemoSite site : region.sites) {
    if (!site.has_4g) continue;
    site.id = "L" + site.id;
    site.existing = true;
    text += site_rows(site, crs, {8.7e8, 43.0, 600, "sector"});
  }
  return text;
}

/// The first site stands on the roof of the town's hall; masts where nobody has 4G today get a generator.
std::string site_costs_csv(const Region& region) {
  std::string text = "site_id,build,generator\n";
  for (std::size_t i = 0; i < region.sites.size(); ++i) {
    const DemoSite& site = region.sites[i];
    text += fmt::format("{},{},{}\n", site.id, i == 0 ? "rooftop" : "mast", site.has_4g ? "false" : "true");
  }
  return text;
}

std::string exchanges(const Region& region, const Crs& crs) {
  std::string text;
  for (const Place& place : region.places) {
    if (place.kind == "exchange_office") text += exchange_toml(place.name.ja, crs.to_lonlat(place.at));
  }
  return text;
}

/// Along the national road from the first seat to the second, over the headland between their bays.
std::string bus_route(const Region& region, const Crs& crs) {
  const LonLat from = crs.to_lonlat(region.settlements[0].at);
  const LonLat to = crs.to_lonlat(region.settlements[1].at);
  return bus_route_toml({region.settlements[0].name.ja, from}, {region.settlements[1].name.ja, to});
}

RegionFigures figures_of(const Region& region) {
  RegionFigures figures;
  figures.seed = region.seed;
  figures.meshes = region.meshes.size();
  for (const MeshPeople& mesh : region.meshes) figures.people += mesh.people;
  for (const DemoSite& site : region.sites) ++(site.existing ? figures.planned_sites : figures.candidate_sites);
  for (const float height : region.relief.ground_asl_m.values) {
    if (std::isnan(height)) continue;
    figures.highest_m = std::max(figures.highest_m, static_cast<double>(height));
    figures.land_km2 += kRegionGrid.cell_m * kRegionGrid.cell_m / 1.0e6;
  }
  return figures;
}

/// A geographic box whose outline stays inside the region in the plan's own coordinates.
LonLatBox planned_area(const Crs& crs) {
  // The meridians lean by some 20 m over the height of the region; the decimals of the text cut off 10 m.
  constexpr double kInset_m = 150.0;
  LonLatBox outer;
  LonLatBox inner{-180.0, -90.0, 180.0, 90.0};
  for (const double x_m : {kRegionGrid.west_m + kInset_m, kRegionGrid.east_m() - kInset_m}) {
    for (const double y_m : {kRegionGrid.south_m() + kInset_m, kRegionGrid.north_m - kInset_m}) {
      outer.include(crs.to_lonlat({x_m, y_m}));
    }
  }
  const LonLat middle = outer.centre();
  for (const double x_m : {kRegionGrid.west_m + kInset_m, kRegionGrid.east_m() - kInset_m}) {
    for (const double y_m : {kRegionGrid.south_m() + kInset_m, kRegionGrid.north_m - kInset_m}) {
      const LonLat corner = crs.to_lonlat({x_m, y_m});
      if (corner.lon_deg < middle.lon_deg) inner.west_deg = std::max(inner.west_deg, corner.lon_deg);
      if (corner.lon_deg > middle.lon_deg) inner.east_deg = std::min(inner.east_deg, corner.lon_deg);
      if (corner.lat_deg < middle.lat_deg) inner.south_deg = std::max(inner.south_deg, corner.lat_deg);
      if (corner.lat_deg > middle.lat_deg) inner.north_deg = std::min(inner.north_deg, corner.lat_deg);
    }
  }
  return inner;
}

void create_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (!std::filesystem::is_directory(folder)) {
    throw InputError(Fault{.message = "cannot create the folder: " + failure.message(), .file = folder.string()});
  }
}

}  // namespace
}  // namespace demo

std::filesystem::path write_demo_region(const std::filesystem::path& folder, std::uint64_t seed) {
  demo::create_folder(folder);
  const Crs crs = Crs::from_text(demo::kRegionCrs);
  const demo::Region region = demo::make_region(seed, crs);
  const std::map<std::string, std::string> tags = {
      {"TIFFTAG_IMAGEDESCRIPTION", demo::kSynthetic}, {"SYNTHETIC", "true"}, {"SEED", std::to_string(seed)}};
  write_cog(folder / "dem.tif", demo::to_centimetres(region.relief.ground_asl_m), crs, tags);
  write_cog(folder / "sea.tif", demo::sea_surface(region.relief.ground_asl_m), crs, tags);
  const std::map<std::string, std::string> texts = {
      {"population.csv", demo::population_csv(region)},
      {"municipalities.csv", demo::municipalities_csv(region)},
      {"boundaries.geojson", demo::boundaries_geojson(region, crs)},
      {"town_centres.geojson", demo::town_centres_geojson(region, crs)},
      {"roads.geojson", demo::roads_geojson(region, crs)},
      {"places.geojson", demo::places_geojson(region, crs)},
      {"rivers.geojson", demo::rivers_geojson(region, crs)},
      {"sites.csv", demo::sites_csv(region, crs)},
      {"sites_4g.csv", demo::sites_4g_csv(region, crs)},
      {"site_costs.csv", demo::site_costs_csv(region)},
      {"costs.toml", demo::costs_toml()},
      {"README.md", demo::readme(demo::figures_of(region))},
  };
  for (const auto& [name, text] : texts) write_file_atomically(folder / name, text);
  // The scenario comes last: where it is, everything that it names is.
  write_file_atomically(folder / "scenario.toml",
                        demo::scenario_toml(seed, demo::planned_area(crs),
                                            {demo::exchanges(region, crs), demo::bus_route(region, crs)}));
  return folder / "scenario.toml";
}

}  // namespace amaneku::scenarios
