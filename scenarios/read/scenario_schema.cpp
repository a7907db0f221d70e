// The table itself. Defaults are taken from the structs that hold the values wherever there is one.
#include <algorithm>
#include <limits>

#include "libsim/plan/plan.hpp"
#include "propagation/added_losses.hpp"
#include "propagation/link_ranges.hpp"
#include "scenarios/read/buildings.hpp"
#include "scenarios/read/existing_coverage.hpp"
#include "scenarios/schema/model_keys.hpp"
#include "scenarios/schema/schema.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/studies.hpp"
#include "terrain/people/boundaries.hpp"
#include "terrain/people/population.hpp"
#include "terrain/people/roads.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr Range kAny{-kInf, kInf};

Keys scenario_keys() {
  return {required(text("name", {}, "Short name, printed on every result.")),
          text("title_ja", std::string{}, "`name` on Japanese pages; absent: `name`."),
          text("description", std::string{}, "The question that the plan answers."),
          text("description_ja", std::string{}, "The same in Japanese; absent: `description`."),
          text("crs", "auto",
               "Projected CRS of the plan: \"auto\" (plane rectangular zone of JGD2011, or UTM) or \"EPSG:n\"."),
          number("grid_m", {"m", 30.0, {1.0, 1000.0}}, "Side of a grid cell."),
          integer("seed", {"1", std::int64_t{1}, {0.0, 9.0e15}}, "Seed of everything random."),
          flag("synthetic", false, "The region is invented: every result says so."),
          list(text("credits", std::vector<std::string>{}, "Data credits (出典) to be printed with every map."),
               ValueType::texts),
          list(text("credits_ja", std::vector<std::string>{}, "`credits` on Japanese pages; empty: `credits`."),
               ValueType::texts)};
}

Keys area_keys() {
  return {list(number("bbox_deg", {"deg", {}, {-180.0, 180.0}}, "[west, south, east, north], WGS 84 or JGD2011."),
               ValueType::numbers, 4),
          flag("dem", false, "The area is the extent of the first [[terrain.dem]] or raster of heights.")};
}

Keys terrain_keys() {
  return {
      text("vertical_datum", World{}.vertical_datum,
           "Vertical datum of the heights, stated in the result. Heights are not converted."),
      text("vertical_datum_ja", std::string{}, "`vertical_datum` on Japanese pages; absent: `vertical_datum`."),
      number("flat_asl_m", {"m", {}, {-500.0, 9000.0}},
             "Flat-earth run at this height; used only where there is no [[terrain.dem]]."),
      flag("allow_missing", false, "Run although the DEM does not cover the whole area."),
      flag("sea_is_zero", false, "Cells that an FG-GML file marks as sea surface (海水面) are ground at 0 m.")};
}

Keys raster_keys(const std::string& what) {
  return {
      required(text("path", {}, what)),
      number("nodata", {"m", {}, kAny}, "No-data value, where the file does not state it (or states it wrongly)."),
      text("crs", std::string{}, "CRS of a file that has none, \"EPSG:4326\".")};
}

Keys population_keys() {
  const PopulationSource defaults;
  return {
      required(text("path", {}, "e-Stat mesh file, CSV, GeoJSON, GeoPackage, Shapefile or raster.")),
      choice("format", {"auto", "estat_mesh", "csv", "points", "polygons", "raster"}, "How to read the file."),
      text("count_field", defaults.count_field, "Column or field that holds the number of people."),
      text("lon_field", defaults.lon_field, "CSV: column of the longitude (deg)."),
      text("lat_field", defaults.lat_field, "CSV: column of the latitude (deg)."),
      text("mesh_field", defaults.mesh_field, "CSV: column of a JIS X 0410 mesh code, instead of lon and lat."),
      choice(
          "datum", {"JGD2011", "tokyo"},
          "Of the mesh codes (JGD2000 and WGS 84 are as JGD2011). Codes of the Tokyo datum are refused: they lie "
          "some 450 m off."),
      flag("synthetic", false, "The figures are spread or invented: every result says so.")};
}

Keys boundary_keys() {
  const BoundarySource defaults;
  return {required(text("path", {}, "Municipal polygons, anything that OGR reads.")),
          text("code_field", defaults.code_field, "Field of the five-digit municipality code."),
          list(text("name_fields", defaults.name_fields, "Fields joined to the name; empty ones are skipped."),
               ValueType::texts),
          flag("repair", defaults.repair,
               "Polygons whose rings cross themselves are mended and named in a warning, not refused.")};
}

