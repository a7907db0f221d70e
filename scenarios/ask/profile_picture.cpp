#include "scenarios/ask/profile_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "propagation/itu/p530_clearance.hpp"
#include "scenarios/ask/explain_phrases.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/labels.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/svg.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kLeft = 74.0;
constexpr double kRight = kProfileWidth - 26.0;
constexpr double kTop = 64.0;
constexpr double kBottom = kProfileHeight - 84.0;
constexpr double kCallouts = 44.0;  // room for two lines of text at the top of the plot
constexpr double kTextSize = 13.0;

constexpr const char* kSky = "#f4f8fb";
constexpr const char* kEarth = "#b9a58a";
constexpr const char* kEarthEdge = "#6d5a41";
constexpr const char* kLeaves = "#7fa56b";
constexpr const char* kZone = "#9cc4e4";
constexpr const char* kInk = "#1b2423";
constexpr const char* kClear = "#0b5f5a";
constexpr const char* kBlocked = "#b3261e";
constexpr const char* kBent = "#7a3e9d";

/// Heights over the chord between the two ends at sea level, so that rays are straight.
class Frame {
 public:
  Frame(const Link& link, const ProfileView& profile, const PathObstacle& obstacle)
      : link_(link), profile_(profile), path_m_(profile.distance_m.back()) {
    for (std::size_t i = 0; i < profile.size(); ++i) {
      const double bottom = ground_m(i);
      include(bottom);
      include(bottom + clutter_m(i));
      include(line_m(profile.distance_m[i]) + fresnel_m(profile.distance_m[i]));
    }
    include(line_m(0.0));
    include(line_m(path_m_));
    if (obstacle.bullington) include(line_m(obstacle.bullington->distance_m) + obstacle.bullington->above_line_m);
    constexpr double kLeastSpan_m = 20.0;
    const double span = std::max(kLeastSpan_m, highest_m_ - lowest_m_);
    lowest_m_ -= 0.08 * span;
    highest_m_ = lowest_m_ + 1.14 * span;
  }

  [[nodiscard]] double x(double distance_m) const { return kLeft + (kRight - kLeft) * distance_m / path_m_; }
  [[nodiscard]] double y(double height_m) const {
    return kBottom - (kBottom - kTop - kCallouts) * (height_m - lowest_m_) / (highest_m_ - lowest_m_);
  }
  [[nodiscard]] double bulge_m(double distance_m) const {
    return distance_m * (path_m_ - distance_m) / (2.0 * link_.effective_earth_radius_m);
  }
  [[nodiscard]] double ground_m(std::size_t i) const {
    return profile_.ground_asl_m[i] + bulge_m(profile_.distance_m[i]);
  }
  [[nodiscard]] double clutter_m(std::size_t i) const {
    const bool between = i > 0 && i + 1 < profile_.size();  // at the ends it stands around the antenna
    return profile_.clutter_m.empty() || !between ? 0.0 : profile_.clutter_m[i];
  }
  [[nodiscard]] double line_m(double distance_m) const {
    return line_asl_m(link_, profile_, distance_m) + bulge_m(distance_m);
  }
  [[nodiscard]] double fresnel_m(double distance_m) const {
    return itu::first_fresnel_m(link_.freq_hz, distance_m, path_m_ - distance_m);
  }
  [[nodiscard]] const ProfileView& profile() const noexcept { return profile_; }
  [[nodiscard]] double path_m() const noexcept { return path_m_; }
  [[nodiscard]] double lowest_m() const noexcept { return lowest_m_; }
  [[nodiscard]] double highest_m() const noexcept { return highest_m_; }

 private:
  void include(double height_m) {
    lowest_m_ = std::min(lowest_m_, height_m);
    highest_m_ = std::max(highest_m_, height_m);
  }

  const Link& link_;
  const ProfileView& profile_;
  double path_m_;
  double lowest_m_ = 1e9;
  double highest_m_ = -1e9;
};

std::string text_at(double x, double y, const std::string& words, const char* extra = "") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\"{}>{}</text>", x, y, extra, escape_html(words));
}

