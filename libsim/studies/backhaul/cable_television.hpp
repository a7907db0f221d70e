// Cable television beside the backhaul: how much coaxial cable is to be turned to fibre, how much of that lies
// along cables of the plan, and who depends on mains power until then.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/economics/bill.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"

namespace amaneku {

/// A line of a network for cable television as it stands.
struct TelevisionLine {
  Line line{};
  bool coaxial = true;    ///< else fibre already
  bool backed_up = true;  ///< of coaxial: what feeds its amplifiers goes on when the mains fail
  std::int64_t households = 0;
  std::optional<std::int64_t> amplifiers{};
};

struct TelevisionOptions {
  std::vector<TelevisionLine> lines{};
};

/// What the lines of one municipality come to.
struct TelevisionTown {
  int municipality = -1;  ///< of the middle of each line; -1: outside all
  double coaxial_m = 0.0;
  double beside_m = 0.0;  ///< of it along a cable that is laid or there, whose fibres can take its place
  double fibre_m = 0.0;   ///< fibre already
  std::int64_t households = 0;
  std::int64_t on_mains = 0;                 ///< of them behind amplifiers without back-up
  std::optional<std::int64_t> amplifiers{};  ///< none: not told of every coaxial line
  std::optional<std::int64_t> amplifiers_on_mains{};
  /// Of new cable for what lies along none, at the prices of the backhaul; none: no price.
  std::optional<std::int64_t> cost_jpy{};
  std::optional<SiteFunding> funding{};  ///< of that, with programmes; none: without [subsidy], or nothing to pay
  [[nodiscard]] double to_lay_m() const noexcept { return coaxial_m - beside_m; }
};

/// A coaxial piece is beside a cable within so much of it.
inline constexpr double kTelevisionBeside_m = 60.0;
/// Pieces of coaxial line in which it is judged, and steps along the cables.
inline constexpr double kTelevisionStep_m = 20.0;
/// The programme that turns cable television to fibre (SubsidyRules::programmes).
inline constexpr const char* kTelevisionProgramme = "CT";

/// By municipality, those outside all first. Lengths on the map. `money`: prices, and the programmes where it has
/// them; borrowed, the answer points into it.
[[nodiscard]] std::vector<TelevisionTown> television_towns(const BackhaulReport& report,
                                                           const BackhaulOptions& backhaul, const World& world,
                                                           const TelevisionOptions& options,
                                                           const MoneyInput& money);

/// What is doubtful about the programmes of all towns.
[[nodiscard]] std::vector<Warning> television_warnings(const std::vector<TelevisionTown>& towns);

}  // namespace amaneku
