// Figures over the fiscal years as lines, with what is demanded and what was published as marks.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace amaneku::scenarios {

struct YearCurve {
  std::string title{};  ///< shown on the line; escaped here
  std::vector<std::pair<int, double>> points{};
  bool strong = false;
};

struct YearMark {
  int year = 0;
  double value = 0.0;
  bool demanded = true;  ///< else published
  bool past = false;     ///< demanded, and its year is over
  std::string title{};
};

struct YearPlot {
  std::vector<YearCurve> curves{};
  std::vector<YearMark> marks{};
  bool percent = false;
};

/// Inline SVG, 460 x 230; empty without a point.
[[nodiscard]] std::string year_curves_svg(const YearPlot& plot);

}  // namespace amaneku::scenarios
