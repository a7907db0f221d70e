#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "scenarios/output/page/sections.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/report/warning_words.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostWarnings = 200;
constexpr std::size_t kMostInputs = 500;
constexpr std::size_t kMostCredits = 100;
constexpr std::size_t kScenarioBytes = 100'000;

/// Two columns: what it is, what it has.
class FactTable {
 public:
  explicit FactTable(const ReportContext& context) : context_(context), table_(context.language) {}
  void fact(const Phrase& name, const std::string& text) {
    table_.row({{.html = said(context_, name)}, words(text)});
  }
  void fact(std::string_view name, const std::string& text) { table_.row({words(name), words(text)}); }
  [[nodiscard]] std::string html() const { return "<div class=\"facts\">" + table_.html() + "</div>\n"; }

 private:
  const ReportContext& context_;
  HtmlTable table_;
};

/// "4.85 GHz", or the lowest and highest of the planned sectors; `scale` turns the value into `unit`.
template <class Value>
std::string over_sectors(const PlanInput& input, double scale, std::string_view unit, const Value& value) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    for (const Sector& sector : site.sectors) {
      low = std::min(low, static_cast<double>(value(sector)) * scale);
      high = std::max(high, static_cast<double>(value(sector)) * scale);
    }
  }
  if (low > high) return "–";
  const std::string range = low == high ? fmt::format("{:g}", low) : fmt::format("{:g}–{:g}", low, high);
  return unit.empty() ? range : range + " " + std::string(unit);
}

struct ModelPhrases {
  const Phrase& name;
  const Phrase& source;
};

void facts_of(FactTable& table, const ReportContext& context, const RadioModel& model,
              const ModelPhrases& phrases) {
  const std::string_view id = model_id(model);
  for (const ModelInfo& info : model_infos()) {
    if (info.id != id) continue;
    table.fact(phrases.name, model_name(id, context.language));
    table.fact(phrases.source, model_source(info.source, context.language));
    const std::vector<ParameterValue> values = parameter_values(model);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::string unit = info.parameters[i].unit == "1" ? std::string() : info.parameters[i].unit;
      const auto* number = std::get_if<double>(&values[i].value);
      table.fact(fmt::format("{}.{}", id, values[i].name), number != nullptr
                                                               ? fmt::format("{:g} {}", *number, unit)
                                                               : std::get<std::string>(values[i].value));
    }
  }
}

void model_facts(FactTable& table, const ReportContext& context) {
  facts_of(table, context, context.input.engine.model, {phrases::kModel, phrases::kModelSource});
  for (const RadioModel& loss : context.input.engine.coverage.added_losses) {
    facts_of(table, context, loss, {phrases::kAddedLoss, phrases::kAddedLossSource});
  }
}

void link_facts(FactTable& table, const ReportContext& context) {
  const PlanInput& input = context.input;
  table.fact(phrases::kFrequency, over_sectors(input, 1e-6, "MHz", [](const Sector& s) { return s.freq_hz; }));
  table.fact(phrases::kPower, over_sectors(input, 1.0, "dBm", [](const Sector& s) { return s.power_dbm; }));
  table.fact(phrases::kSubcarriers, over_sectors(input, 1.0, "", [](const Sector& s) { return s.subcarriers; }));
  table.fact(phrases::kTxHeight, over_sectors(input, 1.0, "m", [](const Sector& s) { return s.tx_agl_m; }));
  table.fact(phrases::kRxHeight, fmt::format("{:g} m", input.network.receiver.rx_agl_m));
  table.fact(phrases::kRxGain, input.network.receiver.gain_dbi
                                   ? fmt::format("{:g} dBi", *input.network.receiver.gain_dbi)
                                   : over_sectors(input, 1.0, "dBi", [](const Sector& s) {
                                       return s.carrier ? s.carrier->device.gain_dbi : 0.0;
                                     }));
  table.fact(phrases::kBodyLoss, fmt::format("{:g} dB", input.network.receiver.body_loss_db));
  table.fact(phrases::kBuildingLoss, fmt::format("{:g} dB", input.network.receiver.building_loss_db));
  table.fact(phrases::kThreshold, figure(input.statistics.threshold_dbm, 1) + " dBm");
}

