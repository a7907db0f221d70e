#include "libsim/parallel.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// Exit code of a child that runs `body`; a signal's number, negative, where one ends it. It has 30 s.
template <class Body>
int code_of_child(const Body& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(30);
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

TEST_CASE("every index is visited once, whatever the number of threads") {
  for (const int threads : {0, 1, 2, 3, 8, 64}) {
    for (const std::size_t n : {0U, 1U, 2U, 1000U}) {
      std::vector<std::atomic<int>> visits(n);
      parallel_for(n, threads, [&](std::size_t i) { ++visits[i]; });
      for (const std::atomic<int>& visit : visits) CHECK(visit == 1);
    }
  }
}

TEST_CASE("the first exception by index is the one that is thrown") {
  for (const int threads : {1, 4}) {
    CHECK_THROWS_WITH(parallel_for(100, threads,
                                   [](std::size_t i) {
                                     if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
                                   }),
                      "7");
  }
}

TEST_CASE("once there is an exception no later index is begun, and every earlier one is") {
  std::atomic<int> late = 0;
  std::atomic<int> early = 0;
  CHECK_THROWS_WITH(parallel_for(5000, 4,
                                 [&](std::size_t i) {
                                   if (i == 100) throw std::runtime_error("stop");
                                   std::this_thread::sleep_for(std::chrono::milliseconds(1));
                                   ++(i < 100 ? early : late);
                                 }),
                    "stop");
  CHECK(early == 100);
  CHECK(late < 100);  // those that were under way, or begun while it was thrown
}

TEST_CASE("a process that was forked computes on its one thread") {
  parallel_for(8, 4, [](std::size_t) {});  // the threads of OpenMP, which do not go with it
  const int code = code_of_child([] {
    std::vector<int> squares(100);
    bool elsewhere = false;
    const std::thread::id self = std::this_thread::get_id();
    parallel_for(squares.size(), 4, [&](std::size_t i) {
      squares[i] = static_cast<int>(i * i);
      elsewhere = elsewhere || std::this_thread::get_id() != self;
    });
    return !elsewhere && squares[99] == 9801 && thread_count(4) == 1 && thread_count(0) == 1 ? 0 : 1;
  });
  CHECK(code == 0);
  CHECK(thread_count(4) == 4);
}

#ifndef __SANITIZE_ADDRESS__
TEST_CASE("threads that the system has no room for are refused, with what there is room for") {
  const int code = code_of_child([] {
    // A new program: in the child of a fork there is one thread anyway.
    struct rlimit limit {};
    ::getrlimit(RLIMIT_AS, &limit);
    limit.rlim_cur = std::size_t{1} << 30U;
    ::setrlimit(RLIMIT_AS, &limit);
    ::setenv("AMANEKU_MANY_THREADS", "1", 1);
    ::execl("/proc/self/exe", "test_libsim", "[many threads]", nullptr);
    return 99;
  });
  CHECK(code == 0);
}

TEST_CASE("many threads under a limit", "[.][many threads]") {
  if (::getenv("AMANEKU_MANY_THREADS") == nullptr) return;
  std::string told;
  try {
    parallel_for(4000, 4000, [](std::size_t) {});
  } catch (const InputError& error) {
    told = error.what();
  }
  INFO(told);
  REQUIRE(told.find("threads = 4000: the system has no room for that many threads (legal: at most ") == 0);
  std::atomic<int> visits = 0;
  parallel_for(100, 2, [&](std::size_t) { ++visits; });
  CHECK(visits == 100);
}
#endif
