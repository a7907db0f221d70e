// What a result says about the program that made it.
#pragma once

#include <string_view>

namespace amaneku {

/// "0.1.0": the version of the project.
[[nodiscard]] std::string_view program_version() noexcept;

/// Abbreviated commit of the sources, "-dirty" appended where they differed from it when the build was
/// configured; "unknown" for sources without their repository (a release archive).
[[nodiscard]] std::string_view git_revision() noexcept;

}  // namespace amaneku
