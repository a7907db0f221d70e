// The model of radio and core against round trips of CICV5G (Zenodo 17475688, CC BY 4.0).
//
// Runs of each band in the order of the file: the first, third, fifth ... are fitted, the others held against the
// fit. The figures are those of the table in docs/methods/latency.md.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "libsim/latency/radio_delay.hpp"
#include "libsim/latency/round_trip.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/gzip.hpp"
#include "tests/support/page.hpp"

using namespace amaneku;

namespace {

constexpr DelayGrid kGrid{.step_s = 100e-6, .horizon_s = 12.0};
constexpr double kLate_s = 0.06;
constexpr double kWeak_dbm = -80.0;
constexpr std::array kShares = {0.5, 0.9, 0.95, 0.99};

struct Answer {
  double round_trip_s = 0.0;
  double rsrp_dbm = 0.0;
};
using Answers = std::vector<Answer>;

struct Halves {
  Answers fitted{};
  Answers held{};
  int runs = 0;
};

Halves halves_of(const std::string& text, const std::string& band) {
  Halves out;
  std::string run;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> row;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(cell);
    if (row[1] != band || row[10].empty() || row[11].empty()) continue;
    const Answer answer{std::stod(row[11]) * 1e-3, std::stod(row[10])};
    const std::string own = row[0] + row[1] + row[2] + row[3];
    if (own != run) ++out.runs;
    run = own;
    const bool gap = answer.round_trip_s <= 0.0 || answer.rsrp_dbm < -140.0 || answer.rsrp_dbm > -40.0;
    if (!gap) (out.runs % 2 == 1 ? out.fitted : out.held).push_back(answer);
  }
  return out;
}

std::vector<double> round_trips_s(const Answers& answers) {
  std::vector<double> out;
  for (const Answer& answer : answers) out.push_back(answer.round_trip_s);
  std::sort(out.begin(), out.end());
  return out;
}

Answers of_level(const Answers& answers, bool weak) {
  Answers out;
  for (const Answer& answer : answers) {
    if ((answer.rsrp_dbm < kWeak_dbm) == weak) out.push_back(answer);
  }
  return out;
}

/// Both ways of a small message. n78: the double period of 2.5 ms, 30 kHz; n8: FDD at 15 kHz. Both are
/// assumptions, the data set does not say.
DelayDistribution radio_round_trip(const std::string& band) {
  const SlotPattern pattern = band == "n78" ? SlotPattern{.slots = "DDDSUDDSUU", .subcarrier_spacing_hz = 30e3}
                                            : SlotPattern{.slots = "F", .subcarrier_spacing_hz = 15e3};
  const ProcessingTimes times = ue_processing(1, pattern.subcarrier_spacing_hz);
  const SlotUse up{.access = Access::scheduling_request, .times = times};
  const SlotUse down{.access = Access::downlink, .times = times};
  return sum(radio_delay(pattern, up, {}, kGrid), radio_delay(pattern, down, {}, kGrid));
}

double quantile_of(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// What the model of the fitted half says about the answers of the other half, level by level as they were
/// received.
struct Comparison {
  CoreDelay core{};
  DelayDistribution model;
  std::vector<double> measured_s{};
};

Comparison compared(const Halves& halves, const std::string& band, const std::vector<bool>& levels) {
  const DelayDistribution radio = radio_round_trip(band);
  const CoreDelay core = fit_core_delay(round_trips_s(halves.fitted), radio, kLate_s);
  std::vector<WeightedDelay> parts;
  Answers held;
  for (const bool weak : levels) {
    const Answers own = of_level(halves.held, weak);
    const LateAnswers late = late_answers(round_trips_s(of_level(halves.fitted, weak)), kLate_s);
    parts.push_back({static_cast<double>(own.size()), round_trip(radio, core, late)});
    held.insert(held.end(), own.begin(), own.end());
  }
  for (WeightedDelay& part : parts) part.probability /= static_cast<double>(held.size());
  return {core, mixture(parts), round_trips_s(held)};
}

std::string row_of(const std::string& what, const Comparison& c) {
  std::string out = fmt::format("| {} | {} |", what, c.measured_s.size());
  for (const double share : kShares) {
    const double model_s = c.model.quantile_s(share);
    const double measured_s = quantile_of(c.measured_s, share);
    out += fmt::format(" {:.1f} / {:.0f} ({:+.0f} %) |", model_s * 1e3, measured_s * 1e3,
                       (model_s / measured_s - 1.0) * 100.0);
  }
  return out;
}

}  // namespace

