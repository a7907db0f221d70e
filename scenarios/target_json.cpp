#include "scenarios/target_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/csv_text.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

const char* status(const TargetResult& result) {
  if (!result.actual) return "not_evaluated";
  return result.met ? "met" : "missed";
}

std::string_view kind_word(const TargetPlace& place) {
  return kTargetPlaces[static_cast<std::size_t>(place.kind)];
}

Json place_json(const TargetPlace& place) {
  Json out = {{"kind", kind_word(place)},
              {"id", place.id},
              {"name", place.name},
              {"part", place.part},
              {"lon_deg", place.at_lonlat.lon_deg},
              {"lat_deg", place.at_lonlat.lat_deg}};
  if (place.kind == TargetPlace::Kind::road) {
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
              {"reason", result.reason},
              {"actual_source", result.source_of_actual},
              {"whole", result.whole},
              {"part", result.part},
              {"source", target.source}};
  if (!result.parts.empty()) {
    out["parts"] = parts_json(result.parts);
    out["outside_parts"] = {{"whole", result.outside.whole}, {"part", result.outside.part}};
  }
  if (!result.networks.empty()) out["operators"] = networks_json(result.networks);
  Json places = Json::array();
  for (std::size_t i = 0; i < std::min(result.places.size(), kMostPlaces); ++i)
    places.push_back(place_json(result.places[i]));
  out["places_count"] = result.places.size();
  out["places"] = std::move(places);
  return out;
}

Json definitions_json(const PlanInput& input, const TargetReport& report) {
  const TargetOptions& options = *input.targets;
  return {{"mesh_rule", kMeshRules[static_cast<std::size_t>(options.mesh_rule)]},
          {"mesh_level", options.mesh_level},
          {"threshold_dbm", options.threshold_dbm.value_or(input.statistics.threshold_dbm)},
          {"road", "length of samples served; no official definition was found"},
          {"road_service", options.road_service == RoadService::any ? "any" : "5g"},
          {"vehicle_agl_m", options.vehicle_agl_m.value_or(input.receiver.rx_agl_m)},
          {"in_car_loss_db", options.in_car_loss_db},
          {"whole_country", options.whole_country},
          {"parent_sites", options.parent_sites},
          {"people", report.people},
          {"people_outside_municipalities", report.people_outside_municipalities},
          {"meshes", report.meshes},
          {"fiscal_years", report.fiscal_years}};
}

Json curves_json(const std::vector<TargetCurve>& curves) {
  Json out = Json::array();
  for (const TargetCurve& curve : curves) {
    Json points = Json::array();
    for (const auto& [year, actual] : curve.points) points.push_back({{"fiscal_year", year}, {"actual", actual}});
    out.push_back({{"metric", word(curve.metric)},
                   {"scope", word(curve.scope)},
                   {"operator", curve.network},
                   {"points", std::move(points)}});
  }
  return out;
}

}  // namespace

void add_targets(Json& summary, const PlanInput& input, const PlanResult& result) {
  Json targets = Json::array();
  if (result.targets) {
    for (const TargetResult& of : result.targets->results) targets.push_back(result_json(of));
  }
  summary["targets"] = std::move(targets);
  if (!result.targets) return;
  summary["target_definitions"] = definitions_json(input, *result.targets);
  summary["target_curves"] = curves_json(result.targets->curves);
}

void add_licence(Json& summary, const PlanResult& result) {
  if (!result.licence) return;
  const LicenceAreas& licence = *result.licence;
  Json areas = Json::array();
  for (const LicenceArea& area : licence.areas) {
    areas.push_back({{"kind", kLicenceKinds[static_cast<std::size_t>(area.kind)]},
                     {"land", kLicenceLands[static_cast<std::size_t>(area.land)]},
                     {"site", area.site},
                     {"threshold_dbm", area.threshold_dbm},
                     {"area_m2", area.area_m2}});
  }
  summary["licence"] = {{"model", licence.model},
                        {"rx_agl_m", licence.rx_agl_m},
                        {"sites", licence.sites},
                        {"cut", licence.cut},
                        {"areas", std::move(areas)}};
}

std::string target_gaps_csv(const TargetReport& report) {
  std::string out =
      "target,rank,kind,id,name,part,lon_deg,lat_deg,end_lon_deg,end_lat_deg,people,length_m,gain,gained\n";
  for (const TargetResult& result : report.results) {
    for (std::size_t i = 0; i < result.places.size(); ++i) {
      const TargetPlace& place = result.places[i];
      out += fmt::format("{},{},{},{},{},{},{:.7f},{:.7f},{:.7f},{:.7f},{:.2f},{:.1f},{:.2f},{:.2f}\n",
                         csv_text(result.target.id), i + 1, kind_word(place), csv_text(place.id),
                         csv_text(place.name), csv_text(place.part), place.at_lonlat.lon_deg,
                         place.at_lonlat.lat_deg, place.end_lonlat.lon_deg, place.end_lonlat.lat_deg, place.people,
                         place.length_m, place.gain, place.gained);
    }
  }
  return out;
}

}  // namespace amaneku::scenarios
