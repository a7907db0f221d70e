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

#include "propagation/models.hpp"

using namespace amaneku;

namespace {

constexpr std::size_t kSamples = 500;
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
template <class Call>
double time_us(const std::vector<Input>& inputs, const Call& call) {
  const auto round_us = [&](int repeats) {
    const double start = cpu_us();
    double sum = 0.0;
    for (int r = 0; r < repeats; ++r) {
      for (const Input& in : inputs) sum += call(in);
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

/// As a caller has it who knows the model.
template <class Model>
PathGeometry geometry_for(const Input& in) {
  return extract_path(in.link, in.profile.view(), Model::terrain);
}

void run(const ModelInfo& info) {
  const std::vector<Input> inputs = make_inputs(info.validity);
  const bool profile = info.terrain != Terrain::none;
  // The model of the variant itself: std::visit is outside the loop, as it is in a map.
  const auto [geometry_us, physics_us, total_us] = std::visit(
      [&]<class Model>(const Model& model) {
        const auto geometry = [](const Input& in) {
          const PathGeometry path = geometry_for<Model>(in);
          return path.distance_m * (path.line_of_sight ? 1.0 : 2.0) + path.median.nu_max + path.smooth_tx_asl_m +
                 path.median.tx_slope;
        };
        const auto physics = [&](const Input& in) { return loss_db(model, in.link, in.path); };
        const auto total = [&](const Input& in) { return loss_db(model, in.link, geometry_for<Model>(in)); };
        const double of_physics = time_us(inputs, physics);
        if (!profile) return std::array{0.0, of_physics, of_physics};
        return std::array{time_us(inputs, geometry), of_physics, time_us(inputs, total)};
      },
      make_model(info.id));
  const nlohmann::ordered_json line = {{"model", info.id},
                                       {"samples", profile ? kSamples : 0},
                                       {"geometry_us", geometry_us},
                                       {"physics_us", physics_us},
                                       {"total_us", total_us}};
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
