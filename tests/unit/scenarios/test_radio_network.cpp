// The radio network of a scenario: carriers, powers, traffic; and what a user may write wrong.
#include <algorithm>

#include "libsim/maps/link_budget.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/read/scenario.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace {

using Settings = std::vector<std::pair<std::string, std::string>>;

std::string complaint(const SmallWorld& world, const Settings& settings = {}) {
  try {
    (void)load(world.scenario(), {.settings = settings});
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

const Warning* find(const std::vector<Warning>& warnings, const std::string& id) {
  const auto found = std::find_if(warnings.begin(), warnings.end(), [&](const Warning& w) { return w.id == id; });
  return found == warnings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("the technology of a carrier follows from its frequency and subcarriers") {
  const SmallWorld world;
  const PlanInput input = load(world.scenario()).input;
  const Sector& sector = input.network.sites[0].sectors[0];
  REQUIRE(sector.carrier);
  CHECK(sector.technology == "nr_n78");
  CHECK(sector.bandwidth_hz == 100e6);
  CHECK(sector.carrier == input.network.sites[1].sectors[0].carrier);
  CHECK(find(input.warnings, "radio_technology_unknown") == nullptr);
}

TEST_CASE("a carrier that fits no technology has no rates, and the result says so") {
  const SmallWorld world;
  const PlanInput input = load(world.scenario(), {.settings = {{"sector_defaults.subcarriers", "777"}}}).input;
  const Warning* warning = find(input.warnings, "radio_technology_unknown");
  REQUIRE(warning != nullptr);
  CHECK(warning->count == 3);
  const PlanResult result = plan(input);
  CHECK_FALSE(result.service);
  CHECK_FALSE(result.service_statistics);
}

TEST_CASE("a frequency in MHz or GHz is asked about, in the scenario as in the table") {
  const SmallWorld world;
  CHECK(says(complaint(world, {{"sector_defaults.freq_hz", "4850"}}), "are these MHz? write 4850e6"));
  CHECK(says(complaint(world, {{"sector_defaults.freq_hz", "4.85"}}), "are these GHz? write 4.85e9"));
  CHECK_FALSE(says(complaint(world, {{"sector_defaults.power_dbm", "4850"}}), "MHz"));
}

TEST_CASE("what [sector_defaults] has wrong is told once, of the scenario and not of every row") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,lon,lat,technology\nA,138.70,35.30,\nB,138.71,35.30,\nC,138.72,35.30,nr_n79x\n"
                   "D,138.73,35.30,nr_n79x\n");
  const std::string twice = complaint(world, {{"sector_defaults.technology", "\"nr_n99\""}});
  CHECK(says(twice, "sector_defaults.technology = \"nr_n99\": there is none of this name"));
  CHECK_FALSE(says(twice, "site A"));
  CHECK_FALSE(says(twice, "site B"));
  CHECK(says(twice, "sites.csv:4: technology = \"nr_n79x\": site C, sector 1: there is none of this name"));
  CHECK(says(twice, "1 more row: 5"));
  CHECK_FALSE(says(twice, "site D"));
  const std::string width =
      complaint(world, {{"sector_defaults.technology", "\"nr_n78\""}, {"sector_defaults.bandwidth_hz", "7e6"}});
  CHECK(says(width, "sector_defaults.bandwidth_hz = 7000000: is no width of nr_n78"));
  CHECK_FALSE(says(width, "site A"));
}

TEST_CASE("an unknown technology, width, link curve or load is an error that says what is legal") {
  const SmallWorld world;
  const std::string unknown = complaint(world, {{"sector_defaults.technology", "\"nr_n99\""}});
  CHECK(says(unknown, "technology"));
  CHECK(says(unknown, "nr_n9"));
  CHECK(says(unknown, "nr_n78"));
  const std::string width =
      complaint(world, {{"sector_defaults.technology", "\"nr_n78\""}, {"sector_defaults.bandwidth_hz", "7e6"}});
  CHECK(says(width, "sector_defaults.bandwidth_hz"));
  CHECK(says(width, "100"));
  const std::string curve = complaint(world, {{"radio.link_curve", "\"lenna\""}});
  CHECK(says(curve, "link_curve"));
  CHECK(says(curve, "did you mean \"lena\"?"));
  const std::string load_above_one = complaint(world, {{"sector_defaults.load", "1.2"}});
  CHECK(says(load_above_one, "sector_defaults.load"));
  CHECK(says(load_above_one, "0 .. 1"));
}

TEST_CASE("a sector may have several carriers, unless they overlap") {
  const SmallWorld world;
  const std::string columns = "site_id,name,lon,lat,status,sector_id,freq_hz,power_dbm\n";
  const auto rows = [&](const std::string& second_hz) {
    test::write_text(world.file("sites.csv"),
                     columns + "A,Alpha,138.69,35.29,existing,1,3.55e9,43\nA,Alpha,138.69,35.29,existing,1," +
                         second_hz + ",40\n");
  };
  rows("3.65e9");
  const PlanInput two = load(world.scenario()).input;
  REQUIRE(two.network.sites[0].sectors.size() == 2);
  CHECK(two.network.sites[0].sectors[1].power_dbm == 40.0);
  const PlanResult result = plan(two);
  CHECK(result.coverage.sectors.size() == 2);
  // Beside each other they do not interfere.
  const auto finite = [](float value) { return std::isfinite(value); };
  CHECK(std::none_of(result.maps.interference_dbm.values.begin(), result.maps.interference_dbm.values.end(),
                     finite));
  rows("3.60e9");
  const std::string overlap = complaint(world);
  CHECK(says(overlap, "its carriers at 3550 and 3600 MHz overlap"));
  CHECK(says(overlap, "sites.csv"));
  rows("3.55e9");
  CHECK(says(complaint(world), "has this sector twice on 3550 MHz"));
}

TEST_CASE("power above the rule is a warning that names it") {
  const SmallWorld world;
  const auto with_power = [&](const char* power_dbm) {
    return load(world.scenario(), {.settings = {{"sector_defaults.technology", "\"bwa_2500\""},
                                                {"sector_defaults.freq_hz", "2.58e9"},
                                                {"sector_defaults.bandwidth_hz", "10e6"},
                                                {"sector_defaults.power_dbm", power_dbm}}})
        .input;
  };
  const PlanInput loud = with_power("50");
  const Warning* eirp = find(loud.warnings, "eirp_above_limit");
  REQUIRE(eirp != nullptr);
  CHECK(eirp->count == 3);
  CHECK(says(eirp->message, "65.0 dBm"));
  CHECK(says(eirp->message, "無線設備規則"));
  REQUIRE(find(loud.warnings, "power_above_limit") != nullptr);
  const PlanInput legal = with_power("30");
  CHECK(find(legal.warnings, "eirp_above_limit") == nullptr);
  CHECK(find(legal.warnings, "power_above_limit") == nullptr);
}

TEST_CASE("the EIRP of an array is that of its traffic beam") {
  const SmallWorld world;
  world.edit("type = \"element38901\"\ngain_dbi = 15.0",
             "type = \"array38901\"\nrows = 8\ncolumns = 8\nssb_rows = 2\nssb_columns = 1");
  const PlanInput input = load(world.scenario(), {.settings = {{"sector_defaults.technology", "\"bwa_2500\""},
                                                               {"sector_defaults.freq_hz", "2.58e9"},
                                                               {"sector_defaults.bandwidth_hz", "20e6"},
                                                               {"sector_defaults.power_dbm", "40"}}})
                              .input;
  // 8 dBi of the element and 18.06 dB of 64 of them; an SSB beam of 2 elements has 15 dB less.
  const Warning* eirp = find(input.warnings, "eirp_above_limit");
  REQUIRE(eirp != nullptr);
  CHECK(says(eirp->message, "66.1 dBm"));
}

TEST_CASE("a width alone finds its technology") {
  const SmallWorld world;
  const PlanInput input =
      load(world.scenario(),
           {.settings = {{"sector_defaults.freq_hz", "1.8425e9"}, {"sector_defaults.bandwidth_hz", "20e6"}}})
          .input;
  REQUIRE(input.network.sites[0].sectors[0].carrier);
  CHECK(input.network.sites[0].sectors[0].technology == "lte_b3");
  CHECK(input.network.sites[0].sectors[0].subcarriers == 1200);
}

TEST_CASE("a link curve of choice is not for technologies with schemes of their own") {
  const SmallWorld world;
  const Settings lora = {{"sector_defaults.technology", "\"lora_920\""},
                         {"sector_defaults.freq_hz", "922.4e6"},
                         {"sector_defaults.bandwidth_hz", "125e3"},
                         {"radio.link_curve", "\"lena\""}};
  const PlanInput input = load(world.scenario(), {.settings = lora}).input;
  CHECK(input.network.sites[0].sectors[0].carrier->downlink_curve != "lena");
  REQUIRE(find(input.warnings, "link_curve_not_applied") != nullptr);
  const PlanInput nr = load(world.scenario(), {.settings = {{"radio.link_curve", "\"lena\""}}}).input;
  CHECK(nr.network.sites[0].sectors[0].carrier->downlink_curve == "lena");
}

TEST_CASE("the device of a technology has its gain, unless the receiver states one") {
  const SmallWorld world;
  Settings fr2 = {{"sector_defaults.technology", "\"nr_n257\""},
                  {"sector_defaults.freq_hz", "28e9"},
                  {"sector_defaults.bandwidth_hz", "100e6"}};
  const PlanInput own = load(world.scenario(), {.settings = fr2}).input;
  const double device_dbi = own.network.sites[0].sectors[0].carrier->device.gain_dbi;
  REQUIRE(device_dbi > 0.0);
  const LinkBudget budget = link_budget(own.network.sites[0].sectors[0], own.network.receiver, {0.0}, {100.0});
  CHECK(budget.rx_gain.value == device_dbi);
  fr2.emplace_back("receiver.gain_dbi", "2.0");
  const PlanInput stated = load(world.scenario(), {.settings = fr2}).input;
  CHECK(link_budget(stated.network.sites[0].sectors[0], stated.network.receiver, {0.0}, {100.0}).rx_gain.value ==
        2.0);
}

TEST_CASE("a model that reads no terrain blocks nothing by terrain") {
  const SmallWorld world;
  const PlanResult result = plan(load(world.scenario(), {.settings = {{"propagation.model", "\"okumura_hata\""},
                                                                      {"sector_defaults.freq_hz", "0.78e9"},
                                                                      {"sector_defaults.technology", "\"nr_n28\""},
                                                                      {"sector_defaults.bandwidth_hz", "10e6"},
                                                                      {"sector_defaults.power_dbm", "10"}}})
                                     .input);
  const auto& states = result.service->state.values;
  CHECK(std::count(states.begin(), states.end(), ServiceState::blocked_by_terrain) == 0);
  CHECK(std::count(states.begin(), states.end(), ServiceState::too_weak) > 0);
}

TEST_CASE("carriers beside each other do not contend") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,freq_hz\n"
                   "A,Alpha,138.69,35.29,existing,1,3.55e9\nA,Alpha,138.69,35.29,existing,1,3.65e9\n");
  const PlanResult result = plan(load(world.scenario()).input);
  const auto& contenders = result.maps.contenders.values;
  CHECK(*std::max_element(contenders.begin(), contenders.end()) == 1);
}

