// What the way of a site has to carry: the busy hour of its cells.
#include "libsim/studies/backhaul/backhaul_study.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

TEST_CASE("a site's way carries what all of its cells serve in the busy hour, down or up, or the least") {
  Coverage coverage;
  coverage.sectors.resize(4);
  for (std::size_t i = 0; i < 4; ++i) coverage.sectors[i].site = i == 3 ? 1 : 0;
  NetworkLoad load;
  load.cells.resize(4);
  // Wanted is not carried: a full cell serves less than its demand.
  load.cells[0] = {.dl_demand_bps = 90e6, .dl_served_bps = 30e6, .ul_served_bps = 5e6};
  load.cells[1] = {.dl_served_bps = 20e6, .ul_served_bps = 10e6};
  load.cells[2] = {.dl_served_bps = 1e6};
  load.cells[3] = {.dl_served_bps = 2e6, .ul_served_bps = 7e6};
  CHECK(demand_of_sites(&load, coverage, 3, 4e6) == std::vector<double>{51e6, 7e6, 4e6});
  CHECK(demand_of_sites(nullptr, coverage, 3, 0.0) == std::vector<double>{0.0, 0.0, 0.0});
}
