#include "scenarios/tables/csv_text.hpp"

#include <string>

#include "tests/support/catch.hpp"

using amaneku::scenarios::csv_text;

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
