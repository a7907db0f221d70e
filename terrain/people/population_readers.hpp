// The readers behind read_population, one a format.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/fault_list.hpp"
#include "terrain/people/mesh_code.hpp"
#include "terrain/people/population.hpp"

namespace amaneku {

/// `text` is the decoded file. Units and warnings are filled; the caller adds totals and sources.
[[nodiscard]] Population read_estat_mesh(const PopulationSource& source, const Crs& crs, const std::string& text);
/// All e-Stat mesh files of a folder, as one source with its totals.
[[nodiscard]] Population read_estat_folder(const PopulationSource& source, const Crs& crs);
[[nodiscard]] Population read_population_csv(const PopulationSource& source, const Crs& crs,
                                             const std::string& text);
[[nodiscard]] Population read_population_features(const PopulationSource& source, const Crs& crs);
[[nodiscard]] Population read_population_raster(const PopulationSource& source, const Crs& crs);

/// True for a file that begins with such a row.
[[nodiscard]] bool is_estat_file(const std::filesystem::path& path);
/// True for the first row of an official mesh file ("KEY_CODE,HTKSYORI,HTKSAKI,GASSAN,T...").
[[nodiscard]] bool is_estat_header(std::string_view first_row) noexcept;

/// A figure as it stands in a table: a count, or a cell that says there is none ("", "*", "X", "…").
struct Figure {
  std::optional<double> people{};  ///< finite and >= 0
};

/// Adds a fault and returns nothing for text that is neither; `where` has line, key and value filled in.
/// "1,234" is 1234, but not where the table's columns end with semicolons: there it may be 1.234.
[[nodiscard]] std::optional<Figure> parse_figure(std::string_view text, Fault where, FaultList& faults,
                                                 bool source_has_semicolons = false);

/// Makes units of mesh codes, and finds codes that are wrong, come twice or lie inside one another.
class MeshUnits {
 public:
  MeshUnits(const Crs& crs, FaultList& faults) : crs_(crs), faults_(faults) {}

  void reserve(std::size_t count) { units_.reserve(count); }
  /// `column`: the name of the code's column, for errors.
  void add(const std::string& code, double people, int line, const std::string& column);
  /// The unit of this code, or null.
  [[nodiscard]] PopulationUnit* find(const std::string& code);
  /// Level of every mesh, 0 where they differ.
  [[nodiscard]] int common_level() const noexcept;
  /// Adds a fault for every mesh inside another one: its people would count twice.
  void check_nesting();
  [[nodiscard]] std::vector<PopulationUnit> take() { return std::move(units_); }

 private:
  struct Seen {
    std::size_t unit;
    int line;
  };
  const Crs& crs_;
  FaultList& faults_;
  std::vector<PopulationUnit> units_{};
  std::vector<int> levels_{};
  std::map<std::string, Seen> seen_{};
};

/// The mesh as a polygon in plan coordinates.
[[nodiscard]] MultiPolygon mesh_footprint(const Mesh& mesh, const Crs& crs);

}  // namespace amaneku
