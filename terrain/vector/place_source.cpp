#include "terrain/vector/place_source.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>

#include "terrain/fault_list.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/vector/column_names.hpp"
#include "terrain/vector/feature_io.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

/// One row or feature, whatever the file: its text values by name.
class Row {
 public:
  Row(const PlaceSource& source, int line, std::string where, FaultList& faults)
      : source_(source), line_(line), where_(std::move(where)), faults_(faults) {}

  std::map<std::string, std::string> values{};

  [[nodiscard]] std::string text(const std::string& column) const {
    const auto found = values.find(column);
    return found == values.end() ? std::string() : found->second;
  }

  [[nodiscard]] std::optional<double> number(const std::string& column) const {
    const std::string written(trimmed(text(column)));
    if (written.empty()) return std::nullopt;
    const std::optional<double> value = parse_number(written);
    if (value && std::isfinite(*value)) return value;
    const NumberFault why = number_fault(written);
    add(column, why.habit, why.message);
    return std::nullopt;
  }

  void refuse(const std::string& column, const std::string& message) const { add(column, {}, message); }

  /// Rows of the same habit are one line.
  void add(const std::string& column, const std::string& habit, const std::string& message) const {
    faults_.add(habit, {.message = message + where_,
                        .file = source_.path.string(),
                        .line = line_,
                        .key = column,
                        .value = text(column)});
  }

  /// The place without its position.
  [[nodiscard]] SourcePlace place() const {
    const std::string kind = text(source_.kind_field);
    SourcePlace out{.name = text(source_.name_field), .kind = kind.empty() ? source_.kind : kind};
    for (const auto& [field, range] : source_.figures) {
      const std::optional<double> value = number(field);
      if (!value) continue;
      if (!range.contains(*value)) refuse(field, "is out of range, " + range.text());
      out.figures[field] = *value;
    }
    return out;
  }

 private:
  const PlaceSource& source_;
  int line_;
  std::string where_;
  FaultList& faults_;
};

/// What is read of a file.
std::vector<std::string> columns_of(const PlaceSource& source) {
  std::vector<std::string> names = {"lon", "lat", source.name_field, source.kind_field};
  for (const auto& [field, range] : source.figures) names.push_back(field);
  return names;
}

std::vector<SourcePlace> places_of_table(const PlaceSource& source, const Crs& crs, FaultList& faults) {
  std::vector<SourcePlace> out;
  const SourceTable table = read_table(source.path, {}, columns_of(source));
  for (const char* column : {"lon", "lat"}) {
    if (std::find(table.columns.begin(), table.columns.end(), column) != table.columns.end()) continue;
    const std::string near = column_meaning(column, table.columns);
    faults.add({.message = "the column is missing" + (near.empty() ? "" : "; is it \"" + near + "\"?"),
                .line = 1,
                .key = column});
  }
  faults.throw_if_any();
  for (const TableRow& from : table.rows) {
    Row row(source, from.line, "", faults);
    row.values = from.values;
    const std::optional<double> lon = row.number("lon");
    const std::optional<double> lat = row.number("lat");
    if (lon && lat && are_swapped({*lon, *lat})) {
      row.add("lat", "swapped", "is no latitude: are longitude and latitude swapped?");
      continue;
    }
    const bool written = !trimmed(row.text("lon")).empty() && !trimmed(row.text("lat")).empty();
    if (written && (!lon || !lat)) continue;  // said by number()
    if (!lon || !lat || std::fabs(*lon) > 180.0 || std::fabs(*lat) > 90.0) {
      const bool of_lon = !lon || std::fabs(*lon) > 180.0;
      const NumberFault why = degrees_fault(of_lon ? lon.value_or(0.0) : lat.value_or(0.0));
      row.add(of_lon ? "lon" : "lat", why.habit, why.message);
      continue;
    }
    SourcePlace place = row.place();
    if (place.name.empty()) place.name = source.path.stem().string() + ":" + std::to_string(from.line);
    place.at = crs.to_plan({*lon, *lat});
    out.push_back(std::move(place));
  }
  return out;
}

/// amenity of OpenStreetMap: benches and vending machines are no places.
constexpr std::array<std::string_view, 18> kPublicAmenities = {
    "bus_station",  "clinic",   "college",      "community_centre", "doctors",  "ferry_terminal",
    "fire_station", "hospital", "kindergarten", "library",          "pharmacy", "police",
    "post_office",  "school",   "shelter",      "social_facility",  "townhall", "university"};

/// The tag by which the nodes of a file are places, and whether one is.
struct OsmKinds {
  std::string field{};
  bool public_only = false;

  [[nodiscard]] bool takes(const std::string& kind) const {
    if (kind.empty()) return false;  // a peak, a tree
    return !public_only ||
           std::find(kPublicAmenities.begin(), kPublicAmenities.end(), kind) != kPublicAmenities.end();
  }
};

OsmKinds osm_kinds(const PlaceSource& source, const SourceLayer& layer) {
  const bool by_default = source.kind_field == PlaceSource{}.kind_field;
  OsmKinds out{by_default ? "amenity" : source.kind_field, by_default};
  if (layer.field(out.field) >= 0) return out;
  throw InputError(
      Fault{.message = "is no tag of OpenStreetMap that is read",
            .file = source.path.string(),
            .key = "kind_field",
            .value = out.field,
            .legal = "amenity, emergency, healthcare, place, public_transport, railway, shop, tourism"});
}

std::vector<SourcePlace> places_of_features(const PlaceSource& given, const Crs& crs, FaultList& faults) {
  std::vector<SourcePlace> out;
  SourceLayer layer = read_source_layer({.path = given.path, .crs = &crs, .osm_layer = "points"});
  PlaceSource source = given;
  OsmKinds kinds;
  if (layer.openstreetmap) {
    kinds = osm_kinds(given, layer);
    source.kind_field = kinds.field;
  }
  for (SourceFeature& feature : layer.features) {
    if (layer.openstreetmap &&
        !kinds.takes(feature.values[static_cast<std::size_t>(layer.field(kinds.field))].value_or("")))
      continue;
    Row row(source, 0, " (feature " + std::to_string(feature.fid) + ")", faults);
    for (std::size_t i = 0; i < layer.fields.size(); ++i)
      row.values[layer.fields[i]] = feature.values[i].value_or("");
    for (const std::string& wanted : columns_of(source)) {
      if (const int index = layer.field(wanted); index >= 0)
        row.values[wanted] = feature.values[static_cast<std::size_t>(index)].value_or("");
    }
    SourcePlace place = row.place();
    if (place.name.empty()) place.name = source.path.stem().string() + ":" + std::to_string(feature.fid);
    if (!feature.lines.empty()) row.refuse(source.name_field, "is a line: a place is a point or a polygon");
    if (!feature.area.parts.empty()) {
      place.at = inner_point(feature.area);
      place.area = std::move(feature.area);
      out.push_back(std::move(place));
    } else {
      for (const LonLat at : feature.points) {
        place.at = crs.to_plan(at);
        out.push_back(place);
      }
    }
  }
  return out;
}

}  // namespace

std::vector<SourcePlace> read_source_places(const PlaceSource& source, const Crs& crs) {
  FaultList faults(source.path.string());
  const bool table = is_csv_name(source.path);
  std::vector<SourcePlace> out =
      table ? places_of_table(source, crs, faults) : places_of_features(source, crs, faults);
  faults.throw_if_any();
  return out;
}

}  // namespace amaneku
