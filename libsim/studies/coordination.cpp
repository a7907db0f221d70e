#include "libsim/studies/coordination.hpp"

#include <cmath>
#include <limits>

#include "libsim/count/footprint_cells.hpp"

namespace amaneku {
namespace {

constexpr double kNoLevel = std::numeric_limits<double>::quiet_NaN();

/// Where a place is looked at: the point of a station, the cells of an area in order of row. `border`: a neighbour
/// is not of the place.
struct PlacePoints {
  std::vector<Point> points{};
  std::vector<bool> border{};
  std::size_t outside = 0;
};

PlacePoints points_of(const ProtectedPlace& place, const Grid& grid) {
  Raster<std::uint8_t> held(grid, 0);
  PlacePoints out;
  bool any = false;
  FootprintCells footprint(grid);
  footprint.for_each_run(place.area, [&](const CellRun& run) {
    any = any || run.begin < run.end;
    for_each_plan_cell(grid, run, [&](std::size_t cell) { held.values[cell] = 1; });
    const bool row_inside = run.row >= 0 && run.row < grid.ny;
    for (long long ix = run.begin; ix < run.end; ++ix)
      out.outside += row_inside && ix >= 0 && ix < grid.nx ? 0 : 1;
  });
  if (!any) {  // a station, or an area smaller than a cell
    if (grid.contains(place.at)) {
      out.points.push_back(place.at);
      out.border.push_back(true);
    } else {
      out.outside = 1;
    }
    return out;
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
  double dbm = kNoLevel;
  int strongest = -1;
  PathState missing = PathState::computed;
};

Received sum_of(const PointReception& reception, const Radio& radio) {
  double sum_mw = 0.0;
  double most_mw = 0.0;
  Received out{.missing = reception.missing};
  for (const PointPower& power : reception.powers) {
    const double mw =
        std::pow(10.0, 0.1 * static_cast<double>(power.power_dbm)) * radio.sector_of(power.sector).subcarriers;
    sum_mw += mw;
    if (mw > most_mw) {
      most_mw = mw;
      out.strongest = power.sector;
    }
  }
  if (sum_mw > 0.0) out.dbm = 10.0 * std::log10(sum_mw);
  return out;
}

CoordinationLevel level_of(const PlacePoints& place, const std::vector<Received>& received, double time_percent) {
  CoordinationLevel out{.time_percent = time_percent, .border_dbm = kNoLevel, .inside_dbm = kNoLevel};
  double highest = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < received.size(); ++i) {
    const double dbm = received[i].dbm;
    if (std::isnan(dbm)) {
      if (out.strongest < 0) out.missing = received[i].missing;
      continue;
    }
    out.missing = PathState::computed;
    if (place.border[i] && !(dbm <= out.border_dbm)) {
      out.border_dbm = dbm;
      out.border_at = place.points[i];
    }
    if (!(dbm <= out.inside_dbm)) {
      out.inside_dbm = dbm;
      out.inside_at = place.points[i];
    }
    if (dbm > highest) {
      highest = dbm;
      out.strongest = received[i].strongest;
    }
  }
  return out;
}

std::vector<Received> received(const Radio& radio, const std::vector<Point>& points) {
  std::vector<Received> out;
  const std::vector<PointReception> receptions =
      points.size() <= kMostExactCells ? radio.at(points) : radio.at_cells(points);
  for (const PointReception& reception : receptions) out.push_back(sum_of(reception, radio));
  return out;
}

CoordinationResult result_of(const ProtectedPlace& place, const CoordinationOptions& options, const Radio& radio) {
  const PlacePoints points = points_of(place, radio.coverage().grid);
  CoordinationResult out{.cells = points.points.size(),
                         .cells_outside = points.outside,
                         .exact = points.points.size() <= kMostExactCells};
  for (const double percent : options.time_percents) {
    const Radio at_station = radio.as({.receiver = Receiver{.rx_agl_m = place.rx_agl_m, .gain_dbi = 0.0},
                                       .model = P452{.time_percent = percent},
                                       .radius_m = options.radius_m});
    out.levels.push_back(level_of(points, received(at_station, points.points), percent));
    if (points.points.empty()) out.levels.back().missing = PathState::no_ground;
  }
  return out;
}

}  // namespace

std::vector<CoordinationResult> coordination_levels(const CoordinationOptions& options, const Radio& radio) {
  std::vector<CoordinationResult> out;
  for (const ProtectedPlace& place : options.places) out.push_back(result_of(place, options, radio));
  return out;
}

}  // namespace amaneku
