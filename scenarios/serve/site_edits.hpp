// What the map page changes of a network: sites moved, added, switched on and off, values of their sectors.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/input/network.hpp"
#include "libsim/input/world.hpp"
#include "terrain/range.hpp"

namespace amaneku::scenarios {

/// A number of a sector that may be edited, by the key of the scenario file.
struct EditableValue {
  std::string key{};
  std::string unit{};
  Range range{};  ///< of the scenario's schema
};
[[nodiscard]] const std::vector<EditableValue>& editable_values();
/// InternalError for a key that is none.
[[nodiscard]] double value_of(const Sector& sector, const std::string& key);

/// A change of one site. What is not given stays.
struct SiteEdit {
  std::string site{};
  std::string like{};  ///< of a new site: the one of which it takes the sectors. Empty: the site is there
  std::optional<LonLat> position{};
  std::optional<bool> existing{};          ///< false: not planned on
  std::string sector{};                    ///< whose values; empty: of every sector
  std::map<std::string, double> values{};  ///< by EditableValue::key
};

/// Done and undone as one.
using EditStep = std::vector<SiteEdit>;

inline constexpr std::size_t kMostEdits = 100;

/// [{"site", "like", "lon", "lat", "existing", "sector", "values": {..}}, ...]; InputError with every fault:
/// unknown keys, other types, values outside their range.
[[nodiscard]] EditStep parse_edits(const nlohmann::json& list);

/// In order of the steps. InputError for a site that is not there or is there already, a place outside the plan or
/// without ground, and a network of which no site is left.
void apply_edits(std::span<const EditStep> steps, const World& world, Network& network);

}  // namespace amaneku::scenarios
