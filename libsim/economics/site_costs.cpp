#include "libsim/economics/site_costs.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace amaneku {
namespace {

bool is_shared(const CostAsset& asset, const Sharing& sharing) {
  return asset.level != SharingLevel::none && sharing.level >= asset.level;
}

int owners_of(const CostAsset& asset, const Sharing& sharing) {
  return is_shared(asset, sharing) ? 1 : sharing.operators;
}

double access_factor(const CostAsset& asset, const SiteWorks& works, const AccessCosts& access) {
  if (!asset.by_access) return 1.0;
  return 1.0 + access.per_slope_percent * works.slope_percent + (works.snow ? access.in_snow : 0.0);
}

void add(SiteCost& out, const CostLine& line) {
  (line.asset->payment == Payment::once ? out.capex_jpy : out.opex_jpy_per_year) += line.amount_jpy;
  out.lines.push_back(line);
}

void add(SiteCost& out, const CostAsset& asset, const Sharing& sharing, double quantity, double unit_jpy) {
  const int owners = owners_of(asset, sharing);
  add(out, {.asset = &asset,
            .quantity = quantity,
            .unit_jpy = unit_jpy,
            .amount_jpy = std::llround(quantity * unit_jpy),
            .owners = owners,
            .operators = sharing.operators / owners});
}

void add_shared(SiteCost& out, const std::vector<SharedPart>& parts, const Sharing& sharing) {
  for (const SharedPart& part : parts) {
    add(out, {.asset = part.asset,
              .quantity = part.quantity,
              .unit_jpy = part.quantity > 0.0 ? static_cast<double>(part.amount_jpy) / part.quantity : 0.0,
              .amount_jpy = part.amount_jpy,
              .owners = 1,
              .operators = sharing.operators});
  }
}

/// Of something that costs `amount_jpy` today, paid after `year` years.
struct Later {
  double paid_jpy;
  double present_jpy;
};

Later later(std::int64_t amount_jpy, int year, const CostHorizon& horizon) {
  const double paid_jpy = static_cast<double>(amount_jpy) * std::pow(1.0 + horizon.inflation, year);
  return {paid_jpy, paid_jpy / std::pow(1.0 + horizon.discount_rate, year)};
}

/// Parts that differ by a yen at most and add up to the whole.
std::vector<std::int64_t> equal_parts_jpy(std::int64_t whole_jpy, int parts) {
  std::vector<std::int64_t> out;
  for (int left = parts; left > 0; --left) {
    out.push_back(whole_jpy / left);
    whole_jpy -= out.back();
  }
  return out;
}

}  // namespace

SiteCost cost_of_shared(const std::vector<SharedPart>& parts, const Sharing& sharing) {
  SiteCost out;
  add_shared(out, parts, sharing);
  return out;
}

void take_shared(SiteWorks& works, std::vector<SharedPart> parts) {
  const auto metres = [&](CostQuantity quantity) {
    const auto found = std::find_if(parts.begin(), parts.end(),
                                    [&](const SharedPart& part) { return part.asset->quantity == quantity; });
    return found == parts.end() ? 0.0 : found->quantity;
  };
  works.laid_out = true;
  works.aerial_m = metres(CostQuantity::aerial_m);
  works.buried_m = metres(CostQuantity::buried_m);
  works.submarine_m = metres(CostQuantity::submarine_m);
  works.shared = std::move(parts);
}

bool is_backhaul(CostQuantity quantity) noexcept {
  return quantity >= CostQuantity::aerial_m && quantity <= CostQuantity::leased_lines;
}

double quantity_of(const CostAsset& asset, const SiteWorks& works) noexcept {
  const bool is_new = works.build == BuildKind::mast || works.build == BuildKind::rooftop;
  switch (asset.quantity) {
    case CostQuantity::turnkey:
      return works.build == BuildKind::turnkey ? 1.0 : 0.0;
    case CostQuantity::mast:
      return works.build == BuildKind::mast ? 1.0 : 0.0;
    case CostQuantity::rooftop:
      return works.build == BuildKind::rooftop ? 1.0 : 0.0;
    case CostQuantity::upgrade:
      return works.build == BuildKind::upgrade ? 1.0 : 0.0;
    case CostQuantity::new_station:
      return is_new ? 1.0 : 0.0;
    case CostQuantity::sectors:
      return is_new ? works.sectors : 0.0;
    case CostQuantity::grid_m:
      return works.grid_m;
    case CostQuantity::road_m:
      return works.build == BuildKind::standing ? 0.0 : works.road_m;
    case CostQuantity::autonomy_h:
      return works.autonomy_h;
    case CostQuantity::generator:
      return works.generator ? 1.0 : 0.0;
    case CostQuantity::aerial_m:
      return works.aerial_m;
    case CostQuantity::buried_m:
      return works.buried_m;
    case CostQuantity::submarine_m:
      return works.submarine_m;
    case CostQuantity::landings:
      return works.landings;
    case CostQuantity::station:
      return 1.0;
    case CostQuantity::duct_m:
    case CostQuantity::bridge_m:
    case CostQuantity::tunnel_m:
    case CostQuantity::existing_m:
    case CostQuantity::further_cable_m:
    case CostQuantity::microwave_ends:
    case CostQuantity::optics_ends:
    case CostQuantity::iab_links:
    case CostQuantity::satellite_links:
    case CostQuantity::leased_lines:
    case CostQuantity::capex_share:
      return 0.0;
  }
  return 0.0;
}

SiteCost site_cost(const SiteWorks& works, const CostCatalogue& catalogue, const CostTerms& terms) {
  SiteCost out;
  for (const CostAsset& asset : catalogue.assets) {
    if (works.laid_out && is_backhaul(asset.quantity)) continue;
    const double quantity = quantity_of(asset, works) * owners_of(asset, terms.sharing);
    if (quantity > 0.0)
      add(out, asset, terms.sharing, quantity,
          unit_price(catalogue, asset, terms.basis) * access_factor(asset, works, terms.access));
  }
  if (works.laid_out) add_shared(out, works.shared, terms.sharing);
  for (const CostAsset& asset : catalogue.assets) {
    if (asset.quantity != CostQuantity::capex_share || asset.price.empty() || out.capex_jpy == 0) continue;
    add(out, asset, terms.sharing, unit_price(catalogue, asset, terms.basis), static_cast<double>(out.capex_jpy));
  }
  return out;
}

std::vector<std::int64_t> copy_prices_jpy(const CostLine& line) {
  return equal_parts_jpy(line.amount_jpy, line.owners);
}

std::vector<std::int64_t> operator_parts_jpy(const CostLine& line, const Sharing& sharing) {
  return equal_parts_jpy(line.amount_jpy, sharing.operators);
}

LifeCost life_cost(const SiteCost& cost, const CostHorizon& horizon) {
  double paid_jpy = 0.0;
  double present_jpy = 0.0;
  const auto add_later = [&](std::int64_t amount_jpy, int year) {
    const Later one = later(amount_jpy, year, horizon);
    paid_jpy += one.paid_jpy;
    present_jpy += one.present_jpy;
  };
  for (const CostLine& line : cost.lines) {
    if (line.asset->payment == Payment::yearly) {
      for (int year = 1; year <= horizon.years; ++year) add_later(line.amount_jpy, year);
      continue;
    }
    add_later(line.amount_jpy, 0);
    const int life = line.asset->life_years;
    for (int year = life; life > 0 && year < horizon.years; year += life) add_later(line.amount_jpy, year);
  }
  return {std::llround(paid_jpy), std::llround(present_jpy)};
}

}  // namespace amaneku
