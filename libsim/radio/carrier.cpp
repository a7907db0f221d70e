#include "libsim/radio/carrier.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "libsim/entry_of.hpp"
#include "libsim/radio/link_curve.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kBoltzmann_j_k = 1.380649e-23;
constexpr double kNoiseTemperature_k = 290.0;
CarrierWidth needed_width(const RadioTechnology& technology, double bandwidth_hz) {
  if (const CarrierWidth* width = width_of(technology, bandwidth_hz)) return *width;
  std::vector<double> known_mhz;
  for (const CarrierWidth& width : technology.widths) known_mhz.push_back(width.bandwidth_hz / 1e6);
  throw InputError(Fault{.message = "is no width of " + technology.id,
                         .key = "bandwidth_hz",
                         .value = fmt::format("{}", bandwidth_hz),
                         .legal = fmt::format("{} MHz", fmt::join(known_mhz, ", "))});
}

RateCurve scaled(const RateCurve& curve, double share) {
  std::vector<double> rates(curve.rate_bps().begin(), curve.rate_bps().end());
  for (double& rate : rates) rate *= share;
  return {{curve.sinr_db().begin(), curve.sinr_db().end()}, std::move(rates)};
}

}  // namespace

const CarrierWidth* width_of(const RadioTechnology& technology, double bandwidth_hz) noexcept {
  constexpr double kSameWidth = 1e-6;  // relative: what rounding leaves between two spellings of one width
  const auto found = std::find_if(technology.widths.begin(), technology.widths.end(), [&](const CarrierWidth& w) {
    return std::fabs(w.bandwidth_hz - bandwidth_hz) <= kSameWidth * w.bandwidth_hz;
  });
  return found == technology.widths.end() ? nullptr : &*found;
}

RateCurve::RateCurve(std::vector<double> sinr_db, std::vector<double> rate_bps)
    : sinr_db_(std::move(sinr_db)), rate_bps_(std::move(rate_bps)) {
  if (sinr_db_.size() != rate_bps_.size() || !std::is_sorted(sinr_db_.begin(), sinr_db_.end()))
    throw InternalError("a rate curve whose steps do not ascend");
  rate_bps_.insert(rate_bps_.begin(), 0.0);
  if (!sinr_db_.empty()) {
    // The same expression as in at(), so that no rounding puts a step in an earlier cell than its own SINR.
    const auto cell = [&](double at_db) {
      return static_cast<std::size_t>((at_db - sinr_db_.front()) * kCellsPerDb);
    };
    below_.assign(cell(sinr_db_.back()) + 2, 0);
    for (const double step_db : sinr_db_) ++below_[cell(step_db) + 1];
    for (std::size_t i = 1; i < below_.size(); ++i)
      below_[i] = static_cast<std::uint16_t>(below_[i] + below_[i - 1]);
    last_cell_ = static_cast<double>(below_.size() - 1);
  }
  sinr_db_.push_back(std::numeric_limits<double>::quiet_NaN());
}

double noise_dbm(double bandwidth_hz, double noise_figure_db) noexcept {
  return 10.0 * std::log10(kBoltzmann_j_k * kNoiseTemperature_k * bandwidth_hz * 1e3) + noise_figure_db;
}

double rate_bps(const CarrierWidth& width, int layers, double bits_per_symbol, double overhead) noexcept {
  return layers * bits_per_symbol * width.subcarriers * width.symbols_per_s * (1.0 - overhead);
}

RateCurve layered_rates(const LinkCurve& curve, const CarrierWidth& width, const LinkDirection& direction) {
  std::vector<RateStep> points;  // of all layers together: what carries more at no more SINR wins
  for (int layers = 1; layers <= direction.layers; ++layers) {
    const double split_db = 10.0 * std::log10(static_cast<double>(layers));
    for (const RateStep& step : curve.steps)
      points.push_back({step.sinr_db + split_db, layers * step.bits_per_symbol});
  }
  std::vector<double> sinr_db;
  std::vector<double> rates;
  for (const RateStep& step : ascending_steps(std::move(points))) {
    sinr_db.push_back(step.sinr_db);
    rates.push_back(rate_bps(width, 1, step.bits_per_symbol, direction.overhead));
  }
  return {std::move(sinr_db), std::move(rates)};
}

Carrier make_carrier(const RadioTechnology& technology, double bandwidth_hz,
                     const std::vector<LinkCurve>& curves) {
  const CarrierWidth width = needed_width(technology, bandwidth_hz);
  const LinkCurve& down = entry_of(curves, technology.downlink.curve, "dl_curve");
  return {.technology = technology.id,
          .generation = technology.generation,
          .width = width,
          .duplex = technology.duplex,
          .duplex_spacing_hz = technology.duplex_spacing_hz,
          .tdd_pattern = technology.tdd_pattern,
          .share = technology.share,
          .downlink = scaled(layered_rates(down, width, technology.downlink), technology.share.downlink),
          .downlink_curve = down.id,
          .downlink_layer = down,
          .downlink_layers = technology.downlink.layers,
          .downlink_overhead = technology.downlink.overhead,
          .device_noise_dbm = noise_dbm(width.subcarrier_spacing_hz, technology.downlink.noise_figure_db),
          .base_noise_dbm = noise_dbm(width.subcarrier_spacing_hz, technology.uplink.noise_figure_db),
          .uplink_curve = entry_of(curves, technology.uplink.curve, "ul_curve"),
          .uplink_layers = technology.uplink.layers,
          .uplink_overhead = technology.uplink.overhead,
          .device = technology.device,
          .rsrp_min_dbm = technology.rsrp_min_dbm,
          .sinr_min_db = technology.sinr_min_db};
}

PeakRates peak_rates(const Carrier& carrier) noexcept {
  PeakRates peak;
  if (!carrier.downlink.rate_bps().empty()) peak.downlink_bps = carrier.downlink.rate_bps().back();
  if (!carrier.uplink_curve.steps.empty()) {
    peak.uplink_bps = carrier.share.uplink * rate_bps(carrier.width, carrier.uplink_layers,
                                                      carrier.uplink_curve.steps.back().bits_per_symbol,
                                                      carrier.uplink_overhead);
  }
  return peak;
}

}  // namespace amaneku
