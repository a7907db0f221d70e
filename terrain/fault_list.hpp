// Faults of one file, gathered so that the user sees them together.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku {

/// The same error, with `file` in the faults that name none: what a CRS refuses, it refuses without a file.
[[nodiscard]] inline InputError in_file(const InputError& error, const std::string& file) {
  std::vector<Fault> faults = error.faults();
  for (Fault& fault : faults) {
    if (fault.file.empty()) fault.file = file;
  }
  return InputError(std::move(faults));
}

/// Keeps the first faults and counts the rest: a file in the wrong format has one in every row.
class FaultList {
 public:
  explicit FaultList(std::string file) : file_(std::move(file)) {}

  /// The fault's file is filled in.
  void add(Fault fault) {
    if (++count_ > kShown) return;
    fault.file = file_;
    faults_.push_back(std::move(fault));
  }

  void throw_if_any() const {
    if (count_ == 0) return;
    std::vector<Fault> all = faults_;
    if (count_ > kShown) {
      all.push_back({.message = "and " + std::to_string(count_ - kShown) + " more faults", .file = file_});
    }
    throw InputError(std::move(all));
  }

 private:
  static constexpr long long kShown = 20;
  std::string file_;
  long long count_ = 0;
  std::vector<Fault> faults_{};
};

}  // namespace amaneku
