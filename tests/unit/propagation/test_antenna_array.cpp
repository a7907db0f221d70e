#include "propagation/antenna_array.hpp"

#include <cmath>
#include <complex>
#include <fstream>
#include <numbers>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "propagation/sector_pattern.hpp"
#include "terrain/geo.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/simd_targets.hpp"

using namespace amaneku;

namespace {

const Element38901 kIsotropicElement{.gain_dbi = 0.0, .front_to_back_db = 0.0};

/// All elements for the SSB beams as well.
Array38901 array_of(int rows, int columns) {
  return {.rows = rows, .columns = columns, .ssb_rows = rows, .ssb_columns = columns};
}

/// 2 x 8 beams of a part of the panel.
Array38901 grid_of_beams() {
  Array38901 array = array_of(8, 16);
  array.ssb_rows = 4;
  array.ssb_columns = 8;
  array.spacing_v_wavelengths = 0.7;
  array.beam_azimuths_deg = {-52.5, -37.5, -22.5, -7.5, 7.5, 22.5, 37.5, 52.5};
  array.beam_tilts_deg = {2.0, 12.0};
  array.steer_elevation_deg = {-20.0, 5.0};
  return array;
}

/// Element by element, without any closed form.
double summed_response(const ElementGrid& elements, PanelDirection at, PanelDirection beam) {
  std::complex<double> sum = 0.0;
  for (int row = 0; row < elements.rows; ++row) {
    for (int column = 0; column < elements.columns; ++column) {
      const double turns = row * elements.spacing_v_wavelengths * (at.up - beam.up) +
                           column * elements.spacing_h_wavelengths * (at.right - beam.right);
      sum += std::polar(1.0, 2.0 * std::numbers::pi * turns);
    }
  }
  return std::norm(sum) / (elements.rows * elements.columns);
}

double towards(const SectorPattern& sector, double azimuth_deg, double elevation_deg, Beams beams) {
  const double a = azimuth_deg * kDegToRad;
  const double e = elevation_deg * kDegToRad;
  const double east = 500.0 * std::cos(e) * std::sin(a);
  const double north = 500.0 * std::cos(e) * std::cos(a);
  const double up = 500.0 * std::sin(e);
  return beams == Beams::ssb ? sector.gain_dbi(east, north, up) : sector.traffic_gain_dbi(east, north, up);
}

struct ExpectedGain {
  Array38901 array;
  Mounting mounting;
  double azimuth_deg;
  double elevation_deg;
  double gain_dbi;
};

/// element, "10x10 0.5/0.5", bearing, downtilt, azimuth and zenith of the direction, gain.
ExpectedGain expected_gain(const std::string& line) {
  std::vector<std::string> cells;
  std::stringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
  REQUIRE(cells.size() == 7);
  int rows = 0;
  int columns = 0;
  REQUIRE(std::sscanf(cells[1].c_str(), "%dx%d", &rows, &columns) == 2);
  ExpectedGain expected{
      .array = array_of(rows, columns),
      .mounting = {.azimuth_deg = std::stod(cells[2]), .mechanical_downtilt_deg = std::stod(cells[3])},
      .azimuth_deg = std::stod(cells[4]),
      .elevation_deg = 90.0 - std::stod(cells[5]),
      .gain_dbi = std::stod(cells[6])};
  REQUIRE((cells[0] == "3GPP element" || cells[0] == "isotropic"));
  if (cells[0] == "isotropic") expected.array.element = kIsotropicElement;
  return expected;
}

}  // namespace

TEST_CASE("arrays of TR 38.901 elements against independent gains", "[shared]") {
  const auto reference = test::reference();
  AMANEKU_NEEDS(reference, "reference/system/antenna_array_ns3_expected.csv");
  std::ifstream file(*reference / "system" / "antenna_array_ns3_expected.csv");
  std::string line;
  std::getline(file, line);
  int cases = 0;
  while (std::getline(file, line)) {
    INFO(line);
    const ExpectedGain e = expected_gain(line);
    CHECK(gain_dbi(e.array, e.mounting, e.azimuth_deg, e.elevation_deg) == Approx(e.gain_dbi).margin(1e-9));
    const SectorPattern sector(e.array, e.mounting);
    CHECK(towards(sector, e.azimuth_deg, e.elevation_deg, Beams::ssb) == Approx(e.gain_dbi).margin(1e-3));
    CHECK(towards(sector, e.azimuth_deg, e.elevation_deg, Beams::traffic) == Approx(e.gain_dbi).margin(1e-3));
    ++cases;
  }
  CHECK(cases == 9);
}

