#include "terrain/files/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

#include "terrain/error.hpp"
#include "terrain/files/flush_folder.hpp"

namespace amaneku {
namespace {

[[noreturn]] void cannot_write(const std::filesystem::path& target, int reason) {
  throw InputError(
      Fault{.message = "cannot be written: " + std::generic_category().message(reason), .file = target.string()});
}

/// A descriptor that is closed once, with the error of close() seen where it matters.
class Descriptor {
 public:
  Descriptor(const std::filesystem::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const noexcept { return fd_; }
  /// 0 or errno.
  [[nodiscard]] int close() noexcept {
    const int closed = ::close(fd_);
    fd_ = -1;
    return closed == 0 ? 0 : errno;
  }

 private:
  int fd_;
};

/// 0 or errno.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void flush_folder(const std::filesystem::path& folder) {
  Descriptor fd(folder, O_RDONLY | O_DIRECTORY);
  if (fd.get() < 0) cannot_write(folder, errno);
  // Some file systems have no way to flush a folder, and say so; everything else is a disk that fails.
  if (::fsync(fd.get()) != 0 && errno != EINVAL && errno != ENOTSUP) cannot_write(folder, errno);
  if (const int error = fd.close(); error != 0) cannot_write(folder, error);
}

PendingFile::PendingFile(std::filesystem::path target) : target_(std::move(target)) {
  static std::atomic<unsigned> counter{0};
  const std::string unique = std::to_string(::getpid()) + "-" + std::to_string(counter++);
  temporary_ = target_.parent_path() /
               ("." + target_.stem().string() + "." + unique + ".tmp" + target_.extension().string());
  std::error_code error;
  if (std::filesystem::is_directory(target_, error)) cannot_write(target_, EISDIR);
}

PendingFile::~PendingFile() {
  std::error_code ignored;
  if (!committed_) std::filesystem::remove(temporary_, ignored);
}

void PendingFile::commit() {
  {
    Descriptor fd(temporary_, O_RDWR);
    if (fd.get() < 0) cannot_write(target_, errno);
    if (::fsync(fd.get()) != 0) cannot_write(target_, errno);
    if (const int error = fd.close(); error != 0) cannot_write(target_, error);
  }
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) cannot_write(target_, errno);
  committed_ = true;
  flush_folder(target_.has_parent_path() ? target_.parent_path() : std::filesystem::path("."));
}

void PendingFile::write(std::string_view bytes) {
  Descriptor fd(temporary_, O_WRONLY | O_CREAT | O_EXCL);
  if (fd.get() < 0) cannot_write(target_, errno);
  if (const int error = write_all(fd.get(), bytes); error != 0) cannot_write(target_, error);
  struct stat written {};
  if (::fstat(fd.get(), &written) != 0) cannot_write(target_, errno);
  if (static_cast<std::size_t>(written.st_size) != bytes.size()) cannot_write(target_, EIO);
  if (const int error = fd.close(); error != 0) cannot_write(target_, error);
}

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  PendingFile pending(path);
  pending.write(bytes);
  pending.commit();
}

}  // namespace amaneku
