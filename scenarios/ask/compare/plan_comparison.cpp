#include "scenarios/ask/compare/plan_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr double kKm2PerM2 = 1e-6;

/// What is kept of a plan, not how it was planned.
constexpr std::array<const char*, 1> kUnimportantSettings = {"path_loss_stored"};

std::vector<ValueChange> differences(const std::map<std::string, std::string>& before,
                                     const std::map<std::string, std::string>& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : before) keys.insert(key);
  for (const auto& [key, value] : after) keys.insert(key);
  const auto value_of = [](const std::map<std::string, std::string>& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string{} : found->second;
  };
  std::vector<ValueChange> out;
  for (const std::string& key : keys) {
    const bool unimportant =
        std::find(kUnimportantSettings.begin(), kUnimportantSettings.end(), key) != kUnimportantSettings.end();
    std::string from = value_of(before, key);
    std::string to = value_of(after, key);
    if (!unimportant && from != to) out.push_back({key, std::move(from), std::move(to)});
  }
  return out;
}

std::vector<TargetRow> target_rows(const std::vector<ComparedPlan>& plans) {
  std::vector<TargetRow> rows;
  std::map<std::string, std::size_t> index;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    const StoredTable& table = plans[p].table("targets");
    for (std::size_t i = 0; i < table.rows; ++i) {
      const auto [found, fresh] = index.emplace(table.text("id", i), rows.size());
      if (fresh) {
        const double year = table.number("fiscal_year", i);
        rows.push_back({.id = found->first,
                        .required = table.number("required", i),
                        .comparison = table.text("comparison", i),
                        .unit = table.text("unit", i),
                        .fiscal_year = year > 0.0 && year < 1e4 ? static_cast<int>(year) : 0,
                        .actual = std::vector<double>(plans.size(), std::nan("")),
                        .status = std::vector<std::string>(plans.size())});
      }
      rows[found->second].actual[p] = table.number("actual", i);
      rows[found->second].status[p] = table.text("status", i);
    }
  }
  return rows;
}

std::vector<RouteRow> route_rows(const std::vector<ComparedPlan>& plans) {
  std::vector<RouteRow> rows;
  std::map<std::pair<std::string, std::string>, std::size_t> index;
  for (std::size_t p = 0; p < plans.size(); ++p) {
    const StoredTable& table = plans[p].table("routes");
    for (std::size_t i = 0; i < table.rows; ++i) {
      const auto [found, fresh] =
          index.emplace(std::pair(table.text("id", i), table.text("direction", i)), rows.size());
      if (fresh) {
        rows.push_back({.id = found->first.first,
                        .name = table.text("name", i),
                        .direction = found->first.second,
                        .verdict = std::vector<std::string>(plans.size()),
                        .gap_m = std::vector<double>(plans.size(), std::nan(""))});
      }
      rows[found->second].verdict[p] = table.text("verdict", i);
      rows[found->second].gap_m[p] = table.number("gap_m", i);
    }
  }
  return rows;
}

MapObstacle obstacle_between(const StoredPlan& before, const StoredPlan& after) {
  if (before.crs_id != after.crs_id) return MapObstacle::other_crs;
  return before.grid == after.grid ? MapObstacle::none : MapObstacle::other_grid;
}

std::string grid_text(const Grid& grid) {
  return fmt::format("{} x {}, {:g} m", grid.nx, grid.ny, grid.cell_m);
}

/// "A: X, B: Y".
std::string both(const ComparedPlan& a, const std::string& x, const ComparedPlan& b, const std::string& y) {
  return fmt::format("{}: {}, {}: {}", a.letter, x, b.letter, y);
}

/// A value and how it is called.
struct Named {
  const char* key;
  const Phrase& name;
};

class Warnings {
 public:
  explicit Warnings(PlanComparison& comparison) : comparison_(comparison) {}

  void of(const PlanChange& change) {
    const ComparedPlan& a = comparison_.plans.front();
    const ComparedPlan& b = comparison_.plans[change.plan];
    map(change, a, b);
    covered(a, b);
    if (!change.population.whole()) {
      const Both& left = change.population.left_out;
      add("population_differs", compared::kPeopleDiffer, a, b,
          both(a, figure(left.before), b, figure(left.after)));
    }
    prices(a, b);
    if (a.stored.program_version != b.stored.program_version) {
      add("versions_differ", compared::kVersionsDiffer, a, b,
          both(a, a.stored.program_version, b, b.stored.program_version));
    }
  }

 private:
  template <class Details>
  void add(const char* id, const Phrase& text, const ComparedPlan& a, const ComparedPlan& b,
           const Details& details) {
    const auto in = [&](Language language) {
      std::string words;
      if constexpr (std::is_invocable_v<Details, Language>) {
        words = details(language);
      } else {
        words = details;
      }
      return fill(text.in(language), {b.letter, a.letter, words});
    };
    comparison_.warnings.push_back({.id = id, .english = in(Language::en), .japanese = in(Language::ja)});
  }
  void map(const PlanChange& change, const ComparedPlan& a, const ComparedPlan& b) {
    if (change.obstacle == MapObstacle::other_crs) {
      add("crs_differs", compared::kNoMapCrs, a, b, both(a, a.stored.crs_id, b, b.stored.crs_id));
    } else if (change.obstacle == MapObstacle::other_grid) {
      add("grid_differs", compared::kNoMapGrid, a, b,
          both(a, grid_text(a.stored.grid), b, grid_text(b.stored.grid)));
    }
  }
  void covered(const ComparedPlan& a, const ComparedPlan& b) {
    const std::array<Named, 4> settings = {{{"threshold_dbm", compared::kThresholdName},
                                            {"rx_agl_m", compared::kReceiverHeightName},
                                            {"body_loss_db", compared::kBodyLossName},
                                            {"building_loss_db", compared::kBuildingLossName}}};
    differing("covered_differs", compared::kCoveredDiffers, {a, b}, settings,
              [](const ComparedPlan& plan, const char* key) { return plan.setting(key); });
  }
  void prices(const ComparedPlan& a, const ComparedPlan& b) {
    if (a.table("costs").rows == 0 || b.table("costs").rows == 0) return;
    const std::array<Named, 4> rates = {{{"year", compared::kPriceYearName},
                                         {"years", compared::kYearsName},
                                         {"discount_rate", compared::kDiscountName},
                                         {"inflation", compared::kInflationName}}};
    differing("prices_differ", compared::kPricesDiffer, {a, b}, rates,
              [](const ComparedPlan& plan, const char* key) { return plan.table("costs").number(key, 0); });
  }

