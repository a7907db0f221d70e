// Output files are complete under their final name, or absent.
#pragma once

#include <filesystem>
#include <string_view>

namespace amaneku {

/// A file being written: a hidden temporary name in the folder of the target, for libraries that write a file
/// themselves (HDF5, GeoPackage). `commit` flushes it to the disk and gives it its name; without a commit the
/// destructor removes it. Throws InputError (folder not writable, disk full) with the target's name.
class PendingFile {
 public:
  /// Reserves a temporary name beside `target` that ends in the target's own extension. The file does not
  /// exist yet.
  explicit PendingFile(std::filesystem::path target);
  ~PendingFile();
  PendingFile(const PendingFile&) = delete;
  PendingFile& operator=(const PendingFile&) = delete;

  [[nodiscard]] const std::filesystem::path& target() const noexcept { return target_; }
  [[nodiscard]] const std::filesystem::path& temporary() const noexcept { return temporary_; }
  /// Creates the temporary file with these bytes. For files that the caller makes in memory.
  void write(std::string_view bytes);
  /// fsync, then rename over the target. The caller has closed the file and checked it.
  void commit();

 private:
  std::filesystem::path target_;
  std::filesystem::path temporary_;
  bool committed_ = false;
};

/// Writes bytes under a temporary name in the target folder, flushes, checks, renames.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace amaneku
