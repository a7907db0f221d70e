#include "libsim/result/loss_file.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "libsim/index.hpp"
#include "libsim/result/result_io_guarded.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace result_file {
namespace {

constexpr const char* kLossType = "amaneku-losses";
constexpr std::size_t kNoFile = std::numeric_limits<std::size_t>::max();

std::string dataset_name(std::size_t transmitter) {
  return fmt::format("loss_db_{:08}", transmitter);
}

[[noreturn]] void refuse_losses(const std::filesystem::path& file, const std::string& why) {
  throw InputError(Fault{.message = why, .file = file.string()});
}

/// As text that gives the same number again.
std::string exact(double value) {
  return fmt::format("{}", value);
}

double number_attribute(hid_t object, const char* name) {
  const std::string text = text_attribute(object, name);
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) throw HdfError{};
  return value;
}

void write_loss(hid_t file, std::size_t transmitter, const TransmitterLoss& loss) {
  const std::array<hsize_t, 2> sizes = {static_cast<hsize_t>(loss.loss_db.grid.ny),
                                        static_cast<hsize_t>(loss.loss_db.grid.nx)};
  const Handle extent = space(sizes);
  const Handle list = creation_list(H5P_DATASET_CREATE);
  const Handle dataset(H5Dcreate2(file, dataset_name(transmitter).c_str(), file_type<float>(), extent.get(),
                                  H5P_DEFAULT, list.get(), H5P_DEFAULT),
                       H5Dclose);
  check(H5Dwrite(dataset.get(), native_type<float>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, loss.loss_db.values.data()));
  describe(dataset.get(), {"dB", "basic transmission loss, [y, x], row 0 is north"});
  const hid_t id = dataset.get();
  set(id, "site", static_cast<std::int64_t>(loss.site));
  set(id, "freq_hz", exact(loss.freq_hz));
  set(id, "tx_agl_m", exact(loss.tx_agl_m));
  set(id, "tx_ground_asl_m", exact(loss.tx_ground_asl_m));
  set(id, "longest_computed_m", exact(loss.longest_computed_m));
  set(id, "ix0", static_cast<std::int64_t>(loss.ix0));
  set(id, "iy0", static_cast<std::int64_t>(loss.iy0));
  set(id, "cells_behind_void", static_cast<std::int64_t>(loss.cells_behind_void));
  set(id, "cells_line_of_sight", static_cast<std::int64_t>(loss.cells_line_of_sight));
}

int whole_in(hid_t object, const char* name, int below) {
  const std::int64_t value = whole_attribute(object, name);
  if (value < 0 || value >= below) throw HdfError{};
  return static_cast<int>(value);
}

TransmitterLoss read_loss(hid_t file, std::size_t transmitter, const Grid& grid) {
  const Handle dataset = opened(file, dataset_name(transmitter).c_str());
  const hid_t id = dataset.get();
  TransmitterLoss loss;
  loss.site = whole_in(id, "site", std::numeric_limits<int>::max());
  loss.freq_hz = number_attribute(id, "freq_hz");
  loss.tx_agl_m = number_attribute(id, "tx_agl_m");
  loss.tx_ground_asl_m = number_attribute(id, "tx_ground_asl_m");
  loss.longest_computed_m = number_attribute(id, "longest_computed_m");
  loss.ix0 = whole_in(id, "ix0", grid.nx);
  loss.iy0 = whole_in(id, "iy0", grid.ny);
  loss.cells_behind_void =
      static_cast<std::size_t>(std::max<std::int64_t>(0, whole_attribute(id, "cells_behind_void")));
  loss.cells_line_of_sight =
      static_cast<std::size_t>(std::max<std::int64_t>(0, whole_attribute(id, "cells_line_of_sight")));

  const Handle extent(H5Dget_space(id), H5Sclose);
  std::array<hsize_t, 2> sizes = {};
  if (H5Sget_simple_extent_ndims(extent.get()) != 2) throw HdfError{};
  check(H5Sget_simple_extent_dims(extent.get(), sizes.data(), nullptr));
  if (sizes[0] == 0 || sizes[0] > static_cast<hsize_t>(grid.ny - loss.iy0) || sizes[1] == 0 ||
      sizes[1] > static_cast<hsize_t>(grid.nx - loss.ix0))
    throw HdfError{};
  const CellWindow window{loss.ix0, loss.iy0, static_cast<int>(sizes[1]), static_cast<int>(sizes[0])};
  loss.loss_db = Raster<float>(window_grid(grid, window), kNoData);
  check(H5Dread(id, native_type<float>(), H5S_ALL, H5S_ALL, H5P_DEFAULT, loss.loss_db.values.data()));
  return loss;
}

/// Runs `read` on the open file of losses.
template <class Read>
auto reading_losses(const std::filesystem::path& path, const Read& read) {
  const Session session;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) refuse_losses(path, "the file of losses does not exist");
  try {
    const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
    return read(file.get());
  } catch (const HdfError&) {
    refuse_losses(path, "is no file of losses, or damaged: remove it, and it is computed again");
  }
}

}  // namespace
}  // namespace result_file

void write_losses(const std::filesystem::path& path, const std::string& identity, const Coverage& coverage) {
  result_file::write_file(path,
                          [&](hid_t file) {
                            result_file::set(file, "type", result_file::kLossType);
                            result_file::set(file, "format", static_cast<std::int64_t>(kLossFormat));
                            result_file::set(file, "identity", identity);
                            for (std::size_t t = 0; t < coverage.transmitters.size(); ++t) {
                              if (!coverage.transmitters[t].loss_db.values.empty())
                                result_file::write_loss(file, t, coverage.transmitters[t]);
                            }
                          },
                          {});
}

LossFiles::LossFiles(const std::vector<std::filesystem::path>& files, const std::string& identity,
                     const Coverage& coverage)
    : grid_(coverage.grid), files_(files), file_of_(coverage.transmitters.size(), result_file::kNoFile) {
  for (std::size_t f = 0; f < files_.size(); ++f) {
    const bool same = result_file::reading_losses(files_[f], [&](hid_t file) {
      if (result_file::text_attribute(file, "type") != result_file::kLossType) throw result_file::HdfError{};
      if (result_file::whole_attribute(file, "format") != kLossFormat ||
          result_file::text_attribute(file, "identity") != identity)
        return false;
      const result_file::Handle root(H5Gopen2(file, "/", H5P_DEFAULT), H5Gclose);
      for (const std::string& name : result_file::names_in(root.get())) {
        std::size_t transmitter = 0;
        const std::size_t prefix = result_file::dataset_name(0).size() - 8;
        if (name.size() <= prefix) throw result_file::HdfError{};
        std::from_chars(name.data() + prefix, name.data() + name.size(), transmitter);
        if (transmitter >= file_of_.size() || name != result_file::dataset_name(transmitter))
          throw result_file::HdfError{};
        file_of_[transmitter] = f;
      }
      return true;
    });
    if (!same) result_file::refuse_losses(files_[f], "has losses of another plan, or of another version");
  }
  for (std::size_t t = 0; t < file_of_.size(); ++t) {
    if (file_of_[t] == result_file::kNoFile)
      throw InputError(Fault{.message = fmt::format("the losses of transmitter {} are in none of the files", t)});
  }
}

TransmitterLoss LossFiles::read(std::size_t transmitter) const {
  return result_file::reading_losses(files_[file_of_[transmitter]],
                                     [&](hid_t file) { return result_file::read_loss(file, transmitter, grid_); });
}

}  // namespace amaneku
