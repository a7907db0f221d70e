#include "propagation/itm/verdict.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "propagation/itm/terrain_terms-inl.hpp"

namespace amaneku::itm {
namespace {

enum Warning : std::uint32_t {
  kTxHeight = 0x0001,
  kRxHeight = 0x0002,
  kFrequency = 0x0004,
  kFar = 0x0008,
  kVeryFar = 0x0010,
  kNearForHeights = 0x0020,
  kNear = 0x0040,
  kTxElevation = 0x0080,
  kRxElevation = 0x0100,
  kTxHorizonNear = 0x0200,
  kRxHorizonNear = 0x0400,
  kTxHorizonFar = 0x0800,
  kRxHorizonFar = 0x1000,
  kExtremeShares = 0x2000,
  kLowRefractivity = 0x4000
};

enum Code : int {
  kTxHeightError = 1000,
  kRxHeightError = 1001,
  kTimeError = 1003,
  kLocationError = 1004,
  kSituationError = 1005,
  kConfidenceError = 1006,
  kReliabilityError = 1007,
  kRefractivityError = 1008,
  kFrequencyError = 1009,
  kPermittivityError = 1011,
  kConductivityError = 1012,
  kImpedanceError = 1013,
  kEarthRadiusError = 1016,
  kDistanceError = 1017,
  kIrregularityError = 1018,
  kSurfaceTooSmall = 1021,
  kSurfaceTooLarge = 1022
};

struct Text {
  std::uint32_t id;
  const char* text;
};

constexpr std::array<Text, 15> kWarningTexts = {
    {{kTxHeight, "transmitter height outside 1 .. 1000 m"},
     {kRxHeight, "receiver height outside 1 .. 1000 m"},
     {kFrequency, "frequency outside 40 MHz .. 10 GHz"},
     {kFar, "path longer than 1000 km"},
     {kVeryFar, "path longer than 2000 km: the loss is doubtful"},
     {kNearForHeights, "path shorter than 5 times the difference of the effective heights"},
     {kNear, "path shorter than 1 km: the loss is doubtful"},
     {kTxElevation, "horizon of the transmitter steeper than 0.2 rad: angles are not small"},
     {kRxElevation, "horizon of the receiver steeper than 0.2 rad: angles are not small"},
     {kTxHorizonNear, "horizon of the transmitter nearer than a tenth of that of a smooth Earth"},
     {kRxHorizonNear, "horizon of the receiver nearer than a tenth of that of a smooth Earth"},
     {kTxHorizonFar, "horizon of the transmitter farther than 3 times that of a smooth Earth"},
     {kRxHorizonFar, "horizon of the receiver farther than 3 times that of a smooth Earth"},
     {kExtremeShares, "a share lies far in the tail of its distribution (beyond 0.1 % or 99.9 %)"},
     {kLowRefractivity, "surface refractivity below 250 N-units: the loss is doubtful"}}};

constexpr std::array<Text, 17> kErrorTexts = {
    {{kTxHeightError, "transmitter height outside 0.5 .. 3000 m"},
     {kRxHeightError, "receiver height outside 0.5 .. 3000 m"},
     {kTimeError, "time_percent not between 0 and 100"},
     {kLocationError, "location_percent not between 0 and 100"},
     {kSituationError, "situation_percent not between 0 and 100"},
     {kConfidenceError, "confidence_percent not between 0 and 100"},
     {kReliabilityError, "reliability_percent not between 0 and 100"},
     {kRefractivityError, "n0 outside 250 .. 400 N-units"},
     {kFrequencyError, "frequency outside 20 MHz .. 20 GHz"},
     {kPermittivityError, "relative_permittivity below 1"},
     {kConductivityError, "conductivity_s_m not above 0"},
     {kImpedanceError, "imaginary part of the ground impedance not below its real part"},
     {kEarthRadiusError, "effective Earth radius outside 4000 .. 13333 km"},
     {kDistanceError, "distance not above 0"},
     {kIrregularityError, "delta_h_m below 0"},
     {kSurfaceTooSmall, "surface refractivity below 150 N-units"},
     {kSurfaceTooLarge, "surface refractivity above 400 N-units"}}};

std::uint32_t when(bool condition, Warning bit) noexcept {
  return condition ? bit : 0U;
}

bool is_share(double percent) noexcept {
  return percent > 0.0 && percent < 100.0;
}

// The inputs alone.
Verdict check_inputs(const Inputs& in) noexcept {
  std::uint32_t bits = when(!Range{1.0, 1000.0}.contains(in.tx_agl_m), kTxHeight);
  if (!Range{0.5, 3000.0}.contains(in.tx_agl_m)) return {kTxHeightError, bits};
  bits |= when(!Range{1.0, 1000.0}.contains(in.rx_agl_m), kRxHeight);
  if (!Range{0.5, 3000.0}.contains(in.rx_agl_m)) return {kRxHeightError, bits};
  if (!Range{250.0, 400.0}.contains(in.n0)) return {kRefractivityError, bits};
  bits |= when(!Range{40e6, 10e9}.contains(in.freq_hz), kFrequency);
  if (!Range{20e6, 20e9}.contains(in.freq_hz)) return {kFrequencyError, bits};
  if (in.ground.relative_permittivity < 1.0) return {kPermittivityError, bits};
  if (in.ground.conductivity_s_m <= 0.0) return {kConductivityError, bits};
  if (!is_share(in.shares.situation_percent)) {
    return {in.confidence_reliability ? kConfidenceError : kSituationError, bits};
  }
  if (!is_share(in.shares.time_percent)) return {in.confidence_reliability ? kReliabilityError : kTimeError, bits};
  if (!is_share(in.shares.location_percent)) return {kLocationError, bits};
  if (in.distance_m <= 0.0) return {kDistanceError, bits};
  if (in.area_delta_h_m < 0.0) return {kIrregularityError, bits};
  return {0, bits};
}

std::uint32_t horizon_bits(const TerrainTerms& terms) noexcept {
  const double tx_smooth_m = HWY_NAMESPACE::smooth_horizon_m(terms.tx.effective_m, terms.earth_radius_m);
  const double rx_smooth_m = HWY_NAMESPACE::smooth_horizon_m(terms.rx.effective_m, terms.earth_radius_m);
  return when(std::abs(terms.tx.horizon_rad) > 0.2, kTxElevation) |
         when(std::abs(terms.rx.horizon_rad) > 0.2, kRxElevation) |
         when(terms.tx.horizon_m < 0.1 * tx_smooth_m, kTxHorizonNear) |
         when(terms.rx.horizon_m < 0.1 * rx_smooth_m, kRxHorizonNear) |
         when(terms.tx.horizon_m > 3.0 * tx_smooth_m, kTxHorizonFar) |
         when(terms.rx.horizon_m > 3.0 * rx_smooth_m, kRxHorizonFar);
}

std::uint32_t distance_bits(const TerrainTerms& terms) noexcept {
  const double least_m = std::abs(terms.tx.effective_m - terms.rx.effective_m) / 0.2;
  return when(terms.distance_m < least_m, kNearForHeights) | when(terms.distance_m < 1e3, kNear) |
         when(terms.distance_m > 1'000e3, kFar) | when(terms.distance_m > 2'000e3, kVeryFar);
}

bool extreme(const Deviates& z) noexcept {
  constexpr double kFarOut = 3.10;
  return std::abs(z.time) > kFarOut || std::abs(z.location) > kFarOut || std::abs(z.situation) > kFarOut;
}

}  // namespace

Verdict verdict_of(const Inputs& inputs, const Radio& radio, const TerrainTerms& terms,
                   const Deviates& deviates) noexcept {
  Verdict out = check_inputs(inputs);
  if (out.return_code != 0) return out;
  out.warnings |= horizon_bits(terms);
  if (terms.surface_refractivity < 150.0) return {kSurfaceTooSmall, out.warnings};
  if (terms.surface_refractivity > 400.0) return {kSurfaceTooLarge, out.warnings};
  out.warnings |= when(terms.surface_refractivity < 250.0, kLowRefractivity);
  if (!Range{4'000'000.0, 13'333'333.0}.contains(terms.earth_radius_m)) return {kEarthRadiusError, out.warnings};
  if (radio.impedance.real() <= std::abs(radio.impedance.imag())) return {kImpedanceError, out.warnings};
  out.warnings |= distance_bits(terms) | when(extreme(deviates), kExtremeShares);
  out.return_code = out.warnings == 0 ? 0 : 1;
  return out;
}

std::vector<std::string> texts(const Verdict& verdict) {
  std::vector<std::string> out;
  for (const Text& error : kErrorTexts) {
    if (static_cast<int>(error.id) != verdict.return_code) continue;
    out.push_back(fmt::format("ITM error {}: {}; computed all the same", error.id, error.text));
  }
  for (const Text& warning : kWarningTexts) {
    if ((verdict.warnings & warning.id) == 0) continue;
    out.push_back(fmt::format("ITM warning 0x{:04x}: {}", warning.id, warning.text));
  }
  return out;
}

}  // namespace amaneku::itm
