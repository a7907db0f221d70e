// Law 1 of the radial engine: on a radial it gives the reference extractor's numbers.
#include <algorithm>
#include <array>
#include <cmath>

#include "propagation/models.hpp"
#include "propagation/profile_scan.hpp"
#include "propagation/radial_scan.hpp"
#include "propagation/sight_scan.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// A profile on which every second kind of thing may stand: clutter on one in three seeds, zones on one in two.
Profile make_line(const std::string& kind, std::size_t n, std::uint64_t seed, test::Random& random) {
  Profile line{.distance_m = {0.0}, .ground_asl_m = test::relief_line(kind, n, random)};
  const double spacing_m = random.between(10.0, 90.0);
  const double first_m = random.between(0.01, 1.0) * spacing_m;
  while (line.distance_m.size() < n) {
    line.distance_m.push_back(first_m + spacing_m * static_cast<double>(line.distance_m.size() - 1));
  }
  for (std::size_t i = 0; i < n; ++i) {
    const bool wood = seed % 3 == 0 && random.next() % 4 == 0;
    line.clutter_m.push_back(wood ? random.between(0.0, 25.0) : 0.0);
    const bool change = i == 0 || random.next() % 20 == 0;
    constexpr std::array<Zone, 3> kZones = {Zone::inland, Zone::coast, Zone::sea};
    line.zone.push_back(seed % 2 == 0 ? Zone::inland : change ? kZones[random.next() % 3] : line.zone.back());
  }
  return line;
}

GroundPoint point_of(const Profile& line, std::size_t i) {
  return {line.distance_m[i], line.ground_asl_m[i], line.clutter_m[i], line.zone[i]};
}

void check_same(const Horizons& a, const Horizons& b) {
  REQUIRE(a.line_of_sight == b.line_of_sight);
  REQUIRE(std::isinf(a.tx_slope) == std::isinf(b.tx_slope));
  if (!std::isinf(a.tx_slope)) {
    REQUIRE(a.tx_slope == Approx(b.tx_slope).margin(1e-12));
    REQUIRE(a.rx_slope == Approx(b.rx_slope).margin(1e-12));
  }
  REQUIRE(a.tx_point_m == b.tx_point_m);
  REQUIRE(a.rx_point_m == b.rx_point_m);
  REQUIRE(a.nu_max == Approx(b.nu_max).margin(1e-9));
}

void check_same(const PathZones& a, const PathZones& b) {
  REQUIRE(a.tx == b.tx);
  REQUIRE(a.rx == b.rx);
  REQUIRE(a.sea_fraction == Approx(b.sea_fraction).margin(1e-12));
  REQUIRE(a.longest_land_m == Approx(b.longest_land_m).margin(1e-9));
  REQUIRE(a.longest_inland_m == Approx(b.longest_inland_m).margin(1e-9));
  REQUIRE(a.coast_distance_tx_m == Approx(b.coast_distance_tx_m).margin(1e-9));
  REQUIRE(a.coast_distance_rx_m == Approx(b.coast_distance_rx_m).margin(1e-9));
}

void check_same(const PathGeometry& a, const PathGeometry& b) {
  REQUIRE(a.line_of_sight == b.line_of_sight);
  REQUIRE(a.samples == b.samples);
  REQUIRE(a.rx_clutter_m == b.rx_clutter_m);
  check_same(a.median, b.median);
  check_same(a.zones, b.zones);
  REQUIRE(a.smooth_tx_asl_m == Approx(b.smooth_tx_asl_m).margin(1e-6));
  REQUIRE(a.smooth_rx_asl_m == Approx(b.smooth_rx_asl_m).margin(1e-6));
  REQUIRE(a.fitted_tx_asl_m == Approx(b.fitted_tx_asl_m).margin(1e-6));
  REQUIRE(a.fitted_rx_asl_m == Approx(b.fitted_rx_asl_m).margin(1e-6));
}

void check_two_earths(const PathGeometry& a, const PathGeometry& b) {
  check_same(a, b);
  check_same(a.beta, b.beta);
  check_same(a.bare, b.bare);
  REQUIRE(a.tx_radio_horizon_m == b.tx_radio_horizon_m);
  REQUIRE(a.rx_radio_horizon_m == b.rx_radio_horizon_m);
  REQUIRE(a.roughness_m == Approx(b.roughness_m).margin(1e-6));
  REQUIRE(std::ranges::equal(a.sample_distance_m, b.sample_distance_m));
}

void check_sight(const PathGeometry& scalar, const PathGeometry& sight) {
  REQUIRE(scalar.line_of_sight == sight.line_of_sight);
  REQUIRE(scalar.distance_m == sight.distance_m);
  REQUIRE(scalar.tx_asl_m == sight.tx_asl_m);
  REQUIRE(scalar.rx_asl_m == sight.rx_asl_m);
  REQUIRE(scalar.samples == sight.samples);
}

