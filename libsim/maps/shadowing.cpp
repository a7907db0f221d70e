#include "libsim/maps/shadowing.hpp"

#include <cmath>

#include "propagation/normal_quantile.hpp"

namespace amaneku {
namespace {

const double kSqrt2 = std::sqrt(2.0);

/// exp(x^2) erfc(x): where x is large the product of the two would be infinity times zero.
double scaled_erfc(double x) {
  if (x < 20.0) return std::exp(x * x) * std::erfc(x);
  const double inverse_square = 1.0 / (x * x);  // asymptotic series, next term below 1e-7 of the first
  return (1.0 - 0.5 * inverse_square * (1.0 - 1.5 * inverse_square)) / (x * std::sqrt(std::acos(-1.0)));
}

}  // namespace

double location_probability(double margin_db, double sigma_db) noexcept {
  if (sigma_db <= 0.0) return margin_db >= 0.0 ? 1.0 : 0.0;
  return 0.5 * std::erfc(-margin_db / (sigma_db * kSqrt2));
}

double location_margin_db(double share, double sigma_db) noexcept {
  return sigma_db * normal_quantile(share);
}

double area_probability(double edge_margin_db, double sigma_db, double exponent) noexcept {
  // F = 1/2 [1 - erf(a) + exp((1 - 2ab)/b^2) (1 - erf((1 - ab)/b))], a = -margin/(sigma sqrt 2)
  const double a = -edge_margin_db / (sigma_db * kSqrt2);
  const double b = 10.0 * exponent * std::log10(std::exp(1.0)) / (sigma_db * kSqrt2);
  const double c = (1.0 - a * b) / b;
  // (1 - 2ab)/b^2 = c^2 - a^2
  const double inner = c > 0.0 ? std::exp(-a * a) * scaled_erfc(c) : std::exp(c * c - a * a) * std::erfc(c);
  return 0.5 * (std::erfc(a) + inner);
}

double area_margin_db(double share, double sigma_db, double exponent) noexcept {
  double low = -40.0 * sigma_db;
  double high = 40.0 * sigma_db;
  while (high - low > 1e-10) {
    const double middle = 0.5 * (low + high);
    (area_probability(middle, sigma_db, exponent) < share ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace amaneku
