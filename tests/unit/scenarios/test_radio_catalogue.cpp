#include "scenarios/catalogue/radio_catalogue.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "libsim/radio/carrier.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

using Lines = std::vector<std::string>;

/// A technology of one's own that lacks nothing; `more` is put at its end.
std::string made_up(const std::string& more = "", const std::string& pattern = "DDSU") {
  return "[technology.mine]\nname = \"Mine\"\nfreq_min_hz = 4.8e9\nfreq_max_hz = 4.9e9\nduplex = "
         "\"tdd\"\ntdd_pattern = \"" +
         pattern +
         "\"\nnumerology = \"nr_fr1_30khz\"\nbandwidth_hz = [100e6]\ndl_curve = \"lena\"\nul_curve = \"lena\"\n"
         "device_noise_figure_db = 9\nbase_noise_figure_db = 5\n" +
         more;
}

RadioCatalogue read(const std::string& text) {
  return read_radio_catalogue(text, "own.toml", built_in_radio_catalogue());
}

Lines faults(const std::string& text) {
  Lines out;
  try {
    (void)read(text);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) out.push_back(fault.text());
  }
  return out;
}

/// The first fault begins so; the end lists the whole catalogue.
void starts(const std::string& text, const std::string& begin) {
  const Lines found = faults(text);
  REQUIRE(found.size() == 1);
  CHECK(found.front().substr(0, begin.size()) == begin);
}

}  // namespace

TEST_CASE("the built-in catalogue has every family of technologies") {
  const RadioCatalogue& catalogue = built_in_radio_catalogue();
  for (const char* id : {"nr_n28",          "nr_n77",
                         "nr_n78",          "nr_n79",
                         "nr_n79_local5g",  "nr_n257",
                         "nr_n257_local5g", "lte_b1",
                         "lte_b3",          "lte_b8",
                         "lte_b18",         "lte_b19",
                         "bwa_2500",        "wifi6e_lpi",
                         "wifi6e_vlp",      "wifi7_lpi",
                         "wifi_halow_920",  "wifi_halow_920_short",
                         "lora_920",        "lora_920_registered"}) {
    CHECK(technology_of(catalogue, id).id == id);
  }
  CHECK(catalogue.technologies.size() == 20);
  for (const RadioTechnology& technology : catalogue.technologies) {
    for (const CarrierWidth& width : technology.widths) {
      INFO(technology.id << ' ' << width.bandwidth_hz);
      const Carrier carrier = make_carrier(technology, width.bandwidth_hz, catalogue.curves);
      CHECK(carrier.downlink.at(60.0) > 0.0);
      CHECK(carrier.downlink.at(technology.sinr_min_db - 3.0) == 0.0);
      CHECK(carrier.occupied_hz() <= width.bandwidth_hz);
    }
  }
}

TEST_CASE("every figure of the built-in catalogue has a source, and every limit a rule") {
  std::size_t values = 0;
  for (const RadioTechnology& technology : built_in_radio_catalogue().technologies) {
    for (const ValueSource& value : technology.sources) {
      INFO(technology.id << '.' << value.key);
      CHECK_FALSE(value.source.empty());
      CHECK_FALSE((value.verified && value.source.find("assumption") != std::string::npos));
      CHECK_FALSE((value.verified && value.source.find("not read") != std::string::npos));
      CHECK_FALSE((value.verified && value.source.find("from memory") != std::string::npos));
      ++values;
    }
    CHECK(std::isfinite(technology.limits.eirp_dbm) == !technology.limits.rule.empty());
    CHECK_FALSE(technology.name_ja.empty());
  }
  CHECK(values == 435);
  for (const LinkCurve& curve : built_in_radio_catalogue().curves) CHECK_FALSE(curve.source.empty());
  for (const Numerology& numbers : built_in_radio_catalogue().numerologies) CHECK_FALSE(numbers.source.empty());
  for (const ModulationTable& table : built_in_radio_catalogue().modulations) CHECK_FALSE(table.source.empty());
}

