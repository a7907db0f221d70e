#include "libsim/studies/selection/selection_demand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

#include "libsim/count/coverage_counts.hpp"
#include "libsim/count/line_steps.hpp"
#include "libsim/count/people_cells.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kNever_dbm = std::numeric_limits<double>::infinity();
constexpr double kWholePercent = 100.0;

/// Part of a need at a cell, before cells have numbers as points.
struct Piece {
  std::size_t need;
  std::size_t cell;
  double level_dbm;
  double amount;
};

bool stands_before(const Piece& a, const Piece& b) {
  return std::tie(a.cell, a.level_dbm, a.need) < std::tie(b.cell, b.level_dbm, b.need);
}

class DemandMaker {
 public:
  DemandMaker(const World& world, const StatisticsOptions& statistics, const SelectionOptions& options)
      : world_(world), statistics_(statistics), options_(options) {}

  SelectionDemand run(std::span<const NamedPlace> places) {
    add_people();
    for (const RoadNeed& road : options_.roads) add_roads(road);
    if (options_.every_place) {
      if (places.empty()) refuse("every_place", "needs [[places]]: there are no places");
      for (const NamedPlace& place : places) add_place(place);
    }
    number_points();
    return std::move(out_);
  }

 private:
  [[noreturn]] static void refuse(const char* key, std::string message) {
    throw InputError(Fault{.message = std::move(message), .key = key});
  }

  void add_piece(std::size_t need, std::size_t cell, double level_dbm, double amount) {
    pieces_.push_back({need, cell, level_dbm, amount});
  }

  void add_people() {
    out_.needs.push_back({.kind = SelectionNeed::Kind::population});
    const std::vector<Municipality>& municipalities = world_.boundaries.municipalities;
    const bool each = options_.municipality_percent || !options_.years.empty();  // of years they are told
    for (const Municipality& municipality : municipalities) {
      if (each)
        out_.needs.push_back(
            {.kind = SelectionNeed::Kind::municipality, .id = municipality.code, .name = municipality.name});
    }
    std::vector<Sum> people(out_.needs.size());
    FootprintCells cells(world_.grid());
    for (const PopulationUnit& unit : world_.population.units) {
      const bool assigned = each && unit.municipality >= 0;
      const std::size_t own = assigned ? static_cast<std::size_t>(unit.municipality) + 1 : 0;
      for_each_unit_cell(unit, world_.grid(), cells, [&](std::size_t cell, double share) {
        const double here = unit.people * share;
        if (!(here > 0.0) || world_.existing.at(cell)) return;
        add_piece(0, cell, statistics_.threshold_dbm, here);
        people[0].add(here);
        if (own == 0) return;
        add_piece(own, cell, statistics_.threshold_dbm, here);
        people[own].add(here);
      });
    }
    for (std::size_t i = 0; i < people.size(); ++i) out_.needs[i].whole = people[i].value();
    const bool asked_of_each = options_.municipality_percent.has_value();
    const bool wanted = options_.population_percent || each || options_.most_people;
    if (wanted && !(out_.needs[0].whole > 0.0))
      refuse(asked_of_each ? "municipality_percent" : "population_percent",
             world_.existing.given()
                 ? "nobody inside the plan is without service: all are served already ([[coverage.existing]])"
                 : "there are no people inside the plan: name a file in [[population]]");
    if (asked_of_each && municipalities.empty())
      refuse("municipality_percent", "needs [[boundaries]]: there are no municipalities");
    out_.needs[0].least = options_.population_percent.value_or(0.0) / kWholePercent * out_.needs[0].whole;
    for (std::size_t i = 1; asked_of_each && i < people.size(); ++i)
      out_.needs[i].least = *options_.municipality_percent / kWholePercent * out_.needs[i].whole;
  }

  void add_roads(const RoadNeed& asked) {
    const std::size_t index = out_.needs.size();
    SelectionNeed need{.kind = SelectionNeed::Kind::road, .id = asked.road_class};
    Sum whole;
    Sum given;
    Sum in_tunnels;
    std::set<std::string> classes;
    for (const Road& road : world_.roads.roads) {
      classes.insert(road.road_class);
      if (road.road_class != asked.road_class) continue;
      walk_line(road.line, statistics_.road_step_m, [&](Point p, double length_m) {
        const std::size_t cell = cell_holding(world_.grid(), p);
        if (cell == kNoCell || world_.existing.at(cell)) return;
        whole.add(length_m);
        if (road.counts(false)) return given.add(length_m);
        if (!road.counts(true)) in_tunnels.add(length_m);
        add_piece(index, cell, road.counts(true) ? statistics_.threshold_dbm : kNever_dbm, length_m);
      });
    }
    need.whole = whole.value();
    need.given = given.value();
    need.in_tunnels = in_tunnels.value();
    need.least = asked.percent / kWholePercent * need.whole;
    if (!(need.whole > 0.0)) {
      std::string known;
      for (const std::string& one : classes) known += (known.empty() ? "" : ", ") + one;
      const bool served = classes.count(asked.road_class) > 0 && world_.existing.given();
      throw InputError(Fault{.message = served
                                            ? "all roads of this class are served already ([[coverage.existing]])"
                                            : "the plan has no road of this class",
                             .key = "roads." + asked.road_class,
                             .value = asked.road_class,
                             .legal = known.empty() ? "[[roads]]" : known});
    }
    out_.needs.push_back(std::move(need));
  }

  /// By the cells of its area, as serve_places() counts them.
  void add_place(const NamedPlace& place) {
    const std::size_t index = out_.needs.size();
    const Grid& grid = world_.grid();
    long long all = 0;
    FootprintCells footprint(grid);
    footprint.for_each_run(place.area, [&](const CellRun& run) {
      const long long length = std::max(0LL, run.end - run.begin);
      all += length;
      for_each_plan_cell(grid, run, [&](std::size_t cell) { add_piece(index, cell, place.need.level_dbm, 1.0); });
    });
    if (all == 0) {
      all = 1;
      const std::size_t cell = cell_holding(grid, place.at);
      if (cell != kNoCell) add_piece(index, cell, place.need.level_dbm, 1.0);
    }
    SelectionNeed need{.kind = SelectionNeed::Kind::place,
                       .id = place.kind,
                       .name = place.name,
                       .whole = static_cast<double>(all)};
    need.least = 1.0;
    while (need.least < need.whole && need.least / need.whole < place.need.area_share) need.least += 1.0;
    out_.needs.push_back(std::move(need));
  }

  void number_points() {
    std::stable_sort(pieces_.begin(), pieces_.end(), stands_before);
    for (const Piece& piece : pieces_) {
      const bool same = !out_.points.empty() && out_.points.back().cell == piece.cell &&
                        out_.points.back().level_dbm == piece.level_dbm;
      if (!same) out_.points.push_back({piece.cell, piece.level_dbm});
      const auto point = static_cast<std::uint32_t>(out_.points.size() - 1);
      SelectionNeed& need = out_.needs[piece.need];
      if (need.points.empty() || need.points.back() != point) {
        need.points.push_back(point);
        need.amounts.push_back(0.0);
      }
      need.amounts.back() += piece.amount;
    }
    pieces_.clear();
  }

  const World& world_;
  const StatisticsOptions& statistics_;
  const SelectionOptions& options_;
  std::vector<Piece> pieces_{};
  SelectionDemand out_{};
};

}  // namespace

SelectionDemand selection_demand(const World& world, const StatisticsOptions& statistics,
                                 std::span<const NamedPlace> places, const SelectionOptions& options) {
  return DemandMaker(world, statistics, options).run(places);
}

}  // namespace amaneku
