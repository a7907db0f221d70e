// A carrier ready for use: one technology at one width, with its rates and noise worked out. What the maps need of
// a radio technology, and nothing else.
#pragma once

#include <string>
#include <vector>

#include "libsim/radio/technology.hpp"

namespace amaneku {

/// Steps of a rate over SINR: from sinr_db[i] on, rate_bps[i]. Ascending in both.
struct RateCurve {
  std::vector<double> sinr_db{};
  std::vector<double> rate_bps{};
  /// 0 below the first step and where sinr_db is NaN.
  [[nodiscard]] double at(double sinr) const noexcept;
};

struct Carrier {
  std::string technology{};  ///< RadioTechnology::id
  CarrierWidth width{};
  Duplex duplex = Duplex::tdd;
  double duplex_spacing_hz = 0.0;
  std::string tdd_pattern{};
  TimeShare share{};
  RateCurve
      downlink{};  ///< the whole carrier for one user, best number of layers at each SINR, share and overhead off
  std::string downlink_curve{};   ///< LinkCurve::id
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

/// The technology at the width nearest to `bandwidth_hz`, which it must have. InputError: unknown curve or width,
/// with what there is.
[[nodiscard]] Carrier make_carrier(const RadioTechnology& technology, double bandwidth_hz,
                                   const std::vector<LinkCurve>& curves);

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
