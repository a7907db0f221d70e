// What one payer bears of each edge of a backhaul: that depends on the sites that will share it.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "libsim/routes/point_index.hpp"
#include "libsim/studies/backhaul/backhaul_prices.hpp"

namespace amaneku {

/// An edge in any graph over the same nodes.
using EdgeKey = std::tuple<std::uint32_t, std::uint32_t, Medium, EdgeUse>;
[[nodiscard]] inline EdgeKey key_of(const BackhaulEdge& edge) noexcept {
  return {edge.from, edge.to, edge.medium, edge.use};
}

struct EdgeShares {
  std::vector<AssetShares> by_end{};                     ///< [BackhaulReport::sites]
  std::map<EdgeKey, std::vector<std::uint32_t>> ends{};  ///< behind the edges of an earlier layout
  double least_part = 0.0;                               ///< an edge counts so much of its whole price at least
};

/// Prices of the edges for one payer: in equal parts of the ends behind an edge, or of the end that is nearest to
/// its middle where no layout has used it.
class PayerPrices {
 public:
  /// All borrowed. `ends` [BackhaulReport::sites], at least one.
  PayerPrices(const BackhaulPrices& prices, const EdgeShares& shares, const std::vector<Point>& nodes,
              std::vector<Point> ends);

  struct Price {
    std::int64_t first_jpy = 0;
    std::int64_t further_jpy = 0;  ///< of each further cable
  };
  [[nodiscard]] Price price_of(const BackhaulEdge& edge) const;

 private:
  const BackhaulPrices& prices_;
  const EdgeShares& shares_;
  const std::vector<Point>& nodes_;
  PointIndex ends_;
};

}  // namespace amaneku
