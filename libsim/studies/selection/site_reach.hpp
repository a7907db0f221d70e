// Which sites serve which points: the coverage of every candidate by itself, from the engine and the powers of the
// maps, so that what a choice covers is what a run of it covers.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "libsim/engine/coverage.hpp"
#include "libsim/studies/selection/selection_demand.hpp"

namespace amaneku {

/// Borrowed: lives longer than the call.
struct ReachInput {
  const World& world;
  const std::vector<Site>& sites;  ///< existing or not: each as if it were on air
  const Engine& engine;
  const Receiver& receiver;
};

/// [site] the points that it serves, ascending. Sites are taken kReachSites at a time, so that no more than their
/// losses and powers are in memory beside the answer (4 bytes for each site and point that it serves). The same
/// for any number of threads. Sites without ground are told of in `warnings` and serve nothing.
[[nodiscard]] std::vector<std::vector<std::uint32_t>> reach_of_sites(const ReachInput& input,
                                                                     std::span<const NeedPoint> points,
                                                                     std::vector<Warning>& warnings,
                                                                     const Progress& progress = {});
inline constexpr std::size_t kReachSites = 32;

/// [site] people whom it reaches by itself.
[[nodiscard]] std::vector<double> people_of_sites(const SelectionDemand& demand,
                                                  std::span<const std::vector<std::uint32_t>> reach);

}  // namespace amaneku
