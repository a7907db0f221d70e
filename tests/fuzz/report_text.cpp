#include "scenarios/report/html.hpp"
#include "scenarios/tables/csv_text.hpp"
#include "terrain/files/text_file.hpp"
#include "tests/fuzz/target.hpp"

/// Texts of users on their way into pages and tables.
AMANEKU_FUZZ_TARGET(report_text) {
  using amaneku::fuzz::require;
  const std::string html = amaneku::scenarios::escape_html(bytes);
  require(html.find_first_of("<>\"'") == std::string::npos);
  require(amaneku::is_utf8(html));
  for (std::size_t at = 0; (at = html.find('&', at)) != std::string::npos; ++at) {
    const std::string_view entity = std::string_view(html).substr(at, 6);
    require(entity.starts_with("&amp;") || entity.starts_with("&lt;") || entity.starts_with("&gt;") ||
            entity.starts_with("&quot;") || entity.starts_with("&#39;"));
  }
  const std::string field = amaneku::scenarios::csv_text(std::string(bytes));
  const bool quoted = field.size() >= 2 && field.front() == '"' && field.back() == '"';
  require(quoted || field.find_first_of(",\"\r\n") == std::string::npos);
  const std::string_view inside = quoted ? std::string_view(field).substr(1) : std::string_view(field);
  require(inside.empty() || std::string_view("=+-@\t\r").find(inside.front()) == std::string_view::npos);
}