/// The ground, with `clutter` what stands on it, down to the edge of the plot.
std::string ground_area(const Frame& frame, bool clutter, const char* style) {
  std::string d = fmt::format("M{:.1f} {:.1f}", kLeft, kBottom);
  const ProfileView& profile = frame.profile();
  for (std::size_t i = 0; i < profile.size(); ++i) {
    const double top = frame.ground_m(i) + (clutter ? frame.clutter_m(i) : 0.0);
    d += fmt::format("L{:.2f} {:.2f}", frame.x(profile.distance_m[i]), frame.y(top));
  }
  return fmt::format("<path d=\"{}L{:.1f} {:.1f}Z\" {}/>", d, kRight, kBottom, style);
}

/// The line with `share` of the radius of the first Fresnel zone above and below it.
std::string zone_area(const Frame& frame, double share, const char* style) {
  constexpr int kSteps = 120;
  SvgPath path(2);
  const auto add = [&](int k, double radii) {
    // Denser at the ends, where the zone closes.
    const double d = 0.5 * frame.path_m() * (1.0 - std::cos(std::numbers::pi * k / kSteps));
    path.to(frame.x(d), frame.y(frame.line_m(d) + radii * frame.fresnel_m(d)));
  };
  for (int k = 0; k <= kSteps; ++k) add(k, share);
  for (int k = kSteps; k >= 0; --k) add(k, -share);
  return fmt::format("<path d=\"{}\" {}/>", path.close().data(), style);
}

std::string stroke(const Frame& frame, double from_m, double from_h, double to_m, double to_h,
                   const std::string& style) {
  return fmt::format("<path d=\"M{:.2f} {:.2f}L{:.2f} {:.2f}\" fill=\"none\" {}/>", frame.x(from_m),
                     frame.y(from_h), frame.x(to_m), frame.y(to_h), style);
}

std::string axes(const Frame& frame, Language language) {
  std::string svg;
  const double height_step = round_length((frame.highest_m() - frame.lowest_m()) / 4.0);
  const double lowest = std::ceil(frame.lowest_m() / height_step);
  const int heights = 1 + static_cast<int>(std::floor(frame.highest_m() / height_step - lowest));
  for (int i = 0; i < heights; ++i) {
    const double h = (lowest + i) * height_step;
    svg += fmt::format("<path d=\"M{:.1f} {:.1f}H{:.1f}\" stroke=\"#cfd8dc\" stroke-width=\"0.8\"/>", kLeft,
                       frame.y(h), kRight);
    svg += text_at(kLeft - 8.0, frame.y(h) + 4.0, figure(h, height_step < 1.0 ? 1 : 0), " text-anchor=\"end\"");
  }
  const double km = frame.path_m() / 1000.0;
  const double distance_step = round_length(km / 5.0);
  const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(distance_step) - 1e-9)));
  const int distances = 1 + static_cast<int>(std::floor((km + 1e-9) / distance_step));
  for (int i = 0; i < distances; ++i) {
    const double d = i * distance_step;
    const double x = frame.x(1000.0 * d);
    svg += fmt::format("<path d=\"M{0:.1f} {1:.1f}v5\" stroke=\"{2}\"/>", x, kBottom, kInk);
    svg += text_at(x, kBottom + 18.0, figure(d, decimals), " text-anchor=\"middle\"");
  }
  const double middle = 0.5 * (kTop + kBottom);
  svg += text_at(0.5 * (kLeft + kRight), kBottom + 36.0, std::string(explained::kAxisDistance.in(language)),
                 " text-anchor=\"middle\"");
  svg += text_at(16.0, middle, std::string(explained::kAxisHeight.in(language)),
                 fmt::format(" text-anchor=\"middle\" transform=\"rotate(-90 16 {:.1f})\"", middle).c_str());
  return svg + fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"{}\"/>",
                           kLeft, kTop, kRight - kLeft, kBottom - kTop, kInk);
}

/// A mark with its text at the top of the plot, line `row` of it.
std::string callout(const Frame& frame, double distance_m, double height_m, const char* colour,
                    const std::string& words, int row) {
  const double x = frame.x(distance_m);
  const double y = frame.y(height_m);
  const double text_y = kTop + 17.0 + 19.0 * row;
  const double half = 0.5 * kTextSize * text_width(words) + 6.0;
  const double text_x = std::clamp(x, kLeft + half, std::max(kLeft + half, kRight - half));
  return fmt::format(
             "<path d=\"M{0:.2f} {1:.2f}V{2:.2f}\" fill=\"none\" stroke=\"{3}\" stroke-dasharray=\"2 3\"/>"
             "<circle cx=\"{0:.2f}\" cy=\"{2:.2f}\" r=\"4.5\" fill=\"#fff\" stroke=\"{3}\" stroke-width=\"2\"/>",
             x, text_y + 4.0, y, colour) +
         text_at(text_x, text_y, words,
                 fmt::format(" text-anchor=\"middle\" fill=\"{}\" font-weight=\"600\" paint-order=\"stroke\" "
                             "stroke=\"{}\" stroke-width=\"3\"",
                             colour, kSky)
                     .c_str());
}

