// The catalogue and the link budget against the tables of the shared reference.
#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "libsim/entry_of.hpp"
#include "libsim/radio/carrier.hpp"
#include "libsim/radio/numerology.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
namespace fs = std::filesystem;
using namespace amaneku::scenarios;

namespace {

using Row = std::map<std::string, std::string>;

/// Rows of system/NAME by column.
std::vector<Row> table(const std::string& name) {
  const auto lines = test::read_csv(*test::reference() / "system" / name);
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Row row;
    for (std::size_t j = 0; j < lines[0].size(); ++j) row[lines[0][j]] = j < lines[i].size() ? lines[i][j] : "";
    rows.push_back(std::move(row));
  }
  return rows;
}

double number(const Row& row, const std::string& column) {
  INFO(column << " = \"" << row.at(column) << '"');
  std::size_t used = 0;
  const double value = std::stod(row.at(column), &used);
  CHECK(used == row.at(column).size());
  return value;
}

int whole(const Row& row, const std::string& column) {
  return static_cast<int>(number(row, column));
}

const RadioCatalogue& catalogue() {
  return built_in_radio_catalogue();
}

const LinkCurve& curve(const std::string& id) {
  return entry_of(catalogue().curves, id, "curve");
}

double bits_at(const LinkCurve& link, double sinr_db) {
  double bits = 0.0;
  for (const RateStep& step : link.steps) {
    if (step.sinr_db <= sinr_db) bits = step.bits_per_symbol;
  }
  return bits;
}

double shannon_db(double bits) {
  return 10.0 * std::log10(std::exp2(bits) - 1.0);
}

/// Where a link begins to carry so many bits; NaN: nowhere just so many.
double threshold_db(const LinkCurve& link, double bits) {
  for (const RateStep& step : link.steps) {
    if (std::fabs(step.bits_per_symbol - bits) < 1e-9) return step.sinr_db;
  }
  return std::nan("");
}

const Modulation& scheme(const std::string& id, int index) {
  const ModulationTable& modulations = entry_of(catalogue().modulations, id, "modulation");
  return modulations.schemes.at(static_cast<std::size_t>(index - modulations.first_index));
}

const Numerology& numerology(const Row& row) {
  const bool fr1 = row.at("FR") == "FR1";
  return entry_of(catalogue().numerologies, fmt::format("nr_{}_{}khz", fr1 ? "fr1" : "fr2", row.at("SCS_kHz")),
                  "numerology");
}

#define NEEDS_REFERENCE() AMANEKU_NEEDS(test::reference(), "the reference")

}  // namespace

TEST_CASE("reference: MCS tables of TS 38.214", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("mcs_tables_38214.csv")) {
    const Modulation& found = scheme("mcs_38214_" + row.at("table"), whole(row, "mcs_index"));
    INFO("table " << row.at("table") << " index " << row.at("mcs_index"));
    CHECK(found.order == number(row, "Qm"));
    CHECK(found.code_rate * 1024.0 == Approx(number(row, "R_x1024")).epsilon(1e-12));
    CHECK(std::fabs(found.bits_per_symbol() - number(row, "spectral_efficiency")) <= 0.5e-4 + 1e-9);
    ++cases;
  }
  CHECK(cases == 113);
}

TEST_CASE("reference: CQI tables of TS 38.214", "[shared]") {
  NEEDS_REFERENCE();
  const std::map<std::string, double> orders = {
      {"QPSK", 2.0}, {"16QAM", 4.0}, {"64QAM", 6.0}, {"256QAM", 8.0}, {"1024QAM", 10.0}};
  int cases = 0;
  int out_of_range = 0;
  for (const Row& row : table("cqi_tables_38214.csv")) {
    if (row.at("modulation") == "out of range") {
      CHECK(row.at("cqi_index") == "0");
      ++out_of_range;
      continue;
    }
    const Modulation& found = scheme("cqi_38214_" + row.at("table"), whole(row, "cqi_index"));
    INFO("table " << row.at("table") << " index " << row.at("cqi_index"));
    CHECK(found.order == orders.at(row.at("modulation")));
    CHECK(found.code_rate * 1024.0 == Approx(number(row, "R_x1024")).epsilon(1e-12));
    CHECK(std::fabs(found.bits_per_symbol() - number(row, "efficiency")) <= 0.5e-4 + 1e-9);
    ++cases;
  }
  CHECK(cases == 60);
  CHECK(out_of_range == 4);
}

