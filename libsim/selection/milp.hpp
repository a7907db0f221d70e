// The seam to mixed-integer solvers: a linear program as data in, values and a proven bound out. milp_cbc.cpp
// holds the only headers of a solver (COIN-OR CBC). Cuts that depend on the answer are added by solving again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <vector>

namespace amaneku {

inline constexpr double kMilpInfinity = std::numeric_limits<double>::infinity();

/// How far a value may lie from an integer, and a row from its range, and still count as there.
inline constexpr double kMilpTolerance = 1e-6;

struct MilpColumn {
  double lower = 0.0;
  double upper = kMilpInfinity;
  double cost = 0.0;  ///< finite
  bool integer = false;
};

struct MilpTerm {
  std::int32_t column = 0;  ///< index; no column twice in a row
  double factor = 0.0;      ///< finite
};

/// Minimise the sum of cost x value over values within the bounds of their columns, with every row's sum of
/// factor x value within its range. Equal ends of a range are an equation. The solver's
/// own tolerances are absolute: costs far beyond 1e7 want a larger unit.
struct MilpProblem {
  std::vector<MilpColumn> columns{};
  std::vector<double> row_lower{};
  std::vector<double> row_upper{};
  std::vector<std::size_t> row_starts{0};  ///< row i has the terms [row_starts[i], row_starts[i + 1])
  std::vector<MilpTerm> terms{};

  /// Its index.
  std::int32_t add(MilpColumn column);
  void add_row(double lower, std::span<const MilpTerm> row_terms, double upper);
  [[nodiscard]] std::size_t rows() const noexcept { return row_lower.size(); }
};

struct MilpOptions {
  /// Nodes of the search tree: the limit that gives the same answer on every machine. 0: the root alone.
  std::int64_t nodes = 200'000;
  /// Wall clock: for commands only, the answer then depends on the machine.
  double seconds = kMilpInfinity;
  /// Columns as if none were integer.
  bool relax = false;
  /// Values to begin with, one per column, or none. Values that fit no row are no fault, they are not used.
  std::vector<double> start{};
};

enum class MilpStatus {
  optimal,     ///< `values` proved best
  feasible,    ///< `values` fit, a limit ended the search
  infeasible,  ///< proved that nothing fits
  unbounded,   ///< the relaxation has no least cost
  unknown,     ///< a limit ended the search before anything was found
};

struct MilpSolution {
  MilpStatus status = MilpStatus::unknown;
  std::vector<double> values{};   ///< one per column where there is a solution; integer columns exactly integer
  double cost = kMilpInfinity;    ///< of `values`
  double bound = -kMilpInfinity;  ///< nothing costs less; `cost` where optimal
  std::vector<double>
      row_prices{};  ///< one per row, of a relaxation only: what cost gains per unit of the row's range
  std::int64_t nodes = 0;
};

/// A pure function of its arguments, on one thread, silent. InternalError where the problem is no problem: an
/// index out of range, a column twice in a row, a range upside down, a number that is none; and where the solver's
/// answer does not fit its own rows.
[[nodiscard]] MilpSolution solve_milp(const MilpProblem& problem, const MilpOptions& options = {});

/// The relaxation of a problem to which rows are added, each answer found from the one before.
class MilpRelaxation {
 public:
  /// InternalError as solve_milp.
  explicit MilpRelaxation(const MilpProblem& problem);
  ~MilpRelaxation();
  MilpRelaxation(const MilpRelaxation&) = delete;
  MilpRelaxation& operator=(const MilpRelaxation&) = delete;

  /// Other bounds of a column.
  void bound(std::int32_t column, double lower, double upper);
  /// One row more.
  void add_row(double lower, std::span<const MilpTerm> row_terms, double upper);
  /// As solve_milp with `relax`.
  [[nodiscard]] MilpSolution solve(double seconds = kMilpInfinity);

 private:
  struct Solver;
  std::unique_ptr<Solver> solver_;
};

}  // namespace amaneku
