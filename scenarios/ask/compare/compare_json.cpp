#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/ask/compare/plan_comparison.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(double value) {
  return std::isfinite(value) ? Json(value) : Json(nullptr);
}

/// {key: value}, of a figure with parts {key: {part: value}}.
template <class Value>
Json figures_json(const std::vector<ComparedFigure>& figures, const Value& value) {
  Json out = Json::object();
  for (const ComparedFigure& figure : figures) {
    Json& at = figure.part.empty() ? out[figure.key] : out[figure.key][figure.part];
    at = or_null(value(figure));
  }
  return out;
}

Json grid_json(const Grid& grid) {
  return {{"west_m", grid.west_m},
          {"north_m", grid.north_m},
          {"cell_m", grid.cell_m},
          {"nx", grid.nx},
          {"ny", grid.ny}};
}

Json plan_json(const PlanComparison& comparison, std::size_t i) {
  const ComparedPlan& plan = comparison.plans[i];
  return {{"plan", plan.letter},
          {"folder", plan.folder.string()},
          {"scenario", plan.stored.title},
          {"program_version", plan.stored.program_version},
          {"synthetic", plan.stored.synthetic},
          {"crs", plan.stored.crs_id},
          {"grid", grid_json(plan.stored.grid)},
          {"threshold_dbm", or_null(plan.setting("threshold_dbm"))},
          {"rx_agl_m", or_null(plan.setting("rx_agl_m"))},
          {"figures", figures_json(comparison.figures, [i](const ComparedFigure& f) { return f.values[i]; })}};
}

Json people_json(const PopulationChange& population) {
  Json municipalities = Json::array();
  for (const MunicipalityChange& m : population.municipalities) {
    municipalities.push_back({{"code", m.code},
                              {"name", m.name},
                              {"population_in_plan_before", or_null(m.in_plan.before)},
                              {"population_in_plan_after", or_null(m.in_plan.after)},
                              {"population_covered_before", or_null(m.covered.before)},
                              {"population_covered_after", or_null(m.covered.after)},
                              {"population_won", or_null(m.people.won)},
                              {"population_lost", or_null(m.people.lost)},
                              {"population_net", or_null(m.people.net())}});
  }
  return {{"population_won", or_null(population.all.won)},
          {"population_lost", or_null(population.all.lost)},
          {"population_net", or_null(population.all.net())},
          {"units_compared", population.units},
          {"population_compared", or_null(population.people)},
          {"population_left_out_before", or_null(population.left_out.before)},
          {"population_left_out_after", or_null(population.left_out.after)},
          {"municipalities", municipalities}};
}

Json values_json(const std::vector<ValueChange>& values) {
  Json out = Json::array();
  const auto or_none = [](const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); };
  for (const ValueChange& value : values)
    out.push_back({{"key", value.key}, {"before", or_none(value.before)}, {"after", or_none(value.after)}});
  return out;
}

Json sites_json(const std::vector<SiteChange>& sites) {
  Json out = {{"added", Json::array()}, {"removed", Json::array()}, {"changed", Json::array()}};
  for (const SiteChange& site : sites) {
    const char* kind = site.kind == SiteChange::Kind::added     ? "added"
                       : site.kind == SiteChange::Kind::removed ? "removed"
                                                                : "changed";
    out[kind].push_back({{"id", site.id}, {"name", site.name}, {"values", values_json(site.values)}});
  }
  return out;
}

Json map_json(const PlanComparison& comparison, const PlanChange& change) {
  Json out = {{"compared", change.map.has_value()}};
  if (!change.map) {
    out["reason"] = change.obstacle == MapObstacle::other_crs ? "other_crs" : "other_grid";
    return out;
  }
  const auto& km2 = change.map->km2;
  out["area_won_km2"] = km2[static_cast<std::size_t>(CellChange::won)];
  out["area_lost_km2"] = km2[static_cast<std::size_t>(CellChange::lost)];
  out["area_kept_km2"] = km2[static_cast<std::size_t>(CellChange::kept)];
  out["area_neither_km2"] = km2[static_cast<std::size_t>(CellChange::neither)];
  const std::string letter = comparison.plans[change.plan].letter;
  out["change_file"] = change_map_name(letter) + ".tif";
  out["difference_file"] = difference_map_name(letter) + ".tif";
  return out;
}

Json targets_json(const PlanComparison& comparison) {
  Json out = Json::array();
  for (const TargetRow& row : comparison.targets) {
    Json plans = Json::object();
    for (std::size_t i = 0; i < comparison.plans.size(); ++i) {
      const Json status = row.status[i].empty() ? Json(nullptr) : Json(row.status[i]);
      plans[comparison.plans[i].letter] = {{"actual", or_null(row.actual[i])}, {"status", status}};
    }
    out.push_back({{"id", row.id},
                   {"comparison", row.comparison},
                   {"required", or_null(row.required)},
                   {"unit", row.unit},
                   {"fiscal_year", row.fiscal_year},
                   {"plans", plans}});
  }
  return out;
}

Json routes_json(const PlanComparison& comparison) {
  Json out = Json::array();
  for (const RouteRow& row : comparison.routes) {
    Json plans = Json::object();
    for (std::size_t i = 0; i < comparison.plans.size(); ++i) {
      const Json verdict = row.verdict[i].empty() ? Json(nullptr) : Json(row.verdict[i]);
      plans[comparison.plans[i].letter] = {{"verdict", verdict}, {"gap_m", or_null(row.gap_m[i])}};
    }
    out.push_back({{"id", row.id}, {"name", row.name}, {"direction", row.direction}, {"plans", plans}});
  }
  return out;
}

}  // namespace

std::string comparison_json(const PlanComparison& comparison) {
  Json plans = Json::array();
  for (std::size_t i = 0; i < comparison.plans.size(); ++i) plans.push_back(plan_json(comparison, i));
  Json changes = Json::array();
  for (const PlanChange& change : comparison.changes) {
    const std::size_t i = change.plan;
    changes.push_back(
        {{"before", comparison.plans.front().letter},
         {"after", comparison.plans[i].letter},
         {"population", people_json(change.population)},
         {"figures_difference",
          figures_json(comparison.figures, [i](const ComparedFigure& f) { return f.difference(i); })},
         {"map", map_json(comparison, change)},
         {"sites", sites_json(change.sites)},
         {"settings", values_json(change.settings)},
         {"input_sha256", values_json(change.inputs)}});
  }
  Json told = Json::array();
  for (const ComparedWarning& warning : comparison.warnings)
    told.push_back({{"id", warning.id}, {"message", warning.english}});
  const Json out = {{"schema", kCompareSchema},
                    {"program", {{"version", program_version()}, {"git_revision", git_revision()}}},
                    {"plans", plans},
                    {"changes", changes},
                    {"targets", targets_json(comparison)},
                    {"routes", routes_json(comparison)},
                    {"warnings", told}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace amaneku::scenarios
