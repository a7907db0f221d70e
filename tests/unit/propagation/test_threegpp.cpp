#include <cmath>
#include <string>
#include <vector>

#include "propagation/models.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using threegpp::Scenario;
using LineOfSight = Tr38901::LineOfSight;

namespace {

PathGeometry level(const Link& link, double distance_m, bool line_of_sight = true) {
  return {.distance_m = distance_m,
          .tx_asl_m = link.tx_agl_m,
          .rx_asl_m = link.rx_agl_m,
          .line_of_sight = line_of_sight};
}

double term(const PathLoss& loss, std::string_view name) {
  for (const LossTerm& t : loss.terms) {
    if (t.name == name) return t.value;
  }
  FAIL("no term " << name);
  return 0.0;
}

bool warns(const PathLoss& loss, const std::string& text) {
  for (const std::string& warning : loss.warnings) {
    if (warning.find(text) != std::string::npos) return true;
  }
  return false;
}

constexpr std::array kScenarios = {Scenario::uma,
                                   Scenario::umi,
                                   Scenario::rma,
                                   Scenario::sma,
                                   Scenario::inh_mixed_office,
                                   Scenario::inh_open_office,
                                   Scenario::inf_sl,
                                   Scenario::inf_dl,
                                   Scenario::inf_sh,
                                   Scenario::inf_dh};

}  // namespace

