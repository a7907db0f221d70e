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
    tell(found(carriers_));
  }

 private:
  void choose(BuiltHop& hop) {
    const MicrowaveOffer& band = options_.microwave->bands[hop.with.band];
    const double half_hz = 0.5 * (band.band_hz.max - band.band_hz.min);
    const int channels = std::max(1, static_cast<int>(half_hz / band.radio.channel_hz));
    double least_db = std::numeric_limits<double>::infinity();
    std::vector<HopCarrier> best;
    for (int channel = 0; channel < channels && least_db > kToleratedLoss_db; ++channel) {
      std::vector<HopCarrier> carriers = carriers_;
      for (const std::size_t end : kEnds) carriers.push_back(carrier(hop.with, end, channel));
      const double loss_db = worst_db(found(carriers));
      if (loss_db >= least_db && !best.empty()) continue;
      least_db = loss_db;
      best = std::move(carriers);
    }
    carriers_ = std::move(best);
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
  [[nodiscard]] static double worst_db(const std::vector<HopInterference>& received) {
    double out = 0.0;
    for (const HopInterference& one : received)
      out = one.same_mast < 0 ? std::max(out, one.degradation_db) : std::numeric_limits<double>::infinity();
    return out;
  }

  void tell(const std::vector<HopInterference>& received) {
    const auto hop_of = [&](int carrier) {
      return carrier < 0 ? -1 : static_cast<int>(hops_[static_cast<std::size_t>(carrier) / 2]);
    };
    for (std::size_t i = 0; i < hops_.size(); ++i) {
      BuiltHop& hop = built_[hops_[i]];
      for (const std::size_t end : kEnds) {
        // What one end sends, the other receives.
        HopInterference& at = hop.received[1 - end];
        at = received[2 * i + end];
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
};

class HopPlanner {
 public:
  HopPlanner(BackhaulInput input, const BackhaulOptions& options, const HopOptions& hops)
      : input_(std::move(input)), options_(options), hop_options_(hops) {}

  BackhaulWithHops run() {
    out_.hops.offers = hop_offers(input_.world, input_.network, options_.exchanges, hop_options_);
    for (std::size_t i = 0; i < offers().size(); ++i) {
      terms_.push_back(offers()[i].offer.terms);
      offered_.push_back(i);
    }
    std::optional<std::int64_t> first_bound_jpy;
    do {
      lay();
      if (!first_bound_jpy) first_bound_jpy = out_.report.layout.lower_bound_jpy;
    } while (!keeps());
    BackhaulLayout& layout = out_.report.layout;
    layout.lower_bound_jpy = *first_bound_jpy;
    layout.optimal = layout.cost_jpy == layout.lower_bound_jpy;
    return std::move(out_);
  }

 private:
  [[nodiscard]] const std::vector<Hop>& offers() const { return out_.hops.offers.hops; }

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
    bool out = true;
    std::set<std::size_t> gone;
    for (BuiltHop& hop : out_.hops.built) {
      if (hop.degradation_db <= 0.0) continue;
      const MicrowaveOptions& microwave = *hop_options_.microwave;
      hop.with.service = microwave_of(hop.with, input_.world.ground, microwave, hop.degradation_db);
      const EdgeTerms left = terms_of(hop.with.microwave(), microwave.availability);
      hop.with.offer.terms = left;
      const bool enough = left.capacity_bps > 0.0 && left.capacity_bps >= demand_bps(hop.edge);
      if (enough) continue;
      out = false;
      terms_[hop.hop] = left;
      out_.hops.lost.push_back({hop.hop, hop.degradation_db});
      if (left.capacity_bps <= 0.0) gone.insert(hop.hop);
    }
    offered_.erase(std::remove_if(offered_.begin(), offered_.end(),
                                  [&](std::size_t offer) { return gone.count(offer) != 0; }),
                   offered_.end());
    return out;
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
  std::vector<EdgeTerms> terms_{};      ///< [offer] with the interference that was met
  std::vector<std::size_t> offered_{};  ///< offers of this layout
  BackhaulWithHops out_{};
};

}  // namespace

BackhaulWithHops plan_with_hops(BackhaulInput input, const BackhaulOptions& options, const HopOptions& hops) {
  return HopPlanner(std::move(input), options, hops).run();
}

}  // namespace amaneku
