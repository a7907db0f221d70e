// How a value is distributed over places or people: weights in fine classes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace amaneku {

/// Classes of equal width from min to max; what lies beyond goes to the first or last.
struct LinearScale {
  double min;
  double max;
  double width;
  [[nodiscard]] constexpr std::size_t classes() const noexcept {
    // lround() is no constant expression, and the quotient a small whole number.
    return static_cast<std::size_t>((max - min) / width + 0.5);  // NOLINT(bugprone-incorrect-roundings)
  }
  [[nodiscard]] constexpr std::size_t class_of(double value) const noexcept {
    return static_cast<std::size_t>(std::clamp((value - min) / width, 0.0, static_cast<double>(classes() - 1)));
  }
  /// Middle of a class.
  [[nodiscard]] double value_of(std::size_t index) const noexcept;
};

/// Weighted. Values have a class each (LinearScale); the error of a quantile is half a class.
class Distribution {
 public:
  explicit Distribution(LinearScale scale) : scale_(scale), weight_(scale.classes()) {}

  void add(double value, double weight) noexcept { weight_[scale_.class_of(value)] += weight; }
  void add_class(std::size_t index, double weight) noexcept { weight_[index] += weight; }
  void add(const Distribution& other) noexcept;

  [[nodiscard]] const LinearScale& scale() const noexcept { return scale_; }
  [[nodiscard]] double total() const noexcept;
  /// Value that a share of the weight, 0 .. 1, does not exceed; NaN without any weight.
  [[nodiscard]] double quantile(double share) const noexcept;
  /// Share of the weight in classes that begin at `value` or above; NaN without any weight.
  [[nodiscard]] double share_from(double value) const noexcept;

 private:
  LinearScale scale_;
  std::vector<double> weight_;
};

}  // namespace amaneku
