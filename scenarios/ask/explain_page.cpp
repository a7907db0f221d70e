#include <fmt/format.h>

#include "scenarios/ask/explain.hpp"
#include "scenarios/ask/explain_phrases.hpp"
#include "scenarios/ask/profile_picture.hpp"
#include "scenarios/output/child_program.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/page_style.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

std::string heading(const char* level, const std::string& words) {
  return fmt::format("<{0}>{1}</{0}>\n", level, user_text(words));
}

/// One picture below the other.
std::string all_profiles(const Explanation& explanation, Language language) {
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\">",
      kProfileWidth, kProfileHeight * static_cast<double>(explanation.cells.size()));
  int number = 0;
  for (const ExplainedCell& cell : explanation.cells) {
    svg += fmt::format("<g transform=\"translate(0 {:.0f})\">", kProfileHeight * number);
    svg += profile_svg(explanation, cell.server, number, language) + "</g>\n";
    ++number;
  }
  return svg + "</svg>\n";
}

Cell term_name(std::string_view term, Language language) {
  for (const explained::BudgetPhrase& phrase : explained::kBudgetPhrases) {
    if (phrase.term == term) return words(phrase.name, language);
  }
  return words(term);
}

std::string budget_table(const ExplainedServer& server, Language language) {
  HtmlTable table(language);
  table.column(explained::kTerm).column(explained::kValue, true);
  for (const BudgetTerm& term : budget_terms(server.cell.budget)) {
    table.row({term_name(term.name, language), number(term.value, 2)});
  }
  table.row({words(explained::kSum, language), number(server.cell.budget.rsrp().value, 2)}, "sum");
  table.row({words(explained::kOfMap, language), number(server.map_dbm, 2)});
  std::string html = heading("h3", std::string(explained::kBudget.in(language))) + table.html();
  if (!server.agrees()) html += "<p class=\"synthetic\">" + escape_html(explained::kDiffers.in(language)) + "</p>";
  return html;
}

void add_loss(HtmlTable& table, const RadioModel& model, const PathLoss& loss, Language language) {
  table.row({words(fill(explained::kLoss.in(language), {model_text(model), mode_name(loss.mode, language)})),
             number(loss.loss_db, 2)},
            "group");
  for (const LossTerm& term : loss.terms) table.row({words(term.name), number(term.value, 3)});
}

std::string loss_table(const Explanation& explanation, const ExplainedServer& server, Language language) {
  HtmlTable table(language);
  table.column(explained::kTerm).column(explained::kValue, true);
  PathLoss path = server.cell.loss.path;
  path.mode = server.cell.loss.mode();
  add_loss(table, explanation.model, path, language);
  for (std::size_t i = 0; i < server.cell.loss.added.size(); ++i) {
    add_loss(table, explanation.added_losses[i], server.cell.loss.added[i], language);
  }
  return heading("h3", std::string(explained::kLossTerms.in(language))) + table.html();
}

std::string list(const Phrase& title, const std::vector<std::string>& lines, Language language) {
  if (lines.empty()) return {};
  std::string html = heading("h3", std::string(title.in(language))) + "<ul>";
  for (const std::string& line : lines) html += "<li>" + user_text(line) + "</li>";
  return html + "</ul>\n";
}

std::string server_section(const Explanation& explanation, const ExplainedServer& server, int number,
                           const Phrase& title, Language language) {
  std::vector<std::string> warnings = server.cell.loss.path.warnings;
  for (const PathLoss& added : server.cell.loss.added) {
    warnings.insert(warnings.end(), added.warnings.begin(), added.warnings.end());
  }
  return "<section>" + heading("h2", fill(title.in(language), {server.name()})) + "<figure class=\"profile\">" +
         profile_svg(explanation, server, number, language) + "</figure>\n<div class=\"columns\"><div>" +
         budget_table(server, language) + "</div><div>" + loss_table(explanation, server, language) +
         "</div></div>\n" + list(explained::kWarnings, warnings, language) + "</section>\n";
}

std::string page(const Explanation& explanation, Language language) {
  const std::string title = std::string(explained::kTitle.in(language));
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{} – {}</title>\n"
      "<style>{}.profile svg{{display:block;width:100%;height:auto}}</style>\n</head>\n<body>\n<main>\n",
      language == Language::ja ? "ja" : "en", user_text(explanation.title), escape_html(title), kPageStyle);
  html += "<p class=\"over\">" + escape_html(title) + "</p>" + heading("h1", explanation.title);
  if (explanation.synthetic) {
    html += "<p class=\"synthetic\"><strong>" + escape_html(explained::kSynthetic.in(language)) + "</strong></p>";
  }
  int number = 0;
  for (const ExplainedCell& cell : explanation.cells) {
    html += heading("h2", fmt::format("{:.5f}, {:.5f}", cell.asked.lon_deg, cell.asked.lat_deg));
    html += server_section(explanation, cell.server, number++, explained::kServedBy, language);
    if (cell.second) {
      html += server_section(explanation, *cell.second, number++, explained::kSecond, language);
    }
    std::vector<std::string> gaps;
    for (const DataGap& gap : cell.gaps) gaps.push_back(gap_text(gap, language));
    html += list(explained::kGaps, gaps, language);
  }
  std::vector<std::string> warnings;
  for (const Warning& warning : explanation.plan_warnings) {
    warnings.push_back(fmt::format("{} ({}): {}", warning.id, warning.count, meaning_of(warning, language)));
  }
  return html + list(explained::kWarnings, warnings, language) + "</main>\n</body>\n</html>\n";
}

[[noreturn]] void refuse(const std::filesystem::path& file, std::string why, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(why), .file = file.string(), .legal = std::move(legal)});
}

/// Twice as many pixels as units: readable on paper.
void write_png(const std::filesystem::path& file, const std::string& svg) {
  PendingFile drawing(file.string() + ".svg");
  drawing.write(svg);
  PendingFile png(file);
  const ChildEnd end = run_program({"rsvg-convert", "--format=png", "--zoom=2", "--output",
                                    png.temporary().string(), drawing.temporary().string()},
                                   false);
  if (end == ChildEnd::missing) {
    refuse(file, "a PNG is drawn by the program rsvg-convert, which is not installed (Debian: librsvg2-bin)",
           ".svg and .html need nothing");
  }
  if (end == ChildEnd::failed) refuse(file, "rsvg-convert could not draw it");
  png.commit();
}

}  // namespace

void write_explanation(const std::filesystem::path& file, const Explanation& explanation, Language language) {
  const std::string ending = file.extension().string();
  if (ending == ".svg") {
    write_file_atomically(file, all_profiles(explanation, language));
  } else if (ending == ".png") {
    write_png(file, all_profiles(explanation, language));
  } else if (ending == ".html") {
    write_file_atomically(file, page(explanation, language));
  } else {
    refuse(file, "the ending says how to draw it", ".svg, .png, .html");
  }
}

}  // namespace amaneku::scenarios
