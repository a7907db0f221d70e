#include "scenarios/studies/coordination/coordination_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "propagation/link_ranges.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/coordination/phrases.hpp"
#include "terrain/vector/place_source.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

// P.452-18: from 0.001 % to 50 % of an average year.
constexpr Range kTimePercent{0.001, 50.0};

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

/// [PathState]
constexpr std::array<const char*, 4> kMissing = {"", "beyond_radius", "no_ground", "behind_void"};

}  // namespace

std::vector<SchemaSection> CoordinationStudy::sections() {
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
        number("rx_agl_m", {"m", place.rx_agl_m, LinkRanges::agl_m}, "Height of the antenna to be protected."),
        number("limit_dbm", {"dBm", {}, {-300.0, 100.0}},
               "Power of the whole carriers at an isotropic antenna that must not be exceeded; absent: none is "
               "judged.")}}};
}

void CoordinationStudy::read(const StudyReading& from) {
  Document& document = from.document;
  const SectionView view = document.section("coordination");
  if (view.node() == nullptr) return;
  CoordinationOptions out{.time_percents = view.numbers("time_percents"), .radius_m = view.number("radius_m")};
  const auto& percents = out.time_percents;
  if (percents.empty()) document.add(view.fault("time_percents", "needs one percentage at least"));
  if (std::adjacent_find(percents.begin(), percents.end(), std::less_equal<>()) != percents.end())
    document.add(view.fault("time_percents", "the percentages are not descending"));
  const std::vector<SectionView> places = document.sections("coordination.place");
  for (const SectionView& place : places) read_place(document, place, from.crs, out.places);
  if (places.empty())
    document.add(view.fault("time_percents", "there is nothing to protect: write [[coordination.place]]"));
  options = std::move(out);
}

std::string CoordinationStudy::plan_text(Language language) const {
  return fill(phrases::kCoordinationPlan.in(language),
              {std::to_string(options->places.size()), std::to_string(options->time_percents.size())});
}

void CoordinationStudy::run(const StudyInput& plan, const Studies& /*earlier*/) {
  results = coordination_levels(*options, plan.radio);
  const auto is_missing = [](const CoordinationLevel& level) { return std::isnan(level.inside_dbm); };
  long long missing = 0;
  for (const CoordinationResult& of : results)
    missing += std::count_if(of.levels.begin(), of.levels.end(), is_missing);
  if (missing > 0) {
    plan.warnings.push_back({"coordination_without_level",
                             "levels for coordination that cannot be given: the table says why for each",
                             missing});
  }
}

std::vector<Table> CoordinationStudy::tables(const PlanInput& input, const PlanResult& result) const {
  const Crs crs = Crs::from_text(input.world.crs_id);
  Table about{.name = "coordination_model",
              .meaning = "How the levels for coordination were computed",
              .columns = {text_column("model", "propagation model"),
                          real_column("radius_m", "m", "sectors farther away count for nothing")},
              .rows = {{std::string("p452"), options->radius_m}},
              .outputs = {.json = "coordination", .single = true, .csv = false}};
  Table levels{
      .name = "coordination",
      .meaning = "Level of the whole plan at protected areas and stations, by percentages of time",
      .columns = {text_column("name", "protected area or station"), text_column("kind", "area or station"),
                  real_column("rx_agl_m", "m", "height of the antenna to be protected"),
                  real_column("time_percent", "percent", "of an average year, during which it is exceeded"),
                  real_column("border_dbm", "dBm", "highest level on the border", 2),
                  real_column("inside_dbm", "dBm", "highest level inside; of a station its level", 2),
                  real_column("lon_deg", "degrees_east", "longitude of the highest", 6),
                  real_column("lat_deg", "degrees_north", "latitude of the highest", 6),
                  real_column("limit_dbm", "dBm", "level that must not be exceeded"),
                  real_column("excess_db", "dB", "level over the limit", 2),
                  text_column("strongest", "main sector, site / sector"),
                  text_column("missing", "why there is no level: beyond_radius, no_ground, behind_void"),
                  flag_column("exact", "by a profile for each point; 0: from a map, for a large area"),
                  integer_column("cells", "1", "cells of the area, inside the plan"),
                  integer_column("cells_outside_plan", "1", "outside the plan: not looked at")},
      .outputs = {.json = "coordination.levels"}};
  for (std::size_t i = 0; i < results.size(); ++i) {
    const ProtectedPlace& place = options->places[i];
    const CoordinationResult& found = results[i];
    for (const CoordinationLevel& level : found.levels) {
      const bool any = level.strongest >= 0;
      const LonLat at = any ? crs.to_lonlat(level.inside_at) : LonLat{};
      levels.add(Geometry(any ? level.inside_at : place.at),
                 {place.name, std::string(place.area.parts.empty() ? "station" : "area"), place.rx_agl_m,
                  level.time_percent, finite(level.border_dbm), finite(level.inside_dbm),
                  any ? Attribute(at.lon_deg) : Attribute{}, any ? Attribute(at.lat_deg) : Attribute{},
                  place.limit_dbm ? Attribute(*place.limit_dbm) : Attribute{}, finite(excess_db(place, level)),
                  sector_name(input, result, level.strongest),
                  std::string(kMissing[static_cast<std::size_t>(level.missing)]), amaneku::flag(found.exact),
                  count(found.cells), count(found.cells_outside)});
    }
  }
  return {std::move(about), std::move(levels)};
}

}  // namespace amaneku::scenarios
