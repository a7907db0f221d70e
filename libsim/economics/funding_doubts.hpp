// What a reader has to know before relying on money from a programme.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "libsim/economics/best_programme.hpp"
#include "terrain/error.hpp"

namespace amaneku {

/// Gathers over sites and other works; each rule and programme counts once.
class FundingDoubts {
 public:
  void add(const SiteFunding& funding);
  /// subsidy_undecided, subsidy_unverified, subsidy_not_in_force, subsidy_ambiguous: those that there are.
  [[nodiscard]] std::vector<Warning> warnings() const;

 private:
  std::set<std::string> undecided_{};
  std::set<std::string> unverified_{};
  std::set<std::string> not_in_force_{};
  std::set<std::string> ambiguous_{};
};

/// "message: one; other", counted; nothing of an empty set.
void warn_of(std::vector<Warning>& warnings, const char* id, const char* message,
             const std::set<std::string>& what);

}  // namespace amaneku
