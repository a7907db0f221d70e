#include "libsim/economics/rational.hpp"

#include <limits>
#include <random>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("fractions are exact, reduced, and written as people write them") {
  CHECK(Rational(2, 4) == Rational(1, 2));
  CHECK(Rational(1, -2).text() == "-1/2");
  CHECK((Rational(2, 3) + Rational(2, 15) + Rational(1, 5)).text() == "1");
  CHECK((Rational(1, 5) * Rational(4, 9)).text() == "4/45");
  CHECK((Rational(3, 4) - Rational(3, 4)).text() == "0");
  CHECK((Rational(1, 3) / Rational(2, 3)).text() == "1/2");
  CHECK(Rational(1, 3) > Rational(333'333'333, 1'000'000'000));
  CHECK(Rational::parse("9/10") * Rational::parse("2/9") == Rational::parse("1/5"));
}

TEST_CASE("a fraction is read as printed, and nothing else is a fraction") {
  CHECK(printed_fraction("2/4").numerator == 2);
  CHECK(printed_fraction("2/4").denominator == 4);
  CHECK(Rational::parse("1") == Rational(1, 1));
  for (const char* text :
       {"0.333", "1/0", "", "/3", "1/", "-1/2", "1/3 ", " 1/3", "1/2/3", "a", "99999999999999999999"})
    CHECK_THROWS_AS(Rational::parse(text), InputError);
}

TEST_CASE("a share of an amount is rounded down to the yen") {
  CHECK(Rational(2, 3).floor_of(10'895'000) == 7'263'333);
  CHECK(Rational(4, 45).floor_of(660'000'000) == 58'666'666);
  CHECK(Rational(999'999, 1'000'000).floor_of(1'000'000'000'000'000) == 999'999'000'000'000);
  CHECK(Rational(1, 2).floor_of(0) == 0);
}

TEST_CASE("what does not fit 64 bits is an error, never a wrong number") {
  const Rational large(std::numeric_limits<std::int64_t>::max(), 1);
  CHECK_THROWS_AS(large * large, InternalError);
  CHECK_THROWS_AS(large + Rational(1, 1), InternalError);
  CHECK_THROWS_AS(Rational(1, 0), InternalError);
  CHECK_THROWS_AS(Rational(1, 1) / Rational(0, 7), InternalError);
  CHECK_THROWS_AS(Rational(1, 2).floor_of(-1), InternalError);
  CHECK(large - large == Rational(0, 1));
}

TEST_CASE("laws of fractions hold for random ones") {
  std::mt19937_64 engine(7);
  std::uniform_int_distribution<std::int64_t> top(-1000, 1000);
  std::uniform_int_distribution<std::int64_t> bottom(1, 1000);
  for (int i = 0; i < 2000; ++i) {
    const Rational a(top(engine), bottom(engine));
    const Rational b(top(engine), bottom(engine));
    const Rational c(top(engine), bottom(engine));
    CHECK((a + b) * c == a * c + b * c);
    CHECK((a - b) + b == a);
    CHECK(((a < b) == (a - b < Rational())));
    if (b != Rational()) CHECK((a / b) * b == a);
  }
}
