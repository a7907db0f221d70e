// A list of candidates: `amaneku candidates` writes it, [[selection.candidates]] reads it.
#pragma once

#include <filesystem>
#include <string>

#include "libsim/studies/selection/proposed_sites.hpp"
#include "scenarios/read/scenario.hpp"

namespace amaneku::scenarios {

/// Checks that the folder is new, empty, or holds an earlier list; InputError otherwise.
void check_candidates_folder(const std::filesystem::path& folder);

struct CandidateForm {
  std::string prefix = "P";    ///< of the ids
  const Site* like = nullptr;  ///< whose sectors all have; none: three a third of a turn apart
  double mast_m = 30.0;        ///< their height, without `like`
};

/// A row for each sector, with what the place sees.
[[nodiscard]] std::string candidates_csv(const Proposal& proposal, const Crs& crs, const CandidateForm& form);

/// candidates.csv, and as GeoTIFF what every place would see of people and roads that are not covered yet:
/// people_in_sight.tif, road_in_sight_m.tif. All or none.
void write_candidates(const std::filesystem::path& folder, const Proposal& proposal, const Crs& crs,
                      const CandidateForm& form);

}  // namespace amaneku::scenarios
