#include "scenarios/schema/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#define TOML_ENABLE_FORMATTERS 0
// Bytes of strangers reach assertions of toml++ 3.3: the program is neither to end by them nor to assume them.
#define TOML_ASSERT(expr) static_assert(true)
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

TomlPosition position_of(const toml::source_region& source) {
  return {.line = static_cast<int>(source.begin.line), .column = static_cast<int>(source.begin.column)};
}

bool stands_before(const TomlPosition& a, const TomlPosition& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

TomlNode converted(const toml::node& node);

TomlNode::Table converted_table(const toml::table& table) {
  TomlNode::Table entries;
  for (const auto& [key, node] : table) {
    entries.push_back({std::string(key.str()), position_of(key.source()), converted(node)});
  }
  std::stable_sort(entries.begin(), entries.end(),
                   [](const TomlEntry& a, const TomlEntry& b) { return stands_before(a.position, b.position); });
  return entries;
}

TomlNode converted(const toml::node& node) {
  TomlNode out;
  out.position = position_of(node.source());
  if (const toml::table* table = node.as_table()) {
    out.value = converted_table(*table);
  } else if (const toml::array* array = node.as_array()) {
    TomlNode::List list;
    for (const toml::node& element : *array) list.push_back(converted(element));
    out.value = std::move(list);
  } else if (const auto* flag = node.as_boolean()) {
    out.value = flag->get();
  } else if (const auto* whole = node.as_integer()) {
    out.value = whole->get();
  } else if (const auto* number = node.as_floating_point()) {
    out.value = number->get();
  } else if (const auto* text = node.as_string()) {
    out.value = text->get();
  } else {
    out.value = TomlDate{};
  }
  return out;
}

std::string number_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return fmt::format("{}", value);
}

std::string list_text(const TomlNode::List& list) {
  constexpr std::size_t kShown = 8;
  std::string out = "[";
  for (std::size_t i = 0; i < std::min(list.size(), kShown); ++i) out += (i > 0 ? ", " : "") + list[i].text();
  return out + (list.size() > kShown ? ", ...]" : "]");
}

struct TextOf {
  std::string operator()(const TomlNode::Table&) const { return "{...}"; }
  std::string operator()(const TomlNode::List& list) const { return list_text(list); }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return number_text(number); }
  std::string operator()(const std::string& text) const { return '"' + text + '"'; }
  std::string operator()(const TomlDate&) const { return ""; }
};

void mark_as_setting(TomlNode& node) {
  node.position = {.from_setting = true};
  if (auto* table = std::get_if<TomlNode::Table>(&node.value)) {
    for (TomlEntry& entry : *table) {
      entry.position = node.position;
      mark_as_setting(entry.node);
    }
  } else if (auto* list = std::get_if<TomlNode::List>(&node.value)) {
    for (TomlNode& element : *list) mark_as_setting(element);
  }
}

/// Parts of a key, and brackets around a value, of which no key of ours has more than a handful. Deeper trees are
/// refused before they are made, for every walk over one goes as deep.
constexpr int kMaxDepth = 32;

/// Walks over TOML text without reading it: how deep its keys and its brackets go.
class DepthScan {
 public:
  explicit DepthScan(std::string_view text) : text_(text) {}

  /// Where the limit is passed; nothing for a text within it.
  [[nodiscard]] std::optional<TomlPosition> too_deep() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      }
      if (c == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      }
      if (c == '[' || c == '{') ++brackets_;
      if (c == ']' || c == '}') brackets_ = std::max(brackets_ - 1, 0);
      parts_ = c == '.' ? parts_ + 1 : c == '\n' || c == ',' || c == '=' || c == '{' || c == '[' ? 0 : parts_;
      if (parts_ >= kMaxDepth || brackets_ > kMaxDepth)
        return TomlPosition{.line = line_, .column = static_cast<int>(at_ - line_start_) + 1};
      ++at_;
    }
    return std::nullopt;
  }

 private:
  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool is_long = text_.substr(at_).starts_with(three);
    at_ += is_long ? 3U : 1U;
    while (at_ < text_.size()) {
      if (is_long ? text_.substr(at_).starts_with(three) : text_[at_] == quote) {
        at_ += is_long ? 3U : 1U;
        return;
      }
      if (text_[at_] == '\n') {
        if (!is_long) return;  // toml++ will say so
        ++line_;
        line_start_ = at_ + 1;
      }
      at_ += quote == '"' && text_[at_] == '\\' ? 2U : 1U;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  int parts_ = 0;
  int brackets_ = 0;
};

