// The two roots of every failure: InputError (the user can fix it) and InternalError (our bug).
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace amaneku {

/// One thing wrong with an input, with everything that a person needs to find and mend it.
/// Empty strings and zeros mean "does not apply". `line` and `column` count from 1.
struct Fault {
  std::string message;
  std::string file{};
  int line = 0;
  int column = 0;
  std::string key{};
  std::string value{};
  std::string legal{};

  /// "file:line:column: key = value: message (legal: ...)", on one line whatever the parts contain.
  [[nodiscard]] std::string text() const;
};

/// The input is wrong. Carries every fault found, not only the first; `what()` has one line per fault.
class InputError : public std::runtime_error {
 public:
  explicit InputError(Fault fault);
  explicit InputError(std::vector<Fault> faults);
  [[nodiscard]] const std::vector<Fault>& faults() const noexcept { return faults_; }

 private:
  std::vector<Fault> faults_;
};

/// A promise inside amaneku was broken; never the user's fault.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Something that the user must know about a result that is otherwise valid.
/// `id` is stable and machine-readable ("terrain_missing_under_path"); `count` is how often it happened.
struct Warning {
  std::string id;
  std::string message;
  long long count = 1;
};

}  // namespace amaneku
