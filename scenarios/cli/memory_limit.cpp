#include "scenarios/cli/memory_limit.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "libsim/parallel.hpp"

namespace amaneku::cli {
namespace {

/// Of files in memory now: the program and its libraries.
std::uint64_t program_bytes() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  std::uint64_t resident = 0;
  std::uint64_t of_files = 0;
  statm >> pages >> resident >> of_files;
  return statm ? of_files * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace

void limit_memory(std::uint64_t bytes, int threads) {
  constexpr std::uint64_t kStackBytes = 8U << 20U;
  constexpr std::uint64_t kLeastBytes = 16U << 20U;
  const std::uint64_t taken = program_bytes();
  const std::uint64_t allowed = std::max(kLeastBytes, bytes > taken ? bytes - taken : 0) +
                                kStackBytes * static_cast<std::uint64_t>(thread_count(threads));
  struct rlimit limit {};
  if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(allowed, limit.rlim_max);
  ::setrlimit(RLIMIT_DATA, &limit);
}

}  // namespace amaneku::cli
