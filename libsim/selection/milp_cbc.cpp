// The one home of a solver's headers: COIN-OR CBC as a library, with its cuts and heuristics chosen here, since
// its own driver keeps state between calls and catches signals.
#include <fmt/core.h>

#include <CbcHeuristic.hpp>
#include <CbcHeuristicFPump.hpp>
#include <CbcHeuristicRINS.hpp>
#include <CbcModel.hpp>
#include <CglClique.hpp>
#include <CglFlowCover.hpp>
#include <CglGomory.hpp>
#include <CglKnapsackCover.hpp>
#include <CglMixedIntegerRounding2.hpp>
#include <CglProbing.hpp>
#include <CoinPackedMatrix.hpp>
#include <OsiClpSolverInterface.hpp>
#include <algorithm>
#include <cmath>

#include "libsim/selection/milp.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

void require(bool right, const char* what, std::size_t index) {
  if (!right) throw InternalError(fmt::format("program for the solver: {} {}", what, index));
}

void check_rows(const MilpProblem& p) {
  require(p.row_upper.size() == p.rows() && p.row_starts.size() == p.rows() + 1 && p.row_starts.front() == 0 &&
              p.row_starts.back() == p.terms.size(),
          "ranges, starts and terms do not fit each other, rows", p.rows());
  std::vector<std::size_t> seen_in(p.columns.size(), p.rows());
  for (std::size_t i = 0; i < p.rows(); ++i) {
    require(p.row_lower[i] <= p.row_upper[i] && p.row_lower[i] < kMilpInfinity && p.row_upper[i] > -kMilpInfinity,
            "no range in row", i);
    require(p.row_starts[i] <= p.row_starts[i + 1] && p.row_starts[i + 1] <= p.terms.size(), "starts at row", i);
    for (std::size_t k = p.row_starts[i]; k < p.row_starts[i + 1]; ++k) {
      const auto column = static_cast<std::size_t>(p.terms[k].column);
      require(p.terms[k].column >= 0 && column < p.columns.size(), "a column out of range in row", i);
      require(seen_in[column] != i, "a column twice in row", i);
      require(std::isfinite(p.terms[k].factor), "a factor that is no number in row", i);
      seen_in[column] = i;
    }
  }
}

void check(const MilpProblem& p, const MilpOptions& options) {
  for (std::size_t j = 0; j < p.columns.size(); ++j) {
    const MilpColumn& column = p.columns[j];
    require(column.lower <= column.upper && column.lower < kMilpInfinity && column.upper > -kMilpInfinity,
            "no range of column", j);
    require(std::isfinite(column.cost), "a cost that is no number of column", j);
  }
  check_rows(p);
  require(options.start.empty() || options.start.size() == p.columns.size(),
          "values to begin with:", options.start.size());
  require(options.nodes >= 0 && options.seconds >= 0.0, "a negative limit, nodes", 0);
}

double row_sum(const MilpProblem& p, std::size_t row, const std::vector<double>& values) {
  double sum = 0.0;
  for (std::size_t k = p.row_starts[row]; k < p.row_starts[row + 1]; ++k)
    sum += p.terms[k].factor * values[static_cast<std::size_t>(p.terms[k].column)];
  return sum;
}

bool fits(const MilpProblem& p, const std::vector<double>& values) {
  for (std::size_t j = 0; j < values.size(); ++j) {
    const MilpColumn& column = p.columns[j];
    if (!(values[j] >= column.lower - kMilpTolerance && values[j] <= column.upper + kMilpTolerance)) return false;
    if (column.integer && std::abs(values[j] - std::round(values[j])) > kMilpTolerance) return false;
  }
  for (std::size_t i = 0; i < p.rows(); ++i) {
    const double sum = row_sum(p, i, values);
    // A sum of large terms carries their rounding.
    const double slack = kMilpTolerance * std::max(1.0, std::abs(sum));
    if (!(sum >= p.row_lower[i] - slack && sum <= p.row_upper[i] + slack)) return false;
  }
  return true;
}

double cost_of(const MilpProblem& p, const std::vector<double>& values) {
  double cost = 0.0;
  for (std::size_t j = 0; j < values.size(); ++j) cost += p.columns[j].cost * values[j];
  return cost;
}

CoinPackedMatrix matrix_of(const MilpProblem& p) {
  std::vector<int> columns;
  std::vector<double> factors;
  std::vector<CoinBigIndex> starts;
  std::vector<int> lengths;
  for (const MilpTerm& term : p.terms) {
    columns.push_back(term.column);
    factors.push_back(term.factor);
  }
  for (std::size_t i = 0; i < p.rows(); ++i) {
    starts.push_back(static_cast<CoinBigIndex>(p.row_starts[i]));
    lengths.push_back(static_cast<int>(p.row_starts[i + 1] - p.row_starts[i]));
  }
  starts.push_back(static_cast<CoinBigIndex>(p.terms.size()));
  CoinPackedMatrix matrix(false, static_cast<int>(p.columns.size()), static_cast<int>(p.rows()),
                          static_cast<CoinBigIndex>(p.terms.size()), factors.data(), columns.data(), starts.data(),
                          lengths.data());
  matrix.setDimensions(static_cast<int>(p.rows()), static_cast<int>(p.columns.size()));
  return matrix;
}

