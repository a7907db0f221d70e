#include "libsim/economics/funding_doubts.hpp"

namespace amaneku {

void FundingDoubts::add(const SiteFunding& funding) {
  undecided_.insert(funding.undecided.begin(), funding.undecided.end());
  for (const FundedProject& project : funding.projects) {
    const SubsidyRule* rule = project.answer.rule;
    if (rule == nullptr) continue;
    if (!rule->verified) unverified_.insert(rule->id);
    if (rule->basis != "budget") not_in_force_.insert(rule->id + " (" + rule->basis + ")");
    if (project.answer.status == RuleStatus::ambiguous) ambiguous_.insert(rule->id);
  }
}

std::vector<Warning> FundingDoubts::warnings() const {
  std::vector<Warning> out;
  warn_of(out, "subsidy_undecided", "programmes that could not be judged", undecided_);
  warn_of(out, "subsidy_unverified", "rules without a document of their programme and year", unverified_);
  warn_of(out, "subsidy_not_in_force", "rules of a request, a draft or a supplementary budget", not_in_force_);
  warn_of(out, "subsidy_ambiguous", "rules that are one reading of several", ambiguous_);
  return out;
}

void warn_of(std::vector<Warning>& warnings, const char* id, const char* message,
             const std::set<std::string>& what) {
  if (what.empty()) return;
  std::string text = message;
  for (const std::string& one : what) text += (&one == &*what.begin() ? ": " : "; ") + one;
  warnings.push_back({id, text, static_cast<long long>(what.size())});
}

}  // namespace amaneku
