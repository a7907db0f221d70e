#include "terrain/files/guarded_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "terrain/error.hpp"
#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

constexpr int kDeepest = 64;

/// The first element that lies too deep.
class DepthWalker : public pugi::xml_tree_walker {
 public:
  bool for_each(pugi::xml_node& node) override {
    if (depth() < kDeepest) return true;
    too_deep = node;
    return false;
  }
  pugi::xml_node too_deep{};
};

}  // namespace

GuardedXml::GuardedXml(std::string text, std::string file, const XmlAdvice& advice)
    : text_(std::move(text)), file_(std::move(file)) {
  if (!is_utf8(text_)) refuse("is not UTF-8", advice.utf8);
  const auto parts = std::count_if(text_.begin(), text_.end(), [](char c) { return c == '<' || c == '='; });
  if (parts > kMostXmlParts)
    refuse(fmt::format("has more than {} elements and attributes", kMostXmlParts), advice.smaller);
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(static_cast<std::ptrdiff_t>(at) + 1);
  if (text_.find("<!DOCTYPE") != std::string::npos || text_.find("<!ENTITY") != std::string::npos)
    refuse("holds a DOCTYPE; entities are not expanded", "the file without it");
  const pugi::xml_parse_result parsed =
      document_.load_buffer_inplace(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) refuse(fmt::format("is not valid XML: {}", parsed.description()), "", line_at(parsed.offset));
  DepthWalker walker;
  document_.traverse(walker);
  if (walker.too_deep)
    refuse(fmt::format("its elements are nested more than {} deep", kDeepest), "", line_of(walker.too_deep));
}

void GuardedXml::refuse(std::string message, std::string legal, int line) const {
  throw InputError(Fault{.message = std::move(message), .file = file_, .line = line, .legal = std::move(legal)});
}

int GuardedXml::line_at(std::ptrdiff_t offset) const noexcept {
  const auto line = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  return static_cast<int>(line - line_starts_.begin());
}

}  // namespace amaneku