void silence(OsiClpSolverInterface& solver) {
  solver.messageHandler()->setLogLevel(0);
  solver.getModelPtr()->messageHandler()->setLogLevel(0);
  solver.getModelPtr()->setLogLevel(0);
  solver.setHintParam(OsiDoReducePrint, true, OsiHintTry);
}

void load(OsiClpSolverInterface& solver, const MilpProblem& p, bool relax) {
  const double infinity = solver.getInfinity();
  const auto bound = [&](double value) { return std::clamp(value, -infinity, infinity); };
  std::vector<double> lower, upper, cost, row_lower, row_upper;
  for (const MilpColumn& column : p.columns) {
    lower.push_back(bound(column.lower));
    upper.push_back(bound(column.upper));
    cost.push_back(column.cost);
  }
  for (std::size_t i = 0; i < p.rows(); ++i) {
    row_lower.push_back(bound(p.row_lower[i]));
    row_upper.push_back(bound(p.row_upper[i]));
  }
  silence(solver);
  solver.loadProblem(matrix_of(p), lower.data(), upper.data(), cost.data(), row_lower.data(), row_upper.data());
  solver.setObjSense(1.0);
  for (std::size_t j = 0; j < p.columns.size() && !relax; ++j)
    if (p.columns[j].integer) solver.setInteger(static_cast<int>(j));
}

/// What the solver has found of the relaxation.
MilpSolution relaxed_answer(const OsiClpSolverInterface& solver, const MilpProblem& p) {
  MilpSolution out;
  if (solver.isProvenPrimalInfeasible()) {
    out.status = MilpStatus::infeasible;
    out.bound = kMilpInfinity;
  } else if (solver.isProvenDualInfeasible()) {
    out.status = MilpStatus::unbounded;
  } else if (solver.isProvenOptimal()) {
    out.status = MilpStatus::optimal;
    out.values.assign(solver.getColSolution(), solver.getColSolution() + p.columns.size());
    out.row_prices.assign(solver.getRowPrice(), solver.getRowPrice() + p.rows());
    out.cost = cost_of(p, out.values);
    out.bound = out.cost;
  }
  return out;
}

MilpSolution relaxed(OsiClpSolverInterface& solver, const MilpProblem& p, double seconds) {
  if (std::isfinite(seconds)) solver.getModelPtr()->setMaximumWallSeconds(seconds);
  solver.initialSolve();
  return relaxed_answer(solver, p);
}

void add_cuts(CbcModel& model) {
  CglProbing probing;
  probing.setUsingObjective(1);
  probing.setMaxPass(1);
  probing.setMaxPassRoot(3);
  probing.setMaxProbe(10);
  probing.setMaxProbeRoot(50);
  probing.setMaxLook(10);
  probing.setRowCuts(3);
  CglGomory gomory;
  gomory.setLimit(100);
  CglKnapsackCover knapsack;
  CglClique clique;
  clique.setStarCliqueReport(false);
  clique.setRowCliqueReport(false);
  CglFlowCover flow_cover;
  CglMixedIntegerRounding2 rounding;
  // -1: as often as it helps at the root.
  model.addCutGenerator(&probing, -1, "probing");
  model.addCutGenerator(&gomory, -1, "gomory");
  model.addCutGenerator(&knapsack, -1, "knapsack");
  model.addCutGenerator(&clique, -1, "clique");
  model.addCutGenerator(&flow_cover, -1, "flow cover");
  model.addCutGenerator(&rounding, -1, "rounding");
}

void add_heuristics(CbcModel& model) {
  CbcRounding rounding(model);
  CbcHeuristicFPump pump(model);
  pump.setMaximumPasses(20);
  CbcHeuristicRINS neighbourhood(model);
  neighbourhood.setHowOften(100);
  model.addHeuristic(&rounding, "rounding");
  model.addHeuristic(&pump, "pump");
  model.addHeuristic(&neighbourhood, "neighbourhood");
}

/// Continuous columns for integer ones that are exactly integer.
std::vector<double> cleaned(const MilpProblem& p, const double* found) {
  std::vector<double> values(found, found + p.columns.size());
  bool mixed = false;
  for (std::size_t j = 0; j < values.size(); ++j) {
    if (p.columns[j].integer)
      values[j] = std::round(values[j]);
    else
      mixed = true;
  }
  if (!mixed) return values;
  MilpProblem fixed = p;
  for (std::size_t j = 0; j < values.size(); ++j)
    if (p.columns[j].integer) fixed.columns[j].lower = fixed.columns[j].upper = values[j];
  OsiClpSolverInterface solver;
  load(solver, fixed, true);
  MilpSolution rest = relaxed(solver, fixed, kMilpInfinity);
  if (rest.status != MilpStatus::optimal) return values;
  for (std::size_t j = 0; j < values.size(); ++j)
    if (!p.columns[j].integer) values[j] = rest.values[j];
  return values;
}

