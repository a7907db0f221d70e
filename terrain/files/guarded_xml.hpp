// XML from strangers: read whole, without entities, neither deeper nor larger than a parser can bear.
#pragma once

#include <cstddef>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace amaneku {

/// What a message asks for instead.
struct XmlAdvice {
  std::string utf8{};     ///< "XML in UTF-8"
  std::string smaller{};  ///< than kMostXmlParts elements and attributes
};

/// Of the parser's memory, an element takes 64 bytes and an attribute 40, whatever they take in the file.
inline constexpr std::ptrdiff_t kMostXmlParts = 40'000'000;

class GuardedXml {
 public:
  /// InputError with file and line: not UTF-8, too many elements, a DOCTYPE or entities, nested more than 64 deep,
  /// not well formed. `file` is for messages.
  GuardedXml(std::string text, std::string file, const XmlAdvice& advice);
  GuardedXml(const GuardedXml&) = delete;
  GuardedXml& operator=(const GuardedXml&) = delete;

  [[nodiscard]] pugi::xml_node root() const noexcept { return document_.document_element(); }
  /// From 1.
  [[nodiscard]] int line_of(const pugi::xml_node& node) const noexcept { return line_at(node.offset_debug()); }

 private:
  [[noreturn]] void refuse(std::string message, std::string legal, int line = 0) const;
  [[nodiscard]] int line_at(std::ptrdiff_t offset) const noexcept;

  std::string text_;  ///< the document points into it
  std::string file_;
  std::vector<std::ptrdiff_t> line_starts_{};
  pugi::xml_document document_{};
};

}  // namespace amaneku
