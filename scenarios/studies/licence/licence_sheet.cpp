#include "scenarios/studies/licence/licence_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "scenarios/report/html.hpp"
#include "scenarios/report/html_table.hpp"
#include "scenarios/report/map_svg.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/page_style.hpp"
#include "scenarios/report/svg.hpp"
#include "scenarios/studies/licence/phrases.hpp"
#include "terrain/crs.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kMapWidth = 720.0;
constexpr const char* kCoverFill = "fill:#0072b2;fill-opacity:.45;stroke:#0072b2;stroke-width:1";
constexpr const char* kCoordinationFill = "fill:#e69f00;fill-opacity:.30;stroke:#b87d00;stroke-width:1";
constexpr const char* kLandStroke = "fill:none;stroke:#1b2423;stroke-width:1.6;stroke-dasharray:6 3";

/// Frame of the map: what is drawn, and a margin.
struct Frame {
  double west_m;
  double north_m;
  double side_m;
  double height_m;
  [[nodiscard]] double scale() const { return kMapWidth / side_m; }
  [[nodiscard]] double x(double x_m) const { return (x_m - west_m) * scale(); }
  [[nodiscard]] double y(double y_m) const { return (north_m - y_m) * scale(); }
};

class Sheet {
 public:
  Sheet(const LicenceStudy& study, const PlanInput& input, Language language)
      : input_(input),
        licence_(study.areas),
        options_(*study.options),
        source_ja_(study.threshold_source_ja),
        language_(language),
        crs_(Crs::from_text(input.world.crs_id)) {}

  [[nodiscard]] std::string html() const {
    return head() + map() + areas() + "<h2>" + text(phrases::kSites) + "</h2>\n" + sectors() + "<h2>" +
           text(phrases::kLicenceParameters) + "</h2>\n" + parameters() + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string text(const Phrase& phrase,
                                 std::initializer_list<std::string_view> arguments = {}) const {
    return escape_html(fill(phrase.in(language_), arguments));
  }

  [[nodiscard]] std::string unverified() const {
    return " <strong style=\"color:#b3261e\">[" + text(phrases::kNotVerified) + "]</strong>";
  }

  [[nodiscard]] std::string head() const {
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri "
        "'none'; form-action 'none'\">\n<title>{} – "
        "{}</title>\n<style>{}</style>\n</head>\n<body>\n<main>\n<header>\n"
        "<p class=\"over\">amaneku · {}</p>\n<h1>{}</h1>\n",
        language_ == Language::ja ? "ja" : "en", user_text(title_of(input_.provenance, language_)),
        text(phrases::kLicenceSheet), kPageStyle, text(phrases::kLicenceSheet),
        user_text(title_of(input_.provenance, language_)));
    if (input_.provenance.synthetic)
      out += "<p class=\"synthetic\"><strong>" + text(phrases::kSynthetic) + "</strong> " +
             text(phrases::kSyntheticNote) + "</p>\n";
    if (licence_.cut) out += "<p class=\"synthetic\">" + text(phrases::kLicenceCut) + "</p>\n";
    return out + "<p class=\"note\">" +
           text(phrases::kNotVerifiedNote, {fill(phrases::kNotVerified.in(language_), {})}) + "</p>\n</header>\n";
  }

  [[nodiscard]] Frame frame() const {
    double west = 1e300;
    double south = 1e300;
    double east = -1e300;
    double north = -1e300;
    const auto include = [&](Point p, double room_m) {
      west = std::min(west, p.x_m - room_m);
      east = std::max(east, p.x_m + room_m);
      south = std::min(south, p.y_m - room_m);
      north = std::max(north, p.y_m + room_m);
    };
    for (const LicenceArea& area : licence_.areas) {
      for (const Polygon& part : area.area.parts) {
        for (const Point& p : part.outer) include(p, 0.0);
      }
    }
    for (const Site& site : input_.network.sites) {
      if (takes_part(site)) include(site.at, 5.0 * input_.world.ground.ground_asl_m.grid.cell_m);
    }
    if (west > east) {  // no site of the application is planned on
      const Grid& grid = input_.world.ground.ground_asl_m.grid;
      include({grid.west_m, grid.north_m}, 0.0);
      include({grid.west_m + grid.nx * grid.cell_m, grid.north_m - grid.ny * grid.cell_m}, 0.0);
    }
    const double margin = 0.05 * std::max(east - west, north - south);
    return {west - margin, north + margin, east - west + 2.0 * margin, north - south + 2.0 * margin};
  }

