// The rules of the subsidy programmes (docs/formats/subsidy_rules.md): the built-in ones, and a user's file beside
// them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/economics/subsidy.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// scenarios/catalogue/subsidies.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_subsidy_text() noexcept;

/// What comes with the program; read once.
[[nodiscard]] const SubsidyEngine& built_in_subsidies();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] SubsidyRules read_subsidy_rules(std::string_view text, const std::string& file, SubsidyRules base);

/// The built-in rules with a user's file.
[[nodiscard]] SubsidyEngine subsidies_with(const std::filesystem::path& file);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& subsidy_schema();

/// docs/formats/subsidy_rules.md.
[[nodiscard]] std::string subsidy_rules_markdown();

}  // namespace amaneku::scenarios
