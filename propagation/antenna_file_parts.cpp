#include "propagation/antenna_file_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr double kDbdToDbi = 2.15;
constexpr const char* kGainForm = "a number with dBi or dBd";

/// Brackets, colons and equals signs around numbers and units mean nothing.
std::string without_brackets(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (std::string_view("()[]{}<>:=\"").find(c) != std::string_view::npos) c = ' ';
  }
  return out;
}

double least(const std::vector<double>& cut) {
  return *std::min_element(cut.begin(), cut.end());
}

double at_deg(const std::vector<double>& cut, double angle_deg) {
  const double circle = angle_deg - 360.0 * std::floor(angle_deg / 360.0);
  const auto i = static_cast<std::size_t>(std::lround(circle * static_cast<double>(cut.size()) / 360.0));
  return cut[i % cut.size()];
}

/// Where the vertical cut has its beam, at or below and above the horizon.
double beam_tilt_deg(const std::vector<double>& vertical_db) {
  constexpr double kFront_deg = 90.0;
  double best_deg = 0.0;
  const double step_deg = 360.0 / static_cast<double>(vertical_db.size());
  for (double angle_deg = -kFront_deg; angle_deg <= kFront_deg; angle_deg += step_deg) {
    const double gained = at_deg(vertical_db, best_deg) - at_deg(vertical_db, angle_deg);
    if (gained > 1e-9 || (gained > -1e-9 && std::abs(angle_deg) < std::abs(best_deg))) best_deg = angle_deg;
  }
  return best_deg;
}

// Patterns of the absolute gain instead of the attenuation would radiate least where they should most.
void refuse_gains(const TabulatedAntenna& antenna, AntennaParts& parts) {
  constexpr double kLeastGain_db = 3.0;
  constexpr double kNear_db = 0.5;
  const double h = antenna.horizontal_db.front();
  const double v = antenna.vertical_db.front();
  const auto is_gain = [&](double db) {
    return std::abs(db - antenna.gain_dbi) < kNear_db || std::abs(db - antenna.gain_dbi + kDbdToDbi) < kNear_db;
  };
  const bool largest =
      h >= *std::max_element(antenna.horizontal_db.begin(), antenna.horizontal_db.end()) - kNear_db &&
      v >= *std::max_element(antenna.vertical_db.begin(), antenna.vertical_db.end()) - kNear_db;
  const bool varies =
      h - least(antenna.horizontal_db) > kLeastGain_db || v - least(antenna.vertical_db) > kLeastGain_db;
  if (h < kLeastGain_db || !largest || !varies || !is_gain(h) || !is_gain(v)) return;
  parts.faults.add(0, {.message = "the cuts hold the gain itself, largest ahead, not what is lost against it",
                       .key = "attenuation_db",
                       .value = fmt::format("{:g}", h),
                       .legal = kCutValues});
}

/// Cuts against one peak that lies on neither state the loss of their common direction both.
void count_common_once(TabulatedAntenna& antenna) {
  constexpr double kOwnPeak_db = 0.05;  ///< a horizontal cut that reaches 0 dB is against its own largest value
  constexpr double kAgree_db = 0.5;
  const double h = antenna.horizontal_db.front();
  const double v = antenna.vertical_db.front();
  const bool own_peak = least(antenna.horizontal_db) <= kOwnPeak_db;
  const bool agree = std::abs(h - v) <= kAgree_db;
  if (!own_peak) antenna.common_db = agree ? v : std::min(h, v);
  if (own_peak && agree && std::min(h, v) > kAgree_db) {
    antenna.doubts.push_back(
        {"antenna_common_direction",
         fmt::format(
             "both cuts state {:.2f} and {:.2f} dB for the direction that they share (azimuth 0, elevation "
             "0); their sum is used, {:.2f} dB",
             h, v, h + v)});
  } else if (!own_peak && !agree) {
    antenna.doubts.push_back(
        {"antenna_common_direction",
         fmt::format("the direction that both cuts share (azimuth 0, elevation 0) has {:.2f} dB in the horizontal "
                     "and {:.2f} dB in the vertical cut; {:.2f} dB is used",
                     h, v, h + v - antenna.common_db)});
  }
}

