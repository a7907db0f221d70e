// amaneku_vectors DIR: the models against the numbers of independent codes. Exit 1 if any case is over its
// tolerance, a file that a model covers has no cases, or a file cannot be read; 2 if DIR is no folder.
#include <fmt/format.h>

#include <exception>
#include <string>

#include "tests/validation/vectors.hpp"

namespace {

using amaneku::test::Differences;
using amaneku::test::FileReport;

void print(const FileReport& report) {
  if (!report.has_model) {
    fmt::print("{:<30} {:>6} cases  no model yet{}\n", report.file, report.cases,
               report.error.empty() ? "" : ": " + report.error);
    return;
  }
  fmt::print("{:<30} {:>6} cases  {}\n", report.file, report.cases,
             !report.error.empty() ? report.error
             : report.cases == 0   ? "FAILED: no cases"
             : report.failed()     ? "FAILED"
                                   : "passed");
  for (const Differences& d : report.differences) {
    fmt::print("    {:<26} {:<7} largest {:.3e}  95th percentile {:.3e}  over {} dB: {} of {}\n", d.quantity,
               d.engine, d.largest_db(), d.percentile95_db(), report.tolerance_db, d.over(report.tolerance_db),
               d.absolute_db.size());
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: amaneku_vectors DIR\n");
    return 2;
  }
  try {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::size_t without_model = 0;
    for (const FileReport& report : amaneku::test::check_vectors(argv[1])) {
      print(report);
      ++(report.failed() ? failed : report.has_model ? passed : without_model);
    }
    fmt::print("{} files passed, {} failed, {} without a model yet\n", passed, failed, without_model);
    return failed == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}: {}\n", argv[1], error.what());
    return 2;
  }
}