void engine_facts(FactTable& table, const ReportContext& context) {
  const CoverageOptions& coverage = context.input.engine.coverage;
  table.fact(phrases::kRadius, fmt::format("{:g} km", kKm * coverage.radius_m));
  const Climate& climate = context.input.engine.climate;
  table.fact(phrases::kEarthRadius, fmt::format("{} km; {}", figure(kKm * coverage.effective_earth_radius_m),
                                                origin_name(climate.earth_radius, context.language)));
  table.fact(phrases::kRefractivity,
             fmt::format("{:g}; {}", coverage.n0, origin_name(climate.n0, context.language)));
  const bool vertical = coverage.polarization == Polarization::vertical;
  table.fact(phrases::kPolarization,
             std::string((vertical ? phrases::kVertical : phrases::kHorizontal).in(context.language)));
  const Phrase& engine = coverage.engine == LossEngine::radial ? phrases::kRadial : phrases::kExact;
  table.fact(phrases::kEngine,
             coverage.engine == LossEngine::radial
                 ? fill(engine.in(context.language), {fmt::format("{}", coverage.own_line_samples)})
                 : std::string(engine.in(context.language)));
  if (!context.input.world.roads.roads.empty()) {
    table.fact(phrases::kRoadStep, fmt::format("{:g} m", context.input.statistics.road_step_m));
  }
}

void source_facts(FactTable& table, const ReportContext& context) {
  const PlanInput& input = context.input;
  for (const RasterSourceInfo& source : input.world.terrain_sources) {
    table.fact(
        phrases::kTerrainSource,
        std::filesystem::path(source.path).filename().string() + ": " +
            fill(phrases::kTerrainSourceIs.in(context.language),
                 {source.format == "GTiff" ? "GeoTIFF" : source.format, crs_name(source.crs, context.language),
                  fmt::format("{:.3g}", source.resolution_m), figure(static_cast<double>(source.cells_used))}));
  }
  for (const std::string& source : input.world.population.sources) table.fact(phrases::kPopulationSource, source);
  for (const std::string& source : input.world.boundaries.sources) table.fact(phrases::kBoundarySource, source);
  for (const std::string& source : input.world.roads.sources) table.fact(phrases::kRoadSource, source);
}

void plan_facts(FactTable& table, const ReportContext& context) {
  const PlanInput& input = context.input;
  const Grid& grid = context.result.grid;
  table.fact(phrases::kProgram, fmt::format("amaneku {} ({})", program_version(),
                                            fill(phrases::kRevision.in(context.language), {git_revision()})));
  table.fact(phrases::kScenario, std::filesystem::path(input.provenance.scenario_file).filename().string());
  table.fact(phrases::kCrs,
             fmt::format("{} ({})", crs_name(Crs::from_text(input.world.crs_id).name(), context.language),
                         input.world.crs_id));
  table.fact(phrases::kDatum, vertical_datum_of(input, context.language));
  table.fact(phrases::kGrid,
             fill(phrases::kGridIs.in(context.language),
                  {figure(grid.nx), figure(grid.ny), fmt::format("{:g}", grid.cell_m),
                   figure(kKm * grid.nx * grid.cell_m, 1), figure(kKm * grid.ny * grid.cell_m, 1)}));
  table.fact(phrases::kVoids, figure(static_cast<double>(input.world.terrain_void_cells)));
  table.fact(phrases::kSeed, fmt::format("{}", input.provenance.seed));
  for (const auto& [key, value] : input.provenance.settings)
    table.fact(phrases::kSettings, fmt::format("{} = {}", key, value));
  source_facts(table, context);
}

