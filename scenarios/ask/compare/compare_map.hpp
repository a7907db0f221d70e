// The map of a comparison with its legend, as HTML.
#pragma once

#include <string>
#include <vector>

#include "scenarios/ask/compare/plan_comparison.hpp"
#include "scenarios/report/picture.hpp"

namespace amaneku::scenarios {

/// Draws the maps of one comparison. All are on the grid of the first plan.
class CompareMaps {
 public:
  /// Reads ground and borders of the first plan, where there is a map to draw. `lines_there`: the page has another
  /// map of this area, whose borders are shown again.
  CompareMaps(const PlanComparison& comparison, Language language, bool lines_there);

  /// Map and legend; the first that is drawn draws the lines of the others.
  [[nodiscard]] std::string plate(const PlanChange& change);

 private:
  [[nodiscard]] std::string legend(const PlanChange& change) const;

  const PlanComparison& comparison_;
  Language language_;
  int width_;
  std::vector<Municipality> borders_{};
  Backdrop backdrop_{};
  bool first_;
};

}  // namespace amaneku::scenarios
