// Law 1 of the radial engine: on a radial it gives the reference extractor's numbers.
#include <algorithm>
#include <array>
#include <cmath>

#include "propagation/models.hpp"
#include "propagation/radial_path.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

constexpr std::size_t kPad = PathArrays::kPadding;

/// A line with even rings: sample i lies at u[i] * spacing_m. Heights are floats, as those of grids are. Clutter
/// stands on one in three seeds, zones on one in two.
struct ModelLine {
  Profile profile{};
  double spacing_m = 1.0;
  std::vector<double> u{};
};

ModelLine make_line(const std::string& kind, std::size_t n, std::uint64_t seed, test::Random& random) {
  ModelLine line{.profile = {.distance_m = {0.0}}, .spacing_m = random.between(10.0, 90.0), .u = {0.0}};
  for (const double h : test::relief_line(kind, n, random)) {
    line.profile.ground_asl_m.push_back(static_cast<double>(static_cast<float>(h)));
  }
  // As a site's position is.
  const double first_u = std::ceil(random.between(0.01, 1.0) * 0x1p20) * 0x1p-20;
  while (line.u.size() < n) {
    line.u.push_back(first_u + static_cast<double>(line.u.size() - 1));
    line.profile.distance_m.push_back(line.u.back() * line.spacing_m);
  }
  for (std::size_t i = 0; i < n; ++i) {
    const bool wood = seed % 3 == 0 && random.next() % 4 == 0;
    line.profile.clutter_m.push_back(wood ? static_cast<double>(static_cast<float>(random.between(0.0, 25.0)))
                                          : 0.0);
    const bool change = i == 0 || random.next() % 20 == 0;
    constexpr std::array<Zone, 3> kZones = {Zone::inland, Zone::coast, Zone::sea};
    line.profile.zone.push_back(seed % 2 == 0 ? Zone::inland
                                : change      ? kZones[random.next() % 3]
                                              : line.profile.zone.back());
  }
  return line;
}

/// The receivers of a line one after the other, the last `own` samples before each taken as its own.
class Marching {
 public:
  Marching(const ModelLine& line, const Link& link, Terrain need, std::size_t own)
      : line_(line), own_(own), spacing_(1 + kPad, line.spacing_m), radial_(1 + kPad, 0) {
    const bool clutter = std::ranges::any_of(line.profile.clutter_m, [](double c) { return c > 0.0; });
    bundle_.restart(link, line.profile.ground_asl_m[0], line.profile.zone[0], {need, clutter, true},
                    std::span(spacing_).first(1), {line.spacing_m, line.spacing_m}, 1, line.u.size());
  }

  /// r grows from call to call by one, from 1.
  const PathArrays& receiver(std::size_t r) {
    if (r > own_ + 1) push(r - own_ - 1);
    const std::size_t first = r > own_ ? r - own_ : 1;
    const std::size_t own = r - first;
    own_ground_.assign(own + kPad, 0.0F);
    own_clutter_.assign(own + kPad, 0.0F);
    own_zone_.assign(own + kPad, Zone::inland);
    for (std::size_t k = 0; k < own; ++k) {
      own_ground_[k] = static_cast<float>(line_.profile.ground_asl_m[first + k]);
      own_clutter_[k] = static_cast<float>(line_.profile.clutter_m[first + k]);
      own_zone_[k] = line_.profile.zone[first + k];
    }
    const std::vector<float> ground(1 + kPad, static_cast<float>(line_.profile.ground_asl_m[r]));
    const std::vector<float> clutter(1 + kPad, static_cast<float>(line_.profile.clutter_m[r]));
    bundle_.receivers({.size = 1,
                       .u = line_.u[r],
                       .metres_per_u = spacing_.data(),
                       .radial = radial_.data(),
                       .ground_asl_m = ground.data(),
                       .clutter_m = clutter.data(),
                       .zone = &line_.profile.zone[r],
                       .own_u = std::span(line_.u).subspan(first, own),
                       .own_stride = 1,
                       .own_ground_asl_m = own_ground_.data(),
                       .own_clutter_m = own_clutter_.data(),
                       .own_zone = own_zone_.data()},
                      paths_);
    return paths_;
  }

