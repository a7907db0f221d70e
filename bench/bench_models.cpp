// What does one call of each model cost? One JSON line per model; see README.md.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "propagation/losses.hpp"
#include "propagation/models.hpp"

using namespace amaneku;

namespace {

constexpr std::size_t kSamples = 500;
constexpr std::size_t kOwnSamples = 10;  ///< of a lane, on the receiver's own line
constexpr std::size_t kLinks = 64;
constexpr int kRounds = 15;

/// Inputs of one call. Many different ones: neither branches nor values may be learnt by heart.
struct Input {
  Link link;
  Profile profile;
  PathGeometry path;  ///< of `profile`
};

double between(std::uint64_t& state, double low, double high) {
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return low + (high - low) * static_cast<double>(state >> 11) * 0x1p-53;
}

double inside(const Range& range, double value) {
  return std::clamp(value, range.min, range.max);
}

/// Hills of some hundred metres under a path of 20 to 30 km, or as long as the model allows.
Input make_input(const Validity& legal, std::uint64_t& state) {
  Input in;
  in.link.freq_hz = inside(legal.freq_hz, between(state, 0.7e9, 5e9));
  in.link.tx_agl_m = inside(legal.higher_agl_m, between(state, 20.0, 60.0));
  in.link.rx_agl_m = inside(legal.lower_agl_m, between(state, 1.5, 10.0));
  const double distance_m = inside(legal.distance_m, between(state, 20e3, 30e3));
  const double height_m = between(state, 5.0, 200.0);
  const double phase = between(state, 0.0, 6.28);
  const double wave = between(state, 40.0, 100.0);
  for (std::size_t i = 0; i < kSamples; ++i) {
    const auto x = static_cast<double>(i);
    in.profile.distance_m.push_back(distance_m * x / (kSamples - 1.0));
    in.profile.ground_asl_m.push_back(50.0 + height_m * (1.0 + std::sin(x / wave + phase)) +
                                      between(state, 0.0, 5.0));
  }
  return in;
}

std::vector<Input> make_inputs(const Validity& legal) {
  std::uint64_t state = 1;
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < kLinks; ++i) inputs.push_back(make_input(legal, state));
  // After the vector has its place: the path borrows the profile.
  for (Input& in : inputs) in.path = extract_path(in.link, in.profile.view());
  return inputs;
}

double sink = 0.0;  // read at the end: no call can be optimised away

/// Processor time of this thread, microseconds.
double cpu_us() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e6 * static_cast<double>(now.tv_sec) + 1e-3 * static_cast<double>(now.tv_nsec);
}

/// Microseconds per call: the least of some rounds, each long enough for the clock. Other programs on the machine
/// only ever make a round slower.
template <class Inputs, class Call>
double time_us(const Inputs& inputs, const Call& call) {
  const auto round_us = [&](int repeats) {
    const double start = cpu_us();
    double sum = 0.0;
    for (int r = 0; r < repeats; ++r) {
      for (const auto& in : inputs) sum += call(in);
    }
    sink += sum;
    return cpu_us() - start;
  };
  int repeats = 1;
  while (round_us(repeats) < 4000.0) repeats *= 2;
  double least = round_us(repeats);
  for (int i = 1; i < kRounds; ++i) least = std::min(least, round_us(repeats));
  return least / (static_cast<double>(repeats) * static_cast<double>(inputs.size()));
}

/// The ground of a lane: the samples between the ends, their running sums and hull.
struct LaneGround {
  std::vector<float> asl_m{};
  std::vector<double> sum_height{};
  std::vector<double> sum_moment{};
  std::vector<HullVertex> hull{};
};

/// The same paths as lanes of arrays, over one ring of receivers; a path takes the link of the first.
struct Lanes64 {
  Link link{};
  std::vector<double> u{};
  PathArrays paths{};
  std::vector<LaneGround> grounds{};
};

/// Takes the last vertex away as long as it lies below the line from the one before it to the new point.
void push_vertex(std::vector<HullVertex>& hull, const HullVertex& point, double metres_per_u) {
  const auto y_m = [&](const HullVertex& vertex) {
    const double d = vertex.u * metres_per_u;
    return vertex.asl_m - d * d / (2.0 * kSmallestEarthRadius_m);
  };
  while (hull.size() >= 2) {
    const HullVertex& middle = hull.back();
    const HullVertex& first = hull[hull.size() - 2];
    if ((y_m(middle) - y_m(first)) * (point.u - first.u) > (y_m(point) - y_m(first)) * (middle.u - first.u)) break;
    hull.pop_back();
  }
  hull.push_back(point);
}

LaneGround make_ground(const Profile& profile, double metres_per_u) {
  LaneGround ground;
  for (std::size_t i = 1; i + 1 < kSamples; ++i) {
    const auto h = static_cast<float>(profile.ground_asl_m[i]);
    const double before = i == 1 ? 0.0 : ground.sum_height.back();
    const double moment_before = i == 1 ? 0.0 : ground.sum_moment.back();
    ground.asl_m.push_back(h);
    ground.sum_height.push_back(before + h);
    ground.sum_moment.push_back(moment_before + static_cast<double>(i - 1) * h);
    if (i + 1 + kOwnSamples < kSamples) push_vertex(ground.hull, {static_cast<double>(i), h}, metres_per_u);
  }
  return ground;
}

LaneProfile lane_of(const LaneGround& ground) {
  constexpr std::size_t kOnRadial = kSamples - 2 - kOwnSamples;
  return {.on_radial = kOnRadial,
          .samples = kSamples - 2,
          .ground_asl_m = ground.asl_m.data(),
          .own_ground_asl_m = ground.asl_m.data() + kOnRadial,
          .own_stride = 1,
          .sum_height = ground.sum_height.data(),
          .sum_moment = ground.sum_moment.data(),
          .hull = ground.hull};
}

