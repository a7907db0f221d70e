// Zip files from strangers: limits are checked from the directory before anything is unpacked, and nothing is
// ever unpacked to the disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace amaneku {

class ZipArchive {
 public:
  struct Entry {
    std::string name;
    std::uint64_t bytes;  ///< unpacked
    std::uint64_t index;
  };

  /// Throws InputError: not a zip, more than 20,000 entries, more than 16 GiB unpacked, packed more than 500
  /// times, a name that is absolute or climbs out with "..".
  [[nodiscard]] static ZipArchive open(const std::filesystem::path& path);
  /// An archive in memory, such as a zip inside a zip; `label` names it in errors.
  [[nodiscard]] static ZipArchive from_memory(std::string bytes, std::string label);

  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  /// Files only, sorted by name.
  [[nodiscard]] const std::vector<Entry>& entries() const noexcept;
  /// The first `limit` bytes of an entry, unpacked. With the whole entry its checksum is verified.
  [[nodiscard]] std::string read(const Entry& entry, std::uint64_t limit) const;

 private:
  struct Impl;
  explicit ZipArchive(std::unique_ptr<Impl> impl) noexcept;
  std::unique_ptr<Impl> impl_;
};

}  // namespace amaneku
