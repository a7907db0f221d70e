#include "terrain/files/zip_archive.hpp"
#include "tests/fuzz/target.hpp"

/// Archives in memory.
AMANEKU_FUZZ_TARGET(zip_archive) {
  const amaneku::ZipArchive archive = amaneku::ZipArchive::from_memory(std::string(bytes), "data.zip");
  for (const amaneku::ZipArchive::Entry& entry : archive.entries()) {
    amaneku::fuzz::require(archive.read(entry, 65'536).size() <= 65'536);
  }
}
