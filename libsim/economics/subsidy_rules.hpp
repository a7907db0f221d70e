// The subsidy programmes as data: scenarios/catalogue/subsidies.toml, and a user's file of the same form
// (docs/formats/subsidy_rules.md).
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/economics/rational.hpp"
#include "libsim/economics/subsidy_condition.hpp"

namespace amaneku {

/// Who pays. `applicant`: whoever asks, where a rule says no more; in an answer it has become one of the others.
enum class Payer : std::uint8_t { nation, prefecture, municipality, mobile_operator, applicant };

constexpr std::size_t index_of(Payer payer) {
  return static_cast<std::size_t>(payer);
}
constexpr std::size_t kPayerCount = 5;
constexpr std::array<const char*, kPayerCount> kPayerWords = {"nation", "prefecture", "municipality", "operator",
                                                              "applicant"};
using PayerShares = std::array<Rational, kPayerCount>;
using PayerAmounts = std::array<std::int64_t, kPayerCount>;  ///< JPY

/// How firm a rule is: printed; put together from what is printed; one reading of several.
enum class RuleStatus : std::uint8_t { stated, inferred, ambiguous };
[[nodiscard]] const char* status_word(RuleStatus status) noexcept;

/// A word that a project may use, with what it is called.
struct SubsidyWord {
  std::string id{};                      ///< "KT", "kaso", "fibre"
  std::string name{};                    ///< in English
  std::vector<std::string> also{};       ///< further names, in Japanese and English
  std::uint64_t includes_self = 0;       ///< applicants: bit i: is also applicants[i]; its own bit is set
  Payer payer = Payer::mobile_operator;  ///< applicants: whose money the applicant's is
  std::uint32_t areas = 0;               ///< programmes: designations, one of which is needed; 0: anywhere
  int implied_fact = -1;                 ///< areas: index of the flag that holds in such an area; -1: none
};

/// Cost that a rule is for.
enum class CostKind : std::uint8_t { capex, lease_10_years, operating_deficit };

struct SubsidyRule {
  std::string id{};
  std::string programme{};      ///< SubsidyWord::id
  std::string sub_programme{};  ///< SubsidyWord::id
  std::string fiscal_year{};    ///< "R7", "H29"
  std::string basis{};          ///< budget, budget_request, budget_draft ...
  std::string source{};         ///< document and place
  std::string note{};
  bool verified =
      true;  ///< read in a document of the ministry, or in a copy; false: told by others, or carried over
  CostKind cost = CostKind::capex;
  std::uint64_t applicants = 0;  ///< bit i: applicants[i]
  std::uint32_t areas = 0;       ///< bit i: one of these areas is needed; 0: anywhere
  std::vector<std::string> assets{};
  SubsidyCondition when{};
  PayerShares shares{};
  PrintedFraction nation_printed{};
  RuleStatus status = RuleStatus::stated;
  SubsidyCondition ambiguous_when{};  ///< with any clause: then the status is ambiguous instead
  std::vector<int> ambiguities{};     ///< SubsidyAmbiguity::number
  std::vector<std::string> overrides{};
  std::vector<std::string> modifiers{};
  std::int64_t national_cap_jpy = std::numeric_limits<std::int64_t>::max();
  std::int64_t cost_min_jpy = 0;  ///< below: not eligible
  std::int64_t guide_min_jpy = 0;
  std::int64_t guide_max_jpy = std::numeric_limits<std::int64_t>::max();  ///< outside the guide: a warning
};

/// Adds to the numerator of the national share as printed: (n + add)/d. What is left of the cost is shared as
/// before.
struct SubsidyModifier {
  std::string id{};
  Rational add_to_numerator{};
  SubsidyCondition when{};
  RuleStatus status = RuleStatus::stated;
  std::vector<int> ambiguities{};
  std::string source{};
};

/// A bond for the local burden: charge x burden may be borrowed, and the state pays grant x of that back.
struct LocalBond {
  std::string id{};
  std::string name{};
  std::optional<Rational> charge{};  ///< 充当率; nullopt: not known
  std::optional<Rational> grant{};   ///< 交付税措置率, of the debt service
  bool for_prefecture = false;
  bool for_municipality = false;
  std::vector<std::string> programmes{};    ///< SubsidyWord::id; empty: all
  std::vector<std::string> fiscal_years{};  ///< empty: all
  std::vector<std::string> except{};        ///< "KD R5": a programme in a year whose document does not list it
  SubsidyCondition when{};
  RuleStatus status = RuleStatus::stated;
  std::vector<int> ambiguities{};
  std::string source{};
};

/// A reading that the user may choose.
struct SubsidyChoice {
  std::string id{};
  int ambiguity = 0;
  std::string question{};
  std::vector<std::string> options{};
  std::int64_t chosen = 0;  ///< index of options
};

/// A named ambiguity of the sources, and how it is met.
struct SubsidyAmbiguity {
  std::string id{};
  int number = 0;
  std::string question{};
  std::string handling{};            ///< status, choice, input, none
  std::string chosen{};              ///< what the program does
  std::vector<std::string> facts{};  ///< input: rules that test one of these carry the ambiguity
};

/// Money of a programme in a year, and when it could be asked for. No amount depends on it.
struct SubsidyBudget {
  std::string id{};
  std::string programme{};  ///< SubsidyWord::id
  std::string fiscal_year{};
  std::string kind{};  ///< initial (当初), supplementary (補正), request (要求), draft (案)
  std::optional<std::int64_t> amount_jpy{};  ///< nullopt: only the call is known
  bool shared = false;                       ///< 内数: other programmes are paid from it too
  std::string call_from{};                   ///< "2026-01-30"; empty: not known
  std::string call_until{};
  bool verified = true;
  std::string source{};
};

struct SubsidyRules {
  std::int64_t national_multiple_jpy = 1000;  ///< the national amount is truncated to a multiple of this
  std::vector<SubsidyWord> programmes{};
  std::vector<SubsidyWord> sub_programmes{};
  std::vector<SubsidyWord> applicants{};
  std::vector<SubsidyWord> areas{};
  std::vector<SubsidyAmbiguity> ambiguities{};
  std::vector<SubsidyChoice> choices{};
  std::vector<SubsidyModifier> modifiers{};
  std::vector<LocalBond> bonds{};
  std::vector<SubsidyRule> rules{};
  std::vector<SubsidyBudget> budgets{};
};

/// Index of the word with that id or name; -1: there is none.
[[nodiscard]] int word_index(const std::vector<SubsidyWord>& words, std::string_view name);
/// The same; refuse_unknown at `key` for one that is not there.
[[nodiscard]] std::size_t known_word(const std::vector<SubsidyWord>& words, const std::string& name,
                                     const std::string& key);

/// InputError (key "when"): a project exists that both rules are for, and neither overrides the other. Names the
/// first such pair that has `rule` in it.
void check_one_rule_a_case(const SubsidyRule& rule, const SubsidyRules& rules);

}  // namespace amaneku
