#include "libsim/economics/prices.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "libsim/entry_of.hpp"
#include "terrain/error.hpp"

namespace amaneku {

double unit_price(const CostCatalogue& catalogue, const CostAsset& asset, const MoneyBasis& basis) {
  if (asset.price.empty()) {
    throw InputError(
        Fault{.message = fmt::format("{} is needed and has no price: no source is known, state your own "
                                     "in a file of costs ([price.NAME], [asset.{}])",
                                     asset.name, asset.id),
              .key = "price"});
  }
  const PriceItem& item = entry_of(catalogue.prices, asset.price, "price");
  const double price = item.low + basis.position * (item.high - item.low);
  if (asset.quantity == CostQuantity::capex_share) return price;
  if (item.currency == basis.currency && item.year == basis.year) return price;
  const auto fits = [&](const Deflator& deflator) {
    return deflator.from_currency == item.currency && deflator.from_year == item.year &&
           deflator.to_currency == basis.currency && deflator.to_year == basis.year;
  };
  const auto found = std::find_if(catalogue.deflators.begin(), catalogue.deflators.end(), fits);
  if (found == catalogue.deflators.end()) {
    throw InputError(Fault{
        .message =
            fmt::format("{} is in {} of {}, the plan in {} of {}: state a [[deflator]] between them in a file "
                        "of costs",
                        item.id, item.currency, item.year, basis.currency, basis.year),
        .key = "price",
        .value = '"' + item.id + '"'});
  }
  return price * found->factor;
}

}  // namespace amaneku
