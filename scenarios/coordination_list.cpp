#include "scenarios/coordination_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/csv_text.hpp"
#include "scenarios/named_place_list.hpp"
#include "scenarios/schema_keys.hpp"
#include "terrain/place_source.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;
using namespace keys;

// P.452-18: from 0.001 % to 50 % of an average year.
constexpr Range kTimePercent{0.001, 50.0};

Json finite(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

std::string cell(double value) {
  return std::isfinite(value) ? fmt::format("{:.2f}", value) : std::string();
}

/// Over the limit where positive; NaN without a limit or without a level.
double excess_db(const ProtectedPlace& place, const CoordinationLevel& level) {
  return place.limit_dbm ? level.inside_dbm - *place.limit_dbm : std::nan("");
}

void add_place(std::vector<ProtectedPlace>& places, ProtectedPlace place, const SectionView& view) {
  place.rx_agl_m = view.number("rx_agl_m");
  if (view.given("limit_dbm")) place.limit_dbm = view.number("limit_dbm");
  places.push_back(std::move(place));
}

void read_place(Document& document, const SectionView& view, const Crs& crs, std::vector<ProtectedPlace>& places) {
  const bool position = view.given("lon") && view.given("lat");
  if (position == view.given("path") || view.given("lon") != view.given("lat")) {
    document.add(view.fault("path", "give a path, or lon and lat"));
    return;
  }
  document.attempt(view, position ? "lon" : "path", [&] {
    if (position) {
      add_place(places, {.name = view.text("name"), .at = crs.to_plan({view.number("lon"), view.number("lat")})},
                view);
      return;
    }
    for (SourcePlace& from :
         read_source_places({.path = document.path_of(view), .name_field = view.text("name_field")}, crs)) {
      add_place(places, {.name = std::move(from.name), .at = from.at, .area = std::move(from.area)}, view);
    }
  });
}

}  // namespace

std::vector<SchemaSection> coordination_sections() {
  const CoordinationOptions defaults;
  const ProtectedPlace place;
  return {
      {"coordination",
       SectionKind::table,
       "Level of the plan at protected areas and stations of others, by ITU-R P.452 "
       "(docs/methods/coordination.md).",
       {list(number("time_percents", {"%", defaults.time_percents, kTimePercent},
                    "Percentages of an average year during which the level is exceeded, descending."),
             ValueType::numbers),
        number("radius_m", {"m", defaults.radius_m, {100.0, 1.0e6}}, "Sectors farther away count for nothing.")}},
      {"coordination.place",
       SectionKind::list,
       "What is to be protected: a file, or a station at lon and lat.",
       {text("name", std::string("station"), "Of a station at lon and lat."),
        text("path", {}, "Points and polygons, anything that OGR reads, or CSV with columns lon and lat."),
        text("name_field", "name", "Column or field of the name."),
        number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude."),
        number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude."),
        number("rx_agl_m", {"m", place.rx_agl_m, {0.1, 10'000.0}}, "Height of the antenna to be protected."),
        number("limit_dbm", {"dBm", {}, {-300.0, 100.0}},
               "Power of the whole carriers at an isotropic antenna that must not be exceeded; absent: none is "
               "judged.")}}};
}

std::optional<CoordinationOptions> read_coordination(Document& document, const Crs& crs) {
  const SectionView view = document.section("coordination");
  if (view.node() == nullptr) return std::nullopt;
  CoordinationOptions out{.time_percents = view.numbers("time_percents"), .radius_m = view.number("radius_m")};
  const auto& percents = out.time_percents;
  if (percents.empty()) document.add(view.fault("time_percents", "needs one percentage at least"));
  if (std::adjacent_find(percents.begin(), percents.end(), std::less_equal<>()) != percents.end())
    document.add(view.fault("time_percents", "the percentages are not descending"));
  for (const SectionView& place : document.sections("coordination.place"))
    read_place(document, place, crs, out.places);
  if (document.sections("coordination.place").empty())
    document.add(view.fault("time_percents", "there is nothing to protect: write [[coordination.place]]"));
  return out;
}

void add_coordination(Json& summary, const PlanInput& input, const PlanResult& result) {
  if (!result.coordination) return;
  const Crs crs = Crs::from_text(input.crs_id);
  Json places = Json::array();
  for (std::size_t i = 0; i < result.coordination->size(); ++i) {
    const ProtectedPlace& place = input.coordination->places[i];
    const CoordinationResult& found = (*result.coordination)[i];
    Json levels = Json::array();
    for (const CoordinationLevel& level : found.levels) {
      const LonLat at = crs.to_lonlat(level.inside_at);
      levels.push_back({{"time_percent", level.time_percent},
                        {"border_dbm", finite(level.border_dbm)},
                        {"inside_dbm", finite(level.inside_dbm)},
                        {"lon_deg", level.strongest < 0 ? Json(nullptr) : Json(at.lon_deg)},
                        {"lat_deg", level.strongest < 0 ? Json(nullptr) : Json(at.lat_deg)},
                        {"excess_db", finite(excess_db(place, level))},
                        {"strongest", server_name(input, result, level.strongest)}});
    }
    places.push_back({{"name", place.name},
                      {"kind", place.area.parts.empty() ? "station" : "area"},
                      {"rx_agl_m", place.rx_agl_m},
                      {"limit_dbm", place.limit_dbm ? Json(*place.limit_dbm) : Json(nullptr)},
                      {"cells", found.cells},
                      {"cells_outside_plan", found.cells_outside},
                      {"levels", std::move(levels)}});
  }
  summary["coordination"] = {
      {"model", "p452"}, {"radius_m", input.coordination->radius_m}, {"places", std::move(places)}};
}

std::string coordination_csv(const PlanInput& input, const PlanResult& result) {
  std::string out =
      "name,kind,rx_agl_m,time_percent,border_dbm,inside_dbm,limit_dbm,excess_db,strongest,cells_outside_plan\n";
  for (std::size_t i = 0; i < result.coordination->size(); ++i) {
    const ProtectedPlace& place = input.coordination->places[i];
    const CoordinationResult& found = (*result.coordination)[i];
    for (const CoordinationLevel& level : found.levels) {
      out += fmt::format("{},{},{:g},{:g},{},{},{},{},{},{}\n", csv_text(place.name),
                         place.area.parts.empty() ? "station" : "area", place.rx_agl_m, level.time_percent,
                         cell(level.border_dbm), cell(level.inside_dbm),
                         place.limit_dbm ? fmt::format("{:g}", *place.limit_dbm) : std::string(),
                         cell(excess_db(place, level)), csv_text(server_name(input, result, level.strongest)),
                         found.cells_outside);
    }
  }
  return out;
}

}  // namespace amaneku::scenarios
