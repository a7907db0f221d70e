#include "libsim/studies/backhaul/edge_shares.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace amaneku {

PayerPrices::PayerPrices(const BackhaulPrices& prices, const EdgeShares& shares, const std::vector<Point>& nodes,
                         std::vector<Point> ends)
    : prices_(prices), shares_(shares), nodes_(nodes), ends_(std::move(ends)) {}

PayerPrices::Price PayerPrices::price_of(const BackhaulEdge& edge) const {
  const auto known = shares_.ends.find(key_of(edge));
  std::vector<std::uint32_t> behind;
  if (known != shares_.ends.end()) {
    behind = known->second;
  } else {
    const Point& from = nodes_[edge.from];
    const Point& to = nodes_[edge.to];
    behind = {ends_.nearest({0.5 * (from.x_m + to.x_m), 0.5 * (from.y_m + to.y_m)}).index};
  }
  double first_jpy = 0.0;
  double further_jpy = 0.0;
  for (const std::uint32_t end : behind) {
    first_jpy += static_cast<double>(prices_.present_jpy(edge, &shares_.by_end[end]));
    further_jpy += static_cast<double>(prices_.further_jpy(edge, &shares_.by_end[end]));
  }
  const auto of = static_cast<double>(behind.size());
  const auto priced = [&](double sum_jpy, std::int64_t whole_jpy) {
    return std::max(std::llround(sum_jpy / of),
                    std::llround(std::ceil(shares_.least_part * static_cast<double>(whole_jpy))));
  };
  return {priced(first_jpy, prices_.present_jpy(edge)), priced(further_jpy, prices_.further_jpy(edge))};
}

}  // namespace amaneku
