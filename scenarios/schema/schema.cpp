#include "scenarios/schema/schema.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "terrain/fault_list.hpp"
#include "terrain/nearest.hpp"

namespace amaneku::scenarios {
namespace {

const SchemaSection* find_section(const Schema& table, std::string_view name) {
  for (const SchemaSection& section : table) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

const SchemaKey* find_key(const SchemaSection* section, std::string_view name) {
  if (section == nullptr) return nullptr;
  for (const SchemaKey& key : section->keys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

std::string brackets(const SchemaSection& section) {
  if (section.kind == SectionKind::list) return "[[" + section.name + "]]";
  return section.kind == SectionKind::named ? "[" + section.name + ".NAME]" : "[" + section.name + "]";
}

std::string dotted(const std::string& section, const std::string& key) {
  return section.empty() ? key : section + "." + key;
}

const char* expected(ValueType type) {
  switch (type) {
    case ValueType::text:
      return "text";
    case ValueType::number:
      return "a number";
    case ValueType::integer:
      return "a whole number";
    case ValueType::flag:
      return "true or false";
    case ValueType::numbers:
      return "a list of numbers";
    case ValueType::texts:
      return "a list of texts";
  }
  return "";
}

double as_number(const TomlNode& node) {
  if (const auto* whole = std::get_if<std::int64_t>(&node.value)) return static_cast<double>(*whole);
  if (const auto* number = std::get_if<double>(&node.value)) return *number;
  return std::nan("");
}

bool is_number(const TomlNode& node) {
  return std::holds_alternative<std::int64_t>(node.value) || std::holds_alternative<double>(node.value);
}

bool has_type(const TomlNode& node, ValueType type) {
  const auto all = [&](auto&& test) {
    const TomlNode::List* list = node.list();
    return list != nullptr && std::all_of(list->begin(), list->end(), test);
  };
  const auto is_text = [](const TomlNode& value) { return std::holds_alternative<std::string>(value.value); };
  switch (type) {
    case ValueType::text:
      return is_text(node);
    case ValueType::number:
      return is_number(node);
    case ValueType::integer:
      return std::holds_alternative<std::int64_t>(node.value);
    case ValueType::flag:
      return std::holds_alternative<bool>(node.value);
    case ValueType::numbers:
      return all(is_number);
    case ValueType::texts:
      return all(is_text);
  }
  return false;
}

/// Walks a document beside the schema.
class Checker {
 public:
  Checker(const Schema& table, std::string file) : table_(table), file_(std::move(file)) {}

  void check_table(const TomlNode& node, const std::string& name) {
    const SchemaSection* section = find_section(table_, name);
    for (const TomlEntry& entry : *node.table()) check_entry(entry, section, name);
    if (section == nullptr) return;
    for (const SchemaKey& key : section->keys) {
      if (key.required && node.find(key.name) == nullptr) missing(node, *section, key);
    }
    check_model_parameters(node, *section);
  }

  void check_required_sections(const TomlNode& root) {
    for (const SchemaSection& section : table_) {
      if (!section.required || root.find(section.name) != nullptr) continue;
      add(root.position, section.name, "", "the section " + brackets(section) + " is required");
    }
  }

  [[nodiscard]] std::vector<Fault> sorted() && {
    std::stable_sort(faults_.begin(), faults_.end(), [](const Fault& a, const Fault& b) {
      return a.line != b.line ? a.line < b.line : a.column < b.column;
    });
    if (faults_.size() > kShownFaults) faults_.resize(kShownFaults);
    if (count_ > faults_.size()) faults_.push_back(more_faults(count_ - faults_.size(), file_));
    return std::move(faults_);
  }

 private:
  void add(const TomlPosition& at, std::string key, std::string value, std::string message,
           std::string legal = {}) {
    if (++count_ > kKept) return;
    faults_.push_back({.message = std::move(message),
                       .file = at.from_setting ? "--set" : file_,
                       .line = at.line,
                       .column = at.column,
                       .key = std::move(key),
                       .value = std::move(value),
                       .legal = std::move(legal)});
  }

  void check_entry(const TomlEntry& entry, const SchemaSection* section, const std::string& name) {
    const std::string path = dotted(name, entry.key);
    if (const SchemaKey* key = find_key(section, entry.key)) {
      check_value(entry, *key, path);
    } else if (const SchemaSection* below = find_section(table_, path)) {
      check_section(entry, *below);
    } else {
      unknown(entry, section, name);
    }
  }

  void check_section(const TomlEntry& entry, const SchemaSection& section) {
    if (section.kind == SectionKind::list) {
      const TomlNode::List* list = entry.node.list();
      const auto is_table = [](const TomlNode& node) { return node.table() != nullptr; };
      if (list == nullptr || !std::all_of(list->begin(), list->end(), is_table)) {
        add(entry.position, section.name, "", "is a list: write " + brackets(section) + " for each");
        return;
      }
      for (const TomlNode& element : *list) check_table(element, section.name);
      return;
    }
    if (entry.node.table() == nullptr) {
      add(entry.position, section.name, "", "is a section: write " + brackets(section));
      return;
    }
    if (section.kind == SectionKind::table) return check_table(entry.node, section.name);
    for (const TomlEntry& named : *entry.node.table()) {
      if (named.node.table() == nullptr) {
        add(named.position, section.name + "." + named.key, named.node.text(),
            "is not inside a named section: write " + brackets(section));
      } else {
        check_table(named.node, section.name);
      }
    }
  }

  void check_value(const TomlEntry& entry, const SchemaKey& key, const std::string& path) {
    const TomlNode& node = entry.node;
    if (!has_type(node, key.type)) {
      add(node.position, path, node.text(),
          fmt::format("expected {}, found {}", expected(key.type), node.type_name()));
      return;
    }
    if (key.length > 0 && node.list()->size() != key.length) {
      add(node.position, path, node.text(),
          fmt::format("expected {} values, found {}", key.length, node.list()->size()));
    }
    if (key.type == ValueType::number || key.type == ValueType::integer) check_range(node, key, path);
    if (key.type == ValueType::numbers) {
      for (const TomlNode& element : *node.list()) check_range(element, key, path);
    }
    if (!key.choices.empty()) check_choice(node, key, path);
  }

  void check_range(const TomlNode& node, const SchemaKey& key, const std::string& path) {
    const double value = as_number(node);
    if (!std::isfinite(value)) {
      add(node.position, path, node.text(), "is not a finite number", key.range.text());
    } else if (!key.range.contains(value)) {
      add(node.position, path, node.text(), unit_hint(key, value).message,
          key.range.text() + (key.unit.empty() || key.unit == "1" ? "" : " " + key.unit));
    }
  }

  void check_choice(const TomlNode& node, const SchemaKey& key, const std::string& path) {
    const auto& text = std::get<std::string>(node.value);
    if (std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end()) return;
    if (const auto other = key.elsewhere.find(text); other != key.elsewhere.end()) {
      add(node.position, path, node.text(), other->second, fmt::format("{}", fmt::join(key.choices, " | ")));
      return;
    }
    const std::string near = nearest(text, key.choices);
    add(node.position, path, node.text(),
        near.empty() ? "unknown word" : "unknown word; did you mean \"" + near + "\"?",
        fmt::format("{}", fmt::join(key.choices, " | ")));
  }

  void missing(const TomlNode& node, const SchemaSection& section, const SchemaKey& key) {
    add(node.position, section.name + "." + key.name, "", "is required in " + brackets(section));
  }

  void unknown(const TomlEntry& entry, const SchemaSection* section, const std::string& name) {
    if (count_ >= kKept) {
      ++count_;  // what was meant takes longer to find than all else
      return;
    }
    std::vector<std::string> known;
    if (section != nullptr) {
      for (const SchemaKey& key : section->keys) known.push_back(key.name);
    }
    for (const SchemaSection& other : table_) {
      const std::string prefix = name.empty() ? "" : name + ".";
      if (other.name.compare(0, prefix.size(), prefix) != 0) continue;
      const std::string rest = other.name.substr(prefix.size());
      if (rest.find('.') == std::string::npos) known.push_back(rest);
    }
    const std::string what = name.empty() && entry.node.table() != nullptr ? "unknown section" : "unknown key";
    add(entry.position, dotted(name, entry.key), "", what + hint(entry.key, known));
  }

  [[nodiscard]] std::string hint(const std::string& word, const std::vector<std::string>& known) const {
    for (const SchemaSection& section : table_) {
      if (find_key(&section, word) != nullptr && nearest(word, known).empty()) {
        return "; it belongs to " + brackets(section);
      }
    }
    if (const std::string near = nearest(word, known); !near.empty()) return "; did you mean \"" + near + "\"?";
    return fmt::format("; known here: {}", fmt::join(known, ", "));
  }

  void check_model_parameters(const TomlNode& node, const SchemaSection& section) {
    const SchemaKey* models = find_key(&section, "model");
    const TomlNode* model = models != nullptr ? node.find("model") : nullptr;
    const auto* id = model != nullptr ? std::get_if<std::string>(&model->value) : nullptr;
    if (id == nullptr || std::find(models->choices.begin(), models->choices.end(), *id) == models->choices.end())
      return;
    for (const TomlEntry& entry : *node.table()) {
      const SchemaKey* key = find_key(&section, entry.key);
      if (key == nullptr || key->models.empty()) continue;
      if (std::find(key->models.begin(), key->models.end(), *id) != key->models.end()) continue;
      add(entry.position, section.name + "." + entry.key, entry.node.text(),
          fmt::format("is no parameter of the model {}, only of {}", *id, fmt::join(key->models, ", ")));
    }
  }

  /// Enough for the first ones to be among them, whatever the order of the sections.
  static constexpr std::size_t kKept = 1000;
  const Schema& table_;
  std::string file_;
  std::size_t count_ = 0;
  std::vector<Fault> faults_;
};

}  // namespace

UnitHint unit_hint(const SchemaKey& key, double value) {
  constexpr double kMega = 1e6;
  constexpr double kGiga = 1e9;
  constexpr double kMostGhz = 150.0;  // from there on somebody means MHz
  if (key.unit == "Hz" && key.range.contains(value * kMega) && value >= kMostGhz)
    return {"MHz", fmt::format("out of range: are these MHz? write {:g}e6", value)};
  if (key.unit == "Hz" && key.range.contains(value * kGiga))
    return {"GHz", fmt::format("out of range: are these GHz? write {:g}e9", value)};
  return {"", "out of range"};
}

const SchemaSection& schema_section(std::string_view name, const Schema& table) {
  const SchemaSection* section = find_section(table, name);
  if (section == nullptr) throw InternalError("no schema section " + std::string(name));
  return *section;
}

std::vector<Fault> check_document(const TomlNode& root, const std::string& file, const Schema& table) {
  Checker checker(table, file);
  checker.check_table(root, "");
  checker.check_required_sections(root);
  return std::move(checker).sorted();
}

SectionView::SectionView(const SchemaSection& section, const TomlNode* node, std::string file)
    : section_(&section), node_(node), file_(std::move(file)) {}

const SchemaKey& SectionView::schema_key(std::string_view key) const {
  const SchemaKey* found = find_key(section_, key);
  if (found == nullptr) throw InternalError("no schema key " + section_->name + "." + std::string(key));
  return *found;
}

bool SectionView::given(std::string_view key) const noexcept {
  return node_ != nullptr && node_->find(key) != nullptr;
}

double SectionView::number(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  return given(key) ? as_number(*node_->find(key)) : std::get<double>(spec.fallback);
}

std::int64_t SectionView::integer(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  return given(key) ? std::get<std::int64_t>(node_->find(key)->value) : std::get<std::int64_t>(spec.fallback);
}

bool SectionView::flag(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  return given(key) ? std::get<bool>(node_->find(key)->value) : std::get<bool>(spec.fallback);
}

std::string SectionView::text(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  return given(key) ? std::get<std::string>(node_->find(key)->value) : std::get<std::string>(spec.fallback);
}

std::vector<double> SectionView::numbers(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  if (!given(key)) return std::get<std::vector<double>>(spec.fallback);
  std::vector<double> values;
  for (const TomlNode& element : *node_->find(key)->list()) values.push_back(as_number(element));
  return values;
}

std::vector<std::string> SectionView::texts(std::string_view key) const {
  const SchemaKey& spec = schema_key(key);
  if (!given(key)) return std::get<std::vector<std::string>>(spec.fallback);
  std::vector<std::string> values;
  for (const TomlNode& element : *node_->find(key)->list()) values.push_back(std::get<std::string>(element.value));
  return values;
}

Fault SectionView::fault(std::string_view key, std::string message) const {
  const TomlNode* value = node_ != nullptr ? node_->find(key) : nullptr;
  const TomlPosition at = value != nullptr ? value->position : node_ != nullptr ? node_->position : TomlPosition{};
  return {.message = std::move(message),
          .file = at.from_setting ? "--set" : file_,
          .line = at.line,
          .column = at.column,
          .key = dotted(section_->name, std::string(key)),
          .value = value != nullptr ? value->text() : ""};
}

std::vector<Fault> placed_faults(const InputError& error, const SectionView& section, std::string_view key) {
  std::vector<Fault> faults;
  for (const Fault& fault : error.faults()) {
    if (!fault.file.empty()) {
      faults.push_back(fault);
      continue;
    }
    Fault placed = section.fault(section.given(fault.key) ? std::string_view(fault.key) : key, fault.message);
    placed.legal = fault.legal;
    if (!fault.value.empty() && placed.value.empty()) placed.value = fault.value;
    faults.push_back(std::move(placed));
  }
  return faults;
}

SectionView section_of(const TomlNode& root, std::string_view name, const std::string& file, const Schema& table) {
  const TomlNode* node = &root;
  for (std::size_t begin = 0; node != nullptr && begin <= name.size();) {
    const std::size_t end = std::min(name.find('.', begin), name.size());
    node = node->find(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return {schema_section(name, table), node, file};
}

std::vector<SectionView> sections_of(const TomlNode& parent, std::string_view name, const std::string& file,
                                     const Schema& table) {
  const SchemaSection& section = schema_section(name, table);
  const TomlNode* node = parent.find(name.substr(name.rfind('.') + 1));
  std::vector<SectionView> views;
  if (node == nullptr) return views;
  if (const TomlNode::List* list = node->list()) {
    for (const TomlNode& element : *list) views.emplace_back(section, &element, file);
  } else {
    for (const TomlEntry& entry : *node->table()) views.emplace_back(section, &entry.node, file);
  }
  return views;
}

}  // namespace amaneku::scenarios
