#include "libsim/latency/ue_processing.hpp"

#include <array>
#include <cmath>

#include "libsim/latency/latency_faults.hpp"

namespace amaneku {
namespace {

struct SymbolCounts {
  double decode = 0.0;   ///< N1
  double prepare = 0.0;  ///< N2
};

/// [mu]
constexpr std::array<SymbolCounts, 4> kCapability1 = {{{8.0, 10.0}, {10.0, 12.0}, {17.0, 23.0}, {20.0, 36.0}}};
constexpr std::array<SymbolCounts, 3> kCapability2 = {{{3.0, 5.0}, {4.5, 5.5}, {9.0, 11.0}}};

constexpr double kReferenceSpacing_hz = 15e3;
constexpr double kSamplesOfSymbol = 2048.0;
constexpr double kSamplesOfPrefix = 144.0;

}  // namespace

ProcessingTimes ue_processing(int capability, double subcarrier_spacing_hz) {
  if (capability != 1 && capability != 2) {
    refuse_latency("ue_capability", capability, "is no processing capability", "1 or 2");
  }
  std::size_t mu = 0;
  while (mu < kCapability1.size() &&
         std::fabs(subcarrier_spacing_hz - kReferenceSpacing_hz * std::exp2(static_cast<double>(mu))) > 1.0) {
    ++mu;
  }
  const std::size_t known = capability == 1 ? kCapability1.size() : kCapability2.size();
  if (mu >= known) {
    refuse_latency("subcarrier_spacing_hz", subcarrier_spacing_hz, "has no processing time",
                   capability == 1 ? "15e3, 30e3, 60e3, 120e3" : "15e3, 30e3, 60e3");
  }
  const SymbolCounts symbols = capability == 1 ? kCapability1[mu] : kCapability2[mu];
  // kappa T_c 2^-mu is one sample of a 2048-point transform at this spacing.
  const double symbol_s = (kSamplesOfSymbol + kSamplesOfPrefix) / (kSamplesOfSymbol * subcarrier_spacing_hz);
  return {.decode_s = symbols.decode * symbol_s, .prepare_s = symbols.prepare * symbol_s};
}

}  // namespace amaneku
