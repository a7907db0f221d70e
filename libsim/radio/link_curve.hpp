// SINR to spectral efficiency of one layer: how a link curve follows from a table of modulation and coding
// schemes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libsim/radio/technology.hpp"

namespace amaneku {

/// A curve of any points: sorted by SINR, without those that carry no more than a point at or below their SINR.
[[nodiscard]] std::vector<RateStep> ascending_steps(std::vector<RateStep> points);

/// Each scheme from the SINR on at which Shannon's log2(1 + snr) reaches its bits a symbol, plus `margin_db`.
[[nodiscard]] std::vector<RateStep> shannon_steps(const ModulationTable& table, double margin_db);

/// The schemes first, first + 1 ... of the table, each from its own SINR on (link-level results). The schemes must
/// exist.
[[nodiscard]] std::vector<RateStep> threshold_steps(const ModulationTable& table, std::size_t first,
                                                    std::span<const double> sinr_db);

/// 3GPP TR 36.942 annex A.1: bit/s/Hz = attenuation x log2(1 + snr) from `floor_db` on, at most `cap_bit_s_hz`;
/// sampled in steps of 0.1 dB, each with the value at its lower end.
struct TruncatedShannon {
  double attenuation = 0.6;
  double floor_db = -10.0;
  double cap_bit_s_hz = 4.4;
};
[[nodiscard]] std::vector<RateStep> truncated_shannon_steps(const TruncatedShannon& form);

}  // namespace amaneku