std::string obstacle_words(const PathObstacle& obstacle, Language language) {
  const PointOnPath& point = *obstacle.deciding;
  const std::string km = figure(point.distance_m / 1000.0, 2);
  const std::string metres = figure(std::abs(point.above_line_m), 1);
  const std::string free = figure(100.0 * point.free_share());
  const Phrase& what = obstacle.line_of_sight ? explained::kNearestPoint : explained::kDeciding;
  const std::string where =
      point.above_line_m >= 0.0
          ? fill(explained::kAboveLine.in(language), {km, metres, figure(point.nu(), 2), free})
          : fill(explained::kBelowLine.in(language), {km, metres, figure(point.clearance_share(), 2), free});
  return std::string(what.in(language)) + ": " + where;
}

std::string marks(const Frame& frame, const PathObstacle& obstacle, Language language) {
  std::string svg;
  if (obstacle.bullington) {
    const BullingtonPoint& point = *obstacle.bullington;
    const double height = frame.line_m(point.distance_m) + point.above_line_m;
    const std::string style = fmt::format("stroke=\"{}\" stroke-width=\"1.2\" stroke-dasharray=\"6 3\"", kBent);
    svg += stroke(frame, 0.0, frame.line_m(0.0), point.distance_m, height, style);
    svg += stroke(frame, point.distance_m, height, frame.path_m(), frame.line_m(frame.path_m()), style);
    svg += callout(frame, point.distance_m, height, kBent,
                   std::string(explained::kBullington.in(language)) + ": " +
                       fill(explained::kAtLine.in(language), {figure(point.distance_m / 1000.0, 2),
                                                              figure(point.above_line_m, 1), figure(point.nu, 2)}),
                   0);
  }
  if (obstacle.deciding) {
    const PointOnPath& point = *obstacle.deciding;
    svg += callout(frame, point.distance_m, frame.line_m(point.distance_m) + point.above_line_m,
                   obstacle.line_of_sight ? kClear : kBlocked, obstacle_words(obstacle, language), 1);
  }
  return svg;
}

std::string antennas(const Frame& frame) {
  std::string svg;
  const ProfileView& profile = frame.profile();
  for (const bool at_site : {true, false}) {
    const double d = at_site ? 0.0 : frame.path_m();
    const double ground = at_site ? profile.ground_asl_m.front() : profile.ground_asl_m.back();
    svg += stroke(frame, d, ground, d, frame.line_m(d), fmt::format("stroke=\"{}\" stroke-width=\"3\"", kInk));
    svg += fmt::format("<circle cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"4\" fill=\"{}\"/>", frame.x(d),
                       frame.y(frame.line_m(d)), kInk);
  }
  return svg;
}

struct LegendEntry {
  std::string swatch;  ///< drawn at the origin, 26 wide, centred on y = 0
  Phrase phrase;
};

std::string legend(const ExplainedServer& server, Language language) {
  const auto box = [](const char* style) {
    return fmt::format("<rect y=\"-6\" width=\"26\" height=\"12\" {}/>", style);
  };
  const char* colour = server.cell.obstacle.line_of_sight ? kClear : kBlocked;
  std::vector<LegendEntry> entries = {
      {box("fill=\"#b9a58a\" stroke=\"#6d5a41\""), explained::kGround},
      {fmt::format("<path d=\"M0 0H26\" stroke=\"{}\" stroke-width=\"2\"/>", colour), explained::kLine},
      {box("fill=\"#9cc4e4\" fill-opacity=\".45\" stroke=\"#4b86b4\""), explained::kFresnel},
      {box("fill=\"#9cc4e4\" fill-opacity=\".85\" stroke=\"#4b86b4\" stroke-dasharray=\"3 2\""),
       explained::kFresnel60}};
  if (!server.cell.path.profile.clutter_m.empty()) {
    entries.insert(entries.begin() + 1, {box("fill=\"#7fa56b\""), explained::kClutter});
  }
  double x = kLeft;
  std::string svg;
  for (const LegendEntry& entry : entries) {
    const std::string words(entry.phrase.in(language));
    svg += fmt::format("<g transform=\"translate({:.1f} {:.1f})\">{}{}</g>", x, kProfileHeight - 18.0,
                       entry.swatch, text_at(33.0, 4.5, words));
    x += 33.0 + kTextSize * text_width(words) + 24.0;
  }
  return svg;
}

