// Antenna patterns as manufacturers publish them: MSI/Planet text and a plain CSV.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "propagation/antenna.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kDbdToDbi = 2.15;
constexpr std::size_t kAngles = 360;
constexpr std::size_t kMostFaults = 20;
constexpr const char* kWholeDegrees = "every whole degree from 0 to 359 once";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\f\v";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// A number at the beginning of the text and what follows it.
struct Number {
  double value;
  std::string_view rest;
};

std::optional<Number> leading_number(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return Number{value, trimmed(text.substr(static_cast<std::size_t>(end - text.data())))};
}

std::optional<double> only_number(std::string_view text) {
  const std::optional<Number> number = leading_number(text);
  if (!number || !number->rest.empty()) return std::nullopt;
  return number->value;
}

/// One cut while it is read.
struct Cut {
  const char* name;
  int line = 0;  ///< where it begins, 0: not yet
  std::array<std::optional<double>, kAngles> attenuation_db{};
  std::array<int, kAngles> lines{};
  std::optional<double> at_360_db{};
};

class Reader {
 public:
  Reader(std::string_view text, const std::string& file) : text_(text), file_(file) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  }

  TabulatedAntenna read() {
    const bool csv = looks_like_csv();
    std::string_view rest = text_;
    while (!rest.empty() && faults_.size() < kMostFaults) {
      const std::size_t end = rest.find('\n');
      ++line_;
      const std::string_view line = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (line.empty() || line.starts_with('#')) continue;
      csv ? read_csv_line(line) : read_msi_line(line);
    }
    if (faults_.empty()) check_complete();
    if (!faults_.empty()) throw InputError(std::move(faults_));
    return result();
  }

 private:
  // The first line that says anything decides.
  [[nodiscard]] bool looks_like_csv() const {
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = trimmed(rest.substr(0, end));
      if (!line.empty() && !line.starts_with('#')) {
        const std::string first = lower(trimmed(line.substr(0, line.find(','))));
        return line.find(',') != std::string_view::npos &&
               (first == "cut" || first == "h" || first == "v" || first == "name" || first == "gain_dbi" ||
                first == "gain_dbd" || first == "electrical_tilt_deg");
      }
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return false;
  }

  void fault(std::string message, std::string_view key = {}, std::string_view value = {}, std::string legal = {}) {
    faults_.push_back({.message = std::move(message),
                       .file = file_,
                       .line = line_,
                       .key = std::string(key),
                       .value = std::string(value),
                       .legal = std::move(legal)});
  }

  void set_gain(std::string_view key, std::string_view value, std::string_view default_unit) {
    const std::optional<Number> number = leading_number(value);
    const std::string unit =
        number ? (number->rest.empty() ? std::string(default_unit) : lower(number->rest)) : "";
    if (unit != "dbi" && unit != "dbd") {
      fault("is not a gain", key, value, "a number with dBi or dBd");
    } else if (gain_dbi_) {
      fault("a second gain", key, value);
    } else {
      gain_dbi_ = number->value + (unit == "dbd" ? kDbdToDbi : 0.0);
    }
  }

  void set_tilt(std::string_view key, std::string_view value) {
    const std::optional<double> tilt_deg = only_number(value);
    if (!tilt_deg) return fault("is not an angle", key, value, "degrees");
    electrical_tilt_deg_ = *tilt_deg;
  }

  void add(Cut& cut, std::string_view angle_text, std::string_view value_text) {
    const std::optional<double> angle = only_number(angle_text);
    const std::optional<double> value = only_number(value_text);
    if (!angle || *angle != std::floor(*angle) || *angle < 0.0 || *angle > 360.0) {
      return fault(fmt::format("{} cut: not a whole angle", cut.name), "angle", angle_text, "0 .. 360 degrees");
    }
    if (!value || *value < 0.0) {
      return fault(fmt::format("{} cut: not an attenuation below the maximum gain", cut.name), "attenuation_db",
                   value_text, ">= 0 dB");
    }
    if (*angle == 360.0) {
      cut.at_360_db = value;
      return;
    }
    const auto i = static_cast<std::size_t>(*angle);
    if (cut.attenuation_db[i]) {
      return fault(fmt::format("{} cut: angle {} a second time, first in line {}", cut.name, i, cut.lines[i]), {},
                   {}, kWholeDegrees);
    }
    cut.attenuation_db[i] = value;
    cut.lines[i] = line_;
  }

  void read_msi_line(std::string_view line) {
    const std::size_t space = line.find_first_of(" \t");
    const std::string_view word = line.substr(0, space);
    const std::string_view rest =
        space == std::string_view::npos ? std::string_view{} : trimmed(line.substr(space));
    const std::string key = lower(word);
    if (key == "horizontal" || key == "vertical") {
      current_ = key == "horizontal" ? &horizontal_ : &vertical_;
      if (current_->line != 0) fault(fmt::format("a second {} cut", current_->name));
      current_->line = line_;
      return;
    }
    if (leading_number(word)) {
      if (current_ == nullptr) return fault("numbers before the line HORIZONTAL or VERTICAL");
      return add(*current_, word, rest);
    }
    if (key == "name") name_ = std::string(rest);
    if (key == "gain") set_gain(word, rest, "dbd");
    if (key == "electrical_tilt" || (key == "tilt" && leading_number(rest))) set_tilt(word, rest);
  }

  void read_csv_line(std::string_view line) {
    const std::size_t comma = line.find(',');
    const std::string key = lower(trimmed(line.substr(0, comma)));
    const std::string_view rest =
        comma == std::string_view::npos ? std::string_view{} : trimmed(line.substr(comma + 1));
    if (key == "cut") return;
    if (key == "name") {
      name_ = std::string(rest);
    } else if (key == "gain_dbi" || key == "gain_dbd") {
      set_gain(key, rest, std::string_view(key).substr(5));
    } else if (key == "electrical_tilt_deg") {
      set_tilt(key, rest);
    } else if (key == "h" || key == "v") {
      Cut& cut = key == "h" ? horizontal_ : vertical_;
      if (cut.line == 0) cut.line = line_;
      const std::size_t next = rest.find(',');
      if (next == std::string_view::npos) return fault("a row needs cut, angle_deg, attenuation_db");
      add(cut, rest.substr(0, next), rest.substr(next + 1));
    } else {
      fault("is not a cut", "cut", key, "h, v");
    }
  }

  void check_cut(const Cut& cut) {
    line_ = cut.line;
    if (cut.line == 0) return fault(fmt::format("there is no {} cut", cut.name), {}, {}, kWholeDegrees);
    std::size_t missing = 0;
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < kAngles; ++i) {
      if (cut.attenuation_db[i]) continue;
      ++missing;
      if (!first) first = i;
    }
    if (missing > 0) {
      return fault(
          fmt::format("{} cut: {} of {} angles are missing, the first is {}", cut.name, missing, kAngles, *first),
          {}, {}, kWholeDegrees);
    }
    if (cut.at_360_db && *cut.at_360_db != *cut.attenuation_db[0]) {
      fault(fmt::format("{} cut: {} dB at 360 degrees but {} dB at 0", cut.name, *cut.at_360_db,
                        *cut.attenuation_db[0]));
    }
  }

  void check_complete() {
    check_cut(horizontal_);
    check_cut(vertical_);
    line_ = 0;
    if (!gain_dbi_) fault("there is no gain", "GAIN", {}, "a number with dBi or dBd");
  }

  [[nodiscard]] TabulatedAntenna result() const {
    TabulatedAntenna out;
    out.name = name_;
    out.gain_dbi = *gain_dbi_;
    out.electrical_tilt_deg = electrical_tilt_deg_;
    for (std::size_t i = 0; i < kAngles; ++i) {
      out.horizontal_db.push_back(*horizontal_.attenuation_db[i]);
      out.vertical_db.push_back(*vertical_.attenuation_db[i]);
    }
    return out;
  }

  std::string_view text_;
  const std::string& file_;
  int line_ = 0;
  std::vector<Fault> faults_{};
  std::string name_{};
  std::optional<double> gain_dbi_{};
  double electrical_tilt_deg_ = 0.0;
  Cut horizontal_{.name = "horizontal"};
  Cut vertical_{.name = "vertical"};
  Cut* current_ = nullptr;
};

}  // namespace

TabulatedAntenna parse_antenna(std::string_view text, const std::string& file_name) {
  return Reader(text, file_name).read();
}

}  // namespace amaneku
