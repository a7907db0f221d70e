#include "libsim/studies/backhaul/share_lines.hpp"

#include <utility>

namespace amaneku {
namespace {

double length_of(const std::vector<SharedPart>& parts, CostQuantity quantity) {
  for (const SharedPart& part : parts) {
    if (part.asset->quantity == quantity) return part.quantity;
  }
  return 0.0;
}

}  // namespace

void set_lines(SiteWorks& works, std::vector<SharedPart> parts) {
  works.laid_out = true;
  works.aerial_m = length_of(parts, CostQuantity::aerial_m);
  works.buried_m = length_of(parts, CostQuantity::buried_m);
  works.submarine_m = length_of(parts, CostQuantity::submarine_m);
  works.shared = std::move(parts);
}

void share_lines(const BackhaulReport& report, MoneyInput& money) {
  for (const BackhaulSite& site : report.sites) {
    if (!site.is_place()) set_lines(money.sites[site.site].works, site.parts);
  }
}

}  // namespace amaneku