TEST_CASE("traffic that nobody wants and cells that cannot carry theirs are said") {
  const SmallWorld world;
  const PlanResult busy =
      plan(load(world.scenario(), {.settings = {{"traffic.gb_per_month_per_person", "10000"}}}).input);
  REQUIRE(find(busy.warnings, "cells_overloaded") != nullptr);
  world.edit("[[population]]\npath = \"people.csv\"\n", "");
  const PlanResult idle =
      plan(load(world.scenario(), {.settings = {{"traffic.gb_per_month_per_person", "10"}}}).input);
  REQUIRE(find(idle.warnings, "traffic_without_demand") != nullptr);
}

TEST_CASE("a sector of unknown technology goes on interfering when the load is solved") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,subcarriers,load\n"
                   "A,Alpha,138.69,35.29,existing,1,3276,1\nB,Beta,138.72,35.31,existing,1,777,0.4\n");
  const PlanResult result =
      plan(load(world.scenario(), {.settings = {{"traffic.gb_per_month_per_person", "10"}}}).input);
  REQUIRE(result.load);
  CHECK(result.load->cells[1].dl_load == 0.4);
  CHECK(result.load->cells[0].dl_load < 1.0);
}

TEST_CASE("TDD patterns that differ between overlapping carriers are a warning") {
  const SmallWorld world;
  test::write_text(world.file("my_radio.toml"),
                   test::read_bytes(AMANEKU_SOURCE_DIR "/scenarios/catalogue/radio.toml"));
  const std::string catalogue = test::read_bytes(world.file("my_radio.toml"));
  // The user's copy of n78 under another name, with more uplink.
  const auto begin = catalogue.find("[technology.nr_n78]");
  const auto end = catalogue.find("[technology.nr_n79]");
  REQUIRE(begin != std::string::npos);
  std::string own = catalogue.substr(begin, end - begin);
  for (std::size_t at = 0; (at = own.find("technology.nr_n78", at)) != std::string::npos;) {
    own.replace(at, 17, "technology.more_up");
    at += 10;
  }
  const auto pattern = own.find("tdd_pattern = \"");
  REQUIRE(pattern != std::string::npos);
  own.replace(own.find('"', pattern), own.find('"', own.find('"', pattern) + 1) - own.find('"', pattern) + 1,
              "\"DSUUU\"");
  test::write_text(world.file("my_radio.toml"), own);
  test::write_text(world.file("sites.csv"),
                   "site_id,name,lon,lat,status,sector_id,technology\n"
                   "A,Alpha,138.69,35.29,existing,1,nr_n78\nB,Beta,138.72,35.31,existing,1,more_up\n");
  const PlanInput input = load(world.scenario(), {.settings = {{"radio.path", "\"my_radio.toml\""}}}).input;
  const Warning* warning = find(input.warnings, "tdd_patterns_differ");
  REQUIRE(warning != nullptr);
  CHECK(warning->count == 1);
  CHECK(says(warning->message, "DSUUU"));
  CHECK(input.network.sites[1].sectors[0].carrier->share.uplink >
        input.network.sites[0].sectors[0].carrier->share.uplink);
}