/// The pattern is what counts: a tilt of the header that it does not show is said, and not held against the
/// sector.
void weigh_tilt(TabulatedAntenna& antenna, const AntennaParts& parts) {
  constexpr double kNoticeable_db = 1.0;
  if (!parts.tilt_deg) return;
  antenna.electrical_tilt_deg = *parts.tilt_deg;
  const double beam_deg = beam_tilt_deg(antenna.vertical_db);
  const double loss_db = at_deg(antenna.vertical_db, *parts.tilt_deg) - at_deg(antenna.vertical_db, beam_deg);
  if (loss_db <= kNoticeable_db) return;
  antenna.electrical_tilt_deg = beam_deg;
  antenna.doubts.push_back(
      {"antenna_tilt_contradicted",
       fmt::format(
           "the header states a tilt of {:g} degrees, the pattern has its beam at {:g} ({:.1f} dB less at the "
           "stated one); the pattern is used as it is",
           *parts.tilt_deg, beam_deg, loss_db)});
}

void settle_gain(AntennaParts& parts, const AntennaFileOptions& options) {
  constexpr double kSame_db = 0.05;
  if (!parts.gain_dbi && options.gain_dbi) {
    parts.gain_dbi = options.gain_dbi;
  } else if (!parts.gain_dbi) {
    parts.faults.add(0, {.message = "there is no gain in the file, and no gain_dbi beside its path",
                         .key = "GAIN",
                         .legal = kGainForm});
  } else if (options.gain_dbi && std::abs(*options.gain_dbi - *parts.gain_dbi) > kSame_db) {
    parts.faults.add(
        parts.gain_line,
        {.message = fmt::format("the file states {:g} dBi; leave gain_dbi out, or write that", *parts.gain_dbi),
         .key = "gain_dbi",
         .value = fmt::format("{:g}", *options.gain_dbi)});
  }
}

}  // namespace

void AntennaParts::set_gain(int line, std::string_view key, std::string_view value,
                            std::string_view default_unit) {
  std::optional<double> number;
  std::string unit(default_unit);
  bool understood = true;
  const std::string text = without_brackets(value);
  for (std::string_view word : antenna_text::words(text, " \t")) {
    if (const std::optional<antenna_text::Number> found = antenna_text::leading_number(word)) {
      understood = understood && !number;
      number = found->value;
      word = found->rest;
    }
    if (!word.empty()) unit = antenna_text::lower(word);
  }
  if (!understood || !number || (unit != "dbi" && unit != "dbd") || std::abs(*number) > 80.0) {
    faults.add(
        line,
        {.message = "is not a gain", .key = std::string(key), .value = std::string(value), .legal = kGainForm});
  } else if (gain_dbi) {
    faults.add(line, {.message = "a second gain", .key = std::string(key), .value = std::string(value)});
  } else {
    gain_dbi = *number + (unit == "dbd" ? kDbdToDbi : 0.0);
    gain_line = line;
  }
}

TabulatedAntenna assembled(AntennaParts& parts, const AntennaFileOptions& options) {
  TabulatedAntenna antenna;
  if (parts.faults.empty()) {
    std::vector<std::string> assumed;
    antenna.horizontal_db = parts.horizontal.attenuations_db(parts.faults, assumed);
    antenna.vertical_db = parts.vertical.attenuations_db(parts.faults, assumed);
    settle_gain(parts, options);
    for (std::string& text : assumed) antenna.doubts.push_back({"antenna_points_assumed", std::move(text)});
  }
  parts.faults.throw_if_any();
  antenna.name = parts.name;
  antenna.gain_dbi = *parts.gain_dbi;
  refuse_gains(antenna, parts);
  parts.faults.throw_if_any();
  count_common_once(antenna);
  weigh_tilt(antenna, parts);
  return antenna;
}

}  // namespace amaneku
