#include "libsim/result_io.hpp"

#include <string_view>

#include "libsim/result_io_parts.hpp"
#include "terrain/atomic_file.hpp"

namespace amaneku {
namespace result_file {
namespace {

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
  write_network(file, input, result);
  write_statistics(file, input, result);
  write_warnings(file, result.warnings);
  write_settings(file, input, result);
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
}  // namespace result_file

void write_result(const std::filesystem::path& path, const PlanInput& input, const PlanResult& result,
                  int threads) {
  const result_file::Session session;
  PendingFile pending(path);
  try {
    const result_file::Handle file = result_file::create_file(pending.temporary().c_str());
    result_file::write_parts(file.get(), input, result, threads > 0 ? threads : input.coverage.threads);
    pending.write(result_file::image(file.get()));
    result_file::check_readable(pending.temporary());
  } catch (const result_file::HdfError&) {
    throw InternalError("result file: HDF5 failed on " + path.string());
  }
  pending.commit();
}

}  // namespace amaneku
