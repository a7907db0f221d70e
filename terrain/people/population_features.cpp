// Population from points and polygons of a vector file.

#include "terrain/people/population_readers.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

class FeaturePopulation {
 public:
  FeaturePopulation(const PopulationSource& source, const Crs& crs)
      : source_(source), crs_(crs), faults_(source.path.string()) {}

  Population read() {
    const SourceLayer layer =
        read_source_layer({.path = source_.path, .needed_field = source_.count_field, .crs = &crs_});
    const auto count = static_cast<std::size_t>(layer.field(source_.count_field));
    for (const SourceFeature& feature : layer.features) add(feature, feature.values[count]);
    faults_.throw_if_any();
    if (without_figure_ > 0) {
      population_.warnings.push_back(
          {"population_without_figure", "features without a figure: left out", without_figure_});
    }
    return std::move(population_);
  }

 private:
  void add(const SourceFeature& feature, const std::optional<std::string>& text) {
    const std::string name = "feature " + std::to_string(feature.fid);
    const std::optional<Figure> figure =
        parse_figure(text.value_or(""), {.message = {}, .key = name + ", " + source_.count_field}, faults_);
    if (!figure) return;
    if (!figure->people) {
      ++without_figure_;
      return;
    }
    const char* wrong = fault_of(feature);
    if (wrong != nullptr) {
      faults_.add({.message = wrong, .key = name});
      return;
    }
    PopulationUnit unit{.id = source_.path.filename().string() + ":" + std::to_string(feature.fid),
                        .people = *figure->people};
    unit.footprint = feature.area;
    unit.centre = feature.points.empty() ? inner_point(feature.area) : crs_.to_plan(feature.points.front());
    population_.units.push_back(std::move(unit));
  }

  /// Null if the feature is one point or one area, and the kind that the user asked for.
  [[nodiscard]] const char* fault_of(const SourceFeature& feature) const {
    if (feature.empty()) return "has no geometry";
    if (!feature.lines.empty()) return "is a line; population needs points or polygons";
    const bool is_area = !feature.area.parts.empty();
    if (is_area && !feature.points.empty()) return "is a mixture of points and polygons";
    if (feature.points.size() > 1) return "is several points: which of them do the people live at?";
    if (source_.format == PopulationFormat::polygons && !is_area) return "is not a polygon";
    // "points" is also what automatic detection finds, so the request itself is looked at.
    if (source_.format == PopulationFormat::points && is_area) return "is not a point";
    return nullptr;
  }

  const PopulationSource& source_;
  const Crs& crs_;
  FaultList faults_;
  long long without_figure_ = 0;
  Population population_{};
};

}  // namespace

Population read_population_features(const PopulationSource& source, const Crs& crs) {
  return FeaturePopulation(source, crs).read();
}

}  // namespace amaneku
