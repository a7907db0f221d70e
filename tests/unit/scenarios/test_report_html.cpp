#include <limits>
#include <string>

#include "scenarios/report/html.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku::scenarios;

TEST_CASE("text from users cannot leave its place in the page") {
  CHECK(escape_html("<script>alert('x')</script> & \"y\"") ==
        "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;y&quot;");
  CHECK(escape_html("富士吉田市") == "富士吉田市");
  CHECK(escape_html("a\tb\nc") == "a\tb\nc");
  CHECK(escape_html(std::string("a\0b\x1b", 4)) == "a\uFFFDb\uFFFD");
}

TEST_CASE("bytes that are not UTF-8 become the replacement character") {
  CHECK(escape_html("\x93\x8c") == "\uFFFD\uFFFD");              // CP932
  CHECK(escape_html("\xC0\xBCscript") == "\uFFFD\uFFFDscript");  // overlong '<'
  CHECK(escape_html("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");    // surrogate
  CHECK(escape_html("\xE5\xAF") == "\uFFFD\uFFFD");              // cut off
  CHECK(escape_html("\xF0\x9F\x97\xBB") == "\xF0\x9F\x97\xBB");
}

TEST_CASE("figures have separators and a true minus sign") {
  CHECK(figure(1234567) == "1,234,567");
  CHECK(figure(999) == "999");
  CHECK(figure(1000) == "1,000");
  CHECK(figure(-1234.56, 1) == "−1,234.6");
  CHECK(figure(-0.04, 1) == "0.0");
  CHECK(figure(0.0) == "0");
  CHECK(figure(std::numeric_limits<double>::infinity()) == "–");
}

TEST_CASE("a percentage does not round to all or to nothing") {
  CHECK(percent_figure(99.97) == "99.9");
  CHECK(percent_figure(100.0) == "100.0");
  CHECK(percent_figure(0.01) == "<0.1");
  CHECK(percent_figure(0.0) == "0.0");
  CHECK(percent_figure(87.654) == "87.7");
}

TEST_CASE("base64 follows RFC 4648 section 10") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xff\xef\xbe") == "/+++");
}
