// Where the first masts of a place would stand, before anything is known of radio: each time the one that sees
// most people whom the earlier ones do not.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsim/visibility/total_visibility.hpp"

namespace amaneku {

struct FirstSitesOptions {
  double observer_agl_m = 20.0;
  double target_agl_m = 1.5;
  double radius_m = 8'000.0;
  double effective_earth_radius_m = 4.0 / 3.0 * kEarthRadius_m;
  int stride = 4;                ///< as VisibilityOptions
  int most_sites = 12;           ///< at most
  double block_m = 1'000.0;      ///< of each square of this side the place that sees most is a candidate
  int most_candidates = 400;     ///< with more squares they become larger
  double least_percent = 2.0;    ///< of all people: a site that sees fewer new ones is not taken
  double enough_percent = 95.0;  ///< of all people: then no more are taken
  int threads = 0;               ///< 0: all
};

/// A place for a mast: the centre of a cell.
struct FirstSite {
  Point at{};
  double people = 0.0;      ///< that it sees, all of them
  double new_people = 0.0;  ///< that none of the sites before it sees; of a candidate that is not taken: left over
};

struct FirstSites {
  std::vector<FirstSite> taken{};   ///< in the order in which they were taken
  std::vector<FirstSite> others{};  ///< candidates that were not, by what they see
  double people_seen = 0.0;         ///< by those taken
  double people = 0.0;              ///< in all
};

/// `allowed` [y, x]: cells where a mast may stand; empty: everywhere with ground. Candidates are chosen by
/// total_visibility(), what each sees is then judged on the line to every cell with people; of more than 12,000
/// such cells to squares of them, whose people count where most of them live. The same for any number of threads.
/// InputError as total_visibility().
[[nodiscard]] FirstSites first_sites(const VisibilityWorld& world, const std::vector<bool>& allowed,
                                     const FirstSitesOptions& options);

}  // namespace amaneku
