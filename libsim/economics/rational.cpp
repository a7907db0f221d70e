#include "libsim/economics/rational.hpp"

#include <charconv>
#include <limits>
#include <numeric>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

__extension__ typedef __int128 Int128;

std::int64_t narrow(Int128 value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
    throw InternalError("a fraction does not fit 64 bits");
  return static_cast<std::int64_t>(value);
}

Int128 magnitude(Int128 value) {
  return value < 0 ? -value : value;
}

/// Reduced before it is narrowed, so that only results that do not fit fail.
Rational reduced(Int128 numerator, Int128 denominator) {
  if (denominator == 0) throw InternalError("a fraction over 0");
  Int128 a = magnitude(numerator);
  Int128 b = magnitude(denominator);
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  if (denominator < 0) a = -a;
  return {narrow(numerator / a), narrow(denominator / a)};
}

/// Digits only: no sign, no point, no blank.
bool read_whole(std::string_view text, std::int64_t& out) {
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

PrintedFraction printed_fraction(std::string_view text) {
  PrintedFraction out;
  const std::size_t bar = text.find('/');
  const bool whole = bar == std::string_view::npos;
  const bool read = read_whole(text.substr(0, bar), out.numerator) &&
                    (whole || read_whole(text.substr(bar + 1), out.denominator));
  if (!read || out.denominator == 0) {
    throw InputError(Fault{.message = "is no fraction: write it as printed, a decimal is never exact",
                           .value = '"' + std::string(text) + '"',
                           .legal = "a text such as \"1/3\""});
  }
  return out;
}

Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) throw InternalError("a fraction over 0");
  const std::int64_t common = std::gcd(numerator, denominator);
  numerator_ = numerator / common;
  denominator_ = denominator / common;
  if (denominator_ < 0) {
    numerator_ = narrow(-Int128{numerator_});
    denominator_ = narrow(-Int128{denominator_});
  }
}

std::string Rational::text() const {
  const std::string top = std::to_string(numerator_);
  return denominator_ == 1 ? top : top + '/' + std::to_string(denominator_);
}

Rational operator+(const Rational& a, const Rational& b) {
  return reduced(Int128{a.numerator_} * b.denominator_ + Int128{b.numerator_} * a.denominator_,
                 Int128{a.denominator_} * b.denominator_);
}

Rational operator-(const Rational& a, const Rational& b) {
  return reduced(Int128{a.numerator_} * b.denominator_ - Int128{b.numerator_} * a.denominator_,
                 Int128{a.denominator_} * b.denominator_);
}

Rational operator*(const Rational& a, const Rational& b) {
  return reduced(Int128{a.numerator_} * b.numerator_, Int128{a.denominator_} * b.denominator_);
}

Rational operator/(const Rational& a, const Rational& b) {
  return reduced(Int128{a.numerator_} * b.denominator_, Int128{a.denominator_} * b.numerator_);
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
  return Int128{a.numerator_} * b.denominator_ <=> Int128{b.numerator_} * a.denominator_;
}

std::int64_t Rational::floor_of(std::int64_t amount_jpy) const {
  if (amount_jpy < 0 || numerator_ < 0) throw InternalError("a share of a negative amount");
  return narrow(Int128{amount_jpy} * numerator_ / denominator_);
}

}  // namespace amaneku