TEST_CASE("steps of every curve ascend in both") {
  for (const LinkCurve& curve : built_in_radio_catalogue().curves) {
    INFO(curve.id);
    REQUIRE(curve.steps.size() > 1);
    for (std::size_t i = 1; i < curve.steps.size(); ++i) {
      CHECK(curve.steps[i].sinr_db > curve.steps[i - 1].sinr_db);
      CHECK(curve.steps[i].bits_per_symbol > curve.steps[i - 1].bits_per_symbol);
    }
  }
}

TEST_CASE("rates known from standards: Wi-Fi, HaLow, LoRa, LTE") {
  const RadioCatalogue& catalogue = built_in_radio_catalogue();
  const auto full = [&](const char* id, double bandwidth_hz, double layers) {
    const RadioTechnology& technology = technology_of(catalogue, id);
    const Carrier carrier = make_carrier(technology, bandwidth_hz, catalogue.curves);
    return carrier.downlink.rate_bps().back() / technology.share.downlink / layers;
  };
  CHECK(full("wifi6e_lpi", 20e6, 2) == Approx(143.4e6).epsilon(1e-3));  // IEEE 802.11ax MCS 11, 0.8 us
  CHECK(full("wifi6e_lpi", 160e6, 2) == Approx(1201.0e6).epsilon(1e-3));
  CHECK(full("wifi7_lpi", 320e6, 2) == Approx(2882.4e6).epsilon(1e-3));  // IEEE 802.11be MCS 13
  CHECK(full("wifi_halow_920", 1e6, 1) == Approx(4.0e6).epsilon(1e-3));  // silex.jp: MCS 9, 1 MHz
  CHECK(full("lora_920", 125e3, 1) == Approx(5468.75).epsilon(1e-6));    // SF7, 4/5
  CHECK(full("lte_b1", 20e6, 2) == Approx(75.376e6).epsilon(2e-3));
}

TEST_CASE("a technology of one's own joins the built-in ones, or replaces one") {
  const RadioCatalogue with_mine = read(made_up());
  CHECK(with_mine.technologies.size() == 21);
  const RadioTechnology& mine = technology_of(with_mine, "mine");
  CHECK(mine.share.downlink == Approx(38.0 / 56.0));
  CHECK(mine.widths.at(0).subcarriers == 3276);
  CHECK(mine.downlink.curve == "lena");
  CHECK(mine.name_ja == "Mine");
  REQUIRE(mine.sources.size() == 10);
  CHECK(mine.sources.front().key == "freq_min_hz");
  CHECK_FALSE(mine.sources.front().verified);

  const RadioCatalogue replaced = read(
      "[curve.lena]\nform = \"steps\"\nsource = \"x\"\nsinr_db = [1, 3]\nbits_per_symbol = [1, 2]\n" + made_up());
  CHECK(replaced.curves.size() == built_in_radio_catalogue().curves.size());
  const Carrier carrier = make_carrier(technology_of(replaced, "mine"), 100e6, replaced.curves);
  CHECK(carrier.downlink.sinr_db().size() == 2);
}

TEST_CASE("sources are given key by key") {
  const RadioCatalogue with_mine = read(
      made_up("[[technology.mine.source]]\nkeys = [\"freq_min_hz\"]\nsource = \"licence\"\nverified = true\n"));
  const ValueSource& value = technology_of(with_mine, "mine").sources.front();
  CHECK(value.source == "licence");
  CHECK(value.verified);
  CHECK(faults(made_up("[[technology.mine.source]]\nkeys = [\"alpha\"]\nsource = \"licence\"\n")) ==
        Lines{"own.toml:14:8: technology.source.keys = [\"alpha\"]: names \"alpha\", which the technology does "
              "not state"});
}

