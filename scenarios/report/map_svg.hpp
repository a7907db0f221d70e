// The maps of the report: a picture, and over it everything that has a name, as inline SVG.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/report/labels.hpp"
#include "scenarios/report/map_view.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/picture.hpp"

namespace amaneku::scenarios {

/// Road classes in the order of drawing importance; sources spell them in many ways.
enum class RoadRank { expressway, national, prefectural, local };

/// OpenStreetMap's "motorway", "trunk", "primary", "secondary" and amaneku's own words; anything else is local.
[[nodiscard]] RoadRank road_rank(std::string_view road_class) noexcept;

/// "富士河口湖町" for "南都留郡富士河口湖町": maps leave out the county of towns and villages.
[[nodiscard]] std::string_view short_name(std::string_view municipality) noexcept;

/// Largest 1, 2 or 5 times a power of ten that is not above `most`; most > 0.
[[nodiscard]] double round_length(double most) noexcept;

class MapDrawing {
 public:
  MapDrawing(const PlanInput& input, const PlanResult& result, Language language);

  /// Borders, roads, sites, names, scale bar, north arrow, ticks in degrees, over the picture.
  [[nodiscard]] std::string coverage_map(const Picture& picture, std::string_view png_base64) const;
  /// For a few centimetres: borders, names of municipalities, planned sites, scale bar and arrow in large marks,
  /// no ticks. Its page must hold the coverage map, whose borders it shows again.
  [[nodiscard]] std::string overview_map(const Picture& picture, std::string_view png_base64,
                                         const Phrase& title) const;
  /// Borders and sites over the picture. Its page must hold the coverage map, whose borders it shows again.
  [[nodiscard]] std::string further_map(const Picture& picture, std::string_view png_base64,
                                        const Phrase& title) const;
  /// As coverage_map(), of another picture: `marks` are SVG in the units of view(), below the sites. Of several on
  /// a page the `first` draws the lines that the others show again.
  [[nodiscard]] std::string marked_map(const Picture& picture, std::string_view marks, const Phrase& title,
                                       bool first) const;
  /// As line_map(), for a few centimetres: large marks, no sites, no ticks.
  [[nodiscard]] std::string small_line_map(std::string_view content, const Phrase& title) const;
  /// A number in a disc as large as small_line_map() needs it, to stand in its content.
  [[nodiscard]] std::string numbered_mark(Point at, std::size_t number) const;
  /// SVG in the units of view() over borders and pale roads, the sites over it. Its page must hold the coverage
  /// map, whose lines it shows again.
  [[nodiscard]] std::string line_map(std::string_view content, const Phrase& title) const;
  [[nodiscard]] const MapView& view() const noexcept { return view_; }

 private:
  [[nodiscard]] std::string frame(const Picture& picture, std::string_view png_base64, const std::string& content,
                                  const Phrase& title) const;
  [[nodiscard]] std::string pale_roads() const;
  /// Without ticks.
  [[nodiscard]] std::string bare(std::string_view content, const Phrase& title) const;
  /// The hatching and the picture over it.
  [[nodiscard]] std::string under(const Picture& picture, std::string_view png_base64) const;
  /// What lies inside of the map's edge, with the edge.
  [[nodiscard]] std::string inner(std::string_view content) const;
  /// Of any content, in the units of the view.
  [[nodiscard]] std::string framed(std::string_view content, const Phrase& title) const;
  [[nodiscard]] std::string roads(double tolerance) const;
  [[nodiscard]] std::string lines() const;
  [[nodiscard]] std::string sites(bool with_titles) const;
  [[nodiscard]] std::string site_mark(const Site& site, double size, bool with_title) const;
  [[nodiscard]] std::string names() const;
  [[nodiscard]] std::string municipality_names(LabelSpace& space, double size) const;
  [[nodiscard]] std::string site_names(LabelSpace& space) const;
  [[nodiscard]] std::string ticks() const;
  [[nodiscard]] std::string scale_bar(double size = 1.0) const;
  [[nodiscard]] std::string north_arrow(double size = 1.0) const;

  const PlanInput& input_;
  const PlanResult& result_;
  Language language_;
  MapView view_;
};

}  // namespace amaneku::scenarios
