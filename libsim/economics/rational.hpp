// Exact fractions: shares of a cost, charge and grant rates of bonds.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace amaneku {

/// A fraction as it is printed, not reduced: 2/4 stays 2/4.
struct PrintedFraction {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
};

/// "2/3", "1", "0". InputError (no key) for anything else: 0.333 is no third.
[[nodiscard]] PrintedFraction printed_fraction(std::string_view text);

/// numerator / denominator in lowest terms, the denominator above 0. Arithmetic is exact; what does not fit 64
/// bits is an InternalError, never a wrong number.
class Rational {
 public:
  constexpr Rational() = default;
  /// InternalError where `denominator` is 0.
  Rational(std::int64_t numerator, std::int64_t denominator);
  explicit Rational(PrintedFraction fraction) : Rational(fraction.numerator, fraction.denominator) {}
  [[nodiscard]] static Rational parse(std::string_view text) { return Rational(printed_fraction(text)); }

  [[nodiscard]] std::int64_t numerator() const noexcept { return numerator_; }
  [[nodiscard]] std::int64_t denominator() const noexcept { return denominator_; }
  /// "2/3"; "1" and "0" without a bar.
  [[nodiscard]] std::string text() const;

  friend Rational operator+(const Rational& a, const Rational& b);
  friend Rational operator-(const Rational& a, const Rational& b);
  friend Rational operator*(const Rational& a, const Rational& b);
  /// InternalError where b is 0.
  friend Rational operator/(const Rational& a, const Rational& b);
  friend bool operator==(const Rational& a, const Rational& b) = default;
  friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

  /// The whole yen in this share of an amount that is not negative: rounded down.
  [[nodiscard]] std::int64_t floor_of(std::int64_t amount_jpy) const;

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace amaneku
