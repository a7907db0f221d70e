#include "scenarios/report/svg.hpp"

#include "tests/support/catch.hpp"

using namespace amaneku::scenarios;

TEST_CASE("a path begins with M, goes on with L, and begins anew after an end or a close") {
  SvgPath path(1);
  CHECK(path.data().empty());
  path.to(0.0, -1.26).to(2.0, 3.0).end();
  CHECK(path.data() == "M0.0 -1.3L2.0 3.0");
  path.to(4.0, 5.0).to(6.0, 7.0).close().to(8.0, 9.0);
  CHECK(path.data() == "M0.0 -1.3L2.0 3.0M4.0 5.0L6.0 7.0ZM8.0 9.0");
  CHECK(SvgPath(2).to(1.0, 0.125).data() == "M1.00 0.12");
}

TEST_CASE("titles and labels of a plot are escaped") {
  CHECK(svg_title("a < b & c") == "<title>a &lt; b &amp; c</title>");
  const SvgPlot plot{.width = 320.0, .height = 180.0, .label_gap = 5.0};
  CHECK(plot.begin(38.0, 8.0, 18.0, 22.0) == R"(<svg class="plot" viewBox="-38 -8 376 210" role="img">)");
  CHECK(plot.level(45.0, "<75%") ==
        R"(<path class="grid" d="M0 45.0H320"/><text x="-5" y="49.0" text-anchor="end">&lt;75%</text>)");
  CHECK(plot.upright(160.0, "&") ==
        R"(<path class="grid" d="M160.0 0V180"/><text x="160.0" y="195" text-anchor="middle">&amp;</text>)");
}
