#include "scenarios/read/steiner_file.hpp"
#include "tests/fuzz/target.hpp"

/// SteinLib and PACE.
AMANEKU_FUZZ_TARGET(steiner_problem) {
  const amaneku::SteinerProblem problem = amaneku::scenarios::parse_steiner(bytes, "problem.stp");
  for (const auto& edge : problem.edges) {
    amaneku::fuzz::require(edge.a >= 0 && edge.a < problem.vertices && edge.b >= 0 && edge.b < problem.vertices);
  }
}
