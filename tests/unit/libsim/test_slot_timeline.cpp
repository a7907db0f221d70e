// The wait for a slot against the reference of 2000 phases, against a walk through symbols, and without slots.
#include "libsim/latency/slot_timeline.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/csv.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

std::vector<DelayPiece> first_attempt(const SlotPattern& pattern, Access access) {
  return attempt_delays(pattern, {.access = access, .times = ue_processing(1, pattern.subcarrier_spacing_hz)})[0];
}

Access access_of(const std::string& mode) {
  if (mode == "DL") return Access::downlink;
  return mode == "UL_CG" ? Access::configured_grant : Access::scheduling_request;
}

/// The same rules as a walk in steps of a thousandth of a symbol, one arrival after another.
class Walk {
 public:
  Walk(const SlotPattern& pattern, Access access, ProcessingTimes times)
      : slots_(pattern.slots), access_(access), symbol_s_(pattern.slot_s() / 14.0), times_(times) {}

  double delay_s(double arrival_s) const {
    double now_s = arrival_s;
    if (access_ == Access::scheduling_request) {
      now_s += times_.decode_s / 2.0;
      now_s = symbol_from(now_s, "U", 13) + symbol_s_ + times_.decode_s;
      now_s = symbol_from(now_s, "DS", 0) + symbol_s_ + times_.prepare_s;
    } else {
      now_s += times_.prepare_s / 2.0;
    }
    now_s = symbol_from(now_s, access_ == Access::downlink ? "DS" : "U", 0);
    return now_s + 14.0 * symbol_s_ + times_.decode_s / 2.0 - arrival_s;
  }

 private:
  /// Beginning of the next symbol of that number in such a slot.
  double symbol_from(double now_s, const std::string& kinds, long number) const {
    auto symbol = static_cast<long>(std::ceil(now_s / symbol_s_ - 1e-7));
    while (symbol % 14 != number ||
           kinds.find(slots_[static_cast<std::size_t>(symbol / 14) % slots_.size()]) == std::string::npos) {
      ++symbol;
    }
    return static_cast<double>(symbol) * symbol_s_;
  }

  std::string slots_;
  Access access_;
  double symbol_s_;
  ProcessingTimes times_;
};

}  // namespace

TEST_CASE("processing times are those of the tables of TS 38.214", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/ue_processing_time_38214.csv");
  const auto rows = test::read_csv(*test::reference() / "system/ue_processing_time_38214.csv");
  REQUIRE(rows.size() == 8);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    INFO(rows[i][0] << " " << rows[i][2]);
    const ProcessingTimes times = ue_processing(std::stoi(rows[i][0]), std::stod(rows[i][2]) * 1e3);
    CHECK(times.decode_s * 1e3 == Approx(std::stod(rows[i][5])).margin(5.1e-7));
    CHECK(times.prepare_s * 1e3 == Approx(std::stod(rows[i][6])).margin(5.1e-7));
  }
}

TEST_CASE("processing without figures is refused") {
  CHECK_THROWS_AS(ue_processing(2, 120e3), InputError);
  CHECK_THROWS_AS(ue_processing(3, 30e3), InputError);
  CHECK_THROWS_AS(ue_processing(1, 45e3), InputError);
}

TEST_CASE("waits of TDD patterns are those of the reference, within its own sampling", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/tdd_one_way_latency_computed.csv");
  const auto rows = test::read_csv(*test::reference() / "system/tdd_one_way_latency_computed.csv");
  REQUIRE(rows.size() == 43);
  constexpr int kPhases = 2000;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    INFO(rows[i][0] << " " << rows[i][1] << " " << rows[i][2]);
    const SlotPattern pattern{.slots = rows[i][0], .subcarrier_spacing_hz = std::stod(rows[i][1]) * 1e3};
    const std::vector<DelayPiece> pieces = first_attempt(pattern, access_of(rows[i][2]));
    const double step_ms = pattern.period_s() * 1e3 / kPhases;
    const double rounding_ms = 5.1e-5;
    const double mean_ms = std::stod(rows[i][3]);
    const double max_ms = std::stod(rows[i][5]);
    CHECK(mean_s(pieces) * 1e3 == Approx(mean_ms).margin(step_ms / 2.0 + rounding_ms));
    CHECK(quantile_s(pieces, 0.99) * 1e3 == Approx(std::stod(rows[i][4])).margin(step_ms + rounding_ms));
    CHECK(largest_s(pieces) * 1e3 >= max_ms - rounding_ms);
    CHECK(largest_s(pieces) * 1e3 <= max_ms + step_ms + rounding_ms);
  }
}

