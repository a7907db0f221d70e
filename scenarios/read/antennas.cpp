#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "propagation/antenna_array.hpp"
#include "scenarios/read/site_list.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxAntennaBytes = 8 << 20;
constexpr const char* kArrayType = "array38901";
constexpr std::array kArrayKeys = {
    "rows",        "columns",           "spacing_v_wavelengths", "spacing_h_wavelengths", "ssb_rows",
    "ssb_columns", "beam_azimuths_deg", "beam_tilts_deg",        "steer_azimuth_deg",     "steer_elevation_deg"};

Element38901 read_element(const SectionView& view) {
  Element38901 element;
  if (view.given("gain_dbi")) element.gain_dbi = view.number("gain_dbi");
  element.beamwidth_h_deg = view.number("beamwidth_h_deg");
  element.beamwidth_v_deg = view.number("beamwidth_v_deg");
  element.front_to_back_db = view.number("front_to_back_db");
  return element;
}

/// An array, and every fault of it.
class ArrayReader {
 public:
  ArrayReader(Document& document, const SectionView& view) : document_(document), view_(view) {}

  Array38901 read() {
    Array38901 array{.element = read_element(view_)};
    array.rows = elements("rows");
    array.columns = elements("columns");
    array.spacing_v_wavelengths = view_.number("spacing_v_wavelengths");
    array.spacing_h_wavelengths = view_.number("spacing_h_wavelengths");
    array.ssb_rows = part("ssb_rows", array.rows);
    array.ssb_columns = part("ssb_columns", array.columns);
    array.steer_azimuth_deg = range("steer_azimuth_deg");
    array.steer_elevation_deg = range("steer_elevation_deg");
    const Range& elevation = array.steer_elevation_deg;
    array.beam_azimuths_deg = beams("beam_azimuths_deg", "steer_azimuth_deg", array.steer_azimuth_deg);
    array.beam_tilts_deg =
        beams("beam_tilts_deg", "steer_elevation_deg", {0.0 - elevation.max, 0.0 - elevation.min});
    return array;
  }

 private:
  void fault(const char* key, std::string message, std::string legal = {}) {
    Fault fault = view_.fault(key, std::move(message));
    fault.legal = std::move(legal);
    document_.add(std::move(fault));
  }

  int elements(const char* key) {
    if (view_.given(key)) return static_cast<int>(view_.integer(key));
    fault(key, fmt::format("is required of type \"{}\"", kArrayType), Array38901::kElements.text());
    return 1;
  }

  int part(const char* key, int all) {
    if (!view_.given(key)) return all;
    const auto count = static_cast<int>(view_.integer(key));
    if (count > all) fault(key, "more than the array has", fmt::format("1 .. {}", all));
    return std::min(count, all);
  }

  Range range(const char* key) {
    const std::vector<double> ends = view_.numbers(key);
    if (ends[0] > ends[1]) fault(key, "is not a range", "[from, to], from <= to");
    return {ends[0], ends[1]};
  }

  std::vector<double> beams(const char* key, const char* steering, const Range& legal) {
    const std::vector<double> angles_deg = view_.numbers(key);
    if (angles_deg.empty()) fault(key, "needs one beam at least");
    for (const double angle_deg : angles_deg) {
      if (legal.contains(angle_deg)) continue;
      fault(key, fmt::format("the beam at {} deg lies outside {}", angle_deg, steering), legal.text() + " deg");
    }
    return angles_deg;
  }

  Document& document_;
  const SectionView& view_;
};

/// Keys that would be lost silently.
void refuse_file_keys(Document& document, const SectionView& view) {
  for (const char* key : {"path", "name"}) {
    if (view.given(key)) document.add(view.fault(key, "is only for type \"file\""));
  }
}

void refuse_array_keys(Document& document, const SectionView& view) {
  for (const char* key : kArrayKeys) {
    if (!view.given(key)) continue;
    document.add(view.fault(key, fmt::format("is only for type \"{}\"", kArrayType)));
  }
}

AntennaPattern read_antenna(Document& document, const SectionView& view) {
  const std::string type = view.text("type");
  if (type != "file") refuse_file_keys(document, view);
  if (type == kArrayType) return ArrayReader(document, view).read();
  refuse_array_keys(document, view);
  if (type == "isotropic") {
    IsotropicAntenna antenna;
    if (view.given("gain_dbi")) antenna.gain_dbi = view.number("gain_dbi");
    return antenna;
  }
  if (type == "element38901") return read_element(view);
  if (!view.given("path")) throw InputError(Fault{.message = "an antenna of type \"file\" needs a path"});
  const std::filesystem::path& path = document.path_of(view);
  AntennaFileOptions options{.name = view.given("name") ? view.text("name") : std::string()};
  if (view.given("gain_dbi")) options.gain_dbi = view.number("gain_dbi");
  return parse_antenna(read_text(path, kMaxAntennaBytes), path.string(), options);
}

