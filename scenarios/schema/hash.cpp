#include "scenarios/schema/hash.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <string_view>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/files/input_path.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
      throw InternalError("SHA-256 is not available");
    }
  }
  void add(std::string_view bytes) {
    if (EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) throw InternalError("SHA-256 failed");
  }
  [[nodiscard]] std::string hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int size = 0;
    if (EVP_DigestFinal_ex(context_.get(), bytes.data(), &size) != 1) throw InternalError("SHA-256 failed");
    std::string text;
    for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

void add_file(Digest& digest, const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<char> block(1 << 20);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    digest.add({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (!in.eof()) throw InputError(Fault{.message = "cannot be read", .file = path.string()});
}

}  // namespace

std::string sha256(const fs::path& path) {
  Digest digest;
  if (!fs::is_directory(path)) {
    add_file(digest, path);
    return digest.hex();
  }
  std::vector<fs::path> files;
  for (const fs::path& name : files_below(path)) {
    if (fs::is_regular_file(path / name)) files.push_back(path / name);
  }
  for (const fs::path& file : files) {
    digest.add(file.lexically_relative(path).string());
    digest.add(std::string_view("\0", 1));
    add_file(digest, file);
  }
  return digest.hex();
}

}  // namespace amaneku::scenarios
