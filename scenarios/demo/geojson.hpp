// GeoJSON (RFC 7946) text: longitude and latitude in degrees, always the same bytes for the same features.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku::scenarios::demo {

using Properties = std::vector<std::pair<std::string, std::string>>;

/// Collects features of plan coordinates.
class GeoJson {
 public:
  /// `description` becomes a member of the collection.
  GeoJson(const Crs& crs, const std::string& name, const std::string& description);

  void add(Point point, const Properties& properties);
  void add(const Line& line, const Properties& properties);
  void add(const MultiPolygon& area, const Properties& properties);  ///< outer rings anticlockwise

  [[nodiscard]] std::string text() const;

 private:
  void append(const std::string& type, const std::string& coordinates, const Properties& properties);
  [[nodiscard]] std::string position(Point point) const;
  [[nodiscard]] std::string positions(const Line& line) const;

  const Crs& crs_;
  std::string head_;
  std::vector<std::string> features_{};
};

}  // namespace amaneku::scenarios::demo
