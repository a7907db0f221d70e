#include "terrain/files/companions.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <system_error>

#include "terrain/crs_files.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse_companion(const fs::path& file, std::string message, std::string legal) {
  throw InputError(Fault{.message = std::move(message), .file = file.string(), .legal = std::move(legal)});
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Metadata by which GDAL finds the pyramids of a raster in any other file, or on a network.
struct FindsForeignFile : pugi::xml_tree_walker {
  std::string why;

  bool for_each(pugi::xml_node& node) override {
    if (node.type() == pugi::node_doctype) why = "holds a DOCTYPE";
    if (names_crs_file(node.value())) why = "holds a CRS that asks for a file or an address";
    if (depth() > 64) why = "is nested too deeply";
    for (const char* attribute : {"key", "domain"}) {
      const std::string value = lowered(node.attribute(attribute).value());
      if (value == "overview_file" || value == "overviews" || value == "proxyoverviewrequest")
        why = "names another file as the pyramids of the raster (" +
              std::string(node.text().get()).substr(0, 100) + ")";
    }
    return why.empty();
  }
};

void check_notes(const fs::path& file) {
  constexpr std::uintmax_t kMaxBytes = 16U << 20;
  constexpr const char* kMend = "remove it, the raster is read without it";
  std::error_code error;
  if (fs::file_size(file, error) > kMaxBytes || error) refuse_companion(file, "is larger than 16 MiB", kMend);
  pugi::xml_document document;
  if (!document.load_file(file.c_str(), pugi::parse_default | pugi::parse_doctype))
    refuse_companion(file, "is not valid XML", kMend);
  FindsForeignFile walker;
  document.traverse(walker);
  if (!walker.why.empty()) refuse_companion(file, walker.why, kMend);
}

void check_pyramids(const fs::path& file) {
  std::array<char, 4> head{};
  std::ifstream(file, std::ios::binary).read(head.data(), head.size());
  constexpr std::array<std::string_view, 4> kTiff{std::string_view("II*\0", 4), std::string_view("MM\0*", 4),
                                                  std::string_view("II+\0", 4), std::string_view("MM\0+", 4)};
  constexpr std::string_view kErdas = "EHFA";
  const std::string_view found(head.data(), head.size());
  if (std::find(kTiff.begin(), kTiff.end(), found) != kTiff.end() || found == kErdas) return;
  refuse_companion(file, "is no file of pyramids", "remove it, the raster is read without it");
}

std::string head_of(const fs::path& file, std::size_t most) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(most, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(most));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

/// A number of `bytes` bytes at `at`; 0 behind the end.
std::uint64_t number_at(std::string_view text, std::size_t at, std::size_t bytes, bool big_endian) {
  std::uint64_t value = 0;
  if (at > text.size() || text.size() - at < bytes) return 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + (big_endian ? i : bytes - 1 - i)]);
    value = (value << 8U) | byte;
  }
  return value;
}

/// The texts of the CRS of a TIFF: its GeoAsciiParams (tag 34737) in the first directory.
std::string crs_texts_of_tiff(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const auto piece = [&](std::uint64_t at, std::size_t most) {
    std::string text(most, '\0');
    stream.clear();
    stream.seekg(static_cast<std::streamoff>(at));
    stream.read(text.data(), static_cast<std::streamsize>(most));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(stream.gcount(), 0)));
    return text;
  };
  const std::string head = piece(0, 16);
  if (head.size() < 8) return {};
  const bool big_endian = head.front() == 'M';
  const bool is_big = head[2] == '+' || head[3] == '+';
  const std::size_t size = is_big ? 8 : 4;
  const std::uint64_t directory = number_at(head, is_big ? 8 : 4, size, big_endian);
  const std::size_t counted = is_big ? 8 : 2;
  const std::uint64_t entries = number_at(piece(directory, counted), 0, counted, big_endian);
  const std::size_t entry_bytes = is_big ? 20 : 12;
  constexpr std::uint64_t kMostEntries = 65'535;
  const std::string all = piece(directory + counted, entry_bytes * std::min(entries, kMostEntries));
  for (std::size_t at = 0; at + entry_bytes <= all.size(); at += entry_bytes) {
    constexpr std::uint64_t kGeoAsciiParams = 34'737;
    if (number_at(all, at, 2, big_endian) != kGeoAsciiParams) continue;
    const std::uint64_t count = number_at(all, at + 4, size, big_endian);
    constexpr std::uint64_t kLongest = 1U << 20;
    return piece(number_at(all, at + 4 + size, size, big_endian), std::min(count, kLongest));
  }
  return {};
}

