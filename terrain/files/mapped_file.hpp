// Memory that lies in a file: what is written there goes to the disk when the system sees fit, and gives way to
// other needs. Room on the disk is taken before an address is given, so that a full disk is an error here and not
// a SIGBUS later.
#pragma once

#include <cstddef>
#include <filesystem>

namespace amaneku {

/// A new file that is written as memory.
class MappedFile {
 public:
  /// Creates the file, which must not exist. Throws InputError that names `target`.
  MappedFile(const std::filesystem::path& file, std::filesystem::path target);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Grows the memory, or keeps it where it is large enough; it may move, its bytes move along, new ones are 0.
  /// Where the disk has no room it goes on without the file, so that its user can come to an end, and finish()
  /// throws. nullptr: no memory either.
  [[nodiscard]] void* grow(std::size_t bytes) noexcept;
  /// Why the disk gave no room: errno, or 0.
  [[nodiscard]] int failure() const noexcept { return failure_; }
  /// The file has these bytes and is closed; the memory is gone. Throws InputError that names the target.
  void finish(std::size_t bytes);

 private:
  [[nodiscard]] void* moved_to(void* memory, std::size_t bytes) noexcept;
  [[nodiscard]] void* grow_without_file(std::size_t bytes) noexcept;

  std::filesystem::path target_;
  int fd_ = -1;
  int failure_ = 0;
  void* memory_ = nullptr;
  std::size_t size_ = 0;
};

/// Memory in a nameless file of TMPDIR, else of /var/tmp, all 0. Throws InputError where there is no room.
[[nodiscard]] void* map_scratch(std::size_t bytes);
void unmap_scratch(void* memory, std::size_t bytes) noexcept;

}  // namespace amaneku
