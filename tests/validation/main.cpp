// amaneku_vectors DIR [--published DIR]: the models against the numbers of independent codes. Exit 1 if any case
// is over its tolerance, a file that a model covers has no cases, or a file cannot be read; 2 if DIR is no folder.
#include <fmt/format.h>

#include <exception>
#include <span>
#include <string>

#include "tests/validation/vectors.hpp"

namespace {

using amaneku::test::Differences;
using amaneku::test::Report;

void print(const Report& report) {
  if (!report.has_model()) {
    fmt::print("{:<30} {:>6} cases  no model yet{}\n", report.name, report.cases,
               report.error.empty() ? "" : ": " + report.error);
    return;
  }
  fmt::print("{:<30} {:>6} cases  {}\n", report.name, report.cases,
             !report.error.empty() ? report.error
             : report.cases == 0   ? "FAILED: no cases"
             : report.failed()     ? "FAILED"
                                   : "passed");
  for (const Differences& d : report.differences) {
    fmt::print("    {:<26} {:<7} largest {:.3e}  95th percentile {:.3e}  over {}: {} of {}\n", d.quantity,
               d.engine, d.largest(), d.percentile95(), d.tolerance, d.over(), d.absolute.size());
  }
}

struct Sum {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t without_model = 0;
};

void count(Sum& sum, const std::vector<Report>& reports) {
  for (const Report& report : reports) {
    print(report);
    ++(report.failed() ? sum.failed : report.has_model() ? sum.passed : sum.without_model);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> args(argv, static_cast<std::size_t>(argc));
  if (argc != 2 && !(argc == 4 && std::string(args[2]) == "--published")) {
    fmt::print(stderr, "usage: amaneku_vectors DIR [--published DIR]\n");
    return 2;
  }
  try {
    Sum sum;
    count(sum, amaneku::test::check_vectors(args[1]));
    if (argc == 4) count(sum, amaneku::test::check_published(args[3]));
    fmt::print("{} files passed, {} failed, {} without a model yet\n", sum.passed, sum.failed, sum.without_model);
    return sum.failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
