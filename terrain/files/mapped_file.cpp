#include "terrain/files/mapped_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

[[noreturn]] void cannot_map(const std::filesystem::path& target, int reason) {
  throw InputError(
      Fault{.message = "cannot be written: " + std::generic_category().message(reason), .file = target.string()});
}

std::string scratch_folder() {
  const char* folder = std::getenv("TMPDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/var/tmp";
}

/// A file without a name, or -1.
int open_nameless(const std::string& folder) {
  const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return fd;
  std::string name = folder + "/amaneku-XXXXXX";  // file systems that know no O_TMPFILE
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

MappedFile::MappedFile(const std::filesystem::path& file, std::filesystem::path target)
    : target_(std::move(target)), fd_(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666)) {
  if (fd_ < 0) cannot_map(target_, errno);
}

MappedFile::~MappedFile() {
  if (memory_ != nullptr) ::munmap(memory_, size_);
  if (fd_ >= 0) ::close(fd_);
}

void* MappedFile::moved_to(void* memory, std::size_t bytes) noexcept {
  if (memory == MAP_FAILED) return nullptr;
  memory_ = memory;
  size_ = bytes;
  return memory_;
}

void* MappedFile::grow(std::size_t bytes) noexcept {
  if (bytes <= size_) return memory_;
  if (failure_ == 0) {
    failure_ = ::posix_fallocate(fd_, static_cast<off_t>(size_), static_cast<off_t>(bytes - size_));
  }
  if (failure_ != 0) return grow_without_file(bytes);
  return moved_to(memory_ == nullptr ? ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_, 0)
                                     : ::mremap(memory_, size_, bytes, MREMAP_MAYMOVE),
                  bytes);
}

void* MappedFile::grow_without_file(std::size_t bytes) noexcept {
  void* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  if (memory_ != nullptr) {
    std::memcpy(memory, memory_, size_);
    ::munmap(memory_, size_);
  }
  return moved_to(memory, bytes);
}

void MappedFile::finish(std::size_t bytes) {
  if (memory_ != nullptr) ::munmap(memory_, size_);
  memory_ = nullptr;
  size_ = 0;
  if (failure_ != 0) cannot_map(target_, failure_);
  if (::ftruncate(fd_, static_cast<off_t>(bytes)) != 0) cannot_map(target_, errno);
  const int closed = ::close(fd_);
  fd_ = -1;
  if (closed != 0) cannot_map(target_, errno);
}

void* map_scratch(std::size_t bytes) {
  const std::string folder = scratch_folder();
  const int fd = open_nameless(folder);
  int failure = fd < 0 ? errno : ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  void* memory = MAP_FAILED;
  if (failure == 0) {
    memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) failure = errno;
  }
  if (fd >= 0) ::close(fd);  // the mapping keeps the file
  if (failure == 0) return memory;
  throw InputError(Fault{.message = "no room for a map of " + std::to_string(bytes >> 20U) + " MiB: " +
                                    std::generic_category().message(failure) + " (TMPDIR names another folder)",
                         .file = folder});
}

void unmap_scratch(void* memory, std::size_t bytes) noexcept {
  ::munmap(memory, bytes);
}

}  // namespace amaneku
