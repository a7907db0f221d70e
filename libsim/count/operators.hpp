// Several operators in one plan: what each covers by itself, what they cover together, and what the others carry
// when one fails. The maps of the plan itself are those of a shared radio network (MOCN), where every device may
// use every sector.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/count/service_statistics.hpp"

namespace amaneku {

inline constexpr std::size_t kMostOperators = 8;

/// One operator's own network: its devices use its sectors alone, those of others on its channels interfere.
struct OperatorNetwork {
  std::string id{};  ///< Site::operator_id
  std::size_t sectors = 0;
  CoverageStatistics coverage{};
  std::optional<ServiceStatistics> service{};
};

/// People or m2 by the set of networks that cover them: bit k of the index is operator k.
struct ByNetworks {
  std::vector<double> of_set{};  ///< [2^operators]; the first: covered by none

  [[nodiscard]] double total() const noexcept;
  /// By one network at least: overlay (national roaming between all).
  [[nodiscard]] double any() const noexcept { return total() - of_set.front(); }
  /// By exactly `n` networks.
  [[nodiscard]] double by_count(int n) const noexcept;
  /// By operator k.
  [[nodiscard]] double by(std::size_t k) const noexcept;
  /// Of those that operator k covers, by another one too: what emergency roaming carries when k fails.
  [[nodiscard]] double carried_without(std::size_t k) const noexcept;
};

struct Operators {
  std::vector<OperatorNetwork> networks{};  ///< in order of id
  Raster<std::uint8_t> covered_by{};        ///< bit k: operator k's RSRP is at the coverage threshold or above
  ByNetworks people{};                      ///< inside the plan
  ByNetworks area_m2{};                     ///< with ground
};

/// Ids of the operators of the existing sites, in order; one or none: nothing to compare.
[[nodiscard]] std::vector<std::string> operator_ids(const std::vector<Site>& sites);

/// [Coverage::sectors] 1 for the sectors of one operator: ServerRules::serves.
[[nodiscard]] std::vector<std::uint8_t> sectors_of_operator(const Coverage& coverage,
                                                            const std::vector<Site>& sites, const std::string& id);

/// Adds bit k to `covered_by` where the map reaches the threshold.
void mark_covered(Raster<std::uint8_t>& covered_by, std::size_t k, const Raster<float>& rsrp_dbm,
                  double threshold_dbm);

/// People and area by the sets of networks that cover them.
void count_by_networks(Operators& operators, const Counted& counted);

}  // namespace amaneku
