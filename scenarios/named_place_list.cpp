#include "scenarios/named_place_list.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/csv_text.hpp"
#include "scenarios/schema_keys.hpp"
#include "terrain/place_source.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;
using namespace keys;

Json finite(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

std::string_view word(PlaceState state) {
  return kPlaceStates[static_cast<std::size_t>(state)];
}

std::string cell(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : std::string();
}

}  // namespace

SchemaSection places_section() {
  const PlaceSource source;
  const PlaceNeed need;
  return {
      "places",
      SectionKind::list,
      "Named places (schools, clinics, shelters, stations, farms, cameras) and what they need. Columns level_dbm, "
      "dl_mbps and ul_mbps of the file are the needs of a single place.",
      {required(
           text("path", {}, "CSV with columns lon and lat, or points and polygons, anything that OGR reads.")),
       text("name_field", source.name_field, "Column or field of the name."),
       text("kind_field", source.kind_field, "Column or field of the kind."),
       text("kind", source.kind, "Kind where the field is empty or absent."),
       number("level_dbm", {"dBm", {}, {-200.0, 100.0}},
              "Received power per subcarrier that a place needs; absent: coverage.threshold_dbm."),
       number("dl_mbps", {"Mbit/s", need.dl_mbps, {0.0, 1.0e6}}, "Downlink rate that it needs; 0: any."),
       number("ul_mbps", {"Mbit/s", need.ul_mbps, {0.0, 1.0e6}}, "Uplink rate that it needs; 0: any."),
       number("area_share", {"1", need.area_share, {0.01, 1.0}},
              "Polygons: share of the cells that must get it.")}};
}

std::vector<NamedPlace> read_named_places(Document& document, const Crs& crs) {
  std::vector<NamedPlace> out;
  const double threshold_dbm = document.section("coverage").number("threshold_dbm");
  for (const SectionView& view : document.sections("places")) {
    const PlaceNeed need{.level_dbm = view.given("level_dbm") ? view.number("level_dbm") : threshold_dbm,
                         .dl_mbps = view.number("dl_mbps"),
                         .ul_mbps = view.number("ul_mbps"),
                         .area_share = view.number("area_share")};
    document.attempt(view, "path", [&] {
      for (SourcePlace& from : read_source_places({.path = document.path_of(view),
                               .name_field = view.text("name_field"),
                               .kind_field = view.text("kind_field"),
                               .kind = view.text("kind")},
                                                  crs)) {
        out.push_back({.name = std::move(from.name),
                       .kind = std::move(from.kind),
                       .at = from.at,
                       .area = std::move(from.area),
                       .need = {.level_dbm = from.level_dbm.value_or(need.level_dbm),
                                .dl_mbps = from.dl_mbps.value_or(need.dl_mbps),
                                .ul_mbps = from.ul_mbps.value_or(need.ul_mbps),
                                .area_share = need.area_share}});
      }
    });
  }
  return out;
}

std::string server_name(const PlanInput& input, const PlanResult& result, int server) {
  if (server < 0) return {};
  const SectorRef& ref = result.coverage.sectors[static_cast<std::size_t>(server)];
  const Site& site = input.sites[static_cast<std::size_t>(ref.site)];
  return site.id + " / " + site.sectors[static_cast<std::size_t>(ref.sector)].id;
}

void add_places(Json& summary, const PlanInput& input, const PlanResult& result) {
  if (!result.places) return;
  const Crs crs = Crs::from_text(input.crs_id);
  Json kinds = Json::array();
  for (const PlaceKindShare& kind : result.places->kinds) {
    kinds.push_back(
        {{"kind", kind.kind},
         {"places", kind.all},
         {"served", kind.served},
         {"served_percent", 100.0 * static_cast<double>(kind.served) / static_cast<double>(kind.all)}});
  }
  Json places = Json::array();
  for (std::size_t i = 0; i < input.places.size(); ++i) {
    const NamedPlace& place = input.places[i];
    const PlaceResult& gets = result.places->places[i];
    const LonLat at = crs.to_lonlat(place.at);
    places.push_back({{"name", place.name},
                      {"kind", place.kind},
                      {"lon_deg", at.lon_deg},
                      {"lat_deg", at.lat_deg},
                      {"state", word(gets.state)},
                      {"served_share", gets.served_share},
                      {"server", server_name(input, result, gets.server)},
                      {"rsrp_dbm", finite(gets.rsrp_dbm)},
                      {"margin_db", finite(gets.margin_db)},
                      {"dl_mbps", finite(gets.dl_mbps)},
                      {"ul_mbps", finite(gets.ul_mbps)},
                      {"needs",
                       {{"level_dbm", place.need.level_dbm},
                        {"dl_mbps", place.need.dl_mbps},
                        {"ul_mbps", place.need.ul_mbps},
                        {"area_share", place.need.area_share}}}});
  }
  summary["places"] = {{"kinds", std::move(kinds)}, {"places", std::move(places)}};
}

std::string places_csv(const PlanInput& input, const PlanResult& result) {
  const Crs crs = Crs::from_text(input.crs_id);
  std::string out =
      "name,kind,lon_deg,lat_deg,state,served_share,server,rsrp_dbm,margin_db,dl_mbps,ul_mbps,needs_level_dbm,"
      "needs_dl_mbps,needs_ul_mbps\n";
  for (std::size_t i = 0; i < input.places.size(); ++i) {
    const NamedPlace& place = input.places[i];
    const PlaceResult& gets = result.places->places[i];
    const LonLat at = crs.to_lonlat(place.at);
    out += fmt::format("{},{},{:.7f},{:.7f},{},{:.4f},{},{},{},{},{},{:g},{:g},{:g}\n", csv_text(place.name),
                       csv_text(place.kind), at.lon_deg, at.lat_deg, word(gets.state), gets.served_share,
                       csv_text(server_name(input, result, gets.server)), cell(gets.rsrp_dbm, 1),
                       cell(gets.margin_db, 1), cell(gets.dl_mbps, 2), cell(gets.ul_mbps, 2), place.need.level_dbm,
                       place.need.dl_mbps, place.need.ul_mbps);
  }
  return out;
}

}  // namespace amaneku::scenarios
