// One text of the report in every language. A phrase without a translation, or whose translation takes other
// arguments, does not compile.
#pragma once

#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// `{0}`, `{1}` .. `{9}` stand for arguments; both languages use the same ones, in any order.
class Phrase {
 public:
  constexpr Phrase(std::string_view english, std::string_view japanese) : english_(english), japanese_(japanese) {
    if (english.empty() || japanese.empty()) throw "a translation is missing";
    if (arguments(english) != arguments(japanese)) throw "the translations take different arguments";
  }

  [[nodiscard]] constexpr std::string_view in(Language language) const {
    switch (language) {
      case Language::en:
        return english_;
      case Language::ja:
        return japanese_;
    }
    throw "a language without text";
  }

  /// Bit i is set where {i} occurs.
  [[nodiscard]] static constexpr unsigned arguments(std::string_view text) {
    unsigned bits = 0;
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
      if (text[i] == '{' && text[i + 2] == '}') bits |= 1U << static_cast<unsigned>(text[i + 1] - '0');
    }
    return bits;
  }

 private:
  std::string_view english_;
  std::string_view japanese_;
};

/// The phrase with its arguments in place; throws InternalError where an argument is missing.
[[nodiscard]] std::string fill(std::string_view text, std::initializer_list<std::string_view> arguments);

}  // namespace amaneku::scenarios
