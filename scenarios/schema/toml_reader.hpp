// TOML text as a plain tree in which every key and value knows where it stands. toml_reader.cpp is the only
// user of toml++.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace amaneku::scenarios {

/// Counts from 1. Values given by --set have no line.
struct TomlPosition {
  int line = 0;
  int column = 0;
  bool from_setting = false;
};

struct TomlEntry;

/// A date or time: no key of a scenario takes one, but the message should name what was found.
struct TomlDate {};

struct TomlNode {
  using List = std::vector<TomlNode>;
  using Table = std::vector<TomlEntry>;  ///< in the order of the text

  std::variant<Table, List, bool, std::int64_t, double, std::string, TomlDate> value;
  TomlPosition position{};

  [[nodiscard]] const Table* table() const noexcept { return std::get_if<Table>(&value); }
  [[nodiscard]] const List* list() const noexcept { return std::get_if<List>(&value); }
  /// The value of a key of a table; nullptr when this is no table or has no such key.
  [[nodiscard]] const TomlNode* find(std::string_view key) const noexcept;
  /// "text", "a whole number", "a list" ...
  [[nodiscard]] std::string type_name() const;
  /// As it would be written in TOML; tables and long lists shortened.
  [[nodiscard]] std::string text() const;
};

struct TomlEntry {
  std::string key{};
  TomlPosition position{};  ///< of the key
  TomlNode node{};
};

/// Throws InputError with file, line and column where the text is not TOML 1.0, or nested more than 32 deep.
/// `file` is for messages.
[[nodiscard]] TomlNode parse_toml(std::string_view text, const std::string& file);

/// Puts one `--set a.b.c=value` into the tree. A value that is not TOML is taken as text, so that
/// `--set propagation.model=p526` needs no inner quotes. Throws InputError (file "--set") for a malformed
/// key and for a key inside a list or a plain value.
void apply_setting(TomlNode& root, const std::string& key, const std::string& value);

}  // namespace amaneku::scenarios
