// QGIS styles (.qml): vector layers and the raster of best servers. The raster of received power takes its
// style from the legend (report/legend.hpp).
#pragma once

#include <string>
#include <vector>

#include "terrain/raster/raster_io.hpp"

namespace amaneku::scenarios {

/// One class of a categorised style.
struct StyleCategory {
  std::string value{};  ///< of the field
  std::string label{};
  Rgba colour{};
};

enum class SymbolKind { marker, line, fill };

/// One symbol for all features.
[[nodiscard]] std::string single_symbol_qml(SymbolKind kind, Rgba colour, double size_mm);
/// A symbol per value of `field`.
[[nodiscard]] std::string categorised_qml(SymbolKind kind, const std::string& field,
                                          const std::vector<StyleCategory>& categories, double size_mm);
/// A symbol per range of `field`: [bounds[i], bounds[i + 1]).
[[nodiscard]] std::string graduated_qml(SymbolKind kind, const std::string& field,
                                        const std::vector<double>& bounds, const std::vector<Rgba>& colours);
/// Values 0 .. n-1 of an integer raster with their names.
[[nodiscard]] std::string paletted_raster_qml(const std::vector<StyleCategory>& categories);

/// Colours for many neighbours: the hue goes round by the golden ratio.
[[nodiscard]] Rgba categorical_colour(std::size_t index) noexcept;

}  // namespace amaneku::scenarios
