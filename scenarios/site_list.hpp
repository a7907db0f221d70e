// Sites and antennas of a scenario: from a file with one row a sector, and inline.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "libsim/network.hpp"
#include "scenarios/document.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {

using Antennas = std::map<std::string, AntennaPattern>;

/// [antennas.NAME] and "isotropic". Faults go to the document.
[[nodiscard]] Antennas read_antennas(Document& document);

/// A site and where it was written, for later faults (voids, outside the area).
struct LocatedSite {
  Site site{};
  Fault where{};  ///< file, line, column; no message yet
};

struct SiteList {
  std::vector<LocatedSite> sites{};  ///< file first, then inline, each in its order
  std::vector<Warning> warnings{};
};

/// Positions are geographic only; `at` and `convergence_deg` are for the caller. Faults go to the document.
[[nodiscard]] SiteList read_sites(Document& document, const Antennas& antennas);

}  // namespace amaneku::scenarios
