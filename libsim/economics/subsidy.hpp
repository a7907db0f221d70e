// Who pays for a project: the rule of its case, shares, amounts to the yen, bonds. Exact arithmetic throughout.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "libsim/economics/subsidy_rules.hpp"

namespace amaneku {

/// A project that asks for money. Words are ids or names of the rules' tables.
struct SubsidyProject {
  std::string programme{};
  std::string sub_programme{};  ///< may be empty where the programme has one only in that year
  std::string fiscal_year{};
  std::string applicant{};
  std::vector<std::string> areas{};  ///< designations of the place
  FactValues facts = default_facts();
  std::vector<std::pair<std::string, std::string>> choices{};  ///< SubsidyChoice::id and the option taken
  std::int64_t eligible_cost_jpy = 0;
  std::int64_t total_cost_jpy = 0;  ///< at least the eligible cost
  Rational operator_part{};         ///< of the municipality's share, that the operator pays; 0 .. 1
};

/// A bond for one payer of the local burden.
struct BondAnswer {
  const LocalBond* bond = nullptr;
  Payer payer = Payer::municipality;
  std::optional<std::int64_t> effective_local_cost_jpy{};  ///< principal only; nullopt: rates not known
};

struct SubsidyAnswer {
  const SubsidyRule* rule = nullptr;    ///< nullptr: not eligible
  std::string reason{};                 ///< why not
  PayerShares shares{};                 ///< of the eligible cost; they add up to 1. Nobody is called applicant
  PayerAmounts amounts_jpy{};           ///< they add up to the total cost. Nobody is called applicant
  Payer rest_payer = Payer::applicant;  ///< pays what is not eligible, and what rounding leaves
  RuleStatus status = RuleStatus::stated;
  std::vector<const SubsidyModifier*> modifiers{};
  std::vector<int> ambiguities{};  ///< ascending
  std::vector<BondAnswer> bonds{};
  std::vector<std::string> warnings{};
};

/// Rules made ready for many projects. Answers point into it.
class SubsidyEngine {
 public:
  explicit SubsidyEngine(SubsidyRules rules);

  [[nodiscard]] const SubsidyRules& rules() const noexcept { return *rules_; }
  /// InputError where a word is unknown (the nearest is named), a cost is negative, the eligible cost is above the
  /// total, a fact that decides is missing or denies a designation of the place, or the kind of the applicant is
  /// too wide to tell.
  [[nodiscard]] SubsidyAnswer answer(const SubsidyProject& project) const;

 private:
  using Group = std::vector<std::size_t>;  ///< indices of rules

  [[nodiscard]] const Group& group_of(const SubsidyProject& project) const;
  [[nodiscard]] SubsidyCase case_of(const SubsidyProject& project) const;

  std::shared_ptr<const SubsidyRules> rules_;
  std::unordered_map<std::string, Group> groups_;  ///< by programme, sub-programme, year
};

/// The last of municipality, operator, applicant, prefecture that has a share; the applicant where only the nation
/// has.
[[nodiscard]] Payer rest_payer_of(const PayerShares& shares);

/// Amounts of an eligible cost and of what is not eligible beside it. The national amount is a whole multiple of
/// `multiple_jpy` and at most the cap; the others have their share rounded down to the yen, and
/// rest_payer_of() pays the rest, with all that is not eligible.
[[nodiscard]] PayerAmounts split_cost(const SubsidyProject& project, const PayerShares& shares,
                                      std::int64_t multiple_jpy, std::int64_t national_cap_jpy);

}  // namespace amaneku
