// amaneku_vectors DIR [--published DIR [--docs DIR]]: the models against the numbers of independent codes. Exit 1
// if any case is over its tolerance, a file that a model covers has no cases, or a file cannot be read; 2 if DIR
// is no folder. --docs writes the tables of docs/methods (tables.hpp), unless something has failed.
#include <fmt/format.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/validation/tables.hpp"
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

/// Prints every report and the sums; returns how many have failed.
std::size_t print(const std::vector<Report>& reports) {
  std::size_t passed = 0;
  std::size_t failed = 0;
  std::size_t without_model = 0;
  std::size_t cases = 0;
  for (const Report& report : reports) {
    print(report);
    ++(report.failed() ? failed : report.has_model() ? passed : without_model);
    if (report.has_model()) cases += report.cases;
  }
  fmt::print("{} files passed, {} failed, {} without a model yet; {} cases\n", passed, failed, without_model,
             cases);
  return failed;
}

void write_tables(const std::filesystem::path& folder, const std::vector<Report>& reports) {
  const std::vector<amaneku::test::Page> old = amaneku::test::read_pages(folder);
  const std::vector<amaneku::test::Page> pages = amaneku::test::with_tables(old, reports);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].text == old[i].text) continue;
    std::ofstream file(folder / pages[i].file);
    file << pages[i].text;
    if (!file.flush()) throw std::runtime_error((folder / pages[i].file).string() + " cannot be written");
    fmt::print("{} written\n", (folder / pages[i].file).string());
  }
}

struct Arguments {
  std::string generated{};
  std::string published{};
  std::string docs{};
};

/// Nothing if they are not those of the usage. Tables need the published sets too.
std::optional<Arguments> arguments(int argc, char** argv) {
  const std::span<char*> args(argv, static_cast<std::size_t>(argc));
  Arguments out;
  if (argc < 2) return std::nullopt;
  out.generated = args[1];
  for (std::size_t i = 2; i < args.size(); i += 2) {
    const std::string key = args[i];
    if (i + 1 == args.size() || (key != "--published" && key != "--docs")) return std::nullopt;
    (key == "--docs" ? out.docs : out.published) = args[i + 1];
  }
  if (!out.docs.empty() && out.published.empty()) return std::nullopt;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const std::optional<Arguments> given = arguments(argc, argv);
  if (!given) {
    fmt::print(stderr, "usage: amaneku_vectors DIR [--published DIR [--docs DIR]]\n");
    return 2;
  }
  try {
    std::vector<Report> reports = amaneku::test::check_vectors(given->generated);
    if (!given->published.empty()) {
      const std::vector<Report> published = amaneku::test::check_published(given->published);
      reports.insert(reports.end(), published.begin(), published.end());
    }
    const std::size_t failed = print(reports);
    if (failed != 0) return 1;
    if (!given->docs.empty()) write_tables(given->docs, reports);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
