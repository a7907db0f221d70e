// Official mesh statistics of e-Stat (地域メッシュ統計): CP932, one row of column codes, one of column titles.

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>

#include "terrain/files/csv.hpp"
#include "terrain/files/input_path.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/people/population_readers.hpp"

namespace amaneku {
namespace {

/// Columns of the official layout.
constexpr std::size_t kKeyCode = 0;
constexpr std::size_t kFirstFigure = 4;
constexpr const char* kKeyColumns[] = {"KEY_CODE", "HTKSYORI", "HTKSAKI", "GASSAN"};
constexpr std::size_t kMergedInto = 2;

/// A mesh whose own figure is secret; its people are counted in another mesh (HTKSAKI) or nowhere.
struct SecretMesh {
  std::string code;
  std::string merged_into;
};

class EstatReader {
 public:
  EstatReader(const PopulationSource& source, const Crs& crs, const std::string& text)
      : source_(source),
        crs_(crs),
        rows_(without_titles_again(parse_csv(text, source.path.string()))),
        semicolons_(csv_delimiter(text) == ';'),
        faults_(source.path.string()),
        meshes_(crs, faults_) {}

  Population read() {
    check_header();
    column_ = figure_column();
    check_title();
    meshes_.reserve(rows_.size());
    for (std::size_t i = first_data_row(); i < rows_.size(); ++i) read_row(rows_[i]);
    check_levels();
    faults_.throw_if_any();
    if (first_data_row() >= rows_.size()) fail(1, "holds no mesh");
    merge_secret();
    population_.mesh_level = meshes_.common_level();
    population_.units = meshes_.take();
    return std::move(population_);
  }

  /// Code of the column that was read.
  [[nodiscard]] const std::string& column_code() const { return header()[column_]; }

 private:
  [[noreturn]] void fail(int line, std::string message, std::string legal = {}) const {
    throw InputError(Fault{
        .message = std::move(message), .file = source_.path.string(), .line = line, .legal = std::move(legal)});
  }

  /// Files joined with cat: the row of column codes was dropped with the other rows that repeat the header, the
  /// row of titles is still there.
  static std::vector<CsvRow> without_titles_again(std::vector<CsvRow> rows) {
    if (rows.size() < 2 || !rows[1].fields[kKeyCode].empty()) return rows;
    const std::vector<std::string> titles = rows[1].fields;
    const auto again = [&](const CsvRow& row) { return row.fields == titles; };
    rows.erase(std::remove_if(rows.begin() + 2, rows.end(), again), rows.end());
    return rows;
  }

  [[nodiscard]] const std::vector<std::string>& header() const { return rows_.front().fields; }

  void check_header() const {
    const bool official = !rows_.empty() && header().size() > kFirstFigure &&
                          std::equal(std::begin(kKeyColumns), std::end(kKeyColumns), header().begin());
    if (!official) {
      fail(1, "is not an e-Stat mesh file: the header is not that of one",
           "KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T...001,...");
    }
  }

  /// The column asked for by name, else the first whose code ends in 001 (the total population).
  [[nodiscard]] std::size_t figure_column() const {
    const auto named = std::find(header().begin() + kFirstFigure, header().end(), source_.count_field);
    if (named != header().end()) return static_cast<std::size_t>(named - header().begin());
    const auto first = std::find_if(header().begin() + kFirstFigure, header().end(), [](const std::string& name) {
      return name.starts_with('T') && name.ends_with("001");
    });
    if (source_.count_field != PopulationSource{}.count_field || first == header().end()) {
      fail(1, "has no column \"" + source_.count_field + "\"", header()[kFirstFigure] + " .. " + header().back());
    }
    return static_cast<std::size_t>(first - header().begin());
  }

  /// The titles are a row with an empty KEY_CODE; some copies of the files lack it.
  [[nodiscard]] bool has_titles() const { return rows_.size() > 1 && rows_[1].fields[kKeyCode].empty(); }
  [[nodiscard]] std::size_t first_data_row() const { return has_titles() ? 2 : 1; }

  void check_title() {
    if (!has_titles() || rows_[1].fields.size() <= column_) return;
    const std::string& title = rows_[1].fields[column_];
    const auto& titles = rows_[1].fields;
    if (std::any_of(titles.begin(), titles.end(),
                    [](const std::string& t) { return t.find("日本測地系") != std::string::npos; })) {
      fail(2, "is of the Tokyo datum (日本測地系), whose meshes lie some 450 m off: take the file for 世界測地系");
    }
    if (title.find("人口") == std::string::npos) {
      population_.warnings.push_back({"population_column_title", "the column " + header()[column_] +
                                                                     " is titled \"" + title +
                                                                     "\", which does not say population (人口)"});
    }
  }

  void read_row(const CsvRow& row) {
    if (row.fields.front() == kKeyColumns[kKeyCode]) {
      fail(row.line,
           "a second header row with other columns: files of different tables were joined; take them apart");
    }
    if (row.fields.size() != header().size()) {
      faults_.add({.message = "broken row: " + std::to_string(row.fields.size()) +
                              " columns where the header has " + std::to_string(header().size()),
                   .line = row.line});
      return;
    }
    const std::string& code = row.fields[kKeyCode];
    const std::optional<Figure> figure = parse_figure(
        row.fields[column_], {.message = {}, .line = row.line, .key = header()[column_]}, faults_, semicolons_);
    if (figure && !figure->people) {
      secret_.push_back({code, row.fields[kMergedInto]});
      if (!is_mesh(code, row.line)) return;
    }
    if (figure && figure->people) meshes_.add(code, *figure->people, row.line, kKeyColumns[kKeyCode]);
  }

