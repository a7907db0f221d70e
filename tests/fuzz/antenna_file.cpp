#include <cmath>

#include "propagation/antenna.hpp"
#include "tests/fuzz/target.hpp"

/// Patterns in any of their forms.
AMANEKU_FUZZ_TARGET(antenna_file) {
  static_cast<void>(amaneku::parse_antenna(bytes, "antenna.msi", {.gain_dbi = 15.0}));
}
