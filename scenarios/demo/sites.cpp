#include "scenarios/demo/sites.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace amaneku::scenarios::demo {

namespace {

/// Where a mast for the people around `near` would stand: on a rise beside the houses, not on a summit far away.
Point mast_ground(Point near, double reach_m, const Relief& relief, const Survey& survey) {
  const Grid& grid = relief.survey_m.grid;
  const int land = survey.land[grid.index(grid.column_of(near.x_m), grid.row_of(near.y_m))];
  const double foot_m = static_cast<double>(relief.survey_m.at(grid.column_of(near.x_m), grid.row_of(near.y_m)));
  Point best = near;
  double highest = -1.0e9;
  for (int iy = 1; iy + 1 < grid.ny; ++iy) {
    for (int ix = 1; ix + 1 < grid.nx; ++ix) {
      const Point p = grid.centre(ix, iy);
      const double away = distance_m(p, near);
      if (away > reach_m || survey.land[grid.index(ix, iy)] != land) continue;
      if (relief.flow.drained_m2[grid.index(ix, iy)] > 4.0e6F) continue;
      const double rise_m = std::clamp(static_cast<double>(relief.survey_m.at(ix, iy)) - foot_m, 0.0, 60.0);
      const double score =
          rise_m / 60.0 - 1.1 * away / reach_m - 1.2 * static_cast<double>(survey.slope.at(ix, iy));
      if (score <= highest) continue;
      highest = score;
      best = p;
    }
  }
  return best;
}

int rounded_azimuth(Point from, Point to) {
  const int azimuth = static_cast<int>(std::lround(grid_azimuth_deg(from, to) / 10.0)) * 10;
  return azimuth % 360;
}

/// Whether masts on two places see each other with air enough around the ray for microwaves.
bool see_each_other(const Relief& relief, Point a, Point b) {
  constexpr double kAntenna_agl_m = 19.0;
  constexpr double kAir_m = 10.0;  // in the middle: more than 0.6 of the first Fresnel zone at 6 GHz and 10 km
  constexpr double kWorstEarth_m = 4.2e6;  // k = 2/3
  constexpr double kStep_m = 30.0;
  const double length_m = distance_m(a, b);
  const auto ground_m = [&](double part) {
    const float asl_m =
        sample_bilinear(relief.ground_asl_m, {a.x_m + part * (b.x_m - a.x_m), a.y_m + part * (b.y_m - a.y_m)});
    return std::isnan(asl_m) ? 0.0 : static_cast<double>(asl_m);
  };
  const double first_m = ground_m(0.0) + kAntenna_agl_m;
  const double last_m = ground_m(1.0) + kAntenna_agl_m;
  const int steps = static_cast<int>(length_m / kStep_m) + 1;
  for (int i = 1; i < steps; ++i) {
    const double part = static_cast<double>(i) / steps;
    const double both = part * (1.0 - part);
    const double needed_m = both * length_m * length_m / (2.0 * kWorstEarth_m) + kAir_m * 2.0 * std::sqrt(both);
    if ((1.0 - part) * first_m + part * last_m < ground_m(part) + needed_m) return false;
  }
  return true;
}

/// The site farthest from all others.
const DemoSite& loneliest(const std::vector<DemoSite>& sites) {
  const auto alone_m = [&](const DemoSite& site) {
    double nearest_m = 1e9;
    for (const DemoSite& other : sites) {
      if (&other != &site) nearest_m = std::min(nearest_m, distance_m(site.at, other.at));
    }
    return nearest_m;
  };
  return *std::max_element(sites.begin(), sites.end(),
                           [&](const DemoSite& a, const DemoSite& b) { return alone_m(a) < alone_m(b); });
}

/// A height from which microwaves reach the loneliest site and another one, with the shortest way over both hops;
/// none within reach: that site itself.
Point mountain_between(const std::vector<DemoSite>& sites, const DemoSite& lonely, const Relief& relief) {
  constexpr double kReach_m = 4'000.0;
  constexpr double kLongestHop_m = 12'000.0;
  constexpr double kHigh_m = 100.0;
  constexpr int kEvery = 4;
  const Grid& grid = relief.survey_m.grid;
  Point best = lonely.at;
  double least_m = 2.0 * kLongestHop_m;
  for (int iy = 0; iy < grid.ny; iy += kEvery) {
    for (int ix = 0; ix < grid.nx; ix += kEvery) {
      const Point at = grid.centre(ix, iy);
      const double near_m = distance_m(at, lonely.at);
      if (near_m > kReach_m || near_m < 500.0 || static_cast<double>(relief.survey_m.at(ix, iy)) < kHigh_m)
        continue;
      if (!see_each_other(relief, at, lonely.at)) continue;
      for (const DemoSite& other : sites) {
        const double far_m = distance_m(at, other.at);
        if (&other == &lonely || far_m > kLongestHop_m || near_m + far_m >= least_m) continue;
        if (!see_each_other(relief, at, other.at)) continue;
        least_m = near_m + far_m;
        best = at;
      }
    }
  }
  return best;
}

/// Three sectors, the first towards the houses; a small place has two, the second along the valley.
std::vector<DemoSector> sectors_towards(Point mast, const Settlement& settlement) {
  const int first = distance_m(mast, settlement.at) > 1.0 ? rounded_azimuth(mast, settlement.at) : 0;
  if (settlement.people < 700) return {{first, 3}, {(first + 140) % 360, 3}};
  return {{first, 5}, {(first + 120) % 360, 4}, {(first + 240) % 360, 4}};
}

std::string numbered(const char* prefix, std::size_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "%s%02zu", prefix, number);
  return text;
}

