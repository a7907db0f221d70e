// One legend for the map, the table, the GeoTIFF colour table and the QGIS style.
#pragma once

#include <string>
#include <vector>

#include "libsim/plan.hpp"

namespace amaneku::scenarios {

/// Half-open class [min_dbm, max_dbm); the outer classes are open-ended.
struct LegendClass {
  std::string label{};
  std::string unit{};
  double min = 0.0;  ///< -infinity for the lowest
  double max = 0.0;  ///< +infinity for the highest
  Rgba colour{};
  bool below_threshold = false;
  double area_m2 = 0.0;
  double share = 0.0;  ///< of the computed area
};

struct Legend {
  std::string title{};
  std::vector<LegendClass> classes{};  ///< strongest first
  double no_data_m2 = 0.0;             ///< "no data" is never a class
};

[[nodiscard]] Legend rsrp_legend(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku::scenarios
