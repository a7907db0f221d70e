// Prices and what a site buys (docs/formats/costs.md): the built-in ones, and a user's file beside them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/economics/prices.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// scenarios/catalogue/costs.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_costs_text() noexcept;

/// What comes with the program; read once.
[[nodiscard]] const CostCatalogue& built_in_costs();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] CostCatalogue read_costs(std::string_view text, const std::string& file, CostCatalogue base);

/// The built-in prices with a user's file.
[[nodiscard]] CostCatalogue costs_with(const std::filesystem::path& file);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& costs_schema();

/// docs/formats/costs.md.
[[nodiscard]] std::string costs_markdown();

}  // namespace amaneku::scenarios
