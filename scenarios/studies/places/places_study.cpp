#include "scenarios/studies/places/places_study.hpp"

#include <fmt/format.h>

#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/places/phrases.hpp"
#include "terrain/vector/place_source.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kLevel_dbm{-200.0, 100.0};
constexpr Range kRate_mbps{0.0, 1.0e6};

std::string word(PlaceState state) {
  return std::string(kPlaceStates[static_cast<std::size_t>(state)]);
}

Table kinds_table(const std::vector<PlaceKindShare>& kinds) {
  Table table{.name = "place_kinds",
              .meaning = "Named places served, by kind",
              .columns = {text_column("kind", "kind of place"), integer_column("places", "1", "how many"),
                          integer_column("served", "1", "of them served"),
                          real_column("served_percent", "percent", "share served", 2)},
              .outputs = {.json = "places.kinds"}};
  for (const PlaceKindShare& kind : kinds) {
    table.add({kind.kind, std::int64_t{kind.all}, std::int64_t{kind.served},
               percent_of(static_cast<double>(kind.served), static_cast<double>(kind.all))});
  }
  return table;
}

}  // namespace

std::vector<SchemaSection> PlacesStudy::sections() {
  const PlaceSource source;
  const PlaceNeed need;
  return {{"places",
           SectionKind::list,
           "Named places (schools, clinics, shelters, stations, farms, cameras) and what they need. Columns "
           "level_dbm, "
           "dl_mbps and ul_mbps of the file are the needs of a single place.",
           {required(text("path", {},
                          "CSV with columns lon and lat, or points and polygons, anything that OGR reads.")),
            text("name_field", source.name_field, "Column or field of the name."),
            text("kind_field", source.kind_field, "Column or field of the kind."),
            text("kind", source.kind, "Kind where the field is empty or absent."),
            number("level_dbm", {"dBm", {}, kLevel_dbm},
                   "Received power per subcarrier that a place needs; absent: coverage.threshold_dbm."),
            number("dl_mbps", {"Mbit/s", need.dl_mbps, kRate_mbps}, "Downlink rate that it needs; 0: any."),
            number("ul_mbps", {"Mbit/s", need.ul_mbps, kRate_mbps}, "Uplink rate that it needs; 0: any."),
            number("area_share", {"1", need.area_share, {0.01, 1.0}},
                   "Polygons: share of the cells that must get it.")}}};
}

void PlacesStudy::read(const StudyReading& reading) {
  Document& document = reading.document;
  const double threshold_dbm = document.section("coverage").number("threshold_dbm");
  for (const SectionView& view : document.sections("places")) {
    const PlaceNeed need{.level_dbm = view.given("level_dbm") ? view.number("level_dbm") : threshold_dbm,
                         .dl_mbps = view.number("dl_mbps"),
                         .ul_mbps = view.number("ul_mbps"),
                         .area_share = view.number("area_share")};
    document.attempt(view, "path", [&] {
      for (SourcePlace& from :
           read_source_places({.path = document.path_of(view),
           .name_field = view.text("name_field"),
           .kind_field = view.text("kind_field"),
           .kind = view.text("kind"),
           .figures = {{"level_dbm", kLevel_dbm}, {"dl_mbps", kRate_mbps}, {"ul_mbps", kRate_mbps}}},
                              reading.crs)) {
        places.push_back({.name = std::move(from.name),
                          .kind = std::move(from.kind),
                          .at = from.at,
                          .area = std::move(from.area),
                          .need = {.level_dbm = from.figure_or("level_dbm", need.level_dbm),
                                   .dl_mbps = from.figure_or("dl_mbps", need.dl_mbps),
                                   .ul_mbps = from.figure_or("ul_mbps", need.ul_mbps),
                                   .area_share = need.area_share}});
      }
    });
  }
}

std::string PlacesStudy::plan_text(Language language) const {
  return fill(phrases::kPlacesPlan.in(language), {std::to_string(places.size())});
}

void PlacesStudy::run(const StudyInput& plan, const Studies& /*earlier*/) {
  report = serve_places(places, plan.result.maps, plan.result.service ? &*plan.result.service : nullptr);
}

std::vector<Table> PlacesStudy::tables(const PlanInput& input, const PlanResult& result) const {
  const Crs crs = Crs::from_text(input.world.crs_id);
  Table table{.name = "places",
              .meaning = "Named places with what they get and what they need",
              .columns = {text_column("name", "name"), text_column("kind", "kind of place"),
                          real_column("lon_deg", "degrees_east", "longitude", 7),
                          real_column("lat_deg", "degrees_north", "latitude", 7),
                          text_column("state", "served, or the first need that is not met"),
                          real_column("served_share", "1", "share of its cells that are served, 0 .. 1", 4),
                          text_column("server", "site / sector of most of its cells"),
                          real_column("rsrp_dbm", "dBm", "received power at its weakest cell", 1),
                          real_column("margin_db", "dB", "over the level needed", 1),
                          real_column("dl_mbps", "Mbit/s", "downlink rate at its weakest cell", 2),
                          real_column("ul_mbps", "Mbit/s", "uplink rate at its weakest cell", 2),
                          real_column("needs_level_dbm", "dBm", "received power that it needs"),
                          real_column("needs_dl_mbps", "Mbit/s", "downlink rate that it needs; 0: any"),
                          real_column("needs_ul_mbps", "Mbit/s", "uplink rate that it needs; 0: any"),
                          real_column("needs_area_share", "1", "share of a polygon's cells that must get it")},
              .outputs = {.json = "places.places"}};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const NamedPlace& place = places[i];
    const PlaceResult& gets = report.places[i];
    const LonLat at = crs.to_lonlat(place.at);
    table.add(place.area.parts.empty() ? Geometry(place.at) : Geometry(place.area),
              {place.name, place.kind, at.lon_deg, at.lat_deg, word(gets.state), gets.served_share,
               sector_name(input, result, gets.server), finite(gets.rsrp_dbm), finite(gets.margin_db),
               finite(gets.dl_mbps), finite(gets.ul_mbps), place.need.level_dbm, place.need.dl_mbps,
               place.need.ul_mbps, place.need.area_share});
  }
  return {kinds_table(report.kinds), std::move(table)};
}

}  // namespace amaneku::scenarios
