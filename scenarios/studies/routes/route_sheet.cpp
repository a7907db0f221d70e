#include "scenarios/studies/routes/route_sheet.hpp"

#include <fmt/format.h>

#include <cmath>

#include "propagation/models.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
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
    "@page{size:A4;margin:12mm}main{max-width:186mm;padding:8px 0}h1{font-size:1.3rem}h2{margin:.8rem 0 "
    ".3rem;font-size:1rem}"
    "table{font-size:8pt}.note{font-size:8pt}svg.plot{max-height:95mm}";

std::string hour(double seconds) {
  const auto minutes = static_cast<int>(std::lround(seconds / 60.0));
  return fmt::format("{:02d}:{:02d}", minutes / 60, minutes % 60);
}

class RouteSheet {
 public:
  RouteSheet(const RoutesStudy& study, std::string route_id, const PlanInput& input, Language language)
      : study_(study), input_(input), language_(language) {
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
    out += "<p class=\"lead\">" + user_text(input_.provenance.scenario_name) + "</p>\n";
    if (input_.provenance.synthetic) {
      out += "<p class=\"synthetic\"><strong>" + text(phrases::kSynthetic) + "</strong> " +
             text(phrases::kSyntheticNote) + "</p>\n";
    }
    out += "</header>\n" + summary();
    for (const std::size_t i : courses_) {
      out += "<h2>" + route_title(study_.courses[i], language_) + "</h2>\n<figure>" +
             strip_chart(study_.courses[i], study_.report.routes[i], study_.options.need.ul_mbps, language_) +
             "</figure>\n" + gaps_html(study_, i, language_) +
             intersections_html(study_.report.routes[i], language_);
      if (study_.report.routes[i].secondary)
        out += "<h3>" + text(phrases::kSecondaryCells) + "</h3>\n" +
               secondary_html(study_, study_.report.routes[i], language_);
      if (study_.report.routes[i].modems)
        out +=
            "<h3>" + text(phrases::kModems) + "</h3>\n" + modems_html(study_, study_.report.routes[i], language_);
    }
    out += "<p class=\"note\">" + text(phrases::kStripNote) + "</p>\n<h2>" + text(phrases::kWeathers) + "</h2>\n" +
           weather_html(study_.report.routes[courses_.front()], language_) + "<h2>" +
           text(phrases::kLatencyParts) + "</h2>\n" +
           latency_html(study_, study_.report.routes[courses_.front()], language_) + "<h2>" +
           text(phrases::kPremises) + "</h2>\n" + premises();
    return out + "</main>\n</body>\n</html>\n";
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
    return out + "</table>\n";
  }

  [[nodiscard]] std::string premises() const {
    const RouteOptions& options = study_.options;
    std::string weathers = weather_word("clear", language_);
    for (const Weather& weather : options.weathers) weathers += " / " + weather_word(weather.id, language_);
    std::string out = "<table>\n" + row(text(phrases::kWeatherPremise), weathers) +
                      row(text(phrases::kModelOf), user_text(model_text(input_.engine.model))) +
                      row(text(phrases::kFadingPremise),
                          text(phrases::kFadingIs, {fmt::format("{:g}", options.shadow_sigma_db),
                                                    fmt::format("{:g}", options.decorrelation_m)})) +
                      row(text(phrases::kDurationsPremise),
                          text(phrases::kMeasuredDurations, {interruption_kind(study_, language_)}));
    if (!study_.service.source.empty()) {
      out += row(text(phrases::kSourceOf),
                 study_.service.verified ? user_text(study_.service.source) : text(phrases::kNotVerifiedFigures));
    }
    for (const std::string& credit : input_.provenance.credits) out += row("", user_text(credit));
    out += row(text(phrases::kProgram), fmt::format("amaneku {} ({})", program_version(), git_revision()));
    return out + "</table>\n";
  }

  const RoutesStudy& study_;
  const PlanInput& input_;
  Language language_;
  std::vector<std::size_t> courses_{};
};

}  // namespace

std::string route_sheet_html(const RoutesStudy& study, const std::string& route_id, const PlanInput& input,
                             Language language) {
  return RouteSheet(study, route_id, input, language).html();
}

void RoutesStudy::write_files(const StudyFiles& files) const {
  for (const RouteCourse& course : courses) {
    if (course.back) continue;
    write_file_atomically(files.path("route_sheet_" + course.id + ".html"),
                          route_sheet_html(*this, course.id, files.input, files.language));
  }
}

}  // namespace amaneku::scenarios
