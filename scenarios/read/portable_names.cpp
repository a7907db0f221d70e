#include "scenarios/read/portable_names.hpp"

#include <algorithm>

#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {

namespace fs = std::filesystem;

PortableNames::PortableNames(const fs::path& scenario_folder) {
  const auto add = [&](const fs::path& folder, const char* stands_for) {
    std::error_code error;
    const fs::path whole = fs::canonical(folder.empty() ? fs::path(".") : folder, error);
    if (!error && whole.has_relative_path()) prefixes_.emplace_back(whole.string() + '/', stands_for);
  };
  add(scenario_folder, "");
  if (const auto data = data_folder(scenario_folder)) add(*data, "${AMANEKU_DATA}/");
  std::stable_sort(prefixes_.begin(), prefixes_.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
}

std::string PortableNames::in(std::string text) const {
  for (const auto& [prefix, stands_for] : prefixes_) {
    for (std::size_t at = 0; (at = text.find(prefix, at)) != std::string::npos; at += stands_for.size())
      text.replace(at, prefix.size(), stands_for);
  }
  return text;
}

}  // namespace amaneku::scenarios
