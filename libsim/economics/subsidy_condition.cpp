#include "libsim/economics/subsidy_condition.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "libsim/economics/subsidy_rules.hpp"
#include "libsim/entry_of.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::string_view kOr = " or ";
constexpr std::string_view kNot = "not ";
constexpr std::string_view kChoice = "choice.";
/// Longer signs first: "<=" begins with "<".
constexpr std::array<std::pair<std::string_view, Relation>, 6> kSigns = {{{" <= ", Relation::at_most},
                                                                          {" >= ", Relation::at_least},
                                                                          {" != ", Relation::not_equal},
                                                                          {" < ", Relation::less},
                                                                          {" > ", Relation::greater},
                                                                          {" = ", Relation::equal}}};

[[noreturn]] void refuse_condition(const std::string& message, const std::string& text, const std::string& legal) {
  throw InputError(Fault{.message = message, .value = '"' + text + '"', .legal = legal});
}

struct Sides {
  std::string subject;
  std::string value;
  Relation comparison;
};

Sides split(const std::string& text) {
  for (const auto& [sign, comparison] : kSigns) {
    const std::size_t at = text.find(sign);
    if (at != std::string::npos) return {text.substr(0, at), text.substr(at + sign.size()), comparison};
  }
  const bool negated = text.compare(0, kNot.size(), kNot) == 0;
  return {negated ? text.substr(kNot.size()) : text, negated ? "false" : "true", Relation::equal};
}

std::int64_t index_of(const std::vector<std::string>& words, const std::string& word, const std::string& key) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) refuse_unknown(word, key, words);
  return found - words.begin();
}

std::int64_t fact_value(const SubsidyFact& fact, const std::string& text) {
  if (fact.kind == FactKind::number) return fact_number(std::string_view(text), fact.range);
  if (fact.kind == FactKind::word) return index_of(fact.words, text, "when");
  return index_of({"false", "true"}, text, "when");
}

SubsidyTest fact_test(const Sides& sides) {
  const int index = fact_index(sides.subject);
  if (index < 0) {
    std::vector<std::string> known = {"applicant", "area", "choice.NAME"};
    for (const SubsidyFact& fact : subsidy_facts()) known.emplace_back(fact.name);
    refuse_unknown(sides.subject, "when", known);
  }
  const SubsidyFact& fact = subsidy_facts()[static_cast<std::size_t>(index)];
  const bool by_size = sides.comparison != Relation::equal && sides.comparison != Relation::not_equal;
  if (by_size && fact.kind != FactKind::number)
    refuse_condition("compares what is no number", sides.subject, "=, !=");
  return {TestSubject::fact, index, sides.comparison, fact_value(fact, sides.value)};
}

SubsidyTest parse_test(const std::string& text, const SubsidyRules& rules) {
  const Sides sides = split(text);
  if (sides.subject.compare(0, kChoice.size(), kChoice) == 0) {
    const SubsidyChoice& choice = entry_of(rules.choices, sides.subject.substr(kChoice.size()), "when");
    return {TestSubject::choice, static_cast<int>(&choice - rules.choices.data()), sides.comparison,
            index_of(choice.options, sides.value, "when")};
  }
  const auto word = [&](const std::vector<SubsidyWord>& words) {
    return static_cast<std::int64_t>(known_word(words, sides.value, "when"));
  };
  if (sides.subject == "applicant") return {TestSubject::applicant, 0, sides.comparison, word(rules.applicants)};
  if (sides.subject == "area") return {TestSubject::area, 0, sides.comparison, word(rules.areas)};
  return fact_test(sides);
}

bool holds(std::int64_t a, Relation comparison, std::int64_t b) {
  switch (comparison) {
    case Relation::equal:
      return a == b;
    case Relation::not_equal:
      return a != b;
    case Relation::less:
      return a < b;
    case Relation::at_most:
      return a <= b;
    case Relation::greater:
      return a > b;
    case Relation::at_least:
      return a >= b;
  }
  return false;
}

Truth truth(bool value) {
  return value ? Truth::yes : Truth::no;
}

}  // namespace

SubsidyClause parse_clause(const std::string& text, const SubsidyRules& rules) {
  SubsidyClause clause{.text = text};
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(kOr, begin), text.size());
    clause.any.push_back(parse_test(text.substr(begin, end - begin), rules));
    begin = end + kOr.size();
  }
  return clause;
}

Truth truth_of(const SubsidyTest& test, const SubsidyCase& project, const SubsidyRules& rules) {
  const bool wanted = test.comparison == Relation::equal;
  switch (test.subject) {
    case TestSubject::fact: {
      const std::int64_t value = project.facts[static_cast<std::size_t>(test.index)];
      return value == kUnknown ? Truth::unknown : truth(holds(value, test.comparison, test.value));
    }
    case TestSubject::applicant: {
      const SubsidyWord& applicant = rules.applicants[static_cast<std::size_t>(project.applicant)];
      return truth(((applicant.includes_self >> test.value & 1U) != 0) == wanted);
    }
    case TestSubject::area:
      return truth(((project.areas >> test.value & 1U) != 0) == wanted);
    case TestSubject::choice:
      return truth((project.choices[static_cast<std::size_t>(test.index)] == test.value) == wanted);
  }
  return Truth::no;
}

Truth truth_of(const SubsidyClause& clause, const SubsidyCase& project, const SubsidyRules& rules) {
  Truth best = Truth::no;
  for (const SubsidyTest& test : clause.any) best = std::max(best, truth_of(test, project, rules));
  return best;
}

Truth truth_of(const SubsidyCondition& condition, const SubsidyCase& project, const SubsidyRules& rules) {
  Truth worst = Truth::yes;
  for (const SubsidyClause& clause : condition) {
    worst = std::min(worst, truth_of(clause, project, rules));
    if (worst == Truth::no) break;
  }
  return worst;
}

}  // namespace amaneku
