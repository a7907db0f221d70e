#include "propagation/itu/p530_wet_snow.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku::itu {
namespace {

constexpr double kLayer_m = 1200.0;
constexpr int kSlices = 12;
constexpr double kSlice_m = kLayer_m / kSlices;

}  // namespace

double melting_factor(double height_m) noexcept {
  if (height_m > 0.0) return 0.0;
  if (height_m < -kLayer_m) return 1.0;
  const double near_top = 1.0 - std::exp(height_m / 70.0);
  const double deep = 1.0 - std::exp(-(height_m / 600.0) * (height_m / 600.0));
  const double bulge = 4.0 * near_top * near_top;
  return bulge / (1.0 + deep * deep * (bulge - 1.0));
}

double melting_layer_factor(double rain_height_asl_m, double one_asl_m, double other_asl_m) noexcept {
  // Depths of the ends below the top of the layer; the limit only keeps them finite.
  const auto depth_m = [=](double asl_m) { return std::clamp(rain_height_asl_m - asl_m, -1e9, 1e9); };
  const double shallow_m = depth_m(std::max(one_asl_m, other_asl_m));
  const double deep_m = depth_m(std::min(one_asl_m, other_asl_m));
  if (deep_m < 0.0) return 0.0;
  if (shallow_m >= kLayer_m) return 1.0;
  const double span_m = deep_m - shallow_m;
  double sum_m = std::max(0.0, deep_m - kLayer_m);  // (52): the part below the layer counts 1
  for (int slice = 0; slice < kSlices; ++slice) {
    const double from_m = std::max(shallow_m, slice * kSlice_m);
    const double to_m = std::min(deep_m, (slice + 1) * kSlice_m);
    if (to_m < from_m) continue;
    const double factor = melting_factor(-0.5 * (from_m + to_m));
    // The whole path in one slice: its length does not matter, and may be 0.
    if (from_m == shallow_m && to_m == deep_m) return factor;
    sum_m += (to_m - from_m) * factor;
  }
  return sum_m / span_m;
}

}  // namespace amaneku::itu
