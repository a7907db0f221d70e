// `amaneku subsidy`: one project in, one JSON object out (docs/cli.md).
#pragma once

#include <string>

#include "libsim/economics/subsidy.hpp"

namespace amaneku::scenarios {

/// The answer to one request line, without a line end. `fiscal_year` is that of lines that name none. Never throws
/// for a bad line: then it is {"error": ...}.
[[nodiscard]] std::string subsidy_line(const std::string& request, const SubsidyEngine& engine,
                                       const std::string& fiscal_year);

/// The same; InputError for a bad request.
[[nodiscard]] std::string subsidy_answer(const std::string& request, const SubsidyEngine& engine,
                                         const std::string& fiscal_year);

}  // namespace amaneku::scenarios
