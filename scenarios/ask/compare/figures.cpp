#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/ask/compare/plan_comparison.hpp"
#include "scenarios/report/map_svg.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// A figure as the list below states it.
struct FigureKind {
  const char* key;
  const Phrase* label;
  int decimals;
};

/// The rows of a table by the word in a column; the first where one comes twice.
std::map<std::string, std::size_t> rows_by(const StoredTable& table, std::string_view column) {
  std::map<std::string, std::size_t> out;
  for (std::size_t i = 0; i < table.rows; ++i) out.emplace(table.text(column, i), i);
  return out;
}

double population(const ComparedPlan& plan, std::string_view column) {
  const StoredTable& table = plan.table("population_total");
  for (std::size_t i = 0; i < table.rows; ++i) {
    if (table.text("part", i) == "all") return table.number(column, i);
  }
  return kNone;
}

std::size_t count_where(const StoredTable& table, std::string_view column, std::string_view word) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < table.rows; ++i) {
    if (table.text(column, i) == word) ++n;
  }
  return n;
}

double percent_of_parts(double part, double whole) {
  return whole > 0.0 ? 100.0 * part / whole : kNone;
}

/// A table of one row a part, of every plan.
class PartTable {
 public:
  PartTable(const std::vector<ComparedPlan>& plans, std::string_view table, std::string_view part)
      : table_(table) {
    for (const ComparedPlan& plan : plans) rows_.emplace(plan.letter, rows_by(plan.table(table), part));
  }
  /// NaN where the plan has no such part.
  [[nodiscard]] double number(const ComparedPlan& plan, const std::string& part, std::string_view column) const {
    const auto& rows = rows_.at(plan.letter);
    const auto found = rows.find(part);
    return found == rows.end() ? kNone : plan.table(table_).number(column, found->second);
  }

 private:
  std::string_view table_;
  std::map<std::string, std::map<std::string, std::size_t>> rows_{};
};

class Figures {
 public:
  explicit Figures(const std::vector<ComparedPlan>& plans) : plans_(plans) {}

  /// `value(plan)` of every plan; left out where none has it.
  template <class Value>
  void add(ComparedFigure figure, const Value& value) {
    figure.group = group_;
    for (const ComparedPlan& plan : plans_) figure.values.push_back(value(plan));
    const bool any =
        std::any_of(figure.values.begin(), figure.values.end(), [](double v) { return !std::isnan(v); });
    if (any) figures_.push_back(std::move(figure));
  }

  void people() {
    group_ = &compared::kGroupPeople;
    const auto has_people = [](const ComparedPlan& plan) { return population(plan, "population") > 0.0; };
    add({.key = "population_in_plan", .label = &compared::kPopulationInPlan}, [&](const ComparedPlan& plan) {
      return has_people(plan) ? population(plan, "population_in_plan") : kNone;
    });
    add({.key = "population_covered", .label = &compared::kPopulationCovered}, [&](const ComparedPlan& plan) {
      return has_people(plan) ? population(plan, "population_covered") : kNone;
    });
    add({.key = "population_coverage_percent",
         .label = &compared::kPopulationPercent,
         .unit = FigureUnit::percent,
         .decimals = 1},
        [](const ComparedPlan& plan) { return population(plan, "coverage_percent"); });
    add({.key = "people_served_percent",
         .label = &compared::kServedPercent,
         .unit = FigureUnit::percent,
         .decimals = 1},
        [](const ComparedPlan& plan) { return of_summary(plan, "service.people.served_percent"); });
    add({.key = "dl_p50_mbps", .label = &compared::kDownlink, .decimals = 1},
        [](const ComparedPlan& plan) { return of_summary(plan, "service.people.dl.p50_mbps"); });
    add({.key = "ul_p50_mbps", .label = &compared::kUplink, .decimals = 1},
        [](const ComparedPlan& plan) { return of_summary(plan, "service.people.ul.p50_mbps"); });
  }

  void area() {
    group_ = &compared::kGroupArea;
    const auto of = [](const ComparedPlan& plan, std::string_view column) {
      return plan.table("area_total").number(column, 0);
    };
    add({.key = "area_covered_km2", .label = &compared::kAreaCovered, .decimals = 1},
        [&](const ComparedPlan& plan) { return of(plan, "area_covered_km2"); });
    add({.key = "area_coverage_percent",
         .label = &compared::kAreaPercent,
         .unit = FigureUnit::percent,
         .decimals = 1},
        [&](const ComparedPlan& plan) {
          return percent_of_parts(of(plan, "area_covered_km2"), of(plan, "area_in_plan_km2"));
        });
  }

  void roads() {
    group_ = &compared::kGroupRoads;
    std::vector<std::string> classes = words("road_classes", "class");
    std::stable_sort(classes.begin(), classes.end(),
                     [](const std::string& a, const std::string& b) { return road_rank(a) < road_rank(b); });
    const PartTable table(plans_, "road_classes", "class");
    for (const std::string& road_class : classes) {
      const auto of = [&](const ComparedPlan& plan, std::string_view column) {
        return table.number(plan, road_class, column);
      };
      add({.key = "road_covered_km", .part = road_class, .label = &compared::kRoadCovered, .decimals = 1},
          [&](const ComparedPlan& plan) { return of(plan, "covered_km"); });
      add({.key = "road_coverage_percent",
           .part = road_class,
           .label = &compared::kRoadPercent,
           .unit = FigureUnit::percent,
           .decimals = 1},
          [&](const ComparedPlan& plan) { return of(plan, "coverage_percent"); });
    }
  }