TEST_CASE("the reference itself: the same delays at its 2000 phases", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/tdd_one_way_latency_computed.csv");
  const auto rows = test::read_csv(*test::reference() / "system/tdd_one_way_latency_computed.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    INFO(rows[i][0] << " " << rows[i][1] << " " << rows[i][2]);
    const SlotPattern pattern{.slots = rows[i][0], .subcarrier_spacing_hz = std::stod(rows[i][1]) * 1e3};
    const Walk walk(pattern, access_of(rows[i][2]), ue_processing(1, pattern.subcarrier_spacing_hz));
    std::vector<double> delays_ms;
    for (int phase = 0; phase < 2000; ++phase) {
      delays_ms.push_back(walk.delay_s((phase + 0.5) / 2000.0 * pattern.period_s()) * 1e3);
    }
    std::sort(delays_ms.begin(), delays_ms.end());
    double mean_ms = 0.0;
    for (const double delay_ms : delays_ms) mean_ms += delay_ms / 2000.0;
    CHECK(mean_ms == Approx(std::stod(rows[i][3])).margin(5.1e-5));
    CHECK(delays_ms[1980] == Approx(std::stod(rows[i][4])).margin(5.1e-5));
    CHECK(delays_ms.back() == Approx(std::stod(rows[i][5])).margin(5.1e-5));
  }
}

TEST_CASE("every arrival has the delay of its piece: a walk through the symbols") {
  for (const char* slots : {"DDDSU", "DDSU", "DSUUU", "DDDDDDDSUU", "DDDSUDDSUU", "U", "DU"}) {
    for (const double spacing_hz : {15e3, 30e3, 60e3, 120e3}) {
      for (const Access access : {Access::downlink, Access::configured_grant, Access::scheduling_request}) {
        if (std::string(slots) == "U" && access != Access::configured_grant) continue;
        INFO(slots << " " << spacing_hz << " " << static_cast<int>(access));
        const SlotPattern pattern{.slots = slots, .subcarrier_spacing_hz = spacing_hz};
        const std::vector<DelayPiece> pieces = first_attempt(pattern, access);
        const Walk walk(pattern, access, ue_processing(1, spacing_hz));
        constexpr int kArrivals = 20'011;
        std::vector<double> delays_s;
        double mean = 0.0;
        for (int i = 0; i < kArrivals; ++i) {
          delays_s.push_back(walk.delay_s((i + 0.37) / kArrivals * pattern.period_s()));
          mean += delays_s.back() / kArrivals;
        }
        std::sort(delays_s.begin(), delays_s.end());
        const double step_s = pattern.period_s() / kArrivals;
        CHECK(std::fabs(mean_s(pieces) - mean) < step_s);
        for (const double share : {0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999}) {
          const double walked_s = delays_s[static_cast<std::size_t>(share * kArrivals)];
          CHECK(std::fabs(quantile_s(pieces, share) - walked_s) < 3.0 * step_s);
        }
        CHECK(std::fabs(largest_s(pieces) - delays_s.back()) < 2.0 * step_s);
      }
    }
  }
}

TEST_CASE("one transmission in FDD is that of the reference", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "system/up_latency_fdd_onetx_computed.csv");
  const auto rows = test::read_csv(*test::reference() / "system/up_latency_fdd_onetx_computed.csv");
  REQUIRE(rows.size() == 19);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    INFO(rows[i][0] << " " << rows[i][1] << " " << rows[i][2]);
    const double spacing_hz = std::stod(rows[i][1]) * 1e3;
    const std::vector<DelayPiece> pieces =
        fdd_delay(spacing_hz, std::stoi(rows[i][2]), ue_processing(std::stoi(rows[i][0]), spacing_hz));
    CHECK(mean_s(pieces) * 1e3 == Approx(std::stod(rows[i][7])).margin(5.1e-5));
    CHECK(largest_s(pieces) * 1e3 == Approx(std::stod(rows[i][8])).margin(5.1e-5));
  }
}

