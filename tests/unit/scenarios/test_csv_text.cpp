#include "scenarios/tables/csv_text.hpp"

#include <string>

#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

TEST_CASE("what a spreadsheet would take for a formula is defused") {
  for (const char* text : {"=1+2", "+1", "-1", "@SUM(A1)", " =1", "  \t=1", "\t=1", "\u00a0=1", "\u3000=1",
                           "\ufeff=1", "＝1", "＋1", "－1", "＠SUM", " \u3000＝1", "\tx"}) {
    INFO(text);
    CHECK(csv_text(text) == "'" + std::string(text));
  }
  CHECK(csv_text("\r=1") == "\"'\r=1\"");
  CHECK(csv_text("\n=1") == "\"'\n=1\"");
  CHECK(csv_text("=A1,B1") == "\"'=A1,B1\"");
}

TEST_CASE("other texts stay as they are") {
  for (const char* text : {"", " ", "富士", " Fuji", "a=b", "1=2", "\u3000富士", "'=1", "ー", "–1"})
    CHECK(csv_text(text) == text);
  CHECK(csv_text("a,\"b\"") == "\"a,\"\"b\"\"\"");
}

TEST_CASE("CSV files begin with a byte-order mark, unless the scenario says no") {
  const test::SmallWorld world;
  const auto written = [&](const std::vector<std::pair<std::string, std::string>>& settings) {
    write_outputs(world.file("out"), run(load(world.scenario(), {.settings = settings}), {.threads = 1}),
                  Language::en);
    return std::pair(test::read_bytes(world.file("out") / "municipalities.csv"),
                     test::read_bytes(world.file("out") / "legend.csv"));
  };
  const std::string mark = "\xEF\xBB\xBF";
  const auto with = written({});
  const auto without = written({{"output.csv_mark", "false"}});
  CHECK(with.first == mark + without.first);
  CHECK(with.second == mark + without.second);
  CHECK(without.first.starts_with("code,"));
  CHECK(without.second.starts_with("min,"));
}
