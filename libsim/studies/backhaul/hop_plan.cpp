#include "libsim/studies/backhaul/hop_plan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <queue>
#include <set>
#include <utility>

namespace amaneku {
namespace {

constexpr std::array<std::size_t, 2> kEnds = {0, 1};

/// 0: sends in the lower half of its band; 1: in the upper one.
std::map<std::uint32_t, int> halves_of(const std::vector<BuiltHop>& built) {
  std::map<std::uint32_t, std::vector<std::uint32_t>> partners;
  for (const BuiltHop& hop : built) {
    if (!hop.with.is_microwave()) continue;
    partners[hop.with.offer.from].push_back(hop.with.offer.to);
    partners[hop.with.offer.to].push_back(hop.with.offer.from);
  }
  std::map<std::uint32_t, int> out;
  for (const auto& [first, unused] : partners) {
    if (out.count(first) != 0) continue;
    out[first] = 0;
    std::queue<std::uint32_t> open;
    for (open.push(first); !open.empty(); open.pop()) {
      const std::uint32_t mast = open.front();
      for (const std::uint32_t partner : partners.at(mast)) {
        if (out.emplace(partner, 1 - out.at(mast)).second) open.push(partner);
      }
    }
  }
  return out;
}

/// Two carriers a hop, in the order of the hops.
class ChannelPlan {
 public:
  ChannelPlan(std::vector<BuiltHop>& built, const World& world, const HopOptions& options)
      : built_(built), world_(world), options_(options), halves_(halves_of(built)) {}

  void run() {
    for (std::size_t i = 0; i < built_.size(); ++i) {
      if (!built_[i].with.is_microwave()) continue;
      hops_.push_back(i);
      choose(built_[i]);
    }
    tell();
  }

 private:
  /// What a channel of one more hop does to its own two receivers and to all before it. The lesser is better.
  struct Harm {
    std::size_t receivers = 0;  ///< that it brings over kToleratedLoss_db, or by more than that farther beyond
    double added_db = 0.0;      ///< sum of what the receivers lose by it, where that can be told
    auto operator<=>(const Harm&) const = default;  // NOLINT(modernize-use-nullptr): of clang-tidy 14, not ours
  };

  void choose(BuiltHop& hop) {
    const MicrowaveOffer& band = options_.microwave->bands[hop.with.band];
    const double half_hz = 0.5 * (band.band_hz.max - band.band_hz.min);
    const int channels = std::max(1, static_cast<int>(half_hz / band.radio.channel_hz));
    std::optional<Harm> least;
    std::vector<HopCarrier> best;
    std::vector<HopInterference> best_received;
    for (int channel = 0; channel < channels && !(least && least->receivers == 0); ++channel) {
      std::vector<HopCarrier> carriers = carriers_;
      for (const std::size_t end : kEnds) carriers.push_back(carrier(hop.with, end, channel));
      std::vector<HopInterference> received = found(carriers);
      const Harm harm = harm_of(received);
      if (least && !(harm < *least)) continue;
      least = harm;
      best = std::move(carriers);
      best_received = std::move(received);
    }
    carriers_ = std::move(best);
    received_ = std::move(best_received);
  }

  /// Against the receivers of received_. What was bad before is the same for every channel, and must not hide what
  /// the channels do to the others.
  [[nodiscard]] Harm harm_of(const std::vector<HopInterference>& received) const {
    Harm out;
    for (std::size_t i = 0; i < received.size(); ++i) {
      const double before_db = i < received_.size() ? loss_db(received_[i]) : 0.0;
      const double after_db = loss_db(received[i]);
      if (std::isinf(before_db)) continue;
      const double added_db = after_db - before_db;
      const bool pushed_over = before_db <= kToleratedLoss_db || added_db > kToleratedLoss_db;
      if (after_db > kToleratedLoss_db && pushed_over) ++out.receivers;
      if (std::isfinite(added_db)) out.added_db += added_db;
    }
    return out;
  }

