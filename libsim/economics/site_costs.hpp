// What one site costs: every asset with quantity, unit price and amount in whole yen.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "libsim/economics/prices.hpp"

namespace amaneku {

/// The part of a site in something that several sites use: its amount is whole yen, so that the parts of all sites
/// add up to the whole.
struct SharedPart {
  const CostAsset* asset = nullptr;  ///< of the catalogue
  double quantity = 0.0;
  std::int64_t amount_jpy = 0;
};

/// What is to be built at a site.
enum class BuildKind : std::uint8_t {
  turnkey,  ///< a whole station at one price
  mast,     ///< a new mast, part by part
  rooftop,  ///< on a roof, part by part
  upgrade,  ///< 5G on a standing site
  standing  ///< nothing is built
};

/// How a site is built, powered, reached and connected.
struct SiteWorks {
  BuildKind build = BuildKind::turnkey;
  int sectors = 1;
  double grid_m = 0.0;      ///< to the power grid
  double road_m = 0.0;      ///< to the nearest road
  double autonomy_h = 0.0;  ///< of the battery
  bool generator = false;   ///< for longer failures of the grid
  double slope_percent = 0.0;
  bool snow = false;
  double aerial_m = 0.0;  ///< fibre to the exchange on poles
  double buried_m = 0.0;
  double submarine_m = 0.0;
  int landings = 0;
  bool own_line = false;  ///< the lengths are stated for this site
  /// Its lines are laid out together with those of other sites: what is_backhaul() is in `shared`, and the lengths
  /// above only say how much.
  bool laid_out = false;
  std::vector<SharedPart> shared{};
};

/// Operators at a site, and how much of it they share.
struct Sharing {
  SharingLevel level = SharingLevel::none;
  int operators = 1;
};

/// How much dearer a hard place is. Inputs of the user: no source is known.
struct AccessCosts {
  double per_slope_percent = 0.0;  ///< share added for each percent of slope
  double in_snow = 0.0;            ///< share added where there is much snow
};

struct CostTerms {
  MoneyBasis basis{};
  Sharing sharing{};
  AccessCosts access{};
};

/// One line of a bill.
struct CostLine {
  const CostAsset* asset = nullptr;
  double quantity = 0.0;  ///< all copies
  double unit_jpy = 0.0;  ///< with the additions for access
  std::int64_t amount_jpy = 0;
  int owners = 1;     ///< operators who have a copy each; 1: there is one copy
  int operators = 1;  ///< who use one copy
};

/// Lines point into the catalogue. Only what is needed has a line.
struct SiteCost {
  std::vector<CostLine> lines{};
  std::int64_t capex_jpy = 0;
  std::int64_t opex_jpy_per_year = 0;
};

/// Amounts are rounded to the yen line by line; sums are exact. InputError as unit_price().
[[nodiscard]] SiteCost site_cost(const SiteWorks& works, const CostCatalogue& catalogue, const CostTerms& terms);

/// What the parts of lines that several sites use cost one of them: one copy each, whatever the operators share at
/// their masts.
[[nodiscard]] SiteCost cost_of_shared(const std::vector<SharedPart>& parts, const Sharing& sharing);

/// Gives a site its parts of a layout, and the lengths that rules ask after.
void take_shared(SiteWorks& works, std::vector<SharedPart> parts);

/// Cables, links and lines: what a layout of the backhaul counts.
[[nodiscard]] bool is_backhaul(CostQuantity quantity) noexcept;

/// Quantity of an asset at a site, one copy.
[[nodiscard]] double quantity_of(const CostAsset& asset, const SiteWorks& works) noexcept;

/// What each copy costs. They add up to the line.
[[nodiscard]] std::vector<std::int64_t> copy_prices_jpy(const CostLine& line);

/// What each operator has to pay of a line: shared assets in equal parts, own ones whole. The parts add up to the
/// line.
[[nodiscard]] std::vector<std::int64_t> operator_parts_jpy(const CostLine& line, const Sharing& sharing);

/// How long, and what money is worth later.
struct CostHorizon {
  int years = 10;
  double discount_rate = 0.0;  ///< a year
  double inflation = 0.0;      ///< of what is paid later, a year
};

/// Everything that is paid for a site within the horizon: bought at its beginning, run at the end of every year,
/// bought again after each life that ends before the horizon does.
struct LifeCost {
  std::int64_t total_jpy = 0;    ///< total cost of ownership: as paid, with inflation
  std::int64_t present_jpy = 0;  ///< net present value of the same
};
[[nodiscard]] LifeCost life_cost(const SiteCost& cost, const CostHorizon& horizon);

}  // namespace amaneku
