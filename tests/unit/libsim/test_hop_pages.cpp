// The links worked by hand in docs/methods: every figure that stands there in bold is the program's, to its last
// digit.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "libsim/backhaul/iab_hop.hpp"
#include "libsim/backhaul/microwave_hop.hpp"
#include "libsim/backhaul/optics_hop.hpp"
#include "libsim/radio/link_curve.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

struct Figure {
  std::string text{};
  double value = 0.0;
  double half_digit = 0.0;
};

Figure figure_of(const std::string& text) {
  Figure out{.text = text, .value = std::strtod(text.c_str(), nullptr)};
  const std::string number = text.substr(0, text.find_first_of(" %"));
  const std::size_t power = number.find('e');
  const std::string digits = number.substr(0, power);
  const std::size_t point = digits.find('.');
  const double decimals = point == std::string::npos ? 0.0 : static_cast<double>(digits.size() - point - 1);
  const double exponent = power == std::string::npos ? 0.0 : std::strtod(number.c_str() + power + 1, nullptr);
  out.half_digit = 0.501 * std::pow(10.0, exponent - decimals);
  return out;
}

/// In the section "One link by hand".
std::vector<Figure> bold_figures(const char* page) {
  std::ifstream in(std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/methods" / page, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const std::size_t section = text.find("## One link by hand");
  REQUIRE(section != std::string::npos);
  text = text.substr(section);
  std::vector<Figure> out;
  for (std::size_t at = text.find("**"); at != std::string::npos; at = text.find("**", at)) {
    const std::size_t end = text.find("**", at + 2);
    REQUIRE(end != std::string::npos);
    out.push_back(figure_of(text.substr(at + 2, end - at - 2)));
    at = end + 2;
  }
  return out;
}

void compare(const std::vector<Figure>& page, const std::vector<double>& program) {
  REQUIRE(page.size() == program.size());
  for (std::size_t i = 0; i < page.size(); ++i) {
    INFO(page[i].text);
    CHECK(program[i] == Approx(page[i].value).margin(page[i].half_digit).epsilon(0.0));
  }
}

}  // namespace

TEST_CASE("docs/methods/microwave.md has the program's figures") {
  Profile level;
  for (int i = 0; i <= 100; ++i) {
    level.distance_m.push_back(100.0 * i);
    level.ground_asl_m.push_back(100.0);
  }
  const MicrowaveRadio radio{.freq_hz = 18e9,
                             .channel_hz = 56e6,
                             .tx_power_dbm = 20.0,
                             .noise_figure_db = 6.0,
                             .feeder_loss_db = 1.0,
                             .steps = {{"4qam", 13.5, 1.7}, {"64qam", 26.6, 5.1}}};
  P530 tokyo;
  tokyo.rain_rate_001_mm_h = 48.0;
  tokyo.rain_height_asl_m = 4160.0;
  tokyo.rain_probability_percent = 9.5;
  tokyo.dn1_n_units_km = -142.0;
  tokyo.terrain_roughness_m = 163.0;
  const double gain_dbi = dish_gain_dbi(0.6, 18e9, 0.55);
  const MicrowaveService hop = microwave_service({.radio = radio,
                                                  .profile = level.view(),
                                                  .antenna_agl_m = {40.0, 40.0},
                                                  .antenna_gain_dbi = {gain_dbi, gain_dbi},
                                                  .climate = tokyo});
  const StepService& first = hop.steps.front();
  compare(bold_figures("microwave.md"),
          {gain_dbi, hop.eirp_dbm, hop.free_space_db, hop.gases_db, hop.received_dbm, hop.noise_dbm,
           first.margin_db, hop.steps.back().margin_db, hop.rain_001_db, first.outage.rain_percent,
           first.worst_month_percent, first.outage.multipath_percent, 100.0 * hop.availability()});
}

TEST_CASE("docs/methods/optics.md has the program's figures") {
  OpticsTerminal terminal{
      .wavelength_nm = 1550.0, .tx_power_dbm = 13.0, .sensitivity_dbm = -33.0, .rate_bps = 1e9};
  terminal.optics.divergence_mrad = 2.0;
  terminal.optics.rx_area_m2 = 0.02;
  terminal.optics.turbulence_cn2 = 1e-14;
  terminal.optics.clear_air_db_km = 0.2;
  terminal.optics.allowance_db = 6.0;
  terminal.optics.fog_law = optics::FogLaw::kim;
  const OpticsService hop =
      optics_service(terminal, 1000.0, {.visibility = assumed_visibility(), .rain = scaled_rain(48.0)});
  compare(bold_figures("optics.md"),
          {hop.geometric_db, hop.scintillation_db, hop.margin_db, hop.lowest_visibility_km, hop.fog_percent,
           hop.highest_rain_mm_h, hop.rain_percent, 100.0 * hop.availability()});
}

TEST_CASE("docs/methods/iab.md has the program's figures") {
  // TS 38.214 table 5.1.3.1-2: bits a symbol, code rate x 1024.
  const std::vector<std::pair<double, double>> rows = {
      {2, 120},   {2, 193}, {2, 308}, {2, 449}, {2, 602}, {4, 378}, {4, 434},   {4, 490}, {4, 553}, {4, 616},
      {4, 658},   {6, 466}, {6, 517}, {6, 567}, {6, 616}, {6, 666}, {6, 719},   {6, 772}, {6, 822}, {6, 873},
      {8, 682.5}, {8, 711}, {8, 754}, {8, 797}, {8, 841}, {8, 885}, {8, 916.5}, {8, 948}};
  ModulationTable table{.id = "mcs"};
  for (const auto& [order, rate] : rows) table.schemes.push_back({order, rate / 1024.0});
  Carrier carrier;
  carrier.width = {100e6, 30e3, 3276, 28'000.0};
  carrier.share = {52.0 / 70.0, 16.0 / 70.0};
  carrier.downlink_layer = {.id = "shannon", .steps = shannon_steps(table, 2.0)};
  carrier.downlink_layers = 4;
  carrier.downlink_overhead = 0.14;
  carrier.uplink_curve = carrier.downlink_layer;
  carrier.uplink_overhead = 0.08;
  carrier.device_noise_dbm = noise_dbm(30e3, 9.0);
  carrier.base_noise_dbm = noise_dbm(30e3, 5.0);
  const double free_space_db = 20.0 * std::log10(4.0 * 3.14159265358979 * 2000.0 * 4.85e9 / 299'792'458.0);
  const double loss_db = free_space_db + 1.0 - 12.0 - 12.0;
  const IabRates rates = iab_rates(carrier, {.gain_dbi = 12.0, .power_dbm = 20.0, .margin_db = 10.0},
                                   {25.0 - 10.0 * std::log10(3276.0), loss_db});
  const IabTake hop{{0, 1}, {40e6 / rates.dl_bps, 4e6 / rates.ul_bps}};
  const std::vector<IabShare> free = {{0.65, 0.9}, {0.8, 0.95}};
  compare(bold_figures("iab.md"),
          {free_space_db, loss_db, rates.snr_dl_db, rates.snr_ul_db, 1e-6 * rates.dl_bps, 1e-6 * rates.ul_bps,
           100.0 * hop.share.downlink, 100.0 * hop.share.uplink, 100.0 * (0.35 + hop.share.downlink),
           100.0 * (0.2 + hop.share.downlink), 40.0 * iab_room({&hop, 1}, free).front()});
}
