// --set site.ID.KEY, which --with and --without stand for.
#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace site_settings_test {

using Settings = std::vector<std::pair<std::string, std::string>>;

std::vector<Site> sites_with(const test::SmallWorld& world, const Settings& settings) {
  return load(world.scenario(), {.settings = settings, .check_only = true}).input.network.sites;
}

std::string refusal_of(const test::SmallWorld& world, const Settings& settings) {
  try {
    (void)sites_with(world, settings);
  } catch (const InputError& error) {
    return error.what();
  }
  return "not refused";
}

}  // namespace site_settings_test

using namespace site_settings_test;

TEST_CASE("a site is switched on and off, moved and named from the command line") {
  const test::SmallWorld world;
  const std::vector<Site> before = sites_with(world, {});
  REQUIRE(before.size() == 3);
  CHECK(before[0].existing);
  CHECK_FALSE(before[2].existing);
  const std::vector<Site> after = sites_with(world, {{"site.A.status", "candidate"},
                                                     {"site.C.status", "\"existing\""},
                                                     {"site.B.lon", "138.73"},
                                                     {"site.B.name", "\"Beta 2\""}});
  REQUIRE(after.size() == 3);
  CHECK_FALSE(after[0].existing);
  CHECK(after[2].existing);
  CHECK(after[1].position.lon_deg == 138.73);
  CHECK(after[1].position.lat_deg == before[1].position.lat_deg);
  CHECK(after[1].name == "Beta 2");
}

TEST_CASE("keys of sectors are set for all sectors of a site, then for one, whatever the order") {
  const test::SmallWorld world;
  const Settings forth = {{"site.A.electrical_downtilt_deg", "8"}, {"site.A/2.electrical_downtilt_deg", "4"}};
  const Settings back(forth.rbegin(), forth.rend());
  for (const Settings& settings : {forth, back}) {
    const std::vector<Site> sites = sites_with(world, settings);
    CHECK(sites[0].sectors[0].mounting.electrical_downtilt_deg == 8.0);
    CHECK(sites[0].sectors[1].mounting.electrical_downtilt_deg == 4.0);
    CHECK(sites[0].sectors[1].mounting.azimuth_deg == 120.0);
    CHECK(sites[1].sectors[0].mounting.electrical_downtilt_deg == 0.0);
  }
}

TEST_CASE("a setting of no site, no key or no legal value is refused with its name") {
  const test::SmallWorld world;
  const auto tells = [&](const Settings& settings, const std::string& words) {
    const std::string text = refusal_of(world, settings);
    INFO(text);
    CHECK(text.find(words) != std::string::npos);
    CHECK(text.find("--set") == 0);
  };
  tells({{"site.D.status", "candidate"}}, "site.D.status = candidate: there is no site of this id");
  tells({{"site.A.status", "off"}}, "unknown word (legal: existing | candidate)");
  tells({{"site.A.azimut_deg", "5"}}, "did you mean \"azimuth_deg\"?");
  tells({{"site.A.tx_agl_m", "-5"}}, "out of range");
  tells({{"site.A/3.azimuth_deg", "5"}}, "site A has no sector of this id");
  tells({{"site.A/1.status", "candidate"}}, "is a key of the whole site");
  tells({{"site.A.antenna", "dish"}}, "no antenna of this name");
  CHECK(refusal_of(world, {{"site.A.status", "candidate"}, {"site.B.status", "candidate"}})
            .find("no existing site") != std::string::npos);
}
