#include "terrain/files/zip_writer.hpp"

#include <zip.h>

#include <cerrno>
#include <memory>
#include <new>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr zip_uint16_t kFirstDate = (1U << 5U) | 1U;  // 1980-01-01, as MS-DOS counts

struct FreeSource {
  void operator()(zip_source_t* source) const noexcept { zip_source_free(source); }
};
struct DiscardNew {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};

/// Of bytes in memory nothing is wrong but that there is no room for more of them.
[[noreturn]] void fail(const zip_error_t& error) {
  const bool no_memory = zip_error_code_zip(&error) == ZIP_ER_MEMORY ||
                         zip_error_code_zip(&error) == ZIP_ER_ZLIB || zip_error_code_system(&error) == ENOMEM;
  if (no_memory) throw std::bad_alloc();
  zip_error_t copy = error;
  throw InternalError(std::string("a zip file cannot be made: ") + zip_error_strerror(&copy));
}

std::string all_of(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) fail(*zip_source_error(source));
  std::string bytes(stat.size, '\0');
  if (zip_source_open(source) != 0) fail(*zip_source_error(source));
  const zip_int64_t got = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (got < 0 || static_cast<std::size_t>(got) != bytes.size()) fail(*zip_source_error(source));
  return bytes;
}

}  // namespace

std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  const std::unique_ptr<zip_source_t, FreeSource> whole(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!whole) fail(error);
  std::unique_ptr<zip_t, DiscardNew> archive(zip_open_from_source(whole.get(), ZIP_TRUNCATE, &error));
  if (!archive) fail(error);
  zip_source_keep(whole.get());  // zip_close() gives one reference back
  for (const auto& [name, content] : entries) {
    zip_source_t* from = zip_source_buffer(archive.get(), content.data(), content.size(), 0);
    if (from == nullptr) fail(*zip_get_error(archive.get()));
    const zip_int64_t at = zip_file_add(archive.get(), name.c_str(), from, ZIP_FL_ENC_UTF_8);
    if (at < 0) {
      zip_source_free(from);
      fail(*zip_get_error(archive.get()));
    }
    if (zip_file_set_dostime(archive.get(), static_cast<zip_uint64_t>(at), 0, kFirstDate, 0) != 0)
      fail(*zip_get_error(archive.get()));
  }
  if (zip_close(archive.get()) != 0) fail(*zip_get_error(archive.get()));
  (void)archive.release();
  return all_of(whole.get());
}

}  // namespace amaneku
