// Candidates that are proposed: the best place of each square, what is left out, the list that selection reads.
#include "scenarios/output/candidates.hpp"

#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "scenarios/read/select_sites.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using test::SmallWorld;

namespace candidates_test {

constexpr double kSpacing_m = 1600.0;

ProposalOptions anywhere() {
  return {.spacing_m = kSpacing_m,
          .most = 100'000,
          .radius_m = 5000.0,
          .slope_at_most_deg = 90.0,
          .road_within_m = std::numeric_limits<double>::infinity()};
}

/// The whole lattice cells of a place.
std::pair<int, int> square_of(const Proposal& proposal, Point at) {
  const Grid& places = proposal.sight.grid;
  const double side_m = std::round(kSpacing_m / places.cell_m) * places.cell_m;
  return {static_cast<int>((at.x_m - places.west_m) / side_m),
          static_cast<int>((places.north_m - at.y_m) / side_m)};
}

MultiPolygon box(Point at, double half_m) {
  Polygon square;
  square.outer = {{at.x_m - half_m, at.y_m - half_m},
                  {at.x_m + half_m, at.y_m - half_m},
                  {at.x_m + half_m, at.y_m + half_m},
                  {at.x_m - half_m, at.y_m + half_m},
                  {at.x_m - half_m, at.y_m - half_m}};
  return {{square}};
}

}  // namespace candidates_test

using namespace candidates_test;

TEST_CASE("each square has the place that sees most, as every place of it says", "[selection]") {
  const SmallWorld small;
  const Scenario scenario = load(small.scenario());
  const World& world = scenario.input.world;
  const Proposal all = proposed_sites(world, {}, anywhere());
  REQUIRE(all.sites.size() > 10);
  std::set<std::pair<int, int>> squares;
  for (const ProposedSite& site : all.sites) {
    CHECK(squares.insert(square_of(all, site.at)).second);
    const double value = site.people + 0.01 * site.road_m;
    const Grid& places = all.sight.grid;
    for (int iy = 0; iy < places.ny; ++iy) {
      for (int ix = 0; ix < places.nx; ++ix) {
        if (square_of(all, places.centre(ix, iy)) != square_of(all, site.at)) continue;
        const double there = static_cast<double>(all.sight.people.at(ix, iy)) +
                             0.01 * static_cast<double>(all.sight.road_m.at(ix, iy));
        CHECK(there <= value);
      }
    }
  }

  ProposalOptions few = anywhere();
  few.most = 4;
  const Proposal best = proposed_sites(world, {}, few);
  CHECK(best.sites.size() == 4);
  CHECK(best.squares_left_out == all.sites.size() - 4);

  ProposalOptions without = anywhere();
  without.excluded = {box(all.sites.front().at, 200.0)};
  const Proposal around = proposed_sites(world, {}, without);
  CHECK(around.excluded > 0);
  for (const ProposedSite& site : around.sites) CHECK_FALSE(contains(without.excluded.front(), site.at));

  ProposalOptions flat = anywhere();
  flat.slope_at_most_deg = 3.0;
  const Proposal gentle = proposed_sites(world, {}, flat);
  CHECK(gentle.too_steep > 0);
  for (const ProposedSite& site : gentle.sites) CHECK(site.slope_deg <= 3.0);

  ProposalOptions near = anywhere();
  near.road_within_m = 150.0;
  const Proposal beside = proposed_sites(world, {}, near);
  CHECK(beside.too_far > 0);
  for (const ProposedSite& site : beside.sites) CHECK(site.to_road_m <= 150.0);
}

TEST_CASE("what is covered is not looked for, and options that cannot be are refused", "[selection]") {
  const SmallWorld small;
  const Scenario scenario = load(small.scenario());
  const World& world = scenario.input.world;
  CHECK(proposed_sites(world, std::vector<bool>(world.grid().cells(), true), anywhere()).sites.empty());
  ProposalOptions fine = anywhere();
  fine.spacing_m = 20.0;
  CHECK_THROWS_WITH(proposed_sites(world, {}, fine), test::Contains("finer than the cells"));
  ProposalOptions rail = anywhere();
  rail.road_class = "rail";
  CHECK_THROWS_WITH(proposed_sites(world, {}, rail), test::Contains("no road in the open has this class"));
}

TEST_CASE("a list of candidates is what the selection reads", "[selection]") {
  const SmallWorld small;
  const Scenario scenario = load(small.scenario());
  const Crs crs = Crs::from_text(scenario.input.world.crs_id);
  const Proposal proposal = proposed_sites(scenario.input.world, {}, anywhere());
  const Site& like = scenario.input.network.sites.front();
  check_candidates_folder(small.file("list"));
  write_candidates(small.file("list"), proposal, crs, {.prefix = "Q", .like = &like});
  check_candidates_folder(small.file("list"));
  CHECK(std::filesystem::exists(small.file("list") / "people_in_sight.tif"));
  CHECK_THROWS_AS(check_candidates_folder(small.file("").parent_path()), InputError);
  small.edit("[sector_defaults]",
             "[selection]\nobjective = \"sites\"\nsites_at_most = 1\n\n[[selection.candidates]]\npath = "
             "\"list/candidates.csv\"\n\n[sector_defaults]");
  const Scenario with = load(small.scenario());
  REQUIRE(with.input.network.sites.size() == scenario.input.network.sites.size() + proposal.sites.size());
  const Site& first = with.input.network.sites[scenario.input.network.sites.size()];
  CHECK(first.id == "Q001");
  CHECK_FALSE(first.existing);
  CHECK(first.sectors.size() == like.sectors.size());
  CHECK(distance_m(first.at, proposal.sites.front().at) < 0.2);
  CHECK(first.sectors.front().mounting.azimuth_deg == like.sectors.front().mounting.azimuth_deg);
  const Planned planned = select_sites(load(small.scenario()), small.file("out"));
  CHECK(planned.studies.get<SelectionStudy>().report->chosen.size() == 1);
}
