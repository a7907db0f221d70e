// Durations of handovers: the built-in figures against the measurements, and files of one's own.
#include "scenarios/catalogue/handover_durations.hpp"

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "libsim/entry_of.hpp"
#include "libsim/mobility/random.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

using mobility::DurationQuantiles;

/// Rows of the measurement by "lte_pcell_low".
std::map<std::string, std::vector<std::string>> measured(const std::string& phase) {
  const std::map<std::string, std::string> types = {{"PCell", "pcell"},
                                                    {"MCG", "mcg"},
                                                    {"SCG Add.", "scg_addition"},
                                                    {"SCG Mod.", "scg_modification"},
                                                    {"SCG Rel.", "scg_release"}};
  const std::map<std::string, std::string> bands = {{"Low", "low"}, {"Mid", "mid"}, {"MM", "mmwave"}};
  const std::map<std::string, std::string> technologies = {{"LTE", "lte"}, {"NSA", "nsa"}, {"SA", "sa"}};
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& row : test::read_csv(*test::reference() / "system/measured_handover_durations.csv")) {
    if (row[3] == phase) out[technologies.at(row[0]) + "_" + types.at(row[1]) + "_" + bands.at(row[2])] = row;
  }
  return out;
}

/// How far the measured quantiles are from being quantiles of many draws that are rounded as the measurements are,
/// to whole milliseconds: the share of what is below a quantile is at most its own, with what is equal to it at
/// least.
double distance(const DurationQuantiles& drawn, const std::vector<std::string>& row, std::uint64_t entity) {
  constexpr std::array<double, 7> kShares = {0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
  constexpr int kDraws = 20'000;
  constexpr double kHalf_ms = 0.5;
  mobility::Random random = mobility::rng({.seed = 11, .entity = entity, .stream = mobility::Stream::durations});
  std::array<int, 7> before{};
  std::array<int, 7> after{};
  for (int i = 0; i < kDraws; ++i) {
    const double duration_ms = 1000.0 * mobility::duration_s(drawn, random.uniform());
    for (std::size_t q = 0; q < kShares.size(); ++q) {
      before[q] += duration_ms <= std::stod(row[5 + q]) - kHalf_ms ? 1 : 0;
      after[q] += duration_ms <= std::stod(row[5 + q]) + kHalf_ms ? 1 : 0;
    }
  }
  double worst = 0.0;
  for (std::size_t q = 0; q < kShares.size(); ++q) {
    worst = std::max(worst, static_cast<double>(before[q]) / kDraws - kShares[q]);
    worst = std::max(worst, kShares[q] - static_cast<double>(after[q]) / kDraws);
  }
  return worst;
}

/// The largest difference between the shares of many draws, not rounded, and those measured, at the measured
/// quantiles.
double distance_unrounded(const DurationQuantiles& drawn, const std::vector<std::string>& row,
                          std::uint64_t entity) {
  constexpr std::array<double, 7> kShares = {0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
  constexpr int kDraws = 20'000;
  mobility::Random random = mobility::rng({.seed = 11, .entity = entity, .stream = mobility::Stream::durations});
  std::array<int, 7> below{};
  for (int i = 0; i < kDraws; ++i) {
    const double duration_ms = 1000.0 * mobility::duration_s(drawn, random.uniform());
    for (std::size_t q = 0; q < kShares.size(); ++q) below[q] += duration_ms <= std::stod(row[5 + q]) ? 1 : 0;
  }
  double worst = 0.0;
  for (std::size_t q = 0; q < kShares.size(); ++q)
    worst = std::max(worst, std::abs(static_cast<double>(below[q]) / kDraws - kShares[q]));
  return worst;
}

std::vector<std::string> faults(const std::string& text) {
  std::vector<std::string> out;
  try {
    (void)read_handover_durations(text, "own.toml", built_in_handover_durations());
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) out.push_back(fault.text());
  }
  return out;
}

}  // namespace

TEST_CASE("drawn durations are those measured: Kolmogorov-Smirnov distance at the known quantiles", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/measured_handover_durations.csv");
  const auto preparation = measured("report_to_command");
  const auto execution = measured("execution");
  REQUIRE(preparation.size() == built_in_handover_durations().size());
  REQUIRE(execution.size() == preparation.size());
  std::uint64_t entity = 0;
  for (const HandoverDurations& durations : built_in_handover_durations()) {
    CAPTURE(durations.id);
    CHECK(durations.handovers == std::stoll(preparation.at(durations.id)[4]));
    // 20,000 draws: 0.0115 is exceeded once in a hundred.
    CHECK(distance(durations.interruptions.preparation, preparation.at(durations.id), entity++) < 0.0115);
    CHECK(distance(durations.interruptions.execution, execution.at(durations.id), entity++) < 0.0115);
    CHECK(distance_unrounded(durations.interruptions.preparation, preparation.at(durations.id), entity++) < 0.1);
    CHECK(distance_unrounded(durations.interruptions.execution, execution.at(durations.id), entity++) < 0.1);
  }
}

TEST_CASE("between quantiles the logarithm of a duration is linear, and beyond them it goes on") {
  const DurationQuantiles two{{0.25, 0.75}, {0.010, 0.040}};
  CHECK(mobility::duration_s(two, 0.5) == Approx(0.020));
  CHECK(mobility::duration_s(two, 1.0) == Approx(0.080));
  CHECK(mobility::duration_s(two, 0.0) == Approx(0.005));
  CHECK(mobility::duration_s(mobility::constant_duration(0.07), 0.99) == 0.07);
  double last_s = 0.0;
  const DurationQuantiles& lte =
      entry_of(built_in_handover_durations(), "lte_pcell_low", "durations").interruptions.preparation;
  for (double share = 0.0; share <= 1.0; share += 0.001) {
    CHECK(mobility::duration_s(lte, share) >= last_s);
    last_s = mobility::duration_s(lte, share);
  }
  CHECK(mobility::duration_s(lte, 0.5) == Approx(0.0535));
  CHECK(mobility::duration_s(lte, 1.0) == Approx(0.677).margin(0.001));  // 620.6 (620.6 / 282.3)^(1/9)
}

TEST_CASE("a file of durations adds and replaces, and names its faults") {
  const std::string good =
      "[durations.own]\nname = \"own\"\npercent = [50, 90]\npreparation_ms = [40, 60]\nexecution_ms = [30, 30]\n"
      "source = \"own tests\"\n";
  const auto more = read_handover_durations(good, "own.toml", built_in_handover_durations());
  CHECK(more.size() == built_in_handover_durations().size() + 1);
  CHECK(more.back().interruptions.preparation.duration_s[1] == Approx(0.060));
  CHECK(faults(good).empty());
  const auto wrong = faults(
      "[durations.own]\nname = \"own\"\npercent = [90, 50]\npreparation_ms = [40, 60]\nexecution_ms = [30]\n"
      "source = \"own tests\"\n");
  REQUIRE(wrong.size() == 2);
  CHECK(wrong[0].find("own.toml:4:18: durations.preparation_ms") == 0);
  CHECK(wrong[1].find("needs as many shares as durations") != std::string::npos);
  CHECK(faults("[durations.own]\nname = \"own\"\n").size() == 4);
}

TEST_CASE("docs/formats/handover_durations.md is what the schema says") {
  const std::filesystem::path page =
      std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/formats/handover_durations.md";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) test::write_text(page, handover_durations_markdown());
  INFO("run test_scenarios once with AMANEKU_UPDATE=1 after a change of the schema");
  CHECK(test::read_bytes(page) == handover_durations_markdown());
}
