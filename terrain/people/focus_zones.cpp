#include "terrain/people/focus_zones.hpp"

#include <utility>

#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

struct ZoneTally {
  long long without_name = 0;
  long long without_area = 0;
  long long repaired = 0;
};

void add(FocusZones& zones, ZoneTally& tally, const FocusZoneSource& source, const Crs& crs) {
  SourceLayer layer =
      read_source_layer({.path = source.path, .crs = &crs, .repair = source.repair, .may_repair = true});
  const int name_index = layer.field(source.name_field);
  for (SourceFeature& feature : layer.features) {
    if (!feature.lines.empty() || !feature.points.empty()) {
      throw InputError(Fault{.message = "is not a polygon",
                             .file = source.path.string(),
                             .key = "feature",
                             .value = std::to_string(feature.fid)});
    }
    if (feature.area.parts.empty()) {
      ++tally.without_area;
      continue;
    }
    std::string name =
        name_index < 0 ? std::string{} : feature.values[static_cast<std::size_t>(name_index)].value_or("");
    if (name.empty()) {
      ++tally.without_name;
      name = source.path.stem().string() + ":" + std::to_string(feature.fid);
    }
    tally.repaired += feature.repaired ? 1 : 0;
    zones.zones.push_back({std::move(name), std::move(feature.area)});
  }
  zones.sources.push_back(source.path.filename().string());
}

}  // namespace

FocusZones read_focus_zones(const std::vector<FocusZoneSource>& sources, const Crs& crs) {
  FocusZones zones;
  ZoneTally tally;
  for (const FocusZoneSource& source : sources) add(zones, tally, source, crs);
  const auto warn = [&](const char* id, const char* message, long long count) {
    if (count > 0) zones.warnings.push_back({id, message, count});
  };
  warn("focus_zone_without_name", "focus zones without a name are called by their file and feature",
       tally.without_name);
  warn("focus_zone_without_area", "features of focus zones without an area were left out", tally.without_area);
  warn("focus_zone_repaired", "focus zones with rings that crossed themselves were mended", tally.repaired);
  return zones;
}

}  // namespace amaneku
