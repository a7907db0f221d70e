#include "terrain/routes/xml_source.hpp"

#include <fmt/format.h>

#include <cmath>

#include "terrain/files/text_file.hpp"

namespace amaneku {

XmlSource::XmlSource(const MapBuilder& builder)
    : xml_(read_bytes(builder.path(), builder.options().max_bytes), builder.path().string(),
           {.utf8 = "XML in UTF-8", .smaller = "the roads of the region that is planned, cut out of the file"}) {}

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