 private:
  void push(std::size_t i) {
    const std::vector<float> ground(1 + kPad, static_cast<float>(line_.profile.ground_asl_m[i]));
    const std::vector<float> clutter(1 + kPad, static_cast<float>(line_.profile.clutter_m[i]));
    bundle_.push(line_.u[i], ground.data(), clutter.data(), &line_.profile.zone[i]);
  }

  const ModelLine& line_;
  std::size_t own_;
  std::vector<double> spacing_;
  std::vector<std::uint32_t> radial_;
  std::vector<float> own_ground_{};
  std::vector<float> own_clutter_{};
  std::vector<Zone> own_zone_{};
  RadialBundle bundle_{};
  PathArrays paths_{};
};

/// In line of sight nu, otherwise the horizons.
void check_same(const Horizons& scalar, const HorizonLanes& lanes, bool points) {
  REQUIRE(scalar.line_of_sight == (lanes.line_of_sight[0] != 0.0));
  if (scalar.line_of_sight) {
    REQUIRE(scalar.nu_max == Approx(lanes.nu_max[0]).margin(1e-9));
    return;
  }
  REQUIRE(scalar.tx_slope == Approx(lanes.tx_slope[0]).margin(1e-12));
  REQUIRE(scalar.rx_slope == Approx(lanes.rx_slope[0]).margin(1e-12));
  if (!points) return;
  REQUIRE(scalar.tx_point_m == Approx(lanes.tx_point_m[0]).margin(1e-6));
  REQUIRE(scalar.rx_point_m == Approx(lanes.rx_point_m[0]).margin(1e-6));
}

/// No model asks for nu over the bare ground.
void check_bare(const Horizons& scalar, const HorizonLanes& lanes) {
  REQUIRE(scalar.line_of_sight == (lanes.line_of_sight[0] != 0.0));
  if (!scalar.line_of_sight) check_same(scalar, lanes, true);
}

void check_ends(const PathGeometry& scalar, const PathArrays& paths) {
  REQUIRE(paths.size == 1);
  REQUIRE(paths.valid[0] == 1);
  REQUIRE(scalar.line_of_sight == (paths.line_of_sight[0] != 0.0));
  REQUIRE(scalar.distance_m == Approx(paths.distance_m[0]).epsilon(1e-14));
  REQUIRE(scalar.tx_asl_m == paths.tx_asl_m);
  REQUIRE(scalar.rx_asl_m == paths.rx_asl_m[0]);
  REQUIRE(scalar.rx_clutter_m == paths.rx_clutter_m[0]);
  REQUIRE(scalar.samples == static_cast<std::uint32_t>(paths.samples[0]));
  REQUIRE(paths.rings.even);
  REQUIRE(scalar.zones.rx == paths.rx_zone[0]);
  REQUIRE(scalar.zones.sea_fraction == Approx(paths.sea_fraction[0]).margin(1e-12));
  REQUIRE(scalar.zones.longest_land_m == Approx(paths.longest_land_m[0]).margin(1e-6));
  REQUIRE(scalar.zones.longest_inland_m == Approx(paths.longest_inland_m[0]).margin(1e-6));
  REQUIRE(scalar.zones.coast_distance_tx_m == Approx(paths.coast_distance_tx_m[0]).margin(1e-6));
  REQUIRE(scalar.zones.coast_distance_rx_m == Approx(paths.coast_distance_rx_m[0]).margin(1e-6));
}

void check_horizons(const PathGeometry& scalar, const PathArrays& paths) {
  check_ends(scalar, paths);
  check_same(scalar.median, paths.median, false);
  REQUIRE(scalar.smooth_tx_asl_m == Approx(paths.smooth_tx_asl_m[0]).margin(1e-6));
  REQUIRE(scalar.smooth_rx_asl_m == Approx(paths.smooth_rx_asl_m[0]).margin(1e-6));
  REQUIRE(scalar.fitted_tx_asl_m == Approx(paths.fitted_tx_asl_m[0]).margin(1e-6));
  REQUIRE(scalar.fitted_rx_asl_m == Approx(paths.fitted_rx_asl_m[0]).margin(1e-6));
}

