// The built map page, read once: no path of a request reaches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace amaneku::scenarios {

struct PageFile {
  std::string type{};  ///< Content-Type
  std::string bytes{};
};

/// By the path of the request: "/", "/assets/index-0a1b.js". Empty: the page was not built.
using PageFiles = std::map<std::string, PageFile, std::less<>>;

/// index.html and the files of known types below `folder`.
[[nodiscard]] PageFiles read_page(const std::filesystem::path& folder);

/// web/dist of the build tree, else share/amaneku/web beside the program. Empty: neither is there.
[[nodiscard]] std::filesystem::path page_folder();

}  // namespace amaneku::scenarios
