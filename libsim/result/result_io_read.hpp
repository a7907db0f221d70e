// What a result.h5 says: of one cell, its maps and tables, and where it came from. Of format kResultFormatMajor,
// any minor number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// Where the result came from, and what it is of.
struct StoredPlan {
  std::string title{};
  std::string program_version{};
  bool synthetic = false;              ///< any of its input was invented
  std::vector<std::string> credits{};  ///< 出典, as the scenario states them
  std::string crs_id{};
  Grid grid{};
  std::string scenario_file{};  ///< as it was named
  std::string scenario_text{};
  std::map<std::string, std::string> input_sha256{};  ///< by path as written in the scenario
  std::map<std::string, std::string> settings{};      ///< --set
  std::vector<Warning> warnings{};
  std::size_t sectors = 0;
};

/// The maps of service at one cell.
struct StoredService {
  float sinr_db = kNoData;
  float dl_mbps = kNoData;  ///< of a person in the busy hour
  float ul_mbps = kNoData;
  float dl_alone_mbps = kNoData;  ///< of one device alone on the carrier
  float ul_alone_mbps = kNoData;
  bool served = false;
  double noise_rise_db = kNoData;  ///< of the server's uplink; NaN: not solved, as the scenario states
};

/// The maps at one cell.
struct StoredCell {
  float rsrp_dbm = kNoData;
  std::int32_t best_server = -1;  ///< row of the group sectors
  float second_dbm = kNoData;
  std::int32_t second_server = -1;
  float ground_asl_m = kNoData;
  float interference_dbm = kNoData;
  std::optional<StoredService> service{};  ///< results with service only
};

/// A column of a table as the file has it. Texts are without control characters.
struct StoredColumn {
  std::string name{};
  std::string unit{};
  std::string meaning{};
  bool is_text = false;
  bool is_whole = false;             ///< whole numbers
  bool is_flag = false;              ///< 0 or 1
  std::vector<double> numbers{};     ///< [row] whole numbers and flags too; NaN: no value. Empty for text
  std::vector<std::string> texts{};  ///< [row] empty for numbers
};

/// A group of the file that is a table (docs/formats/tables.md).
struct StoredTable {
  std::string meaning{};
  std::size_t rows = 0;
  std::vector<StoredColumn> columns{};

  [[nodiscard]] const StoredColumn* find(std::string_view column) const noexcept;
  /// NaN, or empty, where there is no such column or it is of the other kind.
  [[nodiscard]] double number(std::string_view column, std::size_t row) const noexcept;
  [[nodiscard]] std::string text(std::string_view column, std::size_t row) const;
};

/// Maps of more cells are not read as a whole: no plan has more.
inline constexpr std::size_t kMostMapCells = 1'000'000'000;

class ResultReader {
 public:
  /// InputError where the file cannot be read, is something else, of another format version, or damaged.
  explicit ResultReader(std::filesystem::path file);

  [[nodiscard]] const StoredPlan& plan() const noexcept { return plan_; }
  /// The cell must lie in plan().grid. InputError where the file is damaged.
  [[nodiscard]] StoredCell cell(int ix, int iy) const;
  /// A table of the plan or of a study; nothing where the plan has none of this name. `columns`: those that are
  /// wanted, where the file has them; empty: all.
  [[nodiscard]] std::optional<StoredTable> table(const std::string& name,
                                                 std::span<const std::string_view> columns = {}) const;
  /// A map of floats on plan().grid: "rsrp_dbm", "ground_asl_m" ... InputError above kMostMapCells.
  [[nodiscard]] Raster<float> map(const std::string& name) const;
  /// A map of whole numbers: "best_server", "service_state" ...
  [[nodiscard]] Raster<std::int32_t> whole_map(const std::string& name) const;
  /// The loss of a row of the table transmitters on plan().grid, dB; NaN: not computed. InputError where the
  /// result has not kept it.
  [[nodiscard]] Raster<float> path_loss_db(std::size_t transmitter) const;
  /// Of the plan and of its studies, in the order in which they were written.
  [[nodiscard]] std::vector<std::string> table_names() const;
  /// Whether there is a map or a table of this name.
  [[nodiscard]] bool has(const std::string& name) const;
  /// How it was planned: the attributes of the group settings as text; a number without a value is empty.
  [[nodiscard]] std::map<std::string, std::string> settings() const;

 private:
  std::filesystem::path file_;
  StoredPlan plan_{};
};

}  // namespace amaneku
