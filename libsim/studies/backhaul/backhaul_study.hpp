// The backhaul of a plan: cables and links from the sites to the exchanges at least cost, what each site has of
// them, how long its packets take, and who is cut off when something breaks.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libsim/backhaul/backhaul_layout.hpp"
#include "libsim/economics/subsidy_rules.hpp"
#include "libsim/input/network.hpp"
#include "libsim/input/world.hpp"
#include "libsim/load/cell_load.hpp"
#include "libsim/studies/backhaul/edge_shares.hpp"

namespace amaneku {

/// Where traffic leaves the backhaul.
struct ExchangeOffice {
  std::string name{};
  Point at{};
  double onward_m = 0.0;  ///< fibre to the regional server or the internet exchange beyond it
  int onward_hops = 0;    ///< nodes on that way
};

/// A school, a town hall, a cluster of homes that is to have fibre as well.
struct BackhaulPlace {
  std::string name{};
  std::string kind{};
  Point at{};
};

/// A cable, a duct or a corridor of the scenario's own.
struct GivenWay {
  std::string name{};
  Line line{};
  Medium medium = Medium::existing;
};

/// A service of somebody else that every site may take instead: satellite, leased line.
struct ServiceOffer {
  double capacity_bps = 0.0;
  double availability = 1.0;  ///< 0 .. 1
  double delay_s = 0.0;       ///< one way
};

/// What is known of cables.
struct CableFigures {
  double delay_s_per_m = 5e-9;  ///< 5 us/km: 2e8 m/s in glass
  /// Cuts a year and a metre, and the time to mend one; NaN: availability of cables is not told.
  double cuts_per_m_year = std::numeric_limits<double>::quiet_NaN();
  double repair_h = std::numeric_limits<double>::quiet_NaN();
};

/// A radio or optical hop between two sites, or a site and an exchange (over access carriers: two sites), that
/// would work.
struct HopOffer {
  Medium medium = Medium::microwave;
  std::uint32_t from = 0;  ///< ends: sites of the network first, then exchanges
  std::uint32_t to = 0;
  EdgeTerms terms{};  ///< cost is set by the study
  double length_m = 0.0;
};

struct BackhaulOptions {
  std::vector<ExchangeOffice> exchanges{};
  std::vector<GivenWay> ways{};
  Medium along_roads = Medium::aerial;  ///< what a new cable along a road is
  bool roads = true;                    ///< cables may follow the roads of the scenario
  double longest_drop_m = 5'000.0;
  CableFigures cable{};
  std::array<std::optional<ServiceOffer>, kMediumCount> services{};  ///< of Medium::satellite and leased
  std::vector<bool> connected{};        ///< [site of the network] that the layout has to connect
  std::vector<BackhaulPlace> places{};  ///< connected beside the sites
  double place_bps = 0.0;               ///< what each of them carries in the busy hour
  /// Of a new cable; without a price for further cables in the same trench it must stay without limit.
  std::int64_t fibres_per_cable = std::numeric_limits<std::int64_t>::max();
  std::int64_t fibres_per_site = 2;   ///< of its own on every edge of its way
  std::int64_t fibres_per_place = 2;  ///< likewise
  std::vector<bool> two_ways{};       ///< [site of the network] that wants a second way; empty: none
  int edge_servers = 0;               ///< up to so many are placed at exchanges and sites; 0: not asked
  double least_bps = 0.0;             ///< counts where a site's cells carry less in the busy hour
  LayoutNeeds needs{.node_delay_s = 200e-6};
  std::int64_t layout_work = 1'000'000'000;          ///< SteinerOptions::work of each layout
  double households_within_m = 0.0;                  ///< of a cable have fibre to the home; 0: not asked
  std::shared_ptr<const CostCatalogue> catalogue{};  ///< must be there; the parts of the report point into it
  MoneyBasis basis{};
  CostHorizon horizon{};
};

/// A stretch of one medium with the same sites behind it, drawn and billed as one.
struct BackhaulSegment {
  Medium medium = Medium::aerial;
  EdgeUse use = EdgeUse::way;
  std::uint32_t edge = 0;             ///< of the graph: the one that it begins with
  std::vector<std::uint32_t> ends{};  ///< behind it: BackhaulReport::sites, ascending
  Line line{};
  double length_m = 0.0;
  std::int64_t fibres = 0;  ///< that the ends use
  std::int64_t cables = 1;  ///< side by side
  std::int64_t capex_jpy = 0;
  std::int64_t opex_jpy_per_year = 0;
  double people = 0.0;  ///< cut off when it fails: whom the sites behind it without a second way serve
};

/// One connected site, or a place that is connected beside the sites.
struct BackhaulSite {
  static constexpr std::size_t kPlace = std::numeric_limits<std::size_t>::max();
  std::size_t site = kPlace;  ///< of the network
  std::string id{};           ///< of the site; the kind of a place
  std::string name{};
  Point at{};
  SiteWay way{};
  /// Its own link, or the cable that most of its way to the first link is; none: not reached.
  std::optional<Medium> medium{};
  /// Its way ends with a satellite link or a leased line: which exchange it comes to is not known.
  bool over_service = false;
  double demand_bps = 0.0;
  double capacity_bps =
      std::numeric_limits<double>::infinity();  ///< of the weakest edge on its way, for all behind it
  double people = 0.0;
  std::int64_t capex_jpy = 0;  ///< its parts of everything on its way
  std::int64_t opex_jpy_per_year = 0;
  OtherWay by_cable{};  ///< instead of the link, where it has one
  OtherWay by_link{};   ///< instead of the cable
  std::vector<SharedPart> parts{};
  double delay_to_server_s = 0.0;  ///< with the way beyond the exchange
  [[nodiscard]] bool is_place() const noexcept { return site == kPlace; }
};

/// A line of the bill: an asset over all edges.
struct BackhaulBillLine {
  const CostAsset* asset = nullptr;
  double quantity = 0.0;
  std::int64_t amount_jpy = 0;
};

/// The best places for so many servers.
struct EdgeServers {
  std::vector<std::string> names{};  ///< of exchanges and sites
  double mean_delay_s = 0.0;         ///< one way, weighted with the people whom the sites serve
  bool optimal = false;              ///< proved
  double local_share = 0.0;          ///< of traffic between any two people: both ends at one server, 0 .. 1
};

/// What one payer bears of a layout, within the horizon.
struct PayerBurden {
  Payer payer = Payer::municipality;
  std::int64_t burden_jpy = 0;    ///< present value: purchase_jpy and all that is paid later
  std::int64_t purchase_jpy = 0;  ///< under the programmes that apply, site by site
  /// No layout with the same sites costs the payer less, at the shares of this one's sites.
  std::int64_t lower_bound_jpy = 0;
  std::int64_t of_cheapest_jpy = 0;  ///< what the layout of least present value would cost the payer
  bool bears_nothing = false;        ///< of any asset at any site
  bool ways_priced = false;  ///< BackhaulSite::by_cable and by_link are what the payer bears, not whole prices
};

struct BackhaulReport {
  BackhaulGraph graph{};
  std::vector<EdgeTerms> terms{};  ///< [edge of the graph]
  BackhaulLayout layout{};
  std::vector<BackhaulSite> sites{};  ///< [site of the layout]
  std::vector<BackhaulSegment> segments{};
  std::vector<BackhaulBillLine> bill{};
  std::array<double, kMediumCount> metres{};  ///< [Medium] built or used
  std::array<int, kMediumCount> links{};      ///< [Medium] that are no cables
  std::int64_t capex_jpy = 0;
  std::int64_t opex_jpy_per_year = 0;
  std::int64_t present_jpy = 0;               ///< of the layout, whoever pays
  std::optional<PayerBurden> burden{};        ///< where the layout is the best for one payer
  std::vector<EdgeServers> edge_servers{};    ///< [number - 1]
  std::optional<double> people_near_cable{};  ///< within BackhaulOptions::households_within_m
  std::vector<Warning> warnings{};

