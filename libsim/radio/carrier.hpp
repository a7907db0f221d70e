// A carrier ready for use: one technology at one width, with its rates and noise worked out. What the maps need of
// a radio technology, and nothing else.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "libsim/radio/technology.hpp"

namespace amaneku {

/// Steps of a rate over SINR: from sinr_db()[i] on, rate_bps()[i].
class RateCurve {
 public:
  RateCurve() = default;  ///< nothing is carried
  /// Both ascend and are of one length.
  RateCurve(std::vector<double> sinr_db, std::vector<double> rate_bps);

  /// 0 below the first step and where sinr_db is NaN. A few nanoseconds: one look into a table of 1/16 dB that
  /// says how many steps are surely below, then at most a step or two.
  [[nodiscard]] double at(double sinr_db) const noexcept {
    const double cell = (sinr_db - sinr_db_.front()) * kCellsPerDb;
    if (!(cell >= 0.0)) return 0.0;
    std::size_t steps = below_[static_cast<std::size_t>(std::min(cell, last_cell_))];
    while (sinr_db >= sinr_db_[steps]) ++steps;
    return rate_bps_[steps];
  }

  [[nodiscard]] std::span<const double> sinr_db() const noexcept {
    return std::span(sinr_db_).first(sinr_db_.size() - 1);
  }
  [[nodiscard]] std::span<const double> rate_bps() const noexcept { return std::span(rate_bps_).subspan(1); }

 private:
  static constexpr double kCellsPerDb = 16.0;

  std::vector<double> sinr_db_{
      std::numeric_limits<double>::infinity()};  ///< ends with infinity: no step is beyond
  std::vector<double> rate_bps_{0.0};            ///< [number of steps at or below]
  std::vector<std::uint16_t> below_{0};          ///< [cell] number of steps in cells before
  double last_cell_ = 0.0;
};

struct Carrier {
  std::string technology{};  ///< RadioTechnology::id
  std::string generation{};  ///< RadioTechnology::generation
  CarrierWidth width{};
  Duplex duplex = Duplex::tdd;
  double duplex_spacing_hz = 0.0;
  std::string tdd_pattern{};
  TimeShare share{};
  RateCurve
      downlink{};  ///< the whole carrier for one user, best number of layers at each SINR, share and overhead off
  std::string downlink_curve{};  ///< LinkCurve::id
  LinkCurve downlink_layer{};    ///< of one layer: for those who have not as many as the device
  int downlink_layers = 1;
  double downlink_overhead = 0.0;
  double device_noise_dbm = 0.0;  ///< per subcarrier, with the noise figure
  double base_noise_dbm = 0.0;    ///< per subcarrier
  LinkCurve uplink_curve{};       ///< of one layer
  int uplink_layers = 1;
  double uplink_overhead = 0.0;
  DevicePower device{};
  double rsrp_min_dbm = -110.0;
  double sinr_min_db = -6.0;

  [[nodiscard]] double occupied_hz() const noexcept { return width.subcarriers * width.subcarrier_spacing_hz; }
};

/// The width of a technology, but for rounding; nullptr where it has none such.
[[nodiscard]] const CarrierWidth* width_of(const RadioTechnology& technology, double bandwidth_hz) noexcept;

/// The technology at a width, which it must have. InputError: unknown curve or width,
/// with what there is.
[[nodiscard]] Carrier make_carrier(const RadioTechnology& technology, double bandwidth_hz,
                                   const std::vector<LinkCurve>& curves);

/// What a carrier gives one user at most, the share of a TDD pattern off.
struct PeakRates {
  double downlink_bps = 0.0;
  double uplink_bps = 0.0;
};
[[nodiscard]] PeakRates peak_rates(const Carrier& carrier) noexcept;

/// Thermal noise of a band at 290 K: k T B, plus the receiver's noise figure.
[[nodiscard]] double noise_dbm(double bandwidth_hz, double noise_figure_db) noexcept;

/// TS 38.306 4.1.2, one carrier without the share of a TDD pattern: layers x bits a symbol x resource elements a
/// second x (1 - overhead).
[[nodiscard]] double rate_bps(const CarrierWidth& width, int layers, double bits_per_symbol,
                              double overhead) noexcept;

/// Layers as the SINR allows: the transmitter's power is divided among them (10 log10(layers) less for each), and
/// the number is taken that carries most. Orthogonal layers are assumed: an upper bound.
[[nodiscard]] RateCurve layered_rates(const LinkCurve& curve, const CarrierWidth& width,
                                      const LinkDirection& direction);

}  // namespace amaneku
