#include "libsim/economics/subsidy_rules.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "terrain/error.hpp"
#include "terrain/nearest.hpp"

namespace amaneku {
namespace {

/// More combinations than any rule of the programmes needs by a factor of a hundred.
constexpr std::size_t kMaxCombinations = 200'000;

/// One thing that conditions ask for, with a value for every answer that they may tell apart.
struct Question {
  TestSubject subject;
  int index;
  std::vector<std::int64_t> values;
};

/// Values below, at and above a threshold; every word; either flag.
void add_values(Question& question, const SubsidyTest& test, const SubsidyRules& rules) {
  const auto add = [&](std::int64_t value) {
    if (std::find(question.values.begin(), question.values.end(), value) == question.values.end())
      question.values.push_back(value);
  };
  const auto add_first = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add(static_cast<std::int64_t>(i));
  };
  if (test.subject == TestSubject::choice)
    return add_first(rules.choices[static_cast<std::size_t>(test.index)].options.size());
  if (test.subject == TestSubject::area) return add_first(2);
  const SubsidyFact& fact = subsidy_facts()[static_cast<std::size_t>(test.index)];
  if (fact.kind == FactKind::word) return add_first(fact.words.size());
  if (fact.kind == FactKind::flag) return add_first(2);
  for (const std::int64_t step : {-1, 0, 1}) add(test.value + step);
}

std::vector<Question> questions_of(const std::vector<const SubsidyCondition*>& conditions,
                                   const SubsidyRules& rules) {
  std::vector<Question> out;
  for (const SubsidyCondition* condition : conditions) {
    for (const SubsidyClause& clause : *condition) {
      for (const SubsidyTest& test : clause.any) {
        if (test.subject == TestSubject::applicant) continue;
        const int index = test.subject == TestSubject::area ? static_cast<int>(test.value) : test.index;
        auto found = std::find_if(out.begin(), out.end(), [&](const Question& question) {
          return question.subject == test.subject && question.index == index;
        });
        if (found == out.end()) found = out.insert(out.end(), {test.subject, index, {}});
        add_values(*found, test, rules);
      }
    }
  }
  return out;
}

void set(SubsidyCase& project, const Question& question, std::int64_t value) {
  const auto index = static_cast<std::size_t>(question.index);
  if (question.subject == TestSubject::fact) project.facts[index] = value;
  if (question.subject == TestSubject::choice) project.choices[index] = value;
  if (question.subject == TestSubject::area) {
    project.areas &= ~(1U << index);
    if (value != 0) project.areas |= 1U << index;
  }
}

bool both_hold_somewhere(const SubsidyRule& a, const SubsidyRule& b, int applicant, const SubsidyRules& rules) {
  const std::vector<Question> questions = questions_of({&a.when, &b.when}, rules);
  std::size_t combinations = 1;
  for (const Question& question : questions) combinations *= question.values.size();
  if (combinations > kMaxCombinations) {
    throw InputError(Fault{
        .message = fmt::format("asks for too much at once, together with {}: {} combinations", a.id, combinations),
        .key = "when",
        .legal = fmt::format("at most {}", kMaxCombinations)});
  }
  SubsidyCase project{.applicant = applicant};
  project.choices.resize(rules.choices.size());
  for (std::size_t i = 0; i < combinations; ++i) {
    std::size_t rest = i;
    for (const Question& question : questions) {
      set(project, question, question.values[rest % question.values.size()]);
      rest /= question.values.size();
    }
    if (truth_of(a.when, project, rules) == Truth::yes && truth_of(b.when, project, rules) == Truth::yes)
      return true;
  }
  return false;
}

bool overrides(const SubsidyRule& a, const SubsidyRule& b) {
  return std::find(a.overrides.begin(), a.overrides.end(), b.id) != a.overrides.end();
}

bool same_group(const SubsidyRule& a, const SubsidyRule& b) {
  return a.programme == b.programme && a.sub_programme == b.sub_programme && a.fiscal_year == b.fiscal_year;
}

}  // namespace

const char* status_word(RuleStatus status) noexcept {
  static constexpr const char* kWords[] = {"stated", "inferred", "ambiguous"};
  return kWords[static_cast<std::size_t>(status)];
}

int word_index(const std::vector<SubsidyWord>& words, std::string_view name) {
  const auto found = std::find_if(words.begin(), words.end(), [&](const SubsidyWord& word) {
    return word.id == name || word.name == name ||
           std::find(word.also.begin(), word.also.end(), name) != word.also.end();
  });
  return found == words.end() ? -1 : static_cast<int>(found - words.begin());
}

std::size_t known_word(const std::vector<SubsidyWord>& words, const std::string& name, const std::string& key) {
  const int index = word_index(words, name);
  if (index >= 0) return static_cast<std::size_t>(index);
  std::vector<std::string> ids;
  std::vector<std::string> names;
  for (const SubsidyWord& word : words) {
    ids.push_back(word.id);
    names.insert(names.end(), {word.id, word.name});
    names.insert(names.end(), word.also.begin(), word.also.end());
  }
  const std::string near = nearest(name, names);
  throw InputError(
      Fault{.message = "there is none of this name" + (near.empty() ? "" : ", did you mean \"" + near + "\"?"),
            .key = key,
            .value = '"' + name + '"',
            .legal = fmt::format("{}", fmt::join(ids, " | "))});
}

void check_one_rule_a_case(const SubsidyRule& rule, const SubsidyRules& rules) {
  for (const SubsidyRule& other : rules.rules) {
    if (other.id == rule.id || !same_group(rule, other)) continue;
    if (overrides(rule, other) || overrides(other, rule)) continue;
    for (std::size_t i = 0; i < rules.applicants.size(); ++i) {
      const std::uint64_t kinds = rules.applicants[i].includes_self;
      if ((kinds & rule.applicants) == 0 || (kinds & other.applicants) == 0) continue;
      if (!both_hold_somewhere(other, rule, static_cast<int>(i), rules)) continue;
      throw InputError(Fault{
          .message = fmt::format("{} and {} are both for one case of {} (applicant {}): exclude it in `when`, or "
                                 "name the weaker one in `overrides`",
                                 other.id, rule.id, rule.programme, rules.applicants[i].id),
          .key = "when"});
    }
  }
}

}  // namespace amaneku
