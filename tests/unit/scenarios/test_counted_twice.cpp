// Losses that stand for the same thing: named, and only they.
#include "scenarios/read/counted_twice.hpp"

#include <algorithm>

#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

const Warning* find_twice(const std::vector<Warning>& warnings, const std::string& id) {
  const auto found = std::find_if(warnings.begin(), warnings.end(), [&](const Warning& w) { return w.id == id; });
  return found == warnings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("building entry by P.2109, by TR 38.901, in the receiver and in the formula: any two are a warning") {
  PlanInput input;
  input.engine.model = FreeSpace{};
  CHECK(counted_twice(input).empty());
  input.engine.coverage.added_losses = {P2109{}};
  CHECK(counted_twice(input).empty());
  input.network.receiver.building_loss_db = 10.0;
  const std::vector<Warning> both = counted_twice(input);
  REQUIRE(both.size() == 1);
  CHECK(both[0].id == "building_loss_counted_twice");
  CHECK(both[0].count == 2);
  CHECK(both[0].message.find("the added loss p2109, receiver.building_loss_db (10 dB) add up") !=
        std::string::npos);
  input.engine.coverage.added_losses = {P2109{}, Tr38901O2i{}};
  CHECK(counted_twice(input).front().count == 3);
  input.engine.coverage.added_losses.clear();
  input.engine.model = MicLocal5gSub6{.building_loss_db = 16.2};
  CHECK(counted_twice(input).front().message.find("mic_local5g_sub6 (16.2 dB)") != std::string::npos);
  input.network.receiver.building_loss_db = 0.0;
  CHECK(counted_twice(input).empty());
}

TEST_CASE("a body in the receiver and one among the added losses") {
  PlanInput input;
  input.network.receiver.body_loss_db = 3.0;
  CHECK(counted_twice(input).empty());
  input.engine.coverage.added_losses = {BodyLoss{}};
  REQUIRE(counted_twice(input).size() == 1);
  CHECK(counted_twice(input)[0].id == "body_loss_counted_twice");
  input.network.receiver.body_loss_db = 0.0;
  CHECK(counted_twice(input).empty());
}

TEST_CASE("shares of places in the model and in [service]") {
  PlanInput input;
  input.service.location_percent = 90.0;
  input.engine.model = P1812{};
  CHECK(counted_twice(input).empty());  // the model is at its median
  input.engine.model = P1812{.location_percent = 90.0};
  REQUIRE(counted_twice(input).size() == 1);
  CHECK(counted_twice(input)[0].id == "location_counted_twice");
  CHECK(counted_twice(input)[0].message.find("location_percent 90 of p1812, service.location_percent 90") !=
        std::string::npos);
  input.service.location_percent = 50.0;
  CHECK(counted_twice(input).empty());
  input.service.location_percent = 90.0;
  input.engine.model = FreeSpace{};
  input.engine.coverage.added_losses = {P2109{.location_percent = 90.0}};  // of buildings, not of places outdoors
  CHECK(counted_twice(input).empty());
}

TEST_CASE("a scenario is told when it is read") {
  test::SmallWorld world;
  CHECK(find_twice(load(world.scenario()).input.warnings, "building_loss_counted_twice") == nullptr);
  test::write_text(world.scenario(),
                   test::read_bytes(world.scenario()) + "\n[[propagation.added_loss]]\nmodel = \"p2109\"\n");
  const std::vector<Warning> found =
      load(world.scenario(), {.settings = {{"receiver.building_loss_db", "12"}}}).input.warnings;
  CHECK(find_twice(found, "building_loss_counted_twice") != nullptr);
}