std::string headings(const Explanation& explanation, const ExplainedServer& server, Language language) {
  const CellBudget& cell = server.cell;
  const Phrase& sight = cell.obstacle.line_of_sight ? explained::kInSight : explained::kObstructed;
  const char* separator = language == Language::ja ? "、" : "; ";
  std::string facts = fill(explained::kReceived.in(language), {figure(server.map_dbm, 1)});
  facts += separator +
           fill(explained::kDistance.in(language),
                {figure(cell.distance_m / 1000.0, 2), figure(cell.azimuth_deg, 1), figure(cell.elevation_deg, 2)});
  facts += separator + fill(explained::kModel.in(language),
                            {model_text(explanation.model), mode_name(cell.loss.mode(), language)});
  facts += separator + std::string(sight.in(language));
  std::string title =
      fmt::format("{} → {:.5f}, {:.5f}", server.name(), server.receiver_at.lon_deg, server.receiver_at.lat_deg);
  if (explanation.synthetic) title += " – " + std::string(explained::kSynthetic.in(language));
  return text_at(kLeft, 26.0, title, " font-size=\"17\" font-weight=\"650\"") + text_at(kLeft, 48.0, facts);
}

}  // namespace

std::string profile_svg(const Explanation& explanation, const ExplainedServer& server, int number,
                        Language language) {
  const ProfileView profile = server.cell.path.profile.view();
  const PathObstacle& obstacle = server.cell.obstacle;
  const Frame frame(server.cell.link, profile, obstacle);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} "
      "{1:.0f}\" "
      "role=\"img\" aria-label=\"{2}\" font-family=\"'Noto Sans','Noto Sans CJK JP','Noto Sans JP',sans-serif\" "
      "font-size=\"{3}\" fill=\"{4}\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>"
      "<clipPath id=\"plot{5}\"><rect x=\"{6}\" y=\"{7}\" width=\"{8}\" height=\"{9}\"/></clipPath>",
      kProfileWidth, kProfileHeight, escape_html(server.name()), kTextSize, kInk, number, kLeft, kTop,
      kRight - kLeft, kBottom - kTop);
  svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>", kLeft, kTop,
                     kRight - kLeft, kBottom - kTop, kSky);
  svg += headings(explanation, server, language) + axes(frame, language);
  svg += fmt::format("<g clip-path=\"url(#plot{})\">", number);
  svg += zone_area(frame, 1.0, fmt::format("fill=\"{}\" fill-opacity=\".45\" stroke=\"#4b86b4\"", kZone).c_str());
  svg += zone_area(
      frame, 0.6,
      fmt::format("fill=\"{}\" fill-opacity=\".7\" stroke=\"#4b86b4\" stroke-dasharray=\"3 2\"", kZone).c_str());
  if (!profile.clutter_m.empty()) svg += ground_area(frame, true, fmt::format("fill=\"{}\"", kLeaves).c_str());
  svg += ground_area(frame, false, fmt::format("fill=\"{}\" stroke=\"{}\"", kEarth, kEarthEdge).c_str());
  // What of the zone and the line the ground hides is seen through it.
  svg += zone_area(frame, 1.0, "fill=\"none\" stroke=\"#4b86b4\" stroke-opacity=\".6\"");
  svg += "</g>";
  svg += stroke(frame, 0.0, frame.line_m(0.0), frame.path_m(), frame.line_m(frame.path_m()),
                fmt::format("stroke=\"{}\" stroke-width=\"2\"", obstacle.line_of_sight ? kClear : kBlocked));
  svg += marks(frame, obstacle, language) + antennas(frame) + legend(server, language);
  return svg + "</svg>";
}

}  // namespace amaneku::scenarios
