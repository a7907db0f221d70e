#include "scenarios/studies/licence/licence_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "propagation/link_ranges.hpp"
#include "propagation/mic/local5g_sub6.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/report/styles.hpp"
#include "scenarios/schema/model_keys.hpp"
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/licence/licence_sheet.hpp"
#include "scenarios/studies/licence/phrases.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/people/focus_zones.hpp"
#include "terrain/vector/vector_export.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

const std::string kAreas = "licence_areas";

Keys licence_keys() {
  Keys keys = {
      text("model", {},
           "A model of the role path, with its parameters as further keys; absent: that of the plan."),
      required(
          number("cover_dbm", {"dBm", {}, {-200.0, 100.0}},
                 "Received power of the whole carrier from which a place is in the cover area (カバーエリア).")),
      required(number("coordination_dbm", {"dBm", {}, {-200.0, 100.0}},
                      "The same for the coordination area (調整対象区域): lower.")),
      text("source", std::string{}, "Where the thresholds are from: printed on the sheet."),
      text("source_ja", std::string{}, "`source` on a Japanese sheet; absent: `source`."),
      flag("verified", false, "The thresholds were read there; else the sheet marks them."),
      number("rx_agl_m", {"m", {}, LinkRanges::agl_m}, "Height of the receiving antenna; absent: as [receiver]."),
      flag("per_site", false, "Areas of each site by itself, beside those of all."),
      list(text("sites", std::vector<std::string>{}, "Ids of the sites of the application; empty: all."),
           ValueType::texts)};
  add_models(keys, Role::path);
  return keys;
}

// The formula is that of the examination of local 5G: carriers elsewhere have another licence and other rules.
std::optional<Warning> frequency_warning(const std::vector<Site>& sites, const std::vector<std::string>& chosen) {
  const RadioTechnology& band = technology_of(built_in_radio_catalogue(), "nr_n79_local5g");
  Warning out{.id = "licence_frequency_outside_band", .message = {}, .count = 0};
  for (const Site& site : sites) {
    const bool of_application =
        site.existing && (chosen.empty() || std::find(chosen.begin(), chosen.end(), site.id) != chosen.end());
    for (const Sector& sector : site.sectors) {
      const double half_hz = 0.5 * sector.bandwidth_hz;
      if (!of_application ||
          (sector.freq_hz - half_hz >= band.freq_min_hz && sector.freq_hz + half_hz <= band.freq_max_hz))
        continue;
      if (out.count++ > 0) continue;
      out.message = fmt::format(
          "the licence sheet is by {}, the formula of local 5G in {:g} .. {:g} MHz, and has carriers outside, "
          "such as "
          "{} / {} at {:g} MHz",
          MicLocal5gSub6::id, band.freq_min_hz / 1e6, band.freq_max_hz / 1e6, site.id, sector.id,
          sector.freq_hz / 1e6);
    }
  }
  return out.count > 0 ? std::optional(out) : std::nullopt;
}

/// Sites of the application that are candidates in this plan.
std::optional<Warning> not_planned(const std::vector<Site>& sites, const std::vector<std::string>& chosen) {
  Warning out{.id = "licence_site_not_planned", .message = {}, .count = 0};
  for (const Site& site : sites) {
    if (site.existing || std::find(chosen.begin(), chosen.end(), site.id) == chosen.end()) continue;
    out.message += (out.count++ == 0 ? "" : ", ") + site.id;
  }
  if (out.count == 0) return std::nullopt;
  out.message = "sites of licence.sites that are candidates here, without an area: " + out.message;
  return out;
}

}  // namespace

std::vector<SchemaSection> LicenceStudy::sections() {
  return {{"licence", SectionKind::table,
           "Cover and coordination area of a licence (docs/methods/licence_areas.md).", licence_keys()},
          {"licence.own_land",
           SectionKind::list,
           "Own land; all else is land of others.",
           {required(text("path", {}, "Polygons of own land (自己土地), anything that OGR reads.")),
            flag("repair", false, "Polygons whose rings cross themselves are mended, not refused.")}}};
}

