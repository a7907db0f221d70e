// Which radio and optical hops of a plan would work: sight, antenna heights, equipment and availability of every
// pair of masts within reach.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "libsim/backhaul/hop_pairs.hpp"
#include "libsim/backhaul/microwave_hop.hpp"
#include "libsim/backhaul/optics_hop.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"
#include "libsim/studies/backhaul/iab_offers.hpp"
#include "terrain/range.hpp"

namespace amaneku {

/// Where antennas of hops may be. At a site up to its highest antenna of the mobile network.
struct HopHeights {
  double lowest_agl_m = 5.0;         ///< lower masts: at their top
  double exchange_top_agl_m = 20.0;  ///< roof or mast of every exchange
};

/// A band, and the equipment in it.
struct MicrowaveOffer {
  std::string band{};
  Range band_hz{0.0, 0.0};
  double longest_m = 0.0;
  MicrowaveRadio radio{};
  std::vector<double> dish_m{};  ///< diameters to choose from, ascending
  double dish_efficiency = 0.55;
};

struct MicrowaveOptions {
  std::vector<MicrowaveOffer> bands{};
  HopHeights heights{};
  SightRules rules = kCustomaryRules;
  double availability = 0.9999;  ///< of the average year, in which a hop has its capacity
  P530 climate{};
};

struct OpticsOptions {
  OpticsTerminal terminal{};
  OpticsWeather weather{};
  HopHeights heights{};
  double longest_m = 2'000.0;
  double availability = 0.999;
};

struct HopOptions {
  std::optional<MicrowaveOptions> microwave{};
  std::optional<OpticsOptions> optics{};
  std::optional<IabNetwork> iab{};  ///< found from the plan before
  int threads = 0;
};

/// A hop that keeps its availability.
struct Hop {
  HopOffer offer{};  ///< ends: sites of the network first, then exchanges; from < to
  std::array<Point, 2> at{};
  std::array<double, 2> ground_asl_m{};
  double latitude_deg = 36.0;
  HopSight sight{};       ///< not of access carriers
  std::size_t band = 0;   ///< of microwave: index into the bands
  double dish_m = 0.0;    ///< of microwave, both ends
  double gain_dbi = 0.0;  ///< likewise
  std::variant<MicrowaveService, OpticsService, IabPair> service{};

  [[nodiscard]] bool is_microwave() const noexcept { return service.index() == 0; }
  [[nodiscard]] bool is_optics() const noexcept { return service.index() == 1; }
  [[nodiscard]] bool is_iab() const noexcept { return service.index() == 2; }
  [[nodiscard]] const MicrowaveService& microwave() const { return std::get<0>(service); }
  [[nodiscard]] const OpticsService& optics() const { return std::get<1>(service); }
  [[nodiscard]] const IabPair& iab() const { return std::get<2>(service); }
};

/// What became of the pairs of masts within reach, each counted once: the best of its bands decides. The others
/// are on offer.
struct HopCensus {
  std::size_t tried = 0;      ///< pairs within reach in any band
  std::size_t blocked = 0;    ///< in no band sight even from the tops of the masts
  std::size_t no_ground = 0;  ///< the line leaves the terrain
  std::size_t weak = 0;       ///< sight, but in every band below the availability asked for
};

struct HopOffers {
  std::vector<Hop> hops{};  ///< microwave by (from, to), then optics and access carriers likewise
  HopCensus microwave{};
  HopCensus optics{};
  HopCensus iab{};  ///< weak: no cell of either site could feed the other
};

/// Existing sites and exchanges as masts; no hop joins two exchanges. Of the bands and dishes of a pair the one
/// with the largest capacity at the availability asked for; of equal ones the smallest dish, then the first band.
/// The same for any number of threads.
[[nodiscard]] HopOffers hop_offers(const World& world, const Network& network,
                                   std::span<const ExchangeOffice> exchanges, const HopOptions& options);

/// Its service with another degradation of the threshold by interference; `ground` as before.
[[nodiscard]] MicrowaveService microwave_of(const Hop& hop, const Ground& ground, const MicrowaveOptions& options,
                                            double degradation_db);
/// What a layout may count on: capacity at the availability asked for (0: none), availability of the hop.
[[nodiscard]] EdgeTerms terms_of(const MicrowaveService& service, double availability) noexcept;

}  // namespace amaneku
