#include "libsim/mobility/event_watch.hpp"

#include <algorithm>

#include "libsim/index.hpp"
#include "libsim/mobility/measurement.hpp"

namespace amaneku::mobility {

EventWatch::EventWatch(const PreparedRoute& route)
    : input_(route.input()),
      share_(static_cast<float>(filter_share(input_.config.filter_k, 1e-3 * input_.config.l1_period_ms,
                                             1e-3 * input_.config.filter_reference_ms))),
      time_to_trigger_us_(Microseconds{1000} * input_.config.time_to_trigger_ms) {
  begin();
}

void EventWatch::begin() {
  states_.assign(input_.radio.cells.size(), {});
  asked_.clear();
  restart();
}

void EventWatch::restart() {
  for (const std::uint32_t cell : asked_) states_[cell].since_us = kNever;
  asked_.clear();
  weak_since_us_ = kNever;
  gate_open_ = false;
  report_us_ = kNever;
}

void EventWatch::filter(const Layer1& layer1) {
  for (std::size_t i = 0; i < layer1.cells.size(); ++i) {
    CellState& state = states_[layer1.cells[i]];
    const float level_dbm = layer1.level_dbm[i];
    const bool goes_on = state.measured == layer1.number - 1;
    state.filtered_dbm =
        goes_on ? state.filtered_dbm + share_ * (level_dbm - state.filtered_dbm) : level_dbm;  // F0 = M1
    if (!goes_on) state.since_us = kNever;
    state.measured = layer1.number;
  }
}

void EventWatch::watch_gate(Microseconds at_us, float server_dbm) {
  const auto level_dbm = static_cast<double>(server_dbm);
  const HandoverConfig& config = input_.config;
  if (level_dbm + config.hysteresis_db < config.a2_threshold_dbm) {
    weak_since_us_ = std::min(weak_since_us_, at_us);
    gate_open_ = gate_open_ || at_us - weak_since_us_ >= time_to_trigger_us_;
  } else {
    weak_since_us_ = kNever;
    if (level_dbm - config.hysteresis_db > config.a2_threshold_dbm) gate_open_ = false;
  }
}

bool EventWatch::enters(const RouteCell& cell, float level_dbm, int server, float server_dbm) const noexcept {
  if (!cell.serves) return false;
  const HandoverConfig& config = input_.config;
  const RouteCell& own = input_.radio.cells[index_of(server)];
  const double neighbour_dbm = static_cast<double>(level_dbm) + cell.individual_offset_db - config.hysteresis_db;
  if (cell.channel == own.channel)
    return neighbour_dbm > static_cast<double>(server_dbm) + own.individual_offset_db + config.a3_offset_db;
  return static_cast<double>(server_dbm) + config.hysteresis_db < config.a5_threshold1_dbm &&
         neighbour_dbm > config.a5_threshold2_dbm;
}

void EventWatch::measure(const Layer1& layer1, int server) {
  filter(layer1);
  report_us_ = kNever;
  if (server < 0) return;
  const CellState& own = states_[index_of(server)];
  const float server_dbm = own.measured == layer1.number ? own.filtered_dbm : kNoPower_dbm;
  if (input_.config.inter_frequency) watch_gate(layer1.at_us, server_dbm);
  const int channel = input_.radio.cells[index_of(server)].channel;
  asked_.clear();
  for (const std::uint32_t c : layer1.cells) {
    CellState& state = states_[c];
    const RouteCell& cell = input_.radio.cells[c];
    const bool measured = cell.channel == channel || gate_open_;
    if (static_cast<int>(c) == server || !measured || !enters(cell, state.filtered_dbm, server, server_dbm)) {
      state.since_us = kNever;
      continue;
    }
    state.since_us = std::min(state.since_us, layer1.at_us);
    asked_.push_back(c);
    report_us_ = std::min(report_us_, state.since_us + time_to_trigger_us_);
  }
}

int EventWatch::target(Microseconds at_us) const {
  int best = -1;
  double best_dbm = 0.0;
  for (const std::uint32_t c : asked_) {
    const CellState& state = states_[c];
    if (state.since_us + time_to_trigger_us_ > at_us) continue;
    const double level_dbm = static_cast<double>(state.filtered_dbm) + input_.radio.cells[c].individual_offset_db;
    if (best >= 0 && level_dbm <= best_dbm) continue;
    best = static_cast<int>(c);
    best_dbm = level_dbm;
  }
  return best;
}

}  // namespace amaneku::mobility
