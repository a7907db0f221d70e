// `amaneku pathloss`: one JSON object in, one JSON object out (docs/cli.md).
#pragma once

#include <string>

#include "libsim/engine/coverage.hpp"

namespace amaneku::scenarios {

/// The answer to one request line, without a line end. Never throws for a bad line: then it is {"error": ...}.
/// LossEngine::exact is the scalar extractor.
[[nodiscard]] std::string pathloss_answer(const std::string& request, LossEngine engine);

}  // namespace amaneku::scenarios
