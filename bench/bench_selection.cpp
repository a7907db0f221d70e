// How near to the best sites, how near is the bound, in how much time? A JSON line a problem; see README.md.
#include <sys/resource.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <nlohmann/json.hpp>
#include <numeric>
#include <string>
#include <vector>

#include "libsim/selection/cover_core.hpp"
#include "libsim/selection/cover_greedy.hpp"
#include "libsim/selection/cover_solve.hpp"
#include "scenarios/read/cover_file.hpp"
#include "terrain/error.hpp"

using namespace amaneku;

namespace {

struct SelectionArguments {
  CoverOptions options{};
  std::int64_t candidates = 0;  ///< 0: problems from files
  std::int64_t points = 100'000;
  double radius = 5.5;      ///< of a square of 30 x 30
  double ragged = 0.0;      ///< share of the points within the radius that are not served all the same
  std::int64_t choose = 0;  ///< how many sites at most; 0: least cost
  double percent = 100.0;   ///< of the weight, for least cost
  std::uint64_t seed = 1;
  bool unit_cost = false;
  std::vector<std::string> files{};
};

SelectionArguments selection_arguments(int argc, char** argv) {
  SelectionArguments out;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    if (!name.starts_with("--")) {
      out.files.push_back(name);
      continue;
    }
    if (i + 1 == argc) throw InputError(Fault{.message = "is followed by nothing", .key = name});
    const double value = std::atof(argv[++i]);
    if (name == "--candidates")
      out.candidates = static_cast<std::int64_t>(value);
    else if (name == "--points")
      out.points = static_cast<std::int64_t>(value);
    else if (name == "--radius")
      out.radius = value;
    else if (name == "--ragged")
      out.ragged = value;
    else if (name == "--choose")
      out.choose = static_cast<std::int64_t>(value);
    else if (name == "--percent")
      out.percent = value;
    else if (name == "--unit_cost")
      out.unit_cost = value != 0.0;
    else if (name == "--seed")
      out.seed = static_cast<std::uint64_t>(value);
    else if (name == "--work")
      out.options.exchange_work = static_cast<std::int64_t>(value);
    else if (name == "--rounds")
      out.options.rounds = static_cast<std::int32_t>(value);
    else if (name == "--nodes")
      out.options.nodes = static_cast<std::int64_t>(value);
    else if (name == "--gap")
      out.options.gap = value;
    else if (name == "--seconds")
      out.options.seconds = value;
    else if (name == "--threads")
      out.options.threads = static_cast<int>(value);
    else
      throw InputError(Fault{.message = "unknown option", .key = name});
  }
  return out;
}

/// Numbers in order, the same on every machine.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15U) {}
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t x = state_;
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }
  std::int64_t below(std::uint64_t end) { return static_cast<std::int64_t>(next() % end); }
  double share() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

 private:
  std::uint64_t state_;
};

constexpr double kSide = 30.0;

/// As in the literature on maximal covering: points and candidates uniform in a square of 30 x 30, demands of 1 to
/// 100, a candidate serves what lies within the radius. Costs of 1 to 100 for the least cost.
CoverProblem strewn(const SelectionArguments& arguments) {
  Draw draw(arguments.seed);
  CoverProblem p;
  const auto n = static_cast<std::size_t>(arguments.candidates);
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t j = 0; j < n; ++j) {
    x.push_back(kSide * draw.share());
    y.push_back(kSide * draw.share());
    p.sites.push_back({.cost = arguments.unit_cost ? 1 : 1 + draw.below(100)});
  }
  CoverTarget all;
  std::vector<std::int32_t> served;
  const double reach = arguments.radius * arguments.radius;
  for (std::int64_t i = 0; i < arguments.points; ++i) {
    const double east = kSide * draw.share();
    const double north = kSide * draw.share();
    served.clear();
    for (std::size_t j = 0; j < n; ++j) {
      const double dx = x[j] - east;
      const double dy = y[j] - north;
      if (dx * dx + dy * dy > reach || (arguments.ragged > 0.0 && draw.share() < arguments.ragged)) continue;
      served.push_back(static_cast<std::int32_t>(j));
    }
    p.add_row(served);
    all.rows.push_back(static_cast<std::int32_t>(i));
    all.weights.push_back(1 + draw.below(100));
  }
  p.targets.push_back(std::move(all));
  return p;
}

