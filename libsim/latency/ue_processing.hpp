// Time that a device needs to decode and to prepare, TS 38.214 V19.3.0 clauses 5.3 (N1) and 6.4 (N2).
#pragma once

namespace amaneku {

struct ProcessingTimes {
  double decode_s = 0.0;   ///< T_proc,1: end of PDSCH to the earliest start of its HARQ feedback
  double prepare_s = 0.0;  ///< T_proc,2: end of the grant to the earliest start of PUSCH
};

/// By Tables 5.3-1 and 5.3-2 (front-loaded DM-RS alone) and 6.4-1 and 6.4-2, without the terms d for shared
/// symbols and switching of parts of the band: (N symbols of 2048 + 144 samples) kappa 2^-mu T_c. InputError:
/// capability other than 1 or 2, spacing other than 15, 30, 60, 120 kHz, and 120 kHz with capability 2, which has
/// no figures.
[[nodiscard]] ProcessingTimes ue_processing(int capability, double subcarrier_spacing_hz);

}  // namespace amaneku
