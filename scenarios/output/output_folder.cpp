#include "scenarios/output/output_folder.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

#include "scenarios/output/outputs.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kStagingPrefix = ".amaneku-partial-";

[[noreturn]] void refuse(const fs::path& folder, const std::string& why) {
  throw InputError(Fault{.message = why, .file = folder.string()});
}

bool is_staging(const fs::path& path) {
  return path.filename().string().rfind(kStagingPrefix, 0) == 0;
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

/// A kind of folder that we may write to again, by the file and the words that tell it.
struct OwnFolder {
  const char* file;
  std::string_view mark;
  const char* what;
};

void check_folder(const fs::path& folder, const OwnFolder& own) {
  std::error_code error;
  if (fs::exists(folder, error) && !fs::is_directory(folder, error)) refuse(folder, "the output folder is a file");
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

}  // namespace

void check_output_folder(const fs::path& folder) {
  check_folder(folder, {"summary.json", "\"amaneku-summary-", "result"});
}

void check_demo_folder(const fs::path& folder) {
  check_folder(folder, {"scenario.toml", "(synthetic demo)", "demo"});
}

StagedFolder::StagedFolder(fs::path folder) : folder_(std::move(folder)), first_created_(first_missing(folder_)) {
  std::error_code error;
  fs::create_directories(folder_, error);
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
    std::vector<Fault> faults = error.faults();
    for (Fault& fault : faults) {
      if (fs::path(fault.file).parent_path() == staging_)
        fault.file = (folder_ / fs::path(fault.file).filename()).string();
    }
    throw InputError(std::move(faults));
  }
}

std::vector<std::string> StagedFolder::files() const {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(staging_))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

void StagedFolder::publish(const std::vector<std::string>& ours) {
  for (const std::string& name : ours) {
    std::error_code error;
    if (fs::exists(staging_ / name, error)) continue;
    fs::remove(folder_ / name, error);
    if (error) refuse(folder_ / name, "is of an earlier run and cannot be removed: " + error.message());
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(staging_)) {
    std::error_code error;
    fs::rename(entry.path(), folder_ / entry.path().filename(), error);
    if (error) refuse(folder_ / entry.path().filename(), "cannot be replaced: " + error.message());
  }
  published_ = true;
}

}  // namespace amaneku::scenarios
