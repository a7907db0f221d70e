#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/antenna_file_parts.hpp"

namespace amaneku {
namespace {

using antenna_text::Line;
using antenna_text::lower;
using antenna_text::trimmed;
using antenna_text::words;

constexpr const char* kKnownFiles = "MSI/Planet text, CSV, Atoll's table of antennas, Radio Mobile .ant";

/// A file of another kind, by how it begins.
struct ForeignKind {
  std::string_view begins;
  const char* what;
};
constexpr std::array<ForeignKind, 6> kForeign = {{{"<", "XML"},
                                                  {"PK\x03\x04", "a ZIP archive"},
                                                  {"\x1f\x8b", "a gzip archive"},
                                                  {"%PDF", "a PDF"},
                                                  {"REVNUM", "an NSMA pattern"},
                                                  {"{", "JSON"}}};

/// The word with which a line begins: letters and underscores.
std::string_view key_of(std::string_view line) {
  const std::size_t end = line.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
  return line.substr(0, end);
}

bool is_number(std::string_view word) {
  return antenna_text::only_number(word).has_value();
}

/// Angle and attenuation of a line: parts by space, tab or semicolon, a comma as decimal sign or between the two.
std::vector<std::string_view> point_words(std::string_view line) {
  std::vector<std::string_view> out = words(line);
  if (out.size() == 1 && std::count(line.begin(), line.end(), ',') == 1) return words(line, ",");
  for (std::string_view& word : out) {
    if (word.ends_with(',')) word.remove_suffix(1);
  }
  return out;
}

class MsiReader {
 public:
  explicit MsiReader(AntennaParts& parts) : parts_(parts) {}

  void read(const std::vector<Line>& lines) {
    for (std::size_t i = 0; i < lines.size() && !parts_.faults.full(); ++i) {
      const bool numbers_follow = i + 1 == lines.size() || antenna_text::leading_number(lines[i + 1].text);
      if (i == 0 && is_name(lines[i].text, numbers_follow)) {
        parts_.name = std::string(lines[i].text);
      } else {
        read_line(lines[i]);
      }
    }
  }

 private:
  // Vendors leave the word NAME out: what begins with no keyword of the format is a name. Two numbers before other
  // numbers are points without a cut.
  static bool is_name(std::string_view line, bool numbers_follow) {
    constexpr std::array<std::string_view, 16> kKeys = {
        "name",     "make",     "frequency",    "h_width",     "v_width",         "front_to_back",
        "gain",     "tilt",     "polarization", "comment",     "electrical_tilt", "horizontal",
        "vertical", "comments", "polarisation", "manufacturer"};
    const std::string key = lower(key_of(line));
    if (key == "horizontal" || key == "vertical") return !begins_cut(line);
    if (std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end()) return false;
    return !numbers_follow || words(line).size() != 2 || !is_number(words(line)[0]) || !is_number(words(line)[1]);
  }

  static bool begins_cut(std::string_view line) {
    const std::string_view rest = trimmed(line.substr(key_of(line).size()));
    return rest.find_first_not_of("0123456789., \t:=;") == std::string_view::npos;
  }

  void begin_cut(AntennaCut& cut, const Line& line) {
    if (cut.begun()) parts_.faults.add(line.number, {.message = fmt::format("a second {} cut", cut.name())});
    current_ = &cut;
    const auto promised = antenna_text::leading_number(trimmed(line.text.substr(key_of(line.text).size())));
    cut.begin(line.number, promised ? static_cast<int>(std::clamp(promised->value, 0.0, 1e6)) : 0);
  }

  void read_point(const Line& line) {
    const std::vector<std::string_view> point = point_words(line.text);
    if (current_ == nullptr) {
      return parts_.faults.add(line.number, {.message = "numbers before the line HORIZONTAL or VERTICAL"});
    }
    if (point.size() != 2) {
      return parts_.faults.add(line.number, {.message = fmt::format("{} cut: not a point", current_->name()),
                                             .value = std::string(line.text),
                                             .legal = "an angle and an attenuation"});
    }
    current_->add(line.number, point[0], point[1], parts_.faults);
  }

  void read_line(const Line& line) {
    const std::string_view word = key_of(line.text);
    if (word.empty() && antenna_text::leading_number(line.text)) return read_point(line);
    const std::string key = lower(word);
    if ((key == "horizontal" || key == "vertical") && begins_cut(line.text)) {
      return begin_cut(key == "horizontal" ? parts_.horizontal : parts_.vertical, line);
    }
    std::string_view rest = trimmed(line.text.substr(word.size()));
    if (key == "gain") parts_.set_gain(line.number, word, rest, "dbd");
    if (rest.starts_with(':') || rest.starts_with('=')) rest = trimmed(rest.substr(1));
    if (key == "name") parts_.name = std::string(rest);
    const bool mechanical = lower(rest).find("mech") != std::string::npos;
    if (key == "electrical_tilt" || (key == "tilt" && !parts_.tilt_deg && !mechanical)) {
      const std::optional<double> tilt_deg = antenna_text::number_in_words(rest);
      if (tilt_deg) parts_.tilt_deg = tilt_deg;
    }
  }

  AntennaParts& parts_;
  AntennaCut* current_ = nullptr;
};

/// "cut,angle_deg,attenuation_db" and lines "key,value"; the separator is that of the first line.
class CsvReader {
 public:
  CsvReader(AntennaParts& parts, char separator) : parts_(parts), separator_(separator) {}

  void read(const std::vector<Line>& lines) {
    for (const Line& line : lines) {
      if (!parts_.faults.full()) read_line(line);
    }
  }

