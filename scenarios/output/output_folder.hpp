// A folder of results changes as a whole: files are staged inside it and moved to their names at the end.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace amaneku::scenarios {

/// Owns a hidden folder inside `folder` (created where needed). Without publish() the destructor removes what
/// this object made, and the former content of `folder` is as it was.
class StagedFolder {
 public:
  explicit StagedFolder(std::filesystem::path folder);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  /// Where to write the file that will be `name` in the folder.
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return staging_ / name; }
  /// Runs `step`; what it says of a staged file is said of the final name.
  void attempt(const std::function<void()>& step) const;
  /// Names of the files that are staged, in order.
  [[nodiscard]] std::vector<std::string> files() const;
  /// Moves every staged file to its name, replacing files of an earlier run; those of `ours` that this run has not
  /// made are removed, so that no file of an earlier run stands beside it as if it belonged to it.
  void publish(const std::vector<std::string>& ours);

 private:
  std::filesystem::path folder_;
  std::filesystem::path staging_;
  std::filesystem::path first_created_;  ///< outermost folder that did not exist before; empty: none
  bool published_ = false;
};

}  // namespace amaneku::scenarios
