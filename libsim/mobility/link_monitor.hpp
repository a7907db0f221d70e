// Radio link monitoring: indications of the physical layer, their counters, T310.
#pragma once

#include <vector>

#include "libsim/mobility/event_watch.hpp"
#include "libsim/mobility/handover_config.hpp"

namespace amaneku::mobility {

/// TS 38.331 5.3.10, TS 38.133 8.1: an indication each step (a synchronisation block; at least 10 ms) of the mean
/// SINR, linear, over the evaluation periods. n310 indications below Qout in a row start T310, n311 above Qin in a
/// row stop it.
class LinkMonitor {
 public:
  explicit LinkMonitor(const HandoverConfig& config);
  /// A new link.
  void restart() noexcept;
  void indicate(Microseconds at_us, float sinr) noexcept;
  /// When T310 runs out; kNever where it does not run.
  [[nodiscard]] Microseconds failure_us() const noexcept { return failure_us_; }

 private:
  /// The mean of the latest values.
  class Window {
   public:
    explicit Window(int length) : values_(static_cast<std::size_t>(length), 0.0) {}
    void clear() noexcept;
    [[nodiscard]] double mean_with(double value) noexcept;

   private:
    std::vector<double> values_;
    std::size_t next_ = 0;
    std::size_t filled_ = 0;
    double sum_ = 0.0;
  };

  double qout_;
  double qin_;
  int n310_;
  int n311_;
  Microseconds t310_us_;
  Window out_;
  Window in_;
  int below_ = 0;
  int above_ = 0;
  Microseconds failure_us_ = kNever;
};

}  // namespace amaneku::mobility
