#include "scenarios/studies/targets/targets_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/tables/csv_text.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

/// Entries of a target's gaps in summary.json; the table target_gaps has all.
constexpr std::size_t kMostGaps = 20;

const char* status(const TargetResult& result) {
  if (!result.actual) return "not_evaluated";
  if (result.met) return "met";
  return result.past ? "past" : "missed";
}

std::string_view kind_word(const TargetGap& place) {
  return kTargetGaps[static_cast<std::size_t>(place.kind)];
}

Json gap_json(const TargetGap& place) {
  Json out = {{"kind", kind_word(place)},
              {"id", place.id},
              {"name", place.name},
              {"part", place.part},
              {"lon_deg", place.at_lonlat.lon_deg},
              {"lat_deg", place.at_lonlat.lat_deg}};
  if (place.kind == TargetGap::Kind::road) {
    out["end_lon_deg"] = place.end_lonlat.lon_deg;
    out["end_lat_deg"] = place.end_lonlat.lat_deg;
    out["length_m"] = place.length_m;
  } else {
    out["people"] = place.people;
  }
  out["gain"] = place.gain;
  out["gained"] = place.gained;
  return out;
}

Json parts_json(const std::vector<TargetPart>& parts) {
  Json out = Json::array();
  for (const TargetPart& part : parts) {
    out.push_back({{"code", part.code},
                   {"name", part.name},
                   {"whole", part.whole},
                   {"part", part.part},
                   {"actual", part.actual},
                   {"met", part.met}});
  }
  return out;
}

Json networks_json(const std::vector<NetworkActual>& networks) {
  Json out = Json::array();
  for (const NetworkActual& network : networks) {
    out.push_back({{"operator", network.network}, {"actual", network.actual}, {"met", network.met}});
  }
  return out;
}

Json result_json(const TargetResult& result) {
  const Target& target = result.target;
  Json out = {{"id", target.id},
              {"metric", word(target.metric)},
              {"scope", word(target.scope)},
              {"comparison", word(target.comparison)},
              {"required", target.value},
              {"unit", target.unit},
              {"fiscal_year", target.fiscal_year},
              {"actual", result.actual ? Json(*result.actual) : Json(nullptr)},
              {"met", result.actual ? Json(result.met) : Json(nullptr)},
              {"status", status(result)},
              {"shortfall", result.actual ? Json(result.shortfall) : Json(nullptr)},
              {"reason", word(result.reason)},
              {"actual_source", result.source_of_actual},
              {"whole", result.whole},
              {"part", result.part},
              {"source", target.source}};
  if (!result.parts.empty()) {
    out["parts"] = parts_json(result.parts);
    out["outside_parts"] = {{"whole", result.outside.whole}, {"part", result.outside.part}};
  }
  if (!result.networks.empty()) out["operators"] = networks_json(result.networks);
  Json gaps = Json::array();
  for (std::size_t i = 0; i < std::min(result.gaps.size(), kMostGaps); ++i)
    gaps.push_back(gap_json(result.gaps[i]));
  out["gaps_count"] = result.gaps.size();
  out["gaps"] = std::move(gaps);
  return out;
}

Json definitions_json(const TargetOptions& options, const PlanInput& input, const TargetReport& report) {
  Json out = {{"mesh_rule", kMeshRules[static_cast<std::size_t>(options.mesh_rule)]},
              {"mesh_rule_source", kMeshRuleSources[static_cast<std::size_t>(options.mesh_rule)]},
              {"as_of_year", options.as_of_year},
              {"mesh_level", options.mesh_level},
              {"threshold_dbm", options.threshold_dbm.value_or(input.statistics.threshold_dbm)},
              {"road", "length of samples served; no official definition was found"},
              {"road_service", options.road_service == RoadService::any ? "any" : "5g"},
              {"vehicle_agl_m", options.vehicle_agl_m.value_or(input.network.receiver.rx_agl_m)},
              {"in_car_loss_db", options.in_car_loss_db},
              {"whole_country", options.whole_country},
              {"parent_sites", options.parent_sites},
              {"people", report.people},
              {"people_outside_municipalities", report.people_outside_municipalities},
              {"meshes", report.meshes},
              {"fiscal_years", report.fiscal_years}};
  if (input.world.existing.given())
    out["already_served"] = kAlreadyServed[static_cast<std::size_t>(options.already_served)];
  return out;
}