TEST_CASE("catalogue: faults have line, column, key, value and legal range, all at once") {
  CHECK(faults("[technology.x]\nname = 3\nalpha = 2\nband = 3\n[technology.y.source]\n").size() >= 5);
  CHECK(faults(made_up("alpha = 2\np0_dmb = -90\n")) ==
        Lines{"own.toml:13:9: technology.alpha = 2: out of range (legal: 0 .. 1)",
              "own.toml:14:1: technology.p0_dmb: unknown key; did you mean \"p0_dbm\"?"});
  CHECK(faults(made_up("", "DDXU")) == Lines{"own.toml:6:15: technology.tdd_pattern = \"DDXU\": has the unknown "
                                             "slot \"X\" (legal: slots D, U and S)"});
  CHECK(faults(made_up("special_slot_symbols = [12, 4]\n")) ==
        Lines{"own.toml:13:24: technology.special_slot_symbols = [12, 4]: are more symbols than a slot has "
              "(legal: together 0 "
              ".. 14)"});
  CHECK(faults(made_up("eirp_limit_dbm = 40\n")) ==
        Lines{"own.toml:1:1: technology.limit_rule: is required with a limit: warnings name it"});
  CHECK(faults("[numerology.n]\nsource = \"x\"\nsubcarrier_spacing_hz = 30e3\nsymbols_per_s = 28e3\nbandwidth_hz "
               "= [20e6, "
               "40e6]\nblocks = [51]\n") ==
        Lines{"own.toml:6:10: numerology.blocks = [51]: has 1 values, bandwidth_hz has 2"});
  CHECK(faults("[numerology.n]\nsource = \"x\"\nsubcarrier_spacing_hz = 30e3\nsymbols_per_s = 28e3\nbandwidth_hz "
               "= [20e6]\n"
               "blocks = [56]\n") ==
        Lines{"own.toml:6:10: numerology.blocks = [56]: 56 blocks fill 20160000 Hz of a channel of 20000000 Hz"});
  CHECK(faults("[modulation.m]\nsource = \"x\"\nbits = [2]\ncode_rate = [1025]\n") ==
        Lines{"own.toml:4:13: modulation.code_rate = [1025]: a code rate is above 0 and at most 1 (legal: above "
              "0, at most "
              "1024)"});
  CHECK(faults("[curve.c]\nsource = \"x\"\nform = \"thresholds\"\nmodulation = \"mcs_38214_2\"\nsinr_db = [1, "
               "2]\nfirst_index "
               "= 27\n") ==
        Lines{"own.toml:5:11: curve.sinr_db = [1, 2]: 2 values from index 27 on do not fit the 28 rows of "
              "mcs_38214_2"});
}

TEST_CASE("catalogue: an unknown name is met with the nearest") {
  starts("[curve.c]\nsource = \"x\"\nform = \"above_shannon\"\nmodulation = \"mcs_38214_5\"\n",
         "own.toml:4:14: curve.modulation = \"mcs_38214_5\": there is none of this name, did you mean "
         "\"mcs_38214_1\"?");
  std::string text = made_up();
  text.replace(text.find("dl_curve = \"lena\""), 17, "dl_curve = \"lenna\"");
  starts(text,
         "own.toml:9:12: technology.dl_curve = \"lenna\": there is none of this name, did you mean \"lena\"?");
  text = made_up();
  text.replace(text.find("[100e6]"), 7, "[110e6]");
  starts(text,
         "own.toml:8:16: technology.bandwidth_hz = [110000000]: the numerology nr_fr1_30khz has no such width "
         "(legal: 5, ");
  try {
    (void)technology_of(built_in_radio_catalogue(), "nr_n97");
    FAIL("nr_n97 was found");
  } catch (const InputError& error) {
    CHECK(std::string(error.what()).find("did you mean \"nr_n77\"?") != std::string::npos);
  }
}

TEST_CASE("docs/formats/radio_catalogue.md is what the schema says") {
  const std::filesystem::path page = std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/radio_catalogue.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, radio_catalogue_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == radio_catalogue_markdown());
}
