// The costs of a plan: what each site covers, for the households that the rules ask after, and the bill.
#pragma once

#include <vector>

#include "libsim/count/existing_statistics.hpp"
#include "libsim/economics/bill.hpp"
#include "libsim/maps/radio.hpp"

namespace amaneku {

/// People whom each site gains: those of the site that serves the middle of the unit where they live. [site]
[[nodiscard]] std::vector<double> people_by_site(const Radio& radio, const ServerMaps& maps, const Gained& gained);

/// The bill of the existing sites.
[[nodiscard]] Bill bill_of_plan(const MoneyInput& money, const Radio& radio, const ServerMaps& maps,
                                const Gained& gained);

}  // namespace amaneku
