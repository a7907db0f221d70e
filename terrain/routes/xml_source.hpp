// XML from strangers, for the readers of this room.
#pragma once

#include <optional>
#include <pugixml.hpp>
#include <string_view>

#include "terrain/files/guarded_xml.hpp"
#include "terrain/routes/map_builder.hpp"

namespace amaneku {

class XmlSource {
 public:
  /// InputError with file and line: larger than the builder's options allow, and as GuardedXml.
  explicit XmlSource(const MapBuilder& builder);

  [[nodiscard]] pugi::xml_node root() const noexcept { return xml_.root(); }
  /// From 1.
  [[nodiscard]] int line_of(const pugi::xml_node& node) const noexcept { return xml_.line_of(node); }

 private:
  GuardedXml xml_;
};

/// An attribute as a finite number; nothing, and a fault that names it, where it is missing or none.
[[nodiscard]] std::optional<double> xml_number(MapBuilder& builder, const pugi::xml_node& node, const char* name,
                                               const WayPlace& place);

/// The value of the child <tag k="key" v="..."/>; "" without one.
[[nodiscard]] std::string_view tag_of(const pugi::xml_node& node, std::string_view key) noexcept;

}  // namespace amaneku
