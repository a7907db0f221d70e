#include "scenarios/schema/toml_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04X}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string key_text(const std::string& key) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !key.empty() && std::all_of(key.begin(), key.end(), plain) ? key : quoted(key);
}

std::string real_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  std::string out = fmt::format("{}", value);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

struct InlineText {
  std::string operator()(const TomlNode::Table& table) const {
    std::string out;
    for (const TomlEntry& entry : table)
      out += (out.empty() ? " " : ", ") + key_text(entry.key) + " = " + std::visit(*this, entry.node.value);
    return "{" + out + " }";
  }
  std::string operator()(const TomlNode::List& list) const {
    std::string out;
    for (const TomlNode& node : list) out += (out.empty() ? "" : ", ") + std::visit(*this, node.value);
    return "[" + out + "]";
  }
  std::string operator()(bool flag) const { return flag ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return real_text(number); }
  std::string operator()(const std::string& text) const { return quoted(text); }
  std::string operator()(const TomlDate&) const { throw InternalError("a date cannot be written as TOML"); }
};

bool is_list_of_tables(const TomlNode& node) {
  const TomlNode::List* list = node.list();
  return list != nullptr && !list->empty() &&
         std::all_of(list->begin(), list->end(), [](const TomlNode& one) { return one.table() != nullptr; });
}

void write_table(std::string& out, const std::string& name, const TomlNode::Table& table) {
  const auto full = [&](const std::string& key) {
    return name.empty() ? key_text(key) : name + "." + key_text(key);
  };
  for (const TomlEntry& entry : table) {
    if (entry.node.table() == nullptr && !is_list_of_tables(entry.node))
      out += key_text(entry.key) + " = " + std::visit(InlineText{}, entry.node.value) + "\n";
  }
  for (const TomlEntry& entry : table) {
    if (const TomlNode::Table* inner = entry.node.table()) {
      out += "\n[" + full(entry.key) + "]\n";
      write_table(out, full(entry.key), *inner);
    } else if (is_list_of_tables(entry.node)) {
      for (const TomlNode& one : *entry.node.list()) {
        out += "\n[[" + full(entry.key) + "]]\n";
        write_table(out, full(entry.key), *one.table());
      }
    }
  }
}

}  // namespace

std::string toml_text(const TomlNode& root) {
  if (root.table() == nullptr) throw InternalError("the root of a TOML document is no table");
  std::string out;
  write_table(out, "", *root.table());
  return out.substr(out.starts_with('\n') ? 1 : 0);
}

}  // namespace amaneku::scenarios
