#include "libsim/visibility/first_sites.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "libsim/parallel.hpp"

namespace amaneku {
namespace {

struct Inhabited {
  int ix;
  int iy;
  double people;
};

/// Candidates and what they see.
struct Candidate {
  int ix = 0;
  int iy = 0;
  double people = 0.0;
  std::vector<std::uint32_t> seen{};  ///< indices of inhabited places, ascending
};

/// The people of squares of so many cells, on that cell of each where most of them live (the first of equals).
std::vector<Inhabited> inhabited_squares(const VisibilityWorld& world, int side) {
  const Grid& grid = world.grid;
  const int across = (grid.nx + side - 1) / side;
  std::vector<Inhabited> squares(static_cast<std::size_t>(across * ((grid.ny + side - 1) / side)), {0, 0, 0.0});
  std::vector<float> most(squares.size(), 0.0F);
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const float people = world.people[grid.index(ix, iy)];
      const auto k = static_cast<std::size_t>(iy / side * across + ix / side);
      squares[k].people += double{people};
      if (people > most[k]) {
        most[k] = people;
        squares[k].ix = ix;
        squares[k].iy = iy;
      }
    }
  }
  std::erase_if(squares, [](const Inhabited& square) { return square.people <= 0.0; });
  return squares;
}

/// Cells, or as large squares of them as make few enough.
std::vector<Inhabited> inhabited_places(const VisibilityWorld& world) {
  constexpr std::size_t kMostPlaces = 12'000;
  int side = 1;
  std::vector<Inhabited> places = inhabited_squares(world, side);
  while (places.size() > kMostPlaces) places = inhabited_squares(world, ++side);
  return places;
}

/// Side of a square of candidates, in observers.
int block_of(const Grid& observers, const FirstSitesOptions& options) {
  int side = std::max(1, static_cast<int>(std::lround(options.block_m / observers.cell_m)));
  const auto squares = [&] { return ((observers.nx + side - 1) / side) * ((observers.ny + side - 1) / side); };
  while (squares() > options.most_candidates) ++side;
  return side;
}

/// Of each square the place that sees most people. Ties go to the north, then the west.
std::vector<Candidate> candidates_of(const VisibilityWorld& world, const std::vector<bool>& allowed,
                                     const FirstSitesOptions& options) {
  const TotalVisibility seen =
      total_visibility(world, {.observer_agl_m = options.observer_agl_m,
                               .target_agl_m = options.target_agl_m,
                               .radius_m = options.radius_m,
                               .effective_earth_radius_m = options.effective_earth_radius_m,
                               .stride = options.stride,
                               .arc_cells = 8.0,  // sight is judged again line by line
                               .threads = options.threads});
  const int side = block_of(seen.grid, options);
  const int across = (seen.grid.nx + side - 1) / side;
  std::vector<Candidate> best(static_cast<std::size_t>(across * ((seen.grid.ny + side - 1) / side)));
  for (int j = 0; j < seen.grid.ny; ++j) {
    for (int i = 0; i < seen.grid.nx; ++i) {
      const Candidate here{.ix = observer_cell(i, options.stride),
                           .iy = observer_cell(j, options.stride),
                           .people = double{seen.people.at(i, j)}};
      const bool may = allowed.empty() || allowed[world.grid.index(here.ix, here.iy)];
      Candidate& square = best[static_cast<std::size_t>(j / side * across + i / side)];
      if (may && here.people > square.people) square = here;  // NaN: no ground
    }
  }
  std::erase_if(best, [](const Candidate& square) { return square.people <= 0.0; });
  return best;
}

