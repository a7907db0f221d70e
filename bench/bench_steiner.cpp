// How near to the cheapest tree, and how near is the bound, for how much work? A JSON line a problem; see
// README.md.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "libsim/backhaul/steiner_graph.hpp"
#include "libsim/backhaul/steiner_tree.hpp"
#include "scenarios/read/steiner_file.hpp"
#include "terrain/error.hpp"

using namespace amaneku;

namespace {

struct SteinerArguments {
  SteinerOptions options{};
  std::int32_t roads_side = 0;  ///< 0: problems from files
  std::int32_t terminals = 500;
  std::vector<std::string> files{};
};

SteinerArguments steiner_arguments(int argc, char** argv) {
  SteinerArguments out;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (!name.starts_with("--")) {
      out.files.push_back(name);
      continue;
    }
    if (i + 1 == argc) throw InputError(Fault{.message = "is followed by nothing", .key = name});
    const double value = std::atof(argv[++i]);
    if (name == "--work")
      out.options.work = static_cast<std::int64_t>(value);
    else if (name == "--seconds")
      out.options.seconds = value;
    else if (name == "--threads")
      out.options.threads = static_cast<int>(value);
    else if (name == "--roads_side")
      out.roads_side = static_cast<std::int32_t>(value);
    else if (name == "--terminals")
      out.terminals = static_cast<std::int32_t>(value);
    else
      throw InputError(Fault{.message = "unknown option", .key = name});
  }
  return out;
}

/// A square net of crossings, every fifth road between them missing, 20 to 419 m each; the west and north edges
/// are whole. Sites are strewn over the crossings that the net joins to its north-west corner.
SteinerProblem roads(std::int32_t side, std::int32_t sites) {
  SteinerProblem problem{.vertices = side * side, .edges = {}, .terminals = {0}};
  std::uint64_t drawn = 0;
  const auto draw = [&](std::uint64_t below) {
    return static_cast<std::int64_t>(steiner::mixed(1, ++drawn) % below);
  };
  std::vector<std::vector<std::int32_t>> next(steiner::at(problem.vertices));
  const auto add = [&](std::int32_t a, std::int32_t b, bool always) {
    if (draw(5) == 0 && !always) return;
    problem.edges.push_back({a, b, 20 + draw(400)});
    next[steiner::at(a)].push_back(b);
    next[steiner::at(b)].push_back(a);
  };
  for (std::int32_t v = 0; v < problem.vertices; ++v) {
    if ((v + 1) % side != 0) add(v, v + 1, v < side);
    if (v + side < problem.vertices) add(v, v + side, v % side == 0);
  }
  std::vector<char> joined(next.size(), 0);
  std::vector<std::int32_t> stack{0};
  joined[0] = 1;
  while (!stack.empty()) {
    const std::int32_t v = stack.back();
    stack.pop_back();
    for (const std::int32_t w : next[steiner::at(v)]) {
      if (joined[steiner::at(w)] != 0) continue;
      joined[steiner::at(w)] = 1;
      stack.push_back(w);
    }
  }
  while (problem.terminals.size() < steiner::at(sites)) {
    const auto v = static_cast<std::int32_t>(draw(next.size()));
    if (joined[steiner::at(v)] == 0) continue;
    joined[steiner::at(v)] = 0;
    problem.terminals.push_back(v);
  }
  return problem;
}

double clock_s(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

void run(const SteinerProblem& problem, const SteinerOptions& options, const std::string& name) {
  const double wall_s = clock_s(CLOCK_MONOTONIC);
  const double cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID);
  const double first_s = clock_s(CLOCK_THREAD_CPUTIME_ID);
  const SteinerTree tree = steiner_tree(problem, options);
  const nlohmann::ordered_json line = {
      {"instance", name},
      {"vertices", problem.vertices},
      {"edges", problem.edges.size()},
      {"terminals", problem.terminals.size()},
      {"work", options.work},
      {"threads", options.threads},
      {"cost", tree.cost},
      {"lower_bound", tree.lower_bound},
      {"gap", tree.cost == 0 ? 0.0 : 1.0 - static_cast<double>(tree.lower_bound) / static_cast<double>(tree.cost)},
      {"optimal", tree.optimal},
      {"first_thread_cpu_s", clock_s(CLOCK_THREAD_CPUTIME_ID) - first_s},
      {"cpu_s", clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_s},
      {"wall_s", clock_s(CLOCK_MONOTONIC) - wall_s}};
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

void run_all(const SteinerArguments& arguments) {
  if (arguments.roads_side > 0) {
    const std::int32_t side = arguments.roads_side;
    run(roads(side, arguments.terminals), arguments.options,
        "roads " + std::to_string(side) + " x " + std::to_string(side));
  }
  for (const std::string& file : arguments.files) run(scenarios::read_steiner(file), arguments.options, file);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run_all(steiner_arguments(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_steiner: %s\n", error.what());
    return 1;
  }
  return 0;
}
