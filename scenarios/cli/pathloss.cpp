#include <CLI/CLI.hpp>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "libsim/parallel.hpp"
#include "scenarios/ask/json_line.hpp"
#include "scenarios/ask/pathloss_lines.hpp"
#include "scenarios/cli/commands.hpp"

namespace amaneku::cli {
namespace {

/// Lines answered together: enough to keep the threads busy, few enough to hold.
constexpr std::size_t kBlockLines = 8192;
constexpr std::size_t kBlockBytes = 16 << 20;

/// Reads until the block is full, the input ends, or no further line is at hand.
std::vector<std::string> next_block(std::istream& in) {
  std::vector<std::string> lines;
  std::size_t bytes = 0;
  for (std::string line; lines.size() < kBlockLines && bytes < kBlockBytes && scenarios::next_request(in, line);) {
    bytes += line.size();
    lines.push_back(std::move(line));
    if (in.rdbuf()->in_avail() <= 0) break;
  }
  return lines;
}

/// Whoever waits for each answer (a terminal, a program at the other end of a pipe) gets it at once.
void pathloss(LossEngine engine, int threads) {
  std::ios::sync_with_stdio(false);
  for (std::vector<std::string> lines; std::cout && !(lines = next_block(std::cin)).empty();) {
    const auto answer = [&](std::size_t i) { lines[i] = scenarios::pathloss_answer(lines[i], engine); };
    if (lines.size() == 1) {
      answer(0);
    } else {
      parallel_for(lines.size(), threads, answer);
    }
    for (const std::string& line : lines) std::cout << line << '\n';
    std::cout.flush();
  }
}

}  // namespace

void add_pathloss(CLI::App& app) {
  static const std::map<std::string, LossEngine> kEngines = {{"scalar", LossEngine::exact},
                                                             {"radial", LossEngine::radial}};
  auto engine = std::make_shared<LossEngine>(LossEngine::exact);
  CLI::App* command = app.add_subcommand("pathloss", "JSON Lines in, JSON Lines out: the loss of single paths");
  command->add_option("--engine", *engine, "Extractor of the path geometry; scalar is the reference")
      ->type_name("scalar|radial")
      ->transform(CLI::CheckedTransformer(kEngines).description(""));
  auto threads = std::make_shared<int>(0);
  command->add_option("--threads", *threads, "0: all cores; the answers do not depend on it")
      ->check(CLI::Range(0, kMostThreads));
  command->callback([engine, threads] { pathloss(*engine, *threads); });
}

}  // namespace amaneku::cli
