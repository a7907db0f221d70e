// One answer of a command that reads JSON Lines: what was asked for, or what is wrong with the request.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

namespace amaneku::scenarios {

/// One line of JSON; bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string line_of(const nlohmann::ordered_json& answer);

/// What `body` answers, or {"error": ...} where it throws InputError or the request is no JSON of the right shape.
[[nodiscard]] std::string answer_or_error(const std::function<std::string()>& body);

}  // namespace amaneku::scenarios
