#include "scenarios/output/page_pdf.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "scenarios/output/child_program.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::array kBrowsers = {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"};
constexpr std::string_view kPdfBegins = "%PDF-";

[[noreturn]] void refuse(const fs::path& file, std::string why, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(why), .file = file.string(), .legal = std::move(legal)});
}

fs::path page_of(const fs::path& page) {
  std::error_code error;
  if (fs::is_directory(page, error)) {
    const fs::path report = page / "report.html";
    if (!fs::is_regular_file(report, error)) refuse(page, "holds no report.html: it is no folder of a run");
    return fs::absolute(report);
  }
  if (!fs::is_regular_file(page, error)) refuse(page, "is not there");
  if (page.extension() != ".html") refuse(page, "is no page", "a folder of a run, or an .html file");
  return fs::absolute(page);
}

/// "file:///a%20b": what is not plain in a URL by its bytes.
std::string url_of(const fs::path& file) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "file://";
  for (const char c : file.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != std::string_view::npos)
      out += c;
    else
      out += std::string{'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return out;
}

/// A profile of its own, gone with it.
class Profile {
 public:
  Profile() {
    std::string name = (fs::temp_directory_path() / "amaneku-print-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) refuse(fs::temp_directory_path(), "no folder can be made in it");
    path_ = name;
  }
  ~Profile() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;
  [[nodiscard]] const fs::path& path() const noexcept { return path_; }

 private:
  fs::path path_;
};

bool is_pdf(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string begin(kPdfBegins.size(), '\0');
  in.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  return in && begin == kPdfBegins;
}

}  // namespace

void print_page(const fs::path& page, const fs::path& pdf) {
  const fs::path source = page_of(page);
  const Profile profile;
  PendingFile printed(pdf);
  std::vector<std::string> arguments = {"",
                                        "--headless",
                                        "--disable-gpu",
                                        "--disable-quic",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--host-resolver-rules=MAP * ~NOTFOUND",
                                        "--user-data-dir=" + profile.path().string(),
                                        "--no-pdf-header-footer",
                                        "--print-to-pdf=" + fs::absolute(printed.temporary()).string(),
                                        url_of(source)};
  if (::geteuid() == 0) arguments.insert(arguments.begin() + 1, "--no-sandbox");  // it refuses to run otherwise
  for (const char* browser : kBrowsers) {
    arguments.front() = browser;
    const ChildEnd end = run_program(arguments, true);
    if (end == ChildEnd::missing) continue;
    if (end == ChildEnd::failed || !is_pdf(printed.temporary()))
      refuse(pdf, std::string(browser) + " could not print the page");
    printed.commit();
    return;
  }
  refuse(pdf, "a PDF is printed by Chromium, which is not installed (Debian: chromium)",
         "or print the page from any browser: it is laid out for A4");
}

}  // namespace amaneku::scenarios
