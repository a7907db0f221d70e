// Deterministic parallelism. parallel.cpp holds the only OpenMP pragma of the project.
#pragma once

#include <cstddef>
#include <functional>

namespace amaneku {

/// What users may ask for.
inline constexpr int kMostThreads = 4096;

/// Threads to use: `requested` if positive, else what OpenMP offers; 1 in a process that was forked.
[[nodiscard]] int thread_count(int requested) noexcept;

/// Calls body(i) for 0 <= i < n on up to `threads` threads, in any order. The body writes only what belongs
/// to i, so the result is the same for any number of threads. The first exception (by i) is rethrown; once there
/// is one, no later i is begun, so that Ctrl-C ends what would take minutes. In a process that was forked all of
/// it runs on the caller's thread: those of OpenMP have stayed behind, and libgomp would wait for them for ever.
/// InputError where the system has no room for that many threads.
void parallel_for(std::size_t n, int threads, const std::function<void(std::size_t)>& body);

}  // namespace amaneku
