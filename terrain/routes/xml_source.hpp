// XML from strangers, for the readers of this room.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/routes/map_builder.hpp"

namespace amaneku {

class XmlSource {
 public:
  /// InputError with file and line: larger than the builder's options allow, not UTF-8, with a DOCTYPE or
  /// entities, nested more than 64 deep, not well formed.
  explicit XmlSource(const MapBuilder& builder);
  XmlSource(const XmlSource&) = delete;
  XmlSource& operator=(const XmlSource&) = delete;

  [[nodiscard]] pugi::xml_node root() const noexcept { return document_.document_element(); }
  /// From 1.
  [[nodiscard]] int line_of(const pugi::xml_node& node) const noexcept;

 private:
  std::string text_;  ///< the document points into it
  std::vector<std::ptrdiff_t> line_starts_{};
  pugi::xml_document document_{};
};

/// An attribute as a finite number; nothing, and a fault that names it, where it is missing or none.
[[nodiscard]] std::optional<double> xml_number(MapBuilder& builder, const pugi::xml_node& node, const char* name,
                                               const WayPlace& place);

/// The value of the child <tag k="key" v="..."/>; "" without one.
[[nodiscard]] std::string_view tag_of(const pugi::xml_node& node, std::string_view key) noexcept;

}  // namespace amaneku
