#include "libsim/result/table.hpp"

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

bool fits(const Attribute& value, Column::Type type) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (type) {
    case Column::Type::text:
      return std::holds_alternative<std::string>(value);
    case Column::Type::real:
      return std::holds_alternative<double>(value);
    case Column::Type::integer:
    case Column::Type::flag:
      return std::holds_alternative<std::int64_t>(value);
  }
  return false;
}

}  // namespace

Column text_column(std::string name, std::string meaning) {
  return {.name = std::move(name), .meaning = std::move(meaning)};
}
Column flag_column(std::string name, std::string meaning) {
  return {.name = std::move(name), .type = Column::Type::flag, .meaning = std::move(meaning)};
}
Column integer_column(std::string name, std::string unit, std::string meaning) {
  return {.name = std::move(name),
          .type = Column::Type::integer,
          .unit = std::move(unit),
          .meaning = std::move(meaning)};
}
Column real_column(std::string name, std::string unit, std::string meaning, int decimals) {
  return {.name = std::move(name),
          .type = Column::Type::real,
          .unit = std::move(unit),
          .meaning = std::move(meaning),
          .decimals = decimals};
}

std::size_t Table::column(std::string_view wanted) const {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == wanted; });
  if (found == columns.end()) throw InternalError("table " + name + " has no column " + std::string(wanted));
  return static_cast<std::size_t>(found - columns.begin());
}

Attribute finite(double value) {
  return std::isfinite(value) ? Attribute(value) : Attribute{};
}

Attribute percent_of(double part, double whole) {
  return whole > 0.0 ? Attribute(100.0 * (part / whole)) : Attribute{};
}

void check_table(const Table& table) {
  if (!table.geometry.empty() && table.geometry.size() != table.rows.size())
    throw InternalError("table " + table.name + " has not a geometry for each row");
  for (const std::vector<Attribute>& row : table.rows) {
    if (row.size() != table.columns.size())
      throw InternalError("table " + table.name + " has a row that is not as long as its columns");
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!fits(row[i], table.columns[i].type))
        throw InternalError("table " + table.name + ": a value of " + table.columns[i].name +
                            " is of another type");
    }
  }
}

}  // namespace amaneku
