#include "terrain/files/packed_file.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "terrain/error.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {
namespace {

constexpr std::size_t kPackedStep = std::size_t{1} << 20U;

[[noreturn]] void refuse_packed(const std::filesystem::path& path, std::string message) {
  throw InputError(Fault{.message = std::move(message), .file = path.string()});
}

}  // namespace

std::string read_packed(const std::filesystem::path& path, std::size_t limit_bytes) {
  std::string packed = read_bytes(path, limit_bytes);
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
  if (ending != ".gz") return packed;
  if (!packed.starts_with("\x1F\x8B")) refuse_packed(path, "ends in .gz and is not packed with gzip");
  register_gdal();
  const GdalErrorScope errors;
  const MemoryFolder memory;
  const std::string name = memory.file("packed.gz");
  using File = std::unique_ptr<VSILFILE, int (*)(VSILFILE*)>;
  const File held(VSIFileFromMemBuffer(name.c_str(), reinterpret_cast<GByte*>(packed.data()), packed.size(), 0),
                  VSIFCloseL);
  const File file(VSIFOpenL(("/vsigzip/" + name).c_str(), "rb"), VSIFCloseL);
  if (!held || !file) refuse_packed(path, "cannot be unpacked: " + errors.message());
  std::string out;
  for (std::size_t got = kPackedStep; got == kPackedStep;) {
    const std::size_t before = out.size();
    out.resize(before + kPackedStep);
    got = VSIFReadL(out.data() + before, 1, kPackedStep, file.get());
    out.resize(before + got);
    if (out.size() > limit_bytes) {
      refuse_packed(path, fmt::format("unpacks to more than {} bytes", limit_bytes));
    }
  }
  if (errors.failed()) refuse_packed(path, "is damaged: " + errors.message());
  return out;
}

}  // namespace amaneku
