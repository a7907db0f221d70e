#include "libsim/result/result_io_read.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <limits>

#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_hdf5.hpp"

namespace amaneku {
namespace {

using result_file::check;
using result_file::Handle;
using result_file::HdfError;

/// Texts as HDF5 hands them over, freed at the end.
class HeldTexts {
 public:
  explicit HeldTexts(std::size_t n) : pointers_(n, nullptr) {}
  ~HeldTexts() {
    for (char* pointer : pointers_) H5free_memory(pointer);
  }
  HeldTexts(const HeldTexts&) = delete;
  HeldTexts& operator=(const HeldTexts&) = delete;
  [[nodiscard]] void* data() noexcept { return static_cast<void*>(pointers_.data()); }
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const char* pointer : pointers_) out.emplace_back(pointer != nullptr ? pointer : "");
    return out;
  }

 private:
  std::vector<char*> pointers_;
};

Handle opened(hid_t parent, const char* name) {
  return {H5Dopen2(parent, name, H5P_DEFAULT), H5Dclose};
}

/// A text of variable length, as every text of a result is: anything else would be read past its end.
void check_text(const Handle& type) {
  if (H5Tget_class(type.get()) != H5T_STRING || H5Tis_variable_str(type.get()) <= 0) throw HdfError{};
}

std::string text_attribute(hid_t object, const char* name) {
  const Handle attribute(H5Aopen(object, name, H5P_DEFAULT), H5Aclose);
  check_text(Handle(H5Aget_type(attribute.get()), H5Tclose));
  const Handle extent(H5Aget_space(attribute.get()), H5Sclose);
  if (H5Sget_simple_extent_npoints(extent.get()) != 1) throw HdfError{};
  HeldTexts text(1);
  check(H5Aread(attribute.get(), result_file::text_type().get(), text.data()));
  return text.texts().front();
}

std::size_t length_of(const Handle& dataset) {
  const Handle extent(H5Dget_space(dataset.get()), H5Sclose);
  const hssize_t points = H5Sget_simple_extent_npoints(extent.get());
  if (points < 0) throw HdfError{};
  return static_cast<std::size_t>(points);
}

std::vector<std::string> text_column(hid_t parent, const char* name) {
  const Handle dataset = opened(parent, name);
  check_text(Handle(H5Dget_type(dataset.get()), H5Tclose));
  const std::size_t n = length_of(dataset);
  if (n == 0) return {};
  HeldTexts texts(n);
  check(H5Dread(dataset.get(), result_file::text_type().get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()));
  return texts.texts();
}

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
  std::vector<std::int64_t> count(length_of(counts));
  if (messages.size() != ids.size() || count.size() != ids.size()) throw HdfError{};
  if (!count.empty()) check(H5Dread(counts.get(), H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, count.data()));
  std::vector<Warning> out;
  for (std::size_t i = 0; i < ids.size(); ++i) out.push_back({ids[i], messages[i], count[i]});
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
  grid.ny = static_cast<int>(sizes[0]);
  grid.nx = static_cast<int>(sizes[1]);
  return grid;
}

