// The radial engine against exact per-cell profiles over a whole area.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "libsim/engine/coverage.hpp"

namespace amaneku::test {

struct AreaDifference {
  Raster<float> radial_minus_exact_db{};  ///< [y, x] of the window; NaN where either engine has no value
  std::vector<double> absolute_db{};      ///< of the cells with both values, ascending
  double mean_db = 0.0;
  std::size_t one_engine_only = 0;  ///< cells to which only one of the engines gives a value
  std::size_t radial_in_sight = 0;
  std::size_t exact_in_sight = 0;

  [[nodiscard]] std::size_t cells() const noexcept { return absolute_db.size(); }
  /// q in [0, 1]
  [[nodiscard]] double quantile_db(double q) const {
    return absolute_db.at(static_cast<std::size_t>(q * static_cast<double>(absolute_db.size() - 1)));
  }
  [[nodiscard]] double share_above(double limit_db) const {
    const auto first = std::upper_bound(absolute_db.begin(), absolute_db.end(), limit_db);
    return static_cast<double>(absolute_db.end() - first) / static_cast<double>(absolute_db.size());
  }
  /// Share of the cells by which the radial engine sees more.
  [[nodiscard]] double sight_bias() const {
    return (static_cast<double>(radial_in_sight) - static_cast<double>(exact_in_sight)) /
           static_cast<double>(cells());
  }
};

/// Coverage of one site with one sector.
inline Coverage coverage_of(const Ground& ground, const Site& site, const RadioModel& model,
                            CoverageOptions options, LossEngine engine) {
  options.engine = engine;
  std::vector<Warning> warnings;
  return compute_coverage(ground, {site}, model, {}, options, warnings);
}

/// The site must stand on ground. options.engine does not count.
inline AreaDifference area_difference(const Ground& ground, const Site& site, const RadioModel& model,
                                      const CoverageOptions& options) {
  const Coverage radial = coverage_of(ground, site, model, options, LossEngine::radial);
  const Coverage exact = coverage_of(ground, site, model, options, LossEngine::exact);
  const TransmitterLoss& fast = radial.transmitters.at(0);
  const TransmitterLoss& slow = exact.transmitters.at(0);
  AreaDifference out{.radial_minus_exact_db = fast.loss_db,
                     .radial_in_sight = fast.cells_line_of_sight,
                     .exact_in_sight = slow.cells_line_of_sight};
  for (std::size_t i = 0; i < slow.loss_db.values.size(); ++i) {
    float& cell = out.radial_minus_exact_db.values[i];
    if (std::isnan(cell) != std::isnan(slow.loss_db.values[i])) ++out.one_engine_only;
    cell -= slow.loss_db.values[i];
    if (std::isnan(cell)) continue;
    out.absolute_db.push_back(std::fabs(static_cast<double>(cell)));
    out.mean_db += static_cast<double>(cell);
  }
  std::sort(out.absolute_db.begin(), out.absolute_db.end());
  out.mean_db /= static_cast<double>(std::max<std::size_t>(1, out.cells()));
  return out;
}

}  // namespace amaneku::test
