#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <new>
#include <utility>

#include "libsim/parallel.hpp"
#include "libsim/result/result_io_parts.hpp"

namespace amaneku::result_file {
namespace {

constexpr hsize_t kChunkSide = 256;
constexpr std::int16_t kLossFill = -32768;

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
  if (!input.world.crs_id.empty()) {
    const std::string wkt = Crs::from_text(input.world.crs_id).wkt();
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
double loss_step_db(const Coverage& coverage, int threads) {
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

void write_path_loss(hid_t file, const PlanAxes& axes, const Coverage& coverage, int threads) {
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

void write_service(hid_t file, const PlanAxes& axes, const ServiceMaps& service, int threads) {
  write_grid<float>(
      file, axes,
      {"sinr_db", service.sinr_db, kNoData, {"dB", "SS-SINR of the strongest sector, at the location_percent"}},
      threads);
  write_grid<float>(file, axes,
                    {"dl_mbps",
                     service.dl_mbps,
                     kNoData,
                     {"Mbit/s", "downlink rate of a person in the busy hour; 0: not served"}},
                    threads);
  write_grid<float>(
      file, axes,
      {"ul_mbps", service.ul_mbps, kNoData, {"Mbit/s", "uplink rate of a person in the busy hour; 0: not served"}},
      threads);
  if (service.loaded()) {
    write_grid<float>(file, axes,
                      {"dl_alone_mbps",
                       service.dl_alone_mbps,
                       kNoData,
                       {"Mbit/s", "downlink rate of one device alone on the carrier"}},
                      threads);
    write_grid<float>(file, axes,
                      {"ul_alone_mbps",
                       service.ul_alone_mbps,
                       kNoData,
                       {"Mbit/s", "uplink rate of one device alone on the carrier"}},
                      threads);
  }
  write_grid<float>(file, axes,
                    {"margin_db",
                     service.margin_db,
                     kNoData,
                     {"dB", "the smaller of RSRP and SINR over the minima of the radio technology"}},
                    threads);
  const Grid& grid = service.state.grid;
  constexpr auto kFill = static_cast<std::int16_t>(ServiceState::not_computed);
  GridWriter<std::int16_t> writer(file, "service_state", grid_sizes(grid), kFill);
  finish_grid(
      writer.get(), axes, 0,
      {"", "0 served, 1 too weak, 2 blocked by terrain, 3 interfered, 4 uplink limited, 255 not computed"});
  writer.write(0, {0, 0, grid.nx, grid.ny}, threads,
               [&](int ix, int iy) { return static_cast<std::int16_t>(service.state.at(ix, iy)); });
}

}  // namespace

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
  write_grid<std::int32_t>(
      file, axes, {"best_server", result.maps.best_server, -1, {"", "strongest sector: row of the group sectors"}},
      threads);
  write_grid<float>(file, axes,
                    {"second_dbm",
                     result.maps.second_dbm,
                     kNoData,
                     {"dBm", "reference signal received power of the second strongest sector, per subcarrier"}},
                    threads);
  write_grid<std::int32_t>(
      file, axes,
      {"second_server", result.maps.second_server, -1, {"", "second strongest sector: row of the group sectors"}},
      threads);
  write_grid<float>(file, axes,
                    {"interference_dbm",
                     result.maps.interference_dbm,
                     kNoData,
                     {"dBm",
                      "received power of all other sectors that falls into a subcarrier of the strongest one's "
                      "channel, at their "
                      "loads"}},
                    threads);
  {
    const Raster<std::uint8_t>& contenders = result.maps.contenders;
    GridWriter<std::int16_t> writer(file, "contenders", grid_sizes(grid), 0);
    finish_grid(writer.get(), axes, 0,
                {"1", "sectors within 6 dB of the strongest, 4 for four or more, 0 for none"});
    writer.write(0, {0, 0, grid.nx, grid.ny}, threads,
                 [&](int ix, int iy) { return static_cast<std::int16_t>(contenders.at(ix, iy)); });
  }
  if (result.operators) {
    const Raster<std::uint8_t>& covered_by = result.operators->covered_by;
    GridWriter<std::int16_t> writer(file, "covered_by", grid_sizes(grid), 0);
    finish_grid(writer.get(), axes, 0, {"", "bit k: the network of operator k, in order of id, covers the cell"});
    writer.write(0, {0, 0, grid.nx, grid.ny}, threads,
                 [&](int ix, int iy) { return static_cast<std::int16_t>(covered_by.at(ix, iy)); });
  }
  if (result.service) write_service(file, axes, *result.service, threads);
  write_grid<float>(
      file, axes,
      {"ground_asl_m", input.world.ground.ground_asl_m, kNoData, {"m", "ground height above sea level"}}, threads);
  if (!input.world.ground.clutter_m.values.empty()) {
    write_grid<float>(
        file, axes,
        {"clutter_m", input.world.ground.clutter_m, kNoData, {"m", "height of buildings and trees above ground"}},
        threads);
  }
  if (result.has_path_loss) write_path_loss(file, axes, result.coverage, threads);
}

}  // namespace amaneku::result_file