template <class T>
T value_at(hid_t file, const char* name, int ix, int iy) {
  const Handle map = opened(file, name);
  const Handle extent(H5Dget_space(map.get()), H5Sclose);
  if (H5Sget_simple_extent_ndims(extent.get()) != 2) throw HdfError{};
  const std::array<hsize_t, 2> start{static_cast<hsize_t>(iy), static_cast<hsize_t>(ix)};
  const std::array<hsize_t, 2> count{1, 1};
  check(H5Sselect_hyperslab(extent.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
  const Handle one = result_file::space(count);
  T value{};
  check(H5Dread(map.get(), result_file::native_type<T>(), one.get(), extent.get(), H5P_DEFAULT, &value));
  return value;
}

/// Of a sector's uplink; NaN where the result has no loads.
double noise_rise_db(hid_t file, std::int32_t sector) {
  if (H5Lexists(file, "sectors/noise_rise_db", H5P_DEFAULT) <= 0) return std::numeric_limits<double>::quiet_NaN();
  const Handle column = opened(file, "sectors/noise_rise_db");
  std::vector<double> values(length_of(column));
  if (static_cast<std::size_t>(sector) >= values.size()) throw HdfError{};
  check(H5Dread(column.get(), H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
  return values[static_cast<std::size_t>(sector)];
}

[[noreturn]] void refuse(const std::filesystem::path& file, std::string why) {
  throw InputError(Fault{.message = std::move(why), .file = file.string()});
}

Handle open_result(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::exists(file, error)) refuse(file, "the file does not exist");
  try {
    return {H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose};
  } catch (const HdfError&) {
    refuse(file, "is not a result of amaneku (result.h5): it cannot be opened as HDF5");
  }
}

void check_format(const std::filesystem::path& path, hid_t file) {
  std::string type;
  std::string version;
  try {
    type = text_attribute(file, "file_type");
    version = text_attribute(file, "format_version");
  } catch (const HdfError&) {
    type.clear();
  }
  if (type != "amaneku-result") refuse(path, "is an HDF5 file, but not a result of amaneku (result.h5)");
  if (version.starts_with(fmt::format("{}.", kResultFormatMajor))) return;
  refuse(path, fmt::format("is of format version {}; this program reads {}.x: plan the scenario again", version,
                           kResultFormatMajor));
}

StoredPlan read_plan(hid_t file) {
  StoredPlan plan{.title = text_attribute(file, "title"),
                  .program_version = text_attribute(file, "program_version"),
                  .crs_id = text_attribute(file, "crs"),
                  .grid = read_grid(file)};
  const Handle provenance(H5Gopen2(file, "provenance", H5P_DEFAULT), H5Gclose);
  plan.scenario_file = text_attribute(provenance.get(), "scenario_file");
  const std::vector<std::string> text = text_column(file, "provenance/scenario_text");
  if (text.size() != 1) throw HdfError{};
  plan.scenario_text = text.front();
  plan.input_sha256 = text_pairs(file, "provenance/inputs/path", "provenance/inputs/sha256");
  plan.settings = text_pairs(file, "provenance/overrides/key", "provenance/overrides/value");
  plan.warnings = read_warnings(file);
  plan.sectors = length_of(opened(file, "sectors/sector"));
  return plan;
}

/// Runs `read` on the open file; whatever HDF5 does not find as the format says is damage.
template <class Read>
auto reading(const std::filesystem::path& path, const Read& read) {
  const result_file::Session session;
  try {
    const Handle file = open_result(path);
    check_format(path, file.get());
    return read(file.get());
  } catch (const HdfError&) {
    refuse(path, "is damaged, or not written by amaneku to the end");
  }
}

}  // namespace

ResultReader::ResultReader(std::filesystem::path file)
    : file_(std::move(file)), plan_(reading(file_, [](hid_t id) { return read_plan(id); })) {}

StoredCell ResultReader::cell(int ix, int iy) const {
  return reading(file_, [&](hid_t file) {
    StoredCell cell{.rsrp_dbm = value_at<float>(file, "rsrp_dbm", ix, iy),
                    .best_server = value_at<std::int32_t>(file, "best_server", ix, iy),
                    .second_dbm = value_at<float>(file, "second_dbm", ix, iy),
                    .second_server = value_at<std::int32_t>(file, "second_server", ix, iy),
                    .ground_asl_m = value_at<float>(file, "ground_asl_m", ix, iy),
                    .interference_dbm = value_at<float>(file, "interference_dbm", ix, iy)};
    if (cell.best_server >= 0 && H5Lexists(file, "sinr_db", H5P_DEFAULT) > 0) {
      const bool loaded = H5Lexists(file, "dl_alone_mbps", H5P_DEFAULT) > 0;
      const auto state = value_at<std::int16_t>(file, "service_state", ix, iy);
      cell.service =
          StoredService{.sinr_db = value_at<float>(file, "sinr_db", ix, iy),
                        .dl_mbps = value_at<float>(file, "dl_mbps", ix, iy),
                        .ul_mbps = value_at<float>(file, "ul_mbps", ix, iy),
                        .dl_alone_mbps = value_at<float>(file, loaded ? "dl_alone_mbps" : "dl_mbps", ix, iy),
                        .ul_alone_mbps = value_at<float>(file, loaded ? "ul_alone_mbps" : "ul_mbps", ix, iy),
                        .served = state == static_cast<std::int16_t>(ServiceState::served),
                        .noise_rise_db = noise_rise_db(file, cell.best_server)};
    }
    return cell;
  });
}

}  // namespace amaneku