/// The member "crs" of a GeoJSON file, wherever it stands. A letter that is written as \u0061 has one purpose.
bool crs_of_json_names_file(const std::string& text) {
  constexpr std::size_t kLongest = 4096;
  for (std::size_t at = text.find("\"crs\""); at != std::string::npos; at = text.find("\"crs\"", at + 1)) {
    const std::string crs = text.substr(at, kLongest);
    const std::string inside = crs.substr(0, crs.find('}'));
    if (inside.find("\\u00") != std::string::npos || names_crs_file(inside)) return true;
  }
  for (std::size_t at = text.find("\\u00"); at != std::string::npos; at = text.find("\\u00", at + 1)) {
    // "c\u0072s" is a member "crs" too.
    const std::string around = text.substr(at < 12 ? 0 : at - 12, 40);
    if (around.find("\\u0063") != std::string::npos || around.find("\\u0072s\"") != std::string::npos ||
        around.find("cr\\u0073") != std::string::npos)
      return true;
  }
  return false;
}

void check_crs_text(const fs::path& file) {
  const std::string head = head_of(file, 4096);
  const std::string name = lowered(file.filename().string());
  constexpr std::size_t kMostText = 1U << 20;
  constexpr std::size_t kMostErdas = 16U << 20;
  bool named = false;
  if (head.starts_with("II") || head.starts_with("MM")) {
    named = names_crs_file(crs_texts_of_tiff(file));
  } else if (head.starts_with("fgb")) {
    named = names_crs_file(head_of(file, kMostText));
  } else if (head.starts_with("EHFA")) {
    named = names_crs_file(head_of(file, kMostErdas));
  } else if (name.ends_with(".prj") || name.ends_with(".qpj") || name.ends_with(".wkt")) {
    named = names_crs_file(head_of(file, kMostText));
  } else if (head.find('{') < 64 || name.ends_with("json")) {
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    named = !error && crs_of_json_names_file(head_of(file, static_cast<std::size_t>(bytes)));
  }
  if (named)
    refuse_companion(file, "holds a coordinate reference system that asks for a file or an address",
                     "a CRS by its code (EPSG:...)");
}

void check_companion(const fs::path& companion, const fs::path& home, const fs::path& file) {
  std::error_code unreadable;
  const fs::path real = fs::canonical(companion, unreadable);
  if (unreadable) return;  // a link to nothing
  if (std::mismatch(home.begin(), home.end(), real.begin(), real.end()).first != home.end())
    refuse_companion(
        companion,
        "is a link to a file outside of its folder, which would be read with " + file.filename().string(),
        "a file of its own, or none");
  if (fs::is_directory(real, unreadable)) return;
  if (!fs::is_regular_file(real, unreadable)) refuse_companion(companion, "is a device or a pipe", "a file");
  const std::string name = lowered(companion.filename().string());
  check_crs_text(companion);
  if (name.ends_with(".aux.xml")) check_notes(companion);
  if (name.ends_with(".ovr")) check_pyramids(companion);
}

}  // namespace

void check_companions(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::error_code error;
  if (fs::is_regular_file(file, error)) check_crs_text(file);
  const fs::path home = fs::canonical(folder, error);
  if (error) return;
  // "dem.tif": "dem.prj" and "dem.tif.aux.xml" belong to it, "dem2.tif" does not.
  const std::string stem = lowered(file.stem().string()) + ".";
  for (auto at = fs::directory_iterator(home, error); !error && at != fs::directory_iterator();
       at.increment(error)) {
    const std::string name = at->path().filename().string();
    const bool alike = name.size() > stem.size() && lowered(name.substr(0, stem.size())) == stem;
    if (alike && name != file.filename()) check_companion(at->path(), home, file);
  }
}

}  // namespace amaneku
