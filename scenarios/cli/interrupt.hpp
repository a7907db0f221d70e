// Ctrl-C leaves no half-written result. While nothing is on the disk the process ends at once; while folders are
// checked or files written the interrupt waits for the next progress call or the end of the check.
#pragma once

namespace amaneku::cli {

struct Interrupted {};

/// Handles SIGINT and SIGTERM from now on.
void watch_interrupts();

/// Between construction and destruction an interrupt is remembered, not obeyed.
class DeferInterrupts {
 public:
  DeferInterrupts() noexcept;
  ~DeferInterrupts();
  DeferInterrupts(const DeferInterrupts&) = delete;
  DeferInterrupts& operator=(const DeferInterrupts&) = delete;
  /// Throws Interrupted if an interrupt was remembered.
  static void check();
};

}  // namespace amaneku::cli
