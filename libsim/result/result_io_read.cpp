#include "libsim/result/result_io_read.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>

#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_hdf5.hpp"

namespace amaneku {
namespace {

using result_file::check;
using result_file::Handle;
using result_file::HdfError;

/// What a file may ask for: it comes from anybody, and a few bytes can claim gigabytes.
constexpr std::size_t kMostTexts = 1'000'000;
constexpr std::size_t kMostTextBytes = 256U << 20;
constexpr hsize_t kMostChunkBytes = 64U << 20;

/// Memory for texts out of a budget, as HDF5 asks for it.
struct TextBudget {
  std::size_t left_bytes = kMostTextBytes;

  static void* take(std::size_t size, void* self) {
    auto& left = static_cast<TextBudget*>(self)->left_bytes;
    if (size > left) return nullptr;
    left -= size;
    return std::malloc(size);
  }
  static void release(void* memory, void* /*self*/) { std::free(memory); }
};

/// Texts as HDF5 hands them over, freed at the end.
class HeldTexts {
 public:
  explicit HeldTexts(std::size_t n) : pointers_(n, nullptr) {}
  ~HeldTexts() {
    for (char* pointer : pointers_) std::free(pointer);
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

/// Every step of a path is a part of this file: a link leads elsewhere, or to another file.
void check_links(hid_t parent, const std::string& path) {
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    H5L_info_t link{};
    check(H5Lget_info(parent, path.substr(0, end).c_str(), &link, H5P_DEFAULT));
    if (link.type != H5L_TYPE_HARD) throw HdfError{};
    if (end == std::string::npos) return;
  }
}

/// A dataset keeps its values here, packed by the filters of the format, in pieces of a reasonable size.
void check_storage(const Handle& dataset) {
  const Handle list(H5Dget_create_plist(dataset.get()), H5Pclose);
  const H5D_layout_t layout = H5Pget_layout(list.get());
  if (layout == H5D_VIRTUAL || layout < 0 || H5Pget_external_count(list.get()) != 0) throw HdfError{};
  const int filters = H5Pget_nfilters(list.get());
  for (int i = 0; i < filters; ++i) {
    unsigned flags = 0;
    std::size_t values = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(list.get(), static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, nullptr);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
      throw HdfError{};
  }
  if (layout != H5D_CHUNKED) return;
  std::array<hsize_t, H5S_MAX_RANK> chunk{};
  const int rank = H5Pget_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data());
  const Handle type(H5Dget_type(dataset.get()), H5Tclose);
  hsize_t bytes = H5Tget_size(type.get());
  for (int i = 0; i < rank; ++i) {
    if (chunk[static_cast<std::size_t>(i)] > kMostChunkBytes) throw HdfError{};
    bytes *= chunk[static_cast<std::size_t>(i)];
    if (bytes > kMostChunkBytes) throw HdfError{};
  }
}

/// Without what a terminal would obey: control characters, those of C1 in UTF-8 included.
std::string printable(std::string text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (c < 0x20 || c == 0x7f || c1) text[i] = ' ';
    if (c1) text[i + 1] = ' ';
  }
  return text;
}

Handle opened(hid_t parent, const char* name) {
  check_links(parent, name);
  Handle dataset(H5Dopen2(parent, name, H5P_DEFAULT), H5Dclose);
  check_storage(dataset);
  return dataset;
}

/// Whether a part of later minor versions is there.
bool has(hid_t file, const char* group, const char* name) {
  return H5Lexists(file, group, H5P_DEFAULT) > 0 && H5Lexists(file, name, H5P_DEFAULT) > 0;
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
  char* text = nullptr;
  check(H5Aread(attribute.get(), result_file::text_type().get(), static_cast<void*>(&text)));
  std::string out = text == nullptr ? "" : text;
  H5free_memory(text);
  return out;
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
  if (n > kMostTexts) throw HdfError{};
  TextBudget budget;
  const Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
  check(H5Pset_vlen_mem_manager(transfer.get(), TextBudget::take, &budget, TextBudget::release, &budget));
  HeldTexts texts(n);
  check(H5Dread(dataset.get(), result_file::text_type().get(), H5S_ALL, H5S_ALL, transfer.get(), texts.data()));
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
  StoredPlan plan{.title = printable(text_attribute(file, "title")),
                  .program_version = printable(text_attribute(file, "program_version")),
                  .crs_id = printable(text_attribute(file, "crs")),
                  .grid = read_grid(file)};
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
