// One answer of a command that reads JSON Lines: what was asked for, or what is wrong with the request.
#pragma once

#include <functional>
#include <istream>
#include <nlohmann/json.hpp>
#include <string>

namespace amaneku::scenarios {

/// One line of JSON; bytes that are no UTF-8 are replaced.
[[nodiscard]] std::string line_of(const nlohmann::ordered_json& answer);

/// Longest request, bytes: a profile of 100,000 points fits.
inline constexpr std::size_t kLongestRequest = 8U << 20;

/// The next line of a stream that is not blank; false at the end. Of a line that is longer than kLongestRequest so
/// many bytes and one more are kept: the answer to it is an error (answer_or_error).
[[nodiscard]] bool next_request(std::istream& in, std::string& line);

/// What `body` answers, or {"error": ...} where it throws InputError or the request is too long or no JSON of the
/// right shape.
[[nodiscard]] std::string answer_or_error(const std::string& request, const std::function<std::string()>& body);

}  // namespace amaneku::scenarios
