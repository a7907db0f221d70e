#include "libsim/studies/selection/site_reach.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "libsim/maps/point_powers.hpp"
#include "libsim/maps/site_loop.hpp"

namespace amaneku {
namespace {

// Powers are rounded to float after they were held against the floor.
constexpr double kRounding_db = 1e-3;

/// Points that a power can serve at all.
struct Servable {
  std::vector<std::uint32_t> index{};  ///< into the points of the caller
  std::vector<Point> at{};
  double weakest_dbm = std::numeric_limits<double>::infinity();
};

Servable servable(std::span<const NeedPoint> points, const Grid& grid) {
  Servable out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!std::isfinite(points[i].level_dbm)) continue;
    const auto nx = static_cast<std::size_t>(grid.nx);
    out.index.push_back(static_cast<std::uint32_t>(i));
    out.at.push_back(grid.centre(static_cast<int>(points[i].cell % nx), static_cast<int>(points[i].cell / nx)));
    out.weakest_dbm = std::min(out.weakest_dbm, points[i].level_dbm);
  }
  return out;
}

/// A site of its own network, on air.
std::vector<Site> on_air(std::span<const Site> sites) {
  std::vector<Site> out(sites.begin(), sites.end());
  for (Site& site : out) site.existing = true;
  return out;
}

}  // namespace

std::vector<std::vector<std::uint32_t>> reach_of_sites(const ReachInput& input, std::span<const NeedPoint> points,
                                                       std::vector<Warning>& warnings, const Progress& progress) {
  const Raster<float>& ground = input.world.ground.ground_asl_m;
  const Servable wanted = servable(points, ground.grid);
  const std::span<const Site> sites(input.sites);
  std::vector<std::vector<std::uint32_t>> out(sites.size());
  for (std::size_t first = 0; first < sites.size() && !wanted.at.empty(); first += kReachSites) {
    const std::vector<Site> some = on_air(sites.subspan(first, std::min(kReachSites, sites.size() - first)));
    Coverage coverage = list_transmitters(
        ground.grid, some, [&](Point at) { return sample_bilinear(ground, at); }, warnings);
    coverage.effective_earth_radius_m = input.engine.coverage.effective_earth_radius_m;
    PointPowers powers(coverage, some, ground, input.receiver, wanted.at, wanted.weakest_dbm - kRounding_db);
    const auto all_of_it = [&](const Grid&) {
      return std::shared_ptr<const Ground>(std::shared_ptr<const Ground>(), &input.world.ground);
    };
    const auto share = [&](double done) {
      if (progress)
        progress((static_cast<double>(first) + done * static_cast<double>(some.size())) /
                 static_cast<double>(sites.size()));
    };
    run_site_loop({some, input.engine.model, input.receiver, input.engine.coverage, all_of_it}, {},
                  {.loss = [&](std::size_t t, const TransmitterLoss& loss) { powers.take(t, loss); }}, coverage,
                  share);
    const std::vector<std::vector<PointPower>> by_point = powers.by_point();
    for (std::size_t i = 0; i < by_point.size(); ++i) {
      const std::uint32_t point = wanted.index[i];
      for (const PointPower& power : by_point[i]) {
        if (static_cast<double>(power.power_dbm) < points[point].level_dbm) continue;
        const auto site = static_cast<std::size_t>(coverage.sectors[static_cast<std::size_t>(power.sector)].site);
        std::vector<std::uint32_t>& served = out[first + site];
        if (served.empty() || served.back() != point) served.push_back(point);
      }
    }
  }
  return out;
}

std::vector<double> people_of_sites(const SelectionDemand& demand,
                                    std::span<const std::vector<std::uint32_t>> reach) {
  std::vector<double> of_point(demand.points.size(), 0.0);
  const SelectionNeed& people = demand.needs.front();
  for (std::size_t i = 0; i < people.points.size(); ++i) of_point[people.points[i]] = people.amounts[i];
  std::vector<double> out;
  for (const std::vector<std::uint32_t>& served : reach) {
    double sum = 0.0;
    for (const std::uint32_t point : served) sum += of_point[point];
    out.push_back(sum);
  }
  return out;
}

}  // namespace amaneku
