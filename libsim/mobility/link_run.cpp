#include "libsim/mobility/link_run.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "libsim/index.hpp"
#include "libsim/mobility/event_watch.hpp"
#include "libsim/mobility/link_monitor.hpp"
#include "libsim/mobility/random.hpp"
#include "libsim/mobility/step_receiver.hpp"

namespace amaneku::mobility {
namespace {

Microseconds microseconds(double seconds) {
  return std::llround(1e6 * seconds);
}

}  // namespace

class LinkRunner::Machine {
 public:
  explicit Machine(const PreparedRoute& route)
      : route_(route),
        config_(route.input().config),
        receiver_(route),
        events_(route),
        monitor_(config_),
        qout_(static_cast<float>(std::pow(10.0, 0.1 * config_.qout_db))),
        qin_(static_cast<float>(std::pow(10.0, 0.1 * config_.qin_db))) {}

  const LinkRun& run(const std::optional<RunKey>& key, std::span<const Outage> anchor) {
    anchor_ = anchor;
    begin(key);
    for (const Stretch& stretch : route_.stretches()) {
      for (std::size_t step = stretch.first_step; step < stretch.first_step + stretch.steps; ++step) {
        const Microseconds now_us = static_cast<Microseconds>(step) * route_.step_us();
        advance(now_us);
        if (step == stretch.first_step) receiver_.enter(stretch);
        receiver_.receive(step);
        take_step(now_us);
        take_measurement(step, now_us);
      }
    }
    advance(route_.end_us());
    close_outage(route_.end_us());
    return out_;
  }

 private:
  enum class Phase : std::uint8_t {
    searching,  ///< no server, no cell in sight
    attaching,  ///< a cell found: a link at due_us
    connected,
    preparing,  ///< reported: a command at due_us; the old cell serves
    executing   ///< commanded: access at due_us, or with the first step that is good enough until the deadline
  };

  void begin(const std::optional<RunKey>& key) {
    receiver_.begin(key);
    events_.begin();
    random_ =
        key ? std::optional(rng({key->seed, key->run, route_.input().modem, Stream::durations})) : std::nullopt;
    out_.handovers.clear();
    out_.failures.clear();
    out_.outages.clear();
    out_.servers.clear();
    out_.additions = 0;
    out_.releases = 0;
    anchor_outage_ = 0;
    next_release_ = 0;
    outage_from_us_ = kNever;
    former_ = -1;
    lost_us_ = kNever;
    begin_search(0);
  }

  double drawn_s(const DurationQuantiles& quantiles) {
    return duration_s(quantiles, random_ ? random_->uniform() : 0.5);
  }

  /// Everything that is due until now, in its order and at its own time.
  void advance(Microseconds now_us) {
    while (true) {
      Microseconds at_us = due_us_;
      if (phase_ == Phase::connected) at_us = events_.report_us();
      const bool linked = phase_ == Phase::connected || phase_ == Phase::preparing;
      const bool fails = linked && monitor_.failure_us() <= at_us;
      if (fails) at_us = monitor_.failure_us();
      const Microseconds release_us = next_release_us();
      if (std::min(at_us, release_us) > now_us) return;
      if (release_us <= at_us) {
        release(release_us);
      } else if (fails) {
        fail(at_us, FailureKind::radio_link, phase_ == Phase::preparing ? target_ : -1);
      } else {
        fire(at_us);
      }
    }
  }

  /// Of the anchor's outages the next that takes the secondary cell away; kNever without an anchor.
  [[nodiscard]] Microseconds next_release_us() {
    while (next_release_ < anchor_.size() && anchor_[next_release_].cause == OutageCause::out_of_sync)
      ++next_release_;
    return next_release_ < anchor_.size() ? since_start_us(anchor_[next_release_].from_s) : kNever;
  }

  void release(Microseconds at_us) {
    ++next_release_;
    if (phase_ == Phase::searching) return;
    if (phase_ != Phase::attaching) ++out_.releases;  // an addition under way is no secondary cell yet
    close_outage(at_us);
    lost_us_ = kNever;
    begin_search(at_us);
  }

  [[nodiscard]] bool anchor_is_out(Microseconds now_us) {
    while (anchor_outage_ < anchor_.size() && since_start_us(anchor_[anchor_outage_].to_s) <= now_us)
      ++anchor_outage_;
    return anchor_outage_ < anchor_.size() && since_start_us(anchor_[anchor_outage_].from_s) <= now_us;
  }

  [[nodiscard]] Microseconds since_start_us(double t_s) const {
    return microseconds(t_s - route_.travel().start_s());
  }