void check_two_earths(const PathGeometry& scalar, const PathArrays& paths) {
  check_horizons(scalar, paths);
  {
    INFO("beta");
    check_same(scalar.beta, paths.beta, false);
  }
  {
    INFO("bare");
    check_bare(scalar.bare, paths.bare);
  }
  REQUIRE(scalar.tx_radio_horizon_m == Approx(paths.tx_radio_horizon_m[0]).margin(1e-6));
  REQUIRE(scalar.rx_radio_horizon_m == Approx(paths.rx_radio_horizon_m[0]).margin(1e-6));
  REQUIRE(scalar.roughness_m == Approx(paths.roughness_m[0]).margin(1e-6));
}

/// P.452-18 eq. (6e) by hand.
Profile with_open_ends(const Profile& profile) {
  Profile open = profile;
  for (std::size_t i = 0; i + 1 < open.clutter_m.size(); ++i) {
    const double d = open.distance_m[i];
    if (d < kOpenEnds_m || open.distance_m.back() - d < kOpenEnds_m) open.clutter_m[i] = 0.0;
  }
  return open;
}

Profile prefix_of(const Profile& profile, std::size_t n) {
  const auto cut = [n](const auto& values) {
    return std::decay_t<decltype(values)>(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n));
  };
  return {cut(profile.distance_m), cut(profile.ground_asl_m), cut(profile.clutter_m), cut(profile.zone)};
}

}  // namespace