TEST_CASE("an array of n x m elements has 10 log10(nm) dB more than one of them at boresight") {
  for (const int rows : {1, 2, 7, 64}) {
    for (const int columns : {1, 3, 16, 64}) {
      const Array38901 array = array_of(rows, columns);
      const double expected_dbi = 8.0 + 10.0 * std::log10(rows * columns);
      CHECK(gain_dbi(array, {.azimuth_deg = 200.0}, 200.0, 0.0) == Approx(expected_dbi));
      CHECK(max_gain_dbi(array) == Approx(expected_dbi));
      CHECK(max_traffic_gain_dbi(array) == Approx(expected_dbi));
    }
  }
}

TEST_CASE("the response is that of the sum over the elements") {
  std::mt19937 generator(11);
  std::uniform_real_distribution<double> azimuth(-180.0, 180.0);
  std::uniform_real_distribution<double> elevation(-90.0, 90.0);
  for (const ElementGrid& elements :
       {ElementGrid{1, 1, 0.5, 0.5}, ElementGrid{4, 1, 0.9, 0.5}, ElementGrid{8, 12, 0.7, 0.55}}) {
    const double floor = kDeepestNull * elements.rows * elements.columns;
    for (int i = 0; i < 2000; ++i) {
      const PanelDirection at = panel_direction(azimuth(generator), elevation(generator));
      const PanelDirection beam = panel_direction(azimuth(generator), elevation(generator));
      CHECK(array_response(elements, at, beam) ==
            Approx(std::max(floor, summed_response(elements, at, beam))).epsilon(1e-9).margin(1e-12));
    }
  }
}

TEST_CASE("a steered beam loses no array gain, only what the element has") {
  Array38901 array = array_of(4, 8);
  array.beam_azimuths_deg = {40.0};
  array.beam_tilts_deg = {10.0};
  const double element_dbi = gain_dbi(array.element, {}, 40.0, -10.0);
  CHECK(gain_dbi(array, {}, 40.0, -10.0) == Approx(element_dbi + 10.0 * std::log10(32.0)));
  // Phases tilt beams; elements stay.
  array.beam_tilts_deg = {0.0};
  CHECK(gain_dbi(array, {.electrical_downtilt_deg = 10.0}, 40.0, -10.0) ==
        Approx(element_dbi + 10.0 * std::log10(32.0)));
  // The panel turned: where its right is, and its down.
  CHECK(gain_dbi(array, {.azimuth_deg = 100.0, .electrical_downtilt_deg = 10.0}, 140.0, -10.0) ==
        Approx(element_dbi + 10.0 * std::log10(32.0)));
}

TEST_CASE("lobes and nulls of a row of eight at half a wavelength") {
  const Array38901 array = array_of(1, 8);
  const double peak_dbi = gain_dbi(array, {}, 0.0, 0.0);
  const auto drop_db = [&](double azimuth_deg) {
    const double element_db = 8.0 - gain_dbi(array.element, {}, azimuth_deg, 0.0);
    return peak_dbi - gain_dbi(array, {}, azimuth_deg, 0.0) - element_db;
  };
  // Nulls where sin(azimuth) = k / (n d): 0.25, 0.5 ...; first side lobe -12.8 dB.
  CHECK(drop_db(std::asin(0.25) * kRadToDeg) == Approx(60.0));
  CHECK(drop_db(std::asin(0.5) * kRadToDeg) == Approx(60.0));
  double lobe_db = 99.0;
  for (double sine = 0.26; sine < 0.49; sine += 0.001) {
    lobe_db = std::min(lobe_db, drop_db(std::asin(sine) * kRadToDeg));
  }
  CHECK(lobe_db == Approx(12.8).margin(0.05));
}