TEST_CASE("traffic loads the cells, and points of traffic lie inside the area") {
  const SmallWorld world;
  const Settings traffic = {{"traffic.gb_per_month_per_person", "30"},
                            {"traffic.road_dl_kbps_per_km", "1000"},
                            {"traffic.point", R"([{name="camera", lon=138.70, lat=35.30, ul_mbps=8.0}])"}};
  const PlanInput input = load(world.scenario(), {.settings = traffic}).input;
  CHECK(input.traffic.dl_bps_per_person == Approx(30.0 * 8e9 / 30.0 * 0.07 / 3600.0 * 0.88));
  REQUIRE(input.traffic.fixed.size() == 1);
  const PlanResult result = plan(input, {.threads = 2});
  REQUIRE(result.load);
  CHECK(result.load->converged);
  CHECK(result.load->rounds < 50);
  double loads = 0.0;
  for (const CellLoad& cell : result.load->cells) loads += cell.dl_load;
  CHECK(loads > 0.0);
  // Idle neighbours interfere less than busy ones.
  const PlanResult full = plan(load(world.scenario()).input, {.threads = 2});
  for (std::size_t i = 0; i < full.service->sinr_db.values.size(); ++i) {
    if (std::isnan(full.service->sinr_db.values[i])) continue;
    REQUIRE(result.service->sinr_db.values[i] >= full.service->sinr_db.values[i] - 1e-3F);
  }
  CHECK(says(complaint(world, {{"traffic.point", R"([{name="far", lon=139.9, lat=35.30}])"}}),
             "the point lies outside the area"));
}

