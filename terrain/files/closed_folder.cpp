#include "terrain/files/closed_folder.hpp"

#include <cpl_string.h>
#include <cpl_vsi.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>

#include "terrain/error.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFileSystem = "/vsiamaneku/";

/// The folders that are open now, by the number in their names.
struct OpenFolders {
  std::mutex guard;
  std::map<unsigned, fs::path> folders;
  unsigned next = 0;
};

OpenFolders& open_folders() {
  static auto* all = new OpenFolders;  // GDAL may close files after static objects are gone
  return *all;
}

bool is_pyramid(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".ovr" || extension == ".rrd" || extension == ".aux";
}

/// "17/dem.tif" -> the file, where there is one that may be read.
std::optional<fs::path> real_path(const char* name) {
  const std::string_view text(name);
  const std::size_t slash = std::min(text.find('/'), text.size());
  fs::path folder;
  {
    OpenFolders& open = open_folders();
    const std::scoped_lock lock(open.guard);
    const auto found = open.folders.find(static_cast<unsigned>(std::strtoul(name, nullptr, 10)));
    if (found == open.folders.end()) return std::nullopt;
    folder = found->second;
  }
  const fs::path inside(text.substr(std::min(slash + 1, text.size())));
  if (is_pyramid(inside)) return std::nullopt;
  std::error_code error;
  const fs::path path = fs::canonical(folder / inside, error);
  if (error) return std::nullopt;
  const fs::file_status status = fs::status(path, error);
  const bool is_below =
      std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
  if (!is_below || (!fs::is_regular_file(status) && !fs::is_directory(status))) {
    note_gdal_refusal("asks for " + inside.string() +
                      (is_below ? ", which is a device or a pipe" : ", which lies outside of its folder"));
    return std::nullopt;
  }
  return path;
}

int stat_file(void*, const char* name, VSIStatBufL* out, int) {
  const std::optional<fs::path> path = real_path(name);
  if (!path) return -1;
  return VSIStatL(path->c_str(), out);
}

struct OpenFile {
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream;
  bool at_end = false;
};

void* open_file_of_folder(void*, const char* name, const char* access) {
  const std::optional<fs::path> path = real_path(name);
  std::error_code ignored;
  const bool read_only = std::string_view(access) == "r" || std::string_view(access) == "rb";
  if (!path || !read_only || fs::is_directory(*path, ignored)) {
    errno = path && !read_only ? EACCES : ENOENT;
    return nullptr;
  }
  std::FILE* stream = std::fopen(path->c_str(), "rbe");
  if (stream == nullptr) {
    const int reason = errno;
    note_gdal_refusal("cannot be read: " + path->filename().string() + ": " +
                      std::generic_category().message(reason));
    errno = reason;
    return nullptr;
  }
  return new OpenFile{{stream, &std::fclose}};
}

vsi_l_offset tell(void* file) {
  return static_cast<vsi_l_offset>(ftello(static_cast<OpenFile*>(file)->stream.get()));
}

int seek(void* file, vsi_l_offset offset, int whence) {
  auto* open = static_cast<OpenFile*>(file);
  open->at_end = false;
  // What seeks behind every file is a damaged header: no fault of the disk.
  return fseeko(open->stream.get(), static_cast<off_t>(offset), whence);
}

std::size_t read_from(void* file, void* buffer, std::size_t size, std::size_t count) {
  auto* open = static_cast<OpenFile*>(file);
  errno = 0;
  const std::size_t done = size == 0 ? 0 : std::fread(buffer, size, count, open->stream.get());
  open->at_end = std::feof(open->stream.get()) != 0;
  if (std::ferror(open->stream.get()) != 0) {
    note_gdal_refusal("cannot be read: " + std::generic_category().message(errno == 0 ? EIO : errno));
    std::clearerr(open->stream.get());
  }
  return done;
}

int is_at_end(void* file) {
  return static_cast<OpenFile*>(file)->at_end ? 1 : 0;
}

int close_file(void* file) {
  delete static_cast<OpenFile*>(file);
  return 0;
}

/// Names in the folder of `name`; those that do not begin like it cannot be its companions.
char** listed(const fs::path& folder, const std::string& stem, int most) {
  CPLStringList names;
  std::error_code error;
  for (auto at = fs::directory_iterator(folder, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool alike = name.size() >= stem.size() && EQUALN(name.c_str(), stem.c_str(), stem.size());
    if (alike && !is_pyramid(name)) names.AddString(name.c_str());
    if (most > 0 && names.size() > most) break;
  }
  return names.StealList();
}

char** list_folder(void*, const char* name, int most) {
  const std::optional<fs::path> path = real_path(name);
  return path ? listed(*path, "", most) : nullptr;
}

char** list_siblings(void*, const char* name) {
  const std::optional<fs::path> path = real_path(name);
  return path ? listed(path->parent_path(), path->stem().string(), 0) : nullptr;
}

void install_file_system() {
  static std::once_flag once;
  std::call_once(once, [] {
    VSIFilesystemPluginCallbacksStruct* calls = VSIAllocFilesystemPluginCallbacksStruct();
    calls->stat = stat_file;
    calls->open = open_file_of_folder;
    calls->tell = tell;
    calls->seek = seek;
    calls->read = read_from;
    calls->eof = is_at_end;
    calls->close = close_file;
    calls->read_dir = list_folder;
    calls->sibling_files = list_siblings;
    VSIInstallPluginHandler(kFileSystem, calls);
    VSIFreeFilesystemPluginCallbacksStruct(calls);
  });
}

}  // namespace

ClosedFolder::ClosedFolder(const fs::path& folder) {
  register_gdal();
  install_file_system();
  std::error_code error;
  folder_ = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
  if (error) throw InputError(Fault{.message = "cannot be reached: " + error.message(), .file = folder.string()});
  OpenFolders& open = open_folders();
  const std::scoped_lock lock(open.guard);
  prefix_ = kFileSystem + std::to_string(open.next);
  open.folders.emplace(open.next++, folder_);
}

ClosedFolder::~ClosedFolder() {
  OpenFolders& open = open_folders();
  const std::scoped_lock lock(open.guard);
  open.folders.erase(static_cast<unsigned>(std::stoul(prefix_.substr(std::string_view(kFileSystem).size()))));
}

std::string ClosedFolder::name_of(const fs::path& file) const {
  std::error_code error;
  const fs::path parent = fs::canonical(file.has_parent_path() ? file.parent_path() : fs::path("."), error);
  return prefix_ + "/" +
         ((error ? file.parent_path() : parent) / file.filename()).lexically_relative(folder_).string();
}

std::string ClosedFolder::told(std::string text) const {
  for (std::size_t at = text.find(prefix_); at != std::string::npos; at = text.find(prefix_, at))
    text.replace(at, prefix_.size(), folder_.string());
  return text;
}

}  // namespace amaneku
