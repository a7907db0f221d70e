// A plan that starts from an earlier one: the same bytes as from nothing, and no more work than what has changed.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "libsim/plan/earlier_sectors.hpp"
#include "libsim/plan/plan.hpp"
#include "tests/support/carriers.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace earlier {

constexpr double kRadius_m = 2'000.0;

Site mast(const std::string& id, const Grid& grid, double fx, double fy) {
  static const auto carrier = test::shared_shannon_carrier();
  Site site{.id = id,
            .position = {138.0 + 0.1 * fx, 35.0 + 0.1 * fy},
            .at = {grid.west_m + fx * grid.nx * grid.cell_m, grid.north_m - fy * grid.ny * grid.cell_m},
            .convergence_deg = 0.3};
  for (const double azimuth_deg : {20.0, 140.0, 260.0}) {
    site.sectors.push_back({.id = std::to_string(static_cast<int>(azimuth_deg)),
                            .freq_hz = 3.5e9,
                            .power_dbm = 35.0,
                            .subcarriers = 1272,
                            .tx_agl_m = 25.0,
                            .antenna = Element38901{},
                            .mounting = {.azimuth_deg = azimuth_deg},
                            .carrier = carrier});
  }
  return site;
}

PlanInput five_masts(bool loaded) {
  PlanInput input;
  input.world.ground.ground_asl_m = test::relief_square(400, 30.0, 3);
  const Grid& grid = input.world.ground.ground_asl_m.grid;
  input.network.sites = {mast("A", grid, 0.25, 0.25), mast("B", grid, 0.35, 0.3), mast("C", grid, 0.3, 0.4),
                         mast("D", grid, 0.8, 0.8), mast("E", grid, 0.7, 0.75)};
  input.engine.model = P526{};
  input.engine.coverage.radius_m = kRadius_m;
  input.engine.coverage.threads = 2;
  input.keep_path_loss = KeepPathLoss::always;
  if (loaded) {
    for (const auto& [fx, fy] : {std::pair{0.27, 0.26}, {0.33, 0.33}, {0.31, 0.38}, {0.78, 0.79}, {0.71, 0.76}}) {
      const Point at = grid.centre(static_cast<int>(fx * grid.nx), static_cast<int>(fy * grid.ny));
      input.traffic.fixed.push_back({"p", at, 4e6, 1e6});
    }
  }
  return input;
}

template <class T>
bool same_bytes(const Raster<T>& a, const Raster<T>& b) {
  return a.grid == b.grid && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(T)) == 0;
}

void require_same(const PlanResult& a, const PlanResult& b) {
  REQUIRE(same_bytes(a.maps.rsrp_dbm, b.maps.rsrp_dbm));
  REQUIRE(same_bytes(a.maps.best_server, b.maps.best_server));
  REQUIRE(same_bytes(a.maps.second_dbm, b.maps.second_dbm));
  REQUIRE(same_bytes(a.maps.second_server, b.maps.second_server));
  REQUIRE(same_bytes(a.maps.interference_dbm, b.maps.interference_dbm));
  REQUIRE(same_bytes(a.maps.contenders, b.maps.contenders));
  REQUIRE(a.service);
  REQUIRE(b.service);
  REQUIRE(same_bytes(a.service->sinr_db, b.service->sinr_db));
  REQUIRE(same_bytes(a.service->margin_db, b.service->margin_db));
  REQUIRE(same_bytes(a.service->dl_mbps, b.service->dl_mbps));
  REQUIRE(same_bytes(a.service->ul_mbps, b.service->ul_mbps));
  REQUIRE(same_bytes(a.service->dl_alone_mbps, b.service->dl_alone_mbps));
  REQUIRE(same_bytes(a.service->ul_alone_mbps, b.service->ul_alone_mbps));
  REQUIRE(same_bytes(a.service->state, b.service->state));
  REQUIRE(a.surveys.size() == b.surveys.size());
  for (std::size_t t = 0; t < a.surveys.size(); ++t) {
    CHECK(a.surveys[t].rim_cells == b.surveys[t].rim_cells);
    CHECK(a.surveys[t].rim_cells_above == b.surveys[t].rim_cells_above);
    CHECK(a.surveys[t].disc.radius_m == b.surveys[t].disc.radius_m);
    CHECK(a.surveys[t].disc.misfit == b.surveys[t].disc.misfit);
  }
  REQUIRE(a.warnings.size() == b.warnings.size());
  for (std::size_t i = 0; i < a.warnings.size(); ++i) CHECK(a.warnings[i].message == b.warnings[i].message);
  CHECK(a.statistics.area.covered_m2 == b.statistics.area.covered_m2);
}

struct Change {
  const char* what;
  std::function<void(Network&)> apply;
};

