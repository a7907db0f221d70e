// Validation of the propagation models against folders of JSON lines (amaneku_vectors).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace amaneku::test {

/// Differences to the expected values of one quantity of one file, by one engine.
struct Differences {
  std::string quantity{};  ///< "loss_db H", "J(nu)" ...
  std::string engine{};    ///< "scalar", "radial", or "direct" for a formula without a path
  std::vector<double> absolute_db{};

  [[nodiscard]] double largest_db() const;
  [[nodiscard]] double percentile95_db() const;
  [[nodiscard]] std::size_t over(double tolerance_db) const;
};

struct FileReport {
  std::string file{};
  bool has_model = false;
  std::size_t cases = 0;  ///< lines of the file
  double tolerance_db = 0.0;
  std::vector<Differences> differences{};
  std::string error{};  ///< unreadable line, unknown profile: the file counts as failed

  /// A file that a model covers passes when it has cases, was read to its end, and nothing is over.
  [[nodiscard]] bool failed() const;
};

/// Reports every *.jsonl of the folder except profiles.jsonl, in order of name, and every file that a model
/// covers even if it is absent (with zero cases, hence failed).
[[nodiscard]] std::vector<FileReport> check_vectors(const std::filesystem::path& folder);

}  // namespace amaneku::test