/// What the antennas of a network's sectors are not, or not for sure.
class AntennaWarnings {
 public:
  void add(const Sector& sector) {
    if (const auto* table = std::get_if<TabulatedAntenna>(&sector.antenna)) {
      for (const Warning& doubt : table->doubts)
        count(doubt.id.c_str(), fmt::format("{}: {}", sector.antenna_name, doubt.message));
    }
    const auto* array = std::get_if<Array38901>(&sector.antenna);
    if (array == nullptr) return;
    beams_above_band(sector, *array);
    beam_not_steerable(sector, *array);
    gain_above_aperture(sector, *array);
  }

  [[nodiscard]] std::vector<Warning> warnings() && { return std::move(warnings_); }

 private:
  void count(const char* id, const std::string& message) {
    const auto same = std::find_if(warnings_.begin(), warnings_.end(), [&](const Warning& warning) {
      return warning.id == id && warning.message == message;
    });
    if (same != warnings_.end()) {
      ++same->count;
    } else {
      warnings_.push_back({id, message, 1});
    }
  }

  void beams_above_band(const Sector& sector, const Array38901& array) {
    const auto beams = static_cast<int>(array.beam_azimuths_deg.size() * array.beam_tilts_deg.size());
    const int most = most_ssb_beams(sector.freq_hz);
    if (beams <= most) return;
    count("ssb_beams_above_band",
          fmt::format("{}: {} SSB beams, {} fit a half frame at {:g} GHz (3GPP TS 38.213 clause 4.1)",
                      sector.antenna_name, beams, most, sector.freq_hz * 1e-9));
  }

  void beam_not_steerable(const Sector& sector, const Array38901& array) {
    const double downtilt_deg = sector.mounting.electrical_downtilt_deg;
    const auto leaves = [&](double tilt_deg) {
      return !array.steer_elevation_deg.contains(-tilt_deg - downtilt_deg);
    };
    if (std::none_of(array.beam_tilts_deg.begin(), array.beam_tilts_deg.end(), leaves)) return;
    count("ssb_beam_not_steerable",
          fmt::format("{}: electrical_downtilt_deg {:g} takes an SSB beam out of steer_elevation_deg ({} deg)",
                      sector.antenna_name, downtilt_deg, array.steer_elevation_deg.text()));
  }

  void gain_above_aperture(const Sector& sector, const Array38901& array) {
    constexpr double kNoticeableDb = 0.05;
    auto known = above_db_.find(sector.antenna_name);
    if (known == above_db_.end())
      known = above_db_.emplace(sector.antenna_name, 10.0 * std::log10(radiated_share(array))).first;
    if (known->second < kNoticeableDb) return;
    const double cell = array.spacing_v_wavelengths * array.spacing_h_wavelengths;
    count("array_gain_above_aperture",
          fmt::format(
              "{}: elements of {:g} dBi at this spacing radiate {:.1f} dB more than the array is fed, so its "
              "gain is too high by as much: a cell of {:g} x {:g} wavelengths has room for {:.1f} dBi",
              sector.antenna_name, array.element.gain_dbi, known->second, array.spacing_v_wavelengths,
              array.spacing_h_wavelengths, 10.0 * std::log10(4.0 * std::numbers::pi * cell)));
  }

  std::map<std::string, double> above_db_;
  std::vector<Warning> warnings_;
};

}  // namespace

Antennas read_antennas(Document& document) {
  Antennas antennas = {{"isotropic", IsotropicAntenna{}}};
  const TomlNode* named = document.root().find("antennas");
  if (named == nullptr) return antennas;
  const std::vector<SectionView> views = document.sections("antennas");
  for (std::size_t i = 0; i < views.size(); ++i) {
    AntennaPattern& antenna = antennas[(*named->table())[i].key];  // known even if faulty: its sectors are not
    document.attempt(views[i], "type", [&] { antenna = read_antenna(document, views[i]); });
  }
  return antennas;
}

std::vector<Warning> antenna_warnings(const std::vector<Site>& sites) {
  AntennaWarnings warnings;
  for (const Site& site : sites) {
    for (const Sector& sector : site.sectors) warnings.add(sector);
  }
  return std::move(warnings).warnings();
}

}  // namespace amaneku::scenarios
