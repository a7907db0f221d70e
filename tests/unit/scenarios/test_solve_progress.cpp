// What a solver says while it runs.
#include "scenarios/output/solve_progress.hpp"

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "tests/support/catch.hpp"

using namespace amaneku;
using amaneku::scenarios::solve_progress_line;
using amaneku::scenarios::SolveProgress;

TEST_CASE("a line of progress has cost, bound and gap, once there is a tree") {
  CHECK(solve_progress_line(4.6, kNoSteinerTree, 12) == "5 s: no tree yet, bound 12");
  CHECK(solve_progress_line(12.0, 200, 150) == "12 s: cost 200, bound 150, gap 25.00 %");
  CHECK(solve_progress_line(0.0, 0, 0) == "0 s: cost 0, bound 0, gap 0.00 %");
}

TEST_CASE("progress is printed until the solver ends, in lines or in one") {
  for (const bool rewrites : {false, true}) {
    CAPTURE(rewrites);
    std::FILE* out = std::tmpfile();
    REQUIRE(out != nullptr);
    {
      SolveProgress progress(out, SolveProgress::Clock::now(),
                             {.every = std::chrono::milliseconds(1), .rewrites = rewrites});
      progress.tell(200, 150);
      for (int i = 0; i < 1'000 && std::ftell(out) == 0; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    std::rewind(out);
    std::string text(4096, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), out));
    std::fclose(out);
    CHECK(text.find(" s: cost 200, bound 150, gap 25.00 %") != std::string::npos);
    CHECK(text.front() == (rewrites ? '\r' : '0'));
    CHECK(text.back() == '\n');
  }
}
