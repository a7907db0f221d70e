#include "terrain/files/companions.hpp"
#include "terrain/raster/raster_io.hpp"
#include "tests/fuzz/target.hpp"

/// A raster with notes beside it: what is before a NUL NUL is the raster, what follows its .aux.xml.
AMANEKU_FUZZ_TARGET(raster_file) {
  constexpr std::string_view kBetween{"\0\0--", 4};
  const std::size_t at = bytes.find(kBetween);
  const std::filesystem::path file = amaneku::fuzz::file_of(bytes.substr(0, at), "dem.tif");
  const std::string_view notes = at == std::string_view::npos ? "" : bytes.substr(at + kBetween.size());
  const std::filesystem::path beside = amaneku::fuzz::file_of(notes, "dem.tif.aux.xml");
  if (notes.empty()) std::filesystem::remove(beside);
  amaneku::check_companions(file);
  static_cast<void>(amaneku::raster_extent({.path = file}));
}
