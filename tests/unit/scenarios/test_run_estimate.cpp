#include "scenarios/output/run_estimate.hpp"

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;

namespace {

PlanInput plan_of(int cells, double cell_m) {
  PlanInput input;
  input.world.ground.ground_asl_m.grid = {.north_m = cells * cell_m, .cell_m = cell_m, .nx = cells, .ny = cells};
  Site site{.id = "A"};
  site.at = {0.5 * cells * cell_m, 0.5 * cells * cell_m};
  site.sectors = {Sector{.id = "1"}, Sector{.id = "2"}};
  input.network.sites = {site};
  input.engine.model = P526{};
  input.engine.coverage.radius_m = 10'000.0;
  return input;
}

}  // namespace

TEST_CASE("a grid ten times as fine is told to cost a hundred times as much") {
  const RunEstimate coarse = run_estimate(plan_of(1000, 30.0));
  const RunEstimate fine = run_estimate(plan_of(10'000, 3.0));
  CHECK(fine.processor_s == Approx(100.0 * coarse.processor_s).epsilon(0.02));
  CHECK(fine.disk_mib == Approx(100.0 * coarse.disk_mib).epsilon(0.02));
  CHECK(fine.memory_mib > 10'000.0);
}

TEST_CASE("sectors of one mast share a loss; another height, another site and a slower model do not") {
  const PlanInput one = plan_of(1000, 30.0);
  PlanInput two_heights = one;
  two_heights.network.sites[0].sectors[1].tx_agl_m += 5.0;
  PlanInput slower = one;
  slower.engine.model = Itm{};
  PlanInput candidate = one;
  candidate.network.sites.push_back(one.network.sites[0]);
  candidate.network.sites.back().existing = false;
  CHECK(run_estimate(two_heights).processor_s > run_estimate(one).processor_s);
  CHECK(run_estimate(slower).processor_s > run_estimate(one).processor_s);
  CHECK(run_estimate(candidate).processor_s == run_estimate(one).processor_s);
}

TEST_CASE("the estimate is told in units that people read") {
  CHECK(estimate_text({12.0, 300.0, 5.0}, 2) == "about 6 s on 2 cores, 300 MiB of memory, 5 MiB of disk");
  CHECK(estimate_text({12.0, 300.0, 5.0}, 2, Language::ja) == "約 6 秒（2 コア）、メモリ 300 MiB、ディスク 5 MiB");
  CHECK(estimate_text({1200.0, 4096.0, 0.1}, 1) == "about 20 min on 1 core, 4.0 GiB of memory, 1 MiB of disk");
  CHECK(estimate_text({36'000.0, 300.0, 5.0}, 2) == "about 5.0 h on 2 cores, 300 MiB of memory, 5 MiB of disk");
}

TEST_CASE("a plan over its budget of memory is refused, with the cell that fits it") {
  constexpr std::uint64_t kMiB = 1U << 20U;
  const PlanInput fine = plan_of(10'000, 3.0);
  const auto needed_mib = static_cast<std::uint64_t>(run_estimate(fine).memory_mib);
  CHECK_NOTHROW(require_memory(fine, (needed_mib + 1) * kMiB));
  const std::uint64_t budget = needed_mib / 4 * kMiB;
  std::string told;
  try {
    require_memory(fine, budget);
  } catch (const InputError& error) {
    told = error.what();
  }
  const std::string before = "scenario.grid_m = ";
  const std::size_t at = told.find(before);
  INFO(told);
  REQUIRE(at != std::string::npos);
  const double cell_m = std::stod(told.substr(at + before.size()));
  const auto cells = static_cast<int>(10'000 * 3.0 / cell_m);
  CHECK_NOTHROW(require_memory(plan_of(cells, cell_m), budget));
  CHECK_THROWS_AS(require_memory(plan_of(static_cast<int>(cells / 0.8), 0.8 * cell_m), budget), InputError);
  CHECK_THROWS_WITH(require_memory(fine, kMiB), test::Contains("at least"));
}

TEST_CASE("a disk that has no room for the results is told of beforehand") {
  CHECK_NOTHROW(require_disk({.disk_mib = 1.0}, "/"));
  CHECK_THROWS_WITH(require_disk({.disk_mib = 1e12}, "/"), test::Contains("of disk, and"));
}
