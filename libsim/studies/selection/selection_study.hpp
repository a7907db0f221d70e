// A selection: which candidates reach the demand at the least cost, or most of it within a budget, with a bound
// that no choice passes, and why each of them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "libsim/studies/selection/antenna_tuning.hpp"
#include "libsim/studies/selection/selection_costs.hpp"
#include "libsim/studies/selection/selection_demand.hpp"

namespace amaneku {

/// Borrowed: lives longer than the call.
struct SelectionInput {
  const World& world;
  const Network& network;  ///< existing sites and candidates
  const Engine& engine;
  const StatisticsOptions& statistics;
  std::span<const NamedPlace> places{};
  const MoneyInput* money = nullptr;          ///< one per site of the network; none: sites are counted
  const BackhaulOptions* backhaul = nullptr;  ///< with its prices; none: each site has a line of its own
  std::vector<HopOffer> hops{};               ///< between any two of the sites and exchanges
};

/// A need, and what the choice makes of it.
struct NeedReached {
  SelectionNeed::Kind kind = SelectionNeed::Kind::population;
  std::string id{};
  std::string name{};
  double whole = 0.0;    ///< people, m, cells
  double least = 0.0;    ///< asked for; 0: only told
  double before = 0.0;   ///< by the sites that stay
  double reached = 0.0;  ///< with the chosen ones
  double at_most = 0.0;  ///< with all candidates
};

/// A candidate that was chosen, and why.
struct ChosenSite {
  std::size_t site = 0;        ///< of the network
  SelectionAmounts amounts{};  ///< of the site with the way that it would have alone
  double people = 0.0;         ///< whom it reaches by itself
  double people_alone = 0.0;   ///< whom no other site of the plan reaches
  bool replaceable = true;     ///< another choice without it is allowed
  /// By how much the best that was found without it costs more, or reaches fewer people (most_people).
  std::int64_t saved = 0;
  double people_saved = 0.0;
  int year = 0;                            ///< of the roll-out; 0: none was asked for
  std::optional<std::size_t> runner_up{};  ///< of the network: what would stand for it
};

/// A year of the roll-out.
struct YearReached {
  int year = 0;
  std::vector<std::size_t> sites{};  ///< of the network, built in it
  SelectionAmounts
      amounts{};  ///< of those sites; of the first year also the lines of places and of the sites that stay
  std::vector<double> reached{};  ///< [SelectionReport::needs] at its end
};

/// What turning the antennas has made of the choice.
struct TunedAntennas {
  std::vector<AntennaTurn> turns{};  ///< each antenna once, by site and sector
  std::size_t antennas = 0;          ///< that might have been turned
  std::size_t given_up = 0;          ///< turns that would have missed a target, or served fewer in the whole plan
  double people = 0.0;               ///< inside the plan
  double covered_before = 0.0;       ///< of them, by the level
  double covered_after = 0.0;
  double served_before = 0.0;  ///< of them, as the plan counts
  double served_after = 0.0;
};

/// The best choice where operators share so much.
struct SharedChoice {
  SharingLevel level = SharingLevel::none;
  bool allowed = false;  ///< else none was found within the limits
  std::size_t sites = 0;
  double people = 0.0;
  std::int64_t objective = 0;
  std::int64_t lower_bound = 0;
  SelectionAmounts amounts{};
};

struct SelectionReport {
  std::vector<ChosenSite> chosen{};       ///< in the order of the network
  std::vector<std::size_t> candidates{};  ///< sites of the network that might have been chosen
  std::vector<NeedReached> needs{};
  SelectionAmounts amounts{};  ///< of the choice, its lines, and what the lines of the sites that stay cost
  SelectionAmounts before{};   ///< of no candidate at all: the lines of the sites that stay
  std::int64_t objective = 0;
  std::int64_t lower_bound = 0;      ///< no choice has a smaller objective
  double people_bound = 0.0;         ///< of most_people: no choice reaches more
  bool optimal = false;              ///< proved
  std::size_t laid_out = 0;          ///< choices whose lines were laid out
  std::vector<YearReached> years{};  ///< none: no order was asked for
  double person_years = 0.0;         ///< people covered at the ends of all years
  double person_years_bound = 0.0;   ///< no order of these sites has more
  std::int64_t rows = 0;             ///< of demand, alike ones counted once
  std::optional<TunedAntennas> tuned{};
  std::vector<SharedChoice> shared{};     ///< in the order asked for; none: how much is shared was given
  std::optional<SharingLevel> sharing{};  ///< that of the choice, where it was chosen

  /// People of the choice, with its antennas as they are listed.
  [[nodiscard]] double chosen_people() const noexcept {
    return tuned ? tuned->covered_before : needs.empty() ? 0.0 : needs.front().reached;
  }
  /// (objective - bound) / objective, or of most_people (bound - people) / bound.
  [[nodiscard]] double gap_percent(const SelectionOptions& options) const noexcept;
};

/// What no price changes: the demand, and which site serves which of its points.
struct SelectionReach {
  SelectionDemand demand{};
  std::vector<std::vector<std::uint32_t>> of_site{};  ///< [site] points, ascending
};
/// InputError as selection_demand().
[[nodiscard]] SelectionReach selection_reach(const SelectionInput& input, const SelectionOptions& options,
                                             std::vector<Warning>& warnings, const Progress& progress = {});

/// InputError with the key of the options that cannot be: no candidate, no demand, what no choice reaches (by
/// municipality, class of road and place), a budget that is below the cheapest site or does not reach the targets.
[[nodiscard]] SelectionReport choose_sites(const SelectionInput& input, const SelectionOptions& options,
                                           const SelectionReach& reach, std::vector<Warning>& warnings,
                                           const Progress& progress = {});

}  // namespace amaneku
