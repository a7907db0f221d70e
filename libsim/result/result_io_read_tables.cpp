#include <algorithm>
#include <array>
#include <limits>

#include "libsim/result/result_io_guarded.hpp"
#include "libsim/result/result_io_read.hpp"

namespace amaneku {
namespace {

using result_file::attribute_as_text;
using result_file::attribute_names;
using result_file::check;
using result_file::check_links;
using result_file::Handle;
using result_file::HdfError;
using result_file::names_in;
using result_file::opened;
using result_file::printable;
using result_file::reading;

/// A table of all small meshes of the country fits.
constexpr std::size_t kMostRows = 10'000'000;
constexpr std::size_t kMostValues = 400'000'000;

enum class StoredType { text, real, whole, flag, index };

StoredType stored_type(const Handle& dataset) {
  const Handle type(H5Dget_type(dataset.get()), H5Tclose);
  const std::size_t size = H5Tget_size(type.get());
  switch (H5Tget_class(type.get())) {
    case H5T_STRING:
      return StoredType::text;
    case H5T_FLOAT:
      return StoredType::real;
    case H5T_INTEGER:
      return size == 1 ? StoredType::flag : size == 4 ? StoredType::index : StoredType::whole;
    default:
      throw HdfError{};
  }
}

/// The rows of a column, of a table that leaves no more than `left` values.
std::size_t rows_of(const Handle& dataset, std::size_t left) {
  const Handle extent(H5Dget_space(dataset.get()), H5Sclose);
  if (H5Sget_simple_extent_ndims(extent.get()) != 1) throw HdfError{};
  const std::size_t rows = result_file::length_of(dataset);
  if (rows > std::min(kMostRows, left)) throw HdfError{};
  return rows;
}

std::vector<double> whole_numbers(const Handle& dataset, std::size_t rows, std::int64_t none) {
  std::vector<std::int64_t> values(rows);
  if (rows > 0) check(H5Dread(dataset.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
  std::vector<double> out(rows, std::numeric_limits<double>::quiet_NaN());
  for (std::size_t i = 0; i < rows; ++i) {
    if (values[i] != none) out[i] = static_cast<double>(values[i]);
  }
  return out;
}

std::string text_or_none(hid_t object, const char* name) {
  return H5Aexists(object, name) > 0 ? printable(attribute_as_text(object, name)) : std::string{};
}

StoredColumn read_column(hid_t group, const std::string& name, std::size_t left, StoredType type) {
  const Handle dataset = opened(group, name.c_str());
  const std::size_t rows = rows_of(dataset, left);
  StoredColumn column{.name = printable(name),
                      .unit = text_or_none(dataset.get(), "units"),
                      .meaning = text_or_none(dataset.get(), "long_name"),
                      .is_text = type == StoredType::text,
                      .is_whole = type == StoredType::whole,
                      .is_flag = type == StoredType::flag};
  switch (type) {
    case StoredType::text:
      column.texts = result_file::text_column(group, name.c_str(), kMostRows);
      for (std::string& text : column.texts) text = printable(std::move(text));
      break;
    case StoredType::real:
      column.numbers.resize(rows);
      if (rows > 0)
        check(H5Dread(dataset.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, column.numbers.data()));
      break;
    case StoredType::flag:
      column.numbers = whole_numbers(dataset, rows, -1);
      break;
    case StoredType::whole:
    case StoredType::index:
      column.numbers = whole_numbers(dataset, rows, std::numeric_limits<std::int64_t>::min());
      break;
  }
  return column;
}

StoredTable read_table(hid_t group, std::span<const std::string_view> wanted) {
  StoredTable table{.meaning = text_or_none(group, "long_name")};
  std::size_t left = kMostValues;
  for (const std::string& name : names_in(group)) {
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()) continue;
    const StoredType type = stored_type(opened(group, name.c_str()));
    if (type == StoredType::index) continue;
    StoredColumn column = read_column(group, name, left, type);
    const std::size_t rows = column.is_text ? column.texts.size() : column.numbers.size();
    if (!table.columns.empty() && rows != table.rows) throw HdfError{};
    table.rows = rows;
    left -= rows;
    table.columns.push_back(std::move(column));
  }
  return table;
}

}  // namespace

const StoredColumn* StoredTable::find(std::string_view column) const noexcept {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const StoredColumn& c) { return c.name == column; });
  return found == columns.end() ? nullptr : &*found;
}

double StoredTable::number(std::string_view column, std::size_t row) const noexcept {
  const StoredColumn* found = find(column);
  return found == nullptr || row >= found->numbers.size() ? std::numeric_limits<double>::quiet_NaN()
                                                          : found->numbers[row];
}

std::string StoredTable::text(std::string_view column, std::size_t row) const {
  const StoredColumn* found = find(column);
  return found == nullptr || row >= found->texts.size() ? std::string{} : found->texts[row];
}

std::optional<StoredTable> ResultReader::table(const std::string& name,
                                               std::span<const std::string_view> columns) const {
  return reading(file_, [&](hid_t file) -> std::optional<StoredTable> {
    if (H5Lexists(file, name.c_str(), H5P_DEFAULT) <= 0) return std::nullopt;
    check_links(file, name);
    const Handle group(H5Gopen2(file, name.c_str(), H5P_DEFAULT), H5Gclose);
    return read_table(group.get(), columns);
  });
}

Raster<float> ResultReader::map(const std::string& name) const {
  if (plan_.grid.cells() > kMostMapCells) {
    throw InputError(
        Fault{.message = "has more than 1,000,000,000 cells: no plan has so many", .file = file_.string()});
  }
  return reading(file_, [&](hid_t file) {
    const Handle map = opened(file, name.c_str());
    const Handle extent(H5Dget_space(map.get()), H5Sclose);
    std::array<hsize_t, 2> sizes{};
    if (stored_type(map) != StoredType::real || H5Sget_simple_extent_ndims(extent.get()) != 2) throw HdfError{};
    H5Sget_simple_extent_dims(extent.get(), sizes.data(), nullptr);
    if (sizes[0] != static_cast<hsize_t>(plan_.grid.ny) || sizes[1] != static_cast<hsize_t>(plan_.grid.nx))
      throw HdfError{};
    Raster<float> out(plan_.grid, kNoData);
    check(H5Dread(map.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.values.data()));
    return out;
  });
}

std::map<std::string, std::string> ResultReader::settings() const {
  return reading(file_, [&](hid_t file) {
    check_links(file, "settings");
    const Handle group(H5Gopen2(file, "settings", H5P_DEFAULT), H5Gclose);
    std::map<std::string, std::string> out;
    for (const std::string& name : attribute_names(group.get()))
      out.emplace(printable(name), printable(attribute_as_text(group.get(), name.c_str())));
    return out;
  });
}

}  // namespace amaneku