  [[nodiscard]] bool takes_part(const Site& site) const {
    return std::find(licence_.sites.begin(), licence_.sites.end(), site.id) != licence_.sites.end();
  }

  static std::string path(const Frame& frame, const MultiPolygon& area, const char* style) {
    SvgPath path(1);
    const auto ring = [&](const Line& line) {
      for (std::size_t i = 0; i + 1 < line.size(); ++i) path.to(frame.x(line[i].x_m), frame.y(line[i].y_m));
      path.close();
    };
    for (const Polygon& part : area.parts) {
      ring(part.outer);
      for (const Line& hole : part.holes) ring(hole);
    }
    return fmt::format("<path d=\"{}\" fill-rule=\"evenodd\" style=\"{}\"/>\n", path.data(), style);
  }

  [[nodiscard]] std::string merged(const Frame& frame, LicenceKind kind, const char* style) const {
    for (const LicenceArea& area : licence_.areas) {
      if (area.kind == kind && area.land == LicenceLand::all && area.site.empty())
        return path(frame, area.area, style);
    }
    return {};
  }

  [[nodiscard]] std::string map() const {
    const Frame frame = this->frame();
    const double height = frame.height_m * frame.scale();
    std::string svg = fmt::format(
        "<figure><svg viewBox=\"0 0 {0:g} {1:.1f}\" role=\"img\" style=\"width:100%;max-height:150mm;border:1px "
        "solid "
        "#8b9692\">\n",
        kMapWidth, height);
    svg += merged(frame, LicenceKind::coordination, kCoordinationFill) +
           merged(frame, LicenceKind::cover, kCoverFill);
    for (const MultiPolygon& land : options_.own_land) svg += path(frame, land, kLandStroke);
    for (const Site& site : input_.network.sites) {
      if (!takes_part(site)) continue;
      svg += fmt::format(
          "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"4\" style=\"fill:#111;stroke:#fff\"/><text x=\"{2:.1f}\" "
          "y=\"{1:.1f}\" style=\"font-size:12px;paint-order:stroke;stroke:#fff;stroke-width:3\">{3}</text>\n",
          frame.x(site.at.x_m), frame.y(site.at.y_m), frame.x(site.at.x_m) + 7.0, user_text(site.name));
    }
    return svg + furniture(frame, height) + "</svg>\n<figcaption>" + key(kCoverFill, phrases::kCoverArea) +
           key(kCoordinationFill, phrases::kCoordinationArea) +
           (options_.own_land.empty() ? "" : key(kLandStroke, phrases::kOwnLandRow)) + corner_text(frame) +
           "</figcaption></figure>\n";
  }

  /// Scale bar and the direction of true north.
  [[nodiscard]] std::string furniture(const Frame& frame, double height) const {
    const double bar_m = round_length(0.25 * frame.side_m);
    const double bar = bar_m * frame.scale();
    const LonLat middle =
        crs_.to_lonlat({frame.west_m + 0.5 * frame.side_m, frame.north_m - 0.5 * frame.height_m});
    return fmt::format(
        "<path d=\"M12 {0:.1f}v-6M12 {0:.1f}h{1:.1f}v-6\" style=\"fill:none;stroke:#111;stroke-width:1.4\"/><text "
        "x=\"16\" "
        "y=\"{2:.1f}\" style=\"font-size:12px\">{3}</text>\n"
        "<g transform=\"translate({4:g} 34) rotate({5:.2f})\"><path d=\"M0 -22l6 20-6-4-6 4z\"/><text y=\"14\" "
        "text-anchor=\"middle\" style=\"font-size:12px\">N</text></g>\n",
        height - 12.0, bar, height - 16.0,
        bar_m >= 1000.0 ? fmt::format("{:g} km", bar_m / 1000.0) : fmt::format("{:g} m", bar_m), kMapWidth - 26.0,
        crs_.convergence_deg(middle));
  }

