// What NTIA's code says of a path besides the loss: return code and warning bits, by the same tests in the same
// order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "propagation/itm/radio.hpp"
#include "propagation/itm/terrain_terms.hpp"
#include "propagation/itm/variability.hpp"

namespace amaneku::itm {

/// What the user put in, as given: nothing limited.
struct Inputs {
  double tx_agl_m;
  double rx_agl_m;
  double freq_hz;
  double n0;
  GroundConstants ground;
  Shares shares;
  bool confidence_reliability;  ///< the shares are those of this statistic: reliability, 50 %, confidence
  double distance_m;
  double area_delta_h_m;  ///< area mode; 0 for a profile
};

struct Verdict {
  int return_code;         ///< 0; 1: there are warnings; 1000 and above: NTIA's code gives no loss
  std::uint32_t warnings;  ///< bits found up to the test that gave the return code
};

/// Of the codes, those for words that our types do not admit (climate 1002, polarization 1010, mode of variability
/// 1014, siting 1019 and 1020) cannot appear.
[[nodiscard]] Verdict verdict_of(const Inputs& inputs, const Radio& radio, const TerrainTerms& terms,
                                 const Deviates& deviates) noexcept;

/// One line for the code if it is an error, one for every bit: "ITM error 1009: ...", "ITM warning 0x0004: ...".
[[nodiscard]] std::vector<std::string> texts(const Verdict& verdict);

}  // namespace amaneku::itm
