// Programs of others that draw for us.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace amaneku::scenarios {

enum class ChildEnd : std::uint8_t { done, failed, missing };

/// Runs the program of the first argument, looked for in PATH, and waits for it. `silent`: what it prints goes
/// nowhere.
[[nodiscard]] ChildEnd run_program(std::vector<std::string> arguments, bool silent);

}  // namespace amaneku::scenarios
