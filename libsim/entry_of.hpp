// Looking up what a catalogue names.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace amaneku {

/// InputError at `key`: there is no `id`; with the nearest known one and all of them.
[[noreturn]] void refuse_unknown(std::string_view id, std::string_view key, const std::vector<std::string>& known);

/// The entry of that id; refuse_unknown without one. `Entry` has a member `id`.
template <class Entry>
[[nodiscard]] const Entry& entry_of(const std::vector<Entry>& entries, std::string_view id, std::string_view key) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.id == id; });
  if (found != entries.end()) return *found;
  std::vector<std::string> known;
  for (const Entry& entry : entries) known.push_back(entry.id);
  refuse_unknown(id, key, known);
}

}  // namespace amaneku