TEST_CASE("with and without kept losses, on any number of threads, service is the same bytes") {
  const SmallWorld world;
  Settings settings = {{"traffic.gb_per_month_per_person", "30"}};
  const PlanResult kept = plan(load(world.scenario(), {.settings = settings}).input, {.threads = 1});
  settings.emplace_back("output.path_loss", "\"never\"");
  const PlanResult passing = plan(load(world.scenario(), {.settings = settings}).input, {.threads = 2});
  REQUIRE(kept.has_path_loss);
  REQUIRE_FALSE(passing.has_path_loss);
  const auto same = [](const Raster<float>& a, const Raster<float>& b) {
    return std::equal(a.values.begin(), a.values.end(), b.values.begin(),
                      [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
  };
  CHECK(same(kept.service->sinr_db, passing.service->sinr_db));
  CHECK(same(kept.service->dl_mbps, passing.service->dl_mbps));
  CHECK(same(kept.service->ul_mbps, passing.service->ul_mbps));
  CHECK(kept.service->state.values == passing.service->state.values);
}

TEST_CASE("a file with a site but no sector that is planned is an error") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"), "site_id,name,lon,lat,status\nA,Alpha,138.69,35.29,candidate\n");
  CHECK(says(complaint(world), "no existing site"));
}

TEST_CASE("operators are planned each by itself, together, and with one of them failing") {
  const SmallWorld world;
  test::write_text(world.file("sites.csv"),
                   "site_id,name,operator,lon,lat,status,sector_id,azimuth_deg\n"
                   "A,Alpha,east,138.74,35.29,existing,1,90\n"
                   "B,Beta,west,138.66,35.31,existing,1,270\n"
                   "C,Gamma,west,138.72,35.29,existing,1,90\n");
  const PlanResult together = plan(load(world.scenario()).input, {.threads = 2});
  REQUIRE(together.operators);
  const Operators& operators = *together.operators;
  REQUIRE(operators.networks.size() == 2);
  CHECK(operators.networks[0].id == "east");
  CHECK(operators.networks[1].sectors == 2);
  // RSRP knows no interference: what any network covers is what the shared one covers.
  CHECK(operators.people.any() == Approx(together.statistics.population.covered));
  CHECK(operators.area_m2.any() == Approx(together.statistics.area.covered_m2));
  CHECK(operators.area_m2.total() == Approx(together.statistics.area.total_m2));
  // The network of one operator planned without the other covers the same, and has the better SINR.
  test::write_text(world.file("sites.csv"),
                   "site_id,name,operator,lon,lat,status,sector_id,azimuth_deg\n"
                   "A,Alpha,east,138.74,35.29,existing,1,90\n");
  const PlanResult alone = plan(load(world.scenario()).input, {.threads = 1});
  CHECK_FALSE(alone.operators);
  CHECK(operators.area_m2.by(0) == Approx(alone.statistics.area.covered_m2));
  CHECK(operators.networks[0].coverage.area.covered_m2 == alone.statistics.area.covered_m2);
  CHECK(operators.networks[0].service->area.sinr_db.quantile(0.5) <
        alone.service_statistics->area.sinr_db.quantile(0.5));
  double both_m2 = 0.0;
  for (const std::uint8_t set : operators.covered_by.values) both_m2 += set == 3 ? 1e4 : 0.0;
  CHECK(both_m2 > 0.0);
  CHECK(operators.area_m2.carried_without(0) == Approx(both_m2));
  CHECK(operators.area_m2.by_count(2) == Approx(both_m2));
  CHECK(operators.area_m2.by_count(0) + operators.area_m2.by_count(1) + both_m2 ==
        Approx(operators.area_m2.total()));
}

TEST_CASE("an FDD carrier whose uplink would be below 0 Hz is an error") {
  const SmallWorld world;
  const std::string text = complaint(world, {{"sector_defaults.technology", "\"lte_b3\""},
                                             {"sector_defaults.freq_hz", "90e6"},
                                             {"sector_defaults.bandwidth_hz", "20e6"}});
  CHECK(says(text, "lte_b3 has its uplink 95 MHz below the downlink"));
  CHECK(says(text, "> 9.5e+07 Hz"));
}

TEST_CASE("a carrier outside its band and a site without an operator among named ones are warnings") {
  const SmallWorld world;
  const PlanInput outside =
      load(world.scenario(),
           {.settings = {{"sector_defaults.technology", "\"nr_n78\""}, {"sector_defaults.freq_hz", "3.78e9"}}})
          .input;
  const Warning* band = find(outside.warnings, "carrier_outside_band");
  REQUIRE(band != nullptr);
  CHECK(band->count == 3);
  CHECK(says(band->message, "nr_n78 (3300 .. 3800 MHz)"));
  test::write_text(world.file("sites.csv"),
                   "site_id,name,operator,lon,lat,status,sector_id\n"
                   "A,Alpha,east,138.69,35.29,existing,1\nB,Beta,,138.72,35.31,existing,1\n");
  const PlanInput unnamed = load(world.scenario()).input;
  const Warning* name = find(unnamed.warnings, "operator_not_named");
  REQUIRE(name != nullptr);
  CHECK(name->count == 1);
}

TEST_CASE("60 dBm at 4.7 GHz outdoors and an indoor carrier on a mast are named, indoors they are not") {
  const SmallWorld world;
  const auto warnings = [&](const char* technology, const char* freq_hz, const char* power_dbm,
                            const char* indoor) {
    const Settings settings = {{"sector_defaults.technology", technology},
                               {"sector_defaults.freq_hz", freq_hz},
                               {"sector_defaults.bandwidth_hz", "80e6"},
                               {"sector_defaults.power_dbm", power_dbm},
                               {"sector_defaults.indoor", indoor}};
    return load(world.scenario(), {.settings = settings}).input.warnings;
  };
  const std::vector<Warning> loud = warnings("\"nr_n79_local5g\"", "4.7e9", "60", "false");
  REQUIRE(find(loud, "power_limit_unknown") != nullptr);
  CHECK(says(find(loud, "power_limit_unknown")->message, "60.0 dBm"));
  REQUIRE(find(loud, "carrier_indoor_only") != nullptr);
  CHECK(says(find(loud, "carrier_indoor_only")->message, "not verified"));
  const std::vector<Warning> quiet = warnings("\"nr_n79_local5g\"", "4.7e9", "24", "true");
  CHECK(find(quiet, "power_limit_unknown") == nullptr);
  CHECK(find(quiet, "carrier_indoor_only") == nullptr);
  const std::vector<Warning> outside = warnings("\"nr_n79_local5g\"", "4.85e9", "24", "false");
  CHECK(find(outside, "carrier_indoor_only") == nullptr);
  const std::vector<Warning> mast = warnings("\"wifi6e_lpi\"", "6.0e9", "5", "false");
  REQUIRE(find(mast, "carrier_indoor_only") != nullptr);
  CHECK(find(mast, "carrier_indoor_only")->count == 3);
  CHECK(find(warnings("\"wifi6e_lpi\"", "6.0e9", "5", "true"), "carrier_indoor_only") == nullptr);
  CHECK(find(warnings("\"wifi6e_vlp\"", "6.0e9", "5", "false"), "carrier_indoor_only") == nullptr);
}

TEST_CASE("whether a sector is indoors may stand in the site file") {
  const SmallWorld world;
  const auto write = [&](const std::string& indoor) {
    test::write_text(
        world.file("sites.csv"),
        "site_id,name,lon,lat,status,sector_id,indoor\nA,Alpha,138.69,35.29,existing,1," + indoor + "\n");
  };
  write("true");
  CHECK(load(world.scenario()).input.network.sites[0].sectors[0].indoor);
  write("0");
  CHECK_FALSE(load(world.scenario()).input.network.sites[0].sectors[0].indoor);
  write("perhaps");
  CHECK(says(complaint(world), "sites.csv:2: indoor = perhaps: is neither yes nor no (legal: true | false)"));
}

TEST_CASE("920 MHz: long carrier sensing has no hourly limit, short sensing 360 s") {
  const SmallWorld world;
  const auto at = [&](const char* freq_hz) {
    const PlanInput input =
        load(world.scenario(),
             {.settings = {{"sector_defaults.freq_hz", freq_hz}, {"sector_defaults.bandwidth_hz", "1e6"}}})
            .input;
    return input.network.sites[0].sectors[0].technology;
  };
  CHECK(at("922.5e6") == "wifi_halow_920");
  CHECK(at("926e6") == "wifi_halow_920_short");
  const RadioTechnology& longer = technology_of(built_in_radio_catalogue(), "wifi_halow_920");
  const RadioTechnology& shorter = technology_of(built_in_radio_catalogue(), "wifi_halow_920_short");
  CHECK(longer.limits.hourly_airtime_s == 0.0);
  CHECK(longer.share.downlink == 0.5);
  CHECK(shorter.limits.hourly_airtime_s == 360.0);
  CHECK(shorter.share.downlink == Approx(360.0 / 3600.0));
  CHECK(technology_of(built_in_radio_catalogue(), "lora_920").limits.hourly_airtime_s == 360.0);
  CHECK(technology_of(built_in_radio_catalogue(), "lora_920_registered").limits.hourly_airtime_s == 0.0);
}
