#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "propagation/models.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/validation/tables.hpp"
#include "tests/validation/vectors.hpp"

using amaneku::test::check_vectors;
using amaneku::test::Report;

namespace {

Report report_of(const std::vector<Report>& reports, const std::string& file) {
  const auto found = std::find_if(reports.begin(), reports.end(), [&](const auto& r) { return r.name == file; });
  REQUIRE(found != reports.end());
  return *found;
}

std::filesystem::path methods() {
  return std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs" / "methods";
}

/// The first line in which the texts differ, as the second has it.
std::string first_difference(const std::string& committed, const std::string& generated) {
  std::istringstream a(committed);
  std::istringstream b(generated);
  std::string line_a;
  std::string line_b;
  while (line_a == line_b) {
    if (!std::getline(b, line_b)) return "(end)";
    if (!std::getline(a, line_a)) break;
  }
  return line_b;
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("models against the reference numbers", "[shared]") {
  const auto reference = amaneku::test::reference();
  AMANEKU_NEEDS(reference, "reference/propagation/generated");
  const std::vector<Report> reports = check_vectors(*reference / "propagation" / "generated");
  std::size_t cases = 0;
  for (const auto& check : amaneku::test::line_checks()) {
    const Report report = report_of(reports, std::string(check.file));
    INFO(check.file << " " << report.error);
    CHECK(report.cases == check.cases);
    CHECK_FALSE(report.failed());
    for (const auto& d : report.differences) {
      INFO(d.quantity << " " << d.engine << " " << d.largest());
      CHECK(d.over() == 0);
    }
    cases += report.cases;
  }
  std::printf("%zu cases of generated reference numbers\n", cases);
}

TEST_CASE("models against published numbers", "[shared]") {
  const auto reference = amaneku::test::reference();
  AMANEKU_NEEDS(reference, "reference/propagation/published");
  const std::vector<Report> reports = amaneku::test::check_published(*reference / "propagation" / "published");
  std::size_t cases = 0;
  for (const auto& check : amaneku::test::published_checks()) {
    const Report report = report_of(reports, std::string(check.name));
    INFO(check.name << " " << report.error);
    CHECK(report.cases == check.cases);
    CHECK_FALSE(report.failed());
    CHECK(report.over() <= check.known_over);
    cases += report.cases;
  }
  std::printf("%zu cases of published numbers\n", cases);
}

TEST_CASE("a wrong number, an empty file, a broken line and a missing profile fail, a foreign file does not") {
  const amaneku::test::TemporaryFolder folder;
  write(folder.path() / "p526_elements.jsonl",
        "{\"kind\": \"knife_edge_J\", \"nu\": 0.0, \"out\": 6.0329}\n{\"kind\": \"knife_edge_J\", \"nu\": 0.0, "
        "\"out\": 6.05}\n");
  write(folder.path() / "mic_local5g_sub6.jsonl", "{\"f_mhz\": 4850.0\n");
  write(folder.path() / "p526_delta_bullington.jsonl", "{\"profile\": \"P000\", \"f_ghz\": 6.0, \"out\": {}}\n");
  write(folder.path() / "foreign.jsonl", "{}\n{}\n");
  const std::vector<Report> reports = check_vectors(folder.path());
  CHECK(reports.size() == amaneku::test::line_checks().size() + 1);

  const Report elements = report_of(reports, "p526_elements.jsonl");
  CHECK(elements.failed());
  CHECK(elements.cases == 2);
  CHECK(elements.differences.at(0).over() == 1);
  CHECK(elements.differences.at(0).largest() == Approx(0.0171).margin(1e-3));

  CHECK(report_of(reports, "mic_local5g_sub6.jsonl").error.starts_with("line 1: "));
  CHECK(report_of(reports, "p526_delta_bullington.jsonl").error ==
        "line 1: profile P000 is not in profiles.jsonl");

  const Report foreign = report_of(reports, "foreign.jsonl");
  CHECK(foreign.cases == 2);
  CHECK_FALSE(foreign.has_model());
  CHECK_FALSE(foreign.failed());
}

TEST_CASE("files that a model covers but that are absent or empty have failed") {
  const amaneku::test::TemporaryFolder folder;
  write(folder.path() / "p526_elements.jsonl", "\n");
  const std::vector<Report> reports = check_vectors(folder.path());
  CHECK(reports.size() == amaneku::test::line_checks().size());
  for (const Report& report : reports) {
    CHECK(report.cases == 0);
    CHECK(report.failed());
  }
}

TEST_CASE("every model has a page with its table of validation") {
  const std::vector<amaneku::test::Page> pages = amaneku::test::read_pages(methods());
  for (const amaneku::ModelInfo& info : amaneku::model_infos()) {
    INFO(info.id);
    CHECK_FALSE(amaneku::test::page_of(info.id, pages).empty());
  }
}

TEST_CASE("the tables of docs/methods are those of the run", "[shared]") {
  const auto reference = amaneku::test::reference();
  AMANEKU_NEEDS(reference, "reference/propagation");
  const std::filesystem::path propagation = *reference / "propagation";
  std::vector<Report> reports = check_vectors(propagation / "generated");
  for (const Report& report : amaneku::test::check_published(propagation / "published")) reports.push_back(report);
  const std::vector<amaneku::test::Page> committed = amaneku::test::read_pages(methods());
  const std::vector<amaneku::test::Page> generated = amaneku::test::with_tables(committed, reports);
  REQUIRE(committed.size() == generated.size());
  for (std::size_t i = 0; i < committed.size(); ++i) {
    INFO("docs/methods/" << committed[i].file << " is out of date; to make it anew:\n  amaneku_vectors "
                         << (propagation / "generated").string() << " --published "
                         << (propagation / "published").string() << " --docs " << methods().string()
                         << "\nfirst line that differs: "
                         << first_difference(committed[i].text, generated[i].text));
    CHECK(committed[i].text == generated[i].text);
  }
}

TEST_CASE("a table is made between its markers, differences as powers of ten") {
  using amaneku::test::magnitude;
  CHECK(magnitude(0.0) == "< 1e-06");
  CHECK(magnitude(4e-4) == "< 0.001");
  CHECK(magnitude(0.02) == "< 0.1");
  CHECK(magnitude(33.0) == "< 100");
  CHECK(magnitude(std::numeric_limits<double>::infinity()) == "none");

  const Report report{.name = "a|b",
                      .models = "two_ray, p526",
                      .cases = 2,
                      .differences = {{"loss_db", "scalar", 0.001, {4e-4, 0.02}},
                                      {"mode", "scalar", 0.0, {0, 0}},
                                      {"loss_db", "radial", 0.001, {3e-4, 0.03}}}};
  const std::vector<amaneku::test::Page> made =
      amaneku::test::with_tables({{"p526.md", "# p526\n<!-- validation: p526 -->\nold\n<!-- end -->\nmore\n"},
                                  {"two_ray.md", "<!-- validation: free_space -->\n<!-- end -->\n"}},
                                 {report});
  CHECK(made.at(0).text ==
        "# p526\n<!-- validation: p526 -->\n\n"
        "| set | cases | quantity | engine | largest difference | 95th percentile | tolerance | over |\n"
        "|---|---|---|---|---|---|---|---|\n"
        "| a\\|b | 2 | loss_db | scalar, radial | < 0.1 | < 0.1 | 0.001 | 1 of 2 |\n"
        "|  |  | mode | scalar |  |  | equal | 0 of 2 |\n"
        "\n<!-- end -->\nmore\n");
  CHECK(made.at(1).text.find("No set of reference numbers") != std::string::npos);
  CHECK(amaneku::test::page_of("p526", made) == "p526.md");
  CHECK(amaneku::test::page_of("p52", made).empty());
  CHECK_THROWS_WITH(amaneku::test::with_tables({{"x.md", "<!-- validation: p625 -->\n<!-- end -->\n"}}, {}),
                    "x.md: there is no model \"p625\"");
  CHECK_THROWS_WITH(amaneku::test::with_tables({{"x.md", "<!-- models -->\n"}}, {}),
                    "x.md: a table without its <!-- end -->");
}
