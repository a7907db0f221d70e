#include "libsim/backhaul/passive_splitters.hpp"

#include <algorithm>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("splitters and feeder fibres are whole") {
  const auto splitters = [](std::int64_t homes) { return pon_design({.homes = homes}, {}).splitters; };
  CHECK(splitters(0) == 0);
  CHECK(splitters(1) == 1);
  CHECK(splitters(32) == 1);
  CHECK(splitters(33) == 2);
  CHECK(splitters(1000) == 32);
  CHECK(pon_design({.homes = 1000}, {.split_ratio = 8}).feeder_fibres == 125);
}

TEST_CASE("a budget worked by hand") {
  // 1:32: 15.05 + 5 x 0.5 = 17.55 dB. 12 km + 500 m at 0.4 dB/km: 5 dB. Connectors 1.5 dB: 24.05 dB in all.
  const PonDesign design =
      pon_design({.homes = 40, .feeder_m = 12'000.0, .longest_drop_m = 500.0, .shortest_drop_m = 0.0}, {});
  CHECK(design.greatest_loss_db == Approx(24.0515).margin(1e-4));
  CHECK(design.smallest_loss_db == Approx(23.8515).margin(1e-4));
  CHECK(design.margin_db == Approx(28.0 - 24.0515 - 1.0).margin(1e-4));
  CHECK(design.fault == PonFault::none);
}

TEST_CASE("reach, too little and too much light are told apart") {
  const auto fault = [](double feeder_m, const PonRules& rules) {
    return pon_design({.homes = 1, .feeder_m = feeder_m, .longest_drop_m = 100.0}, rules).fault;
  };
  CHECK(fault(19'900.0, {.fibre_db_per_km = 0.35}) == PonFault::none);
  CHECK(fault(19'901.0, {.fibre_db_per_km = 0.35}) == PonFault::beyond_reach);
  // 18.06 + 3 + 1.5 + 1 = 23.56 dB beside the fibre: 4.44 dB are left of 28, at 0.4 dB/km 11.1 km.
  CHECK(fault(10'900.0, {.split_ratio = 64}) == PonFault::none);
  CHECK(fault(11'100.0, {.split_ratio = 64}) == PonFault::too_weak);
  // 1:4: 6.02 + 1 + 1.5 = 8.52 dB; 13 dB are reached after 11.2 km.
  CHECK(fault(11'300.0, {.split_ratio = 4}) == PonFault::none);
  CHECK(fault(11'100.0, {.split_ratio = 4}) == PonFault::too_strong);
  CHECK(pon_design({.homes = 0, .feeder_m = 90'000.0}, {}).fault == PonFault::none);
}

TEST_CASE("classes are in the tables of the Recommendations") {
  const auto classes = optical_path_classes();
  for (const OpticalPathClass& one : classes) CHECK(one.greatest_loss_db - one.least_loss_db == 15.0);
  const auto found =
      std::find_if(classes.begin(), classes.end(), [](const OpticalPathClass& one) { return one.id == "B+"; });
  REQUIRE(found != classes.end());
  CHECK(found->greatest_loss_db == PonRules().greatest_loss_db);
  CHECK(found->least_loss_db == PonRules().least_loss_db);
}

TEST_CASE("rules out of range are named, all of them") {
  try {
    const PonDesign design = pon_design({}, {.split_ratio = 24, .fibre_db_per_km = 0.0});
    FAIL("accepted: " << design.splitters);
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 2);
    CHECK(error.faults()[0].key == "split_ratio");
    CHECK(error.faults()[0].value == "24");
    CHECK(error.faults()[1].key == "fibre_db_per_km");
  }
  CHECK_THROWS_AS(pon_design({.homes = -1}, {}), InternalError);
}
