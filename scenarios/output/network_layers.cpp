#include "scenarios/output/network_layers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "libsim/result/plan_tables.hpp"
#include "scenarios/output/outputs.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/styles.hpp"
#include "scenarios/tables/table_layers.hpp"
#include "terrain/vector/polygonize.hpp"

namespace amaneku::scenarios {
namespace {

/// Shares in percent, from poor to good; the same five steps for meshes, municipalities and roads.
const std::vector<double> kShareBounds = {0.0, 20.0, 40.0, 60.0, 80.0, 100.0};

std::vector<Rgba> share_colours(std::uint8_t alpha) {
  std::vector<Rgba> colours;
  for (std::size_t i = 0; i + 1 < kShareBounds.size(); ++i) {
    Rgba colour = viridis(static_cast<double>(i) / static_cast<double>(kShareBounds.size() - 2));
    colour.a = alpha;
    colours.push_back(colour);
  }
  return colours;
}

/// The classes of the map of received power as areas.
Table coverage_table(const PlanResult& result, const Legend& legend) {
  constexpr std::int16_t kNothing = -1;
  Table table{
      .name = "coverage",
      .meaning = legend.title,
      .columns = {text_column("class", "class of the legend"), text_column("unit", "of min and max"),
                  real_column("min", "dBm", "lower bound"), real_column("max", "dBm", "upper bound"),
                  flag_column("covered", "1: at the threshold or above"), real_column("area_km2", "km2", "area")},
      .outputs = {.csv = false}};
  Raster<std::int16_t> classes(result.grid, kNothing);
  for (std::size_t i = 0; i < classes.values.size(); ++i) {
    const float value = result.maps.rsrp_dbm.values[i];
    if (!std::isnan(value))
      classes.values[i] = static_cast<std::int16_t>(class_index(legend, static_cast<double>(value)));
  }
  std::vector<StyleCategory> categories;
  for (auto& [index, area] : polygonize(classes, kNothing)) {
    const LegendClass& of = legend.classes[static_cast<std::size_t>(index)];
    const double km2 = area_m2(area) / 1e6;
    table.add(Geometry(std::move(area)),
              {of.label, of.unit, finite(of.min), finite(of.max), flag(!of.below_threshold), km2});
    Rgba colour = of.colour;
    colour.a = 180;
    categories.push_back({of.label, of.label + ' ' + of.unit, colour});
  }
  table.styles[2] = categorised_qml(SymbolKind::fill, "class", categories, 0.0);
  return table;
}

/// [points, lines, areas] of the tables that every plan has.
std::array<std::string, 3> styles_of(const std::string& table) {
  if (table == "sites") {
    return {
        categorised_qml(SymbolKind::marker, "status",
                        {{"existing", "existing", {213, 94, 0}}, {"candidate", "candidate", {86, 180, 233}}}, 2.6),
        "", ""};
  }
  if (table == "sectors") return {single_symbol_qml(SymbolKind::marker, {0, 0, 0}, 1.2), "", ""};
  if (table == "municipalities") return {"", "", single_symbol_qml(SymbolKind::fill, {0, 0, 0, 0}, 0.4)};
  if (table == "focus_zones") return {"", "", single_symbol_qml(SymbolKind::fill, {0, 0, 0, 0}, 0.6)};
  if (table == "population") {
    return {graduated_qml(SymbolKind::marker, "covered_percent", kShareBounds, share_colours(200)), "",
            graduated_qml(SymbolKind::fill, "covered_percent", kShareBounds, share_colours(200))};
  }
  if (table == "roads")
    return {"", graduated_qml(SymbolKind::line, "covered_percent", kShareBounds, share_colours(255)), ""};
  return {};
}

}  // namespace

std::vector<Table> styled_plan_tables(const PlanInput& input, const PlanResult& result) {
  std::vector<Table> tables = plan_tables(input, result);
  for (Table& table : tables) table.styles = styles_of(table.name);
  return tables;
}

std::vector<Table> all_tables(const Planned& planned) {
  std::vector<Table> tables = styled_plan_tables(planned.input, planned.result);
  std::vector<Table> own = planned.studies.tables(planned.input, planned.result);
  tables.insert(tables.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  return tables;
}

std::vector<Layer> network_layers(const Planned& planned, const std::vector<Table>& tables) {
  std::vector<Layer> layers =
      layers_of(coverage_table(planned.result, rsrp_legend(planned.input, planned.result)));
  // Areas below lines below points.
  std::vector<Layer> more;
  for (const Table& table : tables) {
    std::vector<Layer> of = layers_of(table);
    more.insert(more.end(), std::make_move_iterator(of.begin()), std::make_move_iterator(of.end()));
  }
  std::stable_sort(more.begin(), more.end(), [](const Layer& a, const Layer& b) {
    return a.features.front().geometry.index() > b.features.front().geometry.index();
  });
  layers.insert(layers.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  return layers;
}

}  // namespace amaneku::scenarios
