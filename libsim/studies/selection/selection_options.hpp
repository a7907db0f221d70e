// What a selection of sites is asked for: which demand it has to reach, what may be spent, whose money counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/economics/prices.hpp"
#include "libsim/economics/subsidy_rules.hpp"

namespace amaneku {

/// What is to be least.
enum class SelectionObjective : std::uint8_t {
  total,  ///< present value of purchase and operation, lines of the backhaul included
  payer,  ///< burden of one payer by the purchase
  sites   ///< number of sites: prices are not asked
};

/// A class of roads, and the share of its length that has to be covered.
struct RoadNeed {
  std::string road_class{};
  double percent = 100.0;
};

/// What the chosen sites may cost to buy.
struct SelectionBudget {
  std::optional<Payer> payer{};  ///< whose part; none: all of it
  std::int64_t most_jpy = 0;
  bool of_lines_too =
      false;  ///< of all years together: lines of places and of the sites that stay are paid from it
};

/// One fiscal year of a roll-out: what its sites may cost to buy, and whom all sites so far cover at its end.
struct SelectionYear {
  int year = 0;
  std::vector<SelectionBudget> budgets{};  ///< what is not spent is lost
  int sites_at_most = 0;                   ///< 0: any number
  std::optional<double> population_percent{};
};

/// Antennas of the choice turned so that most people are served.
struct TuningOptions {
  double tilt_most_deg = 12.0;       ///< electrical downtilts from 0 to this
  double tilt_step_deg = 1.0;        ///< 0: tilts stay
  double azimuth_within_deg = 30.0;  ///< of the azimuth that is listed; 0: azimuths stay
  double azimuth_step_deg = 10.0;
  bool existing = false;  ///< of the sites that stay too
};

struct SelectionOptions {
  SelectionObjective objective = SelectionObjective::total;
  Payer payer = Payer::municipality;  ///< of SelectionObjective::payer
  bool most_people = false;           ///< as many people as the budgets allow, instead of the least cost
  bool keep = true;                   ///< existing sites stay; else they are candidates like the others
  std::optional<double> population_percent{};
  std::optional<double> municipality_percent{};  ///< of the people of every municipality
  bool every_place = false;
  std::vector<RoadNeed> roads{};
  std::vector<SelectionBudget> budgets{};
  int sites_at_most = 0;               ///< beside those that stay; 0: any number
  std::vector<SelectionYear> years{};  ///< ascending; none: no order is asked for
  std::optional<TuningOptions> tuning{};
  std::vector<SharingLevel> sharing{};  ///< levels of which the best is chosen; none: as the costs say
  int servers = 1;  ///< sites that have to serve people, road and place: 2 survives the loss of one

  [[nodiscard]] bool has_targets() const noexcept {
    return population_percent || municipality_percent || every_place || !roads.empty();
  }
};

}  // namespace amaneku
