#include "libsim/studies/routes/moving_load.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

/// The sample where a vehicle is so long after it started; the law never falls.
std::size_t sample_at(const mobility::TimeLaw& law, double since_s) {
  const auto next = std::upper_bound(law.arrive_s.begin(), law.arrive_s.end(), since_s);
  return static_cast<std::size_t>(next - law.arrive_s.begin()) - 1;
}

struct Ask {
  int vehicles = 0;
  double share = 0.0;
  double ul_mbps = 0.0;
};

}  // namespace

MovingLoad moving_load(std::span<const CourseTraffic> traffic, const CourseNetwork& network) {
  // [second of the day][sector]; only seconds with a vehicle exist.
  std::map<long long, std::map<int, Ask>> seconds;
  std::map<long long, int> vehicles;
  for (const CourseTraffic& of : traffic) {
    const double ends_s = of.law.depart_s.empty() ? of.law.arrive_s.back() : of.law.depart_s.back();
    for (const double departs_s : of.departures_s) {
      for (long long t = std::llround(std::ceil(departs_s)); static_cast<double>(t) <= departs_s + ends_s; ++t) {
        ++vehicles[t];
        const SampleService& here = of.service[sample_at(of.law, static_cast<double>(t) - departs_s)];
        if (here.cell < 0 || !(here.ul_alone_mbps > 0.0F)) continue;
        Ask& ask = seconds[t][of.sectors[index_of(here.cell)]];
        ++ask.vehicles;
        ask.share += of.need.ul_mbps / static_cast<double>(here.ul_alone_mbps);
        ask.ul_mbps += of.need.ul_mbps;
      }
    }
  }
  MovingLoad out;
  for (const auto& [t, count] : vehicles) out.most_vehicles = std::max(out.most_vehicles, count);
  std::map<int, MovingCell> cells;
  for (const auto& [t, asks] : seconds) {
    bool any = false;
    for (const auto& [sector, ask] : asks) {
      MovingCell& cell = cells[sector];
      cell.sector = sector;
      cell.other_share = 1.0 - network.free[index_of(sector)].uplink;
      cell.most_vehicles = std::max(cell.most_vehicles, ask.vehicles);
      if (ask.share > cell.most_share) {
        cell.most_share = ask.share;
        cell.most_ul_mbps = ask.ul_mbps;
      }
      if (ask.share + cell.other_share <= 1.0) continue;
      any = true;
      if (cell.overload_s == 0.0) cell.first_overload_s = static_cast<double>(t);
      cell.overload_s += 1.0;
    }
    out.overload_s += any ? 1.0 : 0.0;
  }
  for (const auto& [sector, cell] : cells) out.cells.push_back(cell);
  return out;
}

}  // namespace amaneku