  [[nodiscard]] std::string key(const char* style, const Phrase& label) const {
    return fmt::format(
        "<svg width=\"30\" height=\"14\" aria-hidden=\"true\"><rect x=\"2\" y=\"2\" width=\"24\" height=\"10\" "
        "style=\"{}\"/></svg>{} "
        "&nbsp; ",
        style, text(label));
  }

  [[nodiscard]] std::string corner_text(const Frame& frame) const {
    const LonLat south_west = crs_.to_lonlat({frame.west_m, frame.north_m - frame.height_m});
    const LonLat north_east = crs_.to_lonlat({frame.west_m + frame.side_m, frame.north_m});
    return fmt::format("<br>{:.5f}–{:.5f}°E, {:.5f}–{:.5f}°N (JGD2011 / WGS 84)", south_west.lon_deg,
                       north_east.lon_deg, south_west.lat_deg, north_east.lat_deg);
  }

  [[nodiscard]] std::string areas() const {
    HtmlTable table(language_);
    table.column(phrases::kAreaKind).column(phrases::kOfSite).column(phrases::kLand);
    table.column(phrases::kThresholdColumn, true).column(phrases::kSizeM2, true);
    for (const LicenceArea& area : licence_.areas) {
      const Phrase& land = area.land == LicenceLand::all   ? phrases::kLandAll
                           : area.land == LicenceLand::own ? phrases::kLandOwn
                                                           : phrases::kLandOther;
      table.row(
          {words(area.kind == LicenceKind::cover ? phrases::kCoverArea : phrases::kCoordinationArea, language_),
           area.site.empty() ? words(phrases::kAllSites, language_) : words(area.site), words(land, language_),
           number(area.threshold_dbm, 1), number(area.area_m2)},
          area.land == LicenceLand::all ? "group" : "");
    }
    return table.html();
  }

  [[nodiscard]] std::string sectors() const {
    HtmlTable table(language_);
    table.column(phrases::kOfSite).column(phrases::kSectorColumn).column(phrases::kPositionColumn);
    table.column(phrases::kGroundColumn, true)
        .column(phrases::kHeightColumn, true)
        .column(phrases::kFrequencyColumn, true);
    table.column(phrases::kPowerColumn, true).column(phrases::kFeederColumn, true).column(phrases::kAntennaColumn);
    table.column(phrases::kDirectionColumn).column(phrases::kEirpColumn, true);
    for (const Site& site : input_.network.sites) {
      if (!takes_part(site)) continue;
      for (const Sector& sector : site.sectors) table.row(sector_row(site, sector));
    }
    return table.html();
  }

  [[nodiscard]] std::vector<Cell> sector_row(const Site& site, const Sector& sector) const {
    const double gain_dbi = max_gain_dbi(sector.antenna);
    return {
        words(site.name.empty() ? site.id : site.id + " " + site.name),
        words(sector.id),
        {.html = fmt::format("{:.6f}, {:.6f}", site.position.lon_deg, site.position.lat_deg)},
        number(static_cast<double>(sample_bilinear(input_.world.ground.ground_asl_m, site.at)), 1),
        number(sector.tx_agl_m, 1),
        number(sector.freq_hz / 1e6, 2),
        number(sector.power_dbm, 1),
        number(sector.feeder_loss_db, 1),
        {.html = antenna_html(sector.antenna_name) + fmt::format(" {:.1f}", gain_dbi)},
        {.html = fmt::format("{:g}, {:g}", sector.mounting.azimuth_deg,
                             sector.mounting.mechanical_downtilt_deg + sector.mounting.electrical_downtilt_deg)},
        number(sector.power_dbm - sector.feeder_loss_db + gain_dbi, 1)};
  }

