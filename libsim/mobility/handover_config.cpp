#include "libsim/mobility/handover_config.hpp"

#include <algorithm>
#include <span>
#include <string>

#include "libsim/mobility/measurement.hpp"
#include "terrain/range.hpp"

namespace amaneku::mobility {
namespace {

class ConfigFaults {
 public:
  void one_of(const char* key, int value, std::span<const int> legal) {
    if (std::find(legal.begin(), legal.end(), value) != legal.end()) return;
    std::string list;
    for (const int known : legal) list += (list.empty() ? "" : ", ") + std::to_string(known);
    add("is none of the standard's values", key, std::to_string(value), list);
  }
  void within(const char* key, double value, const Range& legal) {
    if (!legal.contains(value)) add("is outside its range", key, std::to_string(value), legal.text());
  }
  void multiple(const char* key, int value_ms, int step_ms) {
    if (value_ms > 0 && value_ms % step_ms == 0) return;
    add("is no whole number of steps", key, std::to_string(value_ms), "multiples of " + std::to_string(step_ms));
  }
  void add(const char* message, const char* key, std::string value, std::string legal) {
    faults_.push_back({.message = message, .key = key, .value = std::move(value), .legal = std::move(legal)});
  }
  [[nodiscard]] std::vector<Fault> take() { return std::move(faults_); }

 private:
  std::vector<Fault> faults_{};
};

constexpr Range kStep_ms{10.0, 200.0};
constexpr Range kOffset_db{-15.0, 15.0};
constexpr Range kHysteresis_db{0.0, 15.0};
constexpr Range kError_db{0.0, 10.0};
constexpr Range kThreshold_dbm{-156.0, -31.0};  // SS-RSRP that a device can report, TS 38.133 10.1.6
constexpr Range kQuality_db{-30.0, 30.0};
constexpr Range kDuration_s{0.0, 60.0};

}  // namespace

std::vector<Fault> config_faults(const HandoverConfig& config) {
  ConfigFaults faults;
  faults.within("step_ms", config.step_ms, kStep_ms);
  const int step_ms = std::max(1, config.step_ms);
  faults.multiple("l1_period_ms", config.l1_period_ms, step_ms);
  faults.multiple("evaluate_out_ms", config.evaluate_out_ms, step_ms);
  faults.multiple("evaluate_in_ms", config.evaluate_in_ms, step_ms);
  faults.multiple("filter_reference_ms", config.filter_reference_ms, 1);
  faults.one_of("filter_k", config.filter_k, kFilterCoefficients);
  faults.one_of("time_to_trigger_ms", config.time_to_trigger_ms, kTimesToTrigger_ms);
  faults.one_of("n310", config.n310, kN310);
  faults.one_of("n311", config.n311, kN311);
  faults.one_of("t310_ms", config.t310_ms, kT310_ms);
  faults.one_of("t304_ms", config.t304_ms, kT304_ms);
  faults.multiple("t311_ms", config.t311_ms, 1);
  faults.within("measurement_error_db", config.measurement_error_db, kError_db);
  faults.within("a3_offset_db", config.a3_offset_db, kOffset_db);
  faults.within("hysteresis_db", config.hysteresis_db, kHysteresis_db);
  faults.within("a2_threshold_dbm", config.a2_threshold_dbm, kThreshold_dbm);
  faults.within("a5_threshold1_dbm", config.a5_threshold1_dbm, kThreshold_dbm);
  faults.within("a5_threshold2_dbm", config.a5_threshold2_dbm, kThreshold_dbm);
  faults.within("suitable_dbm", config.suitable_dbm, kThreshold_dbm);
  faults.within("qout_db", config.qout_db, kQuality_db);
  faults.within("qin_db", config.qin_db, {config.qout_db, kQuality_db.max});
  faults.within("reestablishment_s", config.reestablishment_s, kDuration_s);
  faults.within("attach_s", config.attach_s, kDuration_s);
  faults.within("ping_pong_s", config.ping_pong_s, kDuration_s);
  return faults.take();
}

}  // namespace amaneku::mobility