  /// What the end `end` of a hop sends.
  [[nodiscard]] HopCarrier carrier(const Hop& hop, std::size_t end, int channel) const {
    const MicrowaveOffer& band = options_.microwave->bands[hop.band];
    const std::array<double, 2> agl_m = {hop.sight.from_agl_m, hop.sight.to_agl_m};
    const auto antenna = [&](std::size_t i) {
      return AimedAntenna{hop.at[i], hop.ground_asl_m[i] + agl_m[i], hop.gain_dbi};
    };
    const int first_half = halves_.at(hop.offer.from);
    const bool upper = (end == 0 ? first_half : 1 - first_half) == 1;
    const double inwards_hz = (channel + 0.5) * band.radio.channel_hz;
    return {.tx = antenna(end),
            .rx = antenna(1 - end),
            .centre_hz = upper ? band.band_hz.max - inwards_hz : band.band_hz.min + inwards_hz,
            .channel_hz = band.radio.channel_hz,
            .power_dbm = band.radio.tx_power_dbm - band.radio.feeder_loss_db,
            .rx_feeder_loss_db = band.radio.feeder_loss_db,
            .noise_dbm = hop.microwave().noise_dbm};
  }

  [[nodiscard]] std::vector<HopInterference> found(const std::vector<HopCarrier>& carriers) const {
    return hop_interference(carriers, &world_.ground, options_.threads);
  }

  /// A receiver beside a sender of its own channel is worse than any loss that can be told.
  [[nodiscard]] static double loss_db(const HopInterference& at) {
    return at.same_mast < 0 ? at.degradation_db : std::numeric_limits<double>::infinity();
  }

  void tell() {
    const auto hop_of = [&](int carrier) {
      return carrier < 0 ? -1 : static_cast<int>(hops_[static_cast<std::size_t>(carrier) / 2]);
    };
    for (std::size_t i = 0; i < hops_.size(); ++i) {
      BuiltHop& hop = built_[hops_[i]];
      for (const std::size_t end : kEnds) {
        // What one end sends, the other receives.
        HopInterference& at = hop.received[1 - end];
        at = received_[2 * i + end];
        at.strongest = hop_of(at.strongest);
        at.same_mast = hop_of(at.same_mast);
        hop.centre_hz[end] = carriers_[2 * i + end].centre_hz;
        hop.degradation_db = std::max(hop.degradation_db, at.degradation_db);
      }
    }
  }

  std::vector<BuiltHop>& built_;
  const World& world_;
  const HopOptions& options_;
  std::map<std::uint32_t, int> halves_;
  std::vector<std::size_t> hops_{};  ///< [carrier / 2] index into built_
  std::vector<HopCarrier> carriers_{};
  std::vector<HopInterference> received_{};  ///< [carrier]
};

class HopPlanner {
 public:
  HopPlanner(BackhaulInput input, const BackhaulOptions& options, const HopOptions& hops, HopOffers offers)
      : input_(std::move(input)), options_(options), hop_options_(hops) {
    out_.hops.offers = std::move(offers);
  }

  BackhaulWithHops run() {
    for (std::size_t i = 0; i < offers().size(); ++i) {
      terms_.push_back(offers()[i].offer.terms);
      offered_.push_back(i);
    }
    std::optional<BackhaulGraph> cables;
    if (input_.cables == nullptr)
      input_.cables = &cables.emplace(cables_of(input_.world, input_.network, options_));
    std::optional<BackhaulLayout> first;
    do {
      lay();
      if (!first) first = out_.report.layout;
    } while (!keeps());
    bound(*first);
    for (const auto& [hop, degradation_db] : lost_) out_.hops.lost.push_back({hop, degradation_db});
    return std::move(out_);
  }

 private:
  [[nodiscard]] const std::vector<Hop>& offers() const { return out_.hops.offers.hops; }

  /// The first layout had every hop, so that its bound holds for all: of layouts that do as much, or else with one
  /// way for each site. Where sites have lost their last way the bound is that of what is left.
  void bound(const BackhaulLayout& first) {
    BackhaulLayout& layout = out_.report.layout;
    const bool as_first = layout.one_way_only == first.one_way_only && layout.too_long == first.too_long &&
                          layout.unlimited == first.unlimited;
    if (layout.unreached == first.unreached)
      layout.lower_bound_jpy = as_first ? first.lower_bound_jpy : first.tree_bound_jpy;
    layout.optimal = layout.cost_jpy == layout.lower_bound_jpy;
  }

