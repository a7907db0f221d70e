#include "libsim/economics/subsidy_bonds.hpp"

#include <algorithm>

namespace amaneku {
namespace {

bool is_open(const LocalBond& bond, const SubsidyProject& project, const SubsidyCase& as_case,
             const SubsidyRules& rules) {
  const auto holds = [](const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  const std::string& programme = rules.programmes[known_word(rules.programmes, project.programme, "programme")].id;
  if (!bond.programmes.empty() && !holds(bond.programmes, programme)) return false;
  if (!bond.fiscal_years.empty() && !holds(bond.fiscal_years, project.fiscal_year)) return false;
  if (holds(bond.except, programme + ' ' + project.fiscal_year)) return false;
  return truth_of(bond.when, as_case, rules) == Truth::yes;
}

}  // namespace

void add_bonds(SubsidyAnswer& answer, const SubsidyProject& project, const SubsidyCase& as_case,
               const SubsidyRules& rules) {
  // The payer of the rest pays for what is not eligible too; bonds are for the eligible cost.
  const std::int64_t ineligible_jpy = project.total_cost_jpy - project.eligible_cost_jpy;
  for (const Payer payer : {Payer::prefecture, Payer::municipality}) {
    const std::int64_t burden_jpy = answer.amounts_jpy[index_of(payer)];
    if (burden_jpy == 0) continue;
    const std::int64_t eligible_jpy =
        answer.rest_payer == payer ? std::max<std::int64_t>(burden_jpy - ineligible_jpy, 0) : burden_jpy;
    for (const LocalBond& bond : rules.bonds) {
      const bool for_payer = payer == Payer::prefecture ? bond.for_prefecture : bond.for_municipality;
      if (!for_payer || !is_open(bond, project, as_case, rules)) continue;
      BondAnswer out{.bond = &bond, .payer = payer};
      if (bond.charge && bond.grant)
        out.effective_local_cost_jpy = burden_jpy - (*bond.charge * *bond.grant).floor_of(eligible_jpy);
      answer.bonds.push_back(out);
    }
  }
}

std::int64_t least_local_cost_jpy(const SubsidyAnswer& answer, Payer payer) {
  std::int64_t least_jpy = answer.amounts_jpy[index_of(payer)];
  for (const BondAnswer& bond : answer.bonds) {
    if (bond.payer == payer && bond.effective_local_cost_jpy)
      least_jpy = std::min(least_jpy, *bond.effective_local_cost_jpy);
  }
  return least_jpy;
}

}  // namespace amaneku
