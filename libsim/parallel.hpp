// Deterministic parallelism. parallel.cpp holds the only OpenMP pragma of the project.
#pragma once

#include <cstddef>
#include <functional>

namespace amaneku {

/// Threads to use: `requested` if positive, else what OpenMP offers.
[[nodiscard]] int thread_count(int requested) noexcept;

/// Calls body(i) for 0 <= i < n on up to `threads` threads, in any order. The body writes only what belongs
/// to i, so the result is the same for any number of threads. The first exception (by i) is rethrown.
void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& body);

}  // namespace amaneku
