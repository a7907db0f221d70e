// What a selection cannot give, in words: who is out of reach, which budget is too small, which candidates are
// twins.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "libsim/input/network.hpp"
#include "libsim/studies/selection/selection_costs.hpp"
#include "libsim/studies/selection/selection_rows.hpp"
#include "terrain/error.hpp"

namespace amaneku {

/// "budget_municipality_jpy": of [selection] and of its years.
[[nodiscard]] std::string budget_key(const SelectionBudget& budget);

/// Borrowed: lives longer than the call.
struct ReachJudgement {
  const SelectionDemand& demand;
  const SelectionRows& rows;
  const World& world;
  const Network& network;
};

/// InputError: a need that all sites together do not reach, with what is missing and where.
void refuse_out_of_reach(const ReachJudgement& judged, const SelectionOptions& options);

struct BudgetJudgement {
  const Network& network;
  const SelectionCosts& costs;
  const std::vector<std::size_t>& candidates;
};

/// InputError: a budget that does not buy the cheapest candidate, which is named.
void refuse_small_budgets(const BudgetJudgement& judged, const SelectionOptions& options);

/// InputError: the budgets and limits do not reach the targets. `enough`: a choice that would; `proved`: that none
/// within them does.
[[noreturn]] void refuse_unaffordable(std::span<const std::int32_t> enough, bool proved,
                                      const BudgetJudgement& judged, const SelectionOptions& options);

/// Warning "selection_same_place": candidates within a metre of one another with equal sectors.
void warn_of_twins(const Network& network, const std::vector<std::size_t>& candidates,
                   std::vector<Warning>& warnings);

/// Warning "selection_no_way": candidates that no line leads to an exchange, and that are left out.
void warn_of_unreached(const Network& network, std::span<const std::int32_t> sites,
                       std::vector<Warning>& warnings);

}  // namespace amaneku
