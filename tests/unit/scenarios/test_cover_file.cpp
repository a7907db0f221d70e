// Covering problems from files, and the optima of the shared reference.
#include "scenarios/read/cover_file.hpp"

#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/selection/cover_solve.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/gzip.hpp"

using namespace amaneku;

namespace cover_file_test {

namespace fs = std::filesystem;

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kEvery = 5;
#else
constexpr std::size_t kEvery = 1;
#endif

const std::string kThree = " 3 4 \n 2 3\n4 5\n 2\n1 2 \n 1 \n 3 \n3\n 2 3 4\n";

std::string with(const std::string& old_text, const std::string& new_text) {
  std::string text = kThree;
  text.replace(text.find(old_text), old_text.size(), new_text);
  return text;
}

std::string refusal(const std::string& text) {
  try {
    (void)scenarios::parse_cover(text, "x.txt");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

CoverProblem counted(CoverProblem p) {
  CoverTarget all;
  all.rows.resize(p.rows());
  std::iota(all.rows.begin(), all.rows.end(), 0);
  all.weights.assign(p.rows(), 1);
  all.least = static_cast<std::int64_t>(p.rows());
  p.targets.push_back(all);
  return p;
}

fs::path orlib() {
  return *test::reference() / "optimisation/orlib";
}

nlohmann::json set_covers() {
  nlohmann::json out = nlohmann::json::parse(std::ifstream(orlib() / "optima.json"));
  for (auto here = out.begin(); here != out.end();)
    here = here.value().contains("greedy_ratio_rule") ? std::next(here) : out.erase(here);
  return out;
}

}  // namespace cover_file_test

using namespace cover_file_test;

TEST_CASE("a covering problem is read from OR-Library's format, plain and packed") {
  const CoverProblem p = scenarios::parse_cover(kThree, "three.txt");
  REQUIRE(p.sites.size() == 4);
  CHECK(p.sites[3].cost == 5);
  REQUIRE(p.rows() == 3);
  CHECK(p.row_sites == std::vector<std::int32_t>{0, 1, 2, 1, 2, 3});
  CHECK(p.row_starts == std::vector<std::size_t>{0, 2, 3, 6});
  CHECK(solve_cover(counted(p)).cost == 6);  // columns 1 and 3
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "three.txt.gz";
  std::ofstream(file, std::ios::binary) << test::gzipped(kThree);
  CHECK(scenarios::read_cover(file).row_sites == p.row_sites);
  CHECK_THROWS_WITH(scenarios::read_cover(folder.path() / "absent.txt"), test::Contains("file not found"));
}

TEST_CASE("a file that is no covering problem is refused with line and column") {
  using test::Contains;
  CHECK_THAT(refusal(""), Contains("x.txt:1:1: rows: is missing: the file ends here"));
  CHECK_THAT(refusal("three"),
             Contains("x.txt:1:1: rows = three: is no whole number in range (legal: 1 to 10000000)"));
  CHECK_THAT(refusal(with(" 3 4", " 3 4000000")),
             Contains("x.txt:1:4: columns = 4000000: is no whole number in range"));
  CHECK_THAT(refusal(with("4 5", "4 -5")), Contains("x.txt:3:3: cost = -5: is no whole number in range"));
  CHECK_THAT(refusal(with("4 5", "4 5.5")), Contains("x.txt:3:3: cost = 5.5: is no whole number in range"));
  CHECK_THAT(refusal(with("4 5", "4503599627370496 5")),
             Contains("x.txt:3:1: cost = 4503599627370496: makes the costs add up to too much"));
  CHECK_THAT(refusal(with(" 1 \n 3", " 0 \n 3")),
             Contains("x.txt:6:2: columns of row 2 = 0: is no whole number in range (legal: 1 to 4)"));
  CHECK_THAT(refusal(with("1 2 ", "1 5 ")),
             Contains("x.txt:5:3: column of row 1 = 5: is no whole number in range (legal: 1 to 4)"));
  CHECK_THAT(refusal(with("1 2 ", "2 2 ")), Contains("x.txt:5:3: column of row 1 = 2: stands twice in the row"));
  CHECK_THAT(refusal(with(" 2 3 4\n", " 2 3\n")), Contains("column of row 3: is missing: the file ends here"));
  CHECK_THAT(refusal(kThree + "1"), Contains("x.txt:10:1: is one number too many (legal: 3 rows)"));
}

TEST_CASE("every set covering optimum of OR-Library is proved, and exchanges close half of the greedy's gap",
          "[shared]") {
  AMANEKU_NEEDS(test::reference() && fs::exists(orlib() / "optima.json"), "optimisation/orlib/optima.json");
  const nlohmann::json optima = set_covers();
  CHECK(optima.size() == 20);
  double closed = 0.0;
  std::size_t index = 0;
  std::size_t tried = 0;
  for (const auto& [name, facts] : optima.items()) {
    if (index++ % kEvery != 0) continue;
    ++tried;
    INFO(name);
    const CoverProblem p = counted(scenarios::read_cover(orlib() / name));
    CHECK(p.rows() == facts["rows"].get<std::size_t>());
    CHECK(p.sites.size() == facts["cols"].get<std::size_t>());
    const auto optimum = facts["optimum"].get<std::int64_t>();
    const CoverChoice choice = solve_cover(p);
    CHECK(choice.value == optimum);
    CHECK(choice.bound == optimum);
    CHECK(is_allowed(p, choice.chosen));
    CHECK(choice.greedy_value == facts["greedy_ratio_rule"].get<std::int64_t>());
    CHECK(static_cast<double>(choice.greedy_value) <= choice.greedy_guarantee * static_cast<double>(optimum));
    const CoverChoice exchanged = solve_cover(p, {.rounds = 0, .nodes = 0});
    closed += static_cast<double>(choice.greedy_value - exchanged.value) /
              static_cast<double>(choice.greedy_value - optimum);
  }
  CHECK(closed >= 0.5 * static_cast<double>(tried));
}

TEST_CASE("maximum coverage derived from OR-Library is proved", "[shared]") {
  AMANEKU_NEEDS(test::reference() && fs::exists(orlib() / "optima.json"), "optimisation/orlib/optima.json");
  std::size_t found = 0;
  const nlohmann::json all = set_covers();
  for (const auto& [name, facts] : all.items()) {
    if (!facts.contains("max_cover_unit_cost")) continue;
    for (const auto& [sites, outcome] : facts["max_cover_unit_cost"].items()) {
      ++found;
      INFO(name << ", " << sites);
      CoverProblem p = counted(scenarios::read_cover(orlib() / name));
      p.targets[0].least = 0;
      p.goal = CoverGoal::most_weight;
      p.limits.push_back({.amounts = std::vector<std::int64_t>(p.sites.size(), 1), .most = std::stoi(sites)});
      const auto optimum = outcome["optimum"].get<std::int64_t>();
      // The proof of 20 takes 5 to 10 s each: docs/methods/selection.md has them all.
      const bool proof = p.limits[0].most <= 10 && kEvery == 1;
      const CoverChoice choice = solve_cover(p, {.nodes = proof ? 200'000 : 0});
      CHECK(choice.value <= optimum);
      CHECK(choice.value >= choice.greedy_value);
      CHECK(choice.bound >= optimum);
      if (proof) CHECK(choice.value == optimum);
      if (proof) CHECK(choice.status == CoverStatus::optimal);
      CHECK(choice.greedy_value == outcome["greedy_lowest_index_ties"].get<std::int64_t>());
      CHECK(static_cast<double>(choice.greedy_value) >= choice.greedy_guarantee * static_cast<double>(optimum));
    }
  }
  CHECK(found == 12);
}
