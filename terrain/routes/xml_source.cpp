#include "terrain/routes/xml_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

constexpr int kDeepest = 64;
/// Of the parser's memory, an element takes 64 bytes and an attribute 40, whatever they take in the file.
constexpr std::ptrdiff_t kMostParts = 40'000'000;

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

XmlSource::XmlSource(const MapBuilder& builder) : text_(read_bytes(builder.path(), builder.options().max_bytes)) {
  if (!is_utf8(text_)) builder.refuse("is not UTF-8", "XML in UTF-8");
  const auto parts = std::count_if(text_.begin(), text_.end(), [](char c) { return c == '<' || c == '='; });
  if (parts > kMostParts) {
    builder.refuse(fmt::format("has more than {} elements and attributes", kMostParts),
                   "the roads of the region that is planned, cut out of the file");
  }
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(static_cast<std::ptrdiff_t>(at) + 1);
  if (text_.find("<!DOCTYPE") != std::string::npos || text_.find("<!ENTITY") != std::string::npos)
    builder.refuse("holds a DOCTYPE; entities are not expanded", "the file without it");
  const pugi::xml_parse_result parsed =
      document_.load_buffer_inplace(text_.data(), text_.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed) {
    const auto line = std::upper_bound(line_starts_.begin(), line_starts_.end(), parsed.offset);
    builder.refuse_at({static_cast<int>(line - line_starts_.begin()), ""},
                      fmt::format("is not valid XML: {}", parsed.description()));
  }
  DepthWalker walker;
  document_.traverse(walker);
  if (walker.too_deep) {
    builder.refuse_at({line_of(walker.too_deep), ""},
                      fmt::format("its elements are nested more than {} deep", kDeepest));
  }
}

int XmlSource::line_of(const pugi::xml_node& node) const noexcept {
  const auto line = std::upper_bound(line_starts_.begin(), line_starts_.end(), node.offset_debug());
  return static_cast<int>(line - line_starts_.begin());
}

std::optional<double> xml_number(MapBuilder& builder, const pugi::xml_node& node, const char* name,
                                 const WayPlace& place) {
  const pugi::xml_attribute attribute = node.attribute(name);
  const std::string element = fmt::format("<{}> ", node.name());
  if (!attribute) {
    builder.fault(place, element + "has no " + name);
    return std::nullopt;
  }
  const std::optional<double> value = parse_number(trimmed(attribute.value()));
  if (value && std::isfinite(*value)) return value;
  builder.fault(place, fmt::format("{}{} = \"{}\" is not a number", element, name,
                                   std::string_view(attribute.value()).substr(0, 40)));
  return std::nullopt;
}

std::string_view tag_of(const pugi::xml_node& node, std::string_view key) noexcept {
  for (const pugi::xml_node& tag : node.children("tag")) {
    if (key == tag.attribute("k").value()) return tag.attribute("v").value();
  }
  return {};
}

}  // namespace amaneku
