// Law: ITM over the lanes of a ring gives, lane by lane, the loss that it gives over the whole profile.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "propagation/itm/itm.hpp"
#include "propagation/path_arrays.hpp"
#include "tests/property/random_inputs.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/relief.hpp"
#include "tests/support/simd_targets.hpp"

using namespace amaneku;

namespace {

constexpr double kTolerance_db = 1e-3;
constexpr std::size_t kMostOwn = 10;

/// One receiver: what the lanes borrow, and the same ground as a profile.
struct Receiver {
  std::vector<float> radial{};
  std::vector<float> own{};  ///< sample radial.size() + k at [3 k]
  std::vector<double> sum_height{};
  std::vector<double> sum_moment{};
  std::vector<HullVertex> hull{};
  Profile profile{};
};

constexpr std::size_t kOwnStride = 3;
constexpr std::array<std::size_t, 12> kSamples = {0, 1, 2, 3, 9, 11, 30, 100, 239, 260, 700, 1000};

struct Shape {
  std::string kind;
  std::size_t samples;
  double first_u;  ///< rings.u[0]
  double step_m;
};

/// Every point of the radial: the largest legal list of hull vertices.
void set_sums_and_hull(Receiver& receiver, const std::vector<double>& u) {
  double height = 0.0;
  double moment = 0.0;
  for (std::size_t i = 0; i < receiver.radial.size(); ++i) {
    height += receiver.radial[i];
    moment += static_cast<double>(i) * receiver.radial[i];
    receiver.sum_height.push_back(height);
    receiver.sum_moment.push_back(moment);
    receiver.hull.push_back({u[i], receiver.radial[i]});
  }
}

std::unique_ptr<Receiver> make_receiver(const Shape& shape, const std::vector<double>& u, double tx_ground_asl_m,
                                        std::size_t own, test::Random& random) {
  auto receiver = std::make_unique<Receiver>();
  const std::vector<double> line = test::relief_line(shape.kind, shape.samples + 1, random);
  const double metres_per_u = shape.step_m * random.between(1.0, 1.41);
  Profile& profile = receiver->profile;
  profile.distance_m = {0.0};
  profile.ground_asl_m = {tx_ground_asl_m};
  for (std::size_t i = 0; i < shape.samples; ++i) {
    const auto height = static_cast<float>(line[i]);
    if (i + own < shape.samples) {
      receiver->radial.push_back(height);
    } else {
      receiver->own.insert(receiver->own.end(), {height, 1e9F, -1e9F});
    }
    profile.distance_m.push_back(u[i] * metres_per_u);
    profile.ground_asl_m.push_back(height);
  }
  profile.distance_m.push_back((shape.first_u + static_cast<double>(shape.samples)) * metres_per_u);
  profile.ground_asl_m.push_back(line.back());
  set_sums_and_hull(*receiver, u);
  return receiver;
}

/// A ring of receivers with 0 .. 10 samples on their own lines, twice over.
struct Ring {
  std::vector<double> u{};
  std::vector<std::unique_ptr<Receiver>> receivers{};
  PathArrays paths{};
};

void set_lane(PathArrays& paths, std::size_t lane, const Receiver& receiver, const Link& link) {
  const Profile& profile = receiver.profile;
  const std::size_t n = profile.distance_m.size();
  paths.distance_m[lane] = profile.distance_m.back();
  paths.rx_ground_asl_m[lane] = profile.ground_asl_m.back();
  paths.rx_asl_m[lane] = profile.ground_asl_m.back() + link.rx_agl_m;
  paths.samples[lane] = static_cast<double>(n);
  paths.metres_per_u[lane] = n > 2 ? profile.distance_m[1] / paths.rings.u[0] : profile.distance_m.back();
  paths.profile[lane] = {.on_radial = receiver.radial.size(),
                         .samples = n - 2,
                         .ground_asl_m = receiver.radial.data(),
                         .own_ground_asl_m = receiver.own.data(),
                         .own_stride = kOwnStride,
                         .sum_height = receiver.sum_height.data(),
                         .sum_moment = receiver.sum_moment.data(),
                         .hull = receiver.hull};
}

std::unique_ptr<Ring> make_ring(const Shape& shape, const Link& link, test::Random& random) {
  auto ring = std::make_unique<Ring>();
  for (std::size_t i = 0; i < std::max<std::size_t>(shape.samples, 1); ++i) {
    ring->u.push_back(shape.first_u + static_cast<double>(i));
  }
  const double tx_ground_asl_m = test::relief_line(shape.kind, 1, random).front();
  for (std::size_t lane = 0; lane < 2 * (kMostOwn + 1); ++lane) {
    const std::size_t own = std::min(shape.samples, lane % (kMostOwn + 1));
    ring->receivers.push_back(make_receiver(shape, ring->u, tx_ground_asl_m, own, random));
  }
  PathArrays& paths = ring->paths;
  paths.tx_ground_asl_m = tx_ground_asl_m;
  paths.tx_asl_m = tx_ground_asl_m + link.tx_agl_m;
  paths.rings = {.u = ring->u, .even = true};
  paths.size = ring->receivers.size();
  paths.resize(paths.size);
  for (std::size_t lane = 0; lane < paths.size; ++lane) set_lane(paths, lane, *ring->receivers[lane], link);
  return ring;
}

std::vector<double> losses_of(const Itm& model, const Link& link, const PathArrays& paths) {
  std::vector<double> out(paths.size + PathArrays::kPadding);
  losses_db(model, link, paths, out);
  return out;
}

double whole_profile_db(const Itm& model, const Link& link, const Receiver& receiver) {
  return loss_db(model, link, extract_path(link, receiver.profile.view(), Terrain::samples));
}

void check_ring(const Itm& model, const Link& link, const Ring& ring) {
  const std::vector<double> lanes_db = losses_of(model, link, ring.paths);
  for (std::size_t lane = 0; lane < ring.paths.size; ++lane) {
    INFO("lane " << lane);
    REQUIRE(std::abs(lanes_db[lane] - whole_profile_db(model, link, *ring.receivers[lane])) < kTolerance_db);
  }
}

Itm random_itm(test::Random& random) {
  const auto is_itm = [](const ModelInfo& info) { return info.id == "itm"; };
  const ModelInfo& info = *std::ranges::find_if(model_infos(), is_itm);
  std::vector<ParameterValue> values;
  for (const ModelParameter& parameter : info.parameters) {
    if (random.next() % 2 == 0) continue;
    if (parameter.choices.empty()) {
      const bool share = parameter.unit == "%";
      const double value =
          share ? random.between(1.0, 99.0)
                : test::random_value(random, parameter.range, parameter.default_value, test::Reach::beyond);
      values.push_back({parameter.name, std::clamp(value, parameter.range.min, parameter.range.max)});
    } else {
      values.push_back({parameter.name, parameter.choices[random.next() % parameter.choices.size()]});
    }
  }
  return std::get<Itm>(make_model("itm", values));
}

Link random_itm_link(test::Random& random) {
  return {.freq_hz = test::any_magnitude(random, 7.6, 10.3),
          .tx_agl_m = test::any_magnitude(random, 0.0, 2.5),
          .rx_agl_m = test::any_magnitude(random, 0.0, 1.3),
          .polarization = random.next() % 2 == 0 ? Polarization::horizontal : Polarization::vertical,
          .n0 = random.between(250.0, 400.0)};
}

}  // namespace

TEST_CASE("ITM over lanes is ITM over whole profiles, on every terrain") {
  test::on_every_target([] {
    test::Random random(7);
    for (const std::string& kind : test::relief_kinds()) {
      for (const std::size_t samples : kSamples) {
        for (const double first_u : {1.0, random.between(0.5, 1.0), random.between(0.01, 0.5)}) {
          const Shape shape{kind, samples, first_u, random.between(5.0, 90.0)};
          INFO(kind << ", " << samples << " samples, first at " << first_u);
          const Link link = random_itm_link(random);
          check_ring(random_itm(random), link, *make_ring(shape, link, random));
        }
      }
    }
  });
}
