// Shadow fading along a route: correlated over the distance driven, between sites, and wholly within a site.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/mobility/route_radio.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {

/// Level of a cell = median + sigma * field of its site. A field is Gaussian with variance 1 and the correlation
/// exp(-dx / decorrelation) along the route (M. Gudmundson, Electronics Letters 27 no. 23, 1991; TR 38.901 7.4.4);
/// fields of two sites have `site_correlation` between them (common share: sqrt(r) Z + sqrt(1 - r) Z_site).
struct ShadowModel {
  std::vector<float> sigma_db{};  ///< >= 0: [1] of all, [cell], or [sample, cell]; empty: no fading
  double decorrelation_m = 50.0;  ///< > 0
  double site_correlation = 0.5;  ///< 0 .. 1
  int knots = 20;                 ///< values of the fields within a decorrelation distance, 2 .. 1000
};

[[nodiscard]] std::vector<Fault> shadow_faults(const ShadowModel& model, const RouteRadio& radio);

/// Values between the knots of a field: w0 z[knot] + w1 z[knot + 1], scaled to variance 1 at every place. Exact at
/// knots; between them the correlation is off by less than 0.02 with 20 knots (tested).
struct KnotWeights {
  std::uint32_t knot;
  float w0;
  float w1;
};
class ShadowKnots {
 public:
  ShadowKnots(const ShadowModel& model, double length_m);
  [[nodiscard]] KnotWeights at(double at_m) const noexcept;
  [[nodiscard]] std::size_t count() const noexcept { return count_; }
  [[nodiscard]] double spacing_m() const noexcept { return spacing_m_; }
  [[nodiscard]] double correlation() const noexcept { return correlation_; }  ///< of neighbours

 private:
  double spacing_m_;
  double correlation_;
  std::size_t count_;
};

/// The fields of one run.
struct FieldRequest {
  std::uint64_t seed;
  std::uint64_t run;
  std::span<const int> sites;  ///< RouteCell::site of each row
  double site_correlation;
};
/// Fills `field` [row, knot], a row for each site and a last one with the part that all have in common, sized
/// (sites.size() + 1) * knots.count(). Each site has a stream of its own: sites that
/// are added leave the numbers of the others as they are.
void draw_fields(const ShadowKnots& knots, const FieldRequest& request, std::span<float> field);

}  // namespace amaneku::mobility
