#include "scenarios/report/phrase.hpp"

#include "terrain/error.hpp"

namespace amaneku::scenarios {

std::string fill(std::string_view text, std::initializer_list<std::string_view> arguments) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool argument = text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}';
    if (!argument) {
      out += text[i];
      continue;
    }
    const auto index = static_cast<std::size_t>(text[i + 1] - '0');
    if (index >= arguments.size()) throw InternalError("a phrase of the report lacks an argument");
    out += *(arguments.begin() + index);
    i += 2;
  }
  return out;
}

}  // namespace amaneku::scenarios
