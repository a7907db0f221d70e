// A folder of results changes as a whole: files are staged inside it, and published by one rename.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/error.hpp"

namespace amaneku::scenarios {

/// A kind of folder that we may write to again, by the file and the words in its first lines that tell it.
struct OwnFolder {
  const char* file;
  std::string_view mark;
  const char* what;  ///< "result"
};

/// Completes what was published there, then checks that `folder` can be written to, and is new, empty or of its
/// kind; InputError otherwise. Leaves everything as it was.
void check_own_folder(const std::filesystem::path& folder, const OwnFolder& own);

/// Held while a folder is written to: no other run writes to it meanwhile, whichever program started it. Where the
/// file system has no locks it holds nothing.
class FolderLock {
 public:
  /// Waits for at most `patience_s` seconds, then throws InputError. The folder exists.
  FolderLock(const std::filesystem::path& folder, double patience_s);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  /// Whether nobody else can hold the folder now.
  [[nodiscard]] bool is_sure() const noexcept { return sure_; }

 private:
  int fd_ = -1;
  bool sure_ = false;
};

/// Completes what a run had published when it was ended (docs/adr/0016): moves what is left to its names. Call
/// under a FolderLock. Does nothing where all is done; InputError where it cannot.
void finish_publication(const std::filesystem::path& folder);

/// Owns a hidden folder inside `folder` (created where needed), and the lock on it. Without publish() the
/// destructor removes what this object made, and the former content of `folder` is as it was.
class StagedFolder {
 public:
  explicit StagedFolder(std::filesystem::path folder, double patience_s = 0.0);
  ~StagedFolder();
  StagedFolder(const StagedFolder&) = delete;
  StagedFolder& operator=(const StagedFolder&) = delete;

  /// Where to write the file that will be `name` in the folder.
  [[nodiscard]] std::filesystem::path file(const std::string& name) const { return staging_ / name; }
  /// The hidden folder itself.
  [[nodiscard]] const std::filesystem::path& folder() const noexcept { return staging_; }
  /// Runs `step`; what it says of a staged file is said of the final name.
  void attempt(const std::function<void()>& step) const;
  /// Names of the files that are staged, in order.
  [[nodiscard]] std::vector<std::string> files() const;
  /// Makes every staged file the one of its name, replacing files of an earlier run; those of `ours` that this run
  /// has not made are removed, so that no file of an earlier run stands beside it as if it belonged to it. One
  /// rename decides: ended before it, the folder is as it was; ended after it, finish_publication() completes it.
  /// Hidden folders that a killed run has left are removed.
  void publish(const std::vector<std::string>& ours);

 private:
  [[nodiscard]] InputError in_folder(std::vector<Fault> faults) const;

  std::filesystem::path folder_;
  std::filesystem::path staging_;
  std::filesystem::path first_created_;  ///< outermost folder that did not exist before; empty: none
  std::unique_ptr<FolderLock> lock_;
  bool published_ = false;
};

}  // namespace amaneku::scenarios
