#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/validation/vectors.hpp"

using amaneku::test::check_vectors;
using amaneku::test::FileReport;

namespace {

FileReport report_of(const std::vector<FileReport>& reports, const std::string& file) {
  const auto found = std::find_if(reports.begin(), reports.end(), [&](const auto& r) { return r.file == file; });
  REQUIRE(found != reports.end());
  return *found;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("models against the reference numbers") {
  const auto reference = amaneku::test::reference();
  AMANEKU_NEEDS(reference, "reference/propagation/generated");
  const std::vector<FileReport> reports = check_vectors(*reference / "propagation" / "generated");
  const std::vector<std::pair<std::string, std::size_t>> expected = {
      {"p526_delta_bullington.jsonl", 392}, {"p526_elements.jsonl", 200}, {"mic_local5g_sub6.jsonl", 150}};
  for (const auto& [file, cases] : expected) {
    const FileReport report = report_of(reports, file);
    INFO(file << " " << report.error);
    CHECK(report.cases == cases);
    CHECK_FALSE(report.failed());
    for (const auto& d : report.differences) {
      INFO(d.quantity << " " << d.engine << " " << d.largest_db());
      CHECK(d.over(report.tolerance_db) == 0);
    }
  }
  CHECK_FALSE(report_of(reports, "p1812.jsonl").failed());
}

TEST_CASE("a wrong number, an empty file, a broken line and a missing profile fail, a foreign file does not") {
  const amaneku::test::TemporaryFolder folder;
  write(folder.path() / "p526_elements.jsonl",
        "{\"kind\": \"knife_edge_J\", \"nu\": 0.0, \"out\": 6.03}\n{\"kind\": \"knife_edge_J\", \"nu\": 0.0, "
        "\"out\": 6.05}\n");
  write(folder.path() / "mic_local5g_sub6.jsonl", "{\"f_mhz\": 4850.0\n");
  write(folder.path() / "p526_delta_bullington.jsonl", "{\"profile\": \"P000\", \"f_ghz\": 6.0, \"out\": {}}\n");
  write(folder.path() / "itm_p2p.jsonl", "{}\n{}\n");
  const std::vector<FileReport> reports = check_vectors(folder.path());
  CHECK(reports.size() == 4);

  const FileReport elements = report_of(reports, "p526_elements.jsonl");
  CHECK(elements.failed());
  CHECK(elements.cases == 2);
  CHECK(elements.differences.at(0).over(0.01) == 1);
  CHECK(elements.differences.at(0).largest_db() == Approx(0.0171).margin(1e-3));

  CHECK(report_of(reports, "mic_local5g_sub6.jsonl").error.starts_with("line 1: "));
  CHECK(report_of(reports, "p526_delta_bullington.jsonl").error ==
        "line 1: profile P000 is not in profiles.jsonl");

  const FileReport foreign = report_of(reports, "itm_p2p.jsonl");
  CHECK(foreign.cases == 2);
  CHECK_FALSE(foreign.has_model);
  CHECK_FALSE(foreign.failed());
}

TEST_CASE("files that a model covers but that are absent or empty have failed") {
  const amaneku::test::TemporaryFolder folder;
  write(folder.path() / "p526_elements.jsonl", "\n");
  for (const FileReport& report : check_vectors(folder.path())) {
    CHECK(report.cases == 0);
    CHECK(report.failed());
  }
}
