#include "libsim/result/result_io_read.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "libsim/maps/service.hpp"
#include "libsim/result/result_io_guarded.hpp"

namespace amaneku {
namespace {

using result_file::check;
using result_file::check_links;
using result_file::Handle;
using result_file::has;
using result_file::HdfError;
using result_file::kMostTexts;
using result_file::length_of;
using result_file::opened;
using result_file::printable;
using result_file::reading;
using result_file::text_attribute;
using result_file::text_column;
using result_file::text_list_attribute;
using result_file::whole_attribute;

std::map<std::string, std::string> text_pairs(hid_t file, const char* keys, const char* values) {
  const std::vector<std::string> first = text_column(file, keys);
  const std::vector<std::string> second = text_column(file, values);
  if (first.size() != second.size()) throw HdfError{};
  std::map<std::string, std::string> out;
  for (std::size_t i = 0; i < first.size(); ++i) out.emplace(first[i], second[i]);
  return out;
}

std::vector<Warning> read_warnings(hid_t file) {
  const std::vector<std::string> ids = text_column(file, "warnings/id");
  const std::vector<std::string> messages = text_column(file, "warnings/message");
  const Handle counts = opened(file, "warnings/count");
  if (messages.size() != ids.size() || length_of(counts) != ids.size()) throw HdfError{};
  std::vector<std::int64_t> count(ids.size());
  if (!count.empty()) check(H5Dread(counts.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, count.data()));
  std::vector<Warning> out;
  for (std::size_t i = 0; i < ids.size(); ++i)
    out.push_back({printable(ids[i]), printable(messages[i]), count[i]});
  return out;
}

/// Of the maps: corner and cell from the GeoTransform, size from the map itself.
Grid read_grid(hid_t file) {
  Grid grid;
  double south_step_m = 0.0;
  const Handle reference = opened(file, "spatial_ref");
  const std::string transform = text_attribute(reference.get(), "GeoTransform");
  if (std::sscanf(transform.c_str(), "%lf %lf 0 %lf 0 %lf", &grid.west_m, &grid.cell_m, &grid.north_m,
                  &south_step_m) != 4) {
    throw HdfError{};
  }
  const Handle map = opened(file, "rsrp_dbm");
  const Handle extent(H5Dget_space(map.get()), H5Sclose);
  std::array<hsize_t, 2> sizes{};
  if (H5Sget_simple_extent_ndims(extent.get()) != 2) throw HdfError{};
  H5Sget_simple_extent_dims(extent.get(), sizes.data(), nullptr);
  constexpr hsize_t kMostCellsAcross = 1U << 30U;
  if (sizes[0] > kMostCellsAcross || sizes[1] > kMostCellsAcross) throw HdfError{};
  if (sizes[0] == 0 || sizes[1] == 0 || !std::isfinite(grid.west_m) || !std::isfinite(grid.north_m) ||
      !(grid.cell_m > 0.0) || !std::isfinite(grid.cell_m)) {
    throw HdfError{};
  }
  grid.ny = static_cast<int>(sizes[0]);
  grid.nx = static_cast<int>(sizes[1]);
  return grid;
}

/// A cell of the grid of the plan: a map of another size is damage.
struct CellOf {
  const Grid& grid;
  int ix = 0;
  int iy = 0;
};

template <class T>
T value_at(hid_t file, const char* name, const CellOf& cell) {
  const Handle map = opened(file, name);
  const Handle extent(H5Dget_space(map.get()), H5Sclose);
  std::array<hsize_t, 2> sizes{};
  if (H5Sget_simple_extent_ndims(extent.get()) != 2) throw HdfError{};
  H5Sget_simple_extent_dims(extent.get(), sizes.data(), nullptr);
  if (sizes[0] != static_cast<hsize_t>(cell.grid.ny) || sizes[1] != static_cast<hsize_t>(cell.grid.nx))
    throw HdfError{};
  const std::array<hsize_t, 2> start{static_cast<hsize_t>(cell.iy), static_cast<hsize_t>(cell.ix)};
  const std::array<hsize_t, 2> count{1, 1};
  check(H5Sselect_hyperslab(extent.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
  const Handle one = result_file::space(count);
  T value{};
  check(H5Dread(map.get(), result_file::native_type<T>(), one.get(), extent.get(), H5P_DEFAULT, &value));
  return value;
}

/// Of a sector's uplink; NaN where the result has no loads.
double noise_rise_db(hid_t file, std::int32_t sector, std::size_t sectors) {
  if (!has(file, "sectors", "sectors/noise_rise_db")) return std::numeric_limits<double>::quiet_NaN();
  const Handle column = opened(file, "sectors/noise_rise_db");
  if (length_of(column) != sectors) throw HdfError{};
  std::vector<double> values(sectors);
  check(H5Dread(column.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
  return values[static_cast<std::size_t>(sector)];
}

StoredPlan read_plan(hid_t file) {
  StoredPlan plan{.title = printable(text_attribute(file, "title")),
                  .program_version = printable(text_attribute(file, "program_version")),
                  .synthetic = whole_attribute(file, "synthetic") != 0,
                  .crs_id = printable(text_attribute(file, "crs")),
                  .grid = read_grid(file)};
  for (const std::string& credit : text_list_attribute(file, "credits")) plan.credits.push_back(printable(credit));
  check_links(file, "provenance");
  const Handle provenance(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose);
  plan.scenario_file = text_attribute(provenance.get(), "scenario_file");
  const std::vector<std::string> text = text_column(file, "provenance/scenario_text");
  if (text.size() != 1) throw HdfError{};
  plan.scenario_text = text.front();
  plan.input_sha256 = text_pairs(file, "provenance/inputs/path", "provenance/inputs/sha256");
  plan.settings = text_pairs(file, "provenance/overrides/key", "provenance/overrides/value");
  plan.warnings = read_warnings(file);
  plan.sectors = length_of(opened(file, "sectors/sector"));
  if (plan.sectors > kMostTexts) throw HdfError{};
  return plan;
}

}  // namespace

ResultReader::ResultReader(std::filesystem::path file)
    : file_(std::move(file)), plan_(reading(file_, [](hid_t id) { return read_plan(id); })) {}

StoredCell ResultReader::cell(int ix, int iy) const {
  const CellOf at{plan_.grid, ix, iy};
  const auto is_sector = [&](std::int32_t server) {
    return server >= -1 && (server < 0 || static_cast<std::size_t>(server) < plan_.sectors);
  };
  return reading(file_, [&](hid_t file) {
    StoredCell cell{.rsrp_dbm = value_at<float>(file, "rsrp_dbm", at),
                    .best_server = value_at<std::int32_t>(file, "best_server", at),
                    .second_dbm = value_at<float>(file, "second_dbm", at),
                    .second_server = value_at<std::int32_t>(file, "second_server", at),
                    .ground_asl_m = value_at<float>(file, "ground_asl_m", at),
                    .interference_dbm = value_at<float>(file, "interference_dbm", at)};
    if (!is_sector(cell.best_server) || !is_sector(cell.second_server)) throw HdfError{};
    if (cell.best_server >= 0 && H5Lexists(file, "sinr_db", H5P_DEFAULT) > 0) {
      const bool loaded = H5Lexists(file, "dl_alone_mbps", H5P_DEFAULT) > 0;
      const auto state = value_at<std::int16_t>(file, "service_state", at);
      cell.service =
          StoredService{.sinr_db = value_at<float>(file, "sinr_db", at),
                        .dl_mbps = value_at<float>(file, "dl_mbps", at),
                        .ul_mbps = value_at<float>(file, "ul_mbps", at),
                        .dl_alone_mbps = value_at<float>(file, loaded ? "dl_alone_mbps" : "dl_mbps", at),
                        .ul_alone_mbps = value_at<float>(file, loaded ? "ul_alone_mbps" : "ul_mbps", at),
                        .served = state == static_cast<std::int16_t>(ServiceState::served),
                        .noise_rise_db = noise_rise_db(file, cell.best_server, plan_.sectors)};
    }
    return cell;
  });
}

}  // namespace amaneku
