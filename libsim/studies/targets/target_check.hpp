// A plan held against targets: what is reached, by how much it is missed, and which places would close the gap.
// docs/methods/targets.md says how every metric is counted.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "libsim/input/network.hpp"
#include "libsim/studies/targets/target_cells.hpp"
#include "libsim/studies/targets/target_rules.hpp"
#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/people/boundaries.hpp"
#include "terrain/people/roads.hpp"

namespace amaneku {

/// The actual value of a target that a plan cannot tell, from the user.
struct SuppliedActual {
  std::string id{};  ///< Target::id
  double value = 0.0;
  std::string source{};
};

/// Which sectors serve a road.
enum class RoadService : std::uint8_t { any, only_5g };

/// What targets make of people and roads that are served already (World::existing).
enum class AlreadyServed : std::uint8_t {
  left_out,  ///< they do not count: the target is held against the rest, and what the plan covers of it
  reached    ///< they count as covered, beside those whom the plan covers
};
inline constexpr std::array<std::string_view, 2> kAlreadyServed = {"left_out", "reached"};  ///< [AlreadyServed]

struct TargetOptions {
  std::vector<Target> targets{};  ///< targets to be checked, and published values to be shown beside them
  MeshRule mesh_rule = MeshRule::half;
  int mesh_level = 4;                     ///< of the people's meshes; 0: as they were read
  std::optional<double> threshold_dbm{};  ///< none: that of the coverage
  std::optional<double> vehicle_agl_m{};  ///< height of the antenna on roads; none: that of the receiver
  double in_car_loss_db = 0.0;            ///< 0: antenna outside the car
  RoadService road_service = RoadService::any;
  /// Beginnings of RadioTechnology::id that count as 5G and as 4G; empty: those whose generation says so.
  std::vector<std::string> technologies_5g{};
  std::vector<std::string> technologies_4g{};
  std::vector<std::string> parent_sites{};  ///< Site::id; empty: every site with a 5G sector is a parent station
  AlreadyServed already_served = AlreadyServed::left_out;
  bool whole_country = false;  ///< the plan is the country: its counts are national
  std::vector<SuppliedActual> supplied{};
  std::vector<int> fiscal_years{};  ///< further ones for the curves, ascending
  int as_of_year =
      0;  ///< targets of the country for an earlier fiscal year are past: shown, not missed by a region
};

/// A prefecture or a municipality of a target that holds for each of them.
struct TargetPart {
  std::string code{};
  std::string name{};
  double whole = 0.0;  ///< people
  double part = 0.0;
  double actual = 0.0;
  bool met = false;
};

/// A place that would bring a missed target nearer.
struct TargetGap {
  enum class Kind : std::uint8_t { mesh, mesh_10km, municipality, road };
  Kind kind = Kind::mesh;
  std::string id{};    ///< mesh code, municipality code, Road::id
  std::string name{};  ///< of a municipality or a road
  std::string part{};  ///< TargetPart::code that it belongs to
  Point at{};          ///< centre, or the start of a section
  Point end{};         ///< of a section, else as `at`
  LonLat at_lonlat{};
  LonLat end_lonlat{};
  double people = 0.0;    ///< not covered there
  double length_m = 0.0;  ///< of a section
  double gain = 0.0;      ///< people, m, meshes or municipalities
  double gained = 0.0;    ///< with all places before it, of its part
};
inline constexpr std::array<std::string_view, 4> kTargetGaps = {"mesh", "mesh_10km", "municipality",
                                                                "road"};  ///< [TargetGap::Kind]

/// Why a target was not evaluated.
enum class NotEvaluated : std::uint8_t {
  no,            ///< it was
  needs_supply,  ///< a radio plan does not tell it: [[targets.actual]] does
  no_sector_on_roads,
  no_5g,  ///< no sector of the plan is known to be 5G
  no_4g,
  no_road,  ///< the plan has none of this class
  no_people,
  no_people_in_municipality,
  no_mesh,  ///< no inhabited 10 km mesh
  no_municipality,
  whole_only,      ///< counted for the whole, not for each prefecture or municipality
  national_count,  ///< of the country, and the plan is a region
  all_served       ///< nobody, or no road, is left that is not served already
};
inline constexpr std::array<std::string_view, 13> kNotEvaluatedWords = {
    "",          "needs_supply",    "no_sector_on_roads", "no_5g",
    "no_4g",     "no_road",         "no_people",          "no_people_in_municipality",
    "no_mesh",   "no_municipality", "whole_only",         "national_count",
    "all_served"};
[[nodiscard]] inline std::string_view word(NotEvaluated reason) noexcept {
  return kNotEvaluatedWords[static_cast<std::size_t>(reason)];
}

struct NetworkActual {
  std::string network{};  ///< Site::operator_id
  double actual = 0.0;
  bool met = false;
};

struct TargetResult {
  Target target{};
  std::optional<double>
      actual{};  ///< in the target's unit; of a target for each: the worst part. None: see `reason`
  bool met = false;
  bool past = false;       ///< of the country, and its year is over: a region that falls short does not miss it
  double shortfall = 0.0;  ///< in the target's unit
  NotEvaluated reason = NotEvaluated::no;
  std::string source_of_actual{};  ///< of a value that the user supplied; empty: from the plan
  double whole = 0.0;              ///< people, m, meshes, municipalities, stations
  double part = 0.0;               ///< of them covered
  std::vector<TargetPart> parts{};
  TargetPart outside{};                   ///< people who live in none of the parts; reported, not judged
  std::vector<NetworkActual> networks{};  ///< each operator alone, where there are two or more
  std::vector<TargetGap> gaps{};          ///< largest first, as many as close the shortfall
};

/// A metric over the fiscal years.
struct TargetCurve {
  TargetMetric metric{};
  TargetScope scope{};
  std::string network{};  ///< "": all laid over one another
  std::vector<std::pair<int, double>> points{};
};

struct TargetReport {
  std::vector<TargetResult> results{};  ///< the targets, in their order
  std::vector<TargetCurve> curves{};    ///< empty where no sector has a year
  std::vector<int> fiscal_years{};
  double people = 0.0;
  double people_outside_municipalities = 0.0;  ///< in no prefecture: part of the national figure only
  long long meshes = 0;
};

/// Whether the technology of a sector is known, and is of a generation ("5G") or begins so, where beginnings are
/// given.
[[nodiscard]] bool is_of_generation(const Sector& sector, std::string_view generation,
                                    const std::vector<std::string>& beginnings);

/// What a plan is held against. Borrowed: lives longer than the call.
struct TargetInput {
  const TargetOptions& options;
  const std::vector<Site>& sites;
  const Population& population;
  const Boundaries& boundaries;
  const Roads& roads;
  const Grid& grid;
  const Crs& crs;
  double road_step_m;
  /// The first: all networks; then each operator where there are two or more. Empty: no such sector.
  std::vector<ServedSince> of_5g{};
  std::vector<ServedSince> of_4g{};
  std::vector<ServedSince> on_roads{};
  /// What is served already, since ever; no values: no existing coverage. The networks above have it too.
  ServedSince already{};
};

/// Adds what the user must know to `warnings`: meshes that were divided, people in no municipality, roads of no
/// class, sectors of no known technology, municipalities that overlap.
[[nodiscard]] TargetReport check_targets(const TargetInput& input, std::vector<Warning>& warnings);

}  // namespace amaneku
