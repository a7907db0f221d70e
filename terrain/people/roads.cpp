#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "terrain/people/roads.hpp"
#include "terrain/vector/ogr_source.hpp"
#include "terrain/vector/osm_source.hpp"

namespace amaneku {
namespace {

struct ClassName {
  std::string_view source;
  std::string_view road_class;
};

/// OpenStreetMap `highway` values that are not local roads, and the kinds of 道路法 as maps write them.
constexpr std::array<ClassName, 16> kClasses{{{"motorway", "expressway"},
                                              {"trunk", "national"},
                                              {"primary", "prefectural"},
                                              {"secondary", "prefectural"},
                                              {"高速自動車国道", "expressway"},
                                              {"自動車専用道路", "expressway"},
                                              {"高速道路", "expressway"},
                                              {"一般国道", "national"},
                                              {"国道", "national"},
                                              {"主要地方道", "prefectural"},
                                              {"一般都道府県道", "prefectural"},
                                              {"都道府県道", "prefectural"},
                                              {"県道", "prefectural"},
                                              {"市町村道", "local"},
                                              {"市区町村道", "local"},
                                              {"町道", "local"}}};

/// 国土数値情報 道路 (N13-24), N13_003 道路分類; empty: not known.
constexpr std::array<ClassName, 6> kN13Classes{
    {{"1", "national"}, {"2", "prefectural"}, {"3", "local"}, {"4", "expressway"}, {"5", "other"}, {"6", ""}}};

/// An empty value of a column that is there means none, as in tables made of OpenStreetMap.
Presence tunnel_in(const std::string& field, std::string_view word) {
  if (field == "N13_004") {
    if (word == "3") return Presence::yes;
    return word == "1" || word == "2" || word == "4" ? Presence::none : Presence::unknown;
  }
  return word.empty() ? Presence::none : tunnel_of(word).value_or(Presence::unknown);
}

Presence bridge_in(const std::string& field, std::string_view word) {
  if (field == "N13_004") {
    if (word == "2") return Presence::yes;
    return word == "1" || word == "3" || word == "4" ? Presence::none : Presence::unknown;
  }
  return word.empty() ? Presence::none : bridge_of(word).value_or(Presence::unknown);
}

/// "fclass" is what extracts of OpenStreetMap as Shapefiles have instead of "highway".
std::string normalised(std::string_view word, const std::string& field) {
  if (field == "N13_003") {
    const auto code =
        std::find_if(kN13Classes.begin(), kN13Classes.end(), [&](const ClassName& c) { return c.source == word; });
    if (code != kN13Classes.end()) return std::string(code->road_class);
  }
  const bool openstreetmap = field == "highway" || field == "fclass";
  std::string_view stem = word;
  if (openstreetmap && stem.ends_with("_link")) stem.remove_suffix(5);
  const auto known =
      std::find_if(kClasses.begin(), kClasses.end(), [&](const ClassName& c) { return c.source == stem; });
  if (known != kClasses.end()) return std::string(known->road_class);
  return openstreetmap ? "local" : std::string(word);
}

/// Indices of the fields of a layer; -1: it has none of the name.
struct RoadColumns {
  int road_class;
  int name;
  int id;
  int tunnel;
  int bridge;
  bool openstreetmap;
};

class RoadReader {
 public:
  explicit RoadReader(const Crs& crs) : crs_(crs) {}

  void read(const RoadSource& given) {
    const RoadSource source = is_osm_pbf(given.path) ? openstreetmap(given) : given;
    // One column of N13 says both.
    const std::string& bridge_field = source.tunnel_field == "N13_004" ? source.tunnel_field : source.bridge_field;
    std::optional<RoadColumns> columns;
    const SourceLayer layer = visit_source_layer(
        {.path = source.path,
         .crs = &crs_,
         .only_fields = {source.class_field, source.name_field, "id", source.tunnel_field, bridge_field}},
        [&](const SourceLayer& of, SourceFeature& feature) {
          if (!columns) {
            columns = {of.field(source.class_field),  of.field(source.name_field), of.field("id"),
                       of.field(source.tunnel_field), of.field(bridge_field),      of.openstreetmap};
          }
          add(source, bridge_field, *columns, feature);
        });
    if (!source.class_field.empty() && layer.field(source.class_field) < 0) {
      roads_.warnings.push_back({"road_class_field_missing", source.path.filename().string() + " has no field \"" +
                                                                 source.class_field + "\": its roads are all \"" +
                                                                 source.road_class + "\""});
    }
    roads_.sources.push_back(source.path.filename().string());
  }

  [[nodiscard]] Roads take() {
    if (not_there_ > 0) {
      roads_.warnings.push_back(
          {"road_not_in_use", "roads that are planned, being built or given up were left out", not_there_});
    }
    if (not_lines_ > 0) {
      roads_.warnings.push_back({"road_not_a_line", "road features that are not lines were left out", not_lines_});
    }
    return std::move(roads_);
  }

 private:
  static RoadSource openstreetmap(RoadSource source) {
    if (source.class_field.empty()) source.class_field = "highway";
    return source;
  }

  void add(const RoadSource& source, const std::string& bridge_field, const RoadColumns& columns,
           SourceFeature& feature) {
    const auto value = [&](int index) {
      return index < 0 ? std::string{} : feature.values[static_cast<std::size_t>(index)].value_or("");
    };
    const std::string stated = value(columns.road_class);
    if (columns.openstreetmap && stated.empty()) return;  // a river, a railway
    const std::string word = stated.empty() ? "" : normalised(stated, source.class_field);
    const std::string tunnel = value(columns.tunnel);
    // N13_004 道路状態: 5 is 建設中.
    const bool being_built = source.tunnel_field == "N13_004" && tunnel == "5";
    if (being_built || is_not_in_use(stated)) {
      ++not_there_;
      return;
    }
    std::string id = value(columns.id);
    if (id.empty()) id = source.path.stem().string() + ":" + std::to_string(feature.fid);
    add_lines({.id = std::move(id),
               .road_class = word.empty() ? source.road_class : word,
               .name = value(columns.name),
               .tunnel = columns.tunnel < 0 ? Presence::unknown : tunnel_in(source.tunnel_field, tunnel),
               .bridge = columns.bridge < 0 ? Presence::unknown : bridge_in(bridge_field, value(columns.bridge)),
               .tunnel_served = source.tunnels_served},
              feature);
  }

  /// One road for each line of the feature.
  void add_lines(Road road, SourceFeature& feature) {
    if (feature.lines.empty()) ++not_lines_;
    const std::string id = road.id;
    for (std::size_t i = 0; i < feature.lines.size(); ++i) {
      const bool last = i + 1 == feature.lines.size();
      Road piece = last ? std::move(road) : road;
      if (feature.lines.size() > 1) piece.id = id + "#" + std::to_string(i + 1);
      piece.line = std::move(feature.lines[i]);
      roads_.roads.push_back(std::move(piece));
    }
  }

  const Crs& crs_;
  Roads roads_{};
  long long not_there_ = 0;
  long long not_lines_ = 0;
};

}  // namespace

Roads read_roads(const std::vector<RoadSource>& sources, const Crs& crs) {
  RoadReader reader(crs);
  for (const RoadSource& source : sources) reader.read(source);
  return reader.take();
}

}  // namespace amaneku
