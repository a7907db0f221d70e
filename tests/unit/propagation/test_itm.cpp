#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "propagation/itm/even_steps.hpp"
#include "propagation/itm/height_fit.hpp"
#include "propagation/itm/profile_heights.hpp"
#include "propagation/itm/profile_terms.hpp"
#include "propagation/itm/refractivity.hpp"
#include "propagation/itm/terrain_irregularity.hpp"
#include "propagation/models.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

Profile made(std::size_t n, double step_m, double (*height)(double x_m)) {
  Profile profile;
  for (std::size_t i = 0; i < n; ++i) {
    profile.distance_m.push_back(step_m * static_cast<double>(i));
    profile.ground_asl_m.push_back(height(profile.distance_m.back()));
  }
  return profile;
}

double term(const PathLoss& loss, std::string_view name) {
  for (const LossTerm& t : loss.terms) {
    if (t.name == name) return t.value;
  }
  throw std::runtime_error("no such term");
}

int code(const PathLoss& loss) {
  return static_cast<int>(term(loss, "return_code"));
}

unsigned bits(const PathLoss& loss) {
  return static_cast<unsigned>(term(loss, "warning_bits"));
}

const Link kLink{.freq_hz = 900e6, .tx_agl_m = 30.0, .rx_agl_m = 2.0, .n0 = 301.0};

Profile hills(std::size_t n = 401, double step_m = 50.0) {
  return made(n, step_m,
              [](double x) { return 200.0 + 60.0 * std::sin(x / 1700.0) + 20.0 * std::cos(x / 310.0); });
}

Profile plain(std::size_t n = 401, double step_m = 50.0) {
  return made(n, step_m, [](double x) { return 200.0 + 2.0 * std::sin(x / 1700.0); });
}

PathLoss over(const Itm& model, const Link& link, const Profile& profile) {
  return explain_terms(model, link, extract_path(link, profile.view()));
}

Profile level(double distance_m, double asl_m = 100.0) {
  return {.distance_m = {0.0, 0.5 * distance_m, distance_m}, .ground_asl_m = {asl_m, asl_m, asl_m}};
}

}  // namespace

TEST_CASE("ITM air by hand") {
  // exp(301 / 179.3) = 5.3585; 157e-9 (1 - 0.04665 * 5.3585) = 117.754e-9.
  CHECK(itm::air_over(301.0, 0.0).earth_radius_m == Approx(8'492'300.0).epsilon(1e-4));
  CHECK(itm::air_over(301.0, 946.0).surface_refractivity == Approx(301.0 * std::exp(-0.1)));
}

TEST_CASE("ITM deviates by the table of the normal distribution") {
  CHECK(itm::normal_deviate(50.0) == Approx(0.0).margin(4.5e-4));
  CHECK(itm::normal_deviate(10.0) == Approx(1.28155).margin(4.5e-4));
  CHECK(itm::normal_deviate(99.0) == Approx(-2.32635).margin(4.5e-4));
  CHECK(itm::normal_deviate(0.1) == Approx(3.09023).margin(4.5e-4));
  const itm::Deviates joined = itm::deviates_of(itm::Service::single_message, {10.0, 20.0, 30.0});
  CHECK(joined.time == joined.situation);
  CHECK(joined.location == joined.situation);
  const itm::Deviates mobile = itm::deviates_of(itm::Service::mobile, {10.0, 20.0, 30.0});
  CHECK(mobile.location == mobile.time);
  CHECK(mobile.situation != mobile.time);
}

TEST_CASE("ITM least squares give a straight line back, over any stretch") {
  const Profile ramp = made(101, 30.0, [](double x) { return 40.0 + 0.02 * x; });
  const itm::SampledHeights heights(ramp.view());
  for (const auto& [from, to] : {std::pair{0.0, 100.0}, {3.7, 61.2}, {50.0, 50.0}, {100.0, 100.0}, {0.0, 0.0}}) {
    const itm::FittedLine line = itm::fit_line(heights, from, to);
    CHECK(line.first_m == Approx(40.0));
    CHECK(line.last_m == Approx(100.0));
  }
}

TEST_CASE("ITM irregularity: none on a slope, eight tenths of the height of a saw") {
  const Profile ramp = made(201, 30.0, [](double x) { return 0.05 * x; });
  CHECK(itm::interdecile_range_m(itm::SampledHeights(ramp.view()), {2.0, 198.0}) == Approx(0.0).margin(1e-9));
  const Profile saw = made(2001, 10.0, [](double x) { return 100.0 * std::abs(std::remainder(x / 1000.0, 2.0)); });
  CHECK(itm::interdecile_range_m(itm::SampledHeights(saw.view()), {0.0, 2000.0}) == Approx(80.0).margin(2.0));
  CHECK(itm::interdecile_range_m(itm::SampledHeights(saw.view()), {10.0, 11.9}) == 0.0);
}

