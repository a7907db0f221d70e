// What the drawings share, as SVG: paths through points, titles, the grid of a plot.
#pragma once

#include <string>
#include <string_view>

namespace amaneku::scenarios {

/// The data of a <path>, point by point: "M0.0 1.5L2.0 3.0".
class SvgPath {
 public:
  explicit SvgPath(int decimals) : decimals_(decimals) {}

  /// A straight line to the point; the first point begins the path, and the first after an end or a close anew.
  SvgPath& to(double x, double y);
  SvgPath& end();
  /// Back to where it began.
  SvgPath& close();

  [[nodiscard]] const std::string& data() const noexcept { return data_; }

 private:
  int decimals_;
  bool begun_ = false;
  std::string data_{};
};

/// A <title> for the element that it is put into; escaped here.
[[nodiscard]] std::string svg_title(std::string_view text);

/// A plot of the page's class "plot"; (0, 0) is its upper left corner.
struct SvgPlot {
  double width;
  double height;
  double label_gap;  ///< between the grid and its labels

  /// The tag that opens it, with room for the labels.
  [[nodiscard]] std::string begin(double left, double top, double right, double bottom) const;
  /// A line of the grid from left to right, its label at the left; from top to bottom, its label below. Labels are
  /// escaped here.
  [[nodiscard]] std::string level(double y, std::string_view label) const;
  [[nodiscard]] std::string upright(double x, std::string_view label) const;
};

}  // namespace amaneku::scenarios
