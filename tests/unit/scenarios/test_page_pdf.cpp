// Pages on paper, with a Chromium that writes down what it was asked for.
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "scenarios/output/page_pdf.hpp"
#include "terrain/error.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/scenarios/small_world.hpp"

using namespace amaneku;
using namespace amaneku::scenarios;
using amaneku::test::Contains;
namespace fs = std::filesystem;

namespace {

/// PATH with nothing but a "chromium" of this text, or nothing at all.
class Browser {
 public:
  explicit Browser(const std::string& script) {
    const char* path = std::getenv("PATH");
    before_ = path == nullptr ? "" : path;
    if (!script.empty()) {
      test::write_text(folder_.path() / "chromium", script);
      ::chmod((folder_.path() / "chromium").c_str(), 0755);
    }
    ::setenv("PATH", folder_.path().c_str(), 1);
  }
  ~Browser() { ::setenv("PATH", before_.c_str(), 1); }
  Browser(const Browser&) = delete;
  Browser& operator=(const Browser&) = delete;
  [[nodiscard]] fs::path file(const std::string& name) const { return folder_.path() / name; }

 private:
  test::TemporaryFolder folder_{};
  std::string before_{};
};

std::string refusal(const fs::path& page, const fs::path& pdf) {
  try {
    print_page(page, pdf);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

constexpr const char* kPrints = R"(#!/bin/sh
for argument; do
  case $argument in
    --print-to-pdf=*) file=${argument#--print-to-pdf=} ;;
  esac
  echo "$argument"
done >"${0%/*}/asked"
echo "%PDF-1.4 page" >"$file"
)";

}  // namespace

TEST_CASE("a report becomes a PDF as a whole, opened without network") {
  const Browser browser(kPrints);
  const test::TemporaryFolder folder;
  const fs::path run = folder.path() / "a run";
  fs::create_directory(run);
  test::write_text(run / "report.html", "<html></html>");
  print_page(run, folder.path() / "report.pdf");
  CHECK(test::read_bytes(folder.path() / "report.pdf") == "%PDF-1.4 page\n");
  const std::string asked = test::read_bytes(browser.file("asked"));
  CHECK_THAT(asked, Contains("--headless\n") && Contains("--host-resolver-rules=MAP * ~NOTFOUND\n") &&
                        Contains("/a%20run/report.html\n"));
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) == 2);  // nothing left over
}

TEST_CASE("what is no page, and a browser that is missing or fails, is said; nothing is written") {
  const test::TemporaryFolder folder;
  const fs::path page = folder.path() / "compare.html";
  test::write_text(page, "<html></html>");
  const fs::path pdf = folder.path() / "x.pdf";
  CHECK_THAT(refusal(folder.path(), pdf), Contains("holds no report.html"));
  CHECK_THAT(refusal(folder.path() / "none.html", pdf), Contains("is not there"));
  test::write_text(folder.path() / "a.txt", "text");
  CHECK_THAT(refusal(folder.path() / "a.txt", pdf), Contains("is no page") && Contains(".html"));
  {
    const Browser none("");
    CHECK_THAT(refusal(page, pdf), Contains("not installed") && Contains("chromium"));
  }
  {
    const Browser fails("#!/bin/sh\nexit 3\n");
    CHECK_THAT(refusal(page, pdf), Contains("chromium could not print"));
  }
  {
    const Browser writes_nothing("#!/bin/sh\nexit 0\n");
    CHECK_THAT(refusal(page, pdf), Contains("chromium could not print"));
  }
  CHECK_FALSE(fs::exists(pdf));
  CHECK_THAT(refusal(page, folder.path() / "no/such/x.pdf"), Contains("x.pdf"));
}
