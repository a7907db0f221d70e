#include "terrain/version.hpp"

#include <algorithm>
#include <string>

#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("the program states its version and its revision") {
  const std::string version(program_version());
  CHECK(std::count(version.begin(), version.end(), '.') == 2);
  CHECK(version.find_first_not_of("0123456789.") == std::string::npos);
  const std::string revision(git_revision());
  CHECK_FALSE(revision.empty());
  CHECK(revision.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyz.-_") == std::string::npos);
}
