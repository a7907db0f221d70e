// How fast are rules read, and how many projects a second does one core answer? One JSON line.
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "scenarios/ask/subsidy_lines.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"

namespace {

using namespace amaneku;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

SubsidyProject fibre(int i) {
  SubsidyProject out{.programme = "KD",
                     .sub_programme = "fibre",
                     .fiscal_year = "R7",
                     .applicant = i % 2 == 0 ? "local_government" : "third_sector",
                     .areas = {"kaso", "henchi"}};
  const auto set = [&](const char* name, std::int64_t value) {
    out.facts[static_cast<std::size_t>(fact_index(name))] = value;
  };
  set("island", i % 3 == 0 ? 1 : 0);
  set("work", 0);
  set("submarine_cable", i % 5 == 0 ? 1 : 0);
  set("buried", i % 7 == 0 ? 1 : 0);
  set("fiscal_capacity_index", 300'000'000 + i % 400 * 1'000'000);
  out.eligible_cost_jpy = 50'000'000 + i;
  out.total_cost_jpy = out.eligible_cost_jpy + 1'000'000;
  return out;
}

std::string line(int i) {
  return R"({"programme":"KD","sub_programme":"fibre","fiscal_year":"R7","applicant":"local_government","area":["kaso"],)"
         R"("island":false,"work":"new","submarine_cable":false,"fiscal_capacity_index":0.3,"eligible_cost_jpy":)" +
         std::to_string(50'000'000 + i) + "}";
}

}  // namespace

int main() {
  constexpr int kLoads = 10;
  constexpr int kProjects = 200'000;
  constexpr int kLines = 50'000;
  auto begin = Clock::now();
  std::size_t rules = 0;
  for (int i = 0; i < kLoads; ++i)
    rules = scenarios::read_subsidy_rules(scenarios::built_in_subsidy_text(), "built-in", {}).rules.size();
  const double load_ms = 1e3 * seconds_since(begin) / kLoads;
  const SubsidyEngine& engine = scenarios::built_in_subsidies();
  std::vector<SubsidyProject> projects;
  for (int i = 0; i < kProjects; ++i) projects.push_back(fibre(i));
  begin = Clock::now();
  std::int64_t nation_jpy = 0;
  for (const SubsidyProject& project : projects) nation_jpy += engine.answer(project).amounts_jpy[0];
  const double projects_per_s = kProjects / seconds_since(begin);
  std::vector<std::string> lines;
  for (int i = 0; i < kLines; ++i) lines.push_back(line(i));
  begin = Clock::now();
  std::size_t bytes = 0;
  for (const std::string& request : lines) bytes += scenarios::subsidy_line(request, engine, "").size();
  std::printf(
      "{\"rules\":%zu,\"load_ms\":%.1f,\"projects_per_s_core\":%.0f,\"lines_per_s_core\":%.0f,"
      "\"nation_jpy\":%lld,\"answer_bytes\":%zu}\n",
      rules, load_ms, projects_per_s, kLines / seconds_since(begin), static_cast<long long>(nation_jpy), bytes);
  return 0;
}
