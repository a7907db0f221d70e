// HTML tables of the report.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios {

/// Text from users, cut to `most` bytes (never inside a character) and escaped.
[[nodiscard]] std::string user_text(std::string_view text, std::size_t most = 300);

struct Cell {
  std::string html{};         ///< escaped by the caller: user_text, escape_html or a figure
  bool number = false;        ///< right-aligned, tabular figures
  bool whole = false;         ///< never broken over lines: codes, positions, words of a closed set
  double bar_percent = -1.0;  ///< >= 0: a bar of this length behind the figure
};

[[nodiscard]] Cell words(std::string_view text);
[[nodiscard]] Cell words(const Phrase& phrase, Language language);
/// A cell that stays on one line on every screen.
[[nodiscard]] Cell one_line(Cell cell);
[[nodiscard]] Cell number(double value, int decimals = 0);
/// The percentage with its bar; "–" where there is nothing to take a share of.
[[nodiscard]] Cell percentage(double part, double whole);

class HtmlTable {
 public:
  explicit HtmlTable(Language language) : language_(language) {}

  HtmlTable& column(const Phrase& title, bool number = false) { return column(title, {}, number); }
  HtmlTable& column(const Phrase& title, std::initializer_list<std::string_view> arguments, bool number);
  /// A column of sentences, wide enough that its rows stay low.
  HtmlTable& sentences(const Phrase& title);
  /// `css_class`: "" or one of the page's row classes.
  HtmlTable& row(const std::vector<Cell>& cells, std::string_view css_class = {});
  [[nodiscard]] std::string html() const;

 private:
  Language language_;
  std::string head_{};
  std::string body_{};
};

}  // namespace amaneku::scenarios