 private:
  void read_line(const Line& line) {
    const std::vector<std::string_view> cells = antenna_text::cells(line.text, separator_);
    const std::string key = lower(cells[0]);
    const std::string_view value = cells.size() > 1 ? cells[1] : std::string_view{};
    if (key == "cut") return;
    if (key == "name") {
      parts_.name = std::string(value);
    } else if (key == "gain_dbi" || key == "gain_dbd") {
      parts_.set_gain(line.number, key, value, std::string_view(key).substr(5));
    } else if (key == "electrical_tilt_deg") {
      parts_.tilt_deg = antenna_text::number_in_words(value);
    } else if (key == "h" || key == "v") {
      AntennaCut& cut = key == "h" ? parts_.horizontal : parts_.vertical;
      if (!cut.begun()) cut.begin(line.number, 0);
      if (cells.size() != 3) {
        return parts_.faults.add(line.number, {.message = "a row needs cut, angle_deg, attenuation_db"});
      }
      cut.add(line.number, cells[1], cells[2], parts_.faults);
    } else {
      parts_.faults.add(line.number, {.message = "is not a cut", .key = "cut", .value = key, .legal = "h, v"});
    }
  }

  AntennaParts& parts_;
  char separator_;
};

/// The first line that says anything decides; 0: no CSV.
char csv_separator(const std::vector<Line>& lines) {
  constexpr std::array<std::string_view, 7> kFirst = {
      "cut", "h", "v", "name", "gain_dbi", "gain_dbd", "electrical_tilt_deg"};
  if (lines.empty()) return 0;
  for (const char separator : {',', ';', '\t'}) {
    const std::vector<std::string_view> cells = antenna_text::cells(lines.front().text, separator);
    const std::string first = lower(cells[0]);
    const bool named = std::find(kFirst.begin(), kFirst.end(), first) != kFirst.end();
    if (cells.size() > 1 && named && (separator == ',' || first != "name")) return separator;
    if (cells.size() > 1 && named && lines.size() > 1) {  // "NAME<tab>x" begins MSI files too
      const std::string second = lower(antenna_text::cells(lines[1].text, separator)[0]);
      if (std::find(kFirst.begin(), kFirst.end(), second) != kFirst.end()) return separator;
    }
  }
  return 0;
}

bool is_list_of_numbers(const std::vector<Line>& lines) {
  constexpr std::size_t kEnough = 36;
  return lines.size() >= kEnough &&
         std::all_of(lines.begin(), lines.end(), [](const Line& line) { return is_number(line.text); });
}

// Gains against the largest: 360 azimuths from 0, then elevations from +90 downwards, on to -180, and from +179 to
// +91; files of the half circle end at -90. Only the front half is used, so that the other is its mirror image.
void read_radio_mobile(const std::vector<Line>& lines, AntennaParts& parts) {
  constexpr std::size_t kAzimuths = 360;
  constexpr std::size_t kHalf = 180;
  const std::size_t elevations = lines.size() - std::min(lines.size(), kAzimuths);
  if (elevations != kHalf && elevations != kHalf + 1 && elevations != kAzimuths) {
    return parts.faults.add(
        lines.back().number,
        {.message = fmt::format("{} lines of one number: a Radio Mobile pattern with both cuts "
                                "has 360 azimuths, then elevations",
                                lines.size()),
         .legal = "720, 541 or 540 lines"});
  }
  const auto value_at = [&](std::size_t i) { return *antenna_text::only_number(lines[i].text); };
  parts.horizontal.begin(lines.front().number, 0);
  parts.vertical.begin(lines[kAzimuths].number, 0);
  for (std::size_t i = 0; i < kAzimuths; ++i)
    parts.horizontal.add(lines[i].number, static_cast<double>(i), value_at(i));
  for (std::size_t i = 0; i < kAzimuths; ++i) {
    const std::size_t mirrored = elevations < kAzimuths && i > kHalf ? kAzimuths - i : i;
    const std::size_t line = kAzimuths + std::min(mirrored, elevations - 1);
    const double down_deg = static_cast<double>(i) - 90.0;  // the cut counts downwards from the boresight
    parts.vertical.add(lines[line].number, down_deg, value_at(line));
  }
}

void refuse_foreign(std::string_view text, AntennaParts& parts) {
  const std::string_view begin = trimmed(text.substr(0, std::min<std::size_t>(text.size(), 256)));
  for (const ForeignKind& kind : kForeign) {
    if (!begin.starts_with(kind.begins)) continue;
    parts.faults.add(
        1, {.message = fmt::format("this is {}, no pattern that can be read: export it as MSI", kind.what),
            .legal = kKnownFiles});
    parts.faults.throw_if_any();
  }
}

}  // namespace

TabulatedAntenna parse_antenna(std::string_view text, const std::string& file_name,
                               const AntennaFileOptions& options) {
  AntennaParts parts(file_name);
  refuse_foreign(text, parts);
  const std::string utf8 = antenna_text::as_utf8(text);
  const std::vector<Line> lines = antenna_text::lines(utf8);
  const char separator = csv_separator(lines);
  if (is_antenna_table(lines)) {
    read_antenna_table(lines, options, parts);
    return assembled(parts, options);
  }
  if (separator != 0) {
    CsvReader(parts, separator).read(lines);
  } else if (is_list_of_numbers(lines)) {
    read_radio_mobile(lines, parts);
  } else {
    MsiReader(parts).read(lines);
  }
  if (!options.name.empty() && options.name != parts.name && parts.faults.empty()) {
    parts.faults.add(0, {.message = "no antenna of this name in the file",
                         .key = "name",
                         .value = options.name,
                         .legal = fmt::format("\"{}\"", parts.name)});
  }
  return assembled(parts, options);
}

}  // namespace amaneku