TEST_CASE("reference: resource blocks of TS 38.101", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("nrb_38101.csv")) {
    INFO(row.at("FR") << ' ' << row.at("SCS_kHz") << " kHz " << row.at("BW_MHz") << " MHz");
    const CarrierWidth width = carrier_width(numerology(row), number(row, "BW_MHz") * 1e6);
    CHECK(width.subcarriers == 12 * whole(row, "N_RB"));
    CHECK(width.subcarrier_spacing_hz == number(row, "SCS_kHz") * 1e3);
    CHECK(width.symbols_per_s == 14.0 * width.subcarrier_spacing_hz / 15.0);
    ++cases;
  }
  CHECK(cases == 46);
}

TEST_CASE("reference: peak rates of TS 38.306", "[shared]") {
  NEEDS_REFERENCE();
  constexpr double kLargestCodeRate = 948.0 / 1024.0;
  int cases = 0;
  for (const Row& row : table("peak_rate_38306.csv")) {
    const CarrierWidth width = carrier_width(numerology(row), number(row, "BW_MHz") * 1e6);
    const double bits = number(row, "Qm") * kLargestCodeRate * number(row, "scaling_f");
    const double peak_mbps = rate_bps(width, whole(row, "layers"), bits, number(row, "OH")) / 1e6;
    INFO(row.at("FR") << ' ' << row.at("link") << ' ' << row.at("BW_MHz") << " MHz, Qm " << row.at("Qm"));
    CHECK(width.subcarriers == 12 * whole(row, "N_RB"));
    CHECK(peak_mbps == Approx(number(row, "rate_Mbps_no_TDD_share")).margin(0.5e-4 + 1e-9));
    ++cases;
  }
  CHECK(cases == 121);
}

TEST_CASE("reference: 100 MHz, 4 layers, 256QAM carry 2.33700 Gb/s without the TDD share") {
  const RadioTechnology& technology = technology_of(catalogue(), "nr_n79_local5g");
  const Carrier carrier = make_carrier(technology, 100e6, catalogue().curves);
  CHECK(carrier.downlink.rate_bps().back() / carrier.share.downlink == Approx(2.33700e9).margin(0.5e4));
}

TEST_CASE("reference: noise power at 290 K", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("noise_power_290K.csv")) {
    const double bandwidth_hz = 12.0 * number(row, "N_RB") * number(row, "SCS_kHz") * 1e3;
    CHECK(bandwidth_hz == Approx(number(row, "BW_MHz") * 1e6));
    CHECK(noise_dbm(bandwidth_hz, number(row, "NF_dB")) == Approx(number(row, "noise_dBm")).margin(0.5e-3 + 1e-9));
    ++cases;
  }
  CHECK(cases == 28);
}

TEST_CASE("reference: noise figures that the reference sensitivities imply", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("noise_figure_implied.csv")) {
    const double thermal_dbm = noise_dbm(number(row, "BW_MHz") * 1e6, 0.0);
    CHECK(thermal_dbm == Approx(number(row, "kTB_dBm")).margin(0.5e-2 + 1e-9));
    const double implied_db = number(row, "REFSENS_dBm") - thermal_dbm - number(row, "assumed_SNR_dB") -
                              number(row, "assumed_IM_dB") + number(row, "assumed_diversity_dB");
    CHECK(implied_db == Approx(number(row, "implied_NF_dB")).margin(0.5e-2 + 1e-9));
    const bool base = row.at("node").substr(0, 2) == "BS";
    const RadioTechnology& n79 = technology_of(catalogue(), "nr_n79");
    const double ours_db = base ? n79.uplink.noise_figure_db : n79.downlink.noise_figure_db;
    CHECK(std::fabs(ours_db - implied_db) < 2.0);
    ++cases;
  }
  CHECK(cases == 3);
}