const std::vector<Change>& changes() {
  static const std::vector<Change> kChanges = {
      {"nothing", [](Network&) {}},
      {"a site moved",
       [](Network& network) {
         network.sites[1].at.x_m += 431.0;
         network.sites[1].position.lon_deg += 0.004;
       }},
      {"a tilt", [](Network& network) { network.sites[2].sectors[1].mounting.electrical_downtilt_deg = 6.0; }},
      {"a power", [](Network& network) { network.sites[3].sectors[0].power_dbm = 30.0; }},
      {"a height", [](Network& network) { network.sites[0].sectors[2].tx_agl_m = 41.0; }},
      {"another antenna", [](Network& network) { network.sites[4].sectors[0].antenna = IsotropicAntenna{3.0}; }},
      {"a load", [](Network& network) { network.sites[4].sectors[1].load = 0.25; }},
      {"the first switched off", [](Network& network) { network.sites[0].existing = false; }},
      {"the last switched off", [](Network& network) { network.sites[4].existing = false; }},
      {"one added",
       [](Network& network) {
         Site site = network.sites[3];
         site.id = "N";
         site.at.y_m += 517.0;
         site.position.lat_deg += 0.005;
         network.sites.push_back(site);
       }},
      {"the other way round", [](Network& network) { std::reverse(network.sites.begin(), network.sites.end()); }},
      {"another receiver's channel", [](Network& network) { network.sites[1].sectors[0].freq_hz = 3.6e9; }},
  };
  return kChanges;
}

}  // namespace earlier

TEST_CASE("whatever is changed, a plan that starts from an earlier one has the bytes of one from nothing") {
  const bool loaded = GENERATE(false, true);
  const PlanInput first = earlier::five_masts(loaded);
  const PlanResult before = plan(first);
  for (const earlier::Change& change : earlier::changes()) {
    INFO(change.what << (loaded ? ", with traffic" : ""));
    PlanInput input = first;
    change.apply(input.network);
    const PlanResult from_nothing = plan(input);
    for (const int threads : {1, 3}) {
      const PlanResult result = plan(input, {.threads = threads, .earlier = {{first, before}}});
      earlier::require_same(result, from_nothing);
      // And back again.
      earlier::require_same(plan(first, {.threads = threads, .earlier = {{input, result}}}), before);
    }
  }
}

TEST_CASE("maps are taken from the earlier plan where no changed sector reaches") {
  const PlanInput first = earlier::five_masts(false);
  PlanResult marked = plan(first);
  // What nothing could compute tells what was taken and what was made anew.
  constexpr float kMark = 77.0F;
  for (float& value : marked.maps.rsrp_dbm.values) value = std::isnan(value) ? value : kMark;
  for (float& value : marked.service->sinr_db.values) value = std::isnan(value) ? value : kMark;
  PlanInput input = first;
  input.network.sites[1].at.x_m += 431.0;
  input.network.sites[1].position.lon_deg += 0.004;
  const PlanResult result = plan(input, {.earlier = {{first, marked}}});
  const Grid& grid = result.grid;
  std::size_t taken = 0;
  std::size_t made = 0;
  std::size_t wrongly_taken = 0;
  std::size_t of_other_service = 0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const float rsrp_dbm = result.maps.rsrp_dbm.at(ix, iy);
      if (std::isnan(rsrp_dbm)) continue;
      const bool near = std::min(distance_m(grid.centre(ix, iy), first.network.sites[1].at),
                                 distance_m(grid.centre(ix, iy), input.network.sites[1].at)) < earlier::kRadius_m;
      if (rsrp_dbm != kMark) {
        ++made;
        continue;
      }
      ++taken;
      if (near) ++wrongly_taken;
      if (result.service->sinr_db.at(ix, iy) != kMark) ++of_other_service;
    }
  }
  CHECK(wrongly_taken == 0);
  CHECK(of_other_service == 0);
  // Sites D and E are in another corner of the plan.
  CHECK(taken > made / 2);
}

TEST_CASE("sectors are those of before only where every value is") {
  const PlanInput first = earlier::five_masts(false);
  const PlanResult before = plan(first);
  PlanInput input = first;
  input.network.sites[1].sectors[1].mounting.azimuth_deg += 1.0;
  const EarlierSectors one = earlier_sectors({first, before}, input, before.coverage);
  CHECK(std::count(one.before.begin(), one.before.end(), -1) == 1);
  CHECK(one.before[4] == -1);
  CHECK(one.now[4] == -1);
  CHECK(one.changed.size() == 2);
  const std::vector<int> transmitters = earlier_transmitters(one, before.coverage, before.coverage);
  for (std::size_t t = 0; t < transmitters.size(); ++t) {
    const int site = before.coverage.transmitters[t].site;
    CHECK(transmitters[t] == (site == 1 ? -1 : static_cast<int>(t)));
  }
  input = first;
  input.network.sites[2].convergence_deg += 0.1;
  const EarlierSectors turned = earlier_sectors({first, before}, input, before.coverage);
  CHECK(std::count(turned.before.begin(), turned.before.end(), -1) == 3);
  CHECK(same_targets(first, input));
  input.service.dl_min_mbps = 3.0;
  CHECK_FALSE(same_targets(first, input));
}

TEST_CASE("other service is found anew from the same maps") {
  const PlanInput first = earlier::five_masts(false);
  const PlanResult before = plan(first);
  PlanInput input = first;
  input.service.location_percent = 90.0;
  earlier::require_same(plan(input, {.earlier = {{first, before}}}), plan(input));
  CHECK_FALSE(earlier::same_bytes(plan(input).service->sinr_db, before.service->sinr_db));
}
