#include "propagation/sector_pattern.hpp"

#include <cmath>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "terrain/geo.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  return cells;
}

/// Narrow panel with side lobes and nulls, the shape of real files.
TabulatedAntenna panel() {
  TabulatedAntenna antenna;
  antenna.gain_dbi = 17.5;
  for (int i = 0; i < 360; ++i) {
    const double off = i <= 180 ? i : i - 360;
    antenna.horizontal_db.push_back(std::min(25.0, 12.0 * off * off / (65.0 * 65.0)));
    antenna.vertical_db.push_back(std::min(20.0, 12.0 * off * off / (7.0 * 7.0)));
  }
  return antenna;
}

double towards(const SectorPattern& sector, double azimuth_deg, double elevation_deg) {
  const double a = azimuth_deg * kDegToRad;
  const double e = elevation_deg * kDegToRad;
  return sector.gain_dbi(500.0 * std::cos(e) * std::sin(a), 500.0 * std::cos(e) * std::cos(a),
                         500.0 * std::sin(e));
}

}  // namespace

TEST_CASE("element of TR 38.901 against its table", "[shared]") {
  const auto reference = test::reference();
  AMANEKU_NEEDS(reference, "reference/system/antenna_element_38901.csv");
  std::ifstream file(*reference / "system" / "antenna_element_38901.csv");
  std::string line;
  std::getline(file, line);
  int cases = 0;
  while (std::getline(file, line)) {
    // The indoor pattern's quoted name holds two commas: angles and gain are the last three cells.
    const std::vector<std::string> cells = split(line);
    REQUIRE(cells.size() >= 4);
    const bool indoor = cells[0].starts_with("\"38.802-indoor");
    REQUIRE((indoor || cells[0] == "38.901-7.3-1"));
    const Element38901 element = indoor ? Element38901{5.0, 90.0, 90.0, 25.0} : Element38901{};
    const double elevation_deg = 90.0 - std::stod(cells[cells.size() - 3]);
    const double azimuth_deg = std::stod(cells[cells.size() - 2]);
    const double expected_dbi = std::stod(cells[cells.size() - 1]);
    // A vector straight up or down has no azimuth of its own.
    if (std::abs(elevation_deg) < 90.0) {
      INFO(line);
      CHECK(gain_dbi(element, {}, azimuth_deg, elevation_deg) == Approx(expected_dbi).margin(1e-4));
      CHECK(towards(SectorPattern(element, {}), azimuth_deg, elevation_deg) == Approx(expected_dbi).margin(1e-3));
    }
    ++cases;
  }
  CHECK(cases == 128);
}

TEST_CASE("parabolic cut against its table", "[shared]") {
  const auto reference = test::reference();
  AMANEKU_NEEDS(reference, "reference/system/antenna_parabolic_cut.csv");
  std::ifstream file(*reference / "system" / "antenna_parabolic_cut.csv");
  std::string line;
  std::getline(file, line);
  int cases = 0;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = split(line);
    REQUIRE(cells.size() == 4);
    const Element38901 element{
        .gain_dbi = 0.0, .beamwidth_h_deg = std::stod(cells[0]), .front_to_back_db = std::stod(cells[1])};
    CHECK(gain_dbi(element, {.azimuth_deg = 300.0}, 300.0 + std::stod(cells[2]), 0.0) ==
          Approx(std::stod(cells[3])).margin(1e-4));
    ++cases;
  }
  CHECK(cases == 40);
}

TEST_CASE("azimuth counts clockwise from north and wraps") {
  const Mounting east{.azimuth_deg = 90.0};
  CHECK(gain_dbi(Element38901{}, east, 90.0, 0.0) == Approx(8.0));
  CHECK(gain_dbi(Element38901{}, east, -270.0, 0.0) == Approx(8.0));
  CHECK(gain_dbi(Element38901{}, east, 122.5, 0.0) == Approx(5.0));
  CHECK(gain_dbi(Element38901{}, east, 270.0, 0.0) == Approx(-22.0));
  CHECK(SectorPattern(Element38901{}, east).gain_dbi(100.0, 0.0, 0.0) == Approx(8.0));
}