TEST_CASE("reference: truncated Shannon of TR 36.942", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("truncated_shannon_36942.csv")) {
    const bool down = row.at("link") == "DL";
    const LinkCurve& link = curve(down ? "truncated_shannon_36942" : "truncated_shannon_36942_uplink");
    INFO(row.at("link") << ' ' << row.at("SNIR_dB"));
    CHECK(bits_at(link, number(row, "SNIR_dB")) ==
          Approx(number(row, "throughput_bps_per_Hz")).margin(0.5e-5 + 1e-9));
    ++cases;
  }
  CHECK(cases == 112);
}

TEST_CASE("reference: link curves begin each scheme at its threshold", "[shared]") {
  NEEDS_REFERENCE();
  const std::map<std::string, std::string> suffixes = {
      {"1", "_64qam"}, {"2", ""}, {"3", "_low_se"}, {"4", "_1024qam"}};
  const std::map<std::string, std::string> columns = {{"lena", "5glena_effSINR_dB_at_BLER10pct_maxCBS"},
                                                      {"sionna", "sionna_PDSCH_SNR_dB_at_BLER10pct_CBS2000"}};
  int shannon = 0;
  std::map<std::string, int> cases;
  std::map<std::string, int> dominated;
  for (const Row& row : table("snr_threshold_bler10_awgn.csv")) {
    const std::string& suffix = suffixes.at(row.at("mcs_table"));
    const Modulation& found = scheme("mcs_38214_" + row.at("mcs_table"), whole(row, "mcs"));
    INFO("table " << row.at("mcs_table") << " mcs " << row.at("mcs"));
    // The column follows from the efficiency with four decimals; the curve from Qm R.
    const double rounded_bits = number(row, "SE");
    CHECK(shannon_db(rounded_bits) == Approx(number(row, "shannon_SNR_dB")).margin(0.5e-2 + 1e-9));
    const double bound_db = shannon_db(found.bits_per_symbol());
    CHECK(bound_db >= shannon_db(rounded_bits - 0.51e-4));
    CHECK(bound_db <= shannon_db(rounded_bits + 0.51e-4));
    CHECK(bits_at(curve("shannon_2db" + suffix), bound_db + 2.0 + 1e-9) >= found.bits_per_symbol() - 1e-12);
    CHECK(bits_at(curve("shannon_2db" + suffix), bound_db + 2.0 - 1e-9) < found.bits_per_symbol() + 1e-12);
    ++shannon;
    for (const auto& [id, column] : columns) {
      if (row.at(column).empty() || row.at("mcs_table") > "2") continue;
      const LinkCurve& link = curve(id + suffix);
      const double at_db = number(row, column);
      // A scheme that carries less than an easier one is no step (MCS 17 of table 1 after 16).
      if (bits_at(link, at_db) > found.bits_per_symbol()) {
        ++dominated[id];
        continue;
      }
      CHECK(bits_at(link, at_db) == Approx(found.bits_per_symbol()));
      CHECK(bits_at(link, at_db - 1e-6) < found.bits_per_symbol());
      ++cases[id];
    }
  }
  CHECK(shannon == 113);
  CHECK(cases["lena"] == 56);
  CHECK(cases["sionna"] == 50);
  CHECK(dominated["lena"] == 1);
  CHECK(dominated["sionna"] == 1);
}

TEST_CASE("the curves of 5G-LENA and Sionna are some 3 dB apart, Shannon + 2 dB is close to Sionna") {
  double lena_sum_db = 0.0;
  double shannon_sum_db = 0.0;
  const LinkCurve& sionna = curve("sionna");
  for (const RateStep& step : sionna.steps) {
    const double apart_db = threshold_db(curve("lena"), step.bits_per_symbol) - step.sinr_db;
    CHECK(apart_db > 2.0);
    CHECK(apart_db < 4.0);
    lena_sum_db += apart_db;
    shannon_sum_db += threshold_db(curve("shannon_2db"), step.bits_per_symbol) - step.sinr_db;
  }
  CHECK(sionna.steps.size() == 25);
  CHECK(lena_sum_db / 25.0 == Approx(2.63).margin(0.005));
  CHECK(shannon_sum_db / 25.0 == Approx(0.25).margin(0.005));
}

