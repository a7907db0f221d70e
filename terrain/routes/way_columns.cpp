#include <algorithm>
#include <utility>

#include "terrain/nearest.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/vector/column_names.hpp"

namespace amaneku {
namespace {

std::string comma_list(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all.empty() ? "none" : all;
}

std::string found_column(const std::vector<std::string>& columns, const std::string& wanted) {
  const auto exact = std::find(columns.begin(), columns.end(), wanted);
  if (exact != columns.end()) return *exact;
  const auto same = std::find_if(columns.begin(), columns.end(),
                                 [&](const std::string& column) { return names_same_column(column, wanted); });
  return same == columns.end() ? std::string{} : *same;
}

}  // namespace

std::string column_of(MapBuilder& builder, const std::vector<std::string>& columns, const std::string& asked,
                      const std::vector<std::string>& usual) {
  if (!asked.empty()) {
    std::string found = found_column(columns, asked);
    if (!found.empty()) return found;
    const std::string near = nearest(asked, columns);
    builder.refuse("has no column \"" + asked + "\"" + (near.empty() ? "" : "; is \"" + near + "\" meant?"),
                   comma_list(columns));
  }
  for (const std::string& name : usual) {
    if (std::string found = found_column(columns, name); !found.empty()) return found;
  }
  for (const std::string& name : usual) {
    const std::string near = nearest(name, columns);
    if (near.empty()) continue;
    builder.warn("route_column_not_read",
                 "the column \"" + near + "\" is not read; is it the column \"" + name + "\"?");
    break;
  }
  return {};
}

bool AttributeColumns::has(WayKey key) const noexcept {
  return std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return column.first == key; });
}

AttributeColumns attribute_columns(MapBuilder& builder, const std::vector<std::string>& columns) {
  const RouteColumns& asked = builder.options().columns;
  AttributeColumns out{.id = column_of(builder, columns, asked.id, {"id", "osm_id"})};
  const auto look = [&](WayKey key, const std::string& name, const std::vector<std::string>& usual) {
    std::string found = column_of(builder, columns, name, usual);
    if (!found.empty()) out.columns.emplace_back(key, std::move(found));
  };
  look(WayKey::road_class, asked.road_class, {"highway", "fclass", "class", "road_class", "railway"});
  look(WayKey::ref, asked.ref, {"ref"});
  look(WayKey::name, asked.name, {"name", "road_name"});
  look(WayKey::tunnel, asked.tunnel, {"tunnel"});
  look(WayKey::bridge, asked.bridge, {"bridge"});
  look(WayKey::layer, asked.layer, {"layer"});
  look(WayKey::maxspeed, asked.maxspeed, {"maxspeed"});
  look(WayKey::one_way, asked.one_way, {"oneway"});
  return out;
}

}  // namespace amaneku