void set_horizons(HorizonLanes& to, std::size_t i, const Horizons& from) {
  to.line_of_sight[i] = from.line_of_sight ? 1.0 : 0.0;
  to.tx_slope[i] = from.tx_slope;
  to.rx_slope[i] = from.rx_slope;
  to.tx_point_m[i] = from.tx_point_m;
  to.rx_point_m[i] = from.rx_point_m;
  to.nu_max[i] = from.nu_max;
}

void set_path(PathArrays& to, std::size_t i, const PathGeometry& path) {
  to.distance_m[i] = path.distance_m;
  to.rx_ground_asl_m[i] = path.rx_ground_asl_m;
  to.rx_asl_m[i] = path.rx_asl_m;
  to.metres_per_u[i] = path.spacing_m;
  to.samples[i] = path.samples;
  to.line_of_sight[i] = path.line_of_sight ? 1.0 : 0.0;
  set_horizons(to.median, i, path.median);
  set_horizons(to.beta, i, path.beta);
  set_horizons(to.bare, i, path.bare);
  to.tx_radio_horizon_m[i] = path.tx_radio_horizon_m;
  to.rx_radio_horizon_m[i] = path.rx_radio_horizon_m;
  to.roughness_m[i] = path.roughness_m;
  to.smooth_tx_asl_m[i] = path.smooth_tx_asl_m;
  to.smooth_rx_asl_m[i] = path.smooth_rx_asl_m;
  to.fitted_tx_asl_m[i] = path.fitted_tx_asl_m;
  to.fitted_rx_asl_m[i] = path.fitted_rx_asl_m;
}

/// The grounds of the inputs under one transmitter.
Lanes64 make_lanes(const std::vector<Input>& inputs) {
  Lanes64 lanes{.link = inputs.front().link};
  for (std::size_t i = 1; i + 1 < kSamples; ++i) lanes.u.push_back(static_cast<double>(i));
  PathArrays& paths = lanes.paths;
  paths.size = inputs.size();
  paths.resize(paths.size);
  paths.rings = {lanes.u, true};
  paths.tx_ground_asl_m = inputs.front().profile.ground_asl_m.front();
  paths.tx_asl_m = paths.tx_ground_asl_m + lanes.link.tx_agl_m;
  for (std::size_t i = 0; i < paths.size; ++i) {
    Profile profile = inputs[i].profile;
    profile.ground_asl_m.front() = paths.tx_ground_asl_m;
    set_path(paths, i, extract_path(lanes.link, profile.view()));
    lanes.grounds.push_back(make_ground(profile, paths.metres_per_u[i]));
  }
  // After the vector has its place: the lanes borrow the grounds.
  for (std::size_t i = 0; i < paths.size; ++i) paths.profile[i] = lane_of(lanes.grounds[i]);
  return lanes;
}

/// Microseconds per path with losses_db, the link prepared.
template <class Model>
double lanes_us(const Model& model, const std::vector<Input>& inputs) {
  const std::array<Lanes64, 1> lanes = {make_lanes(inputs)};
  std::vector<double> out(kLinks + PathArrays::kPadding);
  const auto& ready = prepared(model, lanes[0].link);
  return time_us(lanes,
                 [&](const Lanes64& in) {
                   losses_db(ready, in.link, in.paths, out);
                   return out[0] + out[kLinks - 1];
                 }) /
         static_cast<double>(kLinks);
}

/// As a caller has it who knows the model.
template <class Model>
PathGeometry geometry_for(const Input& in) {
  return extract_path(in.link, in.profile.view(), Model::terrain);
}

void run(const ModelInfo& info) {
  const std::vector<Input> inputs = make_inputs(info.validity);
  const bool profile = info.terrain != Terrain::none;
  // The model of the variant itself: std::visit is outside the loop, as it is in a map.
  const auto [geometry_us, physics_us, total_us, of_lanes_us] = std::visit(
      [&]<class Model>(const Model& model) {
        const auto geometry = [](const Input& in) {
          const PathGeometry path = geometry_for<Model>(in);
          return path.distance_m * (path.line_of_sight ? 1.0 : 2.0) + path.median.nu_max + path.smooth_tx_asl_m +
                 path.median.tx_slope;
        };
        const auto physics = [&](const Input& in) { return loss_db(model, in.link, in.path); };
        const auto total = [&](const Input& in) { return loss_db(model, in.link, geometry_for<Model>(in)); };
        const double of_physics = time_us(inputs, physics);
        const double of_lanes = lanes_us(model, inputs);
        if (!profile) return std::array{0.0, of_physics, of_physics, of_lanes};
        return std::array{time_us(inputs, geometry), of_physics, time_us(inputs, total), of_lanes};
      },
      make_model(info.id));
  const nlohmann::ordered_json line = {{"model", info.id},           {"samples", profile ? kSamples : 0},
                                       {"geometry_us", geometry_us}, {"physics_us", physics_us},
                                       {"total_us", total_us},       {"lanes_us", of_lanes_us}};
  std::printf("%s\n", line.dump().c_str());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> asked(argv + 1, argv + argc);
    for (const ModelInfo& info : model_infos()) {
      if (asked.empty() || std::find(asked.begin(), asked.end(), info.id) != asked.end()) run(info);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_models: %s\n", error.what());
    return 1;
  }
  return std::isnan(sink) ? 1 : 0;
}