CoverProblem from_file(const std::string& file) {
  CoverProblem p = scenarios::read_cover(file);
  CoverTarget all;
  all.rows.resize(p.rows());
  std::iota(all.rows.begin(), all.rows.end(), 0);
  all.weights.assign(p.rows(), 1);
  p.targets.push_back(std::move(all));
  return p;
}

void ask(CoverProblem& p, const SelectionArguments& arguments) {
  CoverTarget& all = p.targets.front();
  if (arguments.choose > 0) {
    p.goal = CoverGoal::most_weight;
    p.limits.push_back({.amounts = std::vector<std::int64_t>(p.sites.size(), 1), .most = arguments.choose});
    return;
  }
  // Of what anything serves.
  std::int64_t served = 0;
  for (std::size_t i = 0; i < p.rows(); ++i) served += p.sites_of(i).empty() ? 0 : all.weights[i];
  all.least = static_cast<std::int64_t>(std::ceil(static_cast<double>(served) * arguments.percent / 100.0));
}

double clock_s(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double peak_mib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

/// Merging of rows and the greedy, by themselves.
struct Greedy {
  double merge_cpu_s = 0.0;
  double greedy_cpu_s = 0.0;
  std::int64_t value = 0;
};

Greedy timed_greedy(const CoverProblem& p) {
  Greedy out;
  const double begin_s = clock_s(CLOCK_THREAD_CPUTIME_ID);
  const cover::Core core = cover::core_of(p);
  out.merge_cpu_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - begin_s;
  out.value = cover::greedy(core).value;
  out.greedy_cpu_s = clock_s(CLOCK_THREAD_CPUTIME_ID) - begin_s - out.merge_cpu_s;
  return out;
}

void run(const CoverProblem& p, const SelectionArguments& arguments, const std::string& name) {
  const Greedy greedy = timed_greedy(p);
  // Exchanges alone, then everything.
  CoverOptions quick = arguments.options;
  quick.rounds = 0;
  quick.nodes = 0;
  const CoverChoice exchanged = solve_cover(p, quick);
  const double wall_s = clock_s(CLOCK_MONOTONIC);
  const double cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID);
  const double first_s = clock_s(CLOCK_THREAD_CPUTIME_ID);
  const CoverChoice choice = solve_cover(p, arguments.options);
  const nlohmann::ordered_json line = {{"instance", name},
                                       {"candidates", p.sites.size()},
                                       {"rows", p.rows()},
                                       {"terms", p.row_sites.size()},
                                       {"choose", arguments.choose},
                                       {"least", p.targets[0].least},
                                       {"rows_left", choice.rows_left},
                                       {"candidates_left", choice.sites_left},
                                       {"greedy", greedy.value},
                                       {"exchanged", exchanged.value},
                                       {"value", choice.value},
                                       {"bound", choice.bound},
                                       {"gap", gap_of(p, choice)},
                                       {"optimal", choice.status == CoverStatus::optimal},
                                       {"merge_cpu_s", greedy.merge_cpu_s},
                                       {"greedy_cpu_s", greedy.greedy_cpu_s},
                                       {"first_thread_cpu_s", clock_s(CLOCK_THREAD_CPUTIME_ID) - first_s},
                                       {"cpu_s", clock_s(CLOCK_PROCESS_CPUTIME_ID) - cpu_s},
                                       {"wall_s", clock_s(CLOCK_MONOTONIC) - wall_s},
                                       {"peak_mib", peak_mib()}};
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

void run_all(const SelectionArguments& arguments) {
  if (arguments.candidates > 0) {
    CoverProblem p = strewn(arguments);
    ask(p, arguments);
    run(p, arguments, "strewn " + std::to_string(arguments.seed));
  }
  for (const std::string& file : arguments.files) {
    CoverProblem p = from_file(file);
    ask(p, arguments);
    run(p, arguments, file);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run_all(selection_arguments(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_selection: %s\n", error.what());
    return 1;
  }
  return 0;
}
