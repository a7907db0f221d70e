#include "scenarios/studies/antenna_heights/antenna_heights_study.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Phrase kTitle{"Antenna heights by municipality", "市区町村別の空中線高"};
constexpr Phrase kTallFrom{"tall from {0} m", "{0} m 以上を高所とする"};
constexpr Phrase kNote{"Heights above ground of the antennas of existing sites; tall: {0} m or more.",
                       "既設局の空中線の地上高。高所: {0} m 以上。"};
constexpr Phrase kAntennas{"Antennas", "空中線数"};
constexpr Phrase kTall{"Tall", "高所"};
constexpr Phrase kMean{"Mean (m)", "平均 (m)"};
constexpr Phrase kHighest{"Highest (m)", "最高 (m)"};

int municipality_of(const Boundaries& boundaries, Point at) {
  for (std::size_t i = 0; i < boundaries.municipalities.size(); ++i) {
    if (contains(boundaries.municipalities[i].area, at)) return static_cast<int>(i);
  }
  return -1;
}

void add(AntennaHeightsStudy::Row& row, double tx_agl_m, double tall_agl_m) {
  row.mean_agl_m =
      (row.mean_agl_m * static_cast<double>(row.antennas) + tx_agl_m) / static_cast<double>(row.antennas + 1);
  row.highest_agl_m = std::max(row.highest_agl_m, tx_agl_m);
  row.tall += tx_agl_m >= tall_agl_m ? 1 : 0;
  ++row.antennas;
}

}  // namespace

std::vector<SchemaSection> AntennaHeightsStudy::sections() {
  return {{"antenna_heights",
           SectionKind::table,
           "How high the antennas of each municipality stand.",
           {number("tall_agl_m", {"m", Options{}.tall_agl_m, {1.0, 1000.0}},
                   "Antennas at this height above ground or more are counted by themselves.")}}};
}

void AntennaHeightsStudy::read(const StudyReading& reading) {
  const SectionView view = reading.document.section("antenna_heights");
  if (view.node() != nullptr) options = {.tall_agl_m = view.number("tall_agl_m")};
}

std::string AntennaHeightsStudy::plan_text(Language language) const {
  return fill(kTallFrom.in(language), {fmt::format("{:g}", options->tall_agl_m)});
}

void AntennaHeightsStudy::run(const StudyInput& plan, const Studies& /*earlier*/) {
  const Boundaries& boundaries = plan.input.world.boundaries;
  std::vector<Row> all(boundaries.municipalities.size() + 1);
  for (std::size_t i = 0; i < boundaries.municipalities.size(); ++i) {
    all[i].code = boundaries.municipalities[i].code;
    all[i].name = boundaries.municipalities[i].name;
    all[i].municipality = static_cast<int>(i);
  }
  for (const Site& site : plan.input.network.sites) {
    if (!site.existing) continue;
    const int municipality = municipality_of(boundaries, site.at);
    Row& row = municipality < 0 ? all.back() : all[static_cast<std::size_t>(municipality)];
    for (const Sector& sector : site.sectors) add(row, sector.tx_agl_m, options->tall_agl_m);
  }
  std::copy_if(all.begin(), all.end(), std::back_inserter(rows), [](const Row& row) { return row.antennas > 0; });
}

std::vector<Table> AntennaHeightsStudy::tables(const PlanInput& input, const PlanResult& /*result*/) const {
  Table table{
      .name = "antenna_heights",
      .meaning = "How high the antennas of each municipality stand",
      .columns = {text_column("code", "municipality code; empty: in none"), text_column("name", "its name"),
                  integer_column("antennas", "1", "antennas of existing sites"),
                  integer_column("tall", "1", "of them tall ones"),
                  real_column("mean_agl_m", "m", "mean height above ground", 1),
                  real_column("highest_agl_m", "m", "greatest height above ground", 1)},
      .outputs = {.json = "antenna_heights"}};
  for (const Row& row : rows) {
    table.add(
        row.municipality < 0
            ? Geometry(MultiPolygon{})
            : Geometry(input.world.boundaries.municipalities[static_cast<std::size_t>(row.municipality)].area),
        {row.code, row.name, count(row.antennas), count(row.tall), row.mean_agl_m, row.highest_agl_m});
  }
  return {std::move(table)};
}

std::string AntennaHeightsStudy::section(const ReportContext& context) const {
  HtmlTable table(context.language);
  table.column(phrases::kMunicipality).column(kAntennas, true).column(kTall, true);
  table.column(kMean, true).column(kHighest, true);
  for (const Row& row : rows) {
    table.row({row.municipality < 0 ? Cell{.html = said(context, phrases::kOutsideAll)} : words(row.name),
               number(static_cast<double>(row.antennas)), number(static_cast<double>(row.tall)),
               number(row.mean_agl_m, 1), number(row.highest_agl_m, 1)});
  }
  return "<section>" + heading(context, kTitle) +
         paragraph(said(context, kNote, {fmt::format("{:g}", options->tall_agl_m)})) + table.html() +
         "</section>\n";
}

}  // namespace amaneku::scenarios
