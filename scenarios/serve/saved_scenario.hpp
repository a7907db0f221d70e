// The plan of a session as a scenario of its own, that plans the same bytes.
#pragma once

#include <filesystem>
#include <string>

#include "scenarios/serve/plan_session.hpp"

namespace amaneku::scenarios {

/// A new folder `name` in `home`: scenario.toml, sites.csv and copies of inputs that lie elsewhere. [selection] is
/// left out. Returns the folder. InputError where the name is none for a folder, the folder is there already, the
/// plan was made with --set, or the scenario would not be read as what is on the page; then nothing is left
/// behind.
std::filesystem::path save_scenario(const PlanState& base, const PlanState& state,
                                    const std::filesystem::path& home, const std::string& name);

}  // namespace amaneku::scenarios
