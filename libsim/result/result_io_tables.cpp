#include <limits>

#include "libsim/result/result_io_parts.hpp"

namespace amaneku::result_file {
namespace {

template <class T>
std::vector<T> values_of(const Table& table, std::size_t column, T none) {
  std::vector<T> out;
  out.reserve(table.rows.size());
  for (const std::vector<Attribute>& row : table.rows) {
    if constexpr (std::is_same_v<T, double> || std::is_same_v<T, std::string>) {
      const T* value = std::get_if<T>(&row[column]);
      out.push_back(value != nullptr ? *value : none);
    } else {
      const std::int64_t* value = std::get_if<std::int64_t>(&row[column]);
      out.push_back(value != nullptr ? static_cast<T>(*value) : none);
    }
  }
  return out;
}

/// Where a column has rows without a value: the number that stands for it, as CF says it.
template <class T>
void mark_missing(hid_t dataset, const Table& table, std::size_t column, T none) {
  const bool any = std::any_of(table.rows.begin(), table.rows.end(), [&](const std::vector<Attribute>& row) {
    return std::holds_alternative<std::monostate>(row[column]);
  });
  if (any) set(dataset, "_FillValue", none);
}

Handle create_column(hid_t group, const Table& table, std::size_t i) {
  const Column& column = table.columns[i];
  const char* name = column.name.c_str();
  switch (column.type) {
    case Column::Type::text:
      return create_vector(group, name, values_of<std::string>(table, i, {}));
    case Column::Type::real:
      return create_vector(group, name, values_of(table, i, std::numeric_limits<double>::quiet_NaN()));
    case Column::Type::integer: {
      constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::min();
      Handle dataset = create_vector(group, name, values_of(table, i, kNone));
      mark_missing(dataset.get(), table, i, kNone);
      return dataset;
    }
    case Column::Type::flag: {
      constexpr std::int8_t kNone = -1;
      Handle dataset = create_vector(group, name, values_of(table, i, kNone));
      mark_missing(dataset.get(), table, i, kNone);
      return dataset;
    }
  }
  throw HdfError{};
}

}  // namespace

void write_table(hid_t file, const Table& table) {
  check_table(table);
  const Handle group = create_group(file, table.name.c_str());
  set(group.get(), "long_name", table.meaning);
  const Handle index =
      create_dimension(group.get(), table.index.c_str(), indices(table.rows.size()), {"", "index"});
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const Handle dataset = create_column(group.get(), table, i);
    describe(dataset.get(), {column.unit.c_str(), column.meaning.c_str()});
    check(H5DSattach_scale(dataset.get(), index.get(), 0));
  }
}

}  // namespace amaneku::result_file
