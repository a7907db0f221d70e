#include "scenarios/schema/toml_reader.hpp"

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

TEST_CASE("every key and value of a TOML text knows its line and column") {
  const TomlNode root = parse_toml("[a]\nx = 1\n  y = [2.5, \"three\"]\n[[b.c]]\nz = true\n", "t.toml");
  const TomlNode* a = root.find("a");
  REQUIRE(a != nullptr);
  REQUIRE(a->table()->size() == 2);
  CHECK((*a->table())[0].key == "x");
  CHECK((*a->table())[1].position.line == 3);
  CHECK((*a->table())[1].position.column == 3);
  CHECK(a->find("y")->position.column == 7);
  CHECK(a->find("y")->text() == "[2.5, \"three\"]");
  CHECK(root.find("b")->find("c")->list()->front().find("z")->text() == "true");
  CHECK(a->find("absent") == nullptr);
}

TEST_CASE("a text that is no TOML is refused with line and column") {
  try {
    (void)parse_toml("[a]\nx = = 1\n", "t.toml");
    FAIL("accepted");
  } catch (const InputError& error) {
    REQUIRE(error.faults().size() == 1);
    CHECK(error.faults().front().file == "t.toml");
    CHECK(error.faults().front().line == 2);
    CHECK(error.faults().front().column > 1);
    CHECK(std::string(error.what()).find("t.toml:2:") == 0);
  }
}

TEST_CASE("a key that is defined twice is refused") {
  CHECK_THROWS_AS(parse_toml("x = 1\nx = 2\n", "t.toml"), InputError);
}

TEST_CASE("settings take TOML values, and text without quotes") {
  TomlNode root = parse_toml("[a]\nx = 1\n", "t.toml");
  apply_setting(root, "a.x", "2.5");
  apply_setting(root, "a.y", "p526");
  apply_setting(root, "new.list", "[{path=\"d.tif\"}]");
  CHECK(root.find("a")->find("x")->text() == "2.5");
  CHECK(root.find("a")->find("x")->position.from_setting);
  CHECK(root.find("a")->find("y")->text() == "\"p526\"");
  CHECK(root.find("new")->find("list")->list()->front().find("path")->text() == "\"d.tif\"");
  CHECK_THROWS_AS(apply_setting(root, "a..x", "1"), InputError);
  CHECK_THROWS_WITH(apply_setting(root, "a.x.y", "1"),
                    "--set: a.x.y = 1: the key leads into a number: set that as a whole");
}

TEST_CASE("a setting cannot smuggle in a second key") {
  TomlNode root = parse_toml("[a]\nx = 1\n", "t.toml");
  apply_setting(root, "a.x", "1\ny = 2");
  CHECK(root.find("a")->find("y") == nullptr);
  CHECK(std::holds_alternative<std::string>(root.find("a")->find("x")->value));
}
