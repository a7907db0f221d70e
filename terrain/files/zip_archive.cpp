#include "terrain/files/zip_archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <utility>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr zip_int64_t kMaxEntries = 20'000;
constexpr std::uint64_t kMaxBytes = 16ULL << 30;
constexpr std::uint64_t kMaxRatio = 500;
/// Small archives may be packed tightly: a sea tile of an official DEM is one line repeated.
constexpr std::uint64_t kRatioCheckedFrom_bytes = 100ULL << 20;

[[noreturn]] void refuse_archive(const std::string& label, std::string message, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message), .file = label, .legal = std::move(legal)});
}

struct Discard {
  void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

std::string message_of(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

bool climbs_out(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string::npos) return true;
  if (name.find(':') != std::string::npos) return true;
  const std::filesystem::path path(name);
  return std::any_of(path.begin(), path.end(), [](const auto& part) { return part == ".."; });
}

}  // namespace

struct ZipArchive::Impl {
  std::string label;
  std::string bytes;  ///< outlives the archive that reads from it
  std::unique_ptr<zip_t, Discard> archive;
  std::vector<Entry> entries;

  void list() {
    const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
    if (count > kMaxEntries)
      refuse_archive(label, fmt::format("holds {} files", count), fmt::format("at most {}", kMaxEntries));
    std::uint64_t unpacked = 0;
    std::uint64_t packed = 1;
    for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
      zip_stat_t stat;
      if (zip_stat_index(archive.get(), i, 0, &stat) != 0) refuse_archive(label, "has a damaged directory");
      constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
      if ((stat.valid & kNeeded) != kNeeded) refuse_archive(label, "has a damaged directory");
      const std::string name = stat.name;
      if (climbs_out(name)) {
        refuse_archive(label, "holds a file that would leave the archive's folder: " + name,
                       "names without .. or a leading /");
      }
      if (stat.size > kMaxBytes) refuse_archive(label, "unpacks to more than 16 GiB");
      unpacked += stat.size;
      packed += stat.comp_size;
      if (unpacked > kMaxBytes) refuse_archive(label, "unpacks to more than 16 GiB");
      if (!name.ends_with('/')) entries.push_back({name, stat.size, i});
    }
    if (unpacked > kRatioCheckedFrom_bytes && unpacked / packed > kMaxRatio) {
      refuse_archive(label, fmt::format("is packed {} times", unpacked / packed),
                     fmt::format("at most {} times", kMaxRatio));
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  }
};

ZipArchive ZipArchive::open(const std::filesystem::path& path) {
  auto impl = std::make_unique<Impl>();
  impl->label = path.string();
  int error = 0;
  impl->archive.reset(zip_open(path.c_str(), ZIP_RDONLY, &error));
  if (!impl->archive) refuse_archive(impl->label, "cannot be read as a zip file: " + message_of(error));
  impl->list();
  return ZipArchive(std::move(impl));
}

ZipArchive ZipArchive::from_memory(std::string bytes, std::string label) {
  auto impl = std::make_unique<Impl>();
  impl->label = std::move(label);
  impl->bytes = std::move(bytes);
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(impl->bytes.data(), impl->bytes.size(), 0, &error);
  if (source != nullptr) impl->archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!impl->archive) {
    const std::string reason = zip_error_strerror(&error);
    zip_error_fini(&error);
    if (source != nullptr) zip_source_free(source);
    refuse_archive(impl->label, "cannot be read as a zip file: " + reason);
  }
  zip_error_fini(&error);
  impl->list();
  return ZipArchive(std::move(impl));
}

ZipArchive::ZipArchive(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

const std::vector<ZipArchive::Entry>& ZipArchive::entries() const noexcept {
  return impl_->entries;
}

std::string ZipArchive::read(const Entry& entry, std::uint64_t limit) const {
  const std::string label = impl_->label + "/" + entry.name;
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(impl_->archive.get(), entry.index, 0));
  if (!file) refuse_archive(label, std::string("cannot be unpacked: ") + zip_strerror(impl_->archive.get()));
  std::string bytes(std::min(limit, entry.bytes), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const zip_int64_t got = zip_fread(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (got <= 0) refuse_archive(label, std::string("cannot be unpacked: ") + zip_file_strerror(file.get()));
    filled += static_cast<std::size_t>(got);
  }
  char beyond = 0;
  const bool whole = limit >= entry.bytes;
  if (whole && zip_fread(file.get(), &beyond, 1) != 0)
    refuse_archive(label, "does not unpack to the size that it claims");
  return bytes;
}

}  // namespace amaneku