TEST_CASE("mechanical tilt turns the whole pattern, electrical tilt moves the vertical cut") {
  const TabulatedAntenna antenna = panel();
  const Mounting mechanical{.mechanical_downtilt_deg = 6.0};
  const Mounting electrical{.electrical_downtilt_deg = 6.0};
  CHECK(gain_dbi(antenna, mechanical, 0.0, -6.0) == Approx(17.5));
  CHECK(gain_dbi(antenna, electrical, 0.0, -6.0) == Approx(17.5));
  // Behind the mast the mechanically tilted beam points up, the electrically tilted one down.
  CHECK(gain_dbi(antenna, mechanical, 180.0, 6.0) == Approx(17.5 - 25.0));
  CHECK(gain_dbi(antenna, electrical, 180.0, -6.0) == Approx(17.5 - 25.0));
  CHECK(gain_dbi(antenna, mechanical, 180.0, -6.0) < 17.5 - 40.0);
  // At right angles to the boresight a mechanical tilt does not lower the horizon.
  CHECK(gain_dbi(antenna, mechanical, 90.0, 0.0) ==
        Approx(17.5 - 12.0 * 90.0 * 90.0 / (65.0 * 65.0)).margin(0.02));
  CHECK(gain_dbi(antenna, electrical, 90.0, 0.0) < gain_dbi(antenna, mechanical, 90.0, 0.0) - 8.0);
  // MSI convention: 90 in the vertical cut is the ground.
  TabulatedAntenna downwards = antenna;
  for (int i = 0; i < 360; ++i) downwards.vertical_db[static_cast<std::size_t>(i)] = i == 90 ? 1.0 : 30.0;
  CHECK(gain_dbi(downwards, {}, 0.0, -90.0) == Approx(17.5 - 1.0));
  CHECK(gain_dbi(downwards, {}, 0.0, 90.0) == Approx(17.5 - 30.0));
}

TEST_CASE("the prepared pattern is the pattern") {
  std::mt19937 generator(7);
  std::uniform_real_distribution<double> azimuth(-180.0, 360.0);
  std::uniform_real_distribution<double> elevation(-89.0, 89.0);
  std::uniform_real_distribution<double> tilt(-10.0, 20.0);
  const std::vector<AntennaPattern> patterns = {IsotropicAntenna{2.15}, Element38901{}, panel()};
  double worst_db = 0.0;
  for (int i = 0; i < 100'000; ++i) {
    const AntennaPattern& pattern = patterns[static_cast<std::size_t>(i) % patterns.size()];
    const Mounting mounting{azimuth(generator), tilt(generator), tilt(generator)};
    const double a = azimuth(generator);
    const double e = elevation(generator);
    worst_db = std::max(
        worst_db, std::abs(towards(SectorPattern(pattern, mounting), a, e) - gain_dbi(pattern, mounting, a, e)));
  }
  CHECK(worst_db < 1e-3);
}

TEST_CASE("a row of cells has the gains of its cells, however long it is") {
  const std::vector<AntennaPattern> patterns = {IsotropicAntenna{2.15}, Element38901{}, panel()};
  for (const AntennaPattern& pattern : patterns) {
    const SectorPattern sector(pattern, {.azimuth_deg = 70.0, .mechanical_downtilt_deg = 4.0});
    for (const std::size_t n : {1U, 2U, 7U, 8U, 9U, 101U}) {
      const CellRow row{-1500.0, 30.0, -90.0};
      std::vector<double> up_m(n);
      for (std::size_t i = 0; i < n; ++i) up_m[i] = -30.0 + 2.0 * static_cast<double>(i % 20);
      std::vector<double> gains_dbi(n + 1, 99.0);
      sector.gains_dbi(row, up_m, std::span(gains_dbi).first(n));
      CHECK(gains_dbi[n] == 99.0);
      for (std::size_t i = 0; i < n; ++i) {
        const double east_m = row.first_east_m + static_cast<double>(i) * row.step_m;
        CHECK(gains_dbi[i] == Approx(sector.gain_dbi(east_m, row.north_m, up_m[i])).margin(1e-9));
      }
    }
  }
}

TEST_CASE("a prepared pattern survives the directions that have no angle") {
  for (const AntennaPattern& pattern :
       {AntennaPattern{IsotropicAntenna{}}, AntennaPattern{Element38901{}}, AntennaPattern{panel()}}) {
    const SectorPattern sector(pattern, {.azimuth_deg = 30.0, .mechanical_downtilt_deg = 4.0});
    for (const double up : {-1.0, 0.0, 1.0}) CHECK(std::isfinite(sector.gain_dbi(0.0, 0.0, up)));
    CHECK(std::isfinite(sector.gain_dbi(0.0, -1.0, 0.0)));
    CHECK(std::isfinite(sector.gain_dbi(-0.0, -0.0, -0.0)));
  }
}

TEST_CASE("the largest gain") {
  CHECK(max_gain_dbi(IsotropicAntenna{3.0}) == 3.0);
  CHECK(max_gain_dbi(Element38901{}) == 8.0);
  TabulatedAntenna antenna = panel();
  CHECK(max_gain_dbi(antenna) == Approx(17.5));
  for (double& db : antenna.vertical_db) db += 1.0;
  CHECK(max_gain_dbi(antenna) == Approx(16.5));
}
