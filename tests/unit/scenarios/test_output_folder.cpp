#include "scenarios/output/output_folder.hpp"

#include <cstdlib>

#include "scenarios/output/outputs.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
namespace fs = std::filesystem;

TEST_CASE("a staged folder is published as a whole") {
  const test::TemporaryFolder parent;
  const fs::path folder = parent.path() / "a" / "out";
  StagedFolder staged(folder);
  test::write_text(staged.file("x.txt"), "new");
  CHECK_FALSE(fs::exists(folder / "x.txt"));
  staged.publish({});
  CHECK(test::read_bytes(folder / "x.txt") == "new");
}

TEST_CASE("a staged folder that is not published leaves no trace") {
  const test::TemporaryFolder parent;
  { const StagedFolder staged(parent.path() / "a" / "out"); }
  CHECK(fs::is_empty(parent.path()));

  test::write_text(parent.path() / "x.txt", "old");
  {
    const StagedFolder staged(parent.path());
    test::write_text(staged.file("x.txt"), "half");
  }
  CHECK(test::read_bytes(parent.path() / "x.txt") == "old");
  CHECK(std::distance(fs::directory_iterator(parent.path()), fs::directory_iterator()) == 1);
}

TEST_CASE("only a new, an empty or an amaneku folder is written to") {
  const test::TemporaryFolder parent;
  const fs::path folder = parent.path() / "out";
  CHECK_NOTHROW(check_output_folder(folder));
  CHECK_FALSE(fs::exists(folder));

  fs::create_directory(folder);
  CHECK_NOTHROW(check_output_folder(folder));
  test::write_text(folder / "thesis.doc", "years of work");
  CHECK_THROWS_WITH(
      check_output_folder(folder),
      folder.string() +
          ": the output folder is not empty and holds no earlier result of amaneku: choose another one");
  test::write_text(folder / "summary.json", "{\n  \"schema\": \"amaneku-summary-1.0\"\n}");
  CHECK_NOTHROW(check_output_folder(folder));
  CHECK(test::read_bytes(folder / "thesis.doc") == "years of work");

  CHECK_THROWS_WITH(check_output_folder(folder / "thesis.doc"),
                    (folder / "thesis.doc").string() + ": the output folder is a file");
}

TEST_CASE("an output folder that cannot be made is refused before anything is computed") {
  const test::TemporaryFolder folder;
  test::write_text(folder.path() / "file", "in the way");
  const std::string inside = (folder.path() / "file" / "out").string();
  CHECK_THROWS_WITH(check_output_folder(inside),
                    amaneku::test::Contains(inside + ": the output folder is not writable: Not a directory"));
}