  void fire(Microseconds at_us) {
    switch (phase_) {
      case Phase::connected:
        return prepare(at_us);
      case Phase::preparing:
        return execute(at_us);
      case Phase::executing:
        return at_us >= deadline_us_ ? fail(at_us, FailureKind::access, target_) : access(at_us);
      case Phase::attaching:
        return attach(at_us);
      case Phase::searching:
        due_us_ = kNever;
    }
  }

  void prepare(Microseconds at_us) {
    target_ = events_.target(at_us);
    preparation_s_ = drawn_s(route_.input().interruptions.preparation);
    phase_ = Phase::preparing;
    due_us_ = at_us + microseconds(preparation_s_);
  }

  void execute(Microseconds at_us) {
    if (receiver_.sinr(server_) < qout_) {
      out_.failures.push_back(failure(at_us, FailureKind::command_lost, target_));
      events_.restart();
      phase_ = Phase::connected;
      due_us_ = kNever;
      return;
    }
    close_outage(at_us);
    open_outage(at_us, OutageCause::handover);
    execution_s_ = drawn_s(route_.input().interruptions.execution);
    phase_ = Phase::executing;
    command_us_ = at_us;
    deadline_us_ = at_us + Microseconds{1000} * config_.t304_ms;
    due_us_ = std::min(deadline_us_, at_us + microseconds(execution_s_));
  }

  void access(Microseconds at_us) {
    if (receiver_.sinr(target_) < qout_) {
      due_us_ = deadline_us_;  // until then with every step
      return;
    }
    const RouteInput& input = route_.input();
    const bool same_channel =
        input.radio.cells[index_of(server_)].channel == input.radio.cells[index_of(target_)].channel;
    const bool back = target_ == former_ && at_us - linked_us_ < microseconds(config_.ping_pong_s);
    out_.handovers.push_back({.at_m = route_.at_m(command_us_),
                              .t_s = route_.time_s(command_us_),
                              .from = server_,
                              .to = target_,
                              .preparation_s = preparation_s_,
                              .execution_s = execution_s_,
                              .interruption_s = 1e-6 * static_cast<double>(at_us - command_us_),
                              .kind = same_channel ? HandoverKind::intra_frequency : HandoverKind::inter_frequency,
                              .ping_pong = back});
    former_ = server_;
    link(at_us, target_);
  }

  void attach(Microseconds at_us) {
    if (receiver_.sinr(target_) < qout_) {
      phase_ = Phase::searching;
      due_us_ = kNever;
      return;
    }
    former_ = -1;
    if (route_.input().addition) ++out_.additions;
    link(at_us, target_);
  }

  void link(Microseconds at_us, int cell) {
    close_outage(at_us);
    server_ = cell;
    linked_us_ = at_us;
    phase_ = Phase::connected;
    due_us_ = kNever;
    events_.restart();
    monitor_.restart();
    if (!random_) out_.servers.push_back({route_.time_s(at_us), cell});
  }

  [[nodiscard]] Failure failure(Microseconds at_us, FailureKind kind, int target) const {
    return {
        .at_m = route_.at_m(at_us), .t_s = route_.time_s(at_us), .cell = server_, .target = target, .kind = kind};
  }

  void fail(Microseconds at_us, FailureKind kind, int target) {
    out_.failures.push_back(failure(at_us, kind, target));
    if (kind == FailureKind::access) outage_cause_ = OutageCause::failed_handover;
    close_outage(at_us);
    lost_us_ = at_us;
    begin_search(at_us);
  }

  void begin_search(Microseconds at_us) {
    open_outage(at_us, OutageCause::no_cell);
    server_ = -1;
    former_ = -1;
    phase_ = Phase::searching;
    due_us_ = kNever;
    if (!random_) out_.servers.push_back({route_.time_s(at_us), -1});
  }

  void take_step(Microseconds now_us) {
    switch (phase_) {
      case Phase::connected:
      case Phase::preparing: {
        const float sinr = receiver_.sinr(server_);
        monitor_.indicate(now_us, sinr);
        const bool out = sinr < qout_;
        if (out == (outage_from_us_ != kNever)) return;
        return out ? open_outage(now_us, OutageCause::out_of_sync) : close_outage(now_us);
      }
      case Phase::executing:
        if (due_us_ == deadline_us_ && now_us > command_us_ + microseconds(execution_s_)) access(now_us);
        return;
      case Phase::searching:
        return search(now_us);
      case Phase::attaching:
        return;
    }
  }