void LicenceStudy::read(const StudyReading& reading) {
  Document& document = reading.document;
  const std::vector<Site>& sites = reading.input.network.sites;
  const SectionView view = document.section("licence");
  if (view.node() == nullptr) return;
  LicenceOptions out{.cover_dbm = view.number("cover_dbm"),
                     .coordination_dbm = view.number("coordination_dbm"),
                     .threshold_source = view.text("source"),
                     .thresholds_verified = view.flag("verified"),
                     .per_site = view.flag("per_site"),
                     .sites = view.texts("sites")};
  if (view.given("rx_agl_m")) out.rx_agl_m = view.number("rx_agl_m");
  document.attempt(view, "coordination_dbm", [&] { check_licence_options(out); });
  if (view.given("model")) document.attempt(view, "model", [&] { out.model = model_of(view, "licence"); });
  for (const std::string& wanted : out.sites) {
    const bool known =
        std::any_of(sites.begin(), sites.end(), [&](const Site& site) { return site.id == wanted; });
    if (!known) document.add(view.fault("sites", "no site \"" + wanted + "\""));
  }
  for (const SectionView& land : document.sections("licence.own_land")) {
    document.attempt(land, "path", [&] {
      const std::string name = document.path_of(land).filename().string();
      FocusZones plots =
          read_focus_zones({{.path = document.path_of(land), .repair = land.flag("repair")}}, reading.crs);
      std::erase_if(plots.warnings, [](const Warning& w) { return w.id.find("name") != std::string::npos; });
      reading.warnings.insert(reading.warnings.end(), plots.warnings.begin(), plots.warnings.end());
      for (FocusZone& plot : plots.zones) out.own_land.push_back(std::move(plot.area));
      out.own_land_source += (out.own_land_source.empty() ? "" : ", ") + name;
    });
  }
  threshold_source_ja = view.text("source_ja");
  options = std::move(out);
}

std::string LicenceStudy::plan_text(Language language) const {
  return fill(phrases::kThresholdsValue.in(language),
              {fmt::format("{:g}", options->cover_dbm), fmt::format("{:g}", options->coordination_dbm)});
}

void LicenceStudy::run(const StudyInput& plan, const Studies& /*earlier*/) {
  areas = licence_areas(*options, plan.radio);
  if (areas.model == MicLocal5gSub6::id) {
    if (auto warning = frequency_warning(plan.radio.sites(), areas.sites))
      plan.warnings.push_back(std::move(*warning));
  }
  if (auto warning = not_planned(plan.radio.sites(), options->sites)) plan.warnings.push_back(std::move(*warning));
  if (!areas.cut) return;
  plan.warnings.push_back({"licence_area_cut",
                           "a licence area touches the edge of the plan or cells that were not computed: it may "
                           "go on there; enlarge the area or coverage.radius_m"});
}

std::vector<Table> LicenceStudy::tables(const PlanInput& /*input*/, const PlanResult& /*result*/) const {
  std::string sites;
  for (const std::string& site : areas.sites) sites += (sites.empty() ? "" : ", ") + site;
  Table about{.name = "licence",
              .meaning = "How the areas of the licence were computed",
              .columns = {text_column("model", "propagation model"),
                          real_column("rx_agl_m", "m", "height of the receiving antenna"),
                          text_column("sites", "sites of the application"),
                          flag_column("cut", "1: an area may go on beyond what was computed")},
              .rows = {{areas.model, areas.rx_agl_m, sites, amaneku::flag(areas.cut)}},
              .outputs = {.json = "licence", .single = true, .csv = false}};
  Table table{.name = kAreas,
              .meaning = "Cover and coordination areas of the licence",
              .columns = {text_column("kind", "cover or coordination"), text_column("land", "all, own or other"),
                          text_column("site", "site; empty: all merged"),
                          real_column("limit_dbm", "dBm", "at or above: in the area"),
                          real_column("area_m2", "m2", "area"), text_column("model", "propagation model")},
              .styles = {"", "",
                         categorised_qml(SymbolKind::fill, "kind",
                                         {{"cover", "cover area", {0, 114, 178, 110}},
                                          {"coordination", "coordination area", {230, 159, 0, 80}}},
                                         0.4)},
              .outputs = {.json = "licence.areas", .csv = false}};
  for (const LicenceArea& area : areas.areas) {
    table.add(Geometry(area.area), {std::string(kLicenceKinds[static_cast<std::size_t>(area.kind)]),
                                    std::string(kLicenceLands[static_cast<std::size_t>(area.land)]), area.site,
                                    area.threshold_dbm, area.area_m2, areas.model});
  }
  return {std::move(about), std::move(table)};
}

std::string LicenceStudy::section(const ReportContext& /*context*/) const {
  return {};
}

void LicenceStudy::write_files(const StudyFiles& files) const {
  write_file_atomically(files.path("licence_sheet.html"), licence_sheet_html(*this, files.input, files.language));
  if (areas.areas.empty()) return;
  for (const auto& [extension, format] :
       {std::pair{".geojson", VectorFormat::geojson}, {".shp", VectorFormat::shapefile}}) {
    export_layer(files.path("network.gpkg"), kAreas, files.path(kAreas + extension), format);
  }
  files.write_kml(kAreas);
}

}  // namespace amaneku::scenarios
