// `amaneku new`: a scenario with first sites from a folder of fetched data.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/language.hpp"
#include "terrain/geo.hpp"

namespace amaneku::scenarios {

struct NewScenario {
  std::filesystem::path data{};    ///< of `amaneku data fetch`
  std::filesystem::path folder{};  ///< where the scenario goes; empty: `data`
  std::string municipality{};      ///< five or six digits; "": the area that was fetched
  std::optional<LonLatBox> box{};  ///< instead
  std::optional<LonLat> at{};      ///< instead: a place for the first mast, and the area around it
  std::string technology = "nr_n79_local5g";
  Language language = Language::en;  ///< of the comments
};

/// What was written.
struct NewFiles {
  std::filesystem::path scenario{};
  int sites = 0;
  int candidates = 0;
  double people = 0.0;         ///< inside the area
  double people_seen = 0.0;    ///< from the sites, over the ground
  std::size_t sea_cells = 0;   ///< voids that are ground at 0 m because no municipality holds them
  std::size_t void_cells = 0;  ///< that are left
};

/// Writes scenario.toml, sites.csv, and where they are needed places.csv and sea.tif into the folder; the scenario
/// comes last. InputError for what is wrong with the data or the options, and where a scenario is there already.
[[nodiscard]] NewFiles write_new_scenario(const NewScenario& options, const PlanOptions& plan_options = {});

}  // namespace amaneku::scenarios
