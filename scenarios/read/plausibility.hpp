// Values that are legal and hardly meant: heights above the sea typed as above ground, watts as dBm. A suspicion
// is a warning, never a fault.
#pragma once

#include <vector>

#include "libsim/input/network.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {

/// Masts above 150 m and powers that no base station has; sites that are planned only.
[[nodiscard]] std::vector<Warning> unlikely_values(const std::vector<Site>& sites);

}  // namespace amaneku::scenarios
