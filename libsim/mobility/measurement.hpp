// Layer 3 of measurements: the filter, and the times to trigger that the standard knows.
#pragma once

#include <array>

namespace amaneku::mobility {

/// TimeToTrigger of TS 38.331 6.3.2, in milliseconds.
inline constexpr std::array<int, 16> kTimesToTrigger_ms = {0,   40,  64,  80,  100,  128,  160,  256,
                                                           320, 480, 512, 640, 1024, 1280, 2560, 5120};
/// FilterCoefficient of TS 38.331 6.3.2: k.
inline constexpr std::array<int, 15> kFilterCoefficients = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 15, 17, 19};

/// The share a that a new measurement has in the filtered one, F = (1 - a) F' + a M in dB, first F = first M
/// (TS 38.331 5.5.3.2): a = 2^(-k/4) where a measurement comes every `reference_s` (there X, 200 ms in FR1). Where
/// one comes every `period_s` instead, the a that keeps the filter's time: 1 - (1 - a)^(period / reference).
[[nodiscard]] double filter_share(int k, double period_s = 0.2, double reference_s = 0.2);

/// What a filtered level lags behind a steady ramp of 1 dB/s, in s: period (1 - a) / a.
[[nodiscard]] double filter_lag_s(double share, double period_s) noexcept;

}  // namespace amaneku::mobility
