// fuzz_replay CORPORA: every reader over the files of its corpus, each as it is, cut short and with single bytes
// changed; a few seconds. It ends by itself or by a crash.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "terrain/files/text_file.hpp"
#include "tests/fuzz/target.hpp"

namespace amaneku::fuzz {
namespace {

std::map<std::string, Reader>& readers() {
  static std::map<std::string, Reader> all;
  return all;
}

/// As is, every half and eighth of it, and with some bytes changed.
std::size_t attempt_variants(Reader reader, const std::string& bytes) {
  constexpr std::size_t kPlaces = 24;
  std::size_t attempts = 1;
  attempt(reader, bytes);
  for (std::size_t eighths = 1; eighths < 8; ++eighths, ++attempts)
    attempt(reader, std::string_view(bytes).substr(0, bytes.size() * eighths / 8));
  for (std::size_t place = 0; place < std::min(kPlaces, bytes.size()); ++place) {
    for (const char other : {'\0', '"', '9', '<', '\xff'}) {
      std::string changed = bytes;
      changed[place * bytes.size() / std::min(kPlaces, bytes.size())] = other;
      attempt(reader, changed);
      ++attempts;
    }
  }
  return attempts;
}

int replay(const std::filesystem::path& corpora) {
  int without = 0;
  for (const auto& [name, reader] : readers()) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(corpora / name)) {
      for (const auto& entry : std::filesystem::directory_iterator(corpora / name)) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    std::size_t attempts = 0;
    for (const std::filesystem::path& file : files) attempts += attempt_variants(reader, read_bytes(file));
    fmt::print("{}: {} files, {} inputs\n", name, files.size(), attempts);
    if (files.empty()) ++without;
  }
  return readers().empty() || without > 0 ? 1 : 0;
}

}  // namespace

Registered::Registered(const char* name, Reader reader) {
  readers().emplace(name, reader);
}

}  // namespace amaneku::fuzz

int main(int argc, char** argv) {
  return argc == 2 ? amaneku::fuzz::replay(argv[1]) : 2;
}
