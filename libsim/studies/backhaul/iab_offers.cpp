#include "libsim/studies/backhaul/iab_offers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace amaneku {
namespace {

constexpr double kNearest_m = 10.0;  // nearer masts need a cable
constexpr const char* kNewRadio = "5G";

/// Whether a cell can feed a site at all.
bool can_feed(const Sector& sector) {
  return sector.carrier != nullptr && sector.carrier->generation == kNewRadio &&
         sector.carrier->duplex == Duplex::tdd && sector.carrier->width.subcarriers > 0;
}

bool share_a_channel(const Sector& a, const Sector& b) {
  if (a.carrier == nullptr || b.carrier == nullptr) return false;
  const double both_hz = 0.5 * (a.carrier->width.bandwidth_hz + b.carrier->width.bandwidth_hz);
  return std::abs(a.freq_hz - b.freq_hz) < both_hz;
}

double top_agl_m(const Site& site) {
  double out = 0.0;
  for (const Sector& sector : site.sectors) out = std::max(out, sector.tx_agl_m);
  return out;
}

class IabFinder {
 public:
  IabFinder(const IabInput& input, const IabTerms& terms)
      : input_(input), terms_(terms), cells_(input.network.sites.size()) {
    for (std::size_t i = 0; i < input.coverage.sectors.size(); ++i)
      cells_[static_cast<std::size_t>(input.coverage.sectors[i].site)].push_back(static_cast<int>(i));
  }

  IabNetwork run() {
    out_.terms = terms_;
    for (const FreeShare& share : free_shares(input_.load)) out_.free.push_back({share.downlink, share.uplink});
    // Sites with antennas of one height are received together.
    std::map<double, std::vector<std::uint32_t>> by_height;
    for (std::uint32_t site = 0; site < input_.network.sites.size(); ++site) {
      if (input_.network.sites[site].existing && !input_.network.sites[site].sectors.empty())
        by_height[top_agl_m(input_.network.sites[site])].push_back(site);
    }
    for (const auto& [fed_agl_m, sites] : by_height) feed(fed_agl_m, sites);
    for (auto& [ends, pair] : pairs_) out_.pairs.push_back(std::move(pair));
    return std::move(out_);
  }

 private:
  [[nodiscard]] const Sector& sector_of(int cell) const {
    const SectorRef& of = input_.coverage.sectors[static_cast<std::size_t>(cell)];
    return input_.network.sites[static_cast<std::size_t>(of.site)].sectors[static_cast<std::size_t>(of.sector)];
  }

  void feed(double fed_agl_m, const std::vector<std::uint32_t>& sites) {
    std::vector<Point> points;
    for (const std::uint32_t site : sites) points.push_back(input_.network.sites[site].at);
    // Masts, not people: whatever model and losses on top the maps have, between them the terrain decides.
    Engine engine = input_.engine;
    engine.model = P526{};
    engine.coverage.added_losses.clear();
    const Radio between_masts =
        Radio(input_.world, input_.network, std::move(engine), input_.coverage, false)
            .as({.receiver = Receiver{.rx_agl_m = fed_agl_m, .gain_dbi = terms_.terminal.gain_dbi},
                 .model = P526{},
                 .radius_m = terms_.longest_m});
    const std::vector<PointReception> received = between_masts.at(points);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      for (const PointPower& power : received[i].powers) consider(sites[i], fed_agl_m, power);
    }
  }

  /// One cell as a way to feed one site.
  void consider(std::uint32_t fed, double fed_agl_m, const PointPower& power) {
    const auto parent =
        static_cast<std::uint32_t>(input_.coverage.sectors[static_cast<std::size_t>(power.sector)].site);
    const double length_m = distance_m(input_.network.sites[parent].at, input_.network.sites[fed].at);
    if (parent == fed || length_m < kNearest_m || length_m > terms_.longest_m) return;
    const std::pair<std::uint32_t, std::uint32_t> ends = std::minmax(parent, fed);
    IabPair& pair = pairs_.try_emplace(ends, IabPair{ends.first, ends.second, length_m, {}}).first->second;
    const Sector& sector = sector_of(power.sector);
    if (!can_feed(sector)) return;
    const double spread_db = 10.0 * std::log10(static_cast<double>(sector.subcarriers));
    const double sent_dbm = sector.power_dbm - spread_db;
    const double received_dbm = static_cast<double>(power.power_dbm) + static_cast<double>(power.traffic_gain_db);
    IabFeed feed{.cell = power.sector,
                 .sector = sector.id,
                 .takes = {power.sector},
                 .rates = iab_rates(*sector.carrier, terms_.terminal, {sent_dbm, sent_dbm - received_dbm}),
                 .parent_agl_m = sector.tx_agl_m,
                 .fed_agl_m = fed_agl_m,
                 .line_of_sight = power.line_of_sight};
    for (const int cell : cells_[fed]) {
      if (share_a_channel(sector_of(cell), sector)) feed.takes.push_back(cell);
    }
    const auto left_bps = [&](const IabFeed& of) {
      if (of.cell < 0) return 0.0;
      const IabShare free = free_of(of, out_.free);
      return of.rates.ul_bps * free.uplink > 0.0 ? of.rates.dl_bps * free.downlink : 0.0;
    };
    IabFeed& best = pair.feeds[parent == pair.from ? 0 : 1];
    if (left_bps(feed) > left_bps(best)) best = std::move(feed);
  }

  const IabInput& input_;
  const IabTerms& terms_;
  std::vector<std::vector<int>> cells_;  ///< [site]
  std::map<std::pair<std::uint32_t, std::uint32_t>, IabPair> pairs_{};
  IabNetwork out_{};
};

}  // namespace

std::vector<SiteTraffic> traffic_of_sites(const NetworkLoad& load, const Coverage& coverage, std::size_t sites,
                                          double least_bps) {
  std::vector<SiteTraffic> out(sites);
  for (std::size_t i = 0; i < load.cells.size(); ++i) {
    SiteTraffic& of = out[static_cast<std::size_t>(coverage.sectors[i].site)];
    of.dl_bps += load.cells[i].dl_served_bps;
    of.ul_bps += load.cells[i].ul_served_bps;
  }
  for (SiteTraffic& of : out) of.dl_bps = std::max(of.dl_bps, least_bps);
  return out;
}

IabShare free_of(const IabFeed& feed, std::span<const IabShare> free) {
  IabShare out{1.0, 1.0};
  for (const int cell : feed.takes) {
    const IabShare& of = free[static_cast<std::size_t>(cell)];
    out = {std::min(out.downlink, of.downlink), std::min(out.uplink, of.uplink)};
  }
  return out;
}

IabNetwork iab_network(const IabInput& input, const IabTerms& terms) {
  return IabFinder(input, terms).run();
}

}  // namespace amaneku
