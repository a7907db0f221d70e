#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <numeric>
#include <string>

#include "libsim/parallel.hpp"
#include "libsim/selection/cover_solve.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/output/solve_progress.hpp"
#include "scenarios/read/cover_file.hpp"
#include "scenarios/read/steiner_file.hpp"
#include "terrain/error.hpp"

namespace amaneku::cli {
namespace {

struct SolveArguments {
  std::string file{};
  double seconds = std::numeric_limits<double>::infinity();
  int threads = 0;
  std::int64_t sites = -1;   ///< of max-cover
  std::int64_t budget = -1;  ///< of max-cover
};

/// The work that stands for "until it is proved or the time is over".
constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max() / 4;

class Stopwatch {
 public:
  [[nodiscard]] std::chrono::steady_clock::time_point start() const { return start_; }
  [[nodiscard]] double spent_s() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

bool is_limited(const SolveArguments& arguments) {
  return arguments.seconds < std::numeric_limits<double>::infinity();
}

/// The last line.
void print_outcome(std::int64_t cost, std::int64_t bound, double gap, bool optimal, double seconds) {
  fmt::print("{{\"cost\":{},\"lower_bound\":{},\"gap\":{:.6g},\"optimal\":{},\"seconds\":{:.3f}}}\n", cost, bound,
             gap, optimal, seconds);
}

void solve_steiner(const SolveArguments& arguments) {
  const Stopwatch watch;
  const SteinerProblem problem = scenarios::read_steiner(arguments.file);
  fmt::print(stderr, "{}: {} vertices, {} edges, {} terminals\n", arguments.file, problem.vertices,
             problem.edges.size(), problem.terminals.size());
  SteinerOptions options{.threads = arguments.threads};
  if (is_limited(arguments)) {
    options.work = kUnlimited;
    options.seconds = std::max(0.0, arguments.seconds - watch.spent_s());
  }
  const SteinerTree tree = [&] {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    scenarios::SolveProgress progress(stderr, watch.start(),
                                      {.every = std::chrono::seconds(terminal ? 1 : 5), .rewrites = terminal});
    options.watch = [&](std::int64_t cost, std::int64_t lower_bound) { progress.tell(cost, lower_bound); };
    return steiner_tree(problem, options);
  }();
  const double gap =
      tree.cost == 0 ? 0.0 : 1.0 - static_cast<double>(tree.lower_bound) / static_cast<double>(tree.cost);
  print_outcome(tree.cost, tree.lower_bound, gap, tree.optimal, watch.spent_s());
}

/// Every row counts 1.
CoverProblem cover_problem(const SolveArguments& arguments) {
  CoverProblem problem = scenarios::read_cover(arguments.file);
  fmt::print(stderr, "{}: {} rows, {} columns, {} places where they meet\n", arguments.file, problem.rows(),
             problem.sites.size(), problem.row_sites.size());
  CoverTarget all;
  all.rows.resize(problem.rows());
  std::iota(all.rows.begin(), all.rows.end(), 0);
  all.weights.assign(problem.rows(), 1);
  problem.targets.push_back(std::move(all));
  return problem;
}

CoverOptions cover_options(const SolveArguments& arguments, const Stopwatch& watch) {
  CoverOptions options{.threads = arguments.threads};
  if (is_limited(arguments)) {
    options.nodes = kUnlimited;
    options.seconds = std::max(0.0, arguments.seconds - watch.spent_s());
  }
  return options;
}

void solve_set_cover(const SolveArguments& arguments) {
  const Stopwatch watch;
  CoverProblem problem = cover_problem(arguments);
  problem.targets.front().least = static_cast<std::int64_t>(problem.rows());
  const CoverChoice choice = solve_cover(problem, cover_options(arguments, watch));
  print_outcome(choice.value, choice.bound, gap_of(problem, choice), choice.status == CoverStatus::optimal,
                watch.spent_s());
}

void solve_max_cover(const SolveArguments& arguments) {
  const Stopwatch watch;
  CoverProblem problem = cover_problem(arguments);
  problem.goal = CoverGoal::most_weight;
  CoverLimit limit{.amounts = {}, .most = arguments.sites >= 0 ? arguments.sites : arguments.budget};
  for (const CoverSite& site : problem.sites) limit.amounts.push_back(arguments.sites >= 0 ? 1 : site.cost);
  problem.limits.push_back(std::move(limit));
  const CoverChoice choice = solve_cover(problem, cover_options(arguments, watch));
  // Of a value to be made large, what is found is the lower bound.
  fmt::print(
      "{{\"cost\":{},\"lower_bound\":{},\"upper_bound\":{},\"gap\":{:.6g},\"optimal\":{},\"seconds\":{:.3f}}}\n",
      choice.value, choice.value, choice.bound, gap_of(problem, choice), choice.status == CoverStatus::optimal,
      watch.spent_s());
}

void add_common(CLI::App& command, SolveArguments& arguments, const char* what) {
  command.add_option("FILE", arguments.file, what)->required();
  command
      .add_option("--seconds", arguments.seconds,
                  "at most, about; without it a fixed effort, and the same answer on every machine")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--threads", arguments.threads, "0: as many as there are")
      ->check(CLI::Range(0, kMostThreads));
}

}  // namespace

void add_solve(CLI::App& app) {
  auto arguments = std::make_shared<SolveArguments>();
  CLI::App* command = app.add_subcommand("solve", "The optimisers alone, on problems from files");
  command->require_subcommand(1);
  CLI::App* steiner = command->add_subcommand(
      "steiner", "The cheapest tree that joins the terminals; the last line is JSON, its gap a share of the cost");
  add_common(*steiner, *arguments, "SteinLib .stp or PACE .gr, plain or .gz");
  steiner->callback([arguments] { solve_steiner(*arguments); });
  CLI::App* set_cover = command->add_subcommand(
      "set-cover",
      "The cheapest columns that cover every row; the last line is JSON, its gap a share of the cost");
  add_common(*set_cover, *arguments, "OR-Library set covering, plain or .gz");
  set_cover->callback([arguments] { solve_set_cover(*arguments); });
  CLI::App* max_cover = command->add_subcommand(
      "max-cover",
      "Columns within a budget that cover the most rows; the last line is JSON, its cost the rows covered");
  add_common(*max_cover, *arguments, "OR-Library set covering, plain or .gz");
  CLI::Option_group* budgets = max_cover->add_option_group("budget");
  budgets->add_option("--sites", arguments->sites, "how many columns at most")
      ->check(CLI::Range(std::int64_t{0}, kCoverSumLimit));
  budgets->add_option("--budget", arguments->budget, "what the columns may cost together")
      ->check(CLI::Range(std::int64_t{0}, kCoverSumLimit));
  budgets->require_option(1);
  max_cover->callback([arguments] { solve_max_cover(*arguments); });
}

}  // namespace amaneku::cli
