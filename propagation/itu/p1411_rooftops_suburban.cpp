#include "propagation/itu/p1411_rooftops_suburban.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/units.hpp"

namespace amaneku::itu {
namespace {

constexpr double kDegree = std::numbers::pi / 180.0;
// Outside the ranges the distances d_k need not grow with k: the search ends here.
constexpr int kMostReflections = 40;

// The path with k reflections between the houses of the street.
class Reflections {
 public:
  Reflections(double freq_hz, const SuburbanRooftops& suburb) noexcept
      : freq_ghz_(positive(freq_hz * 1e-9)),
        w_m_(positive(suburb.street_width_m)),
        rise_m_(bounded(suburb.h1_m) - bounded(suburb.h2_m)),
        slope_(rise_m_ / positive(bounded(suburb.roof_m) - bounded(suburb.h2_m))),
        sin_phi_(positive(std::abs(std::sin(bounded(suburb.orientation_deg) * kDegree)))),
        cos_phi_(std::cos(bounded(suburb.orientation_deg) * kDegree)) {}

  // d_k, (50): from here on k reflections reach station 2.
  [[nodiscard]] double from_m(int k) const noexcept { return std::hypot(B_m(k) / sin_phi_, rise_m_); }

  // L_dk, (51). sin(phi_k) of (57) is put into d_kp of (54): d_kp^2 = A^2 + (B cot phi)^2 + rise^2.
  [[nodiscard]] double at_db(int k) const noexcept {
    const double length_m = std::hypot(A_m(k), B_m(k) * cos_phi_ / sin_phi_, rise_m_);
    const double lambda_m = wavelength_m(freq_ghz_ * 1e9);
    return 20.0 * std::log10(4.0 * std::numbers::pi * positive(length_m) / lambda_m) - k * 20.0 * std::log10(0.4);
  }

  // d_RD, (52).
  [[nodiscard]] double diffracted_from_m() const noexcept {
    const double d1 = from_m(1);
    const double d2 = from_m(2);
    const double d3 = from_m(3);
    const double d4 = from_m(4);
    return positive((0.25 * d3 + 0.25 * d4 - 0.16 * d1 - 0.35 * d2) * std::log10(freq_ghz_) + 0.25 * d1 +
                    0.56 * d2 + 0.1 * d3 + 0.1 * d4);
  }

  // (49), (53): straight between the distances d_k.
  [[nodiscard]] double between_db(double d_m) const noexcept {
    int k = 0;
    while (k < kMostReflections && d_m >= from_m(k + 1)) ++k;
    const double near_m = from_m(k);
    const double near_db = at_db(k);
    const double width_m = positive(from_m(k + 1) - near_m);
    return near_db + (at_db(k + 1) - near_db) * std::clamp((d_m - near_m) / width_m, 0.0, 1.0);
  }

 private:
  // (55), (56): slope_ is (h1 - h2) / (h_r - h2).
  [[nodiscard]] double A_m(int k) const noexcept { return 0.5 * w_m_ * slope_ * (2.0 * k + 1.0); }
  [[nodiscard]] double B_m(int k) const noexcept { return A_m(k) - k * w_m_; }

  double freq_ghz_;
  double w_m_;
  double rise_m_;
  double slope_;
  double sin_phi_;
  double cos_phi_;
};

}  // namespace

SuburbanRooftopsLoss suburban_rooftops_loss(double freq_hz, const SuburbanRooftops& suburb) noexcept {
  const Reflections reflections(freq_hz, suburb);
  const double d_m = positive(suburb.distance_m);
  SuburbanRooftopsLoss out{.loss_db = 0.0,
                           .region = SuburbanRegion::direct,
                           .reflected_from_m = reflections.from_m(0),
                           .diffracted_from_m = reflections.diffracted_from_m()};
  // (48)
  if (d_m < out.reflected_from_m) {
    out.loss_db = free_space_loss_db(positive(freq_hz * 1e-9) * 1e9, d_m);
  } else if (d_m < out.diffracted_from_m) {
    out.region = SuburbanRegion::reflected;
    out.loss_db = reflections.between_db(d_m);
  } else {
    out.region = SuburbanRegion::diffracted;
    out.loss_db = 32.1 * std::log10(d_m / out.diffracted_from_m) + reflections.between_db(out.diffracted_from_m);
  }
  return out;
}

}  // namespace amaneku::itu
