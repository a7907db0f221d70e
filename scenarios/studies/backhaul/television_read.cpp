// Keys of [[backhaul.cable_television]], and its files.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/backhaul/television_scenario.hpp"
#include "terrain/error.hpp"
#include "terrain/vector/ogr_source.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr std::array<const char*, 2> kKindWords = {"coax", "fibre"};
constexpr std::array<const char*, 2> kPowerWords = {"mains", "backed_up"};
constexpr std::int64_t kMostCounted = 100'000'000;

/// One file of lines.
class TelevisionFile {
 public:
  explicit TelevisionFile(SourceLayer layer) : layer_(std::move(layer)) {}

  std::vector<TelevisionLine> run() {
    for (const char* name : {"kind", "power", "households"}) {
      if (layer_.field(name) < 0)
        faults_.push_back({.message = fmt::format("has no field \"{}\"", name),
                           .key = "path",
                           .legal = "kind, power, households; amplifiers (docs/formats/cable_television.md)"});
    }
    if (!faults_.empty()) throw InputError(std::move(faults_));
    std::vector<TelevisionLine> out;
    for (SourceFeature& feature : layer_.features) add(out, feature);
    if (out.empty() && faults_.empty()) faults_.push_back({.message = "has no line", .key = "path"});
    if (!faults_.empty()) throw InputError(std::move(faults_));
    return out;
  }

 private:
  [[nodiscard]] std::string text(const SourceFeature& feature, const char* name) const {
    const int field = layer_.field(name);
    return field < 0 ? std::string{} : feature.values[static_cast<std::size_t>(field)].value_or("");
  }

  void refuse(const SourceFeature& feature, const char* name, const std::string& value, std::string legal) {
    faults_.push_back(
        {.message = fmt::format("feature {}: {} = \"{}\" is not understood", feature.fid, name, value),
         .key = "path",
         .legal = std::move(legal)});
  }

  /// Index into the words; refused: the first.
  template <std::size_t N>
  std::size_t word(const SourceFeature& feature, const char* name, const std::array<const char*, N>& words) {
    const std::string value = text(feature, name);
    const auto found = std::find(words.begin(), words.end(), value);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    std::string legal;
    for (const char* one : words) legal += (legal.empty() ? "" : ", ") + std::string(one);
    refuse(feature, name, value, std::move(legal));
    return 0;
  }

  std::int64_t count(const SourceFeature& feature, const char* name) {
    std::string value = text(feature, name);
    // GDAL writes whole numbers of real fields as "12.0".
    if (value.ends_with(".0")) value.resize(value.size() - 2);
    std::int64_t out = -1;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), out);
    if (error == std::errc{} && end == value.data() + value.size() && out >= 0 && out <= kMostCounted) return out;
    refuse(feature, name, value, fmt::format("whole number, 0 .. {}", kMostCounted));
    return 0;
  }

  /// Households and amplifiers of a feature in several parts count once, with the first.
  void add(std::vector<TelevisionLine>& out, SourceFeature& feature) {
    TelevisionLine line;
    line.coaxial = word(feature, "kind", kKindWords) == 0;
    // Light needs no amplifier on the way.
    if (line.coaxial) line.backed_up = word(feature, "power", kPowerWords) == 1;
    line.households = count(feature, "households");
    if (line.coaxial && !text(feature, "amplifiers").empty()) line.amplifiers = count(feature, "amplifiers");
    if (feature.lines.empty()) refuse(feature, "geometry", "", "lines");
    for (Line& part : feature.lines) {
      line.line = std::move(part);
      out.push_back(line);
      line.households = 0;
      if (line.amplifiers) line.amplifiers = 0;
    }
  }

  SourceLayer layer_;
  std::vector<Fault> faults_{};
};

}  // namespace

SchemaSection television_section() {
  return {
      "backhaul.cable_television",
      SectionKind::list,
      "Lines of cable television as they stand: what coaxial cable is to be turned to fibre, and who depends on "
      "mains power (docs/formats/cable_television.md).",
      {required(text("path", {},
                     "Lines, anything that OGR reads, with the fields kind, power, households; amplifiers."))}};
}

std::optional<TelevisionOptions> read_television(const StudyReading& reading) {
  const std::vector<SectionView> files = reading.document.sections("backhaul.cable_television");
  if (files.empty()) return std::nullopt;
  TelevisionOptions out;
  for (const SectionView& file : files) {
    reading.document.attempt(file, "path", [&] {
      TelevisionFile lines(read_source_layer({.path = reading.document.path_of(file), .crs = &reading.crs}));
      for (TelevisionLine& line : lines.run()) out.lines.push_back(std::move(line));
    });
  }
  return out;
}

}  // namespace amaneku::scenarios