TEST_CASE("coverage is by the strongest SSB beam") {
  const Array38901 array = grid_of_beams();
  for (double azimuth_deg = -180.0; azimuth_deg < 180.0; azimuth_deg += 3.7) {
    for (double elevation_deg = -60.0; elevation_deg < 60.0; elevation_deg += 4.3) {
      double strongest_dbi = -99.0;
      for (const double beam_deg : array.beam_azimuths_deg) {
        for (const double tilt_deg : array.beam_tilts_deg) {
          Array38901 single = array;
          single.beam_azimuths_deg = {beam_deg};
          single.beam_tilts_deg = {tilt_deg};
          strongest_dbi = std::max(strongest_dbi, gain_dbi(single, {}, azimuth_deg, elevation_deg));
        }
      }
      CHECK(gain_dbi(array, {}, azimuth_deg, elevation_deg) == Approx(strongest_dbi));
    }
  }
}

TEST_CASE("the strongest SSB beam is told by its name") {
  const Array38901 array = grid_of_beams();
  const Mounting mounting{.azimuth_deg = 90.0, .electrical_downtilt_deg = 3.0};
  const auto beam = strongest_beam(array, mounting, 90.0 + 36.0, -14.0);
  REQUIRE(beam);
  CHECK(beam->azimuth_deg == 37.5);
  CHECK(beam->tilt_deg == 12.0);
  CHECK_FALSE(strongest_beam(array.element, mounting, 90.0, 0.0));
}

TEST_CASE("fewer rows and columns make the SSB beam wider and lower") {
  Array38901 wide = array_of(8, 8);
  wide.ssb_rows = 2;
  wide.ssb_columns = 2;
  const Array38901 narrow = array_of(8, 8);
  CHECK(gain_dbi(narrow, {}, 0.0, 0.0) - gain_dbi(wide, {}, 0.0, 0.0) == Approx(10.0 * std::log10(16.0)));
  const double first_null_of_narrow_deg = std::asin(0.25) * kRadToDeg;
  CHECK(gain_dbi(wide, {}, first_null_of_narrow_deg, 0.0) >
        gain_dbi(narrow, {}, first_null_of_narrow_deg, 0.0) + 20.0);
  CHECK(max_gain_dbi(wide) == Approx(8.0 + 10.0 * std::log10(4.0)));
  CHECK(max_traffic_gain_dbi(wide) == Approx(8.0 + 10.0 * std::log10(64.0)));
}

TEST_CASE("traffic follows the receiver within the steering range") {
  const Array38901 array = grid_of_beams();
  const double whole_db = 10.0 * std::log10(128.0);
  for (const double azimuth_deg : {-60.0, -31.0, 0.0, 17.0, 60.0}) {
    for (const double elevation_deg : {-20.0, -7.0, 5.0}) {
      CHECK(traffic_gain_dbi(array, {.azimuth_deg = 90.0}, 90.0 + azimuth_deg, elevation_deg) ==
            Approx(gain_dbi(array.element, {}, azimuth_deg, elevation_deg) + whole_db));
    }
  }
  // Above the range the beam stays at its edge: closed form of the eight rows, by 5 degrees from 5 to 10.
  const double element_dbi = gain_dbi(array.element, {}, 20.0, 10.0);
  const double edge =
      summed_response(all_elements(array), panel_direction(20.0, 10.0), panel_direction(20.0, 5.0));
  CHECK(traffic_gain_dbi(array, {}, 20.0, 10.0) == Approx(element_dbi + 10.0 * std::log10(edge)));
}

TEST_CASE("data never get less gain than the SSB, and the same without beams") {
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> azimuth(-180.0, 180.0);
  std::uniform_real_distribution<double> elevation(-89.0, 89.0);
  const Array38901 array = grid_of_beams();
  const Mounting mounting{.azimuth_deg = 30.0, .mechanical_downtilt_deg = 6.0};
  for (int i = 0; i < 5000; ++i) {
    const double a = azimuth(generator);
    const double e = elevation(generator);
    CHECK(traffic_gain_dbi(array, mounting, a, e) >= gain_dbi(array, mounting, a, e));
    CHECK(traffic_gain_dbi(array.element, mounting, a, e) == gain_dbi(array.element, mounting, a, e));
  }
}