Table results_table(const TargetReport& report) {
  Table table{
      .name = "targets",
      .meaning = "Targets and what the plan reaches of them",
      .columns = {text_column("id", "target"), text_column("metric", "what is counted"),
                  text_column("scope", "over what"), text_column("comparison", ">=, == or <="),
                  real_column("required", "1", "value to be reached, in `unit`"),
                  text_column("unit", "of required, actual and shortfall"),
                  integer_column("fiscal_year", "", "at whose end it is to be reached"),
                  real_column("actual", "1", "what the plan reaches"),
                  flag_column("met", "1: reached; none: not evaluated"),
                  text_column("status", "met, missed, past (of the country, its year is over) or not_evaluated"),
                  real_column("shortfall", "1", "what is missing"),
                  text_column("reason", "why it was not evaluated"),
                  text_column("actual_source", "of a value that the user supplied"),
                  real_column("whole", "1", "people, m, meshes, municipalities or stations"),
                  real_column("part", "1", "of them covered"), text_column("source", "document of the target")}};
  for (const TargetResult& of : report.results) {
    const Target& target = of.target;
    const bool known = of.actual.has_value();
    table.add({target.id, std::string(word(target.metric)), std::string(word(target.scope)),
               std::string(word(target.comparison)), target.value, target.unit, std::int64_t{target.fiscal_year},
               known ? Attribute(*of.actual) : Attribute{}, known ? flag(of.met) : Attribute{},
               std::string(status(of)), known ? Attribute(of.shortfall) : Attribute{},
               std::string(word(of.reason)), of.source_of_actual, of.whole, of.part, target.source});
  }
  return table;
}

Table parts_table(const TargetReport& report) {
  Table table{.name = "target_parts",
              .meaning = "Prefectures or municipalities of the targets that hold for each of them",
              .columns = {text_column("target", "target"), text_column("code", "prefecture or municipality"),
                          text_column("name", "name"), real_column("whole", "1", "people"),
                          real_column("part", "1", "of them covered"),
                          real_column("actual", "1", "in the target's unit"), flag_column("met", "1: reached")}};
  for (const TargetResult& of : report.results) {
    for (const TargetPart& part : of.parts)
      table.add({of.target.id, part.code, part.name, part.whole, part.part, part.actual, flag(part.met)});
  }
  return table;
}

Table operators_table(const TargetReport& report) {
  Table table{.name = "target_operators",
              .meaning = "Targets by each operator alone",
              .columns = {text_column("target", "target"), text_column("operator", "operator"),
                          real_column("actual", "1", "in the target's unit"), flag_column("met", "1: reached")}};
  for (const TargetResult& of : report.results) {
    for (const NetworkActual& network : of.networks)
      table.add({of.target.id, network.network, network.actual, flag(network.met)});
  }
  return table;
}

Table curves_table(const TargetReport& report) {
  Table table{.name = "target_curves",
              .meaning = "Metrics of the targets over the fiscal years of a roll-out",
              .columns = {text_column("metric", "what is counted"), text_column("scope", "over what"),
                          text_column("operator", "operator; empty: all laid over one another"),
                          integer_column("fiscal_year", "", "at its end"),
                          real_column("actual", "1", "in the unit of the targets of this metric")},
              .outputs = {.json = "target_curves"}};
  for (const TargetCurve& curve : report.curves) {
    for (const auto& [year, actual] : curve.points)
      table.add({std::string(word(curve.metric)), std::string(word(curve.scope)), curve.network,
                 std::int64_t{year}, actual});
  }
  return table;
}

Table gaps_table(const TargetReport& report) {
  Table table{.name = "target_gaps",
              .meaning = "Meshes, municipalities and road sections that would close the gap of a missed target",
              .columns = {text_column("target", "target"), integer_column("rank", "", "largest first"),
                          text_column("kind", "mesh, mesh_10km, municipality or road"),
                          text_column("id", "mesh code, municipality code or road"), text_column("name", "name"),
                          text_column("part", "prefecture or municipality of the target that it belongs to"),
                          real_column("lon_deg", "degrees_east", "longitude of its centre, or of the start", 7),
                          real_column("lat_deg", "degrees_north", "latitude of its centre, or of the start", 7),
                          real_column("end_lon_deg", "degrees_east", "longitude of the end of a section", 7),
                          real_column("end_lat_deg", "degrees_north", "latitude of the end of a section", 7),
                          real_column("people", "1", "not covered there", 2),
                          real_column("length_m", "m", "of a section", 1),
                          real_column("gain", "1", "people, m, meshes or municipalities", 2),
                          real_column("gained", "1", "with all before it, of its part", 2)}};
  for (const TargetResult& result : report.results) {
    for (std::size_t i = 0; i < result.gaps.size(); ++i) {
      const TargetGap& gap = result.gaps[i];
      table.add(gap.kind == TargetGap::Kind::road ? Geometry(Line{gap.at, gap.end}) : Geometry(gap.at),
                {result.target.id, count(i + 1), std::string(kind_word(gap)), gap.id, gap.name, gap.part,
                 gap.at_lonlat.lon_deg, gap.at_lonlat.lat_deg, gap.end_lonlat.lon_deg, gap.end_lonlat.lat_deg,
                 gap.people, gap.length_m, gap.gain, gap.gained});
    }
  }
  return table;
}

}  // namespace

std::vector<Table> TargetsStudy::tables(const PlanInput& /*input*/, const PlanResult& /*result*/) const {
  return {results_table(report), parts_table(report), operators_table(report), curves_table(report),
          gaps_table(report)};
}

void TargetsStudy::summarize(Json& summary, const PlanInput& input, const PlanResult& /*result*/) const {
  Json targets = Json::array();
  for (const TargetResult& of : report.results) targets.push_back(result_json(of));
  summary["targets"] = std::move(targets);
  summary["target_definitions"] = definitions_json(*options, input, report);
}

}  // namespace amaneku::scenarios
