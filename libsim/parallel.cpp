#include "libsim/parallel.hpp"

#include <omp.h>
#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <future>
#include <limits>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

std::atomic<bool> g_forked = false;
[[maybe_unused]] const int g_watching_forks = pthread_atfork(nullptr, nullptr, [] { g_forked = true; });

/// The most threads that this process is known to have had at a time.
std::atomic<int> g_known_threads = 1;

/// libgomp ends the process where it cannot start a thread: whether it can is tried before.
void require_threads(int threads) {
  if (threads <= g_known_threads) return;
  std::promise<void> all_started;
  const std::shared_future<void> wait(all_started.get_future());
  std::vector<std::thread> started;
  try {
    while (started.size() + 1 < static_cast<std::size_t>(threads)) started.emplace_back([wait] { wait.wait(); });
    g_known_threads = threads;
  } catch (const std::exception&) {  // no thread, or no memory to list it
  }
  all_started.set_value();
  for (std::thread& thread : started) thread.join();
  const int possible = static_cast<int>(started.size()) + 1;
  if (possible >= threads) return;
  throw InputError(Fault{.message = "the system has no room for that many threads",
                         .key = "threads",
                         .value = std::to_string(threads),
                         .legal = "at most " + std::to_string(possible) + " here"});
}

}  // namespace

int thread_count(int requested) noexcept {
  if (g_forked) return 1;
  return requested > 0 ? requested : std::max(1, omp_get_max_threads());
}

void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  const int used = static_cast<int>(std::min(n, static_cast<std::size_t>(thread_count(threads))));
  if (used <= 1 || omp_in_parallel() != 0) {
    for (std::size_t i = 0; i < n; ++i) body(i);
    return;
  }
  require_threads(used);
  std::mutex guard;
  std::exception_ptr failure;
  std::atomic<std::size_t> failed_at = std::numeric_limits<std::size_t>::max();
#pragma omp parallel for schedule(dynamic) num_threads(used)
  for (std::size_t i = 0; i < n; ++i) {
    if (i > failed_at.load(std::memory_order_relaxed)) continue;  // nobody will see what it makes
    try {
      body(i);
    } catch (...) {
      const std::scoped_lock lock(guard);
      if (i < failed_at) {
        failed_at = i;
        failure = std::current_exception();
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace amaneku
