#include "scenarios/output/output_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "scenarios/output/outputs.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/files/flush_folder.hpp"
#include "terrain/files/refused_path.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStagingPrefix = ".amaneku-partial-";
/// What is published and not yet at its names.
constexpr const char* kPublished = ".amaneku-published";
/// In it: the names of earlier files that the run has not made, one a line.
constexpr const char* kGone = ".gone";

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw InputError(Fault{.message = why, .file = folder.string()});
}

bool is_staging(const fs::path& path) {
  return path.filename().string().rfind(kStagingPrefix, 0) == 0;
}

/// Those of runs that were killed: whoever stages holds the lock, and this run does.
void remove_stale(const fs::path& folder, const fs::path& own) {
  std::error_code error;
  std::vector<fs::path> stale;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    struct stat what {};
    const bool ours = is_staging(entry) && entry.path() != own && ::lstat(entry.path().c_str(), &what) == 0 &&
                      S_ISDIR(what.st_mode) && what.st_uid == ::geteuid();
    if (ours) stale.push_back(entry.path());
  }
  for (const fs::path& path : stale) fs::remove_all(path, error);
}

/// Nothing of a result is lost where a name cannot be taken: the rest follows once the cause is mended.
void move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (error) refuse(to, "cannot be replaced: " + error.message());
}

/// The first folder on the way to `folder` that does not exist; empty: all exist.
fs::path first_missing(const fs::path& folder) {
  fs::path missing;
  for (fs::path at = fs::absolute(folder).lexically_normal(); !fs::exists(at); at = at.parent_path()) missing = at;
  return missing;
}

/// Whether the first lines of a file say that we wrote it.
bool begins_with_mark(const fs::path& path, std::string_view mark) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 1024> head{};
  in.read(head.data(), head.size());
  const std::string_view text(head.data(), static_cast<std::size_t>(in.gcount()));
  return text.find(mark) != std::string_view::npos;
}

}  // namespace

void check_own_folder(const fs::path& folder, const OwnFolder& own) {
  std::error_code error;
  if (folder.empty()) throw InputError(Fault{.message = "the output folder has no name"});
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) refuse(folder, "the output folder is a file");
  if (fs::is_directory(folder / kPublished, error)) {
    const FolderLock lock(folder, 0.0);
    finish_publication(folder);
  }
  if (fs::is_directory(folder, error)) {
    const auto entries = fs::directory_iterator(folder, error);
    if (error) refuse(folder, "the output folder cannot be read: " + error.message());
    const bool other = std::any_of(begin(entries), end(entries),
                                   [](const fs::directory_entry& entry) { return !is_staging(entry); });
    if (other && !begins_with_mark(folder / own.file, own.mark)) {
      refuse(folder, std::string("the output folder is not empty and holds no earlier ") + own.what +
                         " of amaneku: choose another one");
    }
  }
  const StagedFolder probe(folder);
}

void check_output_folder(const fs::path& folder) {
  check_own_folder(folder, {"summary.json", "\"amaneku-summary-", "result"});
}

void check_demo_folder(const fs::path& folder) {
  check_own_folder(folder, {"scenario.toml", "(synthetic demo)", "demo"});
}

FolderLock::FolderLock(const fs::path& folder, double patience_s)
    : fd_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
  if (fd_ < 0) refuse(folder, "the output folder cannot be opened: " + std::generic_category().message(errno));
  constexpr double kPause_s = 0.05;
  for (double waited_s = 0.0;; waited_s += kPause_s) {
    sure_ = ::flock(fd_, LOCK_EX | LOCK_NB) == 0;
    if (sure_ || (errno != EWOULDBLOCK && errno != EINTR)) return;
    if (waited_s >= patience_s) break;
    std::this_thread::sleep_for(std::chrono::duration<double>(kPause_s));
  }
  ::close(fd_);
  refuse(folder, "another run of amaneku is writing to this folder: wait for it, or choose another one");
}

FolderLock::~FolderLock() {
  ::close(fd_);
}

void finish_publication(const fs::path& folder) {
  const fs::path published = folder / kPublished;
  std::error_code error;
  if (!fs::is_directory(fs::symlink_status(published, error))) return;
  std::ifstream gone(published / kGone, std::ios::binary);
  for (std::string name; std::getline(gone, name);) {
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) continue;
    fs::remove(folder / name, error);
    if (error) refuse(folder / name, "is of an earlier run and cannot be removed: " + error.message());
  }
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(published, error)) {
    if (entry.path().filename() != kGone) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) move_file(published / name, folder / name);
  flush_folder(folder);
  fs::remove(published / kGone, error);
  fs::remove(published, error);
  if (error) refuse(published, "cannot be removed: " + error.message());
}

StagedFolder::StagedFolder(fs::path folder, double patience_s)
    : folder_(std::move(folder)), first_created_(first_missing(folder_)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!error) lock_ = std::make_unique<FolderLock>(folder_, patience_s);
  std::string name = (folder_ / kStagingPrefix).string() + "XXXXXX";
  if (error || ::mkdtemp(name.data()) == nullptr) {
    const std::string why = error ? error.message() : std::generic_category().message(errno);
    fs::remove_all(first_created_, error);
    refuse(folder_, "the output folder is not writable: " + why);
  }
  staging_ = name;
}

StagedFolder::~StagedFolder() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
  if (!published_ && !first_created_.empty()) fs::remove_all(first_created_, ignored);
}

void StagedFolder::attempt(const std::function<void()>& step) const {
  try {
    step();
  } catch (const InputError& error) {
    throw in_folder(error.faults());
  } catch (const fs::filesystem_error& error) {
    throw in_folder(refused_path(error).faults());
  }
}

InputError StagedFolder::in_folder(std::vector<Fault> faults) const {
  for (Fault& fault : faults) {
    if (fs::path(fault.file).parent_path() == staging_)
      fault.file = (folder_ / fs::path(fault.file).filename()).string();
  }
  return InputError(std::move(faults));
}

std::vector<std::string> StagedFolder::files() const {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(staging_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void StagedFolder::publish(const std::vector<std::string>& ours) {
  finish_publication(folder_);
  const std::vector<std::string> made = files();
  const std::set<std::string> kept(made.begin(), made.end());
  std::string gone;
  for (const std::string& name : ours) {
    if (kept.count(name) == 0 && name.find('\n') == std::string::npos) gone += name + "\n";
  }
  for (const std::string& name : made) {
    std::error_code error;
    if (fs::is_directory(folder_ / name, error)) refuse(folder_ / name, "cannot be replaced: it is a folder");
  }
  attempt([&] { write_file_atomically(staging_ / kGone, gone); });
  flush_folder(staging_);
  move_file(staging_, folder_ / kPublished);
  published_ = true;
  flush_folder(folder_);
  finish_publication(folder_);
  if (lock_->is_sure()) remove_stale(folder_, staging_);
}

}  // namespace amaneku::scenarios
