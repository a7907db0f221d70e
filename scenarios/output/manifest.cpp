#include "scenarios/output/manifest.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "scenarios/output/output_folder.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/schema/hash.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;
using OrderedJson = nlohmann::ordered_json;

constexpr const char* kTimingName = "timing.json";
constexpr std::uintmax_t kMaxManifestBytes = 4U << 20;

[[noreturn]] void refuse_manifest(const fs::path& file, std::string why) {
  throw InputError(Fault{.message = std::move(why), .file = file.string()});
}

struct Listed {
  std::uintmax_t bytes = 0;
  std::string sha256{};
};

struct Manifest {
  VerifiedFolder made_by{};
  std::map<std::string, Listed> files{};
};

/// Nothing where there is none.
std::optional<Manifest> manifest_of(const fs::path& folder) {
  const fs::path path = folder / kManifestName;
  std::error_code error;
  if (!fs::exists(path, error)) return std::nullopt;
  const auto json = nlohmann::json::parse(read_text(path, kMaxManifestBytes), nullptr, false);
  const auto text = [](const nlohmann::json& from, const char* key) {
    return from.is_object() && from.contains(key) && from[key].is_string() ? from[key].get<std::string>()
                                                                           : std::string{};
  };
  const std::string schema = text(json, "schema");
  if (schema != kManifestSchema) {
    refuse_manifest(path, schema.starts_with("amaneku-manifest-")
                              ? "is of another version (" + schema + "): plan the scenario again"
                              : "is no manifest of amaneku");
  }
  Manifest out{.made_by = {.program_version = text(json, "version"), .git_revision = text(json, "git_revision")}};
  if (!json.contains("files") || !json["files"].is_object()) refuse_manifest(path, "lists no files");
  for (const auto& [name, entry] : json["files"].items()) {
    const bool plain = !name.empty() && name.front() != '.' && name.find('/') == std::string::npos;
    const bool sized = entry.is_object() && entry.contains("bytes") && entry["bytes"].is_number_unsigned();
    if (!plain || !sized) refuse_manifest(path, "is damaged");
    out.files[name] = {entry["bytes"].get<std::uintmax_t>(), text(entry, "sha256")};
  }
  return out;
}

/// Empty where the file is as long as the one that was written.
std::string size_difference(const fs::path& file, const Listed& listed) {
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(file, error))) return "is missing: the result is not whole";
  const std::uintmax_t bytes = fs::file_size(file, error);
  if (error) return "cannot be read: " + error.message();
  if (bytes != listed.bytes)
    return fmt::format("has {} bytes where the run wrote {}: it is of another run, or damaged", bytes,
                       listed.bytes);
  return {};
}

/// Empty where the file is the one that was written.
std::string difference(const fs::path& file, const Listed& listed) {
  if (std::string why = size_difference(file, listed); !why.empty()) return why;
  return sha256(file) == listed.sha256
             ? std::string{}
             : "is not what the run wrote (SHA-256): it is of another run, or was changed";
}

void finish_interrupted(const fs::path& folder) {
  const FolderLock lock(folder, 10.0);
  finish_publication(folder);
}

}  // namespace

std::string manifest_json(const fs::path& folder) {
  std::map<std::string, fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.front() != '.' && name != kTimingName && name != kManifestName) paths.emplace(name, entry.path());
  }
  OrderedJson files = OrderedJson::object();
  for (const auto& [name, path] : paths) files[name] = {{"bytes", fs::file_size(path)}, {"sha256", sha256(path)}};
  const OrderedJson out = {{"schema", kManifestSchema},
                           {"version", program_version()},
                           {"git_revision", git_revision()},
                           {"files", files}};
  return out.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

VerifiedFolder verify_folder(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) refuse_manifest(folder, "is not a folder of results");
  finish_interrupted(folder);
  const std::optional<Manifest> manifest = manifest_of(folder);
  if (!manifest) {
    refuse_manifest(folder / kManifestName,
                    "is missing: the folder is no result of amaneku, or of a version that wrote none");
  }
  VerifiedFolder out = manifest->made_by;
  std::vector<Fault> faults;
  for (const auto& [name, listed] : manifest->files) {
    if (std::string why = difference(folder / name, listed); !why.empty())
      faults.push_back({.message = std::move(why), .file = (folder / name).string()});
    ++out.files;
    out.bytes += listed.bytes;
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return out;
}

void check_folder_sizes(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder / ".amaneku-published", error)) finish_interrupted(folder);
  const std::optional<Manifest> manifest = manifest_of(folder);
  if (!manifest) return;
  std::vector<Fault> faults;
  for (const auto& [name, listed] : manifest->files) {
    if (std::string why = size_difference(folder / name, listed); !why.empty())
      faults.push_back({.message = std::move(why), .file = (folder / name).string()});
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

void verify_file(const fs::path& file) {
  std::error_code error;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) return;
  if (fs::is_directory(folder / ".amaneku-published", error)) finish_interrupted(folder);
  const std::optional<Manifest> manifest = manifest_of(folder);
  if (!manifest) return;
  const auto listed = manifest->files.find(file.filename().string());
  if (listed == manifest->files.end()) return;
  if (std::string why = difference(fs::canonical(file, error), listed->second); !why.empty())
    refuse_manifest(file, std::move(why));
}

}  // namespace amaneku::scenarios
