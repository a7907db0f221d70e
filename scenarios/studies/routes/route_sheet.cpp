#include "scenarios/studies/routes/route_sheet.hpp"

#include <fmt/format.h>

#include <cmath>

#include "propagation/models.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/page_style.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/studies/routes/phrases.hpp"
#include "scenarios/studies/routes/route_texts.hpp"
#include "scenarios/studies/routes/strip_chart.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::string_view kSheetStyle =
    "@page{size:A4;margin:9mm 12mm}main{max-width:186mm;padding:0}h1{font-size:1.1rem;margin:0}.annex "
    "h1{margin-top:3mm}"
    "h2{margin:1.2mm 0 .6mm;padding:0;font-size:.82rem;border-bottom-width:1px}.over{margin:0;font-size:7pt}"
    ".lead,.note,.synthetic{font-size:7pt;line-height:1.3;margin:.5mm 0}.synthetic{padding:.8mm 2mm}"
    "table{font-size:6.6pt;line-height:1.25}th,td{padding:.35mm .8mm}th{white-space:normal}"
    ".pair{display:grid;grid-template-columns:1fr 1fr;gap:0 4mm}.pair>div{min-width:0}.annex{break-before:page}";

/// Units of the strip chart's panels, so that both ways of a route go on one page.
constexpr double kSheetPanel = 36.0;

std::string hour(double seconds) {
  const auto minutes = static_cast<int>(std::lround(seconds / 60.0));
  return fmt::format("{:02d}:{:02d}", minutes / 60, minutes % 60);
}

class RouteSheet {
 public:
  RouteSheet(const RoutesStudy& study, const std::string& route_id, const PlanInput& input,
             const PlanResult& result, Language language)
      : study_(study), input_(input), result_(result), language_(language) {
    for (std::size_t i = 0; i < study.courses.size(); ++i) {
      if (study.courses[i].id == route_id) courses_.push_back(i);
    }
  }