TEST_CASE("scalar and radial extractors agree on every kind of terrain") {
  std::size_t compared = 0;
  std::size_t in_sight = 0;
  for (const std::string& kind : test::relief_kinds()) {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      test::Random random(seed);
      const std::size_t n = 3 + random.next() % 400;
      const ModelLine line = make_line(kind, n, seed, random);
      const Link link{.freq_hz = random.between(0.1e9, 30e9),
                      .tx_agl_m = random.between(1.0, 200.0),
                      .rx_agl_m = random.between(1.0, 30.0)};
      const std::size_t own = seed % 3 == 0 ? 0 : seed % 11;
      // P.452 asks for the clutter near the receiver on its own line.
      const auto open_own = static_cast<std::size_t>(std::ceil(kOpenEnds_m / line.spacing_m)) + own;
      Marching sight(line, link, Terrain::none, own);
      Marching horizons(line, link, Terrain::horizons, own);
      Marching two(line, link, Terrain::two_earths, own);
      Marching open(line, link, Terrain::two_earths_open_ends, open_own);
      for (std::size_t r = 1; r < n; ++r) {
        INFO(kind << " seed " << seed << " receiver " << r << " of " << n);
        const Profile path = prefix_of(line.profile, r + 1);
        const PathGeometry scalar = extract_path(link, path.view());
        {
          INFO("sight");
          check_ends(scalar, sight.receiver(r));
        }
        {
          INFO("horizons");
          check_horizons(scalar, horizons.receiver(r));
        }
        {
          INFO("two Earths");
          check_two_earths(scalar, two.receiver(r));
        }
        {
          INFO("open ends");
          check_two_earths(extract_path(link, with_open_ends(path).view()), open.receiver(r));
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

TEST_CASE("on a radial every model has the loss of the reference on every kind of terrain") {
  std::size_t compared = 0;
  std::size_t nearly_level = 0;
  for (const std::string& kind : test::relief_kinds()) {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      test::Random random(seed + 100);
      const std::size_t n = 40 + random.next() % 300;
      const ModelLine line = make_line(kind, n, seed, random);
      const Link link{.freq_hz = random.between(0.1e9, 6e9),
                      .tx_agl_m = random.between(1.0, 200.0),
                      .rx_agl_m = random.between(1.0, 30.0)};
      for (const ModelInfo& info : model_infos()) {
        if (info.role == Role::added) continue;
        const RadioModel model = make_model(info.id);
        std::visit(
            [&]<class Model>(const Model& m) {
              const std::size_t own = lanes_terrain(m) == Terrain::two_earths_open_ends ? 10 : seed % 11;
              Marching march(line, link, lanes_terrain(m), own);
              const auto ready = prepared(m, link);
              std::vector<double> loss(1 + kPad);
              for (std::size_t r = 1; r < n; ++r) {
                const PathArrays& paths = march.receiver(r);
                if (r % 5 != 0 && r > 12) continue;
                losses_db(ready, link, paths, loss);
                const Profile path = prefix_of(line.profile, r + 1);
                const double scalar = loss_db(m, link, extract_path(link, path.view(), Model::terrain));
                INFO(info.id << " " << kind << " seed " << seed << " receiver " << r);
                REQUIRE(std::isfinite(scalar));
                ++compared;
                if (std::fabs(scalar - loss[0]) < 1e-3) continue;
                // ITM's loss rises with the fourth root of delta_h, and heights are read in single precision:
                // below a millimetre of irregularity (spikes on level ground) that shows.
                ++nearly_level;
                const PathLoss explained = explain_terms(m, link, extract_path(link, path.view(), Model::terrain));
                const auto delta_h = std::ranges::find(explained.terms, "delta_h_m", &LossTerm::name);
                REQUIRE(delta_h != explained.terms.end());
                REQUIRE(delta_h->value < 1e-3);
                REQUIRE(std::fabs(scalar - loss[0]) < 5e-3);
              }
            },
            model);
      }
    }
  }
  CHECK(compared > 10'000);
  CHECK(nearly_level < compared / 5'000);
}

TEST_CASE("a profile with uneven steps by the fast engine is that of the reference") {
  test::Random random(7);
  RadialPath radial;
  for (int round = 0; round < 200; ++round) {
    Profile profile{.distance_m = {0.0}, .ground_asl_m = {20.0}, .clutter_m = {0.0}, .zone = {Zone::inland}};
    const std::size_t n = 2 + random.next() % 120;
    while (profile.distance_m.size() < n) {
      profile.distance_m.push_back(profile.distance_m.back() + random.between(5.0, 400.0));
      profile.ground_asl_m.push_back(std::floor(random.between(0.0, 150.0)));
      profile.clutter_m.push_back(random.next() % 5 == 0 ? 10.0 : 0.0);
      profile.zone.push_back(random.next() % 7 == 0 ? Zone::sea : Zone::inland);
    }
    const Link link{.freq_hz = 3e9, .tx_agl_m = random.between(5.0, 80.0), .rx_agl_m = 2.0};
    const PathGeometry scalar = extract_path(link, profile.view());
    INFO("round " << round);
    PathArrays& paths = radial.arrays(link, profile.view(), Terrain::two_earths, random.next() % 12);
    if (n > 3) REQUIRE_FALSE(paths.rings.even);
    check_same(scalar.median, paths.median, false);
    check_same(scalar.beta, paths.beta, false);
    check_bare(scalar.bare, paths.bare);
    REQUIRE(scalar.roughness_m == Approx(paths.roughness_m[0]).margin(1e-6));
    REQUIRE(scalar.tx_radio_horizon_m == Approx(paths.tx_radio_horizon_m[0]).margin(1e-6));
    REQUIRE(radial_loss_db(radial, P1812{}, link, profile.view(), 3) ==
            Approx(loss_db(P1812{}, link, scalar)).margin(1e-3));
  }
}

TEST_CASE("clutter on intermediate points raises the horizon in both extractors, not the smooth Earth") {
  const std::vector<double> d{0, 100, 200, 300, 400};
  const std::vector<double> h{10, 10, 10, 10, 10};
  const std::vector<double> clutter{0, 0, 25, 0, 15};
  const Link link{.tx_agl_m = 20.0, .rx_agl_m = 1.5};
  const PathGeometry bare = extract_path(link, {d, h});
  const std::vector<Zone> inland(5, Zone::inland);
  const ProfileView cluttered{d, h, clutter, inland};
  const PathGeometry scalar = extract_path(link, cluttered);
  CHECK(bare.line_of_sight);
  CHECK_FALSE(scalar.line_of_sight);
  CHECK(scalar.smooth_rx_asl_m == Approx(bare.smooth_rx_asl_m));
  RadialPath radial;
  for (const std::size_t own : {0U, 1U, 2U, 3U, 9U}) {
    check_same(scalar.median, radial.arrays(link, cluttered, Terrain::two_earths, own).median, true);
    const PathGeometry samples = radial.geometry(link, cluttered, Terrain::samples, own);
    CHECK(std::ranges::equal(samples.profile.distance_m, d));
    CHECK(std::ranges::equal(samples.profile.ground_asl_m, h));
    CHECK(samples.profile.clutter_m[2] == 25.0);
  }
}
