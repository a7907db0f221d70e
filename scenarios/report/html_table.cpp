#include "scenarios/report/html_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {
std::string user_text(std::string_view text, std::size_t most) {
  if (text.size() <= most) return escape_html(text);
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return escape_html(text.substr(0, end)) + "…";
}

Cell words(std::string_view text) {
  return {.html = user_text(text)};
}

Cell words(const Phrase& phrase, Language language) {
  return {.html = escape_html(phrase.in(language))};
}

Cell one_line(Cell cell) {
  cell.whole = true;
  return cell;
}

Cell number(double value, int decimals) {
  return {.html = figure(value, decimals), .number = true};
}

Cell percentage(double part, double whole) {
  if (!(whole > 0.0)) return {.html = "–", .number = true};
  const double percent = 100.0 * part / whole;
  return {.html = escape_html(percent_figure(percent)) + " %",
          .number = true,
          .bar_percent = std::clamp(percent, 0.0, 100.0)};
}

HtmlTable& HtmlTable::column(const Phrase& title, std::initializer_list<std::string_view> arguments, bool number) {
  head_ += fmt::format("<th scope=\"col\"{}>{}</th>", number ? " class=\"n\"" : "",
                       escape_html(fill(title.in(language_), arguments)));
  return *this;
}

HtmlTable& HtmlTable::sentences(const Phrase& title) {
  head_ += fmt::format("<th scope=\"col\" class=\"long\">{}</th>", escape_html(title.in(language_)));
  return *this;
}

HtmlTable& HtmlTable::row(const std::vector<Cell>& cells, std::string_view css_class) {
  body_ += css_class.empty() ? "<tr>" : fmt::format("<tr class=\"{}\">", css_class);
  for (const Cell& cell : cells) {
    if (cell.bar_percent >= 0.0) {
      body_ += fmt::format("<td class=\"n bar\" style=\"--p:{:.1f}%\">{}</td>", cell.bar_percent, cell.html);
    } else {
      const std::string_view kind = cell.number ? " class=\"n\"" : cell.whole ? " class=\"whole\"" : "";
      body_ += fmt::format("<td{}>{}</td>", kind, cell.html);
    }
  }
  body_ += "</tr>\n";
  return *this;
}

std::string HtmlTable::html() const {
  const std::string head = head_.empty() ? std::string() : "<thead><tr>" + head_ + "</tr></thead>";
  return "<div class=\"wide\"><table>" + head + "<tbody>\n" + body_ + "</tbody></table></div>\n";
}

}  // namespace amaneku::scenarios
