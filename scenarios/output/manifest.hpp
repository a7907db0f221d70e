// manifest.json: which files belong together. Written with them, checked by whoever reads a folder of results.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace amaneku::scenarios {

inline constexpr const char* kManifestName = "manifest.json";
inline constexpr std::string_view kManifestSchema = "amaneku-manifest-1.0";

/// The manifest of the files in a folder, as JSON text: size and SHA-256 of each, by name. timing.json, which
/// differs from run to run, is left out, so that the same plan gives the same manifest.
[[nodiscard]] std::string manifest_json(const std::filesystem::path& folder);

struct VerifiedFolder {
  std::string program_version{};
  std::string git_revision{};
  std::size_t files = 0;
  std::uintmax_t bytes = 0;
};

/// Completes a publication that was interrupted, then holds every file of the manifest against its size and hash.
/// Throws InputError with the name of each file that is missing or another; files of others are passed over.
[[nodiscard]] VerifiedFolder verify_folder(const std::filesystem::path& folder);

/// The same by sizes alone, for folders that have a manifest: what a reader that opens one file of many can
/// afford.
void check_folder_sizes(const std::filesystem::path& folder);

/// Size and hash of one file of a folder of results, where the folder has a manifest that lists it.
void verify_file(const std::filesystem::path& file);

}  // namespace amaneku::scenarios