TEST_CASE("FDD as a pattern is a slot of 14 symbols") {
  const ProcessingTimes times = ue_processing(1, 15e3);
  const std::vector<DelayPiece> slots = attempt_delays({.slots = "F", .subcarrier_spacing_hz = 15e3},
                                                       {.access = Access::downlink, .times = times})[0];
  const std::vector<DelayPiece> symbols = fdd_delay(15e3, 14, times);
  CHECK(mean_s(slots) == Approx(mean_s(symbols)));
  CHECK(largest_s(slots) == Approx(largest_s(symbols)));
}

TEST_CASE("a burst of several slots takes the next ones of its direction") {
  const SlotPattern pattern{.slots = "DDDSU"};
  const SlotUse one{.access = Access::configured_grant, .times = ue_processing(1, 30e3)};
  SlotUse three = one;
  three.slots = 3;
  CHECK(mean_s(attempt_delays(pattern, three)[0]) == Approx(mean_s(attempt_delays(pattern, one)[0]) + 5e-3));
  SlotUse down{.access = Access::downlink, .slots = 5, .times = ue_processing(1, 30e3)};
  // Four slots of five: the fifth slot of data is one period after the first.
  const double first_s = mean_s(attempt_delays(pattern, {.access = Access::downlink, .times = down.times})[0]);
  CHECK(mean_s(attempt_delays(pattern, down)[0]) == Approx(first_s + 2.5e-3));
}

TEST_CASE("a special slot may end early, carry nothing, or carry requests") {
  const SlotUse down{.access = Access::downlink, .times = ue_processing(1, 30e3)};
  SlotPattern pattern{.slots = "DDDSU", .special = {.downlink_symbols = 7, .uplink_symbols = 4}};
  const double whole_s = mean_s(attempt_delays(pattern, down)[0]);
  pattern.special_counts_whole = false;
  // A fifth of the arrivals go into the special slot and save half a slot.
  CHECK(mean_s(attempt_delays(pattern, down)[0]) == Approx(whole_s - 0.2 * 0.25e-3));
  pattern.special_carries_downlink = false;
  CHECK(mean_s(attempt_delays(pattern, down)[0]) > whole_s);
  // Two fifths ask in the special slot, are granted in the third D and send in the same period, not the next.
  const SlotUse up{.access = Access::scheduling_request, .times = ue_processing(1, 30e3)};
  SlotPattern early{.slots = "DSDDU"};
  const double once_s = mean_s(attempt_delays(early, up)[0]);
  early.special_carries_feedback = true;
  CHECK(mean_s(attempt_delays(early, up)[0]) == Approx(once_s - 0.4 * 2.5e-3));
}

TEST_CASE("repetitions come a round trip of the pattern apart") {
  const SlotUse up{.access = Access::configured_grant, .repetitions = 2, .times = ue_processing(1, 30e3)};
  const auto attempts = attempt_delays({.slots = "DDDSU"}, up);
  REQUIRE(attempts.size() == 3);
  // Decoded 0.36 ms after the U slot: granted in the second D, sent in the next U slot, one period later.
  CHECK(mean_s(attempts[1]) - mean_s(attempts[0]) == Approx(2.5e-3));
  CHECK(mean_s(attempts[2]) - mean_s(attempts[1]) == Approx(2.5e-3));
  const SlotUse fdd{.access = Access::downlink, .repetitions = 1, .times = ue_processing(1, 15e3)};
  const auto down = attempt_delays({.slots = "F", .subcarrier_spacing_hz = 15e3}, fdd);
  // Decoded in 0.57 ms, feedback in the last symbol of that slot, 0.57 ms at the base station: the third slot
  // after.
  CHECK(mean_s(down[1]) - mean_s(down[0]) == Approx(3e-3));
}

TEST_CASE("patterns that cannot carry it are refused") {
  const ProcessingTimes times = ue_processing(1, 30e3);
  const auto fault = [&](const char* slots, SlotUse use) {
    use.times = times;
    CHECK_THROWS_AS(attempt_delays({.slots = slots}, use), InputError);
  };
  fault("", {});
  fault("DDXU", {});
  fault("DDDS", {.access = Access::configured_grant});
  fault("UUU", {.access = Access::downlink});
  fault("UUU", {.access = Access::scheduling_request});
  fault("DDD", {.access = Access::downlink, .repetitions = 1});
  fault("DDDSU", {.slots = 0});
  CHECK_THROWS_AS(fdd_delay(30e3, 15, times), InputError);
}
