// How long do a thousand drives along a route take? One JSON line; see README.md.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <nlohmann/json.hpp>
#include <string>

#include "bench/world.hpp"
#include "libsim/mobility/route_statistics.hpp"

using namespace amaneku;
using namespace amaneku::mobility;

namespace {

struct RouteArguments {
  std::uint64_t runs = 1000;
  int threads = 2;
  double length_m = 30'000.0;
  int sites = 24;
  double speed_kmh = 60.0;
  int step_ms = 20;
  double prune_sigmas = 4.0;
  int knots = 20;
  double error_db = 0.0;
  std::uint64_t seed = 1;
};

RouteArguments route_arguments(int argc, char** argv) {
  RouteArguments out;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string name = argv[i];
    const double value = std::atof(argv[i + 1]);
    if (name == "--runs")
      out.runs = static_cast<std::uint64_t>(value);
    else if (name == "--threads")
      out.threads = static_cast<int>(value);
    else if (name == "--length_m")
      out.length_m = value;
    else if (name == "--sites")
      out.sites = static_cast<int>(value);
    else if (name == "--speed_kmh")
      out.speed_kmh = value;
    else if (name == "--step_ms")
      out.step_ms = static_cast<int>(value);
    else if (name == "--prune_sigmas")
      out.prune_sigmas = value;
    else if (name == "--knots")
      out.knots = static_cast<int>(value);
    else if (name == "--error_db")
      out.error_db = value;
    else if (name == "--seed")
      out.seed = static_cast<std::uint64_t>(value);
    else
      throw InputError(Fault{.message = "unknown option", .key = name});
  }
  return out;
}

/// A mast every length / sites beside the road, left and right in turn, three sectors of 65 degrees, one carrier.
/// The median falls as in TR 38.901 UMa without line of sight at 3.7 GHz; every site has a level of its own of +-6
/// dB.
RouteRadio radio(const RouteArguments& arguments) {
  RouteRadio out{.step_m = 1.0, .channels = {{.freq_hz = 3.7e9}}};
  out.samples = static_cast<std::size_t>(arguments.length_m) + 1;
  for (int site = 0; site < arguments.sites; ++site) {
    for (int sector = 0; sector < 3; ++sector)
      out.cells.push_back({.site = site, .channel = 0, .noise_dbm = -122.0, .load = 0.5});
  }
  const double apart_m = arguments.length_m / arguments.sites;
  for (std::size_t i = 0; i < out.samples; ++i) {
    for (int site = 0; site < arguments.sites; ++site) {
      const double x_m = static_cast<double>(i) - (site + 0.5) * apart_m;
      const double y_m = site % 2 == 0 ? 150.0 : -250.0;
      const double loss_db = 13.54 + 39.08 * std::log10(std::hypot(x_m, y_m, 25.0)) + 20.0 * std::log10(3.7);
      const double bearing_deg = std::atan2(-y_m, x_m) * 57.29578;
      for (int sector = 0; sector < 3; ++sector) {
        const double off_deg = std::remainder(bearing_deg - 120.0 * sector - 20.0 * site, 360.0);
        const double gain_db = 17.0 - std::min(30.0, 12.0 * std::pow(off_deg / 65.0, 2.0));
        const double level_dbm = 10.0 + 6.0 * std::sin(1.7 * site) + gain_db - loss_db;
        out.rsrp_dbm.push_back(static_cast<float>(level_dbm));
      }
    }
  }
  return out;
}

RouteInput route_input(const RouteArguments& arguments) {
  RouteInput input{.radio = radio(arguments)};
  input.law = constant_speed(input.radio, arguments.speed_kmh / 3.6);
  input.config.step_ms = arguments.step_ms;
  input.config.measurement_error_db = arguments.error_db;
  input.interruptions = {
      {{0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}, {0.029, 0.043, 0.051, 0.070, 0.093, 0.124, 0.2222}},
      {{0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99}, {0.027, 0.031, 0.035, 0.040, 0.0467, 0.0563, 0.0911}}};
  input.shadow = {.sigma_db = {6.0F}, .decorrelation_m = 50.0, .knots = arguments.knots};
  input.prune_sigmas = arguments.prune_sigmas;
  return input;
}

double wall_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void run(const RouteArguments& arguments) {
  const double begun_s = bench::cpu_s();
  const PreparedRoute route(route_input(arguments));
  const double prepared_s = bench::cpu_s();
  const double start_s = wall_s();
  const RouteStatistics found =
      route_statistics(route, {.seed = arguments.seed, .runs = arguments.runs, .threads = arguments.threads});
  const double elapsed_s = wall_s() - start_s;
  const double spent_s = bench::cpu_s() - prepared_s;
  double candidates = 0.0;
  for (const Stretch& stretch : route.stretches())
    candidates += static_cast<double>(stretch.cells.size() * stretch.steps);
  const double steps_10ms = 100.0 * found.drive_s * static_cast<double>(found.runs);
  const nlohmann::ordered_json line = {{"runs", found.runs},
                                       {"threads", arguments.threads},
                                       {"length_km", found.length_km},
                                       {"cells", route.input().radio.cells.size()},
                                       {"candidates", candidates / static_cast<double>(route.steps())},
                                       {"drive_s", found.drive_s},
                                       {"step_ms", arguments.step_ms},
                                       {"prepare_cpu_s", prepared_s - begun_s},
                                       {"wall_s", elapsed_s},
                                       {"cpu_s", spent_s},
                                       {"cpu_ns_per_10ms", 1e9 * spent_s / steps_10ms},
                                       {"handovers", found.handovers.value},
                                       {"handovers_high", found.handovers.high},
                                       {"ping_pong_rate", found.ping_pong_rate.value},
                                       {"failures", found.failures.value},
                                       {"failures_high", found.failures.high},
                                       {"outage_s_per_km", found.outage_s_per_km.value},
                                       {"peak_mib", bench::peak_mib()}};
  std::printf("%s\n", line.dump().c_str());
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(route_arguments(argc, argv));
  } catch (const InputError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_routes: %s\n", error.what());
    return 1;
  }
  return 0;
}