/// Whether the eye sees a target over the cell, along the straight line between the centres, a sample for each
/// cell that it advances along its longer side; ground between cells is linear. A void hides.
bool sees(const VisibilityWorld& world, const Candidate& eye, const Inhabited& target,
          const FirstSitesOptions& options) {
  const Grid& grid = world.grid;
  const int across = target.ix - eye.ix;
  const int down = target.iy - eye.iy;
  const int steps = std::max(std::abs(across), std::abs(down));
  if (steps == 0) return true;
  const double step_m = std::hypot(across, down) * grid.cell_m / steps;
  const double eye_asl_m = double{world.ground_asl_m[grid.index(eye.ix, eye.iy)]} + options.observer_agl_m;
  const bool along_x = std::abs(across) == steps;
  const auto ground_at = [&](int step) {
    // Whole along the longer side; beside it between two cells.
    const double beside = double(along_x ? down : across) * step / steps;
    const int low = static_cast<int>(std::floor(beside));
    const int along = (along_x ? across : down) * step / steps;
    const auto height = [&](int q) {
      const int ix = eye.ix + (along_x ? along : q);
      const int iy = eye.iy + (along_x ? q : along);
      return double{world.ground_asl_m[grid.index(ix, iy)]};
    };
    const double part = beside - low;
    return part > 0.0 ? height(low) + part * (height(low + 1) - height(low)) : height(low);
  };
  const auto slope_to = [&](int step, double agl_m) {
    const double away_m = step * step_m;
    const double drop_m = away_m * away_m / (2.0 * options.effective_earth_radius_m);
    return (ground_at(step) + agl_m - drop_m - eye_asl_m) / away_m;
  };
  const double wanted = slope_to(steps, options.target_agl_m);
  if (std::isnan(wanted)) return false;
  for (int step = 1; step < steps; ++step) {
    if (!(slope_to(step, 0.0) <= wanted)) return false;
  }
  return true;
}

void look_around(const VisibilityWorld& world, std::span<const Inhabited> cells, const FirstSitesOptions& options,
                 Candidate& candidate) {
  const double radius_cells = options.radius_m / world.grid.cell_m;
  candidate.people = 0.0;
  for (std::size_t k = 0; k < cells.size(); ++k) {
    if (std::hypot(cells[k].ix - candidate.ix, cells[k].iy - candidate.iy) > radius_cells) continue;
    if (!sees(world, candidate, cells[k], options)) continue;
    candidate.seen.push_back(static_cast<std::uint32_t>(k));
    candidate.people += cells[k].people;
  }
}

double people_left(const Candidate& candidate, std::span<const Inhabited> cells,
                   const std::vector<bool>& covered) {
  double people = 0.0;
  for (const std::uint32_t k : candidate.seen) {
    if (!covered[k]) people += cells[k].people;
  }
  return people;
}

FirstSites taken_in_turn(const VisibilityWorld& world, std::span<const Inhabited> cells,
                         std::vector<Candidate> candidates, const FirstSitesOptions& options) {
  FirstSites out;
  for (const Inhabited& cell : cells) out.people += cell.people;
  std::vector<bool> covered(cells.size(), false);
  const auto site = [&](const Candidate& c, double new_people) {
    return FirstSite{.at = world.grid.centre(c.ix, c.iy), .people = c.people, .new_people = new_people};
  };
  while (!candidates.empty() && out.taken.size() < static_cast<std::size_t>(options.most_sites) &&
         out.people_seen < options.enough_percent / 100.0 * out.people) {
    std::vector<double> gains;
    for (const Candidate& candidate : candidates) gains.push_back(people_left(candidate, cells, covered));
    const auto best = std::max_element(gains.begin(), gains.end());  // the first of equals
    if (*best <= 0.0 || *best < options.least_percent / 100.0 * out.people) break;
    const auto chosen = candidates.begin() + (best - gains.begin());
    for (const std::uint32_t k : chosen->seen) covered[k] = true;
    out.people_seen += *best;
    out.taken.push_back(site(*chosen, *best));
    candidates.erase(chosen);
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.people > b.people; });
  for (const Candidate& c : candidates) out.others.push_back(site(c, people_left(c, cells, covered)));
  return out;
}

}  // namespace

FirstSites first_sites(const VisibilityWorld& world, const std::vector<bool>& allowed,
                       const FirstSitesOptions& options) {
  std::vector<Candidate> candidates = candidates_of(world, allowed, options);
  const std::vector<Inhabited> cells = inhabited_places(world);
  parallel_for(candidates.size(), options.threads,
               [&](std::size_t i) { look_around(world, cells, options, candidates[i]); });
  return taken_in_turn(world, cells, std::move(candidates), options);
}

}  // namespace amaneku