  /// Purchase over the sites alone, or the places alone.
  [[nodiscard]] std::int64_t capex_of_places_jpy() const noexcept;
  [[nodiscard]] double fibre_m() const noexcept;
  /// Of new cables beside the first of their stretch.
  [[nodiscard]] double further_cable_m() const noexcept;
  /// (cost - bound) / cost in percent; 0 where nothing is built.
  [[nodiscard]] double gap_percent() const noexcept;
};

struct BackhaulInput {
  const World& world;
  const Network& network;
  std::vector<double> demand_bps{};  ///< [site of the network] in the busy hour, both ways the greater
  std::vector<double> people{};      ///< [site of the network] whom it serves
  std::vector<HopOffer> hops{};
  std::optional<EdgeShares> shares{};  ///< none: edges cost what they cost all payers together
  /// Of cables_of() the same world, network and options: for several layouts. None: found anew.
  const BackhaulGraph* cables = nullptr;
};

/// Ways for cables, before hops and prices; whichever sites are to be connected.
[[nodiscard]] BackhaulGraph cables_of(const World& world, const Network& network, const BackhaulOptions& options);

/// Whether an edge is a cable that is laid, or one that was there before.
[[nodiscard]] bool has_fibre(const BackhaulReport& report, std::uint32_t edge);

/// InputError (key "path"): a medium that the options name has no price.
[[nodiscard]] BackhaulReport plan_backhaul(const BackhaulInput& input, const BackhaulOptions& options);

/// What a layout chooses from.
struct BackhaulOffer {
  BackhaulGraph graph{};
  std::vector<EdgeTerms> terms{};  ///< [edge of the graph]
};
/// The graph of plan_backhaul(), without a layout.
[[nodiscard]] BackhaulOffer backhaul_offer(const BackhaulInput& input, const BackhaulOptions& options);

/// What the cells of each site carry in the busy hour, up or down, whichever is more: at least `least_bps`.
[[nodiscard]] std::vector<double> demand_of_sites(const NetworkLoad* load, const Coverage& coverage,
                                                  std::size_t sites, double least_bps);

}  // namespace amaneku