  [[nodiscard]] std::string antenna_html(const std::string& name) const {
    for (const Phrase& known : phrases::kAntennaNames) {
      if (name == known.in(Language::en)) return text(known);
    }
    return user_text(name);
  }

  /// A parameter of the formula of local 5G, or a word of one; any other as it is.
  [[nodiscard]] std::string parameter_html(const std::string& word) const {
    for (const auto& [id, name] : phrases::kFormulaWords) {
      if (id == word) return text(name);
    }
    return escape_html(word);
  }

  /// What the model itself warns of: among it that it was not verified.
  [[nodiscard]] std::string model_html() const {
    const RadioModel& model = options_.model ? *options_.model : input_.engine.model;
    std::string out = user_text(model_name(licence_.model, language_));
    for (const ParameterValue& parameter : parameter_values(model)) {
      out += "<br>" + parameter_html(parameter.name) + text(phrases::kIs);
      if (const auto* word = std::get_if<std::string>(&parameter.value)) {
        out += parameter_html(*word);
      } else {
        std::visit([&](const auto& value) { out += escape_html(fmt::format("{}", value)); }, parameter.value);
      }
    }
    for (const ModelInfo& info : model_infos()) {
      if (info.id == licence_.model && !info.notes.empty()) out += unverified();
    }
    return out;
  }

  [[nodiscard]] const std::string& threshold_source() const {
    return language_ == Language::ja && !source_ja_.empty() ? source_ja_ : options_.threshold_source;
  }

  [[nodiscard]] std::string parameters() const {
    HtmlTable table(language_);
    table.column(phrases::kParameter).column(phrases::kParameterValue);
    const auto row = [&](const Phrase& name, const std::string& html) {
      table.row({words(name, language_), {.html = html}});
    };
    const auto short_number = [](double value) { return fmt::format("{:g}", value); };
    row(phrases::kThresholdsRow, text(phrases::kThresholdsValue, {short_number(options_.cover_dbm),
                                                                  short_number(options_.coordination_dbm)}) +
                                     (threshold_source().empty() ? "" : "<br>" + user_text(threshold_source())) +
                                     (options_.thresholds_verified ? "" : unverified()));
    row(phrases::kPowerRow, text(phrases::kPowerValue));
    row(phrases::kReceiverRow, text(phrases::kReceiverValue, {short_number(licence_.rx_agl_m)}));
    row(phrases::kModelRow, model_html());
    const Grid& grid = input_.world.ground.ground_asl_m.grid;
    row(phrases::kGridRow,
        text(phrases::kGridValue, {short_number(grid.cell_m), crs_name(crs_.name(), language_)}));
    std::string heights = user_text(vertical_datum_of(input_, language_));
    for (const RasterSourceInfo& source : input_.world.terrain_sources)
      heights += "<br>" + user_text(std::filesystem::path(source.path).filename().string());
    row(phrases::kTerrainRow, heights);
    row(phrases::kOwnLandRow,
        options_.own_land.empty() ? text(phrases::kNoOwnLand) : user_text(options_.own_land_source));
    row(phrases::kProgramRow, "amaneku " + escape_html(program_version()) + " " + escape_html(git_revision()));
    return table.html();
  }

  const PlanInput& input_;
  const LicenceAreas& licence_;
  const LicenceOptions& options_;
  const std::string& source_ja_;
  Language language_;
  Crs crs_;
};

}  // namespace

std::string licence_sheet_html(const LicenceStudy& study, const PlanInput& input, Language language) {
  return Sheet(study, input, language).html();
}

}  // namespace amaneku::scenarios
