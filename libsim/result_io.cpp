#include "libsim/result_io.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <span>
#include <type_traits>
#include <utility>

#include "libsim/parallel.hpp"
#include "terrain/atomic_file.hpp"
#include "terrain/version.hpp"

namespace amaneku {
namespace {

constexpr hsize_t kChunkSide = 256;
constexpr int kDeflateLevel = 1;  // the shuffled float and int16 planes gain a per cent or two from more
constexpr std::int16_t kLossFill = -32768;

// ---- HDF5 with errors and lifetimes ------------------------------------------------------------------

/// Any failure of the library. write_result gives it the name of the file.
struct HdfError {};

/// HDF5 prints its own stack of errors to stderr by default; ours says it in one line.
class QuietErrors {
 public:
  QuietErrors() {
    H5Eget_auto2(H5E_DEFAULT, &function_, &data_);
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  }
  ~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, function_, data_); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

void check(herr_t status) {
  if (status < 0) throw HdfError{};
}

/// Owns one HDF5 identifier.
class Handle {
 public:
  Handle(hid_t id, herr_t (*closer)(hid_t)) : id_(id), closer_(closer) {
    if (id < 0) throw HdfError{};
  }
  ~Handle() {
    if (id_ >= 0) closer_(id_);
  }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
  Handle& operator=(Handle&&) = delete;
  [[nodiscard]] hid_t get() const noexcept { return id_; }

 private:
  hid_t id_;
  herr_t (*closer_)(hid_t);
};

template <class T>
hid_t native_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_NATIVE_FLOAT;
  if constexpr (std::is_same_v<T, double>) return H5T_NATIVE_DOUBLE;
  if constexpr (std::is_same_v<T, std::int8_t>) return H5T_NATIVE_INT8;
  if constexpr (std::is_same_v<T, std::int16_t>) return H5T_NATIVE_INT16;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_NATIVE_INT32;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_NATIVE_INT64;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_NATIVE_UINT64;
}

/// Fixed by name, so that files are the same on every machine.
template <class T>
hid_t file_type() {
  if constexpr (std::is_same_v<T, float>) return H5T_IEEE_F32LE;
  if constexpr (std::is_same_v<T, double>) return H5T_IEEE_F64LE;
  if constexpr (std::is_same_v<T, std::int8_t>) return H5T_STD_I8LE;
  if constexpr (std::is_same_v<T, std::int16_t>) return H5T_STD_I16LE;
  if constexpr (std::is_same_v<T, std::int32_t>) return H5T_STD_I32LE;
  if constexpr (std::is_same_v<T, std::int64_t>) return H5T_STD_I64LE;
  if constexpr (std::is_same_v<T, std::uint64_t>) return H5T_STD_U64LE;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  check(H5Tset_size(type.get(), H5T_VARIABLE));
  check(H5Tset_cset(type.get(), H5T_CSET_UTF8));
  return type;
}

Handle space(std::span<const hsize_t> sizes) {
  return {sizes.empty() ? H5Screate(H5S_SCALAR)
                        : H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr),
          H5Sclose};
}

/// No times in the file; links and attributes keep the order in which they were made, as netCDF-4 wants.
Handle creation_list(hid_t kind) {
  Handle list(H5Pcreate(kind), H5Pclose);
  check(H5Pset_obj_track_times(list.get(), false));
  check(H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  if (kind != H5P_DATASET_CREATE) {
    check(H5Pset_link_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED));
  }
  return list;
}

Handle create_group(hid_t parent, const char* name) {
  const Handle list = creation_list(H5P_GROUP_CREATE);
  return {H5Gcreate2(parent, name, H5P_DEFAULT, list.get(), H5P_DEFAULT), H5Gclose};
}