/// Hamlets in the order in which a planner would serve them: many people first.
std::vector<std::size_t> hamlets_by_size(const std::vector<Settlement>& settlements) {
  std::vector<std::size_t> order(settlements.size() - kSeats);
  std::iota(order.begin(), order.end(), kSeats);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return settlements[a].people > settlements[b].people; });
  return order;
}

Place place_beside(const Settlement& settlement, const char* kind, const Name& suffix, Point at) {
  return {kind, {settlement.name.ja + suffix.ja, settlement.name.en + suffix.en}, at};
}

/// The cell nearest to `near` that `fits`, or `near` itself where none does within 3 km.
template <class Fits>
Point nearest_cell(const Grid& grid, Point near, const Fits& fits) {
  Point best = near;
  double least = 3000.0;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const double away = distance_m(grid.centre(ix, iy), near);
      if (away >= least || !fits(grid.index(ix, iy))) continue;
      least = away;
      best = grid.centre(ix, iy);
    }
  }
  return best;
}

}  // namespace

std::vector<DemoSite> place_sites(const std::vector<Settlement>& settlements, const RoadNetwork& roads,
                                  const Relief& relief, const Survey& survey) {
  constexpr std::size_t kPlanned = 10;
  constexpr double kServes_m = 3200.0;
  std::vector<DemoSite> sites;
  std::size_t reserve = 0;
  const auto add = [&](const Settlement& settlement, const Name& suffix, double reach_m, bool existing) {
    const Point at = mast_ground(settlement.at, reach_m, relief, survey);
    const std::string id = existing ? numbered("S", sites.size() - reserve + 1) : numbered("C", reserve + 1);
    sites.push_back({id,
                     {settlement.name.ja + suffix.ja, settlement.name.en + suffix.en},
                     at,
                     existing,
                     existing || settlement.people > 150,
                     settlement.people > 2000 ? 30 : 20,
                     sectors_towards(at, settlement)});
    if (!existing) ++reserve;
  };
  add(settlements[0], {"中央", " Chuo"}, 300.0, true);
  add(settlements[0], {"高台", " Takadai"}, 2600.0, true);
  add(settlements[1], {"中央", " Chuo"}, 1300.0, true);
  add(settlements[2], {"中央", " Chuo"}, 1300.0, true);
  add(settlements[3], {"中央", " Chuo"}, 1000.0, true);
  const std::vector<std::size_t> hamlets = hamlets_by_size(settlements);
  // The next masts go to the largest hamlets that are far from every mast so far.
  std::vector<std::size_t> unserved;
  for (const std::size_t hamlet : hamlets) {
    const bool far = std::none_of(sites.begin(), sites.end(), [&](const DemoSite& site) {
      return distance_m(site.at, settlements[hamlet].at) < kServes_m;
    });
    if (far && sites.size() < kPlanned) {
      add(settlements[hamlet], {}, 900.0, true);
    } else {
      unserved.push_back(hamlet);
    }
  }
  // One on a height, where fibre would be dear and a chain of microwave hops is not.
  const DemoSite lonely = loneliest(sites);
  const Point mountain = mountain_between(sites, loneliest(sites), relief);
  if (distance_m(mountain, lonely.at) > 1.0) {
    const int azimuth = rounded_azimuth(mountain, lonely.at);
    sites.push_back({numbered("S", sites.size() + 1),
                     {lonely.name.ja + "山", lonely.name.en + " Yama"},
                     mountain,
                     true,
                     false,
                     20,
                     {{azimuth, 3}, {(azimuth + 140) % 360, 3}}});
  }
  add(settlements[4], {"港", " Port"}, 700.0, false);
  for (const std::size_t hamlet : unserved) add(settlements[hamlet], {}, 900.0, false);
  for (std::size_t i = 0; i < roads.interchanges.size(); ++i) {
    const Settlement gate{settlements[i].name, roads.interchanges[i], 100, 0.0, 0.0};
    add(gate, {"IC", " IC"}, 600.0, false);
  }
  return sites;
}

