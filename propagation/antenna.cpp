#include "propagation/antenna.hpp"

#include <algorithm>
#include <cmath>

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

// Linear between the whole degrees; `cut` has 360 values.
double cut_db(const std::vector<double>& cut, double angle_deg) noexcept {
  const double wrapped = angle_deg - kDegreesRound * std::floor(angle_deg / kDegreesRound);
  const double whole = std::floor(wrapped);
  const std::size_t i = static_cast<std::size_t>(whole) % cut.size();
  const std::size_t j = (i + 1) % cut.size();
  return cut[i] + (wrapped - whole) * (cut[j] - cut[i]);
}

double tabulated_attenuation_db(const TabulatedAntenna& antenna, LocalDirection direction) noexcept {
  return cut_db(antenna.horizontal_db, direction.azimuth_deg) +
         cut_db(antenna.vertical_db, -direction.elevation_deg);
}

// atan(r) for 0 <= r <= 1, Chebyshev fit of atan(r)/r in r^2: 4.2e-7 rad at worst, far below what moves a gain.
double atan_of_ratio(double r) noexcept {
  constexpr std::array<double, 7> kFit = {0.99999922558909775,  -0.33325678039723927, 0.19872040268214597,
                                          -0.13447864058090495, 0.08312645300619582,  -0.03636043085731773,
                                          0.007648353926762766};
  const double u = r * r;
  double sum = kFit.back();
  for (std::size_t i = kFit.size() - 1; i-- > 0;) sum = sum * u + kFit[i];
  return r * sum;
}

// atan2 in degrees, (0, 0) -> 0.
double fast_atan2_deg(double y, double x) noexcept {
  const double ay = std::abs(y);
  const double ax = std::abs(x);
  const double larger = std::max(ax, ay);
  if (!(larger > 0.0)) return 0.0;
  double angle = atan_of_ratio(std::min(ax, ay) / larger) * kRadToDeg;
  if (ay > ax) angle = 90.0 - angle;
  if (x < 0.0) angle = 180.0 - angle;
  return std::copysign(angle, y);
}

// `closed` has 361 values; the angle lies within one turn of 0 .. 360.
double closed_cut_db(const std::vector<double>& closed, double angle_deg) noexcept {
  const double wrapped = angle_deg < 0.0              ? angle_deg + kDegreesRound
                         : angle_deg >= kDegreesRound ? angle_deg - kDegreesRound
                                                      : angle_deg;
  const double whole = std::floor(wrapped);
  const std::size_t i = std::min(static_cast<std::size_t>(std::max(0.0, whole)), closed.size() - 2);
  return closed[i] + (wrapped - static_cast<double>(i)) * (closed[i + 1] - closed[i]);
}

std::vector<double> closed(std::vector<double> cut) {
  cut.push_back(cut.front());
  return cut;
}

}  // namespace

double gain_dbi(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                double elevation_deg) noexcept {
  if (const auto* isotropic = std::get_if<IsotropicAntenna>(&pattern)) return isotropic->gain_dbi;
  LocalDirection direction = local_direction(mounting, azimuth_deg, elevation_deg);
  direction.elevation_deg += mounting.electrical_downtilt_deg;
  if (const auto* element = std::get_if<Element38901>(&pattern)) {
    return element->gain_dbi - element_attenuation_db(*element, direction);
  }
  const auto* table = std::get_if<TabulatedAntenna>(&pattern);
  return table->gain_dbi - tabulated_attenuation_db(*table, direction);
}

double max_gain_dbi(const AntennaPattern& pattern) noexcept {
  if (const auto* table = std::get_if<TabulatedAntenna>(&pattern)) {
    return table->gain_dbi - *std::min_element(table->horizontal_db.begin(), table->horizontal_db.end()) -
           *std::min_element(table->vertical_db.begin(), table->vertical_db.end());
  }
  if (const auto* element = std::get_if<Element38901>(&pattern)) return element->gain_dbi;
  return std::get_if<IsotropicAntenna>(&pattern)->gain_dbi;
}

SectorPattern::SectorPattern(const AntennaPattern& pattern, const Mounting& mounting)
    : sin_azimuth_(std::sin(mounting.azimuth_deg * kDegToRad)),
      cos_azimuth_(std::cos(mounting.azimuth_deg * kDegToRad)),
      sin_tilt_(std::sin(mounting.mechanical_downtilt_deg * kDegToRad)),
      cos_tilt_(std::cos(mounting.mechanical_downtilt_deg * kDegToRad)),
      electrical_downtilt_deg_(mounting.electrical_downtilt_deg) {
  if (const auto* element = std::get_if<Element38901>(&pattern)) {
    kind_ = Kind::element;
    gain_dbi_ = element->gain_dbi;
    horizontal_db_per_deg2_ = 12.0 / (element->beamwidth_h_deg * element->beamwidth_h_deg);
    vertical_db_per_deg2_ = 12.0 / (element->beamwidth_v_deg * element->beamwidth_v_deg);
    front_to_back_db_ = element->front_to_back_db;
  } else if (const auto* table = std::get_if<TabulatedAntenna>(&pattern)) {
    kind_ = Kind::tabulated;
    gain_dbi_ = table->gain_dbi;
    horizontal_db_ = closed(table->horizontal_db);
    vertical_db_ = closed(table->vertical_db);
  } else {
    gain_dbi_ = std::get<IsotropicAntenna>(pattern).gain_dbi;
  }
}

double SectorPattern::gain_dbi(double east, double north, double up) const noexcept {
  if (kind_ == Kind::isotropic) return gain_dbi_;
  const double forward = east * sin_azimuth_ + north * cos_azimuth_;
  const double right = east * cos_azimuth_ - north * sin_azimuth_;
  const double x = forward * cos_tilt_ - up * sin_tilt_;
  const double z = forward * sin_tilt_ + up * cos_tilt_;
  const double azimuth_deg = fast_atan2_deg(right, x);
  const double elevation_deg = fast_atan2_deg(z, std::sqrt(x * x + right * right)) + electrical_downtilt_deg_;
  if (kind_ == Kind::element) {
    const double h = std::min(front_to_back_db_, azimuth_deg * azimuth_deg * horizontal_db_per_deg2_);
    const double v = std::min(front_to_back_db_, elevation_deg * elevation_deg * vertical_db_per_deg2_);
    return gain_dbi_ - std::min(front_to_back_db_, h + v);
  }
  return gain_dbi_ - closed_cut_db(horizontal_db_, azimuth_deg) - closed_cut_db(vertical_db_, -elevation_deg);
}

}  // namespace amaneku
