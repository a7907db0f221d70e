#include "terrain/nearest.hpp"

#include <string>
#include <vector>

#include "tests/support/catch.hpp"

using amaneku::nearest;

TEST_CASE("a misspelt word finds its neighbour, a foreign word finds none") {
  const std::vector<std::string> keys = {"free_space", "two_ray", "p526", "extended_hata", "tx_agl_m", "rx_agl_m"};
  CHECK(nearest("p562", keys) == "p526");
  CHECK(nearest("P526", keys) == "p526");
  CHECK(nearest("p5260", keys) == "p526");
  CHECK(nearest("freespace", keys) == "free_space");
  CHECK(nearest("tx_alg_m", keys) == "tx_agl_m");
  CHECK(nearest("extended_hatta", keys) == "extended_hata");
  CHECK(nearest("municipality", keys).empty());
  CHECK(nearest("", keys).empty());
  CHECK(nearest(std::string(100'000, 'x'), keys).empty());
  CHECK(nearest("p526", {}).empty());
}

TEST_CASE("of equally near words the first wins") {
  const std::vector<std::string> keys = {"rx_agl_m", "tx_agl_m"};
  CHECK(nearest("sx_agl_m", keys) == "rx_agl_m");
}
