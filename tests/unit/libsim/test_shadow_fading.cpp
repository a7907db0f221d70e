// Shadow fields against their correlations.
#include "libsim/mobility/shadow_fading.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

/// Values of the fields of two sites every metre, one after the other for many runs.
struct Fields {
  std::vector<std::vector<double>> first{};
  std::vector<std::vector<double>> second{};
};

Fields fields(const ShadowModel& model, int runs, double length_m) {
  const ShadowKnots knots(model, length_m);
  const std::vector<int> sites = {3, 8};
  std::vector<float> field(knots.count() * (sites.size() + 1));
  Fields out;
  for (int run = 0; run < runs; ++run) {
    draw_fields(knots, {42, static_cast<std::uint64_t>(run), sites, model.site_correlation}, field);
    out.first.emplace_back();
    out.second.emplace_back();
    for (double at_m = 0.0; at_m <= length_m; at_m += 0.5) {
      const KnotWeights at = knots.at(at_m);
      const auto value = [&](std::size_t site) {
        return static_cast<double>(at.w0 * field[site * knots.count() + at.knot] +
                                   at.w1 * field[site * knots.count() + at.knot + 1]);
      };
      out.first.back().push_back(value(0));
      out.second.back().push_back(value(1));
    }
  }
  return out;
}

double mean_product(const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b,
                    std::size_t shift) {
  double sum = 0.0;
  double n = 0.0;
  for (std::size_t run = 0; run < a.size(); ++run) {
    for (std::size_t i = 0; i + shift < a[run].size(); ++i) {
      sum += a[run][i] * b[run][i + shift];
      n += 1.0;
    }
  }
  return sum / n;
}

/// What interpolation makes of the correlation, computed from the knots: mean over all positions of a pair.
double interpolated_correlation(const ShadowKnots& knots, double dx_m) {
  double sum = 0.0;
  constexpr int kPlaces = 200;
  for (int i = 0; i < kPlaces; ++i) {
    const double at_m = knots.spacing_m() * (i + 0.5) / kPlaces;
    const KnotWeights a = knots.at(at_m);
    const KnotWeights b = knots.at(at_m + dx_m);
    const auto correlation = [&](std::uint32_t p, std::uint32_t q) {
      return std::pow(knots.correlation(), std::abs(static_cast<double>(p) - static_cast<double>(q)));
    };
    sum += static_cast<double>(a.w0) * static_cast<double>(b.w0) * correlation(a.knot, b.knot) +
           static_cast<double>(a.w0) * static_cast<double>(b.w1) * correlation(a.knot, b.knot + 1) +
           static_cast<double>(a.w1) * static_cast<double>(b.w0) * correlation(a.knot + 1, b.knot) +
           static_cast<double>(a.w1) * static_cast<double>(b.w1) * correlation(a.knot + 1, b.knot + 1);
  }
  return sum / kPlaces;
}

}  // namespace

TEST_CASE("the correlation along the route is that of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/shadow_autocorrelation.csv");
  auto rows = test::read_csv(*test::reference() / "system/shadow_autocorrelation.csv");
  rows.erase(rows.begin());
  REQUIRE(rows.size() == 42);
  for (const auto& row : rows) {
    const ShadowModel model{.sigma_db = {6.0F}, .decorrelation_m = std::stod(row[0])};
    const double dx_m = std::stod(row[1]);
    CAPTURE(row[0], dx_m);
    // A recursion with that innovation from knot to knot ...
    const ShadowKnots fine({.sigma_db = {6.0F}, .decorrelation_m = std::stod(row[0]), .knots = 1000}, 1000.0);
    CHECK(std::abs(std::pow(fine.correlation(), dx_m / fine.spacing_m()) - std::stod(row[2])) < 1e-6);
    CHECK(std::abs(std::sqrt(1.0 - std::pow(std::stod(row[2]), 2.0)) - std::stod(row[3])) < 1e-5);
    // ... and what is left of it between knots.
    CHECK(std::abs(interpolated_correlation(ShadowKnots(model, 1000.0), dx_m) - std::stod(row[2])) < 0.02);
  }
}

TEST_CASE(
    "drawn fields have variance 1 everywhere, their correlation along the route and one half between sites") {
  const ShadowModel model{.sigma_db = {6.0F}, .decorrelation_m = 50.0};
  const Fields drawn = fields(model, 300, 500.0);
  // 300 runs of 10 decorrelation distances: about 1500 independent values, so 3 standard errors are 0.08.
  CHECK(mean_product(drawn.first, drawn.first, 0) == Approx(1.0).margin(0.11));
  CHECK(mean_product(drawn.second, drawn.second, 0) == Approx(1.0).margin(0.11));
  CHECK(mean_product(drawn.first, drawn.second, 0) == Approx(0.5).margin(0.08));
  for (const double dx_m : {5.0, 25.0, 50.0, 100.0}) {
    CAPTURE(dx_m);
    CHECK(mean_product(drawn.first, drawn.first, static_cast<std::size_t>(2.0 * dx_m)) ==
          Approx(std::exp(-dx_m / 50.0)).margin(0.09));
  }
  for (double at_m = 0.0; at_m < 20.0; at_m += 0.7) {
    const ShadowKnots knots(model, 100.0);
    const KnotWeights at = knots.at(at_m);
    const double variance = static_cast<double>(at.w0 * at.w0 + at.w1 * at.w1) +
                            2.0 * static_cast<double>(at.w0 * at.w1) * knots.correlation();
    CHECK(variance == Approx(1.0).margin(1e-6));
  }
}

TEST_CASE("a site that is added leaves the shadows of the others as they are") {
  const ShadowModel model{.sigma_db = {6.0F}};
  const ShadowKnots knots(model, 200.0);
  const std::vector<int> two = {3, 8};
  const std::vector<int> three = {3, 5, 8};
  std::vector<float> few(knots.count() * 3);
  std::vector<float> more(knots.count() * 4);
  draw_fields(knots, {7, 1, two, 0.5}, few);
  draw_fields(knots, {7, 1, three, 0.5}, more);
  for (std::size_t k = 0; k < knots.count(); ++k) {
    CHECK(few[k] == more[k]);
    CHECK(few[knots.count() + k] == more[2 * knots.count() + k]);
  }
}
