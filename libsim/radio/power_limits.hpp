// Power against the limits by rule of a technology: a warning, for a licence may allow more than the catalogue
// knows.
#pragma once

#include <optional>

#include "libsim/radio/technology.hpp"
#include "terrain/error.hpp"

namespace amaneku {

/// The limit for a carrier of `bandwidth_hz`: where it holds per so much bandwidth, in proportion. NaN: none
/// known.
[[nodiscard]] double eirp_limit_dbm(const PowerLimits& limits, double bandwidth_hz) noexcept;
[[nodiscard]] double conducted_limit_dbm(const PowerLimits& limits, double bandwidth_hz) noexcept;

/// "eirp_above_limit" with the rule and whether its figure was verified; nullopt: within the limit, or none known.
[[nodiscard]] std::optional<Warning> eirp_warning(const RadioTechnology& technology, double eirp_dbm,
                                                  double bandwidth_hz);

/// "power_above_limit", the same for the power at the antenna's connector.
[[nodiscard]] std::optional<Warning> conducted_warning(const RadioTechnology& technology, double power_dbm,
                                                       double bandwidth_hz);

/// "power_limit_unknown": no limit by rule is known, and the power is a hundred times that of the largest licence
/// that was seen.
[[nodiscard]] std::optional<Warning> unknown_limit_warning(const RadioTechnology& technology, double power_dbm);

/// "carrier_indoor_only": the carrier of a sector that stands outdoors reaches into the part of the band that is
/// for use indoors alone.
[[nodiscard]] std::optional<Warning> indoor_warning(const RadioTechnology& technology, double freq_hz,
                                                    double bandwidth_hz);

}  // namespace amaneku
