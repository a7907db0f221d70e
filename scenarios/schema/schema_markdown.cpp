#include <fmt/format.h>
#include <fmt/ranges.h>

#include "propagation/added_losses.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {
namespace {

constexpr const char* kIntroduction = R"(# The scenario file

A scenario is one [TOML](https://toml.io) file. Units are part of the key names. Unknown keys are errors, and
every fault of a file is reported at once as `file:line:column: key = value: message (legal: range)`.
This page is generated from the table that the program checks against.

Paths are relative to the scenario file. `${AMANEKU_DATA}` stands for the folder of real data: the environment
variable of that name, else `../shared/data` beside the checkout where it exists. A scenario reads files
from its own folder and from `${AMANEKU_DATA}`, from nowhere else.

`--set section.key=value` overrides a value of the file with the same checks. The value is written as in TOML;
a word that is not a TOML value is taken as text (`--set propagation.model=p526`). A list is set as a whole:
`--set 'terrain.dem=[{path="dem.tif"}]'`.

A file of sites has one row a sector, with the columns `site_id`, `name`, `lon`, `lat`, `status`
(`existing` or `candidate`), `sector_id` and the keys of `[sector_defaults]`. Columns and cells that are absent take
the values of `[sector_defaults]`.
)";

struct DefaultText {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(bool flag) const { return flag ? "`true`" : "`false`"; }
  std::string operator()(std::int64_t number) const { return fmt::format("`{}`", number); }
  std::string operator()(double number) const { return fmt::format("`{}`", number); }
  std::string operator()(const std::string& text) const { return fmt::format("`\"{}\"`", text); }
  std::string operator()(const std::vector<double>& numbers) const {
    return fmt::format("`[{}]`", fmt::join(numbers, ", "));
  }
  std::string operator()(const std::vector<std::string>& texts) const {
    return texts.empty() ? "`[]`" : fmt::format("`[\"{}\"]`", fmt::join(texts, "\", \""));
  }
};

const char* type_text(ValueType type) {
  switch (type) {
    case ValueType::text:
      return "text";
    case ValueType::number:
      return "number";
    case ValueType::integer:
      return "whole number";
    case ValueType::flag:
      return "true or false";
    case ValueType::numbers:
      return "list of numbers";
    case ValueType::texts:
      return "list of texts";
  }
  return "";
}

std::string legal_text(const SchemaKey& key) {
  if (!key.choices.empty()) return fmt::format("`{}`", fmt::join(key.choices, "`, `"));
  const bool numeric =
      key.type == ValueType::number || key.type == ValueType::integer || key.type == ValueType::numbers;
  return numeric ? key.range.text() : "";
}

std::string key_row(const SchemaKey& key) {
  const std::string unit = key.unit == "1" ? "" : key.unit;
  return fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", key.name, type_text(key.type), unit,
                     key.required ? "required" : std::visit(DefaultText{}, key.fallback), legal_text(key),
                     key.doc);
}

std::string parameter_row(const ModelInfo& model, const ModelParameter& parameter) {
  const bool is_word = !parameter.choices.empty();
  const std::string unit = parameter.unit == "1" ? "" : parameter.unit;
  const std::string fallback =
      is_word ? '"' + parameter.choices.front() + '"' : fmt::format("{}", parameter.default_value);
  const std::string valid =
      is_word ? fmt::format("`{}`", fmt::join(parameter.choices, "`, `")) : parameter.range.text();
  return fmt::format("| {} | `{}` | {} | `{}` | {} | {} |\n", model.id, parameter.name, unit, fallback, valid,
                     parameter.source);
}

/// The parameters of all models of a role, which are further keys of its section.
std::string model_parameters(Role role) {
  std::string out =
      "\nParameters of the models are further keys. A number outside the validity is computed and flagged.\n\n"
      "| model | key | unit | default | validity or words | source |\n|---|---|---|---|---|---|\n";
  for (const ModelInfo& model : model_infos()) {
    if (model.role != role) continue;
    for (const ModelParameter& parameter : model.parameters) out += parameter_row(model, parameter);
  }
  return out;
}

}  // namespace

std::string section_markdown(const SchemaSection& section) {
  const char* brackets = section.kind == SectionKind::list    ? "[[{}]]"
                         : section.kind == SectionKind::named ? "[{}.NAME]"
                                                              : "[{}]";
  std::string out = fmt::format("\n## `{}`\n\n{}{}\n\n", fmt::format(fmt::runtime(brackets), section.name),
                                section.doc, section.required ? " Required." : "");
  out += "| key | type | unit | default | legal | meaning |\n|---|---|---|---|---|---|\n";
  for (const SchemaKey& key : section.keys) out += key.models.empty() ? key_row(key) : "";
  return out;
}

std::string schema_markdown() {
  std::string out = kIntroduction;
  for (const SchemaSection& section : schema()) {
    out += section_markdown(section);
    if (section.name == "propagation") out += model_parameters(Role::path);
    if (section.name == "propagation.added_loss") out += model_parameters(Role::added);
  }
  return out;
}

}  // namespace amaneku::scenarios
