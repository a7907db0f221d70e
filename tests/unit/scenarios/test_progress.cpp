#include "scenarios/output/progress.hpp"

#include <memory>
#include <nlohmann/json.hpp>

#include "scenarios/output/closing_summary.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku::scenarios;

TEST_CASE("progress lines are JSON with stage and fraction") {
  const auto line = nlohmann::json::parse(progress_line("coverage", 40));
  CHECK(line["stage"] == "coverage");
  CHECK(line["done"] == 0.4);
  CHECK(progress_bar("coverage", 50).find("[###############...............]  50 %") != std::string::npos);
}

TEST_CASE("stages are named for people, not for programs") {
  CHECK(stage_name("coverage", Language::ja) == "伝搬損失");
  CHECK(stage_name("coverage", Language::en) == "coverage");
  CHECK(stage_name("own", Language::ja) == "own");
}

TEST_CASE("a percent is told once") {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), &std::fclose);
  {
    ProgressPrinter printer(ProgressStyle::json, file.get());
    for (const double done : {0.0, 0.001, 0.5, 0.5, 1.0, 1.0}) printer("read", done);
    printer("write", 1.0);
  }
  std::rewind(file.get());
  int lines = 0;
  for (int c; (c = std::fgetc(file.get())) != EOF;) lines += c == '\n' ? 1 : 0;
  CHECK(lines == 4);
}

TEST_CASE("people are written with groups of three digits") {
  CHECK(grouped(0.4) == "0");
  CHECK(grouped(999.6) == "1,000");
  CHECK(grouped(1234567.0) == "1,234,567");
  CHECK(grouped(-1234.0) == "-1,234");
}
