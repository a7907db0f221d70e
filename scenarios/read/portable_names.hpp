// Names of files as every machine has them: what a result says of its inputs must not depend on where they lay.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace amaneku::scenarios {

class PortableNames {
 public:
  /// `scenario_folder` is "." where it is empty.
  explicit PortableNames(const std::filesystem::path& scenario_folder);

  /// The text with every name below the folder of the scenario relative to it, and every name below the folder of
  /// real data after ${AMANEKU_DATA}.
  [[nodiscard]] std::string in(std::string text) const;

 private:
  std::vector<std::pair<std::string, std::string>> prefixes_{};  ///< what stands for what, the longest first
};

}  // namespace amaneku::scenarios
