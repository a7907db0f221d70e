#include "terrain/vector/geopackage_check.hpp"

#include <sqlite3.h>

#include <array>
#include <fstream>
#include <memory>
#include <regex>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "terrain/crs_files.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMend = "plain tables: export the layer anew (ogr2ogr -f GPKG out.gpkg in.gpkg LAYER)";

[[noreturn]] void refuse_data_base(const fs::path& file, std::string message) {
  throw InputError(Fault{.message = std::move(message), .file = file.string(), .legal = kMend});
}

bool is_sqlite(const fs::path& file) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::array<char, kMagic.size()> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  return std::string_view(head.data(), head.size()) == kMagic;
}

struct CloseDataBase {
  void operator()(sqlite3* base) const noexcept { sqlite3_close(base); }
};
struct EndStatement {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

/// Each row of a query of the schema, as text. A file that SQLite cannot read has none: GDAL will say why.
std::vector<std::vector<std::string>> rows_of(sqlite3& base, const std::string& query) {
  constexpr std::size_t kMaxRows = 100'000;
  sqlite3_stmt* prepared = nullptr;
  sqlite3_prepare_v2(&base, query.c_str(), -1, &prepared, nullptr);
  const std::unique_ptr<sqlite3_stmt, EndStatement> statement(prepared);
  std::vector<std::vector<std::string>> rows;
  while (statement && rows.size() < kMaxRows && sqlite3_step(statement.get()) == SQLITE_ROW) {
    std::vector<std::string> row;
    for (int i = 0; i < sqlite3_column_count(statement.get()); ++i) {
      const auto* text = sqlite3_column_text(statement.get(), i);
      row.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

/// Steps of SQLite's machine that the largest schema does not need.
int out_of_time(void* steps) {
  constexpr int kMost = 2000;
  return ++*static_cast<int*>(steps) > kMost ? 1 : 0;
}

void check_schema(const fs::path& file, sqlite3& base) {
  static const std::regex kVirtual(R"re(^\s*create\s+virtual\s+table)re", std::regex::icase);
  static const std::regex kRtree(R"re(\busing\s+["'\[`]?rtree(_i32)?["'\]`]?\s*\()re", std::regex::icase);
  constexpr std::size_t kLongestHead = 2000;
  for (const auto& row : rows_of(base, "SELECT type, name, sql FROM sqlite_master")) {
    const std::string& name = row[1];
    if (row[0] == "view") refuse_data_base(file, "holds the view \"" + name + "\", and views are not read");
    if (row[0] != "table") continue;
    const std::string head = row[2].substr(0, kLongestHead);
    if (std::regex_search(head, kVirtual)) {
      if (std::regex_search(head, kRtree)) continue;
      refuse_data_base(file, "holds the virtual table \"" + name + "\", which stands for something else");
    }
    std::string quoted;
    for (const char c : name) quoted += c == '"' ? "\"\"" : std::string(1, c);
    for (const auto& column : rows_of(base, "PRAGMA table_xinfo(\"" + quoted + "\")")) {
      if (column.size() > 6 && (column[6] == "2" || column[6] == "3"))
        refuse_data_base(file, "computes the column \"" + column[1] + "\" of \"" + name + "\" when it is read");
    }
  }
}

/// After check_schema: the table is one, and no view.
void check_crs_definitions(const fs::path& file, sqlite3& base) {
  for (const char* column : {"definition", "definition_12_063"}) {
    for (const auto& row : rows_of(base, std::string("SELECT ") + column + " FROM gpkg_spatial_ref_sys")) {
      if (names_crs_file(row[0]))
        refuse_data_base(file, "holds a coordinate reference system that asks for a file or an address");
    }
  }
}

}  // namespace

bool check_geopackage(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || !is_sqlite(file)) return false;
  for (const char* suffix : {"-journal", "-wal", "-shm"}) {
    const fs::path beside(file.string() + suffix);
    const fs::file_status status = fs::symlink_status(beside, error);
    if (fs::exists(status) && !fs::is_regular_file(status)) refuse_data_base(beside, "is no file of SQLite's");
  }
  sqlite3* opened = nullptr;
  sqlite3_open_v2(file.c_str(), &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                  nullptr);
  const std::unique_ptr<sqlite3, CloseDataBase> base(opened);
  if (!base) return true;
  sqlite3_db_config(base.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(base.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_limit(base.get(), SQLITE_LIMIT_LENGTH, 16 << 20);
  int steps = 0;
  sqlite3_progress_handler(base.get(), 10'000, out_of_time, &steps);
  check_schema(file, *base);
  check_crs_definitions(file, *base);
  return true;
}

}  // namespace amaneku
