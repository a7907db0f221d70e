// How far a solver is, on stderr while it runs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

#include "libsim/backhaul/steiner_tree.hpp"

namespace amaneku::scenarios {

/// "12 s: cost 23956, bound 23533, gap 1.77 %"; without a tree "12 s: no tree yet, bound 23533".
[[nodiscard]] std::string solve_progress_line(double seconds, std::int64_t cost, std::int64_t lower_bound);

/// Prints such a line every so often from its own thread, until it is destroyed.
class SolveProgress {
 public:
  using Clock = std::chrono::steady_clock;

  struct Manner {
    std::chrono::milliseconds every{5'000};
    bool rewrites = false;  ///< one line over and over: a terminal
  };

  /// `out` is borrowed.
  SolveProgress(std::FILE* out, Clock::time_point start, Manner manner);
  ~SolveProgress();
  SolveProgress(const SolveProgress&) = delete;
  SolveProgress& operator=(const SolveProgress&) = delete;

  /// From any thread.
  void tell(std::int64_t cost, std::int64_t lower_bound);

 private:
  void print_on();
  void print();

  std::FILE* out_;
  Clock::time_point start_;
  Manner manner_;
  std::mutex mutex_{};
  std::condition_variable ended_{};
  bool is_over_ = false;
  std::int64_t cost_ = kNoSteinerTree;
  std::int64_t lower_bound_ = 0;
  std::size_t width_ = 0;  ///< of the last line
  std::thread printer_{};
};

}  // namespace amaneku::scenarios