TEST_CASE("round trips of CICV5G: half of the runs fitted, the other half as the page has it", "[shared]") {
  AMANEKU_NEEDS(test::data(), "measurements/cicv5g_runs.csv.gz");
  const std::string text = test::gunzipped(*test::data() / "measurements/cicv5g_runs.csv.gz");
  const auto on_page = [](const std::string& row) {
    INFO("docs/methods/latency.md should have the line\n" << row);
    CHECK(test::page_has("docs/methods/latency.md", row));
  };
  for (const std::string band : {"n78", "n8"}) {
    const Halves halves = halves_of(text, band);
    CHECK(halves.runs == (band == "n78" ? 9 : 12));
    const Comparison all = compared(halves, band, {false, true});
    on_page(fmt::format("| {} | {} | {:.2f} ms | {:.2f} ms | {:.2f} ms |", band, halves.fitted.size(),
                        radio_round_trip(band).mean_within_s() * 1e3, all.core.constant_s * 1e3,
                        all.core.exponential_s * 1e3));
    on_page(row_of(band + ", all", all));
    on_page(row_of(band + ", from -80 dBm", compared(halves, band, {false})));
    on_page(row_of(band + ", below -80 dBm", compared(halves, band, {true})));
  }
}

TEST_CASE("round trips of CICV5G: within 20 % where the page says so", "[shared]") {
  AMANEKU_NEEDS(test::data(), "measurements/cicv5g_runs.csv.gz");
  const std::string text = test::gunzipped(*test::data() / "measurements/cicv5g_runs.csv.gz");
  const auto worst = [&](const std::string& band, const std::vector<bool>& levels, std::size_t shares) {
    const Comparison c = compared(halves_of(text, band), band, levels);
    double out = 0.0;
    for (std::size_t i = 0; i < shares; ++i) {
      const double measured_s = quantile_of(c.measured_s, kShares[i]);
      out = std::max(out, std::fabs(c.model.quantile_s(kShares[i]) / measured_s - 1.0));
    }
    return out;
  };
  CHECK(worst("n78", {false, true}, 4) < 0.20);  // p50 .. p99
  CHECK(worst("n78", {true}, 4) < 0.20);
  CHECK(worst("n78", {false}, 3) < 0.20);  // p50 .. p95
  CHECK(worst("n8", {false}, 3) < 0.20);
  CHECK(worst("n8", {false, true}, 2) < 0.20);  // p50, p90
}

TEST_CASE("a core of known constant and exponential part is found again") {
  const DelayDistribution radio = radio_round_trip("n78");
  std::mt19937 random(42);
  std::uniform_real_distribution<double> even(0.0, 1.0);
  std::exponential_distribution<double> slow(1.0 / 3e-3);
  std::vector<double> round_trips_s;
  for (int i = 0; i < 100'000; ++i) {
    round_trips_s.push_back(radio.quantile_s(even(random)) + 8e-3 + slow(random));
    if (i % 200 == 0) round_trips_s.push_back(0.2);
  }
  const CoreDelay core = fit_core_delay(round_trips_s, radio, kLate_s);
  CHECK(core.constant_s == Approx(8e-3).margin(1e-4));
  CHECK(core.exponential_s == Approx(3e-3).margin(1e-4));
  const LateAnswers late = late_answers(round_trips_s, kLate_s);
  CHECK(late.share == Approx(0.005).margin(1e-4));
  const DelayDistribution model = round_trip(radio, core, late);
  CHECK(model.exceeding(0.1) == Approx(late.share).margin(1e-9));
  CHECK(round_trip(radio, core).mean_within_s() == Approx(radio.mean_within_s() + 11e-3).margin(1e-4));
}

TEST_CASE("round trips that the radio alone exceeds are refused") {
  const DelayDistribution radio = radio_round_trip("n78");
  const std::vector<double> too_fast_s = {1e-3, 2e-3, 30e-3};
  CHECK_THROWS_AS(fit_core_delay(std::vector<double>{1e-3, 1e-3}, radio, kLate_s), InputError);
  CHECK_THROWS_AS(fit_core_delay(too_fast_s, radio, 2.5e-3), InputError);
  CHECK_THROWS_AS(fit_core_delay(std::vector<double>{0.5}, radio, kLate_s), InputError);
}
