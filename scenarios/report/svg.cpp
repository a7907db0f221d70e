#include "scenarios/report/svg.hpp"

#include <fmt/format.h>

#include <iterator>

#include "scenarios/report/html.hpp"

namespace amaneku::scenarios {

SvgPath& SvgPath::to(double x, double y) {
  fmt::format_to(std::back_inserter(data_), "{0}{1:.{3}f} {2:.{3}f}", begun_ ? 'L' : 'M', x, y, decimals_);
  begun_ = true;
  return *this;
}

SvgPath& SvgPath::end() {
  begun_ = false;
  return *this;
}

SvgPath& SvgPath::close() {
  data_ += 'Z';
  return end();
}

std::string svg_title(std::string_view text) {
  return "<title>" + escape_html(text) + "</title>";
}

std::string SvgPlot::begin(double left, double top, double right, double bottom) const {
  return fmt::format("<svg class=\"plot\" viewBox=\"{:g} {:g} {:g} {:g}\" role=\"img\">", -left, -top,
                     width + left + right, height + top + bottom);
}

std::string SvgPlot::level(double y, std::string_view label) const {
  return fmt::format(
      "<path class=\"grid\" d=\"M0 {:.1f}H{:g}\"/><text x=\"{:g}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", y,
      width, -label_gap, y + 4.0, escape_html(label));
}

std::string SvgPlot::upright(double x, std::string_view label) const {
  return fmt::format(
      "<path class=\"grid\" d=\"M{0:.1f} 0V{1:g}\"/><text x=\"{0:.1f}\" y=\"{2:g}\" "
      "text-anchor=\"middle\">{3}</text>",
      x, height, height + label_gap + 10.0, escape_html(label));
}

}  // namespace amaneku::scenarios