  /// Adds a fault where the code is none.
  bool is_mesh(const std::string& code, int line) {
    try {
      static_cast<void>(decode_mesh(code));
      return true;
    } catch (const InputError& error) {
      Fault fault = error.faults().front();
      fault.line = line;
      fault.key = kKeyColumns[kKeyCode];
      faults_.add(std::move(fault));
      return false;
    }
  }

  void check_levels() {
    const std::size_t first = first_data_row();
    for (std::size_t i = first; i < rows_.size(); ++i) {
      const std::size_t digits = rows_[i].fields[kKeyCode].size();
      if (digits == rows_[first].fields[kKeyCode].size()) continue;
      faults_.add({.message = "this code has " + std::to_string(digits) + " digits, the first of the file has " +
                              std::to_string(rows_[first].fields[kKeyCode].size()),
                   .line = rows_[i].line,
                   .key = kKeyColumns[kKeyCode],
                   .value = rows_[i].fields[kKeyCode]});
    }
  }

  void merge_secret() {
    long long merged = 0;
    for (const SecretMesh& mesh : secret_) {
      PopulationUnit* target = meshes_.find(mesh.merged_into);
      if (target == nullptr) continue;
      const MultiPolygon footprint = mesh_footprint(decode_mesh(mesh.code), crs_);
      target->footprint.parts.push_back(footprint.parts.front());
      ++merged;
    }
    const long long lost = static_cast<long long>(secret_.size()) - merged;
    if (merged > 0) {
      population_.warnings.push_back({"population_secret_merged",
                                      "meshes whose figure is secret; their people are counted, and spread, with "
                                      "the mesh they were merged into (HTKSAKI)",
                                      merged});
    }
    if (lost > 0) {
      population_.warnings.push_back(
          {"population_without_figure",
           "meshes without a figure that were merged into no mesh of this file: left out", lost});
    }
  }

  const PopulationSource& source_;
  const Crs& crs_;
  std::vector<CsvRow> rows_;
  bool semicolons_;
  FaultList faults_;
  MeshUnits meshes_;
  std::size_t column_ = 0;
  std::vector<SecretMesh> secret_{};
  Population population_{};
};

struct FolderFiles {
  std::vector<std::filesystem::path> meshes{};  ///< sorted
  long long others = 0;                         ///< tables and archives that are no e-Stat mesh file
};

FolderFiles files_of(const std::filesystem::path& folder) {
  FolderFiles out;
  for (const std::filesystem::path& name : files_below(folder)) {
    const std::filesystem::path file = checked_input_path(name.string(), folder, DataRoots{.folders = {folder}});
    if (std::filesystem::is_regular_file(file) && is_estat_file(file))
      out.meshes.push_back(file);
    else
      ++out.others;
  }
  return out;
}

}  // namespace

Population read_estat_folder(const PopulationSource& source, const Crs& crs) {
  const FolderFiles files = files_of(source.path);
  const bool asked = source.format == PopulationFormat::automatic || source.format == PopulationFormat::estat_mesh;
  if (files.meshes.empty() || !asked) {
    throw InputError(
        Fault{.message = asked ? "is a folder without e-Stat mesh files: name the population file itself"
                               : "is a folder: of this format name each file",
              .file = source.path.string(),
              .legal = "unpacked files that begin with KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T...001"});
  }
  Population all;
  std::set<std::string> mesh_codes;
  long long twice = 0;  // border meshes stand in the files of both prefectures
  std::string column;
  for (const std::filesystem::path& file : files.meshes) {
    PopulationSource one = source;
    one.path = file;
    EstatReader reader(one, crs, read_table_text(file));
    Population part = reader.read();
    if (column.empty()) column = reader.column_code();
    if (reader.column_code() != column) {
      throw InputError(Fault{.message = "its people stand in column " + reader.column_code() + ", those of " +
                                        files.meshes.front().filename().string() + " in " + column +
                                        ": files of different tables lie in one folder",
                             .file = file.string(),
                             .line = 1});
    }
    std::size_t again = 0;
    for (const PopulationUnit& unit : part.units) again += mesh_codes.insert(unit.id).second ? 0U : 1U;
    if (again == part.units.size()) {
      throw InputError(Fault{
          .message =
              "every mesh of this file stands in other files of the folder too: its people would count twice",
          .file = file.string()});
    }
    twice += static_cast<long long>(again);
    const int level = all.sources.empty() || all.mesh_level == part.mesh_level ? part.mesh_level : 0;
    all.mesh_level = level;
    for (const PopulationUnit& unit : part.units) all.total += unit.people;
    all.units.insert(all.units.end(), std::make_move_iterator(part.units.begin()),
                     std::make_move_iterator(part.units.end()));
    for (Warning& warning : part.warnings) {
      const auto same = std::find_if(all.warnings.begin(), all.warnings.end(), [&](const Warning& known) {
        return known.id == warning.id && known.message == warning.message;
      });
      if (same == all.warnings.end())
        all.warnings.push_back(std::move(warning));
      else
        same->count += warning.count;
    }
    all.sources.push_back(file.filename().string());
  }
  if (const long long nested = meshes_on_others(all.units) - twice; nested > 0) {
    throw InputError(
        Fault{.message = std::to_string(nested) +
                         " meshes lie inside larger ones of another file: their people would count twice",
              .file = source.path.string()});
  }
  if (files.others > 0) {
    all.warnings.push_back(
        {"population_files_passed_over",
         source.path.filename().string() + ": files that are no e-Stat mesh file were passed over", files.others});
  }
  all.synthetic = source.synthetic;
  return all;
}

Population read_estat_mesh(const PopulationSource& source, const Crs& crs, const std::string& text) {
  return EstatReader(source, crs, text).read();
}

}  // namespace amaneku