TEST_CASE("ITM interpolates an uneven profile and takes the samples of a nearly even one") {
  Profile uneven;
  for (const double d : {0.0, 10.0, 20.0, 500.0, 1500.0, 4000.0, 4100.0, 9000.0, 10'000.0}) {
    uneven.distance_m.push_back(d);
    uneven.ground_asl_m.push_back(100.0 + 0.01 * d);
  }
  CHECK(itm::SampledHeights(uneven.view()).is_uneven(itm::kLargestUnevenness));
  const itm::ResampledHeights heights(uneven.view());
  for (const std::size_t i : {0U, 3U, 8U, 5U, 1U})
    CHECK(heights[i] == Approx(100.0 + 12.5 * static_cast<double>(i)));
  const Profile even = made(9, 1250.0, [](double x) { return 100.0 + 0.01 * x; });
  CHECK(over({}, kLink, uneven).loss_db == Approx(over({}, kLink, even).loss_db).margin(0.05));

  // A radial's first gap is a part of a step: 5 m and 35 m of 50 m.
  for (const double shift_m : {45.0, 15.0}) {
    Profile shifted = hills();
    for (std::size_t i = 1; i < shifted.distance_m.size(); ++i) shifted.distance_m[i] -= shift_m;
    const itm::SampledHeights sampled(shifted.view());
    CHECK_FALSE(sampled.is_uneven(0.5));
    CHECK(sampled.steps() == (shift_m > 25.0 ? 399 : 400));
  }
}

TEST_CASE("ITM walks in steps to the last bit, in few of them") {
  test::Random random(5);
  for (int i = 0; i < 3'000; ++i) {
    const std::size_t times = random.next() % 4'000;
    // Every third step has few bits, so that sums often lie half-way between two doubles.
    double step_m = std::pow(10.0, random.between(-3.0, 4.0));
    if (i % 3 == 0) step_m = std::ldexp(std::round(std::ldexp(step_m, 3)) + 1.0, -5);
    const double length_m = step_m * (static_cast<double>(times) + random.between(0.0, 3.0));
    double there_m = 0.0;
    double back_m = length_m;
    for (std::size_t k = 0; k < times; ++k) {
      there_m += step_m;
      back_m -= step_m;
    }
    INFO(times << " steps of " << step_m);
    REQUIRE(itm::stepped_m(0.0, step_m, times) == there_m);
    REQUIRE(itm::stepped_m(length_m, -step_m, times) == back_m);
  }
}

TEST_CASE("ITM return codes in the order of NTIA's tests") {
  const Profile ground = plain();
  Link link = kLink;
  Itm model;
  CHECK(code(over(model, link, ground)) == 0);
  CHECK(over(model, link, ground).warnings.empty());

  model.location_percent = 0.0;
  CHECK(code(over(model, link, ground)) == 1004);
  model.time_percent = 100.0;
  CHECK(code(over(model, link, ground)) == 1003);
  model.situation_percent = -1.0;
  CHECK(code(over(model, link, ground)) == 1005);
  model.conductivity_s_m = 0.0;
  CHECK(code(over(model, link, ground)) == 1012);
  model.relative_permittivity = 0.5;
  CHECK(code(over(model, link, ground)) == 1011);
  link.freq_hz = 19e6;
  CHECK(code(over(model, link, ground)) == 1009);
  CHECK(bits(over(model, link, ground)) == 0x0004);
  link.n0 = 249.0;
  CHECK(code(over(model, link, ground)) == 1008);
  link.rx_agl_m = 0.4;
  CHECK(code(over(model, link, ground)) == 1001);
  CHECK(bits(over(model, link, ground)) == 0x0002);
  link.tx_agl_m = 3001.0;
  const PathLoss all = over(model, link, ground);
  CHECK(code(all) == 1000);
  CHECK(bits(all) == 0x0001);
  CHECK(std::isfinite(all.loss_db));
  CHECK(all.warnings.at(0) == "ITM error 1000: transmitter height outside 0.5 .. 3000 m; computed all the same");
}

TEST_CASE("ITM return codes of confidence and reliability, of the ground and of the air") {
  const Profile ground = plain();
  Itm model;
  model.statistic = ItmSettings::Statistic::confidence_reliability;
  model.time_percent = 0.0;  // not asked
  CHECK(code(over(model, kLink, ground)) == 0);
  model.reliability_percent = 100.0;
  CHECK(code(over(model, kLink, ground)) == 1007);
  model.confidence_percent = 0.0;
  CHECK(code(over(model, kLink, ground)) == 1006);

  Link link = kLink;
  link.n0 = 250.0;
  CHECK(code(over({}, link, level(20e3, 5'000.0))) == 1021);
  CHECK(code(over({}, link, level(20e3, 2'000.0))) == 1);
  CHECK(bits(over({}, link, level(20e3, 2'000.0))) == 0x4000);
  link.n0 = 400.0;
  CHECK(code(over({}, link, level(20e3, -100.0))) == 1022);

  Itm sea;
  sea.relative_permittivity = 1.0;
  sea.conductivity_s_m = 5.0;
  link = kLink;
  link.polarization = Polarization::vertical;
  CHECK(code(over(sea, link, ground)) == 0);
  link.polarization = Polarization::horizontal;
  sea.conductivity_s_m = 1e-7;
  CHECK(code(over(sea, link, ground)) == 1013);
}

TEST_CASE("ITM warnings of the path") {
  Link link = kLink;
  const auto has = [&link](const Profile& profile, unsigned bit) {
    const PathLoss result = over({}, link, profile);
    return (bits(result) & bit) != 0 && code(result) == 1;
  };
  CHECK(has(level(999.0), 0x0040));
  CHECK_FALSE(has(level(1001.0), 0x0040));
  CHECK(has(level(100.0), 0x0020));
  CHECK(has(level(1'001e3), 0x0008));
  CHECK_FALSE(has(level(1'001e3), 0x0010));
  CHECK(has(level(2'001e3), 0x0010));

  // A wall of 400 m on the way, 500 m from one end.
  Profile wall = made(101, 100.0, [](double) { return 10.0; });
  wall.ground_asl_m[5] = 400.0;
  CHECK(has(wall, 0x0080));
  CHECK(has(wall, 0x0200));
  CHECK_FALSE(has(wall, 0x0100));
  std::swap(wall.ground_asl_m[5], wall.ground_asl_m[95]);
  CHECK(has(wall, 0x0100));
  CHECK(has(wall, 0x0400));
  // A bowl: horizons far beyond those of a smooth Earth.
  const Profile bowl = made(1001, 300.0, [](double x) { return 1e-8 * (x - 150e3) * (x - 150e3); });
  CHECK_FALSE(has(bowl, 0x0200));
  Profile far = made(1001, 300.0, [](double) { return 0.0; });
  far.ground_asl_m[500] = 8'000.0;
  CHECK(has(far, 0x0800));
  CHECK(has(far, 0x1000));

  Itm rare;
  rare.time_percent = 99.95;
  CHECK(bits(over(rare, kLink, plain())) == 0x2000);
}

TEST_CASE("ITM modes go from sight over diffraction to scatter") {
  const auto mode = [](double distance_m) { return over({}, kLink, plain(401, distance_m / 400.0)).mode; };
  CHECK(mode(5e3) == "line_of_sight");
  CHECK(mode(60e3) == "diffraction");
  CHECK(mode(300e3) == "troposcatter");
}

TEST_CASE("ITM terms add up and agree with the hot call, with and without a profile") {
  const Profile ground = hills();
  const PathGeometry path = extract_path(kLink, ground.view());
  for (const char* id : {"itm", "itm_area"}) {
    const RadioModel model = make_model(id);
    const PathLoss result = explain(model, kLink, path);
    CHECK(term(result, "free_space_db") + term(result, "reference_attenuation_db") +
              term(result, "variability_db") ==
          Approx(result.loss_db));
    CHECK(std::visit([&](const auto& m) { return loss_db(m, kLink, path); }, model) == result.loss_db);
  }
  const Profile two{.distance_m = {0.0, 8e3}, .ground_asl_m = {50.0, 90.0}};
  PathGeometry bare = extract_path(kLink, two.view());
  const double with_profile = loss_db(Itm{}, kLink, bare);
  bare.profile = {};
  CHECK(loss_db(Itm{}, kLink, bare) == with_profile);
}

TEST_CASE("ITM is reciprocal where the profile is even") {
  const Profile there = hills();
  Profile back = there;
  std::reverse(back.ground_asl_m.begin(), back.ground_asl_m.end());
  Link reversed = kLink;
  std::swap(reversed.tx_agl_m, reversed.rx_agl_m);
  CHECK(over({}, kLink, there).loss_db == Approx(over({}, reversed, back).loss_db).margin(1e-6));
}

TEST_CASE("ITM loss rises with every share") {
  const auto rises = [](auto set) {
    double before = -1.0;
    for (const double percent : {1.0, 10.0, 30.0, 50.0, 70.0, 90.0, 99.0}) {
      Itm model;
      set(model, percent);
      const double now = over(model, kLink, hills()).loss_db;
      CHECK(now > before);
      before = now;
    }
  };
  rises([](Itm& m, double p) { m.time_percent = p; });
  rises([](Itm& m, double p) { m.location_percent = p; });
  rises([](Itm& m, double p) { m.situation_percent = p; });
  const auto confidence = ItmSettings::Statistic::confidence_reliability;
  rises([&](Itm& m, double p) { m.statistic = confidence, m.confidence_percent = p; });
  rises([&](Itm& m, double p) { m.statistic = confidence, m.reliability_percent = p; });
}

TEST_CASE("ITM without variability of location or situation keeps less of it") {
  Itm whole;
  whole.location_percent = 90.0;
  whole.situation_percent = 90.0;
  Itm no_location = whole;
  no_location.location_variability = ItmSettings::Variability::eliminated;
  Itm neither = no_location;
  neither.situation_variability = ItmSettings::Variability::eliminated;
  CHECK(over(whole, kLink, hills()).loss_db > over(no_location, kLink, hills()).loss_db);
  CHECK(over(no_location, kLink, hills()).loss_db > over(neither, kLink, hills()).loss_db);
}

TEST_CASE("ITM area: care in siting lowers the loss") {
  ItmArea random;
  ItmArea careful;
  careful.tx_siting = careful.rx_siting = itm::Siting::careful;
  ItmArea best;
  best.tx_siting = best.rx_siting = itm::Siting::very_careful;
  const PathGeometry path{.distance_m = 40e3};
  CHECK(loss_db(random, kLink, path) > loss_db(careful, kLink, path));
  CHECK(loss_db(careful, kLink, path) > loss_db(best, kLink, path));
  CHECK(explain_terms(best, kLink, path).warnings.empty());
  best.delta_h_m = -1.0;
  CHECK(code(explain_terms(best, kLink, path)) == 1018);
}

TEST_CASE("ITM is finite for any finite input") {
  test::Random random(7);
  constexpr std::array<double, 15> kOdd = {0.0,  -0.0,  1e-300, -1e-300, 1e-9,  -1.0,  0.5,   1.0,
                                           50.0, 100.0, 1e4,    1e12,    -1e12, 1e300, -1e300};
  const auto odd = [&](double usual) {
    return random.next() % 3 == 0 ? kOdd[random.next() % kOdd.size()] : usual;
  };
  for (int i = 0; i < 60'000; ++i) {
    Link link{.freq_hz = odd(random.between(1e6, 40e9)),
              .tx_agl_m = odd(random.between(0.0, 300.0)),
              .rx_agl_m = odd(random.between(0.0, 30.0)),
              .n0 = odd(random.between(200.0, 450.0))};
    if (random.next() % 2 == 0) link.polarization = Polarization::horizontal;
    Itm model;
    model.climate = static_cast<itm::Climate>(random.next() % 7);
    model.variability_mode = static_cast<itm::Service>(random.next() % 4);
    model.statistic = static_cast<ItmSettings::Statistic>(random.next() % 2);
    for (double* const field :
         {&model.time_percent, &model.location_percent, &model.situation_percent, &model.confidence_percent,
          &model.reliability_percent, &model.relative_permittivity, &model.conductivity_s_m}) {
      *field = odd(random.between(0.0, 100.0));
    }
    const std::size_t n = 2 + random.next() % 30;
    const double step_m = std::pow(10.0, random.between(-6.0, 6.0));
    const double first_m = random.next() % 2 == 0 ? step_m : step_m * random.between(1e-6, 1.0);
    Profile profile;
    for (std::size_t k = 0; k < n; ++k) {
      profile.distance_m.push_back(k == 0 ? 0.0 : first_m + step_m * static_cast<double>(k - 1));
      profile.ground_asl_m.push_back(odd(random.between(-100.0, 3000.0)));
    }
    const PathGeometry path = extract_path(link, profile.view());
    const PathLoss result = explain_terms(model, link, path);
    INFO(i << " f " << link.freq_hz << " h " << link.tx_agl_m << " " << link.rx_agl_m << " n0 " << link.n0 << " n "
           << n << " step " << step_m);
    REQUIRE(std::isfinite(result.loss_db));
    for (const LossTerm& t : result.terms) REQUIRE(std::isfinite(t.value));

    ItmArea area;
    static_cast<ItmSettings&>(area) = model;
    area.delta_h_m = odd(random.between(0.0, 500.0));
    area.tx_siting = static_cast<itm::Siting>(random.next() % 3);
    area.rx_siting = static_cast<itm::Siting>(random.next() % 3);
    REQUIRE(std::isfinite(loss_db(area, link, {.distance_m = odd(random.between(1.0, 1e6))})));
  }
}
