// The lines of the backhaul in the bills of the sites.
#pragma once

#include <vector>

#include "libsim/economics/bill.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"

namespace amaneku {

/// These parts are the lines of the site, instead of what its works say of its own.
void set_lines(SiteWorks& works, std::vector<SharedPart> parts);

/// Gives every connected site of the bill its parts of cables and links.
void share_lines(const BackhaulReport& report, MoneyInput& money);

}  // namespace amaneku
