#include "libsim/selection/milp.hpp"

namespace amaneku {

std::int32_t MilpProblem::add(MilpColumn column) {
  columns.push_back(column);
  return static_cast<std::int32_t>(columns.size() - 1);
}

void MilpProblem::add_row(double lower, std::span<const MilpTerm> row_terms, double upper) {
  row_lower.push_back(lower);
  row_upper.push_back(upper);
  terms.insert(terms.end(), row_terms.begin(), row_terms.end());
  row_starts.push_back(terms.size());
}

}  // namespace amaneku