  void lay() {
    input_.hops.clear();
    for (const std::size_t i : offered_) {
      input_.hops.push_back(offers()[i].offer);
      input_.hops.back().terms = terms_[i];
    }
    out_.report = plan_backhaul(input_, options_);
    out_.hops.built.clear();
    std::map<std::size_t, std::uint32_t> built;
    for (const std::uint32_t edge : out_.report.layout.edges) {
      const BackhaulEdge& of = out_.report.graph.edges[edge];
      if (of.use == EdgeUse::link && of.link < offered_.size()) built.emplace(offered_[of.link], edge);
    }
    for (const auto& [offer, edge] : built)
      out_.hops.built.push_back({.hop = offer, .edge = edge, .with = offers()[offer]});
    ChannelPlan(out_.hops.built, input_.world, hop_options_).run();
  }

  /// Whether every hop still does what the layout counts on, in spite of the others; what does not is told.
  bool keeps() {
    disturb();
    feed();
    std::vector<EdgeTerms> terms = disturbed_terms();
    const std::set<std::uint32_t> failing = failing_edges(terms);
    bool out = true;
    for (const BuiltHop& hop : out_.hops.built) {
      lost_.erase(hop.hop);
      if (failing.count(hop.edge) != 0 && count_less(hop)) out = false;
    }
    if (!out) return false;
    tell_sites(terms);
    out_.report.terms = std::move(terms);
    return true;
  }

  void disturb() {
    for (BuiltHop& hop : out_.hops.built) {
      if (hop.degradation_db <= 0.0) continue;
      const MicrowaveOptions& microwave = *hop_options_.microwave;
      hop.with.service = microwave_of(hop.with, input_.world.ground, microwave, hop.degradation_db);
      hop.with.offer.terms = terms_of(hop.with.microwave(), microwave.availability);
    }
  }

  /// Who feeds whom over access carriers, and what is left of these.
  void feed() {
    out_.hops.iab.clear();
    excess_.clear();
    if (!hop_options_.iab) return;
    std::vector<IabBuilt> hops;
    std::vector<std::size_t> built;
    for (std::size_t i = 0; i < out_.hops.built.size(); ++i) {
      const BuiltHop& hop = out_.hops.built[i];
      if (!hop.with.is_iab()) continue;
      hops.push_back({hop.edge, &hop.with.iab()});
      built.push_back(i);
    }
    out_.hops.iab = iab_uses(out_.report, hops, *hop_options_.iab);
    for (IabUse& use : out_.hops.iab) use.hop = built[use.hop];
    excess_ = iab_excess(out_.hops.iab, hop_options_.iab->terms.most_hops);
    for (const IabUse& use : out_.hops.iab) leave(out_.hops.built[use.hop], use);
  }

  /// A built hop has the capacity of its use.
  void leave(BuiltHop& hop, const IabUse& use) const {
    double& capacity_bps = hop.with.offer.terms.capacity_bps;
    const bool too_deep = use.depth > hop_options_.iab->terms.most_hops;
    if (too_deep || use.room <= 0.0) {
      capacity_bps = 0.0;
    } else if (std::isfinite(use.room)) {
      capacity_bps = std::min(capacity_bps, use.room * demand_bps(hop.edge));
    }
  }

  /// [edge] with what the hops do to each other in this layout.
  [[nodiscard]] std::vector<EdgeTerms> disturbed_terms() const {
    std::vector<EdgeTerms> out = out_.report.terms;
    for (const BuiltHop& hop : out_.hops.built) {
      out[hop.edge].capacity_bps = hop.with.offer.terms.capacity_bps;
      out[hop.edge].availability = hop.with.offer.terms.availability;
    }
    return out;
  }

