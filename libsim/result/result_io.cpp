#include "libsim/result/result_io.hpp"

#include <cstring>
#include <new>

#include "libsim/result/result_io_parts.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/files/mapped_file.hpp"

namespace amaneku {
namespace result_file {
namespace {

/// HDF5 believes that the file is in memory, which here is the file on the disk. It does not survive a disk that
/// fills up (the file can then neither be closed nor forgotten, and the process dies at its end); the memory goes
/// on without the disk, and says so in the end.
class FileAsMemory {
 public:
  explicit FileAsMemory(const PendingFile& pending) : file_(pending.temporary(), pending.target()) {}

  /// Of H5P_FILE_ACCESS.
  void set(hid_t access) {
    H5FD_file_image_callbacks_t callbacks = {.image_malloc = allocate,
                                             .image_memcpy = copy,
                                             .image_realloc = grow,
                                             .image_free = keep,
                                             .udata_copy = same,
                                             .udata_free = forget,
                                             .udata = this};
    check(H5Pset_file_image_callbacks(access, &callbacks));
  }
  [[nodiscard]] MappedFile& file() noexcept { return file_; }

 private:
  static void* allocate(size_t size, H5FD_file_image_op_t /*op*/, void* self) {
    return static_cast<FileAsMemory*>(self)->file_.grow(size);
  }
  static void* grow(void* /*memory*/, size_t size, H5FD_file_image_op_t /*op*/, void* self) {
    return static_cast<FileAsMemory*>(self)->file_.grow(size);
  }
  static void* copy(void* to, const void* from, size_t size, H5FD_file_image_op_t /*op*/, void* /*self*/) {
    return std::memcpy(to, from, size);
  }
  static herr_t keep(void* /*memory*/, H5FD_file_image_op_t /*op*/, void* /*self*/) { return 0; }
  static void* same(void* self) { return self; }
  static herr_t forget(void* /*self*/) { return 0; }

  MappedFile file_;
};

Handle create_file(const char* name, FileAsMemory& memory) {
  constexpr std::size_t kGrowth = 16U << 20U;
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  memory.set(access.get());
  check(H5Pset_fapl_core(access.get(), kGrowth, false));
  check(H5Pset_fclose_degree(access.get(), H5F_CLOSE_STRONG));
  // One fixed version of the format, which every HDF5 since 1.8 reads and writes in the same way.
  check(H5Pset_libver_bounds(access.get(), H5F_LIBVER_V18, H5F_LIBVER_V18));
  const Handle creation = creation_list(H5P_FILE_CREATE);
  return {H5Fcreate(name, H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose};
}

void write_parts(hid_t file, const PlanInput& input, const PlanResult& result, const std::vector<Table>& tables,
                 int threads) {
  write_root_attributes(file, input);
  write_grids(file, input, result, threads);
  for (const Table& table : tables) write_table(file, table);
  write_warnings(file, result.warnings);
  write_settings(file, input, result);
  write_provenance(file, input);
}

/// Bytes of the file, of which the memory has more, by its growth.
std::size_t size_of(hid_t file) {
  check(H5Fflush(file, H5F_SCOPE_LOCAL));
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  if (size < 0) throw HdfError{};
  return static_cast<std::size_t>(size);
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
                  const std::vector<Table>& tables, int threads) {
  const result_file::Session session;
  PendingFile pending(path);
  result_file::FileAsMemory memory(pending);
  try {
    std::size_t size = 0;
    {
      const result_file::Handle file = result_file::create_file(pending.temporary().c_str(), memory);
      result_file::write_parts(file.get(), input, result, tables,
                               threads > 0 ? threads : input.engine.coverage.threads);
      size = result_file::size_of(file.get());
    }
    memory.file().finish(size);
    result_file::check_readable(pending.temporary());
  } catch (const result_file::HdfError& error) {
    if (error.no_memory) throw std::bad_alloc();
    throw InternalError("result file: HDF5 failed on " + path.string());
  }
  pending.commit();
}

}  // namespace amaneku
