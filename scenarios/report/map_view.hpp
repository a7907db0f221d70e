// From plan coordinates to the units of the drawing, and lines small enough for a page.
#pragma once

#include <string>
#include <vector>

#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku::scenarios {

/// A place in the drawing, in its user units, y downwards.
struct ViewPoint {
  double x;
  double y;
};

using ViewLine = std::vector<ViewPoint>;

/// The plan's extent drawn `width` units wide at most, `height` in proportion.
class MapView {
 public:
  explicit MapView(const Grid& plan);

  [[nodiscard]] double width() const noexcept { return width_; }
  [[nodiscard]] double height() const noexcept { return height_; }
  [[nodiscard]] double units_per_m() const noexcept { return units_per_m_; }
  [[nodiscard]] ViewPoint to_view(Point p) const noexcept {
    return {(p.x_m - west_m_) * units_per_m_, (north_m_ - p.y_m) * units_per_m_};
  }
  [[nodiscard]] bool holds(ViewPoint p) const noexcept {
    return p.x >= 0.0 && p.y >= 0.0 && p.x <= width_ && p.y <= height_;
  }
  /// False only for segments that surely miss the drawing.
  [[nodiscard]] bool may_show(ViewPoint a, ViewPoint b) const noexcept;

 private:
  double west_m_;
  double north_m_;
  double units_per_m_;
  double width_;
  double height_;
};

/// The parts of a line that may show.
[[nodiscard]] std::vector<ViewLine> visible_parts(const MapView& view, const Line& line);

/// Every boundary once, also where two municipalities share it.
[[nodiscard]] std::vector<ViewLine> boundary_lines(const MapView& view, const std::vector<MultiPolygon>& areas);

/// Douglas and Peucker (1973): no dropped point lies farther than `tolerance` from the line. Keeps both ends.
[[nodiscard]] ViewLine simplified(const ViewLine& line, double tolerance);

/// SVG path data in tenths of a unit: "M12 34l5-6". Lines shorter than the tolerance are left out.
[[nodiscard]] std::string path_data(const std::vector<ViewLine>& lines, double tolerance);

}  // namespace amaneku::scenarios
