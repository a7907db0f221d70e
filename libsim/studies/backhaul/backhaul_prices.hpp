// What a metre or a link of each medium costs, from the catalogue of prices.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "libsim/backhaul/cable_graph.hpp"
#include "libsim/economics/site_costs.hpp"

namespace amaneku {

/// Something that is bought or paid for yearly by the metre, the link, the end of a link or the landing.
struct BackhaulPrice {
  const CostAsset* asset = nullptr;
  double unit_jpy = 0.0;
  double present_jpy = 0.0;  ///< of one, over the horizon
};

/// What an edge needs of one asset.
struct EdgeLine {
  const CostAsset* asset = nullptr;
  double quantity = 0.0;
  std::int64_t amount_jpy = 0;  ///< once or a year, as the asset is paid
};

/// What one payer bears of an asset.
struct AssetShare {
  double purchase = 1.0;  ///< of what is bought once, 0 .. 1
  double later = 1.0;     ///< of what is paid yearly or bought again, 0 .. 1
};
using AssetShares = std::map<const CostAsset*, AssetShare>;

class BackhaulPrices {
 public:
  /// Assets without a price are not to be had. InputError as unit_price(). `along_roads`: what stands for bridges,
  /// tunnels and ducts that have no price of their own.
  BackhaulPrices(const CostCatalogue& catalogue, const MoneyBasis& basis, const CostHorizon& horizon,
                 Medium along_roads);

  /// Whether it is to be had: some asset of its quantity has a price; of submarine cables the landing too.
  [[nodiscard]] bool has(Medium medium) const noexcept { return has_[index_of(medium)]; }
  /// The medium whose price it takes: itself, or that of the road.
  [[nodiscard]] Medium priced_as(Medium medium) const noexcept { return priced_as_[index_of(medium)]; }
  /// Whether a second cable in the same trench is to be had.
  [[nodiscard]] bool has_further() const noexcept { return !further_.empty(); }
  /// Cables beside the first are further cables; under the sea each is one more of its own, with its landings.
  /// InternalError where the medium is not to be had.
  [[nodiscard]] std::vector<EdgeLine> lines_of(const BackhaulEdge& edge, std::int64_t cables = 1) const;
  /// Present value of everything that the edge costs within the horizon, whole yen; with shares what one payer
  /// bears of it.
  [[nodiscard]] std::int64_t present_jpy(const BackhaulEdge& edge, const AssetShares* shares = nullptr) const;
  /// What each cable beside the first adds; 0 of what is no new cable.
  [[nodiscard]] std::int64_t further_jpy(const BackhaulEdge& edge, const AssetShares* shares = nullptr) const;

 private:
  template <class Visit>
  void each_quantity(const BackhaulEdge& edge, const Visit& visit) const;
  template <class Visit>
  void each_further(const BackhaulEdge& edge, const Visit& visit) const;

  std::array<std::vector<BackhaulPrice>, kMediumCount> prices_{};
  std::vector<BackhaulPrice> landings_{};
  std::vector<BackhaulPrice> further_{};
  std::array<bool, kMediumCount> has_{};
  std::array<Medium, kMediumCount> priced_as_{};
};

/// How much of a medium's quantity a link of it takes: two ends of a hop, one of a service.
[[nodiscard]] double ends_of(Medium medium) noexcept;
/// The quantity that counts it.
[[nodiscard]] CostQuantity quantity_of(Medium medium) noexcept;

}  // namespace amaneku
