// The roll-out of a selection: which chosen site in which fiscal year.
#pragma once

#include "libsim/selection/cover_years.hpp"
#include "libsim/studies/selection/selection_costs.hpp"
#include "libsim/studies/selection/selection_rows.hpp"

namespace amaneku {

/// Borrows options, demand and rows, which live longer.
struct YearsQuestion {
  const SelectionOptions& options;
  const SelectionDemand& demand;
  const SelectionRows& rows;
  CoverProblem problem{};    ///< sites that stay are chosen, those in question open, with their costs
  SelectionShares shares{};  ///< what the sites cost to buy; `rest` is paid in the first year
  CoverOptions cover{};
};

/// Budgets, numbers of sites and targets of the years. InputError (key "years.YEAR.budget_..."): the rest alone
/// passes the budget of the first year.
[[nodiscard]] CoverYears cover_years(const YearsQuestion& question);

/// Every open site in its year, so that as many people as can be are covered early.
[[nodiscard]] YearsChoice order_sites(const YearsQuestion& question);

/// InputError: the open sites of the question, which reach the targets, do not fit into the years; by year and
/// budget. `proved`: that no other choice does.
[[noreturn]] void refuse_years(const YearsQuestion& question, bool proved);

}  // namespace amaneku
