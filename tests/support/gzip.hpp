// Text that is kept compressed.
#pragma once

#include <libdeflate.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace amaneku::test {

/// A file of one member below 4 GiB (RFC 1952: the last four bytes are its length).
[[nodiscard]] inline std::string gunzipped(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string packed{std::istreambuf_iterator<char>(file), {}};
  if (packed.size() < 18) throw std::runtime_error(path.string() + " is no gzip file");
  std::size_t length = 0;
  for (std::size_t i = 1; i <= 4; ++i)
    length = length << 8U | static_cast<unsigned char>(packed[packed.size() - i]);
  std::string text(length, '\0');
  libdeflate_decompressor* const unpacker = libdeflate_alloc_decompressor();
  const libdeflate_result result =
      libdeflate_gzip_decompress(unpacker, packed.data(), packed.size(), text.data(), text.size(), nullptr);
  libdeflate_free_decompressor(unpacker);
  if (result != LIBDEFLATE_SUCCESS) throw std::runtime_error(path.string() + " cannot be unpacked");
  return text;
}

/// As a file of one member.
[[nodiscard]] inline std::string gzipped(const std::string& text) {
  libdeflate_compressor* const packer = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(packer, text.size()), '\0');
  packed.resize(libdeflate_gzip_compress(packer, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(packer);
  return packed;
}

}  // namespace amaneku::test