  /// Hops with too little for the sites behind them, and all edges of ways that miss their availability by what
  /// the layout did not count on.
  [[nodiscard]] std::set<std::uint32_t> failing_edges(const std::vector<EdgeTerms>& terms) const {
    std::set<std::uint32_t> out;
    for (const std::size_t hop : excess_) out.insert(out_.hops.built[hop].edge);
    for (const BuiltHop& hop : out_.hops.built) {
      if (hop.with.is_iab()) continue;
      const double left_bps = hop.with.offer.terms.capacity_bps;
      if (left_bps <= 0.0 || left_bps < demand_bps(hop.edge)) out.insert(hop.edge);
    }
    for (const SiteWay& way : out_.report.layout.ways) {
      if (!way.reached || !way.meets_needs || available_enough(availability_of(way, terms))) continue;
      out.insert(way.edges.begin(), way.edges.end());
      out.insert(way.second.begin(), way.second.end());
    }
    return out;
  }

  /// NaN, not known, is no failure, as in the layout.
  [[nodiscard]] bool available_enough(double availability) const {
    return !(availability < options_.needs.availability);
  }

  /// The next layout counts on no more than what is left of a hop, or does without it. False where it did so
  /// already: terms only ever fall, so that the rounds come to an end.
  bool count_less(const BuiltHop& hop) {
    EdgeTerms& counted = terms_[hop.hop];
    const EdgeTerms& left = hop.with.offer.terms;
    const bool less = left.capacity_bps < counted.capacity_bps || left.availability < counted.availability;
    if (!less) return false;
    counted.capacity_bps = std::min(counted.capacity_bps, left.capacity_bps);
    counted.availability = std::min(counted.availability, left.availability);
    lost_[hop.hop] = hop.degradation_db;
    if (counted.capacity_bps <= 0.0) offered_.erase(std::find(offered_.begin(), offered_.end(), hop.hop));
    return true;
  }

  /// The sites have what their hops have with interference, as the tables of the hops say.
  void tell_sites(const std::vector<EdgeTerms>& terms) {
    std::set<std::uint32_t> hops;
    for (const BuiltHop& hop : out_.hops.built) hops.insert(hop.edge);
    const auto is_hop = [&](std::uint32_t edge) { return hops.count(edge) != 0; };
    for (std::size_t i = 0; i < out_.report.sites.size(); ++i) {
      BackhaulSite& site = out_.report.sites[i];
      SiteWay& way = site.way;
      if (std::none_of(way.edges.begin(), way.edges.end(), is_hop) &&
          std::none_of(way.second.begin(), way.second.end(), is_hop))
        continue;
      way.availability = availability_of(way, terms);
      way.meets_needs = way.meets_needs && available_enough(way.availability);
      site.capacity_bps = std::numeric_limits<double>::infinity();
      for (const std::uint32_t edge : way.edges)
        site.capacity_bps = std::min(site.capacity_bps, terms[edge].capacity_bps);
      out_.report.layout.ways[i] = way;
    }
  }

  /// Of the sites behind a hop.
  [[nodiscard]] double demand_bps(std::uint32_t edge) const {
    double out = 0.0;
    for (const std::uint32_t user : out_.report.layout.users[edge]) out += out_.report.sites[user].demand_bps;
    return out;
  }

  BackhaulInput input_;
  const BackhaulOptions& options_;
  const HopOptions& hop_options_;
  std::vector<EdgeTerms> terms_{};        ///< [offer] with the interference that was met
  std::vector<std::size_t> offered_{};    ///< offers of this layout
  std::vector<std::size_t> excess_{};     ///< built hops over access carriers that do not fit
  std::map<std::size_t, double> lost_{};  ///< [offer] dB by which others disturbed it where it failed
  BackhaulWithHops out_{};
};

}  // namespace

BackhaulWithHops plan_with_hops(BackhaulInput input, const BackhaulOptions& options, const HopOptions& hops,
                                const HopOffers* known) {
  HopOffers offers = known != nullptr ? *known : hop_offers(input.world, input.network, options.exchanges, hops);
  return HopPlanner(std::move(input), options, hops, std::move(offers)).run();
}

}  // namespace amaneku
