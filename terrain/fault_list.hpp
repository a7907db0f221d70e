// Faults of one file, gathered so that the user sees them together.
#pragma once

#include <map>
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

/// Faults that are shown of a file that has more: a file in the wrong format has one in every row.
inline constexpr std::size_t kShownFaults = 20;

/// What stands for the faults that are not shown.
[[nodiscard]] inline Fault more_faults(std::size_t count, const std::string& file) {
  return {.message = "and " + std::to_string(count) + (count == 1 ? " more fault" : " more faults"), .file = file};
}

/// Faults of one habit (a decimal comma in every row) are one fault: the first, with the rows of the others.
class HabitFaults {
 public:
  void add(const std::string& habit, Fault fault) {
    const auto [found, fresh] = at_.emplace(habit + "\n" + fault.key, groups_.size());
    if (fresh) {
      groups_.push_back({std::move(fault), {}, 0});
      return;
    }
    Group& group = groups_[found->second];
    if (group.more++ < kNamed && fault.line > 0)
      group.rows += (group.rows.empty() ? "" : ", ") + std::to_string(fault.line);
  }

  [[nodiscard]] std::vector<Fault> take() {
    std::vector<Fault> out;
    for (Group& group : groups_) {
      if (group.more > 0) {
        group.first.message += "; " + std::to_string(group.more) + (group.more == 1 ? " more row" : " more rows") +
                               (group.rows.empty() ? "" : ": " + group.rows) +
                               (group.more > kNamed ? ", ..." : "");
      }
      out.push_back(std::move(group.first));
    }
    groups_.clear();
    at_.clear();
    return out;
  }

 private:
  static constexpr long long kNamed = 5;
  struct Group {
    Fault first;
    std::string rows;
    long long more;
  };
  std::vector<Group> groups_{};
  std::map<std::string, std::size_t> at_{};
};

/// Keeps the first faults and counts the rest.
class FaultList {
 public:
  explicit FaultList(std::string file) : file_(std::move(file)) {}

  /// The fault's file is filled in.
  void add(Fault fault) {
    if (++count_ > kShown) return;
    fault.file = file_;
    faults_.push_back(std::move(fault));
  }

  /// Those of the same habit and key are one line; an empty habit is a fault for itself.
  void add(const std::string& habit, Fault fault) {
    if (habit.empty()) return add(std::move(fault));
    fault.file = file_;
    habits_.add(habit, std::move(fault));
  }

  void throw_if_any() {
    std::vector<Fault> all = habits_.take();
    all.insert(all.end(), faults_.begin(), faults_.end());
    if (all.empty()) return;
    if (count_ > kShown) {
      all.push_back(more_faults(static_cast<std::size_t>(count_ - kShown), file_));
    }
    throw InputError(std::move(all));
  }

 private:
  static constexpr long long kShown = kShownFaults;
  std::string file_;
  long long count_ = 0;
  std::vector<Fault> faults_{};
  HabitFaults habits_{};
};

}  // namespace amaneku
