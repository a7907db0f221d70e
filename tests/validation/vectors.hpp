// Runs the checks: the models against folders of reference numbers (amaneku_vectors).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/validation/check.hpp"

namespace amaneku::test {

struct Report {
  std::string name{};    ///< file name of generated numbers, name of a published set
  std::string models{};  ///< ids of the models; empty: no model covers the file
  std::size_t cases = 0;
  std::size_t known_over = 0;
  std::vector<Differences> differences{};
  std::string error{};  ///< unreadable line, unknown profile: the file counts as failed

  [[nodiscard]] bool has_model() const { return !models.empty(); }
  [[nodiscard]] std::size_t over() const;
  /// A file that a model covers passes when it has cases, was read to its end, and nothing unknown is over.
  [[nodiscard]] bool failed() const;
};

/// Reports every *.jsonl of the folder except profiles.jsonl, in order of name, and every file that a model
/// covers even if it is absent (with zero cases, hence failed).
[[nodiscard]] std::vector<Report> check_vectors(const std::filesystem::path& generated);

/// Reports every published set, in the order of published_checks.
[[nodiscard]] std::vector<Report> check_published(const std::filesystem::path& published);

}  // namespace amaneku::test
