// Conditions of rules: written as text in the rules file, tested exactly, and answered "not known" where a fact is
// missing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/economics/subsidy_facts.hpp"

namespace amaneku {

struct SubsidyRules;

/// What a project says, as numbers: indices into the tables of SubsidyRules.
struct SubsidyCase {
  FactValues facts = default_facts();
  int applicant = -1;
  std::uint32_t areas = 0;              ///< bit i: SubsidyRules::areas[i]
  std::vector<std::int64_t> choices{};  ///< option of SubsidyRules::choices[i]
};

enum class Truth : std::uint8_t { no, unknown, yes };

enum class TestSubject : std::uint8_t { fact, applicant, area, choice };
enum class Relation : std::uint8_t { equal, not_equal, less, at_most, greater, at_least };

/// "households < 300": one comparison.
struct SubsidyTest {
  TestSubject subject = TestSubject::fact;
  int index = 0;  ///< of the fact or the choice
  Relation comparison = Relation::equal;
  std::int64_t value = 0;  ///< of the fact; index of the applicant, the area, the option
};

/// Tests of which one must hold.
struct SubsidyClause {
  std::string text{};
  std::vector<SubsidyTest> any{};
};

/// Clauses that must all hold; none: always.
using SubsidyCondition = std::vector<SubsidyClause>;

/// "island", "not island", "households < 300", "work = new", "applicant = municipality", "area != kaso",
/// "choice.NAME = option", and several with " or " between them. InputError (no key), with the nearest known
/// word.
[[nodiscard]] SubsidyClause parse_clause(const std::string& text, const SubsidyRules& rules);

[[nodiscard]] Truth truth_of(const SubsidyTest& test, const SubsidyCase& project, const SubsidyRules& rules);
[[nodiscard]] Truth truth_of(const SubsidyClause& clause, const SubsidyCase& project, const SubsidyRules& rules);
[[nodiscard]] Truth truth_of(const SubsidyCondition& condition, const SubsidyCase& project,
                             const SubsidyRules& rules);

}  // namespace amaneku
