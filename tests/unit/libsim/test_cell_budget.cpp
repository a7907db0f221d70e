// The terms of a cell are those of which the maps were made.
#include "libsim/plan/plan.hpp"

#include <cmath>
#include <numeric>

#include "libsim/engine/coverage.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

PlanInput network() {
  PlanInput input;
  input.world.ground.ground_asl_m = test::relief_square(120, 50.0, 21);
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  Array38901 array;
  array.beam_azimuths_deg = {-30.0, 0.0, 30.0};
  array.beam_tilts_deg = {4.0};
  const Site west{.id = "W",
                  .at = grid.centre(35, 60),
                  .convergence_deg = 0.7,
                  .sectors = {{.id = "1", .feeder_loss_db = 2.0, .antenna = Element38901{}},
                              {.id = "2", .antenna = array, .mounting = {.azimuth_deg = 130.0}}}};
  const Site east{.id = "E", .at = grid.centre(85, 62), .sectors = {{.id = "1", .freq_hz = 3.7e9}}};
  input.network.sites = {west, east};
  input.network.receiver = {.gain_dbi = 1.0, .body_loss_db = 3.0, .building_loss_db = 12.0};
  input.engine.coverage.radius_m = 3000.0;
  input.engine.coverage.added_losses = {make_model("p676")};
  input.engine.coverage.threads = 1;
  return input;
}

double sum(const std::vector<BudgetTerm>& terms) {
  return std::accumulate(terms.begin(), terms.end(), 0.0,
                         [](double total, const BudgetTerm& term) { return total + term.value; });
}

}  // namespace

TEST_CASE("the terms of a budget add up to the received power") {
  const LinkBudget budget{.tx_power = {46.0},
                          .subcarrier_share = {-35.2},
                          .feeder_loss = {2.0},
                          .tx_gain = {17.0},
                          .path_loss = {131.5},
                          .rx_gain = {1.0},
                          .body_loss = {3.0},
                          .building_loss = {12.5}};
  CHECK(sum(budget_terms(budget)) == Approx(budget.rsrp().value).margin(1e-12));
  CHECK(budget.rsrp().value == Approx(-120.2));
}

TEST_CASE("budgets of cells add up to the maps, of the strongest and of the second sector") {
  for (const char* model : {"p526", "p1812", "itm", "free_space"}) {
    for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
      PlanInput input = network();
      input.engine.model = make_model(model);
      input.engine.coverage.engine = engine;
      const PlanResult result = plan(input);
      int cells = 0;
      for (int i = 0; i < 40; ++i) {
        const int ix = 11 + (37 * i) % 100;
        const int iy = 9 + (53 * i) % 100;
        const int best = result.maps.best_server.at(ix, iy);
        const int second = result.maps.second_server.at(ix, iy);
        if (best < 0 || second < 0) continue;
        INFO(model << ' ' << ix << ' ' << iy);
        const auto strongest = radio_of(input, result).path(best, ix, iy);
        const auto next = radio_of(input, result).path(second, ix, iy);
        REQUIRE(strongest);
        REQUIRE(next);
        const auto of_map = static_cast<double>(result.maps.rsrp_dbm.at(ix, iy));
        CHECK(sum(budget_terms(strongest->budget)) == Approx(of_map).margin(2e-3));
        CHECK(next->budget.rsrp().value ==
              Approx(static_cast<double>(result.maps.second_dbm.at(ix, iy))).margin(2e-3));
        CHECK(strongest->loss.loss_db == Approx(strongest->budget.path_loss.value).margin(2e-3));
        CHECK(strongest->loss.added.size() == 1);
        ++cells;
      }
      CHECK(cells > 10);
    }
  }
}

TEST_CASE("a cell knows the SSB beam that serves it and what the traffic beam has more") {
  const PlanInput input = network();
  const PlanResult result = plan(input);
  const auto element = radio_of(input, result).path(0, 50, 60);
  const auto array = radio_of(input, result).path(1, 50, 75);  // south-east of the site, towards its 130 degrees
  REQUIRE(element);
  REQUIRE(array);
  CHECK_FALSE(element->ssb_beam);
  CHECK(element->traffic_gain_dbi == Approx(element->budget.tx_gain.value));
  REQUIRE(array->ssb_beam);
  CHECK(array->ssb_beam->azimuth_deg == 0.0);
  CHECK(array->ssb_beam->tilt_deg == 4.0);
  CHECK(array->traffic_gain_dbi > array->budget.tx_gain.value);
}

TEST_CASE("directions of a cell are true ones") {
  PlanInput input = network();
  for (float& height : input.world.ground.ground_asl_m.values) height = 100.0F;
  const PlanResult result = plan(input);
  const auto east = radio_of(input, result).path(0, 75, 60);
  REQUIRE(east);
  CHECK(east->distance_m == Approx(2000.0));
  CHECK(east->azimuth_deg == Approx(90.0 - 0.7));
  CHECK(east->elevation_deg == Approx(-std::atan2(28.5 + 2000.0 * 2000.0 / (2.0 * 8.5e6), 2000.0) * kRadToDeg));
  CHECK(east->obstacle.line_of_sight);
  CHECK_FALSE(radio_of(input, result).path(0, 119, 1));  // beyond the radius
}
