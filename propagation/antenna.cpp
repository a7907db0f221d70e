#include "propagation/antenna.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/antenna_array.hpp"
#include "terrain/geo.hpp"

namespace amaneku {

constexpr std::array<Field<IsotropicAntenna>, 1> IsotropicAntenna::fields = {
    {{"gain_dbi", "dBi", &IsotropicAntenna::gain_dbi, {-50.0, 80.0}, "plausible antennas"}}};

constexpr std::array<Field<Element38901>, 4> Element38901::fields = {
    {{"gain_dbi", "dBi", &Element38901::gain_dbi, {-50.0, 80.0}, "3GPP TR 38.901 v17 Table 7.3-1"},
     {"beamwidth_h_deg", "deg", &Element38901::beamwidth_h_deg, {0.1, 360.0}, "3GPP TR 38.901 v17 Table 7.3-1"},
     {"beamwidth_v_deg", "deg", &Element38901::beamwidth_v_deg, {0.1, 360.0}, "3GPP TR 38.901 v17 Table 7.3-1"},
     {"front_to_back_db", "dB", &Element38901::front_to_back_db, {0.0, 100.0}, "3GPP TR 38.901 v17 Table 7.3-1"}}};

namespace {

constexpr double kDegreesRound = 360.0;

/// Direction seen from the antenna: azimuth clockwise from its boresight, elevation above its horizontal plane.
struct LocalDirection {
  double azimuth_deg;
  double elevation_deg;
};

// The direction in the frame of an antenna that is turned to its azimuth and then tilted about the axis
// to its right.
LocalDirection local_direction(const Mounting& mounting, double azimuth_deg, double elevation_deg) noexcept {
  const double azimuth = (azimuth_deg - mounting.azimuth_deg) * kDegToRad;
  const double elevation = elevation_deg * kDegToRad;
  const double tilt = mounting.mechanical_downtilt_deg * kDegToRad;
  const double forward = std::cos(elevation) * std::cos(azimuth);
  const double right = std::cos(elevation) * std::sin(azimuth);
  const double up = std::sin(elevation);
  const double x = forward * std::cos(tilt) - up * std::sin(tilt);
  const double z = forward * std::sin(tilt) + up * std::cos(tilt);
  return {std::atan2(right, x) * kRadToDeg, std::atan2(z, std::hypot(x, right)) * kRadToDeg};
}

// 3GPP TR 38.901 v17 Table 7.3-1, radiation power pattern of a single element.
double element_attenuation_db(const Element38901& element, LocalDirection direction) noexcept {
  const double h = direction.azimuth_deg / element.beamwidth_h_deg;
  const double v = direction.elevation_deg / element.beamwidth_v_deg;
  const double limit = element.front_to_back_db;
  return std::min(limit, std::min(limit, 12.0 * h * h) + std::min(limit, 12.0 * v * v));
}

// Linear between the steps.
double cut_db(const std::vector<double>& cut, double angle_deg) noexcept {
  const double steps = (angle_deg - kDegreesRound * std::floor(angle_deg / kDegreesRound)) *
                       (static_cast<double>(cut.size()) / kDegreesRound);
  const double whole = std::floor(steps);
  const std::size_t i = static_cast<std::size_t>(whole) % cut.size();
  const std::size_t j = (i + 1) % cut.size();
  return cut[i] + (steps - whole) * (cut[j] - cut[i]);
}

double tabulated_attenuation_db(const TabulatedAntenna& antenna, LocalDirection direction) noexcept {
  return std::max(0.0, cut_db(antenna.horizontal_db, direction.azimuth_deg) +
                           cut_db(antenna.vertical_db, -direction.elevation_deg) - antenna.common_db);
}

double element_gain_dbi(const Element38901& element, LocalDirection direction) noexcept {
  return element.gain_dbi - element_attenuation_db(element, direction);
}

/// Phases tilt the beams of an array, not its elements.
double ssb_gain_dbi(const Array38901& array, const Mounting& mounting, LocalDirection direction) noexcept {
  const PanelDirection at = panel_direction(direction.azimuth_deg, direction.elevation_deg);
  return element_gain_dbi(array.element, direction) +
         10.0 * std::log10(ssb_response(array, mounting.electrical_downtilt_deg, at).response);
}

double steered_gain_dbi(const Array38901& array, LocalDirection direction) noexcept {
  const Range& azimuths = array.steer_azimuth_deg;
  const Range& elevations = array.steer_elevation_deg;
  const PanelDirection beam = panel_direction(std::clamp(direction.azimuth_deg, azimuths.min, azimuths.max),
                                              std::clamp(direction.elevation_deg, elevations.min, elevations.max));
  const PanelDirection at = panel_direction(direction.azimuth_deg, direction.elevation_deg);
  return element_gain_dbi(array.element, direction) +
         10.0 * std::log10(array_response(all_elements(array), at, beam));
}

}  // namespace

double gain_dbi(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                double elevation_deg) noexcept {
  if (const auto* isotropic = std::get_if<IsotropicAntenna>(&pattern)) return isotropic->gain_dbi;
  LocalDirection direction = local_direction(mounting, azimuth_deg, elevation_deg);
  if (const auto* array = std::get_if<Array38901>(&pattern)) return ssb_gain_dbi(*array, mounting, direction);
  direction.elevation_deg += mounting.electrical_downtilt_deg;
  if (const auto* element = std::get_if<Element38901>(&pattern)) return element_gain_dbi(*element, direction);
  const auto* table = std::get_if<TabulatedAntenna>(&pattern);
  return table->gain_dbi - tabulated_attenuation_db(*table, direction);
}

double traffic_gain_dbi(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                        double elevation_deg) noexcept {
  const double without_steering_dbi = gain_dbi(pattern, mounting, azimuth_deg, elevation_deg);
  const auto* array = std::get_if<Array38901>(&pattern);
  if (array == nullptr) return without_steering_dbi;
  return std::max(without_steering_dbi,
                  steered_gain_dbi(*array, local_direction(mounting, azimuth_deg, elevation_deg)));
}

std::optional<SsbBeam> strongest_beam(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                                      double elevation_deg) noexcept {
  const auto* array = std::get_if<Array38901>(&pattern);
  if (array == nullptr) return std::nullopt;
  const LocalDirection direction = local_direction(mounting, azimuth_deg, elevation_deg);
  const PanelDirection at = panel_direction(direction.azimuth_deg, direction.elevation_deg);
  return ssb_response(*array, mounting.electrical_downtilt_deg, at).beam;
}

double max_gain_dbi(const AntennaPattern& pattern) noexcept {
  if (const auto* table = std::get_if<TabulatedAntenna>(&pattern)) {
    const double least_db = *std::min_element(table->horizontal_db.begin(), table->horizontal_db.end()) +
                            *std::min_element(table->vertical_db.begin(), table->vertical_db.end());
    return table->gain_dbi - std::max(0.0, least_db - table->common_db);
  }
  if (const auto* array = std::get_if<Array38901>(&pattern)) {
    return array->element.gain_dbi + 10.0 * std::log10(array->ssb_rows * array->ssb_columns);
  }
  if (const auto* element = std::get_if<Element38901>(&pattern)) return element->gain_dbi;
  return std::get_if<IsotropicAntenna>(&pattern)->gain_dbi;
}

double max_traffic_gain_dbi(const AntennaPattern& pattern) noexcept {
  const auto* array = std::get_if<Array38901>(&pattern);
  if (array == nullptr) return max_gain_dbi(pattern);
  return array->element.gain_dbi + 10.0 * std::log10(array->rows * array->columns);
}

}  // namespace amaneku
