#include "terrain/people/population.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <fstream>

#include "terrain/files/csv.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/people/population_readers.hpp"

namespace amaneku {
namespace {

constexpr const char* kLegalFormats = "estat_mesh, csv, points, polygons, raster";

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

std::string first_bytes(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) {
    const bool there = std::filesystem::exists(path, error);
    throw InputError(Fault{.message = there ? "is not a regular file" : "file not found", .file = path.string()});
  }
  std::ifstream stream(path, std::ios::binary);
  std::array<char, 512> buffer{};
  stream.read(buffer.data(), buffer.size());
  return {buffer.data(), static_cast<std::size_t>(stream.gcount())};
}

/// Without byte order mark; of UTF-16 the ASCII.
std::string head_of(const std::filesystem::path& path) {
  std::string head = first_bytes(path);
  if (head.starts_with("\xEF\xBB\xBF")) head.erase(0, 3);
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    head.erase(0, 2);
    std::erase(head, '\0');
  }
  return head;
}

std::vector<std::string> extensions_of(PopulationFormat format) {
  if (format == PopulationFormat::raster) return {".tif", ".tiff", ".asc", ".img"};
  return {".geojson", ".json", ".gpkg", ".shp", ".fgb", ".kml", ".topojson"};
}

bool has_extension(const std::filesystem::path& path, PopulationFormat format) {
  const std::vector<std::string> extensions = extensions_of(format);
  return std::find(extensions.begin(), extensions.end(), lower_extension(path)) != extensions.end();
}

Population read_format(const PopulationSource& source, PopulationFormat format, const Crs& crs) try {
  switch (format) {
    case PopulationFormat::estat_mesh:
      return read_estat_mesh(source, crs, read_table_text(source.path));
    case PopulationFormat::csv:
      return read_population_csv(source, crs, read_table_text(source.path));
    case PopulationFormat::points:
    case PopulationFormat::polygons:
      return read_population_features(source, crs);
    case PopulationFormat::raster:
      return read_population_raster(source, crs);
    case PopulationFormat::automatic:
      break;
  }
  throw InternalError("population format was not detected");
} catch (const InputError& error) {
  throw in_file(error, source.path.string());
}

}  // namespace

bool is_estat_file(const std::filesystem::path& path) {
  return is_estat_header(head_of(path));
}

PopulationFormat detect_population_format(const std::filesystem::path& path) {
  const std::string head = head_of(path);
  if (head.starts_with("PK\x03\x04")) {
    throw InputError(Fault{.message =
                               "is a zip archive or an Excel workbook: unpack it and name the file inside, or "
                               "save the sheet as CSV",
                           .file = path.string(),
                           .legal = kLegalFormats});
  }
  if (is_estat_header(head)) return PopulationFormat::estat_mesh;
  if (head.starts_with("II*") || head.starts_with("MM") || head.starts_with("II+"))
    return PopulationFormat::raster;
  if (has_extension(path, PopulationFormat::raster)) return PopulationFormat::raster;
  // Whether the features are points or polygons is for each feature to say.
  if (head.starts_with("SQLite format 3") || head.starts_with('{')) return PopulationFormat::points;
  if (has_extension(path, PopulationFormat::points)) return PopulationFormat::points;
  const std::string extension = lower_extension(path);
  if (extension == ".csv" || extension == ".txt" || extension == ".tsv") return PopulationFormat::csv;
  throw InputError(Fault{.message = "the format of this population file is not known: name it",
                         .file = path.string(),
                         .key = "format",
                         .legal = kLegalFormats});
}

Population read_population(const PopulationSource& source, const Crs& crs) {
  if (std::filesystem::is_directory(source.path)) return read_estat_folder(source, crs);
  const bool automatic = source.format == PopulationFormat::automatic;
  const PopulationFormat format = automatic ? detect_population_format(source.path) : source.format;
  Population population = read_format(source, format, crs);
  for (const PopulationUnit& unit : population.units) population.total += unit.people;
  population.synthetic = source.synthetic;
  population.sources.push_back(source.path.filename().string());
  return population;
}

bool is_estat_header(std::string_view first_row) noexcept {
  for (const char* code : {"KEY_CODE", "\"KEY_CODE\""}) {
    if (!first_row.starts_with(code)) continue;
    const std::string_view rest = first_row.substr(std::string_view(code).size());
    return rest.starts_with(',') || rest.starts_with(';') || rest.starts_with('\t');
  }
  return false;
}

std::optional<Figure> parse_figure(std::string_view text, Fault where, FaultList& faults,
                                   bool source_has_semicolons) {
  text = trimmed(text);
  if (text.empty() || text == "*" || text == "X" || text == "…") return Figure{};
  if (text == "-") return Figure{.people = 0.0};  // 該当数字がないもの: nobody
  std::optional<double> people = parse_number(text);
  // In a table whose columns end with semicolons a comma may be a decimal point.
  if (!people && !source_has_semicolons) people = parse_thousands(text);
  where.value = std::string(text.substr(0, 64));
  std::string habit;
  if (!people) {
    NumberFault why = number_fault(text);
    where.message = std::move(why.message);
    habit = std::move(why.habit);
  } else if (!std::isfinite(*people)) {
    where.message = "the number of people is not finite";
  } else if (*people < 0.0) {
    where.message = "the number of people is negative";
  }
  if (where.message.empty()) return Figure{.people = *people};
  where.legal = ">= 0";
  faults.add(habit, std::move(where));
  return std::nullopt;
}

}  // namespace amaneku
