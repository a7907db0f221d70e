// How long handovers take (docs/formats/handover_durations.md): the built-in measurements, and a user's file
// beside them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/mobility/durations.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// Measured, or stated, for one kind of change.
struct HandoverDurations {
  std::string id{};
  std::string name{};
  std::int64_t handovers = 0;  ///< that were measured; 0: not known
  mobility::Interruptions interruptions{};
  std::string source{};
};

/// scenarios/catalogue/handover_durations.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_handover_durations_text() noexcept;

/// What comes with the program, in the order of the file; read once.
[[nodiscard]] const std::vector<HandoverDurations>& built_in_handover_durations();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] std::vector<HandoverDurations> read_handover_durations(std::string_view text,
                                                                     const std::string& file,
                                                                     std::vector<HandoverDurations> base);

/// The built-in durations with a user's file.
[[nodiscard]] std::vector<HandoverDurations> handover_durations_with(const std::filesystem::path& file);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& handover_durations_schema();

/// docs/formats/handover_durations.md.
[[nodiscard]] std::string handover_durations_markdown();

}  // namespace amaneku::scenarios