TomlNode setting_value(const std::string& text) {
  TomlNode node;
  node.value = text;
  try {
    const std::string line = "value = " + text;
    if (DepthScan(line).too_deep()) throw InputError(Fault{.message = "is nested too deeply", .file = "--set"});
    const toml::table table = toml::parse(line);
    if (table.size() == 1) node = converted(*table.get("value"));
  } catch (const toml::parse_error&) {
  }
  mark_as_setting(node);
  return node;
}

std::vector<std::string> key_parts(const std::string& key) {
  std::vector<std::string> parts(1);
  for (const char c : key) {
    if (c == '.') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

TomlEntry& child(TomlNode& parent, const std::string& key) {
  auto& entries = std::get<TomlNode::Table>(parent.value);
  for (TomlEntry& entry : entries) {
    if (entry.key == key) return entry;
  }
  TomlEntry fresh;
  fresh.key = key;
  fresh.node.value = TomlNode::Table{};
  mark_as_setting(fresh.node);
  fresh.position = fresh.node.position;
  entries.push_back(std::move(fresh));
  return entries.back();
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const noexcept {
  if (const Table* entries = table()) {
    for (const TomlEntry& entry : *entries) {
      if (entry.key == key) return &entry.node;
    }
  }
  return nullptr;
}

std::string TomlNode::type_name() const {
  static constexpr const char* kNames[] = {"a table",  "a list", "true or false", "a whole number",
                                           "a number", "text",   "a date or time"};
  return kNames[value.index()];
}

std::string TomlNode::text() const {
  return std::visit(TextOf{}, value);
}

TomlNode parse_toml(std::string_view text, const std::string& file) {
  if (const std::optional<TomlPosition> at = DepthScan(text).too_deep()) {
    throw InputError(
        Fault{.message = fmt::format("is nested too deeply: a key of more than {} parts, or more than "
                                     "{} brackets around a value",
                                     kMaxDepth, kMaxDepth),
              .file = file,
              .line = at->line,
              .column = at->column});
  }
  try {
    const toml::table table = toml::parse(text);
    TomlNode root;
    root.value = converted_table(table);
    root.position = {.line = 1, .column = 1};
    return root;
  } catch (const toml::parse_error& error) {
    const TomlPosition at = position_of(error.source());
    throw InputError(Fault{.message = "not valid TOML: " + std::string(error.description()),
                           .file = file,
                           .line = at.line,
                           .column = at.column});
  }
}

void apply_setting(TomlNode& root, const std::string& key, const std::string& value) {
  const std::vector<std::string> parts = key_parts(key);
  if (std::any_of(parts.begin(), parts.end(), [](const std::string& part) { return part.empty(); })) {
    throw InputError(
        Fault{.message = "a setting is section.key=value", .file = "--set", .key = key, .value = value});
  }
  if (parts.size() > static_cast<std::size_t>(kMaxDepth)) {
    throw InputError(Fault{.message = fmt::format("a key has at most {} parts", kMaxDepth), .file = "--set"});
  }
  TomlNode* parent = &root;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parent->table() == nullptr) {
      throw InputError(Fault{.message = "the key leads into " + parent->type_name() + ": set that as a whole",
                             .file = "--set",
                             .key = key,
                             .value = value});
    }
    TomlEntry& entry = child(*parent, parts[i]);
    if (i + 1 == parts.size()) {
      entry.node = setting_value(value);
      entry.position = entry.node.position;
    }
    parent = &entry.node;
  }
}

}  // namespace amaneku::scenarios
