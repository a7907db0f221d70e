// What a scenario file may say: one table of sections and keys with type, unit, default, legal range and
// meaning. The checks, docs/formats/scenario.md, `amaneku check` and the loader all follow from it.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/schema/toml_reader.hpp"
#include "terrain/error.hpp"
#include "terrain/range.hpp"

namespace amaneku::scenarios {

enum class ValueType : std::uint8_t { text, number, integer, flag, numbers, texts };

using DefaultValue = std::variant<std::monostate, bool, std::int64_t, double, std::string, std::vector<double>,
                                  std::vector<std::string>>;

struct SchemaKey {
  std::string name;
  ValueType type = ValueType::text;
  std::string unit{};       ///< SI symbol; "" where there is none
  DefaultValue fallback{};  ///< monostate: none
  Range range{-std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
  std::string doc{};
  bool required = false;
  std::size_t length = 0;              ///< of a list; 0: any
  std::vector<std::string> choices{};  ///< of a text; empty: any
  std::vector<std::string> models{};   ///< parameter of these propagation models only; empty: always allowed
  std::map<std::string, std::string> elsewhere{};  ///< words that are no choice here, and what to do with them
};

enum class SectionKind : std::uint8_t {
  table,  ///< [name]
  list,   ///< [[name]], any number
  named   ///< [name.ANYTHING], any number
};

struct SchemaSection {
  std::string name;  ///< dotted: "terrain.dem"
  SectionKind kind = SectionKind::table;
  std::string doc{};
  std::vector<SchemaKey> keys{};
  bool required = false;
};

/// How a value outside the range of its key may have come about: frequencies in MHz or GHz.
struct UnitHint {
  std::string unit{};     ///< "MHz"; empty: none
  std::string message{};  ///< "out of range", with the hint where there is one
};
[[nodiscard]] UnitHint unit_hint(const SchemaKey& key, double value);

using Schema = std::vector<SchemaSection>;

/// Of the scenario file; parameters of the propagation models come from model_infos().
[[nodiscard]] const Schema& schema();
[[nodiscard]] const SchemaSection& schema_section(std::string_view name, const Schema& table = schema());

/// Every fault of the document: unknown sections and keys (with the nearest known one), wrong types, values
/// outside their range, missing keys. In the order of the text; of more than 20 the first ones, and last the
/// number of the rest. `file` is for messages.
[[nodiscard]] std::vector<Fault> check_document(const TomlNode& root, const std::string& file,
                                                const Schema& table = schema());

/// docs/formats/scenario.md.
[[nodiscard]] std::string schema_markdown();
/// The heading of a section with what it is for, and the table of its keys.
[[nodiscard]] std::string section_markdown(const SchemaSection& section);

/// One table of a document that passed check_document, read through the schema's defaults.
class SectionView {
 public:
  /// `node` may be nullptr: then every value is the default.
  SectionView(const SchemaSection& section, const TomlNode* node, std::string file);

  [[nodiscard]] bool given(std::string_view key) const noexcept;
  [[nodiscard]] double number(std::string_view key) const;
  [[nodiscard]] std::int64_t integer(std::string_view key) const;
  [[nodiscard]] bool flag(std::string_view key) const;
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::vector<double> numbers(std::string_view key) const;
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  /// A fault that points at the value of `key`, or at the section where the key is absent.
  [[nodiscard]] Fault fault(std::string_view key, std::string message) const;
  [[nodiscard]] const TomlNode* node() const noexcept { return node_; }

 private:
  [[nodiscard]] const SchemaKey& schema_key(std::string_view key) const;

  const SchemaSection* section_;
  const TomlNode* node_;
  std::string file_;
};

/// The faults of an error that names no file (it came from below), at their own key where the section has it, else
/// at `key`.
[[nodiscard]] std::vector<Fault> placed_faults(const InputError& error, const SectionView& section,
                                               std::string_view key);

/// The view of a [table]; of every element of a [[list]]; of every [name.NAME].
[[nodiscard]] SectionView section_of(const TomlNode& root, std::string_view name, const std::string& file,
                                     const Schema& table = schema());
[[nodiscard]] std::vector<SectionView> sections_of(const TomlNode& parent, std::string_view name,
                                                   const std::string& file, const Schema& table = schema());

}  // namespace amaneku::scenarios
