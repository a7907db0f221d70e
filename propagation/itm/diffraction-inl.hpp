// Diffraction of the irregular terrain model: a weighted sum of two knife edges at the horizons and of a smooth
// Earth of three radii between them. ERL 79-ITS 67 section 3-2; the algorithm, section 4. For V = double and
// V = Pack.

// Once per target.
#if defined(AMANEKU_PROPAGATION_ITM_DIFFRACTION_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef AMANEKU_PROPAGATION_ITM_DIFFRACTION_INL_HPP
#undef AMANEKU_PROPAGATION_ITM_DIFFRACTION_INL_HPP
#else
#define AMANEKU_PROPAGATION_ITM_DIFFRACTION_INL_HPP
#endif

#include "propagation/itm/radio.hpp"
#include "propagation/itm/terrain_terms-inl.hpp"
#include "propagation/lane_math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace amaneku::itm::HWY_NAMESPACE {

using namespace amaneku::lane::HWY_NAMESPACE;

/// Everything of the path that does not change with the distance at which the loss is asked.
template <class V>
struct DiffractionPath {
  double wave_number;
  double cbrt_f;
  double attenuation;  ///< K of Vogler for a radius of 4/3 Earths
  V earth_radius_m;
  V delta_h_m;
  V tx_horizon_m;
  V rx_horizon_m;
  V horizons_m;    ///< d_L, sum of the two
  V sight_rad;     ///< theta_los, angular distance of the region in sight
  V excess_m;      ///< how far the horizons lie above those of a smooth Earth, as a distance
  V height_ratio;  ///< of effective to structural antennas
  V clutter_db;    ///< A_fo
  V x_terminals;   ///< numerical distances of the two terminals together
  V gain_db;       ///< height functions of the two terminals and the constant
};

// Loss of one knife edge from the square of its parameter: NBS TN 101 eq. (III.24b) and (III.24c), joined at 2.4.
template <class V>
[[nodiscard]] V knife_edge_db(V nu2) {
  const V near_db = 6.02 + 9.11 * sqrt(nu2) - 1.27 * nu2;
  const auto far = nu2 >= V(2.4 * 2.4);
  return any(far) ? select(far, 12.953 + 10.0 * log10(nu2), near_db) : near_db;
}

// The algorithm, eq. (6.4): height function F(x, K) of Vogler's smooth Earth.
template <class V>
[[nodiscard]] V height_function_db(V x, V k) {
  const V log_x = log(x);
  const V far_db = 17.372 * log_x - 117.0;
  const V straight_db = 0.05751 * x - 4.343 * log_x;
  V loss_db = straight_db;
  const auto low = x < V(200.0);
  if (!all(low)) {
    const V w = 0.0134 * x * exp(-0.005 * x);
    loss_db = select(x < V(2000.0), (1.0 - w) * straight_db + w * far_db, straight_db);
  }
  if (any(low)) {
    const V w = -log(k);
    const auto flat = k < V(1e-5) || x * w * w * w > V(5495.0);
    const V flat_db = select(x > V(1.0), far_db, V(-117.0));
    loss_db = select(low, select(flat, flat_db, 2.5e-5 * x * x / k - 8.686 * w - 15.0), loss_db);
  }
  return loss_db;
}

/// Vogler's numerical distance over an arc of the given radius, and his K there.
template <class V>
struct Arc {
  V x;
  V k;
};

template <class V>
[[nodiscard]] Arc<V> arc(const DiffractionPath<V>& path, V radius_m, V arc_m) {
  constexpr double kReferenceRadius_m = 4.0 / 3.0 * 6'370e3;
  const V c0 = cbrt(kReferenceRadius_m / radius_m);
  const V k = path.attenuation * c0;
  return {(1.607 - k) * c0 * c0 * path.cbrt_f * arc_m * 1e-3, k};
}

// The terminals stand on arcs that their horizons just touch.
template <class V>
[[nodiscard]] Arc<V> terminal_arc(const DiffractionPath<V>& path, const TerminalOf<V>& terminal) {
  const V radius_m = 0.5 * terminal.horizon_m * terminal.horizon_m / terminal.effective_m;
  return arc(path, radius_m, terminal.horizon_m);
}

template <class V>
[[nodiscard]] V knife_edges_db(const DiffractionPath<V>& path, V beyond_m, V bend_rad) {
  constexpr double kQuarterPerPi = 0.0795775;  // 1 / (4 pi), rounded as in the source
  const V scale = kQuarterPerPi * path.wave_number * bend_rad * bend_rad * beyond_m;
  return knife_edge_db(scale * path.tx_horizon_m / (beyond_m + path.tx_horizon_m)) +
         knife_edge_db(scale * path.rx_horizon_m / (beyond_m + path.rx_horizon_m));
}

