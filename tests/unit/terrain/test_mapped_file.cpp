#include "terrain/files/mapped_file.hpp"

#include <sys/mman.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

/// TMPDIR while it lives.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& folder) {
    if (const char* before = std::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", folder.c_str(), 1);
  }
  ~ScratchFolder() {
    if (before_) {
      ::setenv("TMPDIR", before_->c_str(), 1);
    } else {
      ::unsetenv("TMPDIR");
    }
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

 private:
  std::optional<std::string> before_{};
};

/// A raster of so many mebibytes.
Raster<float> raster_of(int mebibytes, float fill) {
  return {Grid{.west_m = 0, .north_m = 0, .cell_m = 10, .nx = 1024, .ny = 256 * mebibytes}, fill};
}

/// Whether the mapping that holds the address has a file, by the system's own table; nothing where /proc is not
/// mounted.
std::optional<bool> has_file(const void* address) {
  std::ifstream maps("/proc/self/maps");
  if (!maps) return std::nullopt;
  const auto at = reinterpret_cast<std::uintptr_t>(address);
  for (std::string line; std::getline(maps, line);) {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;
    unsigned long inode = 0;
    if (std::sscanf(line.c_str(), "%lx-%lx %*s %*s %*s %lu", &begin, &end, &inode) != 3) continue;
    if (at >= begin && at < end) return inode != 0;
  }
  throw std::runtime_error("no such address");
}

}  // namespace

TEST_CASE("a file written as memory has the bytes that were written, and moves as it grows") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "grown";
  MappedFile file(path, path);
  std::string expected;
  for (std::size_t size = 5; size < 3'000'000; size = size * 3 + 1) {
    auto* bytes = static_cast<char*>(file.grow(size));
    REQUIRE(bytes != nullptr);
    CHECK(std::memcmp(bytes, expected.data(), expected.size()) == 0);
    for (std::size_t i = expected.size(); i < size; ++i) {
      REQUIRE(bytes[i] == 0);
      bytes[i] = static_cast<char>('a' + i % 23);
      expected += bytes[i];
    }
  }
  expected.resize(expected.size() - 7);
  file.finish(expected.size());
  std::ifstream in(path, std::ios::binary);
  CHECK((std::string(std::istreambuf_iterator<char>(in), {}) == expected));
  CHECK_THROWS_WITH(MappedFile(path, path), Contains("grown") && Contains("exists"));
}

TEST_CASE("a disk without room is an error in the end, and nothing is lost before") {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "limited";
  MappedFile file(path, path);
  const auto before = std::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  ::getrlimit(RLIMIT_FSIZE, &unlimited);
  rlimit limited = unlimited;
  limited.rlim_cur = 1'000'000;
  ::setrlimit(RLIMIT_FSIZE, &limited);
  auto* bytes = static_cast<char*>(file.grow(500'000));
  bytes[499'999] = 'x';
  const int before_the_end = file.failure();
  auto* more = static_cast<char*>(file.grow(5'000'000));
  const auto* most = static_cast<const char*>(file.grow(7'000'000));
  std::string refused = "no error";
  try {
    unmap_scratch(map_scratch(5'000'000), 5'000'000);
  } catch (const InputError& error) {
    refused = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &unlimited);
  std::signal(SIGXFSZ, before);
  CHECK(before_the_end == 0);
  REQUIRE(more != nullptr);
  REQUIRE(most != nullptr);
  CHECK(most[499'999] == 'x');
  CHECK(most[500'000] == 0);
  CHECK(file.failure() == EFBIG);
  CHECK_THROWS_WITH(file.finish(7'000'000), Contains("limited: cannot be written: File too large"));
  CHECK_THAT(refused, Contains("no room for a map of 4 MiB") && Contains("TMPDIR"));
}

TEST_CASE("large rasters lie in a nameless file, small ones in memory, and both hold their values") {
  const test::TemporaryFolder folder;
  const ScratchFolder scratch(folder.path().string());
  const Raster<float> small = raster_of(1, 3.0F);
  CHECK(has_file(&small.values[1000]) != true);
  Raster<float> large = raster_of(129, 3.0F);
  CHECK(has_file(&large.values[1000]) != false);
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK(large.values.back() == 3.0F);
  large.at(1023, 0) = 7.0F;
  Raster<float> copy = large;
  copy.at(1023, 0) = 8.0F;
  CHECK(large.at(1023, 0) == 7.0F);
  const float* where = copy.values.data();
  const Raster<float> moved = std::move(copy);
  CHECK(moved.values.data() == where);
  CHECK(moved.at(1023, 0) == 8.0F);
}

TEST_CASE("a plan that finds no folder for its maps says which and how to name another") {
  const ScratchFolder scratch("/nowhere/at/all");
  CHECK_THROWS_WITH(raster_of(128, 0.0F),
                    Contains("/nowhere/at/all") && Contains("128 MiB") && Contains("TMPDIR"));
}
