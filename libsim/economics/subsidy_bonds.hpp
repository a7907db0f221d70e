// Bonds for what a prefecture and a municipality have to pay, and what is left to them after the state's grant.
#pragma once

#include "libsim/economics/subsidy.hpp"

namespace amaneku {

/// Adds every bond that is open to the project. Of the burden of an eligible cost charge x grant comes back; the
/// rest, and all that is not eligible, stays: effective local cost = burden - floor(charge x grant x eligible
/// burden).
void add_bonds(SubsidyAnswer& answer, const SubsidyProject& project, const SubsidyCase& as_case,
               const SubsidyRules& rules);

/// The least that remains with a payer over all its bonds: what it pays without any where there is none.
[[nodiscard]] std::int64_t least_local_cost_jpy(const SubsidyAnswer& answer, Payer payer);

}  // namespace amaneku
