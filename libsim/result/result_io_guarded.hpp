// Reading an HDF5 file that may come from anybody: links, sizes, filters and texts are judged before they are
// followed. Internal to the files result_io_read*.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "libsim/result/result_io_hdf5.hpp"

namespace amaneku::result_file {

/// What a file may ask for: a few bytes can claim gigabytes.
inline constexpr std::size_t kMostTexts = 1'000'000;

/// Every step of a path is a part of this file: a link leads elsewhere, or to another file.
void check_links(hid_t parent, const std::string& path);
/// A dataset that keeps its values in this file, packed by the filters of the format, in pieces of a reasonable
/// size.
[[nodiscard]] Handle opened(hid_t parent, const char* name);
/// Whether a part of later minor versions is there.
[[nodiscard]] bool has(hid_t file, const char* group, const char* name);
/// Without what a terminal would obey: control characters, those of C1 in UTF-8 included.
[[nodiscard]] std::string printable(std::string text);
[[nodiscard]] std::size_t length_of(const Handle& dataset);

[[nodiscard]] std::string text_attribute(hid_t object, const char* name);
/// 0 where there is no such attribute.
[[nodiscard]] std::int64_t whole_attribute(hid_t object, const char* name);
/// Text as it is, numbers with as many digits as tell them apart, several with commas between; NaN is empty.
[[nodiscard]] std::string attribute_as_text(hid_t object, const char* name);
/// One text or several; none where there is no such attribute.
[[nodiscard]] std::vector<std::string> text_list_attribute(hid_t object, const char* name);
/// At most `most` texts, of 256 MiB together.
[[nodiscard]] std::vector<std::string> text_column(hid_t parent, const char* name, std::size_t most = kMostTexts);

/// The names in a group, in the order in which they were made where the file keeps it. All are parts of this file.
[[nodiscard]] std::vector<std::string> names_in(hid_t group);
/// The names of the attributes of an object, in order of the name.
[[nodiscard]] std::vector<std::string> attribute_names(hid_t object);

/// InputError where the file is not there, is no HDF5 file, no result, or of another format version.
[[nodiscard]] Handle open_result(const std::filesystem::path& file);
[[noreturn]] void refuse_damaged(const std::filesystem::path& file);

/// Runs `read` on the open file; whatever HDF5 does not find as the format says is damage.
template <class Read>
auto reading(const std::filesystem::path& path, const Read& read) {
  const Session session;
  try {
    const Handle file = open_result(path);
    return read(file.get());
  } catch (const HdfError&) {
    refuse_damaged(path);
  }
}

}  // namespace amaneku::result_file