TEST_CASE("docs/methods/radio_technologies.md has the thresholds of the catalogue") {
  const auto cell = [](double value_db) { return std::isnan(value_db) ? "" : fmt::format("{:.2f}", value_db); };
  std::string lines =
      "| MCS | modulation order | bits a symbol | `shannon_2db` | `sionna` | `lena` | `lena` - `sionna` |\n"
      "|---|---|---|---|---|---|---|\n";
  for (int index = 0; index <= 27; ++index) {
    const Modulation& found = scheme("mcs_38214_2", index);
    const double bits = found.bits_per_symbol();
    const double sionna_db = threshold_db(curve("sionna"), bits);
    const double lena_db = threshold_db(curve("lena"), bits);
    lines += fmt::format("| {} | {} | {:.4f} | {} | {} | {} | {} |\n", index, found.order, bits,
                         cell(threshold_db(curve("shannon_2db"), bits)), cell(sionna_db), cell(lena_db),
                         cell(lena_db - sionna_db));
  }
  const fs::path page = fs::path(AMANEKU_SOURCE_DIR) / "docs/methods/radio_technologies.md";
  std::string text = test::read_bytes(page);
  const std::string marker = "<!-- thresholds -->\n\n";
  const std::size_t begin = text.find(marker) + marker.size();
  const std::size_t end = text.find("\n<!-- end -->", begin);
  REQUIRE(end != std::string::npos);
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, text.replace(begin, end - begin, lines));
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the catalogue");
  CHECK(test::read_bytes(page).find(marker + lines + "\n<!-- end -->") != std::string::npos);
}

TEST_CASE("reference: SINR to efficiency of pysim5g, beside the default curve", "[shared]") {
  NEEDS_REFERENCE();
  int cases = 0;
  for (const Row& row : table("sinr_to_se_pysim5g.csv")) {
    if (row.at("tech") != "4G") continue;  // the rows of 5G are those of 8 x 8 antennas
    INFO("CQI " << row.at("cqi"));
    const Modulation& found = scheme("cqi_38214_1", whole(row, "cqi"));
    const bool typo = row.at("R_x1024") == "973";  // of 873: the efficiency is that of 873
    CHECK(found.code_rate * 1024.0 == Approx(typo ? 873.0 : number(row, "R_x1024")));
    CHECK(std::fabs(found.bits_per_symbol() - number(row, "SE_bps_Hz")) <= 0.5e-4 + 1e-9);
    const double bound_db = shannon_db(found.bits_per_symbol());
    CHECK(number(row, "SINR_threshold_dB") > bound_db);
    CHECK(number(row, "SINR_threshold_dB") < bound_db + 7.0);
    ++cases;
  }
  CHECK(cases == 15);
}

TEST_CASE("reference: bands and powers of TS 38.101 and TS 38.104", "[shared]") {
  NEEDS_REFERENCE();
  int bands = 0;
  int powers = 0;
  for (const Row& row : table("bands_refsens_38101_38104.csv")) {
    INFO(row.at("band") << ": " << row.at("item") << ' ' << row.at("formula_or_value"));
    if (!row.at("range_MHz").empty()) {
      const RadioTechnology& technology = technology_of(catalogue(), "nr_" + row.at("band"));
      CHECK(row.at("range_MHz") ==
            fmt::format("{:.0f}-{:.0f}", technology.freq_min_hz / 1e6, technology.freq_max_hz / 1e6));
      CHECK(row.at("duplex") == "TDD");
      CHECK(technology.duplex == Duplex::tdd);
      CHECK(technology.widths.at(0).subcarrier_spacing_hz == number(row, "SCS_kHz") * 1e3);
      ++bands;
    }
    if (row.at("band") == "n79 UE") {  // PC1.5/PC2/PC3
      CHECK(row.at("formula_or_value").substr(0, 8) == "29/26/23");
      CHECK(technology_of(catalogue(), "nr_n79").device.power_dbm == 23.0);
      ++powers;
    }
  }
  CHECK(bands == 5);
  CHECK(powers == 1);
}
