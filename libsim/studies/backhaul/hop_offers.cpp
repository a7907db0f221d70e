#include "libsim/studies/backhaul/hop_offers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "libsim/parallel.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// Masts, and which end of an offer each of them is.
struct Masts {
  std::vector<HopMast> masts{};
  std::vector<std::uint32_t> ends{};
  std::uint32_t sites = 0;  ///< masts below this are sites
};

AntennaRange below_top(double lowest_agl_m, double top_agl_m) {
  return {std::min(lowest_agl_m, top_agl_m), top_agl_m};
}

Masts masts_of(const Network& network, std::span<const ExchangeOffice> exchanges, const HopHeights& heights) {
  Masts out;
  for (std::uint32_t site = 0; site < network.sites.size(); ++site) {
    if (!network.sites[site].existing) continue;
    double top_agl_m = 0.0;
    for (const Sector& sector : network.sites[site].sectors) top_agl_m = std::max(top_agl_m, sector.tx_agl_m);
    out.masts.push_back({network.sites[site].at, below_top(heights.lowest_agl_m, top_agl_m)});
    out.ends.push_back(site);
  }
  out.sites = static_cast<std::uint32_t>(out.masts.size());
  const auto first = static_cast<std::uint32_t>(network.sites.size());
  for (std::uint32_t i = 0; i < exchanges.size(); ++i) {
    out.masts.push_back({exchanges[i].at, below_top(heights.lowest_agl_m, heights.exchange_top_agl_m)});
    out.ends.push_back(first + i);
  }
  return out;
}

/// What became of a pair of masts, in the order of what counts where bands differ.
enum class Fate : std::uint8_t { no_ground, blocked, weak, offered };

using Ends = std::pair<std::uint32_t, std::uint32_t>;

/// Every pair once, by the best of its bands.
class Fates {
 public:
  void note(const HopOffer& offer, Fate fate) {
    Fate& best = best_.try_emplace({offer.from, offer.to}, fate).first->second;
    best = std::max(best, fate);
  }
  [[nodiscard]] HopCensus census() const {
    HopCensus out{.tried = best_.size()};
    for (const auto& [ends, fate] : best_) {
      if (fate == Fate::no_ground) ++out.no_ground;
      if (fate == Fate::blocked) ++out.blocked;
      if (fate == Fate::weak) ++out.weak;
    }
    return out;
  }

 private:
  std::map<Ends, Fate> best_{};
};

bool bears(const IabFeed& feed, const SiteTraffic& traffic, const std::vector<IabShare>& free) {
  if (feed.cell < 0) return false;
  const IabShare left = free_of(feed, free);
  return traffic.dl_bps <= left.downlink * feed.rates.dl_bps && traffic.ul_bps <= left.uplink * feed.rates.ul_bps;
}

/// One medium, or one band of it.
struct Search {
  Medium medium;
  HopSearch pairs;
  const Masts& masts;
  Fates& fates;
};

class HopFinder {
 public:
  HopFinder(const World& world, const Network& network, const HopOptions& options)
      : world_(world), network_(network), options_(options) {}

  HopOffers run(std::span<const ExchangeOffice> exchanges) {
    if (options_.microwave) add_microwave(exchanges);
    if (options_.optics) add_optics(exchanges);
    if (options_.iab) add_iab(*options_.iab);
    return std::move(out_);
  }

 private:
  /// Pairs that see each other.
  [[nodiscard]] std::vector<Hop> seen(const Search& search) const {
    std::vector<Hop> out;
    for (const HopPair& pair : hop_pairs(world_.ground, search.masts.masts, search.pairs)) {
      if (pair.from >= search.masts.sites) continue;
      const HopOffer offer{.medium = search.medium,
                           .from = search.masts.ends[pair.from],
                           .to = search.masts.ends[pair.to],
                           .length_m = pair.length_m};
      if (pair.sight.state != HopSight::State::clear) {
        search.fates.note(offer, pair.sight.state == HopSight::State::blocked ? Fate::blocked : Fate::no_ground);
        continue;
      }
      Hop hop{.offer = offer,
              .at = {search.masts.masts[pair.from].at, search.masts.masts[pair.to].at},
              .latitude_deg = network_.sites[offer.from].position.lat_deg,
              .sight = pair.sight};
      for (std::size_t i = 0; i < hop.at.size(); ++i)
        hop.ground_asl_m[i] = static_cast<double>(sample_bilinear(world_.ground.ground_asl_m, hop.at[i]));
      out.push_back(std::move(hop));
    }
    return out;
  }

  void add_microwave(std::span<const ExchangeOffice> exchanges) {
    const MicrowaveOptions& microwave = *options_.microwave;
    const Masts masts = masts_of(network_, exchanges, microwave.heights);
    std::map<Ends, Hop> best;
    Fates fates;
    for (std::size_t band = 0; band < microwave.bands.size(); ++band) {
      const MicrowaveOffer& offer = microwave.bands[band];
      std::vector<Hop> hops = seen({.medium = Medium::microwave,
                                    .pairs = {.freq_hz = offer.band_hz.min,
                                              .longest_m = offer.longest_m,
                                              .rules = microwave.rules,
                                              .threads = options_.threads},
                                    .masts = masts,
                                    .fates = fates});
      parallel_for(hops.size(), options_.threads, [&](std::size_t i) {
        hops[i].band = band;
        equip(hops[i]);
      });
      for (Hop& hop : hops) {
        const bool works = hop.offer.terms.capacity_bps > 0.0;
        fates.note(hop.offer, works ? Fate::offered : Fate::weak);
        if (works) keep_best(best, std::move(hop));
      }
    }
    out_.microwave = fates.census();
    for (auto& [ends, hop] : best) out_.hops.push_back(std::move(hop));
  }

