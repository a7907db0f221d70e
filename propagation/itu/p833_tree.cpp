#include "propagation/itu/p833_tree.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"

namespace amaneku::itu {
namespace {

using enum TreeSpecies;

// P.833-10 Tables 5 to 8: the cells that all four tables fill.
constexpr std::array<TreeMedium, 68> kMedia = {{{london_plane, true, 1.3, 0.95, 42.0, 0.95, 0.147},
                                                {london_plane, true, 2.0, 0.95, 49.0, 0.95, 0.203},
                                                {london_plane, true, 2.2, 0.5, 13.0, 0.45, 0.244},
                                                {london_plane, true, 11.0, 0.7, 100.0, 0.95, 0.75},
                                                {london_plane, true, 37.0, 0.95, 18.0, 0.95, 0.441},
                                                {london_plane, true, 61.5, 0.25, 2.0, 0.5, 0.498},
                                                {london_plane, false, 1.3, 0.9, 16.0, 0.95, 0.221},
                                                {london_plane, false, 11.0, 0.95, 19.0, 0.95, 0.459},
                                                {horse_chestnut, true, 1.3, 0.9, 21.0, 0.25, 0.772},
                                                {horse_chestnut, true, 2.0, 0.75, 80.0, 0.55, 0.091},
                                                {horse_chestnut, true, 11.0, 0.85, 69.0, 0.95, 0.124},
                                                {silver_maple, true, 1.3, 0.95, 14.0, 0.95, 0.241},
                                                {silver_maple, true, 11.0, 0.9, 58.0, 0.95, 0.321},
                                                {silver_maple, true, 61.5, 0.8, 48.0, 0.8, 0.567},
                                                {silver_maple, false, 1.3, 0.9, 43.0, 0.25, 0.139},
                                                {silver_maple, false, 2.0, 0.95, 31.0, 0.95, 0.176},
                                                {silver_maple, false, 2.2, 0.95, 25.0, 0.95, 0.377},
                                                {common_lime, true, 1.3, 0.9, 76.0, 0.95, 0.22},
                                                {common_lime, true, 11.0, 0.95, 78.0, 0.75, 0.56},
                                                {common_lime, false, 1.3, 0.95, 50.0, 0.95, 0.591},
                                                {common_lime, false, 2.0, 0.95, 60.0, 0.95, 0.692},
                                                {common_lime, false, 11.0, 0.95, 48.0, 0.95, 0.757},
                                                {sycamore_maple, true, 61.5, 0.9, 59.0, 0.9, 0.647},
                                                {sycamore_maple, false, 1.3, 0.95, 70.0, 0.85, 0.36},
                                                {sycamore_maple, false, 2.0, 0.95, 62.0, 0.95, 0.249},
                                                {sycamore_maple, false, 11.0, 0.95, 44.0, 0.95, 0.179},
                                                {ginkgo, true, 1.5, 0.9, 28.65, 0.95, 0.4},
                                                {ginkgo, true, 2.5, 0.9, 36.89, 0.92, 1.1},
                                                {ginkgo, true, 3.5, 0.3, 57.3, 0.1, 0.3},
                                                {ginkgo, true, 4.5, 0.4, 28.65, 0.83, 0.46},
                                                {ginkgo, true, 5.5, 0.4, 28.65, 0.9, 0.48},
                                                {ginkgo, true, 12.5, 0.2, 3.58, 0.97, 0.74},
                                                {japanese_cherry, true, 1.5, 0.95, 57.3, 0.95, 0.3},
                                                {japanese_cherry, true, 2.5, 0.93, 57.3, 0.95, 0.49},
                                                {japanese_cherry, true, 3.5, 0.9, 114.59, 0.95, 0.21},
                                                {japanese_cherry, true, 4.5, 0.9, 114.59, 0.3, 0.2},
                                                {japanese_cherry, true, 5.5, 0.95, 229.18, 0.9, 0.24},
                                                {japanese_cherry, true, 12.5, 0.16, 3.38, 0.9, 0.18},
                                                {trident_maple, true, 1.5, 0.95, 18.47, 0.96, 0.47},
                                                {trident_maple, true, 2.5, 0.95, 45.34, 0.95, 0.73},
                                                {trident_maple, true, 3.5, 0.95, 13.43, 0.95, 0.73},
                                                {trident_maple, true, 4.5, 0.9, 57.3, 0.95, 0.27},
                                                {trident_maple, true, 5.5, 0.9, 114.59, 0.95, 0.31},
                                                {trident_maple, true, 12.5, 0.25, 4.25, 0.94, 0.47},
                                                {korean_pine, true, 1.5, 0.7, 70.0, 0.78, 0.215},
                                                {korean_pine, true, 2.5, 0.82, 55.0, 0.92, 0.617},
                                                {korean_pine, true, 3.5, 0.74, 72.0, 0.71, 0.334},
                                                {korean_pine, true, 4.5, 0.72, 71.0, 0.87, 0.545},
                                                {korean_pine, true, 5.5, 0.73, 75.0, 0.75, 0.31},
                                                {korean_pine, true, 12.5, 0.23, 4.37, 0.98, 0.5},
                                                {himalayan_cedar, true, 1.5, 0.48, 51.5, 0.43, 0.271},
                                                {himalayan_cedar, true, 2.5, 0.74, 77.5, 0.71, 0.402},
                                                {himalayan_cedar, true, 3.5, 0.92, 103.0, 0.87, 0.603},
                                                {himalayan_cedar, true, 4.5, 0.91, 94.0, 0.92, 0.54},
                                                {himalayan_cedar, true, 5.5, 0.96, 100.0, 0.97, 0.502},
                                                {himalayan_cedar, true, 12.5, 0.27, 3.54, 0.98, 0.9},
                                                {american_plane, true, 1.5, 0.95, 61.0, 0.88, 0.49},
                                                {american_plane, true, 2.5, 0.74, 23.0, 0.71, 0.486},
                                                {american_plane, true, 3.5, 0.85, 105.0, 0.84, 0.513},
                                                {american_plane, true, 4.5, 0.75, 65.0, 0.95, 0.691},
                                                {american_plane, true, 5.5, 0.7, 77.0, 0.96, 0.558},
                                                {american_plane, true, 12.5, 0.71, 2.36, 0.25, 0.17},
                                                {dawn_redwood, true, 1.5, 0.93, 44.0, 0.98, 0.261},
                                                {dawn_redwood, true, 2.5, 0.82, 71.0, 0.97, 0.35},
                                                {dawn_redwood, true, 3.5, 0.85, 65.0, 0.93, 0.37},
                                                {dawn_redwood, true, 4.5, 0.89, 34.0, 0.99, 0.266},
                                                {dawn_redwood, true, 5.5, 0.82, 77.0, 0.94, 0.2},
                                                {dawn_redwood, true, 12.5, 0.21, 2.57, 0.99, 0.44}}};

// Widths of antenna and lobe enter as 0.6 of those between the 3 dB points.
double squared_width(double width_deg) noexcept {
  const double width_rad = 0.6 * width_deg * std::numbers::pi / 180.0;
  return width_rad * width_rad;
}

}  // namespace

const TreeMedium& tree_medium(TreeSpecies species, bool in_leaf, double freq_hz) noexcept {
  const double log_f = std::log(positive(freq_hz * 1e-9));
  const TreeMedium* best = nullptr;
  double best_gap = 0.0;
  for (const TreeMedium& medium : kMedia) {
    if (medium.species != species) continue;
    // Any cell in the wanted state of leaf is nearer than one in the other.
    const double gap = std::abs(std::log(medium.freq_ghz) - log_f) + (medium.in_leaf == in_leaf ? 0.0 : 1e3);
    if (best != nullptr && gap >= best_gap) continue;
    best = &medium;
    best_gap = gap;
  }
  return best == nullptr ? kMedia.front() : *best;
}

TreeTransfer::TreeTransfer(const TreeMedium& medium, double beamwidth_deg) noexcept
    : extinction_per_m_(medium.extinction_per_m),
      forward_albedo_(medium.forward_share * medium.albedo),
      beam2_(squared_width(std::clamp(beamwidth_deg, 0.01, 360.0))),
      lobe2_(squared_width(medium.lobe_deg)) {
  solve((1.0 - medium.forward_share) * medium.albedo / (1.0 - forward_albedo_));  // (14)
}

// The coefficients s_k are the roots of the characteristic equation. With mu_n in pairs of either sign it is
// sum of P_n / (1 - mu_n^2 y) = 1 / W over the positive mu_n, y = 1 / s^2: the left side grows from pole to pole
// (y = 1 / mu_n^2), with one root between any two, and one between 0 and 1.
void TreeTransfer::solve(double reduced_albedo) noexcept {
  using std::numbers::pi;
  std::array<double, kModes> mu{};  // ascending to mu_N = 1
  std::array<double, kModes> P{};
  for (std::size_t i = 0; i < kModes; ++i) {
    const double angle = static_cast<double>(kModes + i) * pi / kOrder;
    mu[i] = i == kModes - 1 ? 1.0 : -std::cos(angle);
    P[i] = i == kModes - 1 ? std::pow(std::sin(0.5 * pi / kOrder), 2) : std::sin(pi / kOrder) * std::sin(angle);
  }
  const auto excess = [&](double y) {
    double sum = -1.0 / reduced_albedo;
    for (std::size_t i = 0; i < kModes; ++i) sum += P[i] / (1.0 - mu[i] * mu[i] * y);
    return sum;
  };
  std::array<double, kModes> s{};
  double low = 0.0;
  for (std::size_t k = kModes; k-- > 0;) {
    double below = low;
    const double pole = 1.0 / (mu[k] * mu[k]);
    double above = pole;
    for (int step = 0; step < 100; ++step) {
      const double middle = 0.5 * (below + above);
      (excess(middle) < 0.0 ? below : above) = middle;
    }
    inverse_s_[k] = std::sqrt(0.5 * (below + above));
    s[k] = 1.0 / inverse_s_[k];
    low = pole;
  }
  // The amplitudes A_k: sum over k of A_k / (1 - mu_n / s_k) is 1 / P_N for n = N and 0 for the other positive
  // mu_n. That is a Cauchy matrix, whose inverse is known in closed form.
  constexpr std::size_t kLast = kModes - 1;
  for (std::size_t k = 0; k < kModes; ++k) {
    double amplitude = 1.0 / P[kLast];
    for (std::size_t j = 0; j < kModes; ++j) {
      amplitude *= (s[k] - mu[j]) * (s[j] - mu[kLast]);
      if (j != kLast) amplitude /= mu[j] - mu[kLast];
      if (j != k) amplitude /= s[k] - s[j];
    }
    amplitude /= s[k] - mu[kLast];
    weight_[k] = amplitude / (s[k] - 1.0);
  }
}

double TreeTransfer::loss_db(double depth_m) const noexcept {
  const double tau = extinction_per_m_ * std::max(0.0, bounded(depth_m));
  const double reduced_tau = (1.0 - forward_albedo_) * tau;  // (13)
  const double direct = std::exp(-tau);
  const double reduced = std::exp(-reduced_tau);
  const auto q = [&](int m) { return 4.0 / (beam2_ + m * lobe2_); };
  // Scattered forward: m times out of M.
  double forward = (reduced - direct) * q(kForward);
  double term = direct;
  for (int m = 1; m <= kForward; ++m) {
    term *= forward_albedo_ * tau / m;
    forward += term * (q(m) - q(kForward));
  }
  // Scattered to all sides: at depth 0 the weights add up to 1 / P_N and the sum is 0.
  double diffuse = 0.0;
  for (std::size_t k = 0; k < kModes; ++k)
    diffuse += weight_[k] * (std::exp(-reduced_tau * inverse_s_[k]) - reduced);
  const double through = direct + 0.25 * beam2_ * forward + 0.5 * beam2_ * std::max(0.0, diffuse);
  return -10.0 * std::log10(std::clamp(through, 1e-300, 1.0));
}

}  // namespace amaneku::itu
