#include "tests/validation/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "propagation/models.hpp"

namespace amaneku::test {
namespace {

constexpr std::string_view kOpening = "<!-- ";
constexpr std::string_view kClosing = " -->";
constexpr std::string_view kValidation = "validation: ";
constexpr std::string_view kModels = "models";
constexpr std::string_view kEnd = "<!-- end -->";

bool validates(const Report& report, std::string_view id) {
  std::istringstream ids(report.models);
  for (std::string one; std::getline(ids, one, ',');) {
    const std::size_t first = one.find_first_not_of(' ');
    if (first != std::string::npos && one.substr(first, one.find_last_not_of(' ') - first + 1) == id) return true;
  }
  return false;
}

// A "|" would end the cell.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

/// A line of the table: what follows the engine is equal for engines that agree.
struct Row {
  std::string quantity;
  std::string engines;
  std::string figures;
};

Row row_of(const Differences& d) {
  const std::string over = fmt::format("{} of {}", d.over(), d.absolute.size());
  if (d.tolerance == 0.0) return {cell(d.quantity), d.engine, " |  | equal | " + over};
  return {
      cell(d.quantity), d.engine,
      fmt::format("{} | {} | {} | {}", magnitude(d.largest()), magnitude(d.percentile95()), d.tolerance, over)};
}

std::vector<Row> rows_of(const Report& report) {
  std::vector<Row> rows;
  for (const Differences& d : report.differences) {
    Row row = row_of(d);
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const Row& r) {
      return r.quantity == row.quantity && r.figures == row.figures;
    });
    if (same == rows.end()) {
      rows.push_back(std::move(row));
    } else {
      same->engines += ", " + row.engines;
    }
  }
  return rows;
}

std::string validation_table(std::string_view id, const std::vector<Report>& reports) {
  std::string lines;
  for (const Report& report : reports) {
    if (!validates(report, id)) continue;
    std::string set = fmt::format("{} | {}", cell(report.name), report.cases);
    for (const Row& row : rows_of(report)) {
      lines += fmt::format("| {} | {} | {} | {} |\n", set, row.quantity, row.engines, row.figures);
      set = " | ";
    }
  }
  if (lines.empty()) return "No set of reference numbers covers this model.\n";
  return "| set | cases | quantity | engine | largest difference | 95th percentile | tolerance | over |\n"
         "|---|---|---|---|---|---|---|---|\n" +
         lines;
}

std::string_view role_text(Role role) {
  switch (role) {
    case Role::path:
      return "path";
    case Role::added:
      return "added loss";
    case Role::link:
      return "fixed link";
  }
  return "";
}

std::string models_table(const std::vector<Page>& pages, const std::vector<Report>& reports) {
  std::string table = "| model | what | source | loss of | validated cases |\n|---|---|---|---|---|\n";
  for (const ModelInfo& info : model_infos()) {
    std::size_t cases = 0;
    for (const Report& report : reports) cases += validates(report, info.id) ? report.cases : 0;
    table += fmt::format("| [{}]({}) | {} | {} | {} | {} |\n", info.id, page_of(info.id, pages), cell(info.title),
                         cell(info.source), role_text(info.role), cases);
  }
  return table;
}

/// "validation: p526" of the line "<!-- validation: p526 -->", else empty.
std::string_view marker_of(std::string_view line) {
  if (!line.starts_with(kOpening) || !line.ends_with(kClosing)) return {};
  return line.substr(kOpening.size(), line.size() - kOpening.size() - kClosing.size());
}

std::string table_of(std::string_view marker, const std::vector<Page>& pages, const std::vector<Report>& reports) {
  if (marker == kModels) return models_table(pages, reports);
  if (!marker.starts_with(kValidation)) return {};
  const std::string_view id = marker.substr(kValidation.size());
  const auto& infos = model_infos();
  if (std::none_of(infos.begin(), infos.end(), [&](const ModelInfo& info) { return info.id == id; })) {
    throw std::runtime_error(fmt::format("there is no model \"{}\"", id));
  }
  return validation_table(id, reports);
}

std::string with_tables(const std::string& text, const std::vector<Page>& pages,
                        const std::vector<Report>& reports) {
  std::istringstream in(text);
  std::string out;
  bool generated = false;
  for (std::string line; std::getline(in, line);) {
    if (generated && line != kEnd) continue;
    generated = false;
    out += line + '\n';
    const std::string table = table_of(marker_of(line), pages, reports);
    if (table.empty()) continue;
    generated = true;
    out += '\n' + table + '\n';
  }
  if (generated) throw std::runtime_error(fmt::format("a table without its {}", kEnd));
  return out;
}

}  // namespace

std::string magnitude(double difference) {
  if (!std::isfinite(difference)) return "none";
  constexpr int kFinest = -6;
  int exponent = kFinest;
  while (difference >= std::pow(10.0, exponent)) ++exponent;
  return fmt::format("< {:g}", std::pow(10.0, exponent));
}

std::vector<Page> read_pages(const std::filesystem::path& folder) {
  std::vector<Page> pages;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".md") continue;
    std::ifstream file(entry.path());
    pages.push_back({entry.path().filename().string(), std::string(std::istreambuf_iterator<char>(file), {})});
  }
  std::sort(pages.begin(), pages.end(), [](const Page& a, const Page& b) { return a.file < b.file; });
  return pages;
}

std::string page_of(std::string_view model_id, const std::vector<Page>& pages) {
  const std::string marker = fmt::format("{}{}{}{}\n", kOpening, kValidation, model_id, kClosing);
  for (const Page& page : pages) {
    if (page.text.starts_with(marker) || page.text.find('\n' + marker) != std::string::npos) return page.file;
  }
  return {};
}

std::vector<Page> with_tables(const std::vector<Page>& pages, const std::vector<Report>& reports) {
  std::vector<Page> out;
  for (const Page& page : pages) {
    try {
      out.push_back({page.file, with_tables(page.text, pages, reports)});
    } catch (const std::runtime_error& error) {
      throw std::runtime_error(page.file + ": " + error.what());
    }
  }
  return out;
}

}  // namespace amaneku::test
