// An HDF5 file that is complete under its name, or absent.
#include <cstring>
#include <new>

#include "libsim/result/result_io_hdf5.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/files/mapped_file.hpp"

namespace amaneku::result_file {
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

/// Bytes of the file, of which the memory has more, by its growth.
std::size_t size_of(hid_t file) {
  check(H5Fflush(file, H5F_SCOPE_LOCAL));
  const ssize_t size = H5Fget_file_image(file, nullptr, 0);
  if (size < 0) throw HdfError{};
  return static_cast<std::size_t>(size);
}

/// The file opens again and its parts are there.
void check_readable(const std::filesystem::path& path, std::span<const char* const> parts) {
  const Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose);
  for (const char* name : parts) {
    const Handle dataset(H5Dopen2(file.get(), name, H5P_DEFAULT), H5Dclose);
  }
}

}  // namespace

void write_file(const std::filesystem::path& path, const std::function<void(hid_t file)>& body,
                std::span<const char* const> parts) {
  const Session session;
  PendingFile pending(path);
  FileAsMemory memory(pending);
  try {
    std::size_t size = 0;
    {
      const Handle file = create_file(pending.temporary().c_str(), memory);
      body(file.get());
      size = size_of(file.get());
    }
    memory.file().finish(size);
    check_readable(pending.temporary(), parts);
  } catch (const HdfError& error) {
    if (error.no_memory) throw std::bad_alloc();
    throw InternalError("HDF5 failed on " + path.string());
  }
  pending.commit();
}

}  // namespace amaneku::result_file
