#include "scenarios/cli/interrupt.hpp"

#include <signal.h>
#include <unistd.h>

#include <csignal>

#include "scenarios/cli/commands.hpp"

namespace amaneku::cli {
namespace {

volatile std::sig_atomic_t g_deferred = 0;
volatile std::sig_atomic_t g_interrupted = 0;

extern "C" void on_interrupt(int) {
  g_interrupted = 1;
  if (g_deferred != 0) return;
  static constexpr char kText[] = "\ninterrupted: nothing was written\n";
  const ssize_t ignored = ::write(STDERR_FILENO, kText, sizeof kText - 1);
  static_cast<void>(ignored);
  ::_exit(kInterrupted);
}

}  // namespace

void watch_interrupts() {
  struct sigaction action {};
  action.sa_handler = &on_interrupt;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  // A file-size limit (ulimit -f) shall be a write error with a message, not a death between two files.
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGXFSZ, &ignore, nullptr);
}

DeferInterrupts::DeferInterrupts() noexcept {
  g_deferred = 1;
}

DeferInterrupts::~DeferInterrupts() {
  g_deferred = 0;
}

void DeferInterrupts::check() {
  if (g_interrupted != 0) throw Interrupted{};
}

}  // namespace amaneku::cli
