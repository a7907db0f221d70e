#include <algorithm>
#include <array>
#include <cmath>

#include "libsim/result/result_io_guarded.hpp"
#include "libsim/result/result_io_read.hpp"

namespace amaneku {
namespace {

using result_file::check;
using result_file::Handle;
using result_file::HdfError;
using result_file::opened;
using result_file::reading;

void check_class(const Handle& dataset, H5T_class_t wanted) {
  if (H5Tget_class(Handle(H5Dget_type(dataset.get()), H5Tclose).get()) != wanted) throw HdfError{};
}

/// The last two axes are those of the plan.
template <std::size_t kAxes>
std::array<hsize_t, kAxes> checked_sizes(const Handle& extent, const Grid& grid) {
  std::array<hsize_t, kAxes> sizes{};
  if (H5Sget_simple_extent_ndims(extent.get()) != static_cast<int>(kAxes)) throw HdfError{};
  H5Sget_simple_extent_dims(extent.get(), sizes.data(), nullptr);
  if (sizes[kAxes - 2] != static_cast<hsize_t>(grid.ny) || sizes[kAxes - 1] != static_cast<hsize_t>(grid.nx))
    throw HdfError{};
  return sizes;
}

double step_db(hid_t dataset) {
  const Handle attribute(H5Aopen(dataset, "scale_factor", H5P_DEFAULT), H5Aclose);
  const Handle extent(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Sget_simple_extent_npoints(extent.get()) != 1) throw HdfError{};
  double step = 0.0;
  check(H5Aread(attribute.get(), H5T_NATIVE_DOUBLE, &step));
  if (!(step > 0.0) || !std::isfinite(step)) throw HdfError{};
  return step;
}

void check_cells(const Grid& grid, const std::filesystem::path& file) {
  if (grid.cells() <= kMostMapCells) return;
  throw InputError(
      Fault{.message = "has more than 1,000,000,000 cells: no plan has so many", .file = file.string()});
}

}  // namespace

Raster<std::int32_t> ResultReader::whole_map(const std::string& name) const {
  check_cells(plan_.grid, file_);
  return reading(file_, [&](hid_t file) {
    const Handle map = opened(file, name.c_str());
    check_class(map, H5T_INTEGER);
    static_cast<void>(checked_sizes<2>(Handle(H5Dget_space(map.get()), H5Sclose), plan_.grid));
    Raster<std::int32_t> out(plan_.grid, 0);
    check(H5Dread(map.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, out.values.data()));
    return out;
  });
}

Raster<float> ResultReader::path_loss_db(std::size_t transmitter) const {
  constexpr std::int16_t kNone = -32768;
  check_cells(plan_.grid, file_);
  return reading(file_, [&](hid_t file) {
    if (H5Lexists(file, "path_loss_db", H5P_DEFAULT) <= 0) {
      throw InputError(Fault{.message = "this result has not kept the path loss of its transmitters",
                             .file = file_.string(),
                             .key = "output.path_loss",
                             .legal = "\"always\" keeps it"});
    }
    const Handle losses = opened(file, "path_loss_db");
    check_class(losses, H5T_INTEGER);
    const Handle extent(H5Dget_space(losses.get()), H5Sclose);
    const auto sizes = checked_sizes<3>(extent, plan_.grid);
    if (transmitter >= sizes[0]) throw HdfError{};
    const std::array<hsize_t, 3> start{static_cast<hsize_t>(transmitter), 0, 0};
    const std::array<hsize_t, 3> count{1, sizes[1], sizes[2]};
    check(H5Sselect_hyperslab(extent.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
    std::vector<std::int16_t> packed(plan_.grid.cells());
    check(H5Dread(losses.get(), H5T_NATIVE_INT16, result_file::space(count).get(), extent.get(), H5P_DEFAULT,
                  packed.data()));
    const double step = step_db(losses.get());
    Raster<float> out(plan_.grid, kNoData);
    for (std::size_t i = 0; i < packed.size(); ++i) {
      if (packed[i] != kNone) out.values[i] = static_cast<float>(step * packed[i]);
    }
    return out;
  });
}

std::vector<std::string> ResultReader::table_names() const {
  static constexpr std::array<std::string_view, 3> kOthers = {"warnings", "settings", "provenance"};
  return reading(file_, [](hid_t file) {
    std::vector<std::string> out;
    const Handle root(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose);
    for (std::string& name : result_file::names_in(root.get())) {
      if (std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end()) continue;
      const hid_t group = H5Gopen2(file, name.c_str(), H5P_DEFAULT);
      if (group < 0) continue;
      check(H5Gclose(group));
      out.push_back(std::move(name));
    }
    return out;
  });
}

bool ResultReader::has(const std::string& name) const {
  return reading(file_, [&](hid_t file) { return H5Lexists(file, name.c_str(), H5P_DEFAULT) > 0; });
}

}  // namespace amaneku
