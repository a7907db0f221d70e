#include "scenarios/read/steiner_file.hpp"
#include "tests/fuzz/target.hpp"

/// SteinLib and PACE.
AMANEKU_FUZZ_TARGET(steiner_problem) {
  const amaneku::SteinerProblem problem = amaneku::scenarios::parse_steiner(bytes, "problem.stp");
  for (const auto& edge : problem.edges) {
    amaneku::fuzz::require(edge.from >= 0 && edge.from < problem.vertices && edge.to >= 0 &&
                           edge.to < problem.vertices);
  }
}