template <class V>
[[nodiscard]] V smooth_earth_db(const DiffractionPath<V>& path, V beyond_m, V bend_rad) {
  // With K above 1.607 (low frequencies over very good conductors) the numerical distance turns negative.
  constexpr double kSmallestX = 1e-9;
  const Arc<V> between = arc(path, beyond_m / bend_rad, beyond_m);
  const V x = max(V(kSmallestX), between.x + path.x_terminals);
  return 0.05751 * x - 10.0 * log10(x) - path.gain_db;
}

template <class V>
[[nodiscard]] DiffractionPath<V> diffraction_path(const Radio& radio, const TerrainTermsOf<V>& terms,
                                                  const Sight<V>& sight) {
  const TerminalOf<V>& tx = terms.tx;
  const TerminalOf<V>& rx = terms.rx;
  DiffractionPath<V> path{};
  path.wave_number = radio.wave_number;
  path.cbrt_f = radio.cbrt_f;
  path.attenuation = 0.017778 / (radio.cbrt_f * std::abs(radio.impedance));
  path.earth_radius_m = terms.earth_radius_m;
  path.delta_h_m = terms.delta_h_m;
  path.tx_horizon_m = tx.horizon_m;
  path.rx_horizon_m = rx.horizon_m;
  path.horizons_m = sight.horizons_m;
  path.sight_rad = -max(tx.horizon_rad + rx.horizon_rad, -sight.horizons_m / terms.earth_radius_m);
  path.excess_m = sight.horizons_m - path.sight_rad * terms.earth_radius_m;

  // ERL 79-ITS 67 eq. (3.38c), with the irregularity at the smooth Earth's range in sight (page 3-13).
  const V product_m2 = tx.agl_m * rx.agl_m;
  const V roughness_m = fresnel_roughness_m(terms.delta_h_m * irregularity_share(sight.smooth_m));
  path.clutter_db = min(V(15.0), 5.0 * log10(1.0 + 1e-5 * product_m2 * radio.f_mhz * roughness_m));

  // ERL 79-ITS 67 eq. (3.23): low antennas over known terrain count as if a little higher (page 3-8).
  const double low_m2 = terms.known_path ? 10.0 : 0.0;
  path.height_ratio = sqrt((tx.effective_m * rx.effective_m + low_m2) / (product_m2 + low_m2));

  const Arc<V> of_tx = terminal_arc(path, tx);
  const Arc<V> of_rx = terminal_arc(path, rx);
  path.x_terminals = of_tx.x + of_rx.x;
  path.gain_db = height_function_db(of_tx.x, of_tx.k) + height_function_db(of_rx.x, of_rx.k) + 20.0;
  return path;
}

/// Attenuation relative to free space, dB, at a distance beyond both horizons: `distance_m` > horizons_m.
template <class V>
[[nodiscard]] V diffraction_db(const DiffractionPath<V>& path, V distance_m) {
  const V beyond_m = distance_m - path.horizons_m;
  const V bend_rad = distance_m / path.earth_radius_m - path.sight_rad;
  // ERL 79-ITS 67 eq. (3.23): smooth Earth for flat ground and long waves, knife edges for rough ground.
  const V waves = min(path.delta_h_m * irregularity_share(distance_m) * path.wave_number, V(6283.2));
  const V roughness = (path.height_ratio + path.excess_m / distance_m) * waves;
  const V weight = 25.1 / (25.1 + sqrt(max(V(0.0), roughness)));
  return weight * smooth_earth_db(path, beyond_m, bend_rad) +
         (1.0 - weight) * knife_edges_db(path, beyond_m, bend_rad) + path.clutter_db;
}

/// The straight line through the diffraction loss at two distances far behind the horizons.
template <class V>
struct DiffractionLine {
  V slope_db_m;    ///< m_d
  V intercept_db;  ///< A_ed, at no distance
};

template <class V>
[[nodiscard]] DiffractionLine<V> diffraction_line(const Radio& radio, const TerrainTermsOf<V>& terms,
                                                  const Sight<V>& sight) {
  const DiffractionPath<V> path = diffraction_path(radio, terms, sight);
  const V near_m = max(sight.smooth_m, sight.horizons_m + 5.0 * sight.scale_m);
  const V far_m = near_m + 10.0 * sight.scale_m;
  const V near_db = diffraction_db(path, near_m);
  const V slope = (diffraction_db(path, far_m) - near_db) / (far_m - near_m);
  return {slope, near_db - slope * near_m};
}

}  // namespace amaneku::itm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // once per target
