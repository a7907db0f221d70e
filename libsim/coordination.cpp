#include "libsim/coordination.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "libsim/footprint_cells.hpp"
#include "libsim/plan.hpp"
#include "libsim/point_powers.hpp"
#include "libsim/site_loop.hpp"
#include "libsim/target_cells.hpp"

namespace amaneku {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// The cells of a place that the plan has, in order of row; `border`: a neighbour is not of the place.
struct PlaceCells {
  std::vector<Point> points{};
  std::vector<bool> border{};
  std::size_t outside = 0;
};

PlaceCells cells_of(const ProtectedPlace& place, const Grid& grid) {
  Raster<std::uint8_t> held(grid, 0);
  PlaceCells out;
  bool any = false;
  FootprintCells footprint(grid);
  footprint.for_each_run(place.area, [&](const CellRun& run) {
    for (long long ix = run.begin; ix < run.end; ++ix) {
      any = true;
      const bool inside = run.row >= 0 && run.row < grid.ny && ix >= 0 && ix < grid.nx;
      if (inside) held.at(static_cast<int>(ix), static_cast<int>(run.row)) = 1;
      out.outside += inside ? 0 : 1;
    }
  });
  if (!any) {  // a station, or an area smaller than a cell
    const std::size_t cell = cell_holding(grid, place.at);
    if (cell == kNoCell) {
      out.outside = 1;
    } else {
      held.values[cell] = 1;
    }
  }
  const auto is_held = [&](int ix, int iy) { return grid.holds(ix, iy) && held.at(ix, iy) != 0; };
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (!is_held(ix, iy)) continue;
      out.points.push_back(grid.centre(ix, iy));
      out.border.push_back(!is_held(ix - 1, iy) || !is_held(ix + 1, iy) || !is_held(ix, iy - 1) ||
                           !is_held(ix, iy + 1));
    }
  }
  return out;
}

/// Power of whole carriers, all sectors together, and the strongest of them.
struct Received {
  double dbm = kNone;
  int strongest = -1;
};

Received sum_of(const std::vector<PointPower>& powers, const PlanInput& input, const CoverageGrid& network) {
  double sum_mw = 0.0;
  double most_mw = 0.0;
  Received out;
  for (const PointPower& power : powers) {
    const SectorRef& ref = network.sectors[static_cast<std::size_t>(power.sector)];
    const Sector& sector =
        input.sites[static_cast<std::size_t>(ref.site)].sectors[static_cast<std::size_t>(ref.sector)];
    const double mw = std::pow(10.0, 0.1 * static_cast<double>(power.power_dbm)) * sector.subcarriers;
    sum_mw += mw;
    if (mw > most_mw) {
      most_mw = mw;
      out.strongest = power.sector;
    }
  }
  if (sum_mw > 0.0) out.dbm = 10.0 * std::log10(sum_mw);
  return out;
}

CoordinationLevel level_of(const PlaceCells& cells, const std::vector<Received>& received, double time_percent) {
  CoordinationLevel out{.time_percent = time_percent, .border_dbm = kNone, .inside_dbm = kNone};
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < received.size(); ++i) {
    const double dbm = received[i].dbm;
    if (std::isnan(dbm)) continue;
    if (cells.border[i] && !(dbm <= out.border_dbm)) {
      out.border_dbm = dbm;
      out.border_at = cells.points[i];
    }
    if (!(dbm <= out.inside_dbm)) {
      out.inside_dbm = dbm;
      out.inside_at = cells.points[i];
    }
    if (dbm > highest) {
      highest = dbm;
      out.strongest = received[i].strongest;
    }
  }
  return out;
}

class PlaceLevels {
 public:
  PlaceLevels(const PlanInput& input, const CoverageGrid& network, CoverageOptions coverage)
      : input_(input), network_(network), coverage_(std::move(coverage)) {
    coverage_.radius_m = input.coordination->radius_m;
  }

  [[nodiscard]] CoordinationResult of(const ProtectedPlace& place) const {
    const PlaceCells cells = cells_of(place, network_.grid);
    CoordinationResult out{.cells = cells.points.size(), .cells_outside = cells.outside};
    for (const double percent : input_.coordination->time_percents) {
      out.levels.push_back(level_of(cells, received(place, cells, percent), percent));
    }
    return out;
  }

 private:
  [[nodiscard]] std::vector<Received> received(const ProtectedPlace& place, const PlaceCells& cells,
                                               double time_percent) const {
    if (cells.points.empty()) return {};
    const Receiver receiver{.rx_agl_m = place.rx_agl_m, .gain_dbi = 0.0};
    std::vector<Warning> ignored;
    const auto height = [&](Point at) { return sample_bilinear(input_.ground.ground_asl_m, at); };
    CoverageGrid network = list_transmitters(network_.grid, input_.sites, height, ignored);
    PointPowers powers(network, input_.sites, input_.ground.ground_asl_m, receiver, cells.points);
    const RadioModel model = P452{.time_percent = time_percent};
    const auto all_of_it = [&](const Grid&) {
      return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &input_.ground);
    };
    run_site_loop({input_.sites, model, receiver, coverage_, all_of_it}, {},
                  {.loss = [&](std::size_t t, const TransmitterLoss& loss) { powers.take(t, loss); }}, network);
    std::vector<Received> out;
    for (const std::vector<PointPower>& at : powers.by_point()) out.push_back(sum_of(at, input_, network));
    return out;
  }

  const PlanInput& input_;
  const CoverageGrid& network_;
  CoverageOptions coverage_;
};

}  // namespace

std::vector<CoordinationResult> coordination_levels(const PlanInput& input, const CoverageGrid& network,
                                                    const CoverageOptions& coverage) {
  const PlaceLevels levels(input, network, coverage);
  std::vector<CoordinationResult> out;
  for (const ProtectedPlace& place : input.coordination->places) out.push_back(levels.of(place));
  return out;
}

}  // namespace amaneku
