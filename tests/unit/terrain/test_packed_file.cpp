#include <cpl_vsi.h>

#include <fstream>
#include <string>

#include "terrain/error.hpp"
#include "terrain/files/packed_file.hpp"
#include "terrain/gdal_session.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using Catch::Matchers::Contains;
namespace fs = std::filesystem;

namespace {

void pack(const fs::path& path, const std::string& text) {
  register_gdal();
  VSILFILE* file = VSIFOpenL(("/vsigzip/" + path.string()).c_str(), "wb");
  REQUIRE(file != nullptr);
  CHECK(VSIFWriteL(text.data(), 1, text.size(), file) == text.size());
  CHECK(VSIFCloseL(file) == 0);
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Lines that differ, so that what is packed is not small.
std::string lines(int n) {
  std::string text;
  for (int i = 0; i < n; ++i) text += "E " + std::to_string(i * 7919 % 100'003) + " " + std::to_string(i) + "\n";
  return text;
}

}  // namespace

TEST_CASE("a file is read as it is, and unpacked where its name ends in .gz") {
  const test::TemporaryFolder folder;
  const std::string text = lines(200'000);
  write(folder.path() / "plain.gr", text);
  CHECK(read_packed(folder.path() / "plain.gr", 1U << 24U) == text);
  pack(folder.path() / "packed.gr.gz", text);
  fs::rename(folder.path() / "packed.gr.gz", folder.path() / "packed.gr.GZ");
  CHECK(read_packed(folder.path() / "packed.gr.GZ", 1U << 24U) == text);
}

TEST_CASE("packed files that are cut off, changed, or unpack to too much are refused") {
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "packed.gr.gz";
  pack(path, lines(200'000));
  const std::string whole = bytes_of(path);
  for (const std::size_t length : {whole.size() / 2, whole.size() - 1, whole.size() - 8, std::size_t{12}}) {
    INFO("cut off after " << length << " of " << whole.size() << " bytes");
    write(path, whole.substr(0, length));
    CHECK_THROWS_AS(read_packed(path, 1U << 24U), InputError);
  }
  std::string changed = whole;
  changed[whole.size() / 3] = static_cast<char>(changed[whole.size() / 3] ^ 0x55);
  write(path, changed);
  CHECK_THROWS_AS(read_packed(path, 1U << 24U), InputError);
  pack(path, std::string(std::size_t{1} << 26U, '0'));
  CHECK(fs::file_size(path) < 100'000);
  CHECK_THROWS_WITH(read_packed(path, 1U << 20U), Contains("unpacks to more than 1048576 bytes"));
}
