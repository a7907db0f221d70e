// The catalogue of services (docs/formats/services.md): the built-in one, and a user's file beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/latency/service_needs.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// scenarios/catalogue/services.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_services_text() noexcept;

/// What comes with the program, in the order of the file; read once.
[[nodiscard]] const std::vector<ServiceNeeds>& built_in_services();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] std::vector<ServiceNeeds> read_services(std::string_view text, const std::string& file,
                                                      std::vector<ServiceNeeds> base);

/// The built-in services with a user's file.
[[nodiscard]] std::vector<ServiceNeeds> services_with(const std::filesystem::path& file);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& services_schema();

/// docs/formats/services.md.
[[nodiscard]] std::string services_markdown();

}  // namespace amaneku::scenarios
