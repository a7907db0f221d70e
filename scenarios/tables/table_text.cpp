#include "scenarios/tables/table_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/tables/csv_text.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

std::string cell_text(const Attribute& value, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&value)) return csv_text(*text);
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  const auto* number = std::get_if<double>(&value);
  if (number == nullptr || !std::isfinite(*number)) return {};
  return column.decimals >= 0 ? fmt::format("{:.{}f}", *number, column.decimals) : fmt::format("{}", *number);
}

Json cell_json(const Attribute& value, const Column& column) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&value))
    return column.type == Column::Type::flag ? Json(*whole != 0) : Json(*whole);
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && std::isfinite(*number) ? Json(*number) : Json(nullptr);
}

}  // namespace

std::string csv_of(const Table& table) {
  std::string out;
  for (const Column& column : table.columns) out += (&column == &table.columns.front() ? "" : ",") + column.name;
  out += '\n';
  for (const std::vector<Attribute>& row : table.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) out += (i == 0 ? "" : ",") + cell_text(row[i], table.columns[i]);
    out += '\n';
  }
  return out;
}

Json json_of_row(const Table& table, std::size_t row) {
  Json out = Json::object();
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    out[table.columns[i].name] = cell_json(table.rows[row][i], table.columns[i]);
  return out;
}

Json json_of(const Table& table) {
  if (table.outputs.single) {
    if (table.rows.size() != 1) throw InternalError("table " + table.name + " has not one row");
    return json_of_row(table, 0);
  }
  Json out = Json::array();
  for (std::size_t row = 0; row < table.rows.size(); ++row) out.push_back(json_of_row(table, row));
  return out;
}

void add_to_json(Json& root, const Table& table) {
  if (table.outputs.json.empty()) return;
  Json* at = &root;
  std::string_view rest = table.outputs.json;
  for (std::size_t dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
    at = &(*at)[std::string(rest.substr(0, dot))];
    rest.remove_prefix(dot + 1);
  }
  Json value = json_of(table);
  Json& place = (*at)[std::string(rest)];
  if (place.is_object() && value.is_object()) {
    place.update(value);
  } else {
    place = std::move(value);
  }
}

}  // namespace amaneku::scenarios
