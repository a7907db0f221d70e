// The designations of municipalities in a new scenario, from areas such as 国土数値情報 A17.
#pragma once

#include <string>
#include <vector>

#include "scenarios/ask/new/data_folder.hpp"
#include "terrain/crs.hpp"
#include "terrain/people/boundaries.hpp"

namespace amaneku::scenarios {

struct DesignatedMunicipality {
  std::string code{};
  std::string name{};
  std::string designation{};
  double percent = 0.0;  ///< of its area, 0 .. 100
};

/// Share of each municipality that lies in the areas of the layer "designations", of sources whose key
/// `designation` says what they designate. Those that none touches by a thousandth are left out. In order of code.
[[nodiscard]] std::vector<DesignatedMunicipality> designated(const DataFolder& data, const Boundaries& boundaries,
                                                             const std::vector<std::string>& codes,
                                                             const Crs& crs);

/// The table of [subsidy.municipalities] (docs/formats/municipal_attributes.md), a row for each code: designated
/// where all of it is (95 %: two drawings of one border differ). Of one that is in part the column `source` says
/// how much, and the user decides.
[[nodiscard]] std::string municipalities_csv(const std::vector<DesignatedMunicipality>& found,
                                             const Boundaries& boundaries, const std::vector<std::string>& codes);

}  // namespace amaneku::scenarios
