#include "libsim/visibility/cell_units.hpp"

#include <cmath>
#include <string>

#include "terrain/error.hpp"

namespace amaneku {

CellUnits cell_units(std::span<const float> weights, std::string_view name) {
  double total = 0.0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double weight = static_cast<double>(weights[i]);
    if (!(weight >= 0.0) || std::isinf(weight)) {
      throw InternalError(std::string(name) + " of cell " + std::to_string(i) + " is not a number of 0 or more");
    }
    total += weight;
  }
  CellUnits out;
  constexpr int kBits = 31;
  constexpr int kFinest = -20;
  const int exponent = total > 0.0 ? std::ilogb(total) + 1 - kBits : kFinest;
  out.unit = std::ldexp(1.0, std::max(exponent, kFinest));
  out.units.reserve(weights.size());
  double sum = 0.0;
  double before = 0.0;
  for (const float weight : weights) {
    sum += static_cast<double>(weight) / out.unit;
    const double rounded = std::floor(sum);
    out.units.push_back(static_cast<std::uint32_t>(rounded - before));
    before = rounded;
  }
  return out;
}

}  // namespace amaneku