void prepare(CbcModel& model, const MilpOptions& options) {
  model.setLogLevel(0);
  model.messageHandler()->setLogLevel(0);
  model.setPrintingMode(0);
  add_cuts(model);
  add_heuristics(model);
  model.setMaximumNodes(static_cast<int>(std::min<std::int64_t>(options.nodes, 2'000'000'000)));
  if (std::isfinite(options.seconds)) {
    model.setUseElapsedTime(true);
    model.setMaximumSeconds(options.seconds);
  }
  model.setNumberStrong(10);
  model.setNumberBeforeTrust(5);
  model.setMaximumCutPassesAtRoot(30);
  model.setMaximumCutPasses(2);
}

MilpSolution outcome(CbcModel& model, const MilpProblem& p) {
  MilpSolution out;
  out.nodes = model.getNodeCount();
  const bool finished = model.status() == 0 && model.secondaryStatus() != 7;
  if (model.bestSolution() == nullptr) {
    if (model.isContinuousUnbounded()) {
      out.status = MilpStatus::unbounded;
    } else if (finished && model.isProvenInfeasible()) {
      out.status = MilpStatus::infeasible;
      out.bound = kMilpInfinity;
    } else {
      out.bound = model.getBestPossibleObjValue();
    }
    return out;
  }
  out.values = cleaned(p, model.bestSolution());
  if (!fits(p, out.values)) throw InternalError("the solver's answer does not fit its program");
  out.cost = cost_of(p, out.values);
  const bool proved = finished && model.isProvenOptimal();
  out.status = proved ? MilpStatus::optimal : MilpStatus::feasible;
  out.bound = proved ? out.cost : std::min(out.cost, model.getBestPossibleObjValue());
  return out;
}

}  // namespace

MilpSolution solve_milp(const MilpProblem& problem, const MilpOptions& options) {
  check(problem, options);
  const bool integer = std::any_of(problem.columns.begin(), problem.columns.end(),
                                   [](const MilpColumn& column) { return column.integer; });
  OsiClpSolverInterface solver;
  load(solver, problem, options.relax || !integer);
  if (options.relax || !integer) return relaxed(solver, problem, options.seconds);
  solver.initialSolve();
  // Without a relaxed optimum there is nothing to branch on, and the solver's own answer is not dependable.
  if (solver.isProvenPrimalInfeasible()) return {.status = MilpStatus::infeasible, .bound = kMilpInfinity};
  if (solver.isProvenDualInfeasible()) return {.status = MilpStatus::unbounded};
  CbcModel model(solver);
  prepare(model, options);
  if (!options.start.empty() && fits(problem, options.start))
    model.setBestSolution(options.start.data(), static_cast<int>(options.start.size()),
                          cost_of(problem, options.start), false);
  model.branchAndBound();
  return outcome(model, problem);
}

struct MilpRelaxation::Solver {
  MilpProblem problem;
  OsiClpSolverInterface solver{};
  std::size_t loaded = 0;  ///< rows that the solver has
  bool solved = false;
};

MilpRelaxation::MilpRelaxation(const MilpProblem& problem) : solver_(std::make_unique<Solver>()) {
  check(problem, {});
  solver_->problem = problem;
  load(solver_->solver, problem, true);
  solver_->loaded = problem.rows();
}

MilpRelaxation::~MilpRelaxation() = default;

void MilpRelaxation::bound(std::int32_t column, double lower, double upper) {
  MilpColumn& own = solver_->problem.columns.at(static_cast<std::size_t>(column));
  own.lower = lower;
  own.upper = upper;
  const double infinity = solver_->solver.getInfinity();
  solver_->solver.setColBounds(column, std::clamp(lower, -infinity, infinity),
                               std::clamp(upper, -infinity, infinity));
}

void MilpRelaxation::add_row(double lower, std::span<const MilpTerm> row_terms, double upper) {
  solver_->problem.add_row(lower, row_terms, upper);
}

MilpSolution MilpRelaxation::solve(double seconds) {
  Solver& s = *solver_;
  const MilpProblem& p = s.problem;
  const double infinity = s.solver.getInfinity();
  std::vector<int> columns;
  std::vector<double> factors;
  for (; s.loaded < p.rows(); ++s.loaded) {
    columns.clear();
    factors.clear();
    for (std::size_t k = p.row_starts[s.loaded]; k < p.row_starts[s.loaded + 1]; ++k) {
      columns.push_back(p.terms[k].column);
      factors.push_back(p.terms[k].factor);
    }
    s.solver.addRow(static_cast<int>(columns.size()), columns.data(), factors.data(),
                    std::clamp(p.row_lower[s.loaded], -infinity, infinity),
                    std::clamp(p.row_upper[s.loaded], -infinity, infinity));
  }
  if (std::isfinite(seconds)) s.solver.getModelPtr()->setMaximumWallSeconds(seconds);
  if (s.solved)
    s.solver.resolve();
  else
    s.solver.initialSolve();
  s.solved = true;
  return relaxed_answer(s.solver, p);
}

}  // namespace amaneku