std::vector<Place> name_places(const std::vector<Settlement>& settlements, const RoadNetwork& roads,
                               const Relief& relief, const Survey& survey) {
  const Grid& grid = relief.survey_m.grid;
  const auto beside = [&](const Settlement& settlement, double east_m, double north_m) {
    const Point wish{settlement.at.x_m + east_m, settlement.at.y_m + north_m};
    return nearest_cell(grid, wish, [&](std::size_t cell) { return survey.level.values[cell] > 0.4F; });
  };
  std::vector<Place> places;
  const Settlement& main = settlements[0];
  places.push_back(
      place_beside(main, "exchange_office", {"収容局", " exchange office"}, beside(main, 180.0, -120.0)));
  const Settlement& upper = settlements[2];
  places.push_back(
      place_beside(upper, "exchange_office", {"収容局", " exchange office"}, beside(upper, 120.0, 100.0)));
  for (std::size_t seat = 0; seat < kSeats; ++seat) {
    const Settlement& town = settlements[seat];
    const bool village = town.people < 1000;
    places.push_back(place_beside(town, "town_hall",
                                  {village ? "村役場" : "町役場", village ? " village office" : " town hall"},
                                  beside(town, 0.0, 0.0)));
    places.push_back(place_beside(town, "clinic", {"診療所", " clinic"}, beside(town, -240.0, 120.0)));
    places.push_back(place_beside(town, "school", {"小中学校", " school"}, beside(town, 120.0, 300.0)));
  }
  for (const std::size_t seat : {std::size_t{0}, std::size_t{1}, kSeats - 1}) {
    const Point shore = nearest_cell(grid, settlements[seat].at, [&](std::size_t cell) {
      return relief.sea[cell] == 0 && survey.coast_m.values[cell] < 90.0F;
    });
    places.push_back(place_beside(settlements[seat], "port", {"港", " port"}, shore));
  }
  for (std::size_t i = 0; i < roads.interchanges.size(); ++i) {
    places.push_back(place_beside(settlements[i], "interchange", {"IC", " IC"}, roads.interchanges[i]));
  }
  return places;
}

}  // namespace amaneku::scenarios::demo
