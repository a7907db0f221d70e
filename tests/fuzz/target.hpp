// A reader under fuzz: with libFuzzer (AMANEKU_FUZZ) a program of its own, else one of those that fuzz_replay runs
// over the corpora.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "terrain/error.hpp"

namespace amaneku::fuzz {

using Reader = void (*)(std::string_view bytes);

/// Puts a reader into the list of fuzz_replay, by the name of its corpus.
struct Registered {
  Registered(const char* name, Reader reader);
};

/// Runs a reader; what it refuses is refused, and everything else that it throws is a crash.
inline void attempt(Reader reader, std::string_view bytes) {
  try {
    reader(bytes);
  } catch (const InputError& error) {
    if (error.faults().empty() || error.faults().front().message.empty()) std::abort();
  }
}

/// For what must hold, in programs with and without NDEBUG.
inline void require(bool holds) {
  if (!holds) std::abort();
}

/// A file with these bytes, in memory where the system has a place for it; one of each name in a process.
inline std::filesystem::path file_of(std::string_view bytes, const std::string& name) {
  static const std::filesystem::path folder = [] {
    const std::filesystem::path memory = "/dev/shm";
    std::string made = ((std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path()) /
                        "amaneku-fuzz-XXXXXX")
                           .string();
    if (::mkdtemp(made.data()) == nullptr) std::abort();
    return std::filesystem::path(made);
  }();
  const std::filesystem::path path = folder / name;
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

}  // namespace amaneku::fuzz

#ifdef AMANEKU_LIBFUZZER
#define AMANEKU_FUZZ_TARGET(name)                                                      \
  static void fuzz_##name(std::string_view bytes);                                     \
  extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {  \
    amaneku::fuzz::attempt(&fuzz_##name, {reinterpret_cast<const char*>(data), size}); \
    return 0;                                                                          \
  }                                                                                    \
  static void fuzz_##name(std::string_view bytes)
#else
#define AMANEKU_FUZZ_TARGET(name)                                                \
  static void fuzz_##name(std::string_view bytes);                               \
  static const amaneku::fuzz::Registered registered_##name(#name, &fuzz_##name); \
  static void fuzz_##name(std::string_view bytes)
#endif
