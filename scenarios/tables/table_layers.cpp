#include "scenarios/tables/table_layers.hpp"

#include <algorithm>

#include "scenarios/report/styles.hpp"

namespace amaneku::scenarios {
namespace {

bool is_empty(const Geometry& geometry) {
  if (const auto* line = std::get_if<Line>(&geometry)) return line->empty();
  const auto* area = std::get_if<MultiPolygon>(&geometry);
  return area != nullptr && area->parts.empty();
}

FieldType field_type(Column::Type type) {
  switch (type) {
    case Column::Type::text:
      return FieldType::text;
    case Column::Type::real:
      return FieldType::real;
    case Column::Type::integer:
    case Column::Type::flag:
      return FieldType::integer;
  }
  return FieldType::text;
}

std::string plain_style(std::size_t kind) {
  constexpr Rgba kColour{0, 114, 178};
  if (kind == 0) return single_symbol_qml(SymbolKind::marker, kColour, 2.0);
  if (kind == 1) return single_symbol_qml(SymbolKind::line, kColour, 0.6);
  return single_symbol_qml(SymbolKind::fill, {kColour.r, kColour.g, kColour.b, 80}, 0.4);
}

}  // namespace

std::vector<Layer> layers_of(const Table& table) {
  static constexpr std::array<const char*, 3> kEndings = {"_points", "_lines", "_areas"};  // [Geometry]
  std::array<std::size_t, 3> counts{};
  for (const Geometry& geometry : table.geometry) {
    if (!is_empty(geometry)) ++counts[geometry.index()];
  }
  const auto kinds = std::count_if(counts.begin(), counts.end(), [](std::size_t n) { return n > 0; });
  std::vector<Layer> out;
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    if (counts[kind] == 0) continue;
    const std::string& own = table.outputs.layers[kind];
    Layer layer{.name = !own.empty() ? own
                        : kinds > 1  ? table.name + kEndings[kind]
                                     : table.name,
                .description = table.meaning,
                .qml = table.styles[kind].empty() ? plain_style(kind) : table.styles[kind]};
    for (const Column& column : table.columns) layer.fields.push_back({column.name, field_type(column.type)});
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (table.geometry[row].index() != kind || is_empty(table.geometry[row])) continue;
      layer.features.push_back({table.geometry[row], table.rows[row]});
    }
    out.push_back(std::move(layer));
  }
  return out;
}

}  // namespace amaneku::scenarios
