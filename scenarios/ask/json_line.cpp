#include "scenarios/ask/json_line.hpp"

#include <fmt/format.h>

#include "terrain/error.hpp"

namespace amaneku::scenarios {

using Json = nlohmann::ordered_json;

std::string line_of(const Json& answer) {
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool next_request(std::istream& in, std::string& line) {
  line.clear();
  std::streambuf& bytes = *in.rdbuf();
  constexpr int kEnd = std::char_traits<char>::eof();
  bool blank = true;
  for (int c = bytes.sbumpc();; c = bytes.sbumpc()) {
    if (c == kEnd || c == '\n') {
      if (!blank) return true;
      if (c == kEnd) {
        in.setstate(std::ios::eofbit);
        return false;
      }
      line.clear();
      continue;
    }
    blank = blank && (c == ' ' || c == '\t' || c == '\r');
    if (line.size() <= kLongestRequest) line += static_cast<char>(c);
  }
}

std::string answer_or_error(const std::string& request, const std::function<std::string()>& body) {
  const auto error_line = [](const std::string& text) { return line_of({{"error", text}}); };
  if (request.size() > kLongestRequest)
    return error_line(fmt::format("the line is longer than {} MiB", kLongestRequest >> 20U));
  try {
    return body();
  } catch (const InputError& error) {
    std::string text;
    for (const Fault& fault : error.faults()) text += (text.empty() ? "" : "; ") + fault.text();
    return error_line(text);
  } catch (const Json::parse_error& error) {
    return error_line(fmt::format("not valid JSON at byte {}", error.byte));
  } catch (const Json::exception& error) {
    return error_line(std::string("not a request: ") + error.what());
  }
}

}  // namespace amaneku::scenarios
