#include "tests/validation/sg3_profile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

#include "tests/validation/check.hpp"

namespace amaneku::test {
namespace {

using Row = std::vector<std::string>;

double number(const Row& row, std::size_t column) {
  if (column >= row.size() || row[column].find_first_not_of(" \t") == std::string::npos) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  return std::stod(row[column]);
}

Zone zone_of(double code) {
  return code == 1.0 ? Zone::sea : code == 3.0 ? Zone::coast : Zone::inland;
}

std::size_t read_points(Profile& profile, const std::vector<Row>& rows, std::size_t at) {
  const auto points = static_cast<std::size_t>(number(rows[at], 1));
  if (at + points >= rows.size()) throw std::runtime_error("the profile is cut short");
  for (std::size_t i = at + 1; i <= at + points; ++i) {
    profile.distance_m.push_back(number(rows[i], 0) * 1e3);
    profile.ground_asl_m.push_back(number(rows[i], 1));
    const double cover_m = number(rows[i], 3);
    profile.clutter_m.push_back(std::isnan(cover_m) ? 0.0 : cover_m);
    profile.zone.push_back(zone_of(number(rows[i], 4)));
  }
  return at + points;
}

// The columns of the databank: frequency, heights, polarization, ..., time percentage, field strength, loss.
Sg3Measurement measurement_of(const Row& row) {
  return {number(row, 0) * 1e6, number(row, 1),  number(row, 3), static_cast<int>(number(row, 4)),
          number(row, 14),      number(row, 16), number(row, 17)};
}

void turn_round(Profile& profile) {
  const double length_m = profile.distance_m.back();
  std::reverse(profile.distance_m.begin(), profile.distance_m.end());
  for (double& d : profile.distance_m) d = length_m - d;
  std::reverse(profile.ground_asl_m.begin(), profile.ground_asl_m.end());
  std::reverse(profile.clutter_m.begin(), profile.clutter_m.end());
  std::reverse(profile.zone.begin(), profile.zone.end());
}

}  // namespace

Sg3File read_sg3(const std::filesystem::path& path) try {
  const std::vector<Row> rows = read_csv(path);
  Sg3File file;
  file.delta_n = file.n0 = std::numeric_limits<double>::quiet_NaN();
  bool measuring = false;
  bool from_receiver = false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string& key = rows[i][0];
    if (key.starts_with("Tx LAT")) file.tx.lat_deg = number(rows[i], 1);
    if (key.starts_with("Tx LON")) file.tx.lon_deg = number(rows[i], 1);
    if (key.starts_with("Rx LAT")) file.rx.lat_deg = number(rows[i], 1);
    if (key.starts_with("Rx LON")) file.rx.lon_deg = number(rows[i], 1);
    if (key.starts_with("First Point")) from_receiver = rows[i].size() > 1 && rows[i][1].starts_with("R");
    if (key.find("values dN") != std::string::npos) file.delta_n = number(rows[i], 1);
    if (key.find("refractivity No") != std::string::npos) file.n0 = number(rows[i], 1);
    if (key.starts_with("Number of Points")) i = read_points(file.profile, rows, i);
    if (key.starts_with("{End of Measurements")) break;
    if (measuring && rows[i].size() > 17) file.measurements.push_back(measurement_of(rows[i]));
    if (key.starts_with("{Begin of Measurements")) measuring = true;
  }
  if (from_receiver) turn_round(file.profile);
  check_profile(file.profile.view());
  return file;
} catch (const std::exception& error) {
  throw std::runtime_error(path.string() + ": " + error.what());
}

double middle_latitude_deg(LonLat tx, LonLat rx, double distance_m) {
  const double lat_t = tx.lat_deg * kDegToRad;
  const double lat_r = rx.lat_deg * kDegToRad;
  const double east = (rx.lon_deg - tx.lon_deg) * kDegToRad;
  const double cosine = std::sin(lat_t) * std::sin(lat_r) + std::cos(lat_t) * std::cos(lat_r) * std::cos(east);
  const double bearing =
      std::atan2(std::cos(lat_t) * std::cos(lat_r) * std::sin(east), std::sin(lat_r) - cosine * std::sin(lat_t));
  const double half = 0.5 * distance_m / kEarthRadius_m;
  return std::asin(std::sin(lat_t) * std::cos(half) + std::cos(lat_t) * std::sin(half) * std::cos(bearing)) *
         kRadToDeg;
}

}  // namespace amaneku::test