std::string inputs(const ReportContext& context) {
  const auto& hashes = context.input.provenance.input_sha256;
  if (hashes.empty()) return {};
  std::string rows;
  std::size_t shown = 0;
  for (const auto& [path, hash] : hashes) {
    if (shown == kMostInputs) break;
    rows += fmt::format("<tr><td>{}</td><td class=\"hash\">{}</td></tr>\n", user_text(path), user_text(hash));
    ++shown;
  }
  if (hashes.size() > shown) {
    rows += fmt::format("<tr><td>{}</td><td></td></tr>\n",
                        said(context, phrases::kMoreRows, {figure(static_cast<double>(hashes.size() - shown))}));
  }
  return "<h3>" + said(context, phrases::kInputs) + "</h3>\n<div class=\"wide\"><table><tbody>\n" + rows +
         "</tbody></table></div>\n";
}

std::string scenario_text(const ReportContext& context) {
  const std::string& scenario = context.input.provenance.scenario_text;
  if (scenario.empty()) return {};
  std::string cut;
  if (scenario.size() > kScenarioBytes) {
    cut = paragraph(said(context, phrases::kCut, {figure(static_cast<double>(scenario.size() - kScenarioBytes))}));
  }
  return "<details><summary>" + said(context, phrases::kScenarioText) + "</summary>\n<pre>" +
         user_text(scenario, kScenarioBytes) + "</pre>" + cut + "</details>\n";
}

}  // namespace

std::string warnings_section(const ReportContext& context) {
  const std::string head = "<section>" + heading(context, phrases::kWarnings);
  const std::vector<Warning>& warnings = context.result.warnings;
  if (warnings.empty()) return head + paragraph(said(context, phrases::kNoWarnings)) + "</section>\n";
  HtmlTable table(context.language);
  table.column(phrases::kWarning).column(phrases::kCount, true);
  for (std::size_t i = 0; i < std::min(warnings.size(), kMostWarnings); ++i) {
    const Warning& warning = warnings[i];
    std::string html = escape_html(warning_meaning(warning, context.language));
    std::string detail = warning_detail(warning, context.language);
    if (context.language == Language::en) detail = in_words(detail, Language::en);
    if (!detail.empty()) html += (html.empty() ? "" : "<br>") + ("<small>" + user_text(detail, 2000) + "</small>");
    table.row({{.html = fmt::format("<span data-warning=\"{}\">{}</span>", user_text(warning.id), html)},
               number(static_cast<double>(warning.count))});
  }
  if (warnings.size() > kMostWarnings) {
    const std::string more = figure(static_cast<double>(warnings.size() - kMostWarnings));
    table.row({{.html = said(context, phrases::kMoreRows, {more})}, {}});
  }
  return head + table.html() + "</section>\n";
}

std::string parameters_section(const ReportContext& context) {
  FactTable table(context);
  model_facts(table, context);
  link_facts(table, context);
  engine_facts(table, context);
  return "<div class=\"columns\"><section>" + heading(context, phrases::kParameters) + table.html() +
         "</section>\n" + "</div>\n";
}

std::string credits_section(const ReportContext& context) {
  const std::vector<std::string>& credits = credits_of(context.input.provenance, context.language);
  std::string items;
  for (std::size_t i = 0; i < std::min(credits.size(), kMostCredits); ++i) {
    items += "<li>" + user_text(credits[i], 2000) + "</li>\n";
  }
  if (credits.size() > kMostCredits) {
    const std::string more = figure(static_cast<double>(credits.size() - kMostCredits));
    items += "<li>" + said(context, phrases::kMoreRows, {more}) + "</li>\n";
  }
  return "<section>" + heading(context, phrases::kCredits) +
         (items.empty() ? paragraph(said(context, phrases::kNoCredits))
                        : "<ul class=\"credits\">\n" + items + "</ul>\n") +
         "</section>\n";
}

std::string provenance_section(const ReportContext& context) {
  FactTable table(context);
  plan_facts(table, context);
  return "<section>" + heading(context, phrases::kProvenance) + table.html() + inputs(context) +
         scenario_text(context) + "</section>\n";
}

}  // namespace amaneku::scenarios