std::vector<const char*> c_strings(std::span<const std::string> texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// ---- attributes --------------------------------------------------------------------------------------

void write_attribute(hid_t object, const char* name, hid_t types[2], std::span<const hsize_t> sizes,
                     const void* values) {
  const Handle extent = space(sizes);
  const Handle attribute(H5Acreate2(object, name, types[0], extent.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  check(H5Awrite(attribute.get(), types[1], values));
}

template <class T>
requires std::is_arithmetic_v<T>
void set(hid_t object, const char* name, T value) {
  hid_t types[] = {file_type<T>(), native_type<T>()};
  write_attribute(object, name, types, {}, &value);
}

void set(hid_t object, const char* name, const std::string& text) {
  const Handle type = text_type();
  hid_t types[] = {type.get(), type.get()};
  const char* pointer = text.c_str();
  write_attribute(object, name, types, {}, &pointer);
}

void set(hid_t object, const char* name, std::string_view text) {
  set(object, name, std::string(text));
}
void set(hid_t object, const char* name, const char* text) {
  set(object, name, std::string(text));
}

void set(hid_t object, const char* name, std::span<const double> values) {
  if (values.empty()) return;
  hid_t types[] = {file_type<double>(), native_type<double>()};
  const hsize_t size = values.size();
  write_attribute(object, name, types, {&size, 1}, values.data());
}

void set(hid_t object, const char* name, std::span<const std::string> texts) {
  if (texts.empty()) return;
  const Handle type = text_type();
  hid_t types[] = {type.get(), type.get()};
  const hsize_t size = texts.size();
  write_attribute(object, name, types, {&size, 1}, c_strings(texts).data());
}

// ---- datasets ----------------------------------------------------------------------------------------

/// Units and meaning of a variable, as CF attributes.
struct Meaning {
  const char* units;  ///< empty: a name or a number without unit
  const char* long_name;
};

void describe(hid_t dataset, const Meaning& meaning) {
  if (*meaning.units != '\0') set(dataset, "units", meaning.units);
  set(dataset, "long_name", meaning.long_name);
}

Handle create_text(hid_t group, const char* name, std::span<const hsize_t> sizes, const char* const* texts) {
  const Handle type = text_type();
  const Handle extent = space(sizes);
  const Handle list = creation_list(H5P_DATASET_CREATE);
  Handle dataset(H5Dcreate2(group, name, type.get(), extent.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                 H5Dclose);
  if (std::find(sizes.begin(), sizes.end(), hsize_t{0}) == sizes.end()) {
    check(H5Dwrite(dataset.get(), type.get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts));
  }
  return dataset;
}

template <class T>
Handle create_vector(hid_t group, const char* name, const std::vector<T>& values) {
  constexpr hsize_t kWorthCompressing = 1024;
  const hsize_t size = values.size();
  if constexpr (std::is_same_v<T, std::string>) {
    return create_text(group, name, {&size, 1}, c_strings(values).data());
  } else {
    const Handle extent = space({&size, 1});
    const Handle list = creation_list(H5P_DATASET_CREATE);
    if (size >= kWorthCompressing) {
      const hsize_t chunk = std::min<hsize_t>(size, 65536);
      check(H5Pset_chunk(list.get(), 1, &chunk));
      check(H5Pset_shuffle(list.get()));
      check(H5Pset_deflate(list.get(), kDeflateLevel));
    }
    Handle dataset(H5Dcreate2(group, name, file_type<T>(), extent.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                   H5Dclose);
    if (size > 0) {
      check(H5Dwrite(dataset.get(), native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }
    return dataset;
  }
}

/// A dimension: a vector of coordinates that other datasets refer to.
template <class T>
Handle create_dimension(hid_t group, const char* name, const std::vector<T>& coordinates, const Meaning& meaning) {
  Handle dataset = create_vector(group, name, coordinates);
  describe(dataset.get(), meaning);
  check(H5DSset_scale(dataset.get(), name));
  return dataset;
}

std::vector<std::int32_t> indices(std::size_t n) {
  std::vector<std::int32_t> values(n);
  std::iota(values.begin(), values.end(), 0);
  return values;
}

/// A group of columns of equal length along one index.
template <class Item>
class Table {
 public:
  Table(hid_t parent, const char* name, const char* index, const std::vector<Item>& items)
      : items_(items),
        group_(create_group(parent, name)),
        index_(create_dimension(group_.get(), index, indices(items.size()), {"", "index"})) {}

  /// One column: get(item) for every item.
  template <class Get>
  Table& column(const char* name, const Meaning& meaning, const Get& get) {
    std::vector<std::decay_t<std::invoke_result_t<Get, const Item&>>> values;
    values.reserve(items_.size());
    for (const Item& item : items_) values.push_back(get(item));
    return column_of(name, meaning, values);
  }

  template <class T>
  Table& column_of(const char* name, const Meaning& meaning, const std::vector<T>& values) {
    const Handle dataset = create_vector(group_.get(), name, values);
    describe(dataset.get(), meaning);
    check(H5DSattach_scale(dataset.get(), index_.get(), 0));
    return *this;
  }

  [[nodiscard]] hid_t group() const noexcept { return group_.get(); }

 private:
  const std::vector<Item>& items_;
  Handle group_;
  Handle index_;
};

// ---- grids: chunks are packed in parallel and handed to HDF5 as they are -------------------------------

using Byte = unsigned char;

/// What the shuffle and deflate filters of HDF5 would make of the values.
template <class T>
std::vector<Byte> packed(std::span<const T> values) {
  const auto* bytes = reinterpret_cast<const Byte*>(values.data());
  std::vector<Byte> shuffled(values.size_bytes());
  for (std::size_t b = 0; b < sizeof(T); ++b) {
    Byte* plane = shuffled.data() + b * values.size();
    for (std::size_t i = 0; i < values.size(); ++i) plane[i] = bytes[i * sizeof(T) + b];
  }
  struct Free {
    void operator()(libdeflate_compressor* compressor) const noexcept { libdeflate_free_compressor(compressor); }
  };
  const std::unique_ptr<libdeflate_compressor, Free> compressor(libdeflate_alloc_compressor(kDeflateLevel));
  if (!compressor) throw std::bad_alloc();
  std::vector<Byte> out(libdeflate_zlib_compress_bound(compressor.get(), shuffled.size()));
  out.resize(libdeflate_zlib_compress(compressor.get(), shuffled.data(), shuffled.size(), out.data(), out.size()));
  return out;
}

/// A block of cells of the plan grid: origin and size.
struct Block {
  int ix0;
  int iy0;
  int nx;
  int ny;
};

Block intersection(const Block& a, const Block& b) {
  const int ix0 = std::max(a.ix0, b.ix0);
  const int iy0 = std::max(a.iy0, b.iy0);
  return {ix0, iy0, std::min(a.ix0 + a.nx, b.ix0 + b.nx) - ix0, std::min(a.iy0 + a.ny, b.iy0 + b.ny) - iy0};
}

template <class T>
bool is_fill(T value, T fill) {
  if constexpr (std::is_floating_point_v<T>) return std::isnan(value);
  return value == fill;
}

/// One dataset [y, x] or [layer, y, x] in chunks of one layer.
template <class T>
class GridWriter {
 public:
  GridWriter(hid_t group, const char* name, std::vector<hsize_t> sizes, T fill)
      : sizes_(std::move(sizes)), fill_(fill), dataset_(create(group, name)) {}

  [[nodiscard]] hid_t get() const noexcept { return dataset_.get(); }

  /// Writes the chunks that `window` touches. value(ix, iy) is asked inside the window, from several
  /// threads; everything else, and every chunk of nothing but fill, stays fill.
  template <class Value>
  void write(hsize_t layer, const Block& window, int threads, const Value& value) {
    constexpr std::size_t kBatch = 64;  // bounds the packed chunks that wait in memory
    const std::vector<Block> chunks = touched(window);
    std::vector<std::vector<Byte>> bytes(std::min(kBatch, chunks.size()));
    for (std::size_t first = 0; first < chunks.size(); first += kBatch) {
      const std::size_t n = std::min(kBatch, chunks.size() - first);
      parallel_for(n, threads, [&](std::size_t i) { bytes[i] = chunk_bytes(chunks[first + i], window, value); });
      for (std::size_t i = 0; i < n; ++i) write_chunk(layer, chunks[first + i], bytes[i]);
    }
  }

 private:
  Handle create(hid_t group, const char* name) {
    const std::size_t rank = sizes_.size();
    std::vector<hsize_t> chunk(rank, 1);
    for (std::size_t d = rank - 2; d < rank; ++d) chunk[d] = std::min(kChunkSide, sizes_[d]);
    chunk_nx_ = static_cast<int>(chunk[rank - 1]);
    chunk_ny_ = static_cast<int>(chunk[rank - 2]);
    const Handle list = creation_list(H5P_DATASET_CREATE);
    check(H5Pset_chunk(list.get(), static_cast<int>(rank), chunk.data()));
    check(H5Pset_fill_value(list.get(), native_type<T>(), &fill_));
    check(H5Pset_shuffle(list.get()));
    check(H5Pset_deflate(list.get(), kDeflateLevel));
    const Handle extent = space(sizes_);
    Handle dataset(H5Dcreate2(group, name, file_type<T>(), extent.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
                   H5Dclose);
    set(dataset.get(), "_FillValue", fill_);
    return dataset;
  }

  [[nodiscard]] std::vector<Block> touched(const Block& window) const {
    std::vector<Block> chunks;
    if (window.nx <= 0 || window.ny <= 0) return chunks;
    for (int cy = window.iy0 / chunk_ny_; cy <= (window.iy0 + window.ny - 1) / chunk_ny_; ++cy) {
      for (int cx = window.ix0 / chunk_nx_; cx <= (window.ix0 + window.nx - 1) / chunk_nx_; ++cx) {
        chunks.push_back({cx * chunk_nx_, cy * chunk_ny_, chunk_nx_, chunk_ny_});
      }
    }
    return chunks;
  }

  /// Empty for a chunk of nothing but fill. Chunks at the eastern and southern edge are full-sized.
  template <class Value>
  [[nodiscard]] std::vector<Byte> chunk_bytes(const Block& chunk, const Block& window, const Value& value) const {
    std::vector<T> cells(static_cast<std::size_t>(chunk.nx) * static_cast<std::size_t>(chunk.ny), fill_);
    const Block inside = intersection(chunk, window);
    bool any = false;
    for (int iy = inside.iy0; iy < inside.iy0 + inside.ny; ++iy) {
      const auto start = static_cast<std::size_t>(iy - chunk.iy0) * static_cast<std::size_t>(chunk.nx);
      for (int ix = inside.ix0; ix < inside.ix0 + inside.nx; ++ix) {
        T& cell = cells[start + static_cast<std::size_t>(ix - chunk.ix0)];
        cell = value(ix, iy);
        any = any || !is_fill(cell, fill_);
      }
    }
    return any ? packed<T>(cells) : std::vector<Byte>{};
  }

  void write_chunk(hsize_t layer, const Block& chunk, const std::vector<Byte>& bytes) const {
    if (bytes.empty()) return;
    std::vector<hsize_t> offset;
    if (sizes_.size() == 3) offset.push_back(layer);
    offset.push_back(static_cast<hsize_t>(chunk.iy0));
    offset.push_back(static_cast<hsize_t>(chunk.ix0));
    check(H5Dwrite_chunk(dataset_.get(), H5P_DEFAULT, 0, offset.data(), bytes.size(), bytes.data()));
  }

  std::vector<hsize_t> sizes_;
  T fill_;
  int chunk_nx_ = 0;
  int chunk_ny_ = 0;
  Handle dataset_;
};

// ---- the parts of a result ---------------------------------------------------------------------------

void write_root_attributes(hid_t file, const PlanInput& input) {
  const Provenance& provenance = input.provenance;
  set(file, "Conventions", "CF-1.8");
  set(file, "title", provenance.scenario_name);
  set(file, "file_type", "amaneku-result");
  set(file, "format_version", fmt::format("{}.{}", kResultFormatMajor, kResultFormatMinor));
  set(file, "program", "amaneku");
  set(file, "program_version", program_version());
  set(file, "git_revision", git_revision());
  set(file, "crs", input.crs_id);
  set(file, "vertical_datum", input.vertical_datum);
  set(file, "seed", provenance.seed);
  set(file, "synthetic", static_cast<std::int8_t>(provenance.synthetic));
  set(file, "synthetic_parts", std::span(provenance.synthetic_parts));
  set(file, "credits", std::span(provenance.credits));
}

struct PlanAxes {
  Handle x;
  Handle y;
};

PlanAxes write_axes(hid_t file, const Grid& grid) {
  std::vector<double> x;
  std::vector<double> y;
  for (int ix = 0; ix < grid.nx; ++ix) x.push_back(grid.centre(ix, 0).x_m);
  for (int iy = 0; iy < grid.ny; ++iy) y.push_back(grid.centre(0, iy).y_m);
  PlanAxes axes{create_dimension(file, "x", x, {"m", "easting of the cell centre"}),
                create_dimension(file, "y", y, {"m", "northing of the cell centre; row 0 is north"})};
  set(axes.x.get(), "standard_name", "projection_x_coordinate");
  set(axes.x.get(), "axis", "X");
  set(axes.y.get(), "standard_name", "projection_y_coordinate");
  set(axes.y.get(), "axis", "Y");
  return axes;
}

/// The CF grid-mapping variable, with the attributes of GDAL and rioxarray beside those of CF.
void write_spatial_ref(hid_t file, const PlanInput& input, const Grid& grid) {
  const Handle list = creation_list(H5P_DATASET_CREATE);
  const Handle scalar = space({});
  const Handle dataset(
      H5Dcreate2(file, "spatial_ref", H5T_STD_I32LE, scalar.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
      H5Dclose);
  const std::int32_t zero = 0;
  check(H5Dwrite(dataset.get(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, &zero));
  if (!input.crs_id.empty()) {
    const std::string wkt = Crs::from_text(input.crs_id).wkt();
    set(dataset.get(), "crs_wkt", wkt);
    set(dataset.get(), "spatial_ref", wkt);
  }
  set(dataset.get(), "GeoTransform",
      fmt::format("{} {} 0 {} 0 {}", grid.west_m, grid.cell_m, grid.north_m, -grid.cell_m));
}

void finish_grid(hid_t dataset, const PlanAxes& axes, unsigned first_axis, const Meaning& meaning) {
  describe(dataset, meaning);
  set(dataset, "grid_mapping", "spatial_ref");
  check(H5DSattach_scale(dataset, axes.y.get(), first_axis));
  check(H5DSattach_scale(dataset, axes.x.get(), first_axis + 1));
}

std::vector<hsize_t> grid_sizes(const Grid& grid) {
  return {static_cast<hsize_t>(grid.ny), static_cast<hsize_t>(grid.nx)};
}

/// A raster of the plan grid and how it appears in the file.
template <class T>
struct GridVariable {
  const char* name;
  const Raster<T>& raster;
  T fill;
  Meaning meaning;
};

template <class T>
void write_grid(hid_t file, const PlanAxes& axes, const GridVariable<T>& variable, int threads) {
  const Grid& grid = variable.raster.grid;
  GridWriter<T> writer(file, variable.name, grid_sizes(grid), variable.fill);
  finish_grid(writer.get(), axes, 0, variable.meaning);
  writer.write(0, {0, 0, grid.nx, grid.ny}, threads, [&](int ix, int iy) { return variable.raster.at(ix, iy); });
}

/// 0.01 dB, or ten and a hundred times as much for losses that int16 would not hold.
double loss_step_db(const CoverageGrid& coverage, int threads) {
  std::vector<float> largest(coverage.transmitters.size(), 0.0F);
  parallel_for(largest.size(), threads, [&](std::size_t i) {
    for (const float loss : coverage.transmitters[i].loss_db.values) {
      if (std::fabs(loss) > largest[i]) largest[i] = std::fabs(loss);
    }
  });
  const double most =
      largest.empty() ? 0.0 : static_cast<double>(*std::max_element(largest.begin(), largest.end()));
  for (const double step : {0.01, 0.1, 1.0}) {
    if (most < 32767.0 * step) return step;
  }
  throw InternalError(fmt::format("result file: a path loss of {} dB", most));
}

void write_path_loss(hid_t file, const PlanAxes& axes, const CoverageGrid& coverage, int threads) {
  const std::size_t n = coverage.transmitters.size();
  if (n == 0) return;
  const Handle transmitter =
      create_dimension(file, "transmitter", indices(n), {"", "row of the group transmitters"});
  std::vector<hsize_t> sizes = grid_sizes(coverage.grid);
  sizes.insert(sizes.begin(), n);
  GridWriter<std::int16_t> writer(file, "path_loss_db", sizes, kLossFill);
  const double step_db = loss_step_db(coverage, threads);
  set(writer.get(), "scale_factor", step_db);
  check(H5DSattach_scale(writer.get(), transmitter.get(), 0));
  finish_grid(writer.get(), axes, 1, {"dB", "basic transmission loss between isotropic antennas"});
  for (std::size_t t = 0; t < n; ++t) {
    const TransmitterLoss& loss = coverage.transmitters[t];
    const Block window{loss.ix0, loss.iy0, loss.loss_db.grid.nx, loss.loss_db.grid.ny};
    writer.write(t, window, threads, [&](int ix, int iy) {
      const auto value = static_cast<double>(loss.loss_db.at(ix - loss.ix0, iy - loss.iy0));
      return std::isnan(value) ? kLossFill : static_cast<std::int16_t>(std::lround(value / step_db));
    });
  }
}

void write_grids(hid_t file, const PlanInput& input, const PlanResult& result, int threads) {
  const Grid& grid = result.coverage.grid;
  if (grid.cells() == 0) throw InternalError("result file: a plan without cells");
  const PlanAxes axes = write_axes(file, grid);
  write_spatial_ref(file, input, grid);
  write_grid<float>(file, axes,
                    {"rsrp_dbm",
                     result.maps.rsrp_dbm,
                     kNoData,
                     {"dBm", "reference signal received power of the strongest sector, per subcarrier"}},
                    threads);
  write_grid<std::int16_t>(
      file, axes, {"best_server", result.maps.best_server, -1, {"", "strongest sector: row of the group sectors"}},
      threads);
  write_grid<float>(file, axes,
                    {"ground_asl_m", input.ground.ground_asl_m, kNoData, {"m", "ground height above sea level"}},
                    threads);
  if (!input.ground.clutter_m.values.empty()) {
    write_grid<float>(
        file, axes,
        {"clutter_m", input.ground.clutter_m, kNoData, {"m", "height of buildings and trees above ground"}},
        threads);
  }
  write_path_loss(file, axes, result.coverage, threads);
}

std::int32_t int32(int value) {
  return value;
}
std::int32_t int32(std::size_t value) {
  return static_cast<std::int32_t>(value);
}

void write_network(hid_t file, const PlanInput& input, const CoverageGrid& coverage) {
  std::set<int> planned;
  for (const TransmitterLoss& loss : coverage.transmitters) planned.insert(loss.site);
  std::vector<std::int8_t> is_planned;
  for (int s = 0; s < int32(input.sites.size()); ++s)
    is_planned.push_back(static_cast<std::int8_t>(planned.count(s)));
  Table(file, "sites", "site", input.sites)
      .column("id", {"", "identifier"}, [](const Site& s) { return s.id; })
      .column("name", {"", "name"}, [](const Site& s) { return s.name; })
      .column("lon_deg", {"degrees_east", "longitude"}, [](const Site& s) { return s.position.lon_deg; })
      .column("lat_deg", {"degrees_north", "latitude"}, [](const Site& s) { return s.position.lat_deg; })
      .column("x_m", {"m", "easting"}, [](const Site& s) { return s.at.x_m; })
      .column("y_m", {"m", "northing"}, [](const Site& s) { return s.at.y_m; })
      .column("convergence_deg", {"deg", "azimuth of true north seen from grid north"},
              [](const Site& s) { return s.convergence_deg; })
      .column("existing", {"", "1 existing, 0 candidate"},
              [](const Site& s) { return static_cast<std::int8_t>(s.existing); })
      .column_of("planned", {"", "1 if the site has transmitters in this result"}, is_planned);

  const auto sector = [&](const SectorRef& ref) -> const Sector& {
    return input.sites[static_cast<std::size_t>(ref.site)].sectors[static_cast<std::size_t>(ref.sector)];
  };
  Table(file, "sectors", "sector", coverage.sectors)
      .column("site", {"", "row of the group sites"}, [](const SectorRef& r) { return int32(r.site); })
      .column("transmitter", {"", "index of path_loss_db"},
              [](const SectorRef& r) { return int32(r.transmitter); })
      .column("id", {"", "identifier within the site"}, [&](const SectorRef& r) { return sector(r).id; })
      .column("freq_hz", {"Hz", "carrier centre"}, [&](const SectorRef& r) { return sector(r).freq_hz; })
      .column("power_dbm", {"dBm", "conducted power of the carrier"},
              [&](const SectorRef& r) { return sector(r).power_dbm; })
      .column("subcarriers", {"1", "over which the power is spread"},
              [&](const SectorRef& r) { return int32(sector(r).subcarriers); })
      .column("feeder_loss_db", {"dB", "feeder loss"},
              [&](const SectorRef& r) { return sector(r).feeder_loss_db; })
      .column("tx_agl_m", {"m", "antenna height above ground"},
              [&](const SectorRef& r) { return sector(r).tx_agl_m; })
      .column("antenna", {"", "antenna pattern"}, [&](const SectorRef& r) { return sector(r).antenna_name; })
      .column("antenna_gain_dbi", {"dBi", "gain in the main direction"},
              [&](const SectorRef& r) { return max_gain_dbi(sector(r).antenna); })
      .column("azimuth_deg", {"deg", "clockwise from true north"},
              [&](const SectorRef& r) { return sector(r).mounting.azimuth_deg; })
      .column("mechanical_downtilt_deg", {"deg", "mechanical downtilt"},
              [&](const SectorRef& r) { return sector(r).mounting.mechanical_downtilt_deg; })
      .column("electrical_downtilt_deg", {"deg", "electrical downtilt"},
              [&](const SectorRef& r) { return sector(r).mounting.electrical_downtilt_deg; });

  Table(file, "transmitters", "transmitter", coverage.transmitters)
      .column("site", {"", "row of the group sites"}, [](const TransmitterLoss& t) { return int32(t.site); })
      .column("freq_hz", {"Hz", "carrier centre"}, [](const TransmitterLoss& t) { return t.freq_hz; })
      .column("tx_agl_m", {"m", "antenna height above ground"},
              [](const TransmitterLoss& t) { return t.tx_agl_m; })
      .column("tx_ground_asl_m", {"m", "ground height above sea level"},
              [](const TransmitterLoss& t) { return t.tx_ground_asl_m; })
      .column("cells_line_of_sight", {"1", "cells in line of sight"},
              [](const TransmitterLoss& t) { return static_cast<std::int64_t>(t.cells_line_of_sight); })
      .column("cells_behind_void", {"1", "cells not computed because their path crosses missing terrain"},
              [](const TransmitterLoss& t) { return static_cast<std::int64_t>(t.cells_behind_void); })
      .column("longest_computed_m", {"m", "distance of the farthest cell computed"},
              [](const TransmitterLoss& t) { return t.longest_computed_m; });
}

/// The columns of PeopleCovered in a table of items that hold one.
template <class Item, class Get>
void people_columns(Table<Item>& table, const Get& people) {
  table.column("population", {"1", "people"}, [&](const Item& i) { return people(i).total; })
      .column("covered", {"1", "people covered"}, [&](const Item& i) { return people(i).covered; })
      .column("below_threshold", {"1", "people below the threshold"},
              [&](const Item& i) { return people(i).below_threshold; })
      .column("not_computed", {"1", "people inside the plan where nothing was computed"},
              [&](const Item& i) { return people(i).not_computed; })
      .column("outside_plan", {"1", "people outside the plan"},
              [&](const Item& i) { return people(i).outside_plan; })
      .column("coverage_percent", {"percent", "people covered"},
              [&](const Item& i) { return people(i).percent(); });
}

void write_statistics(hid_t file, const PlanInput& input, const CoverageStatistics& statistics) {
  const std::vector<std::pair<std::string, PeopleCovered>> totals = {
      {"all", statistics.population}, {"outside_municipalities", statistics.outside_municipalities}};
  using Total = std::pair<std::string, PeopleCovered>;
  Table total(file, "population_total", "row", totals);
  total.column("part", {"", "all people, and those of them in no municipality"},
               [](const Total& t) { return t.first; });
  people_columns(total, [](const Total& t) { return t.second; });

  Table municipalities(file, "municipalities", "municipality", statistics.municipalities);
  municipalities.column("code", {"", "municipality code"}, [](const MunicipalityCoverage& m) { return m.code; })
      .column("name", {"", "name"}, [](const MunicipalityCoverage& m) { return m.name; })
      .column("in_plan", {"", "0 for those that the plan does not reach"},
              [](const MunicipalityCoverage& m) { return static_cast<std::int8_t>(m.in_plan()); });
  people_columns(municipalities, [](const MunicipalityCoverage& m) { return m.people; });
  municipalities
      .column("area_m2", {"m2", "area inside the plan that has ground"},
              [](const MunicipalityCoverage& m) { return m.area.total_m2; })
      .column("covered_m2", {"m2", "area covered"},
              [](const MunicipalityCoverage& m) { return m.area.covered_m2; })
      .column("not_computed_m2", {"m2", "area that has ground where nothing was computed"},
              [](const MunicipalityCoverage& m) { return m.area.not_computed_m2; });
  set(municipalities.group(), "plan_area_m2", statistics.area.total_m2);
  set(municipalities.group(), "plan_covered_m2", statistics.area.covered_m2);
  set(municipalities.group(), "plan_not_computed_m2", statistics.area.not_computed_m2);

  Table units(file, "population", "unit", input.population.units);
  units.column("id", {"", "mesh code or source row"}, [](const PopulationUnit& u) { return u.id; })
      .column("people", {"1", "people"}, [](const PopulationUnit& u) { return u.people; })
      .column("x_m", {"m", "easting of the centre"}, [](const PopulationUnit& u) { return u.centre.x_m; })
      .column("y_m", {"m", "northing of the centre"}, [](const PopulationUnit& u) { return u.centre.y_m; })
      .column("municipality", {"", "row of the group municipalities, -1 for none"},
              [](const PopulationUnit& u) { return int32(u.municipality); })
      .column_of("covered_share", {"1", "share of the people covered, 0 .. 1"}, statistics.unit_covered_share);
  set(units.group(), "mesh_level", int32(input.population.mesh_level));

  Table(file, "road_classes", "road_class", statistics.roads)
      .column("name", {"", "class"}, [](const RoadCoverage& r) { return r.road_class; })
      .column("length_m", {"m", "length inside the plan"}, [](const RoadCoverage& r) { return r.length_m; })
      .column("covered_m", {"m", "length covered"}, [](const RoadCoverage& r) { return r.covered_m; })
      .column("not_computed_m", {"m", "length where nothing was computed"},
              [](const RoadCoverage& r) { return r.not_computed_m; });
  Table(file, "roads", "road", input.roads.roads)
      .column("id", {"", "identifier"}, [](const Road& r) { return r.id; })
      .column("name", {"", "name"}, [](const Road& r) { return r.name; })
      .column("road_class", {"", "class"}, [](const Road& r) { return r.road_class; })
      .column_of("covered_share", {"1", "share of the length inside the plan, 0 .. 1; NaN where none is inside"},
                 statistics.road_covered_share);
}

template <class Model>
void write_model(hid_t group, const Model& model) {
  for (const auto& field : Model::fields)
    set(group, fmt::format("model.{}", field.name).c_str(), model.*field.member);
  for (const auto& choice : Model::choices) {
    set(group, fmt::format("model.{}", choice.name).c_str(), choice.words[choice.get(model)]);
  }
}

void write_settings(hid_t file, const PlanInput& input) {
  const Handle group = create_group(file, "settings");
  const hid_t id = group.get();
  set(id, "model", model_id(input.model));
  std::visit([&](const auto& model) { write_model(id, model); }, input.model);
  set(id, "polarization", input.coverage.polarization == Polarization::vertical ? "vertical" : "horizontal");
  set(id, "effective_earth_radius_m", input.coverage.effective_earth_radius_m);
  set(id, "radius_m", input.coverage.radius_m);
  set(id, "engine", input.coverage.engine == Engine::radial ? "radial" : "exact");
  set(id, "own_line_samples", int32(input.coverage.own_line_samples));
  set(id, "rx_agl_m", input.receiver.rx_agl_m);
  set(id, "rx_gain_dbi", input.receiver.gain_dbi);
  set(id, "body_loss_db", input.receiver.body_loss_db);
  set(id, "building_loss_db", input.receiver.building_loss_db);
  set(id, "threshold_dbm", input.statistics.threshold_dbm);
  set(id, "road_step_m", input.statistics.road_step_m);
  set(id, "classes_dbm", std::span(input.rsrp_classes_dbm));
}

void write_provenance(hid_t file, const PlanInput& input) {
  const Provenance& provenance = input.provenance;
  const Handle group = create_group(file, "provenance");
  set(group.get(), "scenario_file", provenance.scenario_file);
  set(group.get(), "terrain_void_cells", static_cast<std::int64_t>(input.terrain_void_cells));
  const char* text = provenance.scenario_text.c_str();
  const Handle scenario = create_text(group.get(), "scenario_text", {}, &text);
  set(scenario.get(), "long_name", "the scenario file as read (TOML)");

  using Pair = std::pair<std::string, std::string>;
  const std::vector<Pair> hashes(provenance.input_sha256.begin(), provenance.input_sha256.end());
  Table(group.get(), "inputs", "input", hashes)
      .column("path", {"", "as written in the scenario"}, [](const Pair& p) { return p.first; })
      .column("sha256", {"", "SHA-256 of the file"}, [](const Pair& p) { return p.second; });
  const std::vector<Pair> overrides(provenance.settings.begin(), provenance.settings.end());
  Table(group.get(), "overrides", "override", overrides)
      .column("key", {"", "setting given on the command line"}, [](const Pair& p) { return p.first; })
      .column("value", {"", "its value"}, [](const Pair& p) { return p.second; });
  Table(group.get(), "terrain_sources", "source", input.terrain_sources)
      .column("path", {"", "file or folder"}, [](const RasterSourceInfo& s) { return s.path; })
      .column("format", {"", "format"}, [](const RasterSourceInfo& s) { return s.format; })
      .column("crs", {"", "coordinate reference system"}, [](const RasterSourceInfo& s) { return s.crs; })
      .column("resolution_m", {"m", "spacing of the source"},
              [](const RasterSourceInfo& s) { return s.resolution_m; })
      .column("cells_used", {"1", "plan cells that took their value from here"},
              [](const RasterSourceInfo& s) { return static_cast<std::int64_t>(s.cells_used); });
}

void write_warnings(hid_t file, const std::vector<Warning>& warnings) {
  Table(file, "warnings", "warning", warnings)
      .column("id", {"", "stable name of the warning"}, [](const Warning& w) { return w.id; })
      .column("message", {"", "for people"}, [](const Warning& w) { return w.message; })
      .column("count", {"1", "how often it happened"},
              [](const Warning& w) { return static_cast<std::int64_t>(w.count); });
}

/// The file is made in memory: HDF5 does not survive a disk that fills up (the file can then neither be
/// closed nor forgotten, and the process dies at its end). It is a fraction of the result it holds.
Handle create_file(const char* name) {
  constexpr std::size_t kGrowth = 16U << 20U;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  check(H5Pset_fapl_core(access.get(), kGrowth, false));
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG));
  // One fixed version of the format, which every HDF5 since 1.8 reads and writes in the same way.
  check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18));
  const Handle creation = creation_list(H5P_FILE_CREATE);
  return {H5Fcreate(name, H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose};
}

void write_parts(hid_t file, const PlanInput& input, const PlanResult& result, int threads) {
  write_root_attributes(file, input);
  write_grids(file, input, result, threads);
  write_network(file, input, result.coverage);
  write_statistics(file, input, result.statistics);
  write_warnings(file, result.warnings);
  write_settings(file, input);
  write_provenance(file, input);
}

/// The bytes of a file in memory, valid until it changes or is closed.
std::string_view image(hid_t file) {
  check(H5Fflush(file, H5F_SCOPE_LOCAL));
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);  // the memory itself is larger, by its growth
  if (size < 0) throw HdfError{};
  void* memory = nullptr;
  check(H5Fget_vfd_handle(file, H5P_DEFAULT, &memory));
  return {*static_cast<char**>(memory), static_cast<std::size_t>(size)};
}

/// The file opens again and its last part is there.
void check_readable(const std::filesystem::path& path) {
  const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  for (const char* name : {"rsrp_dbm", "provenance/scenario_text"}) {
    const Handle dataset(H5Dopen2(file.get(), name, H5P_DEFAULT), H5Dclose);
  }
}

}  // namespace

void write_result(const std::filesystem::path& path, const PlanInput& input, const PlanResult& result,
                  int threads) {
  static std::mutex one_at_a_time;
  const std::scoped_lock lock(one_at_a_time);
  const QuietErrors quiet;
  PendingFile pending(path);
  try {
    const Handle file = create_file(pending.temporary().c_str());
    write_parts(file.get(), input, result, threads > 0 ? threads : input.coverage.threads);
    pending.write(image(file.get()));
    check_readable(pending.temporary());
  } catch (const HdfError&) {
    throw InternalError("result file: HDF5 failed on " + path.string());
  }
  pending.commit();
}

}  // namespace amaneku