  /// The strongest cell that is suitable, if there is one.
  void search(Microseconds now_us) {
    target_ = -1;
    float best_dbm = static_cast<float>(config_.suitable_dbm);
    const std::vector<std::uint32_t>& cells = receiver_.stretch().cells;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const int cell = static_cast<int>(cells[i]);
      const float level_dbm = receiver_.level_dbm(i);
      if (!route_.input().radio.cells[cells[i]].serves) continue;
      if (level_dbm < best_dbm || (target_ >= 0 && level_dbm == best_dbm) || receiver_.sinr(cell) < qin_) continue;
      best_dbm = level_dbm;
      target_ = cell;
    }
    if (target_ < 0 || anchor_is_out(now_us)) return;
    if (now_us == 0) return link(now_us, target_);  // a drive begins with a link where there is one
    const bool lost_before = lost_us_ != kNever;
    if (lost_before && now_us - outage_from_us_ <= route_.step_us()) {
      outage_cause_ = OutageCause::reestablishment;  // found with the first step: there was no search
    } else {
      close_outage(now_us);
      open_outage(now_us, OutageCause::reestablishment);
    }
    const bool in_time = lost_before && now_us - lost_us_ <= Microseconds{1000} * config_.t311_ms;
    phase_ = Phase::attaching;
    const double attach_s = in_time ? config_.reestablishment_s : config_.attach_s;
    const auto& addition = route_.input().addition;
    due_us_ =
        now_us + microseconds(addition ? drawn_s(addition->preparation) + drawn_s(addition->execution) : attach_s);
  }

  void take_measurement(std::size_t step, Microseconds now_us) {
    const std::size_t steps = static_cast<std::size_t>(config_.l1_period_ms / config_.step_ms);
    if ((step + 1) % steps != 0) return;
    const auto number = static_cast<std::int64_t>(step / steps);
    const Eigen::ArrayXf& level_dbm = receiver_.take_layer1_dbm(number);
    const bool asks = phase_ == Phase::connected;
    events_.measure({.at_us = now_us,
                     .number = number,
                     .cells = receiver_.stretch().cells,
                     .level_dbm = {level_dbm.data(), receiver_.stretch().cells.size()}},
                    asks ? server_ : -1);
  }

  void open_outage(Microseconds at_us, OutageCause cause) {
    outage_from_us_ = at_us;
    outage_cause_ = cause;
  }

  void close_outage(Microseconds at_us) {
    if (outage_from_us_ == kNever) return;
    if (at_us > outage_from_us_) {
      out_.outages.push_back({.from_m = route_.at_m(outage_from_us_),
                              .to_m = route_.at_m(at_us),
                              .from_s = route_.time_s(outage_from_us_),
                              .to_s = route_.time_s(at_us),
                              .cause = outage_cause_});
    }
    outage_from_us_ = kNever;
  }

  const PreparedRoute& route_;
  const HandoverConfig& config_;
  StepReceiver receiver_;
  EventWatch events_;
  LinkMonitor monitor_;
  float qout_;
  float qin_;
  std::optional<Random> random_{};  ///< of a seeded run
  LinkRun out_{};
  std::span<const Outage> anchor_{};
  std::size_t anchor_outage_ = 0;  ///< the first that has not ended
  std::size_t next_release_ = 0;

  Phase phase_ = Phase::searching;
  Microseconds due_us_ = kNever;
  int server_ = -1;
  int target_ = -1;
  double preparation_s_ = 0.0;
  double execution_s_ = 0.0;
  Microseconds command_us_ = 0;
  Microseconds deadline_us_ = 0;
  int former_ = -1;  ///< that served before the last handover
  Microseconds linked_us_ = 0;
  Microseconds lost_us_ = kNever;
  Microseconds outage_from_us_ = kNever;
  OutageCause outage_cause_ = OutageCause::no_cell;
};

LinkRunner::LinkRunner(const PreparedRoute& route) : machine_(std::make_unique<Machine>(route)) {}
LinkRunner::LinkRunner(LinkRunner&&) noexcept = default;
LinkRunner& LinkRunner::operator=(LinkRunner&&) noexcept = default;
LinkRunner::~LinkRunner() = default;

const LinkRun& LinkRunner::median(std::span<const Outage> anchor) {
  return machine_->run(std::nullopt, anchor);
}

const LinkRun& LinkRunner::seeded(std::uint64_t seed, std::uint64_t run, std::span<const Outage> anchor) {
  return machine_->run(RunKey{seed, run}, anchor);
}

}  // namespace amaneku::mobility