  struct Pair {
    const ComparedPlan& a;
    const ComparedPlan& b;
  };
  /// A warning that names each of the values in which the plans differ.
  template <class Value>
  void differing(const char* id, const Phrase& text, const Pair& plans, const std::array<Named, 4>& names,
                 const Value& value) {
    const auto words = [&](Language language) {
      std::string out;
      for (const Named& named : names) {
        const double from = value(plans.a, named.key);
        const double to = value(plans.b, named.key);
        if (from == to || (std::isnan(from) && std::isnan(to))) continue;
        out += out.empty() ? "" : language == Language::ja ? "、" : "; ";
        out += fill(named.name.in(language), {fmt::format("{:g}", from), fmt::format("{:g}", to)});
      }
      return out;
    };
    if (!words(Language::en).empty()) add(id, text, plans.a, plans.b, words);
  }

  PlanComparison& comparison_;
};

PlanChange change_of(const ComparedPlan& before, const ComparedPlan& after) {
  return {.population = population_change(before, after),
          .sites = site_changes(before, after),
          .settings = differences(before.settings, after.settings),
          .inputs = differences(before.stored.input_sha256, after.stored.input_sha256),
          .obstacle = obstacle_between(before.stored, after.stored)};
}

}  // namespace

ChangeMap change_map(const Raster<float>& before_dbm, const Raster<float>& after_dbm,
                     const Raster<float>& ground_asl_m, Both threshold_dbm) {
  const Grid& grid = before_dbm.grid;
  ChangeMap out{.classes = {grid, static_cast<std::uint8_t>(CellChange::no_ground)},
                .difference_db = {grid, kNoData}};
  std::array<std::size_t, 4> cells{};
  for (std::size_t i = 0; i < grid.cells(); ++i) {
    const float before = before_dbm.values[i];
    const float after = after_dbm.values[i];
    out.difference_db.values[i] = after - before;
    if (std::isnan(ground_asl_m.values[i])) continue;
    const bool was = static_cast<double>(before) >= threshold_dbm.before;
    const bool is = static_cast<double>(after) >= threshold_dbm.after;
    const CellChange change =
        was ? (is ? CellChange::kept : CellChange::lost) : (is ? CellChange::won : CellChange::neither);
    out.classes.values[i] = static_cast<std::uint8_t>(change);
    ++cells[static_cast<std::size_t>(change)];
  }
  const double cell_km2 = kKm2PerM2 * grid.cell_m * grid.cell_m;
  std::transform(cells.begin(), cells.end(), out.km2.begin(),
                 [&](std::size_t n) { return static_cast<double>(n) * cell_km2; });
  return out;
}

std::string plan_letter(std::size_t i) {
  return std::string(1, static_cast<char>('A' + static_cast<char>(i)));
}

PlanComparison compare_plans(std::vector<ComparedPlan> plans) {
  PlanComparison out{.figures = figures_of(plans), .targets = target_rows(plans), .routes = route_rows(plans)};
  for (std::size_t i = 1; i < plans.size(); ++i) {
    out.changes.push_back(change_of(plans.front(), plans[i]));
    out.changes.back().plan = i;
  }
  out.plans = std::move(plans);
  Warnings warnings(out);
  for (const PlanChange& change : out.changes) warnings.of(change);
  return out;
}

PlanComparison compare_results(const std::vector<fs::path>& folders) {
  if (folders.size() < 2 || folders.size() > kMostComparedPlans) {
    throw InputError(Fault{.message = "so many folders cannot be compared",
                           .key = "DIR",
                           .value = fmt::format("{}", folders.size()),
                           .legal = fmt::format("2 .. {}", kMostComparedPlans)});
  }
  std::vector<ComparedPlan> plans;
  std::vector<Fault> faults;
  for (std::size_t i = 0; i < folders.size(); ++i) {
    try {
      plans.push_back(read_compared_plan(folders[i], plan_letter(i)));
    } catch (const InputError& error) {
      faults.insert(faults.end(), error.faults().begin(), error.faults().end());
    }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  PlanComparison out = compare_plans(std::move(plans));
  add_change_maps(out);
  return out;
}

void add_change_maps(PlanComparison& out) {
  const ComparedPlan& first = out.plans.front();
  const bool any = std::any_of(out.changes.begin(), out.changes.end(),
                               [](const PlanChange& change) { return change.obstacle == MapObstacle::none; });
  if (!any) return;
  const Raster<float> before_dbm = rsrp_of(first);
  const Raster<float> ground_asl_m = ground_of(first);
  for (PlanChange& change : out.changes) {
    if (change.obstacle != MapObstacle::none) continue;
    const ComparedPlan& other = out.plans[change.plan];
    change.map = change_map(before_dbm, rsrp_of(other), ground_asl_m,
                            {first.setting("threshold_dbm"), other.setting("threshold_dbm")});
  }
}

}  // namespace amaneku::scenarios
