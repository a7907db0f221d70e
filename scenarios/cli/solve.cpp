#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>

#include "libsim/parallel.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/output/solve_progress.hpp"
#include "scenarios/read/steiner_file.hpp"

namespace amaneku::cli {
namespace {

struct SolveArguments {
  std::string file{};
  double seconds = std::numeric_limits<double>::infinity();
  int threads = 0;
};

/// The work that stands for "until it is proved or the time is over".
constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max() / 4;

void solve_steiner(const SolveArguments& arguments) {
  const auto start = std::chrono::steady_clock::now();
  const auto spent_s = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const SteinerProblem problem = scenarios::read_steiner(arguments.file);
  fmt::print(stderr, "{}: {} vertices, {} edges, {} terminals\n", arguments.file, problem.vertices,
             problem.edges.size(), problem.terminals.size());
  SteinerOptions options{.threads = arguments.threads};
  if (arguments.seconds < std::numeric_limits<double>::infinity()) {
    options.work = kUnlimited;
    options.seconds = std::max(0.0, arguments.seconds - spent_s());
  }
  const SteinerTree tree = [&] {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    scenarios::SolveProgress progress(stderr, start,
                                      {.every = std::chrono::seconds(terminal ? 1 : 5), .rewrites = terminal});
    options.watch = [&](std::int64_t cost, std::int64_t lower_bound) { progress.tell(cost, lower_bound); };
    return steiner_tree(problem, options);
  }();
  const double gap =
      tree.cost == 0 ? 0.0 : 1.0 - static_cast<double>(tree.lower_bound) / static_cast<double>(tree.cost);
  fmt::print("{{\"cost\":{},\"lower_bound\":{},\"gap\":{:.6g},\"optimal\":{},\"seconds\":{:.3f}}}\n", tree.cost,
             tree.lower_bound, gap, tree.optimal, spent_s());
}

}  // namespace

void add_solve(CLI::App& app) {
  auto arguments = std::make_shared<SolveArguments>();
  CLI::App* command = app.add_subcommand("solve", "The optimisers alone, on problems from files");
  command->require_subcommand(1);
  CLI::App* steiner = command->add_subcommand(
      "steiner", "The cheapest tree that joins the terminals; the last line is JSON, its gap a share of the cost");
  steiner->add_option("FILE", arguments->file, "SteinLib .stp or PACE .gr, plain or .gz")->required();
  steiner
      ->add_option("--seconds", arguments->seconds,
                   "at most, about; without it a fixed effort, and the same answer on every machine")
      ->check(CLI::NonNegativeNumber);
  steiner->add_option("--threads", arguments->threads, "0: as many as there are")
      ->check(CLI::Range(0, kMostThreads));
  steiner->callback([arguments] { solve_steiner(*arguments); });
}

}  // namespace amaneku::cli
