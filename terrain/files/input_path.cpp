#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <system_error>

#include "terrain/files/input_path.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_name(const std::string& name, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = name, .legal = std::move(legal)});
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// "HDF5:", "vrt://", "https:": what GDAL and OGR take for a driver or a network address, not for a file.
bool has_scheme(std::string_view name) {
  const auto colon = name.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '+' || c == '-' || c == '.';
  });
}

void check_spelling(const std::string& name) {
  if (name.empty()) refuse_name(name, "the file name is empty");
  if (std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; })) {
    refuse_name(name, "the file name holds a control character");
  }
  if (lower(name).find("/vsi") != std::string::npos) {
    refuse_name(name, "virtual file systems of GDAL (/vsi...) are not read", "a file on this computer");
  }
  if (has_scheme(name) || name.find("://") != std::string::npos) {
    refuse_name(name, "network addresses and names with a driver prefix are not read", "a file on this computer");
  }
  if (name.front() == '<' || name.front() == '{') refuse_name(name, "this is a document, not a file name");
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

std::string listed(const DataRoots& roots) {
  std::string text;
  for (const fs::path& folder : roots.folders) text += (text.empty() ? "below " : " or ") + folder.string();
  return text;
}

}  // namespace

fs::path checked_input_path(const std::string& name, const fs::path& base, const DataRoots& roots) {
  check_spelling(name);
  std::error_code error;
  fs::path path = fs::canonical(fs::path(name).is_absolute() ? fs::path(name) : base / name, error);
  if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) {
    refuse_name(name, "the file does not exist");
  }
  if (error) refuse_name(name, "the file cannot be reached: " + error.message());

  const bool inside = std::any_of(roots.folders.begin(), roots.folders.end(), [&](const fs::path& folder) {
    std::error_code missing;
    const fs::path root = fs::canonical(folder, missing);
    return !missing && is_inside(path, root);
  });
  if (!inside) refuse_name(name, "the file lies outside of the data folders", listed(roots));

  check_spelling(path.string());
  const fs::file_status status = fs::status(path, error);
  if (error) refuse_name(name, "the file cannot be reached: " + error.message());
  if (!fs::is_regular_file(status) && !fs::is_directory(status)) {
    refuse_name(name, "this is a device or a pipe", "a file or a folder");
  }
  return path;
}

std::vector<fs::path> files_below(const fs::path& folder) try {
  constexpr int kMaxDepth = 8;
  constexpr std::size_t kMaxFiles = 100'000;
  std::vector<fs::path> files;
  for (auto at = fs::recursive_directory_iterator(folder); at != fs::recursive_directory_iterator(); ++at) {
    const bool hidden = at->path().filename().string().starts_with('.');
    if (at->is_directory()) {
      if (hidden || at.depth() + 1 >= kMaxDepth) at.disable_recursion_pending();
      continue;
    }
    if (!hidden) files.push_back(at->path().lexically_relative(folder));
    if (files.size() > kMaxFiles) refuse_name(folder.string(), "holds more than 100000 files");
  }
  std::sort(files.begin(), files.end());
  return files;
} catch (const fs::filesystem_error& error) {
  refuse_name(folder.string(), "the folder cannot be read: " + error.code().message());
}

}  // namespace amaneku
