#include "libsim/parallel.hpp"

#include <omp.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>

namespace amaneku {

int thread_count(int requested) noexcept {
  return requested > 0 ? requested : std::max(1, omp_get_max_threads());
}

void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& body) {
  std::mutex guard;
  std::exception_ptr failure;
  std::size_t failed_at = std::numeric_limits<std::size_t>::max();
#pragma omp parallel for schedule(dynamic) num_threads(thread_count(threads))
  for (std::size_t i = 0; i < n; ++i) {
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
