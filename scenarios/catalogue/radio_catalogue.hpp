// The catalogue of radio technologies (docs/formats/radio_catalogue.md): the built-in one, and a user's file
// beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "libsim/radio/technology.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// scenarios/catalogue/radio.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_radio_text() noexcept;

/// What comes with the program; read once.
[[nodiscard]] const RadioCatalogue& built_in_radio_catalogue();

/// `base` with what the text adds or replaces by id. A numerology or a table of modulations that is replaced
/// counts for the technologies and curves of the text only. InputError with every fault; `file` is for messages.
[[nodiscard]] RadioCatalogue read_radio_catalogue(std::string_view text, const std::string& file,
                                                  RadioCatalogue base);

/// The built-in catalogue with a user's file.
[[nodiscard]] RadioCatalogue radio_catalogue_with(const std::filesystem::path& file);

/// InputError (key "technology") for an unknown one, with the known ones.
[[nodiscard]] const RadioTechnology& technology_of(const RadioCatalogue& catalogue, const std::string& id);

/// One JSON object: "technologies" with everything known of each and the peak rates of its widths, "curves".
[[nodiscard]] std::string radio_catalogue_json(const RadioCatalogue& catalogue);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& radio_schema();

/// docs/formats/radio_catalogue.md.
[[nodiscard]] std::string radio_catalogue_markdown();

}  // namespace amaneku::scenarios
