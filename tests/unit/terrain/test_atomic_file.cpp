#include "terrain/files/atomic_file.hpp"

#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <sstream>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

long files_in(const std::filesystem::path& folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

/// Writing beyond `bytes` fails with EFBIG while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now = before_;
    now.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

Raster<float> noise(int n) {
  Raster<float> raster(Grid{.west_m = 0, .north_m = 0, .cell_m = 10, .nx = n, .ny = n}, 0.0F);
  std::uint32_t state = 1;
  for (float& value : raster.values) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<float>(state >> 8);
  }
  return raster;
}

}  // namespace

TEST_CASE("a file replaces the one of the same name and leaves nothing else") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "summary.json";
  write_file_atomically(path, "first, and longer");
  write_file_atomically(path, "second");
  CHECK(bytes_of(path) == "second");
  CHECK(files_in(folder.path()) == 1);
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0600U) == 0600U);
}

TEST_CASE("a failing write says why, keeps the old file and removes the new one") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "result.bin";
  write_file_atomically(path, "old");
  {
    const FileSizeLimit limit(64 << 10);
    CHECK_THROWS_WITH(write_file_atomically(path, std::string(1 << 20, 'x')),
                      Contains("result.bin: cannot be written: File too large"));
    CHECK_THROWS_AS(write_cog(folder.path() / "map.tif", noise(400), Crs::from_text("EPSG:6676"), {}), InputError);
  }
  CHECK(bytes_of(path) == "old");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("a full disk is an error and nothing half-written") {
  const test::TemporaryFolder folder;
  if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=256k") != 0) {
    std::fprintf(stderr, "skipped: this user may not mount a small tmpfs\n");
    SUCCEED("no tmpfs");
    return;
  }
  CHECK_THROWS_WITH(write_file_atomically(folder.path() / "a.bin", std::string(1 << 20, 'x')),
                    Contains("a.bin: cannot be written: No space left on device"));
  CHECK_THROWS_WITH(write_cog(folder.path() / "a.tif", noise(500), Crs::from_text("EPSG:6676"), {}),
                    Contains("a.tif: cannot be written: No space left on device"));
  CHECK(files_in(folder.path()) == 0);
  REQUIRE(::umount(folder.path().c_str()) == 0);
}

TEST_CASE("a folder that is missing, is a file, or a target that is a folder") {
  const test::TemporaryFolder folder;
  CHECK_THROWS_WITH(write_file_atomically(folder.path() / "missing/a.txt", "x"),
                    Contains("No such file or directory"));
  write_file_atomically(folder.path() / "file", "x");
  CHECK_THROWS_WITH(write_file_atomically(folder.path() / "file/a.txt", "x"), Contains("Not a directory"));
  std::filesystem::create_directory(folder.path() / "b.txt");
  CHECK_THROWS_WITH(write_file_atomically(folder.path() / "b.txt", "x"), Contains("Is a directory"));
  CHECK(files_in(folder.path()) == 2);
}

TEST_CASE("a folder that is not writable") {
  const test::TemporaryFolder folder;
  if (::geteuid() == 0) {  // permissions do not stop root; a read-only file system does, where it may be mounted
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", MS_RDONLY, "") == 0) {
      CHECK_THROWS_WITH(write_file_atomically(folder.path() / "a.txt", "x"), Contains("Read-only file system"));
      REQUIRE(::umount(folder.path().c_str()) == 0);
    } else {
      std::fprintf(stderr, "skipped: root may not mount a read-only tmpfs here\n");
      SUCCEED("no tmpfs");
    }
    return;
  }
  std::filesystem::permissions(folder.path(),
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
  CHECK_THROWS_WITH(write_file_atomically(folder.path() / "a.txt", "x"), Contains("Permission denied"));
  std::filesystem::permissions(folder.path(), std::filesystem::perms::owner_all);
}

TEST_CASE("a pending file without commit leaves no trace") {
  const test::TemporaryFolder folder;
  {
    const PendingFile pending(folder.path() / "result.h5");
    CHECK(pending.temporary().extension() == ".h5");
    std::ofstream(pending.temporary()) << "half";
    CHECK(files_in(folder.path()) == 1);
  }
  CHECK(files_in(folder.path()) == 0);
  PendingFile pending(folder.path() / "result.h5");
  std::ofstream(pending.temporary()) << "whole";
  pending.commit();
  CHECK(bytes_of(folder.path() / "result.h5") == "whole");
}
