// Where the shared data and reference numbers are, if this machine has them.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace amaneku::test {

inline std::optional<std::filesystem::path> folder(const char* variable, const char* fallback) {
  const char* named = std::getenv(variable);
  const std::filesystem::path path =
      named != nullptr ? std::filesystem::path(named) : std::filesystem::path(AMANEKU_SOURCE_DIR) / fallback;
  if (std::filesystem::is_directory(path)) return path;
  return std::nullopt;
}

/// AMANEKU_DATA, by default ../shared/data beside the checkout.
inline std::optional<std::filesystem::path> data() {
  return folder("AMANEKU_DATA", "../shared/data");
}
/// AMANEKU_REFERENCE, by default ../shared/reference beside the checkout.
inline std::optional<std::filesystem::path> reference() {
  return folder("AMANEKU_REFERENCE", "../shared/reference");
}
/// AMANEKU_CASES, by default ../shared/cases beside the checkout.
inline std::optional<std::filesystem::path> cases() {
  return folder("AMANEKU_CASES", "../shared/cases");
}

/// A new folder under the system's temporary directory, removed at the end of the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "amaneku-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::filesystem::filesystem_error("mkdtemp", name, {});
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace amaneku::test

/// First line of a test that needs shared data, which has the tag [shared]: the test ends here, with one line,
/// where there is none. Under ctest the process ends, as skipped.
#define AMANEKU_NEEDS(where, what)                                                                              \
  if (!(where)) {                                                                                               \
    std::fprintf(stderr,                                                                                        \
                 "skipped: %s is not on this machine (set AMANEKU_DATA / AMANEKU_REFERENCE / AMANEKU_CASES)\n", \
                 what);                                                                                         \
    if (std::getenv("AMANEKU_SKIP") != nullptr) std::_Exit(77);                                                 \
    SUCCEED("no shared data on this machine");                                                                  \
    return;                                                                                                     \
  }
