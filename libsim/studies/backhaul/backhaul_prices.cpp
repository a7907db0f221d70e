#include "libsim/studies/backhaul/backhaul_prices.hpp"

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::array<CostQuantity, kMediumCount> kQuantities = {
    CostQuantity::aerial_m,    CostQuantity::buried_m,        CostQuantity::duct_m,
    CostQuantity::bridge_m,    CostQuantity::tunnel_m,        CostQuantity::existing_m,
    CostQuantity::submarine_m, CostQuantity::microwave_ends,  CostQuantity::optics_ends,
    CostQuantity::iab_links,   CostQuantity::satellite_links, CostQuantity::leased_lines};  // [Medium]

BackhaulPrice price_of(const CostAsset& asset, double unit_jpy, const CostHorizon& horizon) {
  // A million of it, so that rounding to the yen does not tell.
  constexpr double kMany = 1e6;
  SiteCost cost;
  cost.lines.push_back({.asset = &asset, .quantity = kMany, .amount_jpy = std::llround(kMany * unit_jpy)});
  return {&asset, unit_jpy, static_cast<double>(life_cost(cost, horizon).present_jpy) / kMany};
}

/// Present value of one, or what of it one payer bears.
double price_jpy(const BackhaulPrice& price, const AssetShares* shares) {
  if (shares == nullptr) return price.present_jpy;
  const AssetShare& share = shares->at(price.asset);
  const double purchase_jpy = price.asset->payment == Payment::once ? price.unit_jpy : 0.0;
  return share.purchase * purchase_jpy + share.later * (price.present_jpy - purchase_jpy);
}

}  // namespace

double ends_of(Medium medium) noexcept {
  return medium == Medium::microwave || medium == Medium::optics ? 2.0 : 1.0;
}

CostQuantity quantity_of(Medium medium) noexcept {
  return kQuantities[index_of(medium)];
}

BackhaulPrices::BackhaulPrices(const CostCatalogue& catalogue, const MoneyBasis& basis, const CostHorizon& horizon,
                               Medium along_roads) {
  for (const CostAsset& asset : catalogue.assets) {
    if (asset.price.empty() || !is_backhaul(asset.quantity)) continue;
    const BackhaulPrice price = price_of(asset, unit_price(catalogue, asset, basis), horizon);
    if (asset.quantity == CostQuantity::landings) landings_.push_back(price);
    if (asset.quantity == CostQuantity::further_cable_m) further_.push_back(price);
    for (std::size_t i = 0; i < kMediumCount; ++i) {
      if (asset.quantity == kQuantities[i]) prices_[i].push_back(price);
    }
  }
  for (std::size_t i = 0; i < kMediumCount; ++i) {
    has_[i] = !prices_[i].empty();
    priced_as_[i] = static_cast<Medium>(i);
  }
  has_[index_of(Medium::submarine)] = has(Medium::submarine) && !landings_.empty();
  for (const Medium medium : {Medium::bridge, Medium::tunnel, Medium::duct}) {
    if (has(medium)) continue;
    has_[index_of(medium)] = has(along_roads);
    priced_as_[index_of(medium)] = along_roads;
  }
}

template <class Visit>
void BackhaulPrices::each_quantity(const BackhaulEdge& edge, const Visit& visit) const {
  if (!has(edge.medium)) throw InternalError("a medium without a price has an edge");
  const double quantity = is_cable(edge.medium) ? edge.length_m : ends_of(edge.medium);
  for (const BackhaulPrice& price : prices_[index_of(priced_as(edge.medium))]) visit(price, quantity);
  if (edge.landings == 0) return;
  for (const BackhaulPrice& price : landings_) visit(price, static_cast<double>(edge.landings));
}

template <class Visit>
void BackhaulPrices::each_further(const BackhaulEdge& edge, const Visit& visit) const {
  if (!is_new_cable(edge.medium)) return;
  if (edge.medium == Medium::submarine) return each_quantity(edge, visit);
  for (const BackhaulPrice& price : further_) visit(price, edge.length_m);
  for (const BackhaulPrice& price : landings_) visit(price, static_cast<double>(edge.landings));
}

std::vector<EdgeLine> BackhaulPrices::lines_of(const BackhaulEdge& edge, std::int64_t cables) const {
  std::vector<EdgeLine> out;
  const auto add = [&](const BackhaulPrice& price, double quantity) {
    if (quantity == 0.0) return;
    const auto same =
        std::find_if(out.begin(), out.end(), [&](const EdgeLine& line) { return line.asset == price.asset; });
    EdgeLine& line = same == out.end() ? out.emplace_back(EdgeLine{.asset = price.asset}) : *same;
    line.quantity += quantity;
    line.amount_jpy = std::llround(line.quantity * price.unit_jpy);
  };
  each_quantity(edge, add);
  each_further(edge, [&](const BackhaulPrice& price, double quantity) {
    add(price, static_cast<double>(cables - 1) * quantity);
  });
  return out;
}

std::int64_t BackhaulPrices::present_jpy(const BackhaulEdge& edge, const AssetShares* shares) const {
  double sum_jpy = 0.0;
  each_quantity(
      edge, [&](const BackhaulPrice& price, double quantity) { sum_jpy += quantity * price_jpy(price, shares); });
  return std::llround(sum_jpy);
}

std::int64_t BackhaulPrices::further_jpy(const BackhaulEdge& edge, const AssetShares* shares) const {
  double sum_jpy = 0.0;
  each_further(
      edge, [&](const BackhaulPrice& price, double quantity) { sum_jpy += quantity * price_jpy(price, shares); });
  return std::llround(sum_jpy);
}

}  // namespace amaneku
