// Sites and antennas of a scenario: from a file with one row a sector, and inline.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsim/input/network.hpp"
#include "scenarios/schema/document.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {

using Antennas = std::map<std::string, AntennaPattern>;

/// [antennas.NAME] and "isotropic". Faults go to the document.
[[nodiscard]] Antennas read_antennas(Document& document);

/// What an antenna of these sites does that its owner may not expect, each id once for an antenna (and frequency,
/// and tilt) that is used; `count` is in sectors:
///   ssb_beams_above_band        more SSB beams than fit a half frame of its band
///   ssb_beam_not_steerable      the electrical downtilt takes an SSB beam out of the steering range
///   array_gain_above_aperture   the elements claim more gain than their spacing has room for
///   antenna_points_assumed      a pattern file lacks the point where the circle closes, or miscounts its points
///   antenna_tilt_contradicted   its header states a tilt that its vertical cut does not show
///   antenna_common_direction    its cuts disagree about the direction that both hold, or count it twice
[[nodiscard]] std::vector<Warning> antenna_warnings(const std::vector<Site>& sites);

/// A site and where it was written, for later faults (voids, outside the area).
struct LocatedSite {
  Site site{};
  Fault where{};  ///< file, line, column; no message yet
};

struct SiteList {
  std::vector<LocatedSite> sites{};  ///< file first, then those of candidates, then inline, each in its order
  std::vector<Warning> warnings{};
};

/// Positions are geographic only; `at` and `convergence_deg` are for the caller. Faults go to the document.
[[nodiscard]] SiteList read_sites(Document& document, const Antennas& antennas);

}  // namespace amaneku::scenarios