void check_whole(const PathGeometry& scalar, const PathGeometry& whole) {
  check_sight(scalar, whole);
  REQUIRE(whole.profile.size() == scalar.profile.size());
  REQUIRE(std::ranges::equal(whole.profile.distance_m, scalar.profile.distance_m));
  REQUIRE(std::ranges::equal(whole.profile.ground_asl_m, scalar.profile.ground_asl_m));
  REQUIRE(std::ranges::equal(whole.profile.zone, scalar.profile.zone));
  check_same(whole.zones, scalar.zones);
}

double loss_of(const RadioModel& model, const Link& link, const PathGeometry& path) {
  return std::visit([&](const auto& m) { return loss_db(m, link, path); }, model);
}

}  // namespace

TEST_CASE("scalar and radial extractors agree for every model on every kind of terrain") {
  std::size_t compared = 0;
  std::size_t in_sight = 0;
  for (const std::string& kind : test::relief_kinds()) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      test::Random random(seed);
      const std::size_t n = 3 + random.next() % 400;
      const Profile line = make_line(kind, n, seed, random);
      const Link link{.freq_hz = random.between(0.1e9, 30e9),
                      .tx_agl_m = random.between(1.0, 200.0),
                      .rx_agl_m = random.between(1.0, 30.0)};
      RadialScan scan;
      TwoEarthScan two_earths;
      SightScan sight;
      ProfileScan profile;
      scan.restart(link, line.ground_asl_m[0], line.zone[0]);
      two_earths.restart(link, line.ground_asl_m[0], line.zone[0]);
      profile.restart(link, line.ground_asl_m[0], line.zone[0]);
      sight.restart(link, line.ground_asl_m[0]);
      const std::size_t tail = seed % 3 == 0 ? 0 : seed % 11;
      for (std::size_t r = 1; r < n; ++r) {
        if (r > tail + 1) {
          const GroundPoint sample = point_of(line, r - tail - 1);
          scan.push(sample);
          two_earths.push(sample);
          sight.push(sample);
          profile.push(sample);
        }
        std::vector<GroundPoint> own;
        for (std::size_t i = r > tail ? r - tail : 1; i < r; ++i) own.push_back(point_of(line, i));
        const GroundPoint rx = point_of(line, r);
        const PathGeometry scalar = extract_path(link, line.view().prefix(r + 1));
        const PathGeometry radial = scan.receiver(rx, own);
        const PathGeometry both = two_earths.receiver(rx, own);
        const PathGeometry whole = profile.receiver(rx, own);
        INFO(kind << " seed " << seed << " receiver " << r);
        check_same(scalar, radial);
        check_two_earths(scalar, both);
        check_sight(scalar, sight.receiver(rx, own));
        check_whole(scalar, whole);
        check_whole(scalar, extract_path(link, scalar.profile, Terrain::samples));
        for (const ModelInfo& info : model_infos()) {
          const RadioModel model = make_model(info.id);
          const double a = loss_of(model, link, scalar);
          const double b = loss_of(model, link,
                                   info.terrain == Terrain::samples      ? whole
                                   : info.terrain == Terrain::two_earths ? both
                                                                         : radial);
          INFO(info.id);
          REQUIRE(std::isfinite(a));
          REQUIRE(a == Approx(b).margin(1e-6));
        }
        ++compared;
        in_sight += scalar.line_of_sight ? 1 : 0;
      }
    }
  }
  CHECK(compared > 10'000);
  CHECK(in_sight > 1'000);
  CHECK(compared - in_sight > 1'000);
}

TEST_CASE("clutter on intermediate points raises the horizon in both extractors, not the smooth Earth") {
  const std::vector<double> d{0, 100, 200, 300, 400};
  const std::vector<double> h{10, 10, 10, 10, 10};
  const std::vector<double> clutter{0, 0, 25, 0, 15};
  const Link link{.tx_agl_m = 20.0, .rx_agl_m = 1.5};
  const PathGeometry bare = extract_path(link, {d, h});
  const std::vector<Zone> inland(5, Zone::inland);
  const PathGeometry scalar = extract_path(link, {d, h, clutter, inland});
  RadialScan scan;
  scan.restart(link, 10.0);
  for (std::size_t i = 1; i < 4; ++i) scan.push({d[i], h[i], clutter[i]});
  const PathGeometry radial = scan.receiver({400.0, 10.0, clutter[4]});
  CHECK(bare.line_of_sight);
  CHECK_FALSE(scalar.line_of_sight);
  check_same(scalar, radial);
  ProfileScan whole;
  whole.restart(link, 10.0);
  whole.push({d[1], h[1], clutter[1]});
  const std::vector<GroundPoint> tail{{d[2], h[2], clutter[2]}, {d[3], h[3], clutter[3]}};
  check_whole(scalar, whole.receiver({400.0, 10.0, clutter[4]}, tail));
  CHECK(whole.receiver({400.0, 10.0, clutter[4]}, tail).profile.clutter_m[2] == 25.0);
  CHECK(scalar.smooth_rx_asl_m == Approx(bare.smooth_rx_asl_m));
}
