#include <algorithm>
#include <limits>
#include <map>

#include "terrain/people/boundaries.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku {
namespace {

// Cells of a raster of municipalities are 16-bit; Japan has 1,900 municipalities and wards.
constexpr std::size_t kMaxMunicipalities = std::numeric_limits<std::int16_t>::max();

struct Tally {
  long long without_code = 0;
  long long without_area = 0;
  long long repaired = 0;
  std::string repaired_names{};  ///< the first few
};

/// Codes that lost their leading zero as a number (Hokkaido to Tochigi) get it back; those with the check
/// digit (six digits) lose it.
std::string five_digits(std::string code) {
  const bool number =
      !code.empty() && std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (number && code.size() == 4) return "0" + code;
  if (number && code.size() == 6) code.resize(5);
  return code;
}

class BoundaryReader {
 public:
  explicit BoundaryReader(const Crs& crs) : crs_(crs) {}

  void read(const BoundarySource& source) {
    SourceLayer layer = read_source_layer({.path = source.path,
                                           .needed_field = source.code_field,
                                           .crs = &crs_,
                                           .repair = source.repair,
                                           .may_repair = true});
    const int code_index = layer.field(source.code_field);
    const std::vector<std::string> name_fields = name_fields_of(source, layer);
    for (SourceFeature& feature : layer.features) {
      if (!feature.lines.empty() || !feature.points.empty()) refuse(source, feature);
      const auto& code = feature.values[static_cast<std::size_t>(code_index)];
      if (feature.repaired) note_repair(source, code ? five_digits(*code) : "without a code");
      if (!code || code->empty()) {
        ++tally_.without_code;
      } else if (feature.area.parts.empty()) {
        ++tally_.without_area;
      } else {
        add(five_digits(*code), joined_name(name_fields, layer, feature), std::move(feature.area));
      }
    }
    if (by_code_.size() > kMaxMunicipalities) {
      throw InputError(Fault{.message = "too many municipalities: is the code field the right one?",
                             .file = source.path.string(),
                             .key = source.code_field,
                             .legal = "at most " + std::to_string(kMaxMunicipalities) + " codes"});
    }
    sources_.push_back(source.path.filename().string());
  }

  [[nodiscard]] Boundaries take() {
    Boundaries out{.sources = std::move(sources_)};
    for (auto& [code, municipality] : by_code_) out.municipalities.push_back(std::move(municipality));
    const auto warn = [&](const char* id, const std::string& message, long long count) {
      if (count > 0) out.warnings.push_back({id, message, count});
    };
    warn("boundary_repaired", "boundaries with rings that crossed themselves were mended:" + tally_.repaired_names,
         tally_.repaired);
    warn("boundary_without_code",
         "boundary features without a municipality code (所属未定地) were left out: people there count as outside",
         tally_.without_code);
    warn("boundary_without_area", "boundary features without an area were left out", tally_.without_area);
    return out;
  }

 private:
  void note_repair(const BoundarySource& source, const std::string& code) {
    constexpr long long kNamed = 5;
    ++tally_.repaired;
    if (tally_.repaired <= kNamed) tally_.repaired_names += " " + source.path.filename().string() + " " + code;
    if (tally_.repaired == kNamed + 1) tally_.repaired_names += " and more";
  }

  [[noreturn]] static void refuse(const BoundarySource& source, const SourceFeature& feature) {
    throw InputError(Fault{.message = "is not a polygon",
                           .file = source.path.string(),
                           .key = "feature",
                           .value = std::to_string(feature.fid)});
  }

  /// N03 has the city in N03_003 and the ward in N03_004 until 2023, since 2024 in N03_004 and N03_005.
  static std::vector<std::string> name_fields_of(const BoundarySource& source, const SourceLayer& layer) {
    std::vector<std::string> fields = source.name_fields;
    if (fields == BoundarySource{}.name_fields) {
      if (layer.field("N03_005") >= 0) fields.emplace_back("N03_005");
      return fields;
    }
    const auto is_there = [&](const std::string& field) { return layer.field(field) >= 0; };
    if (fields.empty() || std::any_of(fields.begin(), fields.end(), is_there)) return fields;
    std::string known;
    for (const std::string& field : layer.fields) known += (known.empty() ? "" : ", ") + field;
    throw InputError(Fault{.message = "the file has none of these fields",
                           .file = source.path.string(),
                           .key = "name_fields",
                           .value = fields.front(),
                           .legal = known});
  }

  static std::string joined_name(const std::vector<std::string>& name_fields, const SourceLayer& layer,
                                 const SourceFeature& feature) {
    std::string name;
    for (const std::string& field : name_fields) {
      const int index = layer.field(field);
      if (index >= 0) name += feature.values[static_cast<std::size_t>(index)].value_or("");
    }
    return name;
  }

  void add(std::string code, std::string name, MultiPolygon area) {
    Municipality& municipality = by_code_[code];
    if (municipality.name.empty()) municipality.name = std::move(name);
    municipality.code = std::move(code);
    std::vector<Polygon>& parts = municipality.area.parts;
    parts.insert(parts.end(), std::make_move_iterator(area.parts.begin()),
                 std::make_move_iterator(area.parts.end()));
  }

  const Crs& crs_;
  Tally tally_{};
  std::map<std::string, Municipality> by_code_{};
  std::vector<std::string> sources_{};
};

}  // namespace

Boundaries read_boundaries(const std::vector<BoundarySource>& sources, const Crs& crs) {
  BoundaryReader reader(crs);
  for (const BoundarySource& source : sources) reader.read(source);
  return reader.take();
}

}  // namespace amaneku
