// `amaneku compare`: what differs between results of `amaneku run`. The first plan is what the others are held
// against.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/ask/compare/compared_plan.hpp"
#include "scenarios/report/language.hpp"
#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios {

/// Plans are named by a letter.
inline constexpr std::size_t kMostComparedPlans = 8;
/// "A" of the first.
[[nodiscard]] std::string plan_letter(std::size_t i);

/// A value of the first plan and of another.
struct Both {
  double before = 0.0;
  double after = 0.0;
};

/// What a figure is counted in: how it is written and what the difference of two is.
enum class FigureUnit : std::uint8_t { plain, percent };

/// A figure that each plan has, side by side.
struct ComparedFigure {
  std::string key{};      ///< with its unit at the end
  std::string part{};     ///< class of road, kind of place; "": of the whole plan
  const Phrase* group{};  ///< heading under which it stands
  const Phrase* label{};  ///< with the unit; {0} is the part
  FigureUnit unit = FigureUnit::plain;
  int decimals = 0;
  std::vector<double> values{};  ///< [plan] NaN: the plan does not tell

  /// Of plan `i` less the first.
  [[nodiscard]] double difference(std::size_t i) const noexcept { return values[i] - values[0]; }
};

/// People by the unit of population (mesh, area, point) in which they live. A unit counts with the change of its
/// covered share: parts won and lost in the same unit cancel out.
struct PeopleChange {
  double won = 0.0;   ///< covered in the other plan, not in the first
  double lost = 0.0;  ///< covered in the first, not in the other
  [[nodiscard]] double net() const noexcept { return won - lost; }
};

struct MunicipalityChange {
  std::string code{};  ///< "": of no municipality
  std::string name{};
  Both in_plan{};  ///< people
  Both covered{};  ///< people
  PeopleChange people{};
};

/// Units are the same where id and place are (within 1 m) and the same number of people lives there.
struct PopulationChange {
  PeopleChange all{};
  std::vector<MunicipalityChange> municipalities{};  ///< in order of code; of none last
  std::size_t units = 0;                             ///< compared
  double people = 0.0;                               ///< who live in them
  Both left_out{};  ///< people of units that the other plan has not, or with another number
  [[nodiscard]] bool whole() const noexcept { return !(left_out.before > 0.0) && !(left_out.after > 0.0); }
};

/// A value that differs. `before` is of the first plan; empty: none.
struct ValueChange {
  std::string key{};
  std::string before{};
  std::string after{};
};

struct SiteChange {
  enum class Kind : std::uint8_t { added, removed, changed };  ///< to what is planned on
  Kind kind = Kind::changed;
  std::string id{};
  std::string name{};
  /// Of the site, and of its sectors as "1/azimuth_deg"; of a sector of one plan only "1/carrier_hz" from or to
  /// nothing.
  std::vector<ValueChange> values{};
};

struct TargetRow {
  std::string id{};
  double required = 0.0;
  std::string comparison{};  ///< ">=", "==", "<="
  std::string unit{};
  int fiscal_year = 0;
  std::vector<double> actual{};       ///< [plan] NaN: not evaluated, or no such target
  std::vector<std::string> status{};  ///< [plan] "": no such target
};

struct RouteRow {
  std::string id{};
  std::string name{};
  std::string direction{};
  std::vector<std::string> verdict{};  ///< [plan] "": no such route
  std::vector<double> gap_m{};         ///< [plan]
};

/// Values are those of the GeoTIFF.
enum class CellChange : std::uint8_t { neither = 0, kept = 1, won = 2, lost = 3, no_ground = 255 };

/// Cell by cell, by the threshold of each plan.
struct ChangeMap {
  Raster<std::uint8_t> classes{};  ///< CellChange
  Raster<float> difference_db{};   ///< RSRP of the other plan less that of the first; NaN: one has none
  std::array<double, 4> km2{};     ///< [CellChange] of cells with ground
};

/// Why two maps cannot be held against each other.
enum class MapObstacle : std::uint8_t { none, other_crs, other_grid };

/// One plan against the first.
struct PlanChange {
  std::size_t plan = 0;  ///< index into PlanComparison::plans
  PopulationChange population{};
  std::vector<SiteChange> sites{};  ///< added, removed, changed, each in order of the id
  std::vector<ValueChange> settings{};
  std::vector<ValueChange> inputs{};  ///< files by name, SHA-256
  std::optional<ChangeMap> map{};
  MapObstacle obstacle = MapObstacle::none;
};

/// What makes a comparison mean less than it seems to.
struct ComparedWarning {
  std::string id{};
  std::string english{};
  std::string japanese{};

  [[nodiscard]] const std::string& in(Language language) const noexcept {
    return language == Language::ja ? japanese : english;
  }
};

struct PlanComparison {
  std::vector<ComparedPlan> plans{};
  std::vector<ComparedFigure> figures{};
  std::vector<TargetRow> targets{};
  std::vector<RouteRow> routes{};
  std::vector<PlanChange> changes{};  ///< of every plan but the first
  std::vector<ComparedWarning> warnings{};
};

/// InputError with the faults of every folder; also for fewer than two folders or more than kMostComparedPlans.
[[nodiscard]] PlanComparison compare_results(const std::vector<std::filesystem::path>& folders);
/// Without maps.
[[nodiscard]] PlanComparison compare_plans(std::vector<ComparedPlan> plans);
/// Fills the maps of those on the grid of the first.
void add_change_maps(PlanComparison& comparison);

// The parts, each of two plans.
[[nodiscard]] std::vector<ComparedFigure> figures_of(const std::vector<ComparedPlan>& plans);
[[nodiscard]] PopulationChange population_change(const ComparedPlan& before, const ComparedPlan& after);
[[nodiscard]] std::vector<SiteChange> site_changes(const ComparedPlan& before, const ComparedPlan& after);
/// Maps on one grid, `threshold_dbm` of each.
[[nodiscard]] ChangeMap change_map(const Raster<float>& before_dbm, const Raster<float>& after_dbm,
                                   const Raster<float>& ground_asl_m, Both threshold_dbm);

/// For a terminal: figures side by side, then what each plan changes.
[[nodiscard]] std::string comparison_text(const PlanComparison& comparison, Language language);
/// compare.json (docs/compare.md).
[[nodiscard]] std::string comparison_json(const PlanComparison& comparison);
/// What the second of two plans, this run, changes of the first, the run before: a section of the report, with
/// what differs only.
[[nodiscard]] std::string changes_section(const PlanComparison& comparison, Language language);
/// compare.html: one self-contained page.
[[nodiscard]] std::string comparison_html(const PlanComparison& comparison, Language language);

}  // namespace amaneku::scenarios