  /// The smallest dish that carries as much as the largest.
  void equip(Hop& hop) const {
    const MicrowaveOptions& microwave = *options_.microwave;
    const MicrowaveOffer& offer = microwave.bands[hop.band];
    const auto with = [&](double dish_m) {
      hop.dish_m = dish_m;
      hop.gain_dbi = dish_gain_dbi(dish_m, offer.radio.freq_hz, offer.dish_efficiency);
      MicrowaveService service = microwave_of(hop, world_.ground, microwave, 0.0);
      hop.offer.terms = terms_of(service, microwave.availability);
      hop.service = std::move(service);
      return hop.offer.terms.capacity_bps;
    };
    const double most_bps = with(offer.dish_m.back());
    if (most_bps <= 0.0) return;
    for (const double dish_m : offer.dish_m) {
      if (with(dish_m) >= most_bps) return;
    }
  }

  static void keep_best(std::map<Ends, Hop>& best, Hop hop) {
    const auto [found, is_new] = best.try_emplace({hop.offer.from, hop.offer.to}, hop);
    const Hop& old = found->second;
    const auto value = [](const Hop& of) { return std::pair{-of.offer.terms.capacity_bps, of.dish_m}; };
    if (!is_new && value(hop) < value(old)) found->second = std::move(hop);
  }

  void add_optics(std::span<const ExchangeOffice> exchanges) {
    const OpticsOptions& optics = *options_.optics;
    constexpr double kLight_m_s = 299'792'458.0;
    constexpr double kMetresOfNm = 1e-9;
    const Masts masts = masts_of(network_, exchanges, optics.heights);
    Fates fates;
    std::vector<Hop> hops = seen({.medium = Medium::optics,
                                  .pairs = {.freq_hz = kLight_m_s / (kMetresOfNm * optics.terminal.wavelength_nm),
                                            .longest_m = optics.longest_m,
                                            .threads = options_.threads},
                                  .masts = masts,
                                  .fates = fates});
    for (Hop& hop : hops) {
      const double rise_m = hop.ground_asl_m[1] + hop.sight.to_agl_m - hop.ground_asl_m[0] - hop.sight.from_agl_m;
      const OpticsService service =
          optics_service(optics.terminal, std::hypot(hop.offer.length_m, rise_m), optics.weather);
      const bool works = service.availability() >= optics.availability;
      fates.note(hop.offer, works ? Fate::offered : Fate::weak);
      if (!works) continue;
      hop.offer.terms = {.capacity_bps = optics.terminal.rate_bps, .availability = service.availability()};
      hop.service = service;
      out_.hops.push_back(std::move(hop));
    }
    out_.optics = fates.census();
  }

  void add_iab(const IabNetwork& iab) {
    Fates fates;
    for (const IabPair& pair : iab.pairs) {
      Hop hop{.offer = {.medium = Medium::iab, .from = pair.from, .to = pair.to, .length_m = pair.length_m},
              .at = {network_.sites[pair.from].at, network_.sites[pair.to].at},
              .service = pair};
      // What travels both ways is not known before the layout: the more that either way would bear.
      double most_bps = 0.0;
      for (const std::size_t i : {0U, 1U}) {
        IabFeed& feed = std::get<IabPair>(hop.service).feeds[i];
        // Whoever feeds a site carries at least what that site needs itself.
        if (!bears(feed, iab.sites[i == 0 ? pair.to : pair.from], iab.free)) feed.cell = -1;
        if (feed.cell < 0) continue;
        const IabShare free = free_of(feed, iab.free);
        most_bps = std::max({most_bps, feed.rates.dl_bps * free.downlink, feed.rates.ul_bps * free.uplink});
      }
      hop.offer.terms = {
          .capacity_bps = most_bps, .availability = iab.terms.availability, .delay_s = iab.terms.hop_delay_s};
      const bool works = most_bps > 0.0;
      fates.note(hop.offer, works ? Fate::offered : Fate::weak);
      if (works) out_.hops.push_back(std::move(hop));
    }
    out_.iab = fates.census();
  }

  const World& world_;
  const Network& network_;
  const HopOptions& options_;
  HopOffers out_{};
};

}  // namespace

HopOffers hop_offers(const World& world, const Network& network, std::span<const ExchangeOffice> exchanges,
                     const HopOptions& options) {
  return HopFinder(world, network, options).run(exchanges);
}

MicrowaveService microwave_of(const Hop& hop, const Ground& ground, const MicrowaveOptions& options,
                              double degradation_db) {
  const std::optional<Profile> profile = hop_profile(ground, hop.at[0], hop.at[1]);
  if (!profile) throw InternalError("a hop was offered over missing ground");
  return microwave_service({.radio = options.bands[hop.band].radio,
                            .profile = profile->view(),
                            .antenna_agl_m = {hop.sight.from_agl_m, hop.sight.to_agl_m},
                            .antenna_gain_dbi = {hop.gain_dbi, hop.gain_dbi},
                            .climate = options.climate,
                            .latitude_deg = hop.latitude_deg,
                            .degradation_db = degradation_db});
}

EdgeTerms terms_of(const MicrowaveService& service, double availability) noexcept {
  return {.capacity_bps = service.capacity_bps(availability), .availability = service.availability()};
}

}  // namespace amaneku