  void network() {
    group_ = &compared::kGroupNetwork;
    add({.key = "sites", .label = &compared::kSitesPlanned}, [](const ComparedPlan& plan) {
      return static_cast<double>(count_where(plan.table("sites"), "status", "existing"));
    });
    add({.key = "sectors", .label = &compared::kSectorsPlanned},
        [](const ComparedPlan& plan) { return static_cast<double>(plan.table("sectors").rows); });
    const PartTable table(plans_, "place_kinds", "kind");
    for (const std::string& kind : words("place_kinds", "kind")) {
      add({.key = "places_served", .part = kind, .label = &compared::kPlacesServed},
          [&](const ComparedPlan& plan) { return table.number(plan, kind, "served"); });
    }
  }

  void verdicts() {
    group_ = &compared::kGroupVerdicts;
    const auto count = [](const char* table, const char* column, const char* word) {
      return [=](const ComparedPlan& plan) {
        const StoredTable& rows = plan.table(table);
        return rows.rows == 0 ? kNone : static_cast<double>(count_where(rows, column, word));
      };
    };
    add({.key = "targets_met", .label = &compared::kTargetsMet}, count("targets", "status", "met"));
    add({.key = "targets_missed", .label = &compared::kTargetsMissed}, count("targets", "status", "missed"));
    add({.key = "routes_met", .label = &compared::kRoutesMet}, count("routes", "verdict", "met"));
    add({.key = "routes_gap_m", .label = &compared::kRouteGap}, [](const ComparedPlan& plan) {
      const StoredTable& routes = plan.table("routes");
      double sum_m = routes.rows == 0 ? kNone : 0.0;
      for (std::size_t i = 0; i < routes.rows; ++i) sum_m += routes.number("gap_m", i);
      return sum_m;
    });
  }

  void money() {
    group_ = &compared::kGroupCosts;
    constexpr std::array<FigureKind, 10> kCosts = {{
        {"capex_jpy", &compared::kCapex, 0},
        {"opex_jpy_per_year", &compared::kOpex, 0},
        {"total_cost_jpy", &compared::kTotalCost, 0},
        {"net_present_value_jpy", &compared::kPresentValue, 0},
        {"national_jpy", &compared::kNation, 0},
        {"prefecture_jpy", &compared::kPrefecture, 0},
        {"municipality_jpy", &compared::kMunicipality, 0},
        {"operator_jpy", &compared::kOperator, 0},
        {"prefecture_after_bonds_jpy", &compared::kPrefectureAfterBonds, 0},
        {"municipality_after_bonds_jpy", &compared::kMunicipalityAfterBonds, 0},
    }};
    for (const FigureKind& kind : kCosts) {
      add({.key = kind.key, .label = kind.label},
          [&](const ComparedPlan& plan) { return plan.table("costs").number(kind.key, 0); });
    }
  }

  void backhaul() {
    group_ = &compared::kGroupBackhaul;
    constexpr std::array<FigureKind, 9> kKinds = {{
        {"fibre_km", &compared::kFibre, 1},
        {"microwave_links", &compared::kMicrowave, 0},
        {"links", &compared::kLinks, 0},
        {"sites_connected", &compared::kConnected, 0},
        {"sites_unreached", &compared::kUnreached, 0},
        {"capex_jpy", &compared::kBackhaulCapex, 0},
        {"opex_jpy_per_year", &compared::kBackhaulOpex, 0},
        {"present_value_jpy", &compared::kBackhaulPresent, 0},
        {"lower_bound_jpy", &compared::kBackhaulBound, 0},
    }};
    for (const FigureKind& kind : kKinds) {
      add({.key = std::string("backhaul_") + kind.key, .label = kind.label, .decimals = kind.decimals},
          [&](const ComparedPlan& plan) { return of_summary(plan, std::string("backhaul.") + kind.key); });
    }
    add({.key = "backhaul_gap_percent",
         .label = &compared::kBackhaulGap,
         .unit = FigureUnit::percent,
         .decimals = 2},
        [](const ComparedPlan& plan) { return of_summary(plan, "backhaul.gap_percent"); });
  }

  [[nodiscard]] std::vector<ComparedFigure> take() { return std::move(figures_); }

 private:
  [[nodiscard]] static double of_summary(const ComparedPlan& plan, std::string_view key) {
    const auto found = plan.summary.find(key);
    return found == plan.summary.end() ? kNone : found->second;
  }
  /// The words of a column of every plan, once each, in the order in which they come.
  [[nodiscard]] std::vector<std::string> words(std::string_view table, std::string_view column) const {
    std::vector<std::string> out;
    std::set<std::string> seen;
    for (const ComparedPlan& plan : plans_) {
      const StoredTable& rows = plan.table(table);
      for (std::size_t i = 0; i < rows.rows; ++i) {
        std::string word = rows.text(column, i);
        if (seen.insert(word).second) out.push_back(std::move(word));
      }
    }
    return out;
  }

  const std::vector<ComparedPlan>& plans_;
  const Phrase* group_ = &compared::kGroupPeople;
  std::vector<ComparedFigure> figures_{};
};

}  // namespace

std::vector<ComparedFigure> figures_of(const std::vector<ComparedPlan>& plans) {
  Figures figures(plans);
  figures.people();
  figures.area();
  figures.roads();
  figures.network();
  figures.verdicts();
  figures.money();
  figures.backhaul();
  return figures.take();
}

}  // namespace amaneku::scenarios
