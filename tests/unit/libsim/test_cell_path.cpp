// One cell computed alone is the cell of the map, and its path is the one that the map's loss comes from.
#include <cmath>
#include <cstring>

#include "libsim/engine/transmitter_loss.hpp"
#include "propagation/radial_path.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

bool same_bits(float a, float b) {
  return std::memcmp(&a, &b, sizeof a) == 0;
}

/// Hills with a void, with trees and a sea.
Ground landscape() {
  Ground ground;
  ground.ground_asl_m = test::relief_square(140, 50.0, 11);
  const Grid& grid = ground.ground_asl_m.grid;
  ground.ground_asl_m.at(100, 70) = kNoData;
  ground.clutter_m = Raster<float>(grid, 0.0F);
  ground.zone = Raster<Zone>(grid, Zone::inland);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      ground.clutter_m.at(ix, iy) = (ix / 7 + iy / 5) % 3 == 0 ? 12.0F : 0.0F;
      if (ix > 110) ground.zone.at(ix, iy) = Zone::sea;
    }
  }
  return ground;
}

struct Covered {
  Ground ground = landscape();
  std::vector<Site> sites;
  CoverageOptions options;
  RadioModel model;
  Coverage network;

  Covered(const RadioModel& of, LossEngine engine)
      : options{.radius_m = 2500.0,
                .engine = engine,
                .added_losses = {make_model("p676"), make_model("p2108")},
                .threads = 1},
        model(of) {
    const Point middle = ground.ground_asl_m.grid.centre(70, 68);
    sites = {{.id = "A", .at = {middle.x_m + 11.0, middle.y_m - 17.0}, .sectors = {Sector{.id = "1"}}}};
    std::vector<Warning> warnings;
    network = compute_coverage(ground, sites, model, Receiver{}, options, warnings);
  }

  [[nodiscard]] LossJob job() { return loss_job(ground, sites[0], Receiver{}, options, network.transmitters[0]); }
  [[nodiscard]] float of_map(int ix, int iy) const {
    const TransmitterLoss& loss = network.transmitters[0];
    const int x = ix - loss.ix0;
    const int y = iy - loss.iy0;
    return loss.loss_db.grid.holds(x, y) ? loss.loss_db.at(x, y) : kNoData;
  }
};

const std::vector<std::string> kModels = {"free_space", "p526", "p1812", "p452", "itm", "extended_hata"};

}  // namespace

TEST_CASE("a cell computed alone is the cell of the map") {
  for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
    for (const std::string& id : kModels) {
      INFO(id << (engine == LossEngine::radial ? " radial" : " exact"));
      Covered covered(make_model(id), engine);
      const LossJob job = covered.job();
      int computed = 0;
      for (int iy = 1; iy < 140; iy += 9) {
        for (int ix = 3; ix < 140; ix += 7) {
          const CellPath cell = cell_path(job, covered.model, ix, iy);
          CHECK(same_bits(cell.loss_db, covered.of_map(ix, iy)));
          CHECK(cell.profile.distance_m.empty() == std::isnan(cell.loss_db));
          if (!std::isnan(cell.loss_db)) ++computed;
        }
      }
      CHECK(computed > 80);
    }
  }
}

TEST_CASE("the cell of the site itself is the one of the map") {
  Covered covered(make_model("p526"), LossEngine::radial);
  const CellPath cell = cell_path(covered.job(), covered.model, 70, 68);
  CHECK(same_bits(cell.loss_db, covered.of_map(70, 68)));
  CHECK(cell.profile.distance_m.size() == 2);
}

TEST_CASE("the path of a cell gives the loss of the cell") {
  for (const LossEngine engine : {LossEngine::radial, LossEngine::exact}) {
    for (const std::string& id : kModels) {
      INFO(id << (engine == LossEngine::radial ? " radial" : " exact"));
      Covered covered(make_model(id), engine);
      const LossJob job = covered.job();
      for (int iy = 30; iy < 110; iy += 11) {
        for (int ix = 25; ix < 115; ix += 13) {
          const CellPath cell = cell_path(job, covered.model, ix, iy);
          if (std::isnan(cell.loss_db)) continue;
          const ProfileView view = cell.profile.view();
          RadialPath radial;
          const Terrain terrain = terrain_of(covered.model);
          const PathGeometry path = engine == LossEngine::radial
                                        ? radial.geometry(job.link, view, terrain, cell.own_samples)
                                        : extract_path(job.link, view, terrain);
          const TotalLoss total = explain_total(covered.model, covered.options.added_losses, job.link, path);
          INFO(ix << ' ' << iy << ", " << view.size() << " points");
          CHECK(total.loss_db == Approx(static_cast<double>(cell.loss_db)).margin(2e-3));
          CHECK(path.distance_m == Approx(distance_m(covered.sites[0].at, covered.network.grid.centre(ix, iy))));
        }
      }
    }
  }
}
