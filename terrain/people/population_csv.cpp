// Population from a table with a mesh code, or a longitude and a latitude, in each row.

#include <algorithm>

#include "terrain/files/csv.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/people/population_readers.hpp"
#include "terrain/vector/column_names.hpp"

namespace amaneku {
namespace {

class CsvPopulation {
 public:
  CsvPopulation(const PopulationSource& source, const Crs& crs, const std::string& text)
      : source_(source),
        crs_(crs),
        rows_(parse_csv(text, source.path.string())),
        semicolons_(csv_delimiter(text) == ';'),
        faults_(source.path.string()),
        meshes_(crs, faults_) {}

  Population read() {
    find_columns();
    for (std::size_t i = 1; i < rows_.size(); ++i) read_row(rows_[i]);
    if (mesh_) {
      meshes_.check_nesting();
      population_.mesh_level = meshes_.common_level();
      population_.units = meshes_.take();
    }
    faults_.throw_if_any();
    if (without_figure_ > 0) {
      population_.warnings.push_back(
          {"population_without_figure", "rows without a figure: left out", without_figure_});
    }
    return std::move(population_);
  }

 private:
  void find_columns() {
    if (rows_.empty()) {
      throw InputError(Fault{.message = "is empty: a header row is needed", .file = source_.path.string()});
    }
    const std::optional<std::size_t> count = column(source_.count_field);
    mesh_ = column(source_.mesh_field);
    const std::optional<std::size_t> lon = column(source_.lon_field);
    const std::optional<std::size_t> lat = column(source_.lat_field);
    if (!count) need(source_.count_field);
    if (!mesh_ && !lon) need(source_.lon_field, " (or \"" + source_.mesh_field + "\")");
    if (!mesh_ && !lat) need(source_.lat_field);
    count_ = *count;
    lon_ = lon.value_or(0);
    lat_ = lat.value_or(0);
  }

  [[nodiscard]] std::optional<std::size_t> column(const std::string& name) const {
    const std::vector<std::string>& header = rows_.front().fields;
    auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) {
      found = std::find_if(header.begin(), header.end(),
                           [&](const std::string& field) { return names_same_column(field, name); });
    }
    if (name.empty() || found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
  }

  [[noreturn]] void need(const std::string& name, const std::string& instead = {}) const {
    std::string columns;
    for (const std::string& field : rows_.front().fields) columns += (columns.empty() ? "" : ", ") + field;
    const std::string near = column_meaning(name, rows_.front().fields);
    const std::string meant = near.empty() ? "" : "; is it \"" + near + "\"?";
    throw InputError(Fault{.message = "has no column \"" + name + "\"" + instead + meant,
                           .file = source_.path.string(),
                           .line = rows_.front().line,
                           .legal = columns});
  }

  void read_row(const CsvRow& row) {
    if (row.fields.size() != rows_.front().fields.size()) {
      faults_.add({.message = "broken row: " + std::to_string(row.fields.size()) +
                              " columns where the header has " + std::to_string(rows_.front().fields.size()),
                   .line = row.line});
      return;
    }
    const std::optional<Figure> figure = parse_figure(
        row.fields[count_], {.message = {}, .line = row.line, .key = source_.count_field}, faults_, semicolons_);
    if (mesh_) {
      if (figure && figure->people)
        meshes_.add(std::string(trimmed(row.fields[*mesh_])), *figure->people, row.line, source_.mesh_field);
    } else {
      if (swapped(row)) return;
      const std::optional<double> lon = degrees(row, lon_, {-180.0, 180.0});
      const std::optional<double> lat = degrees(row, lat_, {-90.0, 90.0});
      if (figure && figure->people && lon && lat) add_point(row.line, *figure->people, {*lon, *lat});
    }
    if (figure && !figure->people) ++without_figure_;
  }

  /// A latitude beyond 90 that would be a longitude, beside a longitude that would be a latitude.
  bool swapped(const CsvRow& row) {
    const std::optional<double> lon = parse_number(trimmed(row.fields[lon_]));
    const std::optional<double> lat = parse_number(trimmed(row.fields[lat_]));
    if (!lon || !lat || !are_swapped({*lon, *lat})) return false;
    faults_.add("swapped", {.message = "no latitude: are longitude and latitude swapped?",
                            .line = row.line,
                            .key = rows_.front().fields[lat_],
                            .value = row.fields[lat_],
                            .legal = "-90 .. 90 degrees"});
    return true;
  }

  struct Limits {
    double min;
    double max;
  };

  std::optional<double> degrees(const CsvRow& row, std::size_t column_index, Limits limits) {
    const std::string text(trimmed(row.fields[column_index]));
    const std::optional<double> value = parse_number(text);
    if (value && *value >= limits.min && *value <= limits.max) return value;
    const NumberFault why = value ? degrees_fault(*value) : number_fault(text);
    faults_.add(why.habit, {.message = why.message,
                            .line = row.line,
                            .key = rows_.front().fields[column_index],
                            .value = text.empty() ? "(empty)" : text,
                            .legal = limits.max > 100.0 ? "-180 .. 180 degrees" : "-90 .. 90 degrees"});
    return std::nullopt;
  }

  void add_point(int line, double people, LonLat position) {
    try {
      population_.units.push_back({.id = source_.path.filename().string() + ":" + std::to_string(line),
                                   .people = people,
                                   .centre = crs_.to_plan(position)});
    } catch (const InputError& error) {
      faults_.add({.message = error.faults().front().message, .line = line});
    }
  }

  const PopulationSource& source_;
  const Crs& crs_;
  std::vector<CsvRow> rows_;
  bool semicolons_;
  FaultList faults_;
  MeshUnits meshes_;
  std::size_t count_ = 0;
  std::optional<std::size_t> mesh_{};
  std::size_t lon_ = 0;
  std::size_t lat_ = 0;
  long long without_figure_ = 0;
  Population population_{};
};

}  // namespace

Population read_population_csv(const PopulationSource& source, const Crs& crs, const std::string& text) {
  return CsvPopulation(source, crs, text).read();
}

}  // namespace amaneku
