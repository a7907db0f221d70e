// The law of the physics stage: many paths at a time give the numbers of one path at a time, for every model and
// on every SIMD target that this machine has.
#include <fmt/format.h>

#include <hwy/highway.h>
#include <algorithm>
#include <cmath>
#include <deque>

#include "propagation/losses.hpp"
#include "propagation/models.hpp"
#include "tests/property/random_inputs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"

using namespace amaneku;

namespace {

/// One path, as the reference sees it and as the arrays do.
struct Lane {
  Profile profile{};
  std::vector<float> ground_asl_m{};  ///< without the two ends, like all below
  std::vector<float> clutter_m{};
  std::vector<Zone> zone{};
  std::vector<double> sum_height{};
  std::vector<double> sum_moment{};
  std::vector<HullVertex> hull{};
  std::size_t on_radial = 0;
  double metres_per_u = 0.0;
};

/// Paths of one link whose samples lie at common rings.
struct Fan {
  Link link{};
  std::vector<double> u{};
  bool even = true;
  bool with_clutter = false;
  bool with_zones = false;
  std::deque<Lane> lanes{};
};

double to_float(double value) {
  return static_cast<float>(value);
}

Lane make_lane(const Fan& fan, double tx_ground_asl_m, test::Random& random) {
  constexpr std::array<Zone, 3> kZones = {Zone::inland, Zone::coast, Zone::sea};
  Lane lane;
  lane.metres_per_u = test::any_magnitude(random, 0.7, 3.0);
  const std::size_t between = random.next() % 8 == 0 ? random.next() % 3 : random.next() % fan.u.size();
  const auto& kinds = test::relief_kinds();
  const std::vector<double> heights = test::relief_line(kinds[random.next() % kinds.size()], between + 2, random);
  // Hills, or nearly the smooth Earth.
  const double stretch = random.next() % 3 == 0 ? 0.02 : 1.0;
  Profile& p = lane.profile;
  Zone zone = Zone::inland;
  for (std::size_t i = 0; i < between + 2; ++i) {
    const double last_u = between == 0 ? 0.0 : fan.u[between - 1];
    const double at_u = i == 0 ? 0.0 : i <= between ? fan.u[i - 1] : last_u + random.between(0.05, 1.0);
    p.distance_m.push_back(at_u * lane.metres_per_u);
    p.ground_asl_m.push_back(i == 0 ? tx_ground_asl_m : to_float(stretch * heights[i]));
    if (fan.with_clutter)
      p.clutter_m.push_back(random.next() % 4 == 0 ? to_float(random.between(0.0, 25.0)) : 0.0);
    if (fan.with_zones && i > 0) zone = random.next() % 12 == 0 ? kZones[random.next() % 3] : zone;
    if (fan.with_zones) p.zone.push_back(zone);
  }
  if (fan.with_clutter) p.clutter_m.front() = 0.0;
  lane.on_radial = random.next() % (between + 1);
  return lane;
}

/// The samples between the ends in the types of the arrays.
void add_samples(Lane& lane, const Fan& fan) {
  const Profile& p = lane.profile;
  for (std::size_t i = 1; i + 1 < p.distance_m.size(); ++i) {
    const auto at = static_cast<double>(i - 1);
    lane.ground_asl_m.push_back(static_cast<float>(p.ground_asl_m[i]));
    if (fan.with_clutter) lane.clutter_m.push_back(static_cast<float>(p.clutter_m[i]));
    if (fan.with_zones) lane.zone.push_back(p.zone[i]);
    lane.sum_height.push_back((i > 1 ? lane.sum_height.back() : 0.0) + p.ground_asl_m[i]);
    lane.sum_moment.push_back((i > 1 ? lane.sum_moment.back() : 0.0) + at * p.ground_asl_m[i]);
    if (i <= lane.on_radial) lane.hull.push_back({fan.u[i - 1], p.ground_asl_m[i]});
  }
}

Fan make_fan(test::Random& random) {
  Fan fan;
  fan.link.freq_hz = test::any_magnitude(random, std::log10(0.03e9), std::log10(50e9));
  fan.link.tx_agl_m = random.between(1.0, random.next() % 2 == 0 ? 20.0 : 300.0);
  fan.link.rx_agl_m = random.between(1.0, 30.0);
  fan.link.polarization = random.next() % 2 == 0 ? Polarization::horizontal : Polarization::vertical;
  fan.link.effective_earth_radius_m = random.next() % 2 == 0 ? 8.5e6 : random.between(6e6, 12e6);
  fan.link.latitude_deg = random.between(-80.0, 80.0);
  fan.even = random.next() % 4 != 0;
  fan.with_clutter = random.next() % 2 == 0;
  fan.with_zones = random.next() % 2 == 0;
  const std::size_t rings = 3 + random.next() % 200;
  fan.u.push_back(random.between(0.01, 1.0));
  while (fan.u.size() < rings) fan.u.push_back(fan.u.back() + (fan.even ? 1.0 : random.between(0.3, 2.5)));
  const double tx_ground_asl_m = to_float(random.between(0.0, random.next() % 2 == 0 ? 10.0 : 400.0));
  const std::size_t paths = 1 + random.next() % 40;
  while (fan.lanes.size() < paths) {
    fan.lanes.push_back(make_lane(fan, tx_ground_asl_m, random));
    add_samples(fan.lanes.back(), fan);
  }
  return fan;
}

/// Terrain::two_earths_open_ends: no clutter within 50 m of either end.
Profile with_open_ends(Profile profile) {
  for (std::size_t i = 0; i < profile.clutter_m.size(); ++i) {
    const double d = profile.distance_m[i];
    if (d < kOpenEnds_m || d > profile.distance_m.back() - kOpenEnds_m) profile.clutter_m[i] = 0.0;
  }
  return profile;
}

void set_horizons(HorizonLanes& lanes, std::size_t i, const Horizons& horizons) {
  lanes.line_of_sight[i] = horizons.line_of_sight ? 1.0 : 0.0;
  lanes.tx_slope[i] = horizons.tx_slope;
  lanes.rx_slope[i] = horizons.rx_slope;
  lanes.tx_point_m[i] = horizons.tx_point_m;
  lanes.rx_point_m[i] = horizons.rx_point_m;
  lanes.nu_max[i] = horizons.nu_max;
}

void set_profile(LaneProfile& to, const Lane& lane) {
  to.on_radial = lane.on_radial;
  to.samples = lane.ground_asl_m.size();
  to.ground_asl_m = lane.ground_asl_m.data();
  to.own_ground_asl_m = lane.ground_asl_m.data() + lane.on_radial;
  to.own_stride = 1;
  to.clutter_m = lane.clutter_m.empty() ? nullptr : lane.clutter_m.data();
  to.own_clutter_m = lane.clutter_m.empty() ? nullptr : lane.clutter_m.data() + lane.on_radial;
  to.zone = lane.zone.empty() ? nullptr : lane.zone.data();
  to.own_zone = lane.zone.empty() ? nullptr : lane.zone.data() + lane.on_radial;
  to.sum_height = lane.sum_height.data();
  to.sum_moment = lane.sum_moment.data();
  to.hull = lane.hull;
}

void set_path(PathArrays& arrays, std::size_t i, const Lane& lane, const PathGeometry& path) {
  arrays.distance_m[i] = path.distance_m;
  arrays.rx_ground_asl_m[i] = path.rx_ground_asl_m;
  arrays.rx_asl_m[i] = path.rx_asl_m;
  arrays.rx_clutter_m[i] = path.rx_clutter_m;
  arrays.metres_per_u[i] = lane.metres_per_u;
  arrays.samples[i] = path.samples;
  arrays.line_of_sight[i] = path.line_of_sight ? 1.0 : 0.0;
  set_horizons(arrays.median, i, path.median);
  set_horizons(arrays.beta, i, path.beta);
  set_horizons(arrays.bare, i, path.bare);
  arrays.tx_radio_horizon_m[i] = path.tx_radio_horizon_m;
  arrays.rx_radio_horizon_m[i] = path.rx_radio_horizon_m;
  arrays.roughness_m[i] = path.roughness_m;
  arrays.smooth_tx_asl_m[i] = path.smooth_tx_asl_m;
  arrays.smooth_rx_asl_m[i] = path.smooth_rx_asl_m;
  arrays.fitted_tx_asl_m[i] = path.fitted_tx_asl_m;
  arrays.fitted_rx_asl_m[i] = path.fitted_rx_asl_m;
  arrays.rx_zone[i] = path.zones.rx;
  arrays.sea_fraction[i] = path.zones.sea_fraction;
  arrays.longest_land_m[i] = path.zones.longest_land_m;
  arrays.longest_inland_m[i] = path.zones.longest_inland_m;
  arrays.coast_distance_tx_m[i] = path.zones.coast_distance_tx_m;
  arrays.coast_distance_rx_m[i] = path.zones.coast_distance_rx_m;
  set_profile(arrays.profile[i], lane);
}

PathArrays arrays_of(const Fan& fan, Terrain need) {
  PathArrays arrays;
  arrays.size = fan.lanes.size();
  arrays.resize(arrays.size);
  arrays.rings = {fan.u, fan.even};
  arrays.all_inland = !fan.with_zones;
  const Terrain extracted = need == Terrain::prefix ? Terrain::samples : need;
  for (std::size_t i = 0; i < arrays.size; ++i) {
    const Lane& lane = fan.lanes[i];
    const Profile seen = need == Terrain::two_earths_open_ends ? with_open_ends(lane.profile) : lane.profile;
    const PathGeometry path = extract_path(fan.link, seen.view(), extracted);
    arrays.tx_ground_asl_m = path.tx_ground_asl_m;
    arrays.tx_asl_m = path.tx_asl_m;
    arrays.tx_zone = path.zones.tx;
    set_path(arrays, i, lane, path);
  }
  return arrays;
}

/// Legal values, every second one the default.
std::vector<ParameterValue> legal_parameters(const ModelInfo& info, test::Random& random) {
  std::vector<ParameterValue> values;
  for (const ModelParameter& parameter : info.parameters) {
    if (random.next() % 2 == 0) continue;
    if (!parameter.choices.empty()) {
      values.push_back({parameter.name, parameter.choices[random.next() % parameter.choices.size()]});
    } else if (std::isfinite(parameter.range.min) && std::isfinite(parameter.range.max)) {
      values.push_back({parameter.name, random.between(parameter.range.min, parameter.range.max)});
    }
  }
  return values;
}

std::vector<std::int64_t> targets() {
  hwy::SetSupportedTargetsForTest(0);
  return hwy::SupportedAndGeneratedTargets();
}

void choose_target(std::int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

/// Every target again when it ends.
struct AllTargets {
  ~AllTargets() { choose_target(0); }
};

std::string text_of(const Fan& fan, std::size_t i) {
  const Profile& p = fan.lanes[i].profile;
  return fmt::format(
      "lane {} of {}: {:.4g} GHz, antennas {:.4g} and {:.4g} m, {:.6g} m with {} points, clutter {}, zones {}, "
      "even {}",
      i, fan.lanes.size(), fan.link.freq_hz * 1e-9, fan.link.tx_agl_m, fan.link.rx_agl_m, p.distance_m.back(),
      p.distance_m.size(), fan.with_clutter, fan.with_zones, fan.even);
}

template <class Model>
std::size_t check_model(const Model& model, const Fan& fan) {
  const PathArrays arrays = arrays_of(fan, lanes_terrain(model));
  std::vector<double> expected_db;
  for (const Lane& lane : fan.lanes) {
    expected_db.push_back(loss_db(model, fan.link, extract_path(fan.link, lane.profile.view(), Model::terrain)));
  }
  std::vector<double> lanes_db(arrays.size + PathArrays::kPadding);
  for (const std::int64_t target : targets()) {
    choose_target(target);
    INFO(hwy::TargetName(target));
    const auto& ready = prepared(model, fan.link);
    losses_db(ready, fan.link, arrays, lanes_db);
    for (std::size_t i = 0; i < arrays.size; ++i) {
      INFO(text_of(fan, i) + fmt::format(": {} dB against {} dB", lanes_db[i], expected_db[i]));
      REQUIRE(std::abs(lanes_db[i] - expected_db[i]) < 1e-3);
    }
  }
  return arrays.size;
}

}  // namespace

TEST_CASE("many paths at a time give the losses of one path at a time, for every model and target", "[lanes]") {
  const AllTargets restored;
  for (const ModelInfo& info : model_infos()) {
    test::Random random(11);
    const bool over_terrain = info.terrain != Terrain::none;
    std::size_t compared = 0;
    while (compared < (over_terrain ? 3000U : 300U)) {
      const Fan fan = make_fan(random);
      const RadioModel model = make_model(info.id, legal_parameters(info, random));
      INFO(model_text(model));
      compared += std::visit([&](const auto& m) { return check_model(m, fan); }, model);
    }
    CHECK(compared >= (over_terrain ? 3000U : 300U));
  }
}

TEST_CASE("a path that is not valid has no loss and does not harm its neighbours", "[lanes]") {
  test::Random random(3);
  Fan fan = make_fan(random);
  while (fan.lanes.size() < 3) fan = make_fan(random);
  PathArrays arrays = arrays_of(fan, Terrain::two_earths);
  arrays.valid[1] = 0;
  for (const RadioModel& model : {RadioModel(TwoRay{}), RadioModel(FreeSpace{})}) {
    std::vector<double> lanes_db(arrays.size + PathArrays::kPadding);
    std::visit([&](const auto& m) { losses_db(m, fan.link, arrays, lanes_db); }, model);
    for (const std::size_t i : {std::size_t{0}, std::size_t{2}}) {
      const PathGeometry path = extract_path(fan.link, fan.lanes[i].profile.view());
      const double expected_db = std::visit([&](const auto& m) { return loss_db(m, fan.link, path); }, model);
      CHECK(lanes_db[i] == Approx(expected_db).margin(1e-6));
    }
  }
}
