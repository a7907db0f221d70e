#include "scenarios/output/solve_progress.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace amaneku::scenarios {

std::string solve_progress_line(double seconds, std::int64_t cost, std::int64_t lower_bound) {
  if (cost == kNoSteinerTree) return fmt::format("{:.0f} s: no tree yet, bound {}", seconds, lower_bound);
  const double gap =
      cost == 0 ? 0.0 : 100.0 * (1.0 - static_cast<double>(lower_bound) / static_cast<double>(cost));
  return fmt::format("{:.0f} s: cost {}, bound {}, gap {:.2f} %", seconds, cost, lower_bound, gap);
}

SolveProgress::SolveProgress(std::FILE* out, Clock::time_point start, Manner manner)
    : out_(out), start_(start), manner_(manner), printer_([this] { print_on(); }) {}

SolveProgress::~SolveProgress() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  ended_.notify_all();
  printer_.join();
  if (width_ > 0 && manner_.rewrites) fmt::print(out_, "\n");
}

void SolveProgress::tell(std::int64_t cost, std::int64_t lower_bound) {
  const std::lock_guard lock(mutex_);
  cost_ = cost;
  lower_bound_ = lower_bound;
}

void SolveProgress::print_on() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, manner_.every, [this] { return is_over_; })) print();
}

void SolveProgress::print() {
  const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  const std::string line = solve_progress_line(seconds, cost_, lower_bound_);
  if (manner_.rewrites) {
    fmt::print(out_, "\r{:<{}}", line, std::max(width_, line.size()));
  } else {
    fmt::print(out_, "{}\n", line);
  }
  std::fflush(out_);
  width_ = line.size();
}

}  // namespace amaneku::scenarios
