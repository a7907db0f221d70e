// The table of targets (docs/formats/targets.md): the built-in one, and a user's file beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/studies/targets/target_rules.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// scenarios/catalogue/targets.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_targets_text() noexcept;

/// What comes with the program, in the order of the file; read once.
[[nodiscard]] const std::vector<Target>& built_in_targets();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] std::vector<Target> read_targets(std::string_view text, const std::string& file,
                                               std::vector<Target> base);

/// `base`, mostly the built-in targets, with a user's file.
[[nodiscard]] std::vector<Target> targets_with(const std::filesystem::path& file, std::vector<Target> base);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& target_schema();

/// docs/formats/targets.md.
[[nodiscard]] std::string targets_markdown();

}  // namespace amaneku::scenarios
