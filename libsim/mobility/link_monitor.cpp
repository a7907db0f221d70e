#include "libsim/mobility/link_monitor.hpp"

#include <cmath>

namespace amaneku::mobility {

LinkMonitor::LinkMonitor(const HandoverConfig& config)
    : qout_(std::pow(10.0, 0.1 * config.qout_db)),
      qin_(std::pow(10.0, 0.1 * config.qin_db)),
      n310_(config.n310),
      n311_(config.n311),
      t310_us_(Microseconds{1000} * config.t310_ms),
      out_(config.evaluate_out_ms / config.step_ms),
      in_(config.evaluate_in_ms / config.step_ms) {}

void LinkMonitor::Window::clear() noexcept {
  next_ = 0;
  filled_ = 0;
  sum_ = 0.0;
}

double LinkMonitor::Window::mean_with(double value) noexcept {
  if (filled_ == values_.size()) {
    sum_ -= values_[next_];
  } else {
    ++filled_;
  }
  values_[next_] = value;
  sum_ += value;
  if (++next_ < values_.size()) return sum_ / static_cast<double>(filled_);
  next_ = 0;
  sum_ = 0.0;  // summed anew once a round: what additions and subtractions lose does not add up
  for (const double kept : values_) sum_ += kept;
  return sum_ / static_cast<double>(filled_);
}

void LinkMonitor::restart() noexcept {
  out_.clear();
  in_.clear();
  below_ = 0;
  above_ = 0;
  failure_us_ = kNever;
}

void LinkMonitor::indicate(Microseconds at_us, float sinr) noexcept {
  const double value = static_cast<double>(sinr);
  below_ = out_.mean_with(value) < qout_ ? below_ + 1 : 0;
  above_ = in_.mean_with(value) > qin_ ? above_ + 1 : 0;
  if (failure_us_ == kNever) {
    if (below_ >= n310_) {
      failure_us_ = at_us + t310_us_;
      above_ = 0;
    }
  } else if (above_ >= n311_) {
    failure_us_ = kNever;
    below_ = 0;
  }
}

}  // namespace amaneku::mobility