// UMa, 3.5 GHz, 25 m and 1.5 m, 200 m: d3D = 201.3759 m, log10 = 2.304008. LOS 28 + 22 * 2.304008 + 20 * 0.544068
// = 89.5695; NLOS 13.54 + 39.08 * 2.304008 + 10.8814 = 114.4620; p = 0.09 + 0.91 exp(-200 / 63) = 0.128045.
TEST_CASE("TR 38.901 UMa worked by hand") {
  const Link link{.freq_hz = 3.5e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
  const PathGeometry path = level(link, 200.0);
  const PathLoss loss = explain(Tr38901{}, link, path);
  CHECK(term(loss, "los_db") == Approx(89.5695).margin(2e-4));
  CHECK(term(loss, "nlos_db") == Approx(114.4620).margin(2e-4));
  CHECK(term(loss, "los_probability") == Approx(0.128045).margin(1e-5));
  CHECK(term(loss, "breakpoint_m") == Approx(560.0));
  CHECK(loss.loss_db == Approx(114.4620 - 0.128045 * (114.4620 - 89.5695)).margin(1e-3));
  CHECK(loss.mode == "expected");
  CHECK(loss.warnings.empty());
}

TEST_CASE("TR 38.901: who decides about line of sight") {
  const Link link{.freq_hz = 3.5e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
  const auto loss = [&](LineOfSight by, bool seen) {
    return loss_db(Tr38901{.line_of_sight = by}, link, level(link, 300.0, seen));
  };
  const double los = loss(LineOfSight::los, false);
  const double nlos = loss(LineOfSight::nlos, true);
  CHECK(los < nlos);
  CHECK(loss(LineOfSight::terrain, true) == los);
  CHECK(loss(LineOfSight::terrain, false) == nlos);
  CHECK(loss(LineOfSight::probability, false) == nlos);
  CHECK(loss(LineOfSight::probability, true) > los);
  CHECK(loss(LineOfSight::probability, true) < nlos);
  CHECK(explain(Tr38901{}, link, level(link, 300.0, false)).mode == "non_line_of_sight");
  CHECK(explain(Tr38901{}, link, level(link, 15.0)).mode == "line_of_sight");
}

TEST_CASE("TR 38.901: the higher antenna is the base station") {
  for (const Scenario scenario : kScenarios) {
    const Link down{.freq_hz = 4.7e9, .tx_agl_m = 30.0, .rx_agl_m = 2.0};
    const Link up{.freq_hz = 4.7e9, .tx_agl_m = 2.0, .rx_agl_m = 30.0};
    CHECK(loss_db(Tr38901{.scenario = scenario}, down, level(down, 400.0)) ==
          loss_db(Tr38901{.scenario = scenario}, up, level(up, 400.0)));
  }
}

// Up to the breakpoint and from it on: the same loss, but for the d3D that Table 7.4.1-1 sets equal to d2D in RMa
// and SMa.
TEST_CASE("TR 38.901: no step at the breakpoint") {
  const Link link{.freq_hz = 2.0e9, .tx_agl_m = 35.0, .rx_agl_m = 1.5};
  for (const Scenario scenario : {Scenario::uma, Scenario::umi, Scenario::rma, Scenario::sma}) {
    const Tr38901 model{.scenario = scenario, .line_of_sight = LineOfSight::los};
    const double at_m = term(explain(model, link, level(link, 100.0)), "breakpoint_m");
    CHECK(loss_db(model, link, level(link, at_m * (1 + 1e-9))) ==
          Approx(loss_db(model, link, level(link, at_m * (1 - 1e-9)))).margin(0.02));
  }
}

TEST_CASE("TR 38.901: loss grows with distance and frequency in each state") {
  for (const Scenario scenario : kScenarios) {
    for (const LineOfSight state : {LineOfSight::los, LineOfSight::nlos}) {
      const Tr38901 model{.scenario = scenario, .line_of_sight = state};
      const Link link{.freq_hz = 4.7e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
      Link higher = link;
      higher.freq_hz = 5.0e9;
      for (double d_m = 12.0; d_m < 5000.0; d_m *= 1.07) {
        CHECK(loss_db(model, link, level(link, 1.07 * d_m)) > loss_db(model, link, level(link, d_m)) - 0.01);
        if (scenario != Scenario::sma || state == LineOfSight::nlos) {
          CHECK(loss_db(model, higher, level(link, d_m)) >= loss_db(model, link, level(link, d_m)));
        }
      }
    }
  }
}

TEST_CASE("TR 38.901: probability of line of sight is a probability and falls with the distance") {
  for (const Scenario scenario : kScenarios) {
    for (const double user_m : {0.0, 1.5, 13.0, 22.5, 100.0}) {
      const Link link{.tx_agl_m = 25.0, .rx_agl_m = user_m};
      double before = 1.0;
      for (double d_m = 0.1; d_m < 1e5; d_m *= 1.3) {
        const double p = term(explain(Tr38901{.scenario = scenario}, link, level(link, d_m)), "los_probability");
        CHECK(p >= 0.0);
        CHECK(p <= 1.0);
        // Above the roofs UMa sees more again at some hundred metres.
        if (scenario != Scenario::uma || user_m <= 13.0) CHECK(p <= before + 1e-12);
        before = p;
      }
    }
  }
}

// Clutter of 60 % that is 2 m wide: k = -2 / ln(0.4) = 2.18271 m. Base station 8 m, user 1.5 m, clutter 6 m: 13/9
// of it.
TEST_CASE("TR 38.901: factory clutter") {
  const auto p = [](Scenario scenario, double base_m, double clutter_m) {
    const Link link{.freq_hz = 3.7e9, .tx_agl_m = base_m, .rx_agl_m = 1.5};
    const Tr38901 model{.scenario = scenario,
                        .surroundings_from = Tr38901::SurroundingsFrom::given,
                        .clutter_density_percent = 60.0,
                        .clutter_size_m = 2.0,
                        .clutter_height_m = clutter_m};
    return term(explain(model, link, level(link, 5.0)), "los_probability");
  };
  CHECK(p(Scenario::inf_dl, 1.5, 6.0) == Approx(std::exp(-5.0 / 2.18271)).margin(1e-5));
  CHECK(p(Scenario::inf_dh, 8.0, 6.0) == Approx(std::exp(-5.0 / 2.18271 * 9.0 / 13.0)).margin(1e-5));
  CHECK(p(Scenario::inf_dh, 8.0, 1.0) == 1.0);
  CHECK(p(Scenario::inf_dh, 4.0, 6.0) == p(Scenario::inf_dl, 4.0, 6.0));
}

TEST_CASE("TR 38.901: distance inside a building does not hide the base station") {
  const Link link{.freq_hz = 3.5e9, .tx_agl_m = 10.0, .rx_agl_m = 1.5};
  const PathLoss loss =
      explain(Tr38901{.scenario = Scenario::umi, .indoor_distance_m = 20.0}, link, level(link, 38.0));
  CHECK(term(loss, "los_probability") == 1.0);
}

// Standard deviation of two normal distributions in the ratio p : 1 - p.
TEST_CASE("TR 38.901: shadow fading") {
  const Link link{.freq_hz = 3.5e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
  const auto sigma = [&](const Tr38901& model, double d_m) { return sigma_db(model, link, level(link, d_m)); };
  CHECK(sigma({.line_of_sight = LineOfSight::los}, 200.0) == 4.0);
  CHECK(sigma({.line_of_sight = LineOfSight::nlos}, 200.0) == 6.0);
  CHECK(sigma({.line_of_sight = LineOfSight::nlos, .nlos_formula = threegpp::NlosFormula::optional}, 200.0) ==
        7.8);
  CHECK(sigma({.scenario = Scenario::rma, .line_of_sight = LineOfSight::los}, 1000.0) == 4.0);
  CHECK(sigma({.scenario = Scenario::rma, .line_of_sight = LineOfSight::los}, 5000.0) == 6.0);
  const double p = 0.128045;
  const double step = 114.4620 - 89.5695;
  const double expected = std::sqrt(p * 16.0 + (1 - p) * 36.0 + p * (1 - p) * step * step);
  CHECK(sigma({}, 200.0) == Approx(expected).margin(1e-3));
  CHECK(term(explain(Tr38901{}, link, level(link, 200.0)), "sigma_db") == sigma({}, 200.0));
}

TEST_CASE("TR 38.901: what is outside a scenario is flagged") {
  const auto loss = [](Scenario scenario, const Link& link, double d_m) {
    return explain(Tr38901{.scenario = scenario}, link, level(link, d_m));
  };
  const Link tall{.freq_hz = 3.5e9, .tx_agl_m = 25.0, .rx_agl_m = 16.0};
  CHECK(warns(loss(Scenario::uma, tall, 500.0), "h_E"));
  CHECK_FALSE(warns(loss(Scenario::umi, tall, 500.0), "h_E"));
  CHECK(warns(loss(Scenario::rma, tall, 500.0), "rx_agl_m = 16"));
  const Link millimetre{.freq_hz = 39e9, .tx_agl_m = 25.0, .rx_agl_m = 1.5};
  CHECK(warns(loss(Scenario::rma, millimetre, 500.0), "freq_hz"));
  CHECK_FALSE(warns(loss(Scenario::uma, millimetre, 500.0), "freq_hz"));
  CHECK(warns(loss(Scenario::inh_open_office, millimetre, 500.0), "distance_m = 500"));
}

// At 4 GHz: glass 2.8, concrete 21, reflecting glass 25.84 (24.2 in Release 14), plywood 1.71 dB.
TEST_CASE("TR 38.901 building penetration by hand") {
  using Building = Tr38901O2i::Building;
  const Link link{.freq_hz = 4e9};
  const auto wall = [&](const Tr38901O2i& model) { return term(explain(model, link, {}), "wall_db"); };
  const auto mix = [](double share, double a_db, double b_db) {
    return 5.0 -
           10.0 * std::log10(share * std::pow(10.0, -0.1 * a_db) + (1.0 - share) * std::pow(10.0, -0.1 * b_db));
  };
  CHECK(wall({.building = Building::low_loss}) == Approx(mix(0.3, 2.8, 21.0)).margin(1e-9));
  CHECK(wall({.building = Building::high_loss}) == Approx(mix(0.7, 25.84, 21.0)).margin(1e-9));
  CHECK(wall({.building = Building::high_loss, .glass_coefficients = Tr38901O2i::GlassCoefficients::release_14}) ==
        Approx(mix(0.7, 24.2, 21.0)).margin(1e-9));
  CHECK(wall({.building = Building::low_loss_a}) == Approx(mix(0.3, 2.8, 1.71)).margin(1e-9));
  CHECK(wall({.building = Building::below_6ghz}) == 20.0);
}

// The lesser of two numbers from 0 .. 25: mean 25/3, variance 25^2/18. One number: 12.5, 25^2/12.
TEST_CASE("TR 38.901 building penetration: distance inside") {
  using Building = Tr38901O2i::Building;
  const Link link{.freq_hz = 4e9};
  CHECK(term(explain(Tr38901O2i{}, link, {}), "indoor_db") == Approx(25.0 / 6.0));
  CHECK(term(explain(Tr38901O2i{.building = Building::below_6ghz}, link, {}), "indoor_db") == Approx(6.25));
  const Tr38901O2i given{.indoor_distance_from = Tr38901O2i::IndoorDistanceFrom::given, .indoor_distance_m = 10.0};
  CHECK(term(explain(given, link, {}), "indoor_db") == 5.0);
  CHECK(sigma_db(given) == 4.4);
  CHECK(sigma_db(Tr38901O2i{}) == Approx(std::sqrt(4.4 * 4.4 + 0.25 * 625.0 / 18.0)));
  CHECK(sigma_db(Tr38901O2i{.building = Building::below_6ghz}) == Approx(0.5 * 25.0 / std::sqrt(12.0)));
  CHECK(warns(explain(Tr38901O2i{.building = Building::below_6ghz}, {.freq_hz = 28e9}, {}), "freq_hz"));
}

TEST_CASE("losses into cars and at the body") {
  CHECK(loss_db(Tr38901Car{}, {}, {}) == 9.0);
  CHECK(loss_db(Tr38901Car{Tr38901Car::Windows::metallised}, {}, {}) == 20.0);
  CHECK(sigma_db(Tr38901Car{}) == 5.0);
  CHECK(loss_db(BodyLoss{}, {}, {}) == 4.0);
  CHECK(loss_db(BodyLoss{BodyLoss::Usage::self_blocking}, {}, {}) == 30.0);
  CHECK(loss_db(BodyLoss{BodyLoss::Usage::given, 6.5}, {}, {}) == 6.5);
}

// Antennas at 0.75 m (cars with low antennas), 1.6 m (on the roof) and 3 m (lorries), blockers 1.6 m and 3 m.
TEST_CASE("TR 37.885: a vehicle in between") {
  const auto blockage = [](double tx_m, double rx_m, double blocker_m, double d_m) {
    const Link link{.freq_hz = 5.9e9, .tx_agl_m = tx_m, .rx_agl_m = rx_m};
    return loss_db(Tr37885Blockage{Tr37885Blockage::BlockerFrom::given, 0.0, blocker_m}, link,
                   {.distance_m = d_m, .tx_asl_m = 0.0, .rx_asl_m = 0.0});
  };
  CHECK(blockage(3.0, 3.0, 1.6, 100.0) == 0.0);
  CHECK(blockage(0.75, 1.5, 1.6, 100.0) == 9.0);
  CHECK(blockage(1.6, 1.6, 1.6, 100.0) == 5.0);
  CHECK(blockage(3.0, 0.75, 1.6, 100.0) == 5.0);
  CHECK(blockage(0.75, 0.75, 3.0, 1000.0) == Approx(9.0 + 15.0 * 3.0 - 41.0));
  const Link roofs{.freq_hz = 5.9e9, .tx_agl_m = 1.6, .rx_agl_m = 1.6};
  CHECK(loss_db(Tr37885Blockage{.truck_percent = 20.0}, roofs, {.distance_m = 100.0}) ==
        Approx(0.8 * 5.0 + 0.2 * 9.0));
}

// Urban, 5.9 GHz, 100 m: LOS 38.77 + 33.4 + 18.2 * 0.770852 = 86.1995; p = 1.05 exp(-1.14) = 0.335811.
TEST_CASE("TR 37.885: expected loss on a road") {
  const Link link{.freq_hz = 5.9e9, .tx_agl_m = 1.6, .rx_agl_m = 1.6};
  const PathLoss loss = explain(Tr37885{}, link, level(link, 100.0));
  CHECK(term(loss, "los_db") == Approx(86.1995).margin(1e-4));
  CHECK(term(loss, "los_probability") == Approx(0.335811).margin(1e-5));
  CHECK(loss.loss_db == Approx(86.1995 + (1.0 - 0.335811) * 5.0).margin(1e-3));
  CHECK(term(loss, "nlosv_sigma_db") == Approx(5.0));
  CHECK(explain(Tr37885{}, link, level(link, 100.0, false)).loss_db == term(loss, "nlos_db"));
  CHECK(sigma_db(Tr37885{.line_of_sight = Tr37885::LineOfSight::nlos}, link, level(link, 100.0)) == 4.0);
}

// Both branches of the highway meet within the rounding of the table.
TEST_CASE("TR 37.885: probability of line of sight on a highway") {
  using threegpp::road_los_probability;
  CHECK(road_los_probability(Tr37885::Scenario::highway, 5.0) == 1.0);
  CHECK(road_los_probability(Tr37885::Scenario::highway, 200.0) == Approx(0.703352).margin(1e-6));
  CHECK(road_los_probability(Tr37885::Scenario::highway, 475.0) == Approx(0.54).margin(0.01));
  CHECK(road_los_probability(Tr37885::Scenario::highway, 1015.0) == Approx(0.0).margin(1e-12));
  CHECK(road_los_probability(Tr37885::Scenario::highway, 1e6) == 0.0);
}

// Tables B-1 to B-3 worked apart from this code: 2 GHz, 1 km, base stations 35, 25 and 10 m.
TEST_CASE("TR 36.777: users in the air") {
  using AirScenario = Tr36777::Scenario;
  const auto explained = [](AirScenario scenario, double base_m, double user_m) {
    const Link link{.freq_hz = 2e9, .tx_agl_m = base_m, .rx_agl_m = user_m};
    return explain(Tr36777{.scenario = scenario}, link, level(link, 1000.0));
  };
  const PathLoss rural = explained(AirScenario::rma_av, 35.0, 100.0);
  CHECK(term(rural, "los_db") == Approx(99.380957).margin(1e-4));
  CHECK(term(rural, "nlos_db") == Approx(99.684711).margin(1e-4));
  CHECK(rural.mode == "line_of_sight");
  const PathLoss urban = explained(AirScenario::uma_av, 25.0, 50.0);
  CHECK(term(urban, "los_db") == Approx(100.023585).margin(1e-4));
  CHECK(term(urban, "nlos_db") == Approx(123.288629).margin(1e-4));
  CHECK(term(urban, "los_probability") == Approx(0.772052).margin(1e-6));
  CHECK(term(urban, "los_sigma_db") == Approx(4.64 * std::exp(-0.33)).margin(1e-9));
  const PathLoss street = explained(AirScenario::umi_av, 10.0, 50.0);
  CHECK(term(street, "los_db") == Approx(101.129574).margin(1e-4));
  CHECK(term(street, "nlos_db") == Approx(129.294598).margin(1e-4));
}

TEST_CASE("TR 36.777: near the ground it is TR 38.901") {
  using AirScenario = Tr36777::Scenario;
  const Link link{.freq_hz = 2e9, .tx_agl_m = 25.0, .rx_agl_m = 8.0};
  const auto aerial = [&](AirScenario scenario) {
    return loss_db(Tr36777{.scenario = scenario}, link, level(link, 900.0));
  };
  const auto ground = [&](Scenario scenario) {
    return loss_db(Tr38901{.scenario = scenario}, link, level(link, 900.0));
  };
  CHECK(aerial(AirScenario::rma_av) == ground(Scenario::rma));
  CHECK(aerial(AirScenario::uma_av) == ground(Scenario::uma));
  CHECK(aerial(AirScenario::umi_av) == ground(Scenario::umi));
  const Link back{.freq_hz = 2e9, .tx_agl_m = 8.0, .rx_agl_m = 25.0};
  CHECK(loss_db(Tr36777{.base_station = Tr36777::BaseStation::rx}, back, level(back, 900.0)) ==
        aerial(AirScenario::rma_av));
}