TEST_CASE("an array radiates what it is fed, and says so where its elements claim more") {
  // Elements without direction at half a wavelength do not couple: exactly 1.
  for (const int rows : {1, 2, 8}) {
    Array38901 line = array_of(rows, 1);
    line.element = kIsotropicElement;
    CHECK(radiated_share(line) == Approx(1.0).epsilon(1e-3));
  }
  // A directive element in a grid whose cell has room for its gain; the same gain in cells of a quarter wavelength
  // square.
  Array38901 roomy = array_of(8, 8);
  roomy.spacing_v_wavelengths = 0.9;
  roomy.spacing_h_wavelengths = 0.6;
  CHECK(radiated_share(roomy) < 1.0);
  CHECK(radiated_share(array_of(1, 1)) < 1.0);
  CHECK(radiated_share(array_of(8, 8)) > 1.0);
  Array38901 modest = array_of(8, 8);
  modest.element.gain_dbi = 10.0 * std::log10(4.0 * std::numbers::pi * 0.25);
  CHECK(radiated_share(modest) <= 1.0);
}

TEST_CASE("SSB beams that a band allows") {
  CHECK(most_ssb_beams(0.7e9) == 4);
  CHECK(most_ssb_beams(2.6e9) == 8);
  CHECK(most_ssb_beams(4.85e9) == 8);
  CHECK(most_ssb_beams(28.3e9) == 64);
}

TEST_CASE("the prepared array is the array") {
  std::mt19937 generator(7);
  std::uniform_real_distribution<double> azimuth(-180.0, 360.0);
  std::uniform_real_distribution<double> elevation(-89.0, 89.0);
  std::uniform_real_distribution<double> tilt(-10.0, 20.0);
  const std::vector<Array38901> arrays = {array_of(1, 1), array_of(8, 8), grid_of_beams()};
  double worst_db = 0.0;
  for (int i = 0; i < 60'000; ++i) {
    const Array38901& array = arrays[static_cast<std::size_t>(i) % arrays.size()];
    const Mounting mounting{azimuth(generator), tilt(generator), tilt(generator)};
    const double a = azimuth(generator);
    const double e = elevation(generator);
    const SectorPattern sector(array, mounting);
    worst_db = std::max(worst_db, std::abs(towards(sector, a, e, Beams::ssb) - gain_dbi(array, mounting, a, e)));
    worst_db = std::max(worst_db,
                        std::abs(towards(sector, a, e, Beams::traffic) - traffic_gain_dbi(array, mounting, a, e)));
  }
  CHECK(worst_db < 1e-3);
}

TEST_CASE("a row of cells has the gains of its cells, over any beams and with any registers") {
  const SectorPattern sector(grid_of_beams(), {.azimuth_deg = 70.0, .mechanical_downtilt_deg = 4.0});
  test::on_every_target([&] {
    for (const Beams beams : {Beams::ssb, Beams::traffic}) {
      const CellRow row{-1500.0, 30.0, -90.0};
      std::vector<double> up_m(101);
      for (std::size_t i = 0; i < up_m.size(); ++i) up_m[i] = -30.0 + 2.0 * static_cast<double>(i % 20);
      std::vector<double> gains_dbi(up_m.size());
      sector.gains_dbi(row, up_m, gains_dbi, beams);
      for (std::size_t i = 0; i < up_m.size(); ++i) {
        const double east_m = row.first_east_m + static_cast<double>(i) * row.step_m;
        const double expected_dbi = beams == Beams::ssb ? sector.gain_dbi(east_m, row.north_m, up_m[i])
                                                        : sector.traffic_gain_dbi(east_m, row.north_m, up_m[i]);
        CHECK(gains_dbi[i] == Approx(expected_dbi).margin(1e-7));
      }
    }
  });
}

TEST_CASE("a prepared array survives the directions that have no angle") {
  const SectorPattern sector(grid_of_beams(), {.azimuth_deg = 30.0, .mechanical_downtilt_deg = 4.0});
  for (const double up : {-1.0, 0.0, 1.0}) {
    CHECK(std::isfinite(sector.gain_dbi(0.0, 0.0, up)));
    CHECK(std::isfinite(sector.traffic_gain_dbi(0.0, 0.0, up)));
  }
}