Keys road_keys() {
  const RoadSource defaults;
  return {required(text("path", {}, "Road lines, anything that OGR reads.")),
          text("class_field", defaults.class_field, "Field of the road class; empty: all are of `road_class`."),
          text("road_class", defaults.road_class, "Class where the field is empty or absent."),
          text("name_field", defaults.name_field, "Field of the road's name."),
          text("tunnel_field", defaults.tunnel_field,
               "Field that says whether a road runs in a tunnel (yes, no; N13_004 by its codes). Absent: not "
               "known, as open "
               "ground."),
          text("bridge_field", defaults.bridge_field,
               "Field that says whether it runs on a bridge, likewise; N13_004 says both."),
          flag("tunnels_served", defaults.tunnels_served,
               "Tunnels have equipment of their own and count as covered; else they count as not covered.")};
}

Keys focus_zone_keys() {
  const FocusZoneSource defaults;
  return {required(text("path", {}, "Polygons, anything that OGR reads; one zone each.")),
          text("name_field", defaults.name_field, "Field of the zone's name."),
          flag("repair", defaults.repair,
               "Polygons whose rings cross themselves are mended and counted, not refused.")};
}

Keys sector_values(bool with_antenna_default) {
  const Sector defaults;
  Keys keys = {
      number("azimuth_deg", {"deg", defaults.mounting.azimuth_deg, {-360.0, 360.0}},
             "Boresight, clockwise from true north."),
      number("mechanical_downtilt_deg", {"deg", defaults.mounting.mechanical_downtilt_deg, {-90.0, 90.0}},
             "Tilts the whole pattern."),
      number("electrical_downtilt_deg", {"deg", defaults.mounting.electrical_downtilt_deg, {-90.0, 90.0}},
             "Shifts the vertical cut."),
      number("tx_agl_m", {"m", defaults.tx_agl_m, LinkRanges::agl_m}, "Height of the antenna above ground."),
      number("freq_hz", {"Hz", defaults.freq_hz, LinkRanges::freq_hz}, "Centre of the carrier."),
      number("power_dbm", {"dBm", defaults.power_dbm, {-50.0, 100.0}}, "Conducted power of the whole carrier."),
      integer("subcarriers", {"1", std::int64_t{defaults.subcarriers}, {1.0, 100'000.0}},
              "Subcarriers over which the power is spread: received power is per subcarrier."),
      number("feeder_loss_db", {"dB", defaults.feeder_loss_db, {0.0, 100.0}}, "Between transmitter and antenna."),
      text("technology", defaults.technology,
           "Radio technology of the carrier, as `amaneku technologies` lists them; empty: the one with the "
           "narrowest "
           "band that holds freq_hz and has a width of so many subcarriers."),
      number("bandwidth_hz", {"Hz", defaults.bandwidth_hz, {0.0, 1.0e10}},
             "Width of the channel, one that the technology has; subcarriers then follow from it. 0: by "
             "subcarriers."),
      number("load", {"1", defaults.load, {0.0, 1.0}},
             "Share of the resource elements in use: what the sector adds to the interference of others. With "
             "[traffic] "
             "it is computed."),
      flag("indoor", defaults.indoor,
           "It stands indoors: carriers that are for use indoors alone are then no warning. Losses of walls are "
           "not "
           "added by it."),
      integer(
          "year", {"1", std::int64_t{defaults.fiscal_year}, {0.0, 2200.0}},
          "Fiscal year of a roll-out at whose end the sector is in service; 0: from the start. Maps and figures "
          "are of all sectors; [targets] are held against those of each year.")};
  keys.push_back(text("antenna", with_antenna_default ? DefaultValue{defaults.antenna_name} : DefaultValue{},
                      "\"isotropic\" (0 dBi) or a name of [antennas.NAME]."));
  return keys;
}

/// Keys of an inline sector or site: absent ones come from [sector_defaults].
Keys inherited(Keys keys) {
  for (SchemaKey& key : keys) {
    key.fallback = std::monostate{};
    key.doc += " Absent: as [sector_defaults].";
  }
  return keys;
}

Keys site_keys() {
  Keys keys = {required(text("id", {}, "Unique.")),
               text("name", std::string{}, "Name for maps and tables; absent: the id."),
               text("operator", std::string{}, "Whose network it belongs to; empty: all the same."),
               required(number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude.")),
               required(number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude.")),
               choice("status", {"existing", "candidate"}, "Candidates (候補地) are drawn, not planned on.")};
  return keys;
}

Keys inline_sector_keys() {
  Keys keys = {text("id", std::string{}, "Unique within the site; absent: its number, from 1.")};
  const Keys values = inherited(sector_values(false));
  keys.insert(keys.end(), values.begin(), values.end());
  return keys;
}

Keys array_keys() {
  const Array38901 array;
  const auto elements = [](const char* name, const std::string& doc) {
    return integer(name, {"1", {}, Array38901::kElements}, "array38901: " + doc);
  };
  const auto spacing = [](const char* name, double fallback, const std::string& doc) {
    return number(name, {"wavelengths", fallback, Array38901::kSpacing}, "array38901: " + doc);
  };
  const auto beams = [](const char* name, const std::vector<double>& fallback, const std::string& doc) {
    return list(number(name, {"deg", fallback, {-90.0, 90.0}}, "array38901: " + doc), ValueType::numbers);
  };
  const auto steering = [](const char* name, const Range& fallback, const std::string& doc) {
    const std::vector<double> ends = {fallback.min, fallback.max};
    return list(number(name, {"deg", ends, {-90.0, 90.0}}, "array38901: " + doc), ValueType::numbers, 2);
  };
  return {elements("rows", "elements of a column; required."),
          elements("columns", "elements of a row; required."),
          spacing("spacing_v_wavelengths", array.spacing_v_wavelengths, "between neighbouring rows."),
          spacing("spacing_h_wavelengths", array.spacing_h_wavelengths, "between neighbouring columns."),
          elements("ssb_rows", "rows that an SSB beam uses: fewer make it wider; absent: all."),
          elements("ssb_columns", "columns that an SSB beam uses; absent: all."),
          beams("beam_azimuths_deg", array.beam_azimuths_deg,
                "SSB beams, clockwise from the boresight; each with every tilt."),
          beams("beam_tilts_deg", array.beam_tilts_deg, "SSB beams, downwards from the panel's horizontal."),
          steering("steer_azimuth_deg", array.steer_azimuth_deg, "[from, to], where beams may point."),
          steering("steer_elevation_deg", array.steer_elevation_deg, "[from, to], upwards; -10 is a tilt of 10.")};
}

Keys antenna_keys() {
  const Element38901 element;
  SchemaKey type = choice("type", {"isotropic", "element38901", "array38901", "file"},
                          "Isotropic; element of 3GPP TR 38.901 Table 7.3-1; array of such elements with SSB and "
                          "traffic beams; file (MSI/Planet, CSV, Atoll's table, Radio Mobile).");
  const auto of_element = [](const char* name, Quantity quantity, const std::string& doc) {
    return number(name, std::move(quantity), "element38901, elements of array38901: " + doc);
  };
  Keys keys = {
      required(type),
      number("gain_dbi", {"dBi", {}, {-50.0, 80.0}},
             "Largest gain, of one element of array38901; absent: 0 (isotropic) or 8. file: for files that "
             "state none."),
      of_element("beamwidth_h_deg", {"deg", element.beamwidth_h_deg, {0.1, 360.0}}, "horizontal."),
      of_element("beamwidth_v_deg", {"deg", element.beamwidth_v_deg, {0.1, 360.0}}, "vertical."),
      of_element("front_to_back_db", {"dB", element.front_to_back_db, {0.0, 100.0}}, "A_max and SLA_V.")};
  const Keys of_array = array_keys();
  keys.insert(keys.end(), of_array.begin(), of_array.end());
  keys.push_back(text("path", {}, "file: the pattern."));
  keys.push_back(text("name", {}, "file: which antenna of a table that holds several."));
  return keys;
}

Keys receiver_keys() {
  const Receiver defaults;
  return {
      number("rx_agl_m", {"m", defaults.rx_agl_m, LinkRanges::agl_m}, "Height of the receiver above ground."),
      number(
          "gain_dbi", {"dBi", {}, {-50.0, 60.0}},
          "Antenna gain; absent: that of the device of each sector's radio technology, 0 where it is not known."),
      number("body_loss_db", {"dB", defaults.body_loss_db, {0.0, 60.0}}, "Loss by the user's body."),
      number("building_loss_db", {"dB", defaults.building_loss_db, {0.0, 100.0}}, "Margin for indoor coverage.")};
}

Keys propagation_keys() {
  Keys keys = {
      required(text("model", {}, "A model of the role path, as `amaneku models` lists them.")),
      choice("polarization", {"vertical", "horizontal", "v", "h"}, "Of the wave."),
      number(
          "delta_n", {"N-units/km", {}, LinkRanges::delta_n},
          "Lapse of refractivity over the lowest km; gives the effective Earth radius by ITU-R P.452-18 eq. (5)."),
      number("effective_earth_radius_m",
             {"m", CoverageOptions{}.effective_earth_radius_m, LinkRanges::effective_earth_radius_m},
             "Instead of delta_n."),
      number("n0", {"N-units", CoverageOptions{}.n0, LinkRanges::n0}, "Surface refractivity at sea level.")};
  add_models(keys, Role::path);
  return keys;
}

Keys added_loss_keys() {
  Keys keys = {required(text("model", {}, "A model of the role added, as `amaneku models` lists them."))};
  add_models(keys, Role::added);
  return keys;
}

Keys climate_keys() {
  return {
      text("city", std::string{}, "The values of a city of the table (docs/formats/climate.md)."),
      text("path", {},
           "Without `city`: a folder with the ITU digital maps DN50.TXT and N050.TXT (ITU-R P.452, P.1812), read "
           "at the middle of the area. With `city`: a table of cities of your own.")};
}

Keys coverage_keys() {
  const CoverageOptions defaults;
  const StatisticsOptions statistics;
  return {
      number("radius_m", {"m", defaults.radius_m, {10.0, 500'000.0}},
             "Cells farther from a site are not computed for it."),
      choice("engine", {"radial", "exact"}, "Fast radials, or every cell on its own profile (the reference)."),
      integer("own_line_samples",
              {"1", std::int64_t{defaults.own_line_samples}, {0.0, 1.0 * CoverageOptions::kMostOwnLineSamples}},
              "Radial engine: last samples that are taken on each cell's own line."),
      number("arc_cells", {"cells", defaults.arc_cells, CoverageOptions::kArcs},
             "Radial engine: distance between neighbouring radials at the rim of the radius."),
      number("threshold_dbm", {"dBm", statistics.threshold_dbm, kStatisticsFields[0].range},
             "Received power per subcarrier from which a place counts as covered."),
      list(number("classes_dbm", {"dBm", PlanInput{}.rsrp_classes_dbm, kStatisticsFields[0].range},
                  "Bounds of the legend's classes, ascending."),
           ValueType::numbers),
      number("road_step_m", {"m", statistics.road_step_m, kStatisticsFields[1].range},
             "Spacing of the samples along roads.")};
}

Keys radio_keys() {
  return {text("path", {}, "Technologies and link curves of your own (docs/formats/radio_catalogue.md)."),
          text("link_curve", std::string{},
               "Curve of every carrier instead of its technology's, such as \"lena\" or \"sionna\": link curves "
               "differ by about 3 dB.")};
}

Keys service_keys() {
  const ServiceTargets defaults;
  const std::array<std::string, kServiceFields.size()> docs = {
      "Downlink rate below which a place is not served; 0: whatever the lowest step of the link curve carries.",
      "Uplink rate below which a place is not served.",
      "Share of the places in a cell that have at least what the maps of SINR, rates and margin say.",
      "Standard deviation of the shadow fading (log-normal) from which the margin for location_percent follows.",
      "Interference over noise at the base station; with [traffic] it is computed."};
  Keys keys;
  for (std::size_t i = 0; i < docs.size(); ++i) {
    const Field<ServiceTargets>& field = kServiceFields[i];
    keys.push_back(number(field.name, {field.unit, defaults.*field.member, field.range},
                          docs[i] + " (" + field.source + ")"));
  }
  return keys;
}

Keys traffic_keys() {
  return {number("gb_per_month_per_person", {"GB", 0.0, {0.0, 10'000.0}},
                 "Volume of a person in 30 days, both directions (1 GB = 10^9 bytes)."),
          number("busy_hour_share", {"1", 0.07, {0.001, 1.0}},
                 "Share of a day's volume that falls into its busy hour."),
          number("uplink_share", {"1", 0.12, {0.0, 1.0}}, "Share of the volume that is uplink."),
          number("road_dl_kbps_per_km", {"kbit/s/km", 0.0, {0.0, 1.0e9}}, "Downlink demand of roads."),
          number("road_ul_kbps_per_km", {"kbit/s/km", 0.0, {0.0, 1.0e9}}, "Uplink demand of roads.")};
}

Keys traffic_point_keys() {
  return {required(text("name", {}, "What it is.")),
          required(number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude.")),
          required(number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude.")),
          number("dl_mbps", {"Mbit/s", 0.0, {0.0, 1.0e6}}, "Downlink demand."),
          number("ul_mbps", {"Mbit/s", 0.0, {0.0, 1.0e6}}, "Uplink demand.")};
}

Keys output_keys() {
  return {choice("path_loss", {"auto", "always", "never"},
                 "Whether the result keeps the path loss of every transmitter; auto: up to 1 GiB of it."),
          flag("csv_mark", true,
               "Whether CSV files begin with a byte-order mark, by which Excel reads them as UTF-8.")};
}

std::vector<SchemaSection> table() {
  const auto kTable = SectionKind::table;
  const auto kList = SectionKind::list;
  Keys site_file = {text("path", std::string{}, "CSV, GeoPackage, GeoJSON or Shapefile: one row a sector."),
                    text("layer", std::string{}, "Layer of a GeoPackage; absent: the first.")};
  std::vector<SchemaSection> sections = {
      {"scenario", kTable, "What this plan is.", scenario_keys(), true},
      {"area", kTable, "Where: exactly one of the two keys.", area_keys(), true},
      {"terrain", kTable, "The ground.", terrain_keys()},
      {"terrain.dem", kList, "Heights of the bare ground above sea level; the earlier file wins.",
       raster_keys("Raster, .hgt[.gz], FG-GML .xml or .zip, or a folder of FG-GML or of GSI tiles (Z/X/Y.png).")},
      {"terrain.surface", kList, "Heights of the surface (DSM); clutter = max(0, surface - ground).",
       raster_keys("Raster of heights above sea level.")},
      {"terrain.clutter_height", kList, "Heights of trees and buildings above ground; wins over terrain.surface.",
       raster_keys("Raster of heights above ground.")},
      {"terrain.buildings", kList,
       "Buildings as clutter: the mean of their heights above ground over a cell (docs/formats/terrain.md), where "
       "that is higher than what the sections above give.",
       buildings_keys()},
      {"terrain.zone", kList,
       "Radio-climatic zones for the models that ask (p1812, p452): 1 sea, 3 coastal land, 4 inland; without it "
       "all is "
       "inland. Between sea and inland a cell counts as coastal land.",
       raster_keys("Raster of the numbers 1, 3 and 4.")},
      {"population", kList, "Where people live.", population_keys()},
      {"boundaries", kList, "Municipalities.", boundary_keys()},
      {"roads", kList, "Roads.", road_keys()},
      {"focus_zones", kList,
       "Polygons for which results are counted by themselves (評価対象区域), such as school districts; they may "
       "overlap.",
       focus_zone_keys()},
      {"sites", kTable, "Sites from a file.", site_file},
      {"sector_defaults", kTable, "Values of sectors that do not state them.", sector_values(true)},
      {"antennas", SectionKind::named, "Antennas by name.", antenna_keys()},
      {"site", kList, "A site written here.", site_keys()},
      {"site.sector", kList, "A sector of the site above it; none: one sector of [sector_defaults].",
       inline_sector_keys()},
      {"receiver", kTable, "The user equipment for which coverage is drawn.", receiver_keys()},
      {"propagation", kTable, "The model of the wave.", propagation_keys(), true},
      {"propagation.added_loss", kList,
       "A loss on top of the model: gas, rain, clutter, building entry ... They add up.", added_loss_keys()},
      {"propagation.air", kTable,
       "Where delta_n and n0 come from. What [propagation] states itself wins; without both: the standard "
       "atmosphere.",
       climate_keys()},
      {"coverage", kTable, "What is computed and what counts as covered.", coverage_keys()},
      {"coverage.existing", kList,
       "What is served already, as operators publish it or as you draw it (docs/methods/existing_coverage.md). "
       "Who "
       "is newly covered is told apart, and alone counts for subsidies, the choice of sites and candidates; what "
       "targets make of it says targets.already_served.",
       existing_coverage_keys()},
      {"radio", kTable, "Radio technologies and link curves.", radio_keys()},
      {"service", kTable, "What a place must get to count as served.", service_keys()},
      {"traffic", kTable,
       "Demand of the busy hour. Given, the load of every cell is solved: load interferes, interference costs "
       "rate, "
       "less rate is more load.",
       traffic_keys()},
      {"traffic.point", kList, "A point with a demand of its own, such as a camera or a machine.",
       traffic_point_keys()},
      {"output", kTable, "What a result holds.", output_keys()},
  };
  return sections;
}

}  // namespace

const std::vector<SchemaSection>& schema() {
  static const std::vector<SchemaSection> kSchema = [] {
    std::vector<SchemaSection> sections = table();
    Studies().each([&](const auto& study) {
      for (SchemaSection& section : study.sections()) sections.push_back(std::move(section));
    });
    return sections;
  }();
  return kSchema;
}

}  // namespace amaneku::scenarios
