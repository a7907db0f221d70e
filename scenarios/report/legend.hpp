// One legend for the map, the table, legend.csv, the GeoTIFF colours and the QGIS style.
#pragma once

#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku::scenarios {

/// Half-open class [min, max): a value on a bound belongs to the class above it. The outer classes are open.
struct LegendClass {
  std::string label{};  ///< English, "-90 to < -80"; pages in other languages word the bounds themselves
  std::string unit{};
  double min = 0.0;  ///< -infinity for the lowest
  double max = 0.0;  ///< +infinity for the highest
  Rgba colour{};
  bool below_threshold = false;  ///< the whole class: no class straddles the threshold
  double area_m2 = 0.0;
  double share = 0.0;  ///< of the computed area, 0..1; all 0 where nothing is computed
};

/// The areas of the classes and no_data_m2 add up to the area of the grid.
struct Legend {
  std::string title{};
  std::vector<LegendClass> classes{};  ///< strongest first, without gaps or overlaps
  double no_data_m2 = 0.0;             ///< "no data" is never a class
  double no_terrain_m2 = 0.0;          ///< the part of no_data_m2 without ground height: sea, voids, off the DEM
};

/// What classes a map has.
struct ValueScale {
  std::string title{};
  std::string unit{};
  std::vector<double> bounds{};  ///< in any order
  double threshold = 0.0;        ///< added to the bounds where it is missing; NaN: none
};

/// Covered classes run through viridis, classes below the threshold are grey. `ground_asl_m` on the same grid, or
/// empty.
[[nodiscard]] Legend value_legend(const ValueScale& scale, const Raster<float>& values,
                                  const Raster<float>& ground_asl_m);

/// Bounds are input.rsrp_classes_dbm and the coverage threshold.
[[nodiscard]] Legend rsrp_legend(const PlanInput& input, const PlanResult& result);

/// Index into `classes` of a finite value.
[[nodiscard]] std::size_t class_index(const Legend& legend, double value) noexcept;

/// Viridis (Smith, van der Walt, Firing; CC0), 0 = dark violet, 1 = yellow; readable with any colour vision.
[[nodiscard]] Rgba viridis(double position) noexcept;

/// "#440154"
[[nodiscard]] std::string hex_colour(Rgba colour);

/// Columns min,max,unit,label,colour,below_threshold,area_m2,share; open ends are empty; the last row is "no
/// data".
[[nodiscard]] std::string legend_csv(const Legend& legend);

/// QGIS raster style (.qml) of discrete classes. QGIS closes a class at its upper value, so the value written
/// is the largest float below the bound: the picture in QGIS is the picture of the report.
[[nodiscard]] std::string qml_style(const Legend& legend);

}  // namespace amaneku::scenarios
