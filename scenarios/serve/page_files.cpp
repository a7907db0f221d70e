#include "scenarios/serve/page_files.hpp"

#include <array>
#include <utility>

#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostPageBytes = std::uintmax_t{8} << 20U;

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kTypes = {
    {{".html", "text/html; charset=utf-8"},
     {".js", "application/javascript; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".svg", "image/svg+xml"},
     {".png", "image/png"},
     {".woff2", "font/woff2"}}};

std::string_view type_of(const fs::path& file) {
  const std::string ending = file.extension().string();
  for (const auto& [known, type] : kTypes) {
    if (ending == known) return type;
  }
  return {};
}

}  // namespace

PageFiles read_page(const fs::path& folder) {
  PageFiles out;
  if (folder.empty()) return out;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
    const std::string_view type = type_of(entry.path());
    if (type.empty() || entry.is_symlink() || !entry.is_regular_file()) continue;
    const std::string path = "/" + entry.path().lexically_relative(folder).generic_string();
    out[path == "/index.html" ? "/" : path] = {std::string(type), read_text(entry.path(), kMostPageBytes)};
  }
  if (out.find("/") == out.end()) out.clear();
  return out;
}

fs::path page_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return {};
  const fs::path beside = program.parent_path().parent_path();
  for (const fs::path& folder : {beside / "web" / "dist", beside / "share" / "amaneku" / "web"}) {
    if (fs::is_regular_file(folder / "index.html", error)) return folder;
  }
  return {};
}

}  // namespace amaneku::scenarios
