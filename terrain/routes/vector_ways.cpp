#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "terrain/files/text_file.hpp"
#include "terrain/routes/way_readers.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

/// A GeoJSON may name its CRS by an address, which GDAL would fetch.
void refuse_linked_crs(const MapBuilder& builder) {
  const std::string text = read_bytes(builder.path(), builder.options().max_bytes);
  for (std::size_t at = text.find("\"crs\""); at != std::string::npos; at = text.find("\"crs\"", at + 1)) {
    const std::string_view near = std::string_view(text).substr(at, 400);
    if (near.find("\"link\"") != std::string_view::npos)
      builder.refuse("names its CRS by a link, which is not followed", "a CRS by its name, or none (WGS 84)");
  }
}

class FeatureValues {
 public:
  FeatureValues(const SourceLayer& layer, const SourceFeature& feature) : layer_(layer), feature_(feature) {}

  [[nodiscard]] std::string_view operator[](const std::string& column) const {
    const int index = layer_.field(column);
    if (index < 0) return {};
    const std::optional<std::string>& value = feature_.values[static_cast<std::size_t>(index)];
    return value ? trimmed(*value) : std::string_view{};
  }

 private:
  const SourceLayer& layer_;
  const SourceFeature& feature_;
};

struct CodeWord {
  std::string_view code;
  std::string_view word;
};

template <std::size_t N>
std::string word_of(std::string_view code, const std::array<CodeWord, N>& words) {
  const auto known = std::find_if(words.begin(), words.end(), [&](const CodeWord& w) { return w.code == code; });
  return std::string(known == words.end() ? code : known->word);
}

/// 国土数値情報 道路 (N13-24), N13_003 道路分類.
constexpr std::array<CodeWord, 6> kRoadClasses{
    {{"1", "national"}, {"2", "prefectural"}, {"3", "local"}, {"4", "expressway"}, {"5", "other"}, {"6", ""}}};

/// N13_004 道路状態: 1 通常部, 2 橋・高架, 3 トンネル, 4 雪囲い, 5 建設中, 6 その他, 7 不明.
WayAttributes n13_attributes(MapBuilder& builder, const FeatureValues& values) {
  WayAttributes out{.road_class = word_of(values["N13_003"], kRoadClasses)};
  const std::string_view state = values["N13_004"];
  if (state == "5") out.road_class = "construction";
  if (state == "1" || state == "2" || state == "4") out.tunnel = Presence::none;
  if (state == "3") out.tunnel = Presence::yes;
  if (state == "1" || state == "3" || state == "4") out.bridge = Presence::none;
  if (state == "2") out.bridge = Presence::yes;
  if (state == "4") builder.warn("route_snow_shed", "ways below snow sheds (N13_004 = 4) count as no tunnel");
  builder.put(out, WayKey::layer, values["N13_005"]);
  return out;
}

/// 国土数値情報 鉄道 (N02), N02_001 鉄道区分.
constexpr std::array<CodeWord, 12> kRailClasses{{{"11", "railway"},
                                                 {"12", "railway"},
                                                 {"13", "funicular"},
                                                 {"14", "monorail"},
                                                 {"15", "monorail"},
                                                 {"16", "guideway"},
                                                 {"17", "trolleybus"},
                                                 {"21", "tram"},
                                                 {"22", "monorail"},
                                                 {"23", "monorail"},
                                                 {"24", "guideway"},
                                                 {"25", "maglev"}}};

/// N02_002 事業者種別: 1 is 新幹線; N02_003 路線名, N02_004 運営会社. Nothing is said of tunnels.
WayAttributes n02_attributes(const FeatureValues& values) {
  return {.road_class = values["N02_002"] == "1" ? "shinkansen" : word_of(values["N02_001"], kRailClasses),
          .ref = std::string(values["N02_004"]),
          .name = std::string(values["N02_003"])};
}

WayAttributes plain_attributes(MapBuilder& builder, const AttributeColumns& columns, const FeatureValues& values) {
  WayAttributes out;
  for (const auto& [key, column] : columns.columns) builder.put(out, key, values[column]);
  builder.settle_absent(out, columns.has(WayKey::tunnel), columns.has(WayKey::bridge));
  return out;
}

/// One piece for each line of the feature.
void add_feature(MapBuilder& builder, const SourceFeature& feature, const RoutePiece& like) {
  for (std::size_t i = 0; i < feature.ways.size(); ++i) {
    RoutePiece piece = like;
    if (feature.ways.size() > 1) piece.id += fmt::format("#{}", i + 1);
    piece.points.reserve(feature.ways[i].size());
    for (const LonLatHeight& point : feature.ways[i]) piece.points.push_back({point.at, point.height_m});
    builder.add(std::move(piece));
  }
}

}  // namespace

void read_vector_ways(MapBuilder& builder) {
  if (builder.format() == RouteFormat::geojson) refuse_linked_crs(builder);
  const SourceLayer layer =
      read_source_layer({.path = builder.path(), .layer = builder.options().layer, .lines_in_degrees = true});
  const bool by_code = builder.options().columns.empty();
  const bool n13 = by_code && layer.field("N13_004") >= 0 && layer.field("N13_003") >= 0;
  const bool n02 = by_code && layer.field("N02_001") >= 0 && layer.field("N02_003") >= 0;
  const AttributeColumns columns = n13 || n02 ? AttributeColumns{} : attribute_columns(builder, layer.fields);
  for (const SourceFeature& feature : layer.features) {
    const FeatureValues values(layer, feature);
    const std::string_view id = columns.id.empty() ? "" : values[columns.id];
    RoutePiece like{.id = std::string(id), .where = fmt::format("feature {}", feature.fid)};
    if (id.empty()) like.id = fmt::format("{}:{}", builder.path().stem().string(), feature.fid);
    like.attributes = n13   ? n13_attributes(builder, values)
                      : n02 ? n02_attributes(values)
                            : plain_attributes(builder, columns, values);
    if (feature.ways.empty())
      builder.warn("route_feature_not_a_line", "features that are not lines were left out");
    add_feature(builder, feature, like);
  }
}

}  // namespace amaneku
