// Problems from files, and the published optima of the shared reference.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/read/steiner_file.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

const std::string kStar =
    "33d32945 STP File, STP Format Version 1.0\n\nSECTION Comment\nName \"a star\"\nEND\n\nSection GRAPH\nNodes "
    "4\n"
    "Edges 4\nE 1 4 2\nE 2 4 3\ne 3 4 4\nE 1 2 9\nEND\n\nSECTION Terminals\nTerminals 3\nT 1\nT 2\nT "
    "3\nEND\n\nEOF\n";

std::string with(const std::string& old_text, const std::string& new_text) {
  std::string text = kStar;
  text.replace(text.find(old_text), old_text.size(), new_text);
  return text;
}

std::string refusal(const std::string& text) {
  try {
    (void)scenarios::parse_steiner(text, "x.stp");
  } catch (const InputError& error) {
    return error.what();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("a Steiner problem is read from SteinLib's format and that of PACE") {
  const SteinerProblem star = scenarios::parse_steiner(kStar, "star.stp");
  CHECK(star.vertices == 4);
  REQUIRE(star.edges.size() == 4);
  CHECK(star.edges[2].from == 2);
  CHECK(star.edges[2].to == 3);
  CHECK(star.edges[2].cost == 4);
  CHECK(star.terminals == std::vector<std::int32_t>{0, 1, 2});
  CHECK(steiner_tree(star).cost == 9);
  const std::string pace = kStar.substr(kStar.find("Section GRAPH"));
  CHECK(scenarios::parse_steiner(pace, "star.gr").edges.size() == 4);
  CHECK(
      scenarios::parse_steiner(with("EOF", "SECTION Tree Decomposition\ns td 3 2 4\nb 1 2 3\nEND\n\nEOF"), "a.gr")
          .vertices == 4);
}

TEST_CASE("a file that is no Steiner problem is refused with line and column") {
  CHECK_THAT(refusal(with("E 2 4 3", "E 2 5 3")),
             Contains("x.stp:11:5: E = 5: is no whole number in range (legal: 1 to 4)"));
  CHECK_THAT(refusal(with("E 2 4 3", "E 2 4 -3")), Contains("x.stp:11:7: E = -3: is no whole number in range"));
  CHECK_THAT(refusal(with("E 2 4 3", "E 2 4 3.5")), Contains("x.stp:11:7: E = 3.5: is no whole number"));
  CHECK_THAT(refusal(with("E 2 4 3", "E 2 4")), Contains("x.stp:11:1: E: is followed by 2 numbers, not 3"));
  CHECK_THAT(refusal(with("E 2 4 3", "A 2 4 3")), Contains("is an arc in one direction"));
  CHECK_THAT(refusal(with("E 2 4 3\n", "")), Contains("says 4 edges and lists 3"));
  CHECK_THAT(refusal(with("Nodes 4", "Nodes 1000000000")),
             Contains("x.stp:8:7: Nodes = 1000000000: is no whole number in range (legal: 0 to 10000000)"));
  CHECK_THAT(refusal(with("Nodes 4", "Nodes 4\nNodes 5")), Contains("x.stp:9:1: Nodes: stands twice"));
  CHECK_THAT(refusal(with("T 3", "TP 3 8")), Contains("without prizes"));
  CHECK_THAT(refusal(with("END\n\nEOF\n", "")), Contains("ends within a section: was it cut off?"));
  CHECK_THAT(refusal(with("SECTION Comment", "SECTION MaximumDegrees")),
             Contains("it may make this another problem"));
  CHECK_THAT(refusal(with("E 1 4 2", "E 1 4 9223372036854775807")), Contains("is no whole number in range"));
  CHECK_THAT(refusal("no problem at all\n"),
             Contains("x.stp:1:1: no: is neither a section nor the end of the file"));
  CHECK_THAT(refusal(""), Contains("says nowhere how many nodes there are"));
}

TEST_CASE("a Steiner problem that is packed badly is refused") {
  const test::TemporaryFolder folder;
  const fs::path file = folder.path() / "star.stp.gz";
  std::ofstream(file) << kStar;
  CHECK_THROWS_WITH(scenarios::read_steiner(file), Contains("ends in .gz and is not packed with gzip"));
  std::ofstream(file, std::ios::binary) << std::string("\x1F\x8B\x08\0\0\0\0\0\0\x03garbage", 17);
  CHECK_THROWS_AS(scenarios::read_steiner(file), InputError);
  CHECK_THROWS_WITH(scenarios::read_steiner(folder.path() / "absent.gr"), Contains("file not found"));
}

TEST_CASE("every published optimum of the reference is found and proved", "[shared]") {
  AMANEKU_NEEDS(test::reference(), "optimisation/steiner/optima.json");
  const fs::path folder = *test::reference() / "optimisation/steiner";
  const nlohmann::json optima = nlohmann::json::parse(std::ifstream(folder / "optima.json"));
  CHECK(optima.size() == 56);
  for (const auto& [name, facts] : optima.items()) {
    INFO(name);
    if (kSanitized && name == "pace2018/t2_113.gr") continue;  // nine tenths of the time of all
    const SteinerProblem problem = scenarios::read_steiner(folder / name);
    CHECK(problem.vertices == facts["nodes"].get<std::int32_t>());
    CHECK(problem.edges.size() == facts["edges"].get<std::size_t>());
    const SteinerTree tree = steiner_tree(problem);
    const nlohmann::json& optimum =
        facts[facts["published_optimum"].is_null() ? "verified_here" : "published_optimum"];
    CHECK(tree.cost == optimum.get<std::int64_t>());
    CHECK(tree.lower_bound == tree.cost);
  }
}

TEST_CASE("a large problem of the reference: packed, near the optimum, never below, its bound never above",
          "[shared]") {
  AMANEKU_NEEDS(test::reference(), "optimisation/steiner/pace2018_t3");
  const SteinerProblem problem =
      scenarios::read_steiner(*test::reference() / "optimisation/steiner/pace2018_t3/t3_109.gr.gz");
  CHECK(problem.vertices == 12715);
  const SteinerTree tree = steiner_tree(problem, {.work = 30'000'000});
  constexpr std::int64_t kOptimum = 105'173'465;  // optima.csv
  CHECK(tree.cost >= kOptimum);
  CHECK(tree.lower_bound <= kOptimum);
  CHECK(static_cast<double>(tree.cost) <= 1.01 * kOptimum);
  CHECK(static_cast<double>(tree.lower_bound) >= 0.99 * kOptimum);
}