  [[nodiscard]] std::string html() const {
    const RouteCourse& route = study_.courses[courses_.front()];
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri "
        "'none'; form-action 'none'\">\n<title>{} – "
        "{}</title>\n<style>{}{}</style>\n</head>\n<body>\n<main>\n<header>\n"
        "<p class=\"over\">amaneku · {}</p>\n<h1>{}</h1>\n",
        language_ == Language::ja ? "ja" : "en", user_text(route.name), text(phrases::kRouteSheet), kPageStyle,
        kSheetStyle, text(phrases::kRouteSheet), user_text(route.name));
    out += "<p class=\"lead\">" + user_text(title_of(input_.provenance, language_)) + "</p>\n";
    if (input_.provenance.synthetic) {
      out += "<p class=\"synthetic\"><strong>" + text(phrases::kSynthetic) + "</strong> " +
             text(phrases::kSyntheticNote) + "</p>\n";
    }
    out += "</header>\n" + summary();
    for (const std::size_t i : courses_) {
      out += "<h2>" + route_title(study_.courses[i], language_) + "</h2>\n<figure>" +
             strip_chart(study_.courses[i], study_.report.routes[i], study_.options.need.ul_mbps, language_,
                         kSheetPanel) +
             "</figure>\n";
    }
    out += "<p class=\"note\">" + text(phrases::kStripNote) + "</p>\n<div class=\"pair\">\n";
    for (const std::size_t i : courses_) {
      out += "<div><h2>" + text(phrases::kGapsTitle) + ": " + route_title(study_.courses[i], language_) +
             "</h2>\n" + brief_gaps_html(study_, i, language_).html + "</div>\n";
    }
    out += "</div>\n<h2>" + text(phrases::kPremises) + "</h2>\n" + premises() + "<section class=\"annex\">\n" +
           weather_and_latency();
    for (const std::size_t i : courses_) out += annex(i);
    return out + "</section>\n</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string text(const Phrase& phrase, std::initializer_list<std::string_view> values = {}) const {
    return escape_html(fill(phrase.in(language_), values));
  }

  static std::string row(const std::string& name, const std::string& value) {
    return "<tr><th>" + name + "</th><td>" + value + "</td></tr>\n";
  }

  [[nodiscard]] std::string summary() const {
    std::string out = "<table>\n";
    for (const std::size_t i : courses_) {
      const RouteFinding& found = study_.report.routes[i];
      const Course& course = study_.courses[i].course;
      out += row(route_title(study_.courses[i], language_),
                 "<strong>" + text(phrases::kRouteVerdictWords[static_cast<std::size_t>(found.verdict)]) +
                     "</strong> · " +
                     fmt::format("{:.1f} km · {} {} m, {} s · {} {} · {} {}", 1e-3 * course.length_m(),
                                 text(phrases::kShortageWords[2]), figure(found.metres(Shortage::no_link)),
                                 figure(found.time_s(Shortage::no_link), 1), text(phrases::kHandoversOf),
                                 found.link.run.handovers.size(), text(phrases::kInTime),
                                 found.latency ? percent_figure(100.0 * found.in_time()) : "–"));
    }
    const RouteCourse& route = study_.courses[courses_.front()];
    if (!route.departures_s.empty()) {
      out += row(text(phrases::kHours),
                 text(phrases::kHoursAre, {std::to_string(route.departures_s.size()),
                                           hour(route.departures_s.front()), hour(route.departures_s.back())}));
    }
    const RouteOptions& options = study_.options;
    out += row(text(phrases::kMonitoringLink),
               user_text(service_name(study_, language_)) + ": " +
                   text(phrases::kNeeds,
                        {fmt::format("{:.3g}", options.need.ul_mbps), fmt::format("{:.3g}", options.need.dl_mbps),
                         fmt::format("{:g}", options.reliability_percent),
                         fmt::format("{:g}", 1e3 * options.latency.deadline_s)}));
    return out + weather_row() + intersections_row() + "</table>\n";
  }

  /// The worst of all weathers and both ways.
  [[nodiscard]] std::string weather_row() const {
    const WeatherFinding* clear = nullptr;
    const WeatherFinding* worst = nullptr;
    for (const std::size_t i : courses_) {
      for (const WeatherFinding& of : study_.report.routes[i].weather) {
        if (clear == nullptr) clear = &of;
        if (worst == nullptr || of.no_link_m > worst->no_link_m) worst = &of;
      }
    }
    if (worst == nullptr) return {};
    return row(text(phrases::kWeatherPremise),
               fill(phrases::kWeatherIs.in(language_),
                    {weather_word(clear->id, language_), weather_word(worst->id, language_),
                     figure(worst->no_link_m), figure(worst->no_link_s, 1)}));
  }

  [[nodiscard]] std::string intersections_row() const {
    std::size_t served = 0;
    std::size_t all = 0;
    for (const std::size_t i : courses_) {
      for (const IntersectionFinding& of : study_.report.routes[i].intersections) {
        ++all;
        served += of.served ? 1 : 0;
      }
    }
    if (all == 0) return {};
    return row(text(phrases::kIntersections),
               text(phrases::kIntersectionsServed, {std::to_string(served), std::to_string(all)}));
  }

  /// Begins the second page.
  [[nodiscard]] std::string weather_and_latency() const {
    std::string out = "<h1>" +
                      fill(phrases::kAnnex.in(language_), {user_text(study_.courses[courses_.front()].name)}) +
                      "</h1>\n";
    for (const std::size_t i : courses_) {
      out += "<h2>" + text(phrases::kWeathers) + ": " + route_title(study_.courses[i], language_) + "</h2>\n" +
             weather_html(study_.report.routes[i], language_);
    }
    const RouteFinding& first = study_.report.routes[courses_.front()];
    if (first.latency)
      out += "<h2>" + text(phrases::kLatencyParts) + "</h2>\n" + latency_html(study_, first, language_);
    return out;
  }

  /// The rest of one course.
  [[nodiscard]] std::string annex(std::size_t i) const {
    const RouteFinding& found = study_.report.routes[i];
    std::string out;
    if (!brief_gaps_html(study_, i, language_).all) {
      out += "<h2>" + text(phrases::kGapsTitle) + "</h2>\n" + gaps_html(study_, i, language_);
    }
    if (!found.intersections.empty())
      out += "<h2>" + text(phrases::kIntersections) + "</h2>\n" + intersections_html(found, language_);
    if (found.secondary) {
      out += "<h2>" + text(phrases::kSecondaryCells) + "</h2>\n" + secondary_html(study_, found, language_);
    }
    if (found.modems) out += "<h2>" + text(phrases::kModems) + "</h2>\n" + modems_html(study_, found, language_);
    const std::string handovers = handovers_html(input_, result_, found, language_);
    if (!handovers.empty()) out += "<h2>" + text(phrases::kHandoverTable) + "</h2>\n" + handovers;
    if (out.empty()) return {};
    return "<h1>" + fill(phrases::kAnnex.in(language_), {route_title(study_.courses[i], language_)}) + "</h1>\n" +
           out;
  }

  [[nodiscard]] std::string premises() const {
    const RouteOptions& options = study_.options;
    std::string out =
        "<table>\n" +
        row(text(phrases::kModelOf), user_text(model_name(model_id(input_.engine.model), language_))) +
        row(text(phrases::kFadingPremise),
            text(phrases::kFadingIs,
                 {fmt::format("{:g}", options.shadow_sigma_db), fmt::format("{:g}", options.decorrelation_m)})) +
        row(text(phrases::kDurationsPremise),
            text(phrases::kMeasuredDurations, {interruption_kind(study_, language_)}));
    if (!study_.service.source.empty()) {
      out += row(text(phrases::kSourceOf),
                 study_.service.verified ? user_text(study_.service.source) : text(phrases::kNotVerifiedFigures));
    }
    for (const std::string& credit : credits_of(input_.provenance, language_)) out += row("", user_text(credit));
    out += row(text(phrases::kProgram), fmt::format("amaneku {} ({})", program_version(), git_revision()));
    return out + "</table>\n";
  }

  const RoutesStudy& study_;
  const PlanInput& input_;
  const PlanResult& result_;
  Language language_;
  std::vector<std::size_t> courses_{};
};

}  // namespace

std::string route_sheet_html(const RoutesStudy& study, const std::string& route_id, const PlanInput& input,
                             const PlanResult& result, Language language) {
  return RouteSheet(study, route_id, input, result, language).html();
}

void RoutesStudy::write_files(const StudyFiles& files) const {
  for (const RouteCourse& course : courses) {
    if (course.back) continue;
    write_file_atomically(files.path("route_sheet_" + course.id + ".html"),
                          route_sheet_html(*this, course.id, files.input, files.result, files.language));
  }
}

}  // namespace amaneku::scenarios
