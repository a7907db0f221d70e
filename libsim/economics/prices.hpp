// What things cost: prices with currency, year and source, and what a network buys at them. As data:
// scenarios/catalogue/costs.toml, and a user's file of the same form (docs/formats/costs.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace amaneku {

/// A price that somebody paid or published.
struct PriceItem {
  std::string id{};  ///< "jp.bs.hole.2009"
  std::string name{};
  double low = 0.0;   ///< in its currency, per unit
  double high = 0.0;  ///< the same where one figure is known
  std::string currency{};
  int year = 0;  ///< of the price level
  std::string unit{};
  std::string source{};      ///< "": the user's own figure; every result names such prices
  std::string confidence{};  ///< high, medium, low
};

/// One unit of `from` money is `factor` units of `to` money: exchange and price level in one, as somebody states
/// it.
struct Deflator {
  std::string from_currency{};
  int from_year = 0;
  std::string to_currency{};
  int to_year = 0;
  double factor = 0.0;
  std::string source{};
};

/// How many of an asset a site needs.
enum class CostQuantity : std::uint8_t {
  turnkey,      ///< 1 where a whole station is bought at one price
  mast,         ///< 1 on a new mast
  rooftop,      ///< 1 on a roof
  upgrade,      ///< 1 where 5G comes to a standing site
  new_station,  ///< 1 on a new mast or roof
  sectors,      ///< of a new mast or roof
  grid_m,       ///< to the power grid
  road_m,       ///< to the nearest road
  autonomy_h,   ///< hours of battery
  generator,
  aerial_m,
  buried_m,
  submarine_m,
  landings,         ///< of submarine cables
  duct_m,           ///< of cable in a duct that is there
  bridge_m,         ///< of cable under the deck of a bridge
  tunnel_m,         ///< of cable in a road tunnel
  existing_m,       ///< of fibres in a cable that is there
  further_cable_m,  ///< of cables beside the first, in the same trench or on the same poles
  microwave_ends,   ///< of hops, two each
  optics_ends,      ///< of hops, two each
  iab_links,        ///< sites fed over the access carrier of another
  satellite_links,  ///< of a site to a satellite or a platform
  leased_lines,     ///< of somebody else
  station,          ///< 1 at every site
  capex_share,      ///< of the capex of the site's assets: price is a share, without currency
};

/// Which copies sharing saves.
enum class SharingLevel : std::uint8_t { none, passive, radio, core };

enum class Payment : std::uint8_t { once, yearly };

/// Something that a site buys.
struct CostAsset {
  std::string id{};  ///< "mast"
  std::string name{};
  std::string name_ja{};
  CostQuantity quantity = CostQuantity::station;
  Payment payment = Payment::once;
  SharingLevel level = SharingLevel::passive;  ///< saved where the operators share at least so much
  bool by_access = false;                      ///< dearer on slopes and in snow
  int life_years = 0;                          ///< bought again after so many years; 0: never
  std::string price{};                         ///< PriceItem::id; "": the user must state one before it is needed
  std::vector<std::string> eligible_as{};      ///< words of SubsidyRule::assets that stand for it
};

struct CostCatalogue {
  std::vector<PriceItem> prices{};
  std::vector<Deflator> deflators{};
  std::vector<CostAsset> assets{};
};

/// Money of one currency at the price level of one year.
struct MoneyBasis {
  std::string currency = "JPY";
  int year = 0;
  double position = 0.5;  ///< within a price that is known as a range: 0 low, 1 high
};

/// Of one unit, on the basis. InputError (key "price"): no price, or money of another currency or year without a
/// deflator.
[[nodiscard]] double unit_price(const CostCatalogue& catalogue, const CostAsset& asset, const MoneyBasis& basis);

}  // namespace amaneku
