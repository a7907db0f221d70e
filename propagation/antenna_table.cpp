#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "propagation/antenna_file_parts.hpp"

namespace amaneku {
namespace {

using antenna_text::Line;

constexpr const char* kPatternForm =
    "number of cuts, then for each its kind (0 horizontal, 1 vertical), its angle, its number of points and their "
    "angles and attenuations";

/// The columns that count, -1: not there.
struct TableColumns {
  char separator = '\t';
  int name = -1;
  int gain = -1;
  int pattern = -1;
  int tilt = -1;
  std::string gain_unit = "dbi";
};

/// A header is a row of names, one of them "Pattern".
std::optional<TableColumns> columns_of(std::string_view header) {
  for (const char separator : {'\t', ';', ','}) {
    TableColumns out{.separator = separator};
    const std::vector<std::string_view> cells = antenna_text::cells(header, separator);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = antenna_text::lower(cells[i]);
      const auto at = static_cast<int>(i);
      if (cell == "pattern") out.pattern = at;
      if (cell == "name" || (out.name < 0 && cell == "antenna")) out.name = at;
      if (cell.starts_with("gain")) {
        out.gain = at;
        if (cell.find("dbd") != std::string::npos) out.gain_unit = "dbd";
      }
      if (cell.find("electrical tilt") != std::string::npos || cell == "tilt") out.tilt = at;
    }
    if (out.pattern >= 0 && cells.size() > 1) return out;
  }
  return std::nullopt;
}

struct TableRow {
  int line;
  std::vector<std::string_view> cells;
  [[nodiscard]] std::string_view at(int column) const {
    return column >= 0 && static_cast<std::size_t>(column) < cells.size() ? cells[static_cast<std::size_t>(column)]
                                                                          : std::string_view{};
  }
};

/// The only row, or those of the name asked for.
std::optional<TableRow> chosen_row(const std::vector<TableRow>& rows, const TableColumns& columns,
                                   const std::string& name, AntennaParts& parts) {
  std::vector<const TableRow*> found;
  std::vector<std::string> known;
  for (const TableRow& row : rows) {
    const std::string_view here = row.at(columns.name);
    known.push_back(fmt::format("\"{}\"", here));
    if (name.empty() || here == name) found.push_back(&row);
  }
  if (found.size() == 1) return *found.front();
  constexpr std::size_t kShown = 20;
  const std::size_t shown = std::min(kShown, known.size());
  std::string legal = fmt::format("{}", fmt::join(known.begin(), known.begin() + static_cast<long>(shown), ", "));
  if (known.size() > shown) legal += fmt::format(" and {} more", known.size() - shown);
  const char* message = found.empty() && rows.empty() ? "the table has no rows"
                        : name.empty()                ? "the table has several antennas; say which by name"
                        : found.empty()               ? "no antenna of this name in the table"
                                                      : "several antennas of this name in the table";
  parts.faults.add(found.size() > 1 && !name.empty() ? found[1]->line : 0,
                   {.message = message, .key = "name", .value = name, .legal = legal});
  return std::nullopt;
}

/// The numbers of a column Pattern.
class PatternNumbers {
 public:
  PatternNumbers(std::string_view text, int line, AntennaParts& parts)
      : words_(antenna_text::words(text, " \t")), line_(line), parts_(parts) {}

  void read() {
    const std::optional<double> cuts = next();
    if (!cuts || *cuts < 1.0 || *cuts > 8.0) return refuse("does not begin with a number of cuts");
    for (int i = 0; i < static_cast<int>(*cuts); ++i) {
      if (!read_cut()) return;
    }
  }

 private:
  std::optional<double> next() {
    if (at_ >= words_.size()) return std::nullopt;
    return antenna_text::only_number(words_[at_++]);
  }

  void refuse(std::string message) {
    parts_.faults.add(line_,
                      {.message = std::move(message),
                       .key = "Pattern",
                       .value = at_ > 0 && at_ <= words_.size() ? std::string(words_[at_ - 1]) : std::string(),
                       .legal = kPatternForm});
  }

  /// The first cut of each kind counts; a second one is of another tilt or of the back.
  bool read_cut() {
    const std::optional<double> kind = next();
    const std::optional<double> angle_deg = next();
    const std::optional<double> points = next();
    constexpr double kMostPoints = 3601.0;
    if (!kind || !angle_deg || !points || (*kind != 0.0 && *kind != 1.0) || *points < 1.0 ||
        *points > kMostPoints || *points != std::floor(*points)) {
      refuse("is no cut");
      return false;
    }
    AntennaCut& cut = *kind == 0.0 ? parts_.horizontal : parts_.vertical;
    const bool wanted = !cut.begun();
    if (wanted) cut.begin(line_, static_cast<int>(*points));
    for (int i = 0; i < static_cast<int>(*points); ++i) {
      if (at_ + 2 > words_.size()) {
        refuse(fmt::format("{} cut: ends after {} of {:g} points", cut.name(), i, *points));
        return false;
      }
      if (wanted) cut.add(line_, words_[at_], words_[at_ + 1], parts_.faults);
      at_ += 2;
    }
    return parts_.faults.empty();
  }

  std::vector<std::string_view> words_;
  int line_;
  AntennaParts& parts_;
  std::size_t at_ = 0;
};

}  // namespace

bool is_antenna_table(const std::vector<Line>& lines) {
  return !lines.empty() && columns_of(lines.front().text).has_value();
}

void read_antenna_table(const std::vector<Line>& lines, const AntennaFileOptions& options, AntennaParts& parts) {
  const TableColumns columns = *columns_of(lines.front().text);
  std::vector<TableRow> rows;
  for (std::size_t i = 1; i < lines.size(); ++i)
    rows.push_back({lines[i].number, antenna_text::cells(lines[i].text, columns.separator)});
  const std::optional<TableRow> row = chosen_row(rows, columns, options.name, parts);
  if (!row) return;
  parts.name = std::string(row->at(columns.name));
  if (!row->at(columns.gain).empty()) parts.set_gain(row->line, "Gain", row->at(columns.gain), columns.gain_unit);
  parts.tilt_deg = antenna_text::number_in_words(row->at(columns.tilt));
  PatternNumbers(row->at(columns.pattern), row->line, parts).read();
}

}  // namespace amaneku
