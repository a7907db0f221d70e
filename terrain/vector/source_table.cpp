#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "terrain/fault_list.hpp"
#include "terrain/files/csv.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/vector/column_names.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

void check_header(const CsvRow& header, FaultList& faults) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string& name = header.fields[i];
    if (name.empty()) {
      faults.add({.message = "column " + std::to_string(i + 1) + " has no name", .line = header.line});
    } else if (!seen.insert(name).second) {
      faults.add({.message = "the column comes twice", .line = header.line, .key = name});
    }
  }
}

SourceTable read_csv_table(const std::filesystem::path& path) {
  const std::vector<CsvRow> rows = parse_csv(read_table_text(path), path.string());
  if (rows.empty()) throw InputError(Fault{.message = "is empty: a header row is needed", .file = path.string()});
  FaultList faults(path.string());
  check_header(rows.front(), faults);
  SourceTable table{.path = path.string(), .columns = rows.front().fields};
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const CsvRow& row = rows[i];
    if (row.fields.size() != table.columns.size()) {
      faults.add({.message = fmt::format("broken row: {} columns where the header has {}", row.fields.size(),
                                         table.columns.size()),
                  .line = row.line});
      continue;
    }
    TableRow out{.line = row.line};
    for (std::size_t k = 0; k < row.fields.size(); ++k) out.values[table.columns[k]] = row.fields[k];
    table.rows.push_back(std::move(out));
  }
  faults.throw_if_any();
  return table;
}

SourceTable read_layer_table(const std::filesystem::path& path, const std::string& layer_name) {
  const SourceLayer layer = read_source_layer({.path = path, .layer = layer_name});
  SourceTable table{.path = path.string(), .columns = layer.fields};
  FaultList faults(path.string());
  bool placed = false;
  for (const SourceFeature& feature : layer.features) {
    if (feature.points.size() > 1) {
      faults.add({.message = "has more than one point", .key = "feature", .value = std::to_string(feature.fid)});
      continue;
    }
    TableRow row{.line = static_cast<int>(feature.fid)};
    for (std::size_t i = 0; i < layer.fields.size(); ++i) {
      if (feature.values[i]) row.values[layer.fields[i]] = *feature.values[i];
    }
    if (!feature.points.empty()) {
      placed = true;
      // Nine decimals are 0.1 mm.
      row.values["lon"] = fmt::format("{:.9f}", feature.points.front().lon_deg);
      row.values["lat"] = fmt::format("{:.9f}", feature.points.front().lat_deg);
    }
    table.rows.push_back(std::move(row));
  }
  faults.throw_if_any();
  for (const char* name : {"lon", "lat"}) {
    const bool missing = std::find(table.columns.begin(), table.columns.end(), name) == table.columns.end();
    if (placed && missing) table.columns.emplace_back(name);
  }
  return table;
}

}  // namespace

bool is_csv_name(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".csv" || extension == ".txt" || extension == ".tsv";
}

SourceTable read_table(const std::filesystem::path& path, const std::string& layer,
                       std::span<const std::string> known) {
  SourceTable table = is_csv_name(path) ? read_csv_table(path) : read_layer_table(path, layer);
  know_columns(table, known);
  return table;
}

}  // namespace amaneku
