// A table of figures: what a study or a plan found, once, for every output. Writers make a CSV file, the array of
// summary.json, a layer of network.gpkg, a group of result.h5 and a frame of Python from it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "terrain/vector/feature_io.hpp"

namespace amaneku {

struct Column {
  enum class Type : std::uint8_t { text, real, integer, flag };
  std::string name{};  ///< with its unit at the end, the same in every output
  Type type = Type::text;
  std::string unit{};  ///< as UDUNITS spells it: "m", "dBm", "percent", "1" for a count or a share; "" for words
  std::string meaning{};
  int decimals = -1;  ///< in CSV files; -1: as many as tell the number from its neighbours
};

[[nodiscard]] Column text_column(std::string name, std::string meaning);
[[nodiscard]] Column flag_column(std::string name, std::string meaning);
[[nodiscard]] Column integer_column(std::string name, std::string unit, std::string meaning);
[[nodiscard]] Column real_column(std::string name, std::string unit, std::string meaning, int decimals = -1);

/// Where a table goes besides result.h5 and Python, which have all of them.
struct TableOutputs {
  /// Dotted key of summary.json that gets its rows as an array; of a table of one row, as an object (`single`).
  /// Empty: none.
  std::string json{};
  bool single = false;
  bool csv = true;
  /// Layers of network.gpkg by geometry: points, lines, areas. Empty: the name of the table, with "_points" and
  /// the like where it has several.
  std::array<std::string, 3> layers{};
};

struct Table {
  std::string name{};
  std::string meaning{};
  std::string index = "row";  ///< of result.h5: what a row is
  std::vector<Column> columns{};
  std::vector<std::vector<Attribute>>
      rows{};  ///< [row][column]; std::monostate or NaN: no value; a flag is 0 or 1
  std::vector<Geometry>
      geometry{};  ///< [row], plan CRS; empty: the table has none. An area without parts: that row
  std::array<std::string, 3> styles{};  ///< QML of its layers by geometry: points, lines, areas; empty: plain
  TableOutputs outputs{};

  void add(std::vector<Attribute> row) { rows.push_back(std::move(row)); }
  void add(Geometry where, std::vector<Attribute> row) {
    geometry.push_back(std::move(where));
    rows.push_back(std::move(row));
  }
  /// Index of a column; InternalError where there is none.
  [[nodiscard]] std::size_t column(std::string_view name) const;
};

/// No value where it is not finite.
[[nodiscard]] Attribute finite(double value);
/// 100 part / whole; no value of nothing.
[[nodiscard]] Attribute percent_of(double part, double whole);
[[nodiscard]] inline Attribute flag(bool value) {
  return std::int64_t{value ? 1 : 0};
}
[[nodiscard]] inline Attribute count(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

/// InternalError where a row has not the length or the types of the columns, or there are more or fewer
/// geometries.
void check_table(const Table& table);

}  // namespace amaneku
