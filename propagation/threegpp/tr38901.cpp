#include "propagation/threegpp/tr38901.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/range_warning.hpp"

namespace amaneku {
namespace {

using threegpp::Scenario;

constexpr std::array<const char*, 10> kTr38901Scenarios = {
    "uma", "umi", "rma", "sma", "inh_mixed_office", "inh_open_office", "inf_sl", "inf_dl", "inf_sh", "inf_dh"};
constexpr std::array<const char*, 2> kNlosFormulas = {"standard", "optional"};
constexpr std::array<const char*, 3> kVegetation = {"none", "sparse", "dense"};
constexpr std::array<const char*, 2> kSurroundingsFrom = {"scenario", "given"};

}  // namespace

constexpr std::array<Choice<Tr38901>, 5> Tr38901::choices = {
    choice_of<&Tr38901::scenario, Tr38901>("scenario", kTr38901Scenarios, "TR 38.901 clause 7.2"),
    choice_of<&Tr38901::line_of_sight, Tr38901>("line_of_sight", threegpp::kLineOfSight,
                                                "TR 38.901 Table 7.4.2-1"),
    choice_of<&Tr38901::nlos_formula, Tr38901>("nlos_formula", kNlosFormulas, "TR 38.901 Table 7.4.1-1"),
    choice_of<&Tr38901::vegetation, Tr38901>("vegetation", kVegetation, "TR 38.901 Table 7.4.2-1, SMa"),
    choice_of<&Tr38901::surroundings_from, Tr38901>("surroundings_from", kSurroundingsFrom,
                                                    "TR 38.901 Tables 7.4.1-1, 7.8-7")};

constexpr std::array<Field<Tr38901>, 6> Tr38901::fields = {
    {{"average_building_height_m",
      "m",
      &Tr38901::average_building_height_m,
      {5.0, 50.0},
      "h, TR 38.901 Table 7.4.1-1"},
     {"street_width_m", "m", &Tr38901::street_width_m, {5.0, 50.0}, "W, TR 38.901 Table 7.4.1-1"},
     {"clutter_density_percent", "%", &Tr38901::clutter_density_percent, {0.0, 99.0}, "r, TR 38.901 Table 7.2-4"},
     {"clutter_size_m", "m", &Tr38901::clutter_size_m, {1e-3, kNoLimit}, "d_clutter, TR 38.901 Table 7.2-4"},
     {"clutter_height_m", "m", &Tr38901::clutter_height_m, {0.0, 10.0}, "h_c, TR 38.901 Table 7.2-4"},
     {"indoor_distance_m", "m", &Tr38901::indoor_distance_m, {0.0, 25.0}, "d_2D-in, TR 38.901 clause 7.4.3.1"}}};

namespace {

threegpp::Surroundings surroundings_of(const Tr38901& model) noexcept {
  constexpr std::array<double, 3> kVegetationDensity = {0.0, 0.1, 0.2};
  threegpp::Surroundings out = threegpp::typical_surroundings(model.scenario);
  if (model.surroundings_from == Tr38901::SurroundingsFrom::given) {
    out = {.average_building_height_m = positive(model.average_building_height_m),
           .street_width_m = positive(model.street_width_m),
           .clutter_density = model.clutter_density_percent / 100.0,
           .clutter_size_m = model.clutter_size_m,
           .clutter_height_m = bounded(model.clutter_height_m),
           .vegetation_density = 0.0};
  }
  out.vegetation_density = kVegetationDensity[static_cast<std::size_t>(model.vegetation)];
  return out;
}

threegpp::Ends ends_of(const Link& link) noexcept {
  return {.f_ghz = positive(link.freq_hz * 1e-9),
          .base_agl_m = positive(std::max(link.tx_agl_m, link.rx_agl_m)),
          .user_agl_m = positive(std::min(link.tx_agl_m, link.rx_agl_m))};
}

threegpp::ByState losses_db(const Tr38901Link& at, const PathGeometry& path) noexcept {
  return pathloss_db(at.curves, positive(path.distance_m), bounded(path.tx_asl_m) - bounded(path.rx_asl_m));
}

double los_share(const Tr38901Link& at, const PathGeometry& path) noexcept {
  return threegpp::los_share(at.line_of_sight, path.line_of_sight, [&] {
    const double outdoors_m = std::max(0.0, positive(path.distance_m) - bounded(at.indoor_distance_m));
    return threegpp::los_probability(at.probability, outdoors_m);
  });
}

threegpp::ByState sigmas_db(const Tr38901& model, const Tr38901Link& at, const PathGeometry& path) noexcept {
  return threegpp::shadow_fading_db(model.scenario, model.nlos_formula, path.distance_m > at.curves.breakpoint_m);
}

/// Where the formulas of a scenario hold, Table 7.4.1-1.
struct Limits {
  double freq_max_hz;
  Range base_agl_m;
  Range user_agl_m;
  Range distance_m;
};

Limits limits_of(Scenario scenario, bool nlos) noexcept {
  switch (scenario) {
    case Scenario::uma:
    case Scenario::umi:
      return {100e9, kAnyHeight, {1.5, 22.5}, {10.0, 5000.0}};
    case Scenario::rma:
      return {30e9, {10.0, 150.0}, {1.0, 10.0}, {10.0, nlos ? 5000.0 : 10'000.0}};
    case Scenario::sma:
      return {100e9, {25.0, 35.0}, {1.0, 14.0}, {10.0, 5000.0}};
    case Scenario::inh_mixed_office:
    case Scenario::inh_open_office:
      return {100e9, kAnyHeight, kAnyHeight, {1.0, 150.0}};
    default:
      return {100e9, kAnyHeight, kAnyHeight, {1.0, 600.0}};
  }
}

std::vector<std::string> scenario_warnings(const Tr38901& model, const Link& link, const PathGeometry& path,
                                           bool nlos) {
  std::vector<std::string> out;
  const auto quantity = [](const char* name, const char* unit, const char* source) {
    return Quantity{Tr38901::id, name, unit, source};
  };
  constexpr const char* kTable = "this scenario, TR 38.901 Table 7.4.1-1";
  const bool tx_is_base = link.tx_agl_m >= link.rx_agl_m;
  const char* base = tx_is_base ? "tx_agl_m" : "rx_agl_m";
  const char* user = tx_is_base ? "rx_agl_m" : "tx_agl_m";
  const double user_agl_m = std::min(link.tx_agl_m, link.rx_agl_m);
  const Limits limits = limits_of(model.scenario, nlos);
  flag(out, quantity("freq_hz", "Hz", kTable), link.freq_hz, {0.5e9, limits.freq_max_hz});
  flag(out, quantity(base, "m", kTable), std::max(link.tx_agl_m, link.rx_agl_m), limits.base_agl_m);
  flag(out, quantity(user, "m", kTable), user_agl_m, limits.user_agl_m);
  flag(out, quantity("distance_m", "m", kTable), path.distance_m, limits.distance_m);
  if (model.scenario == Scenario::uma) {
    flag(out,
         quantity(user, "m", "TR 38.901 Table 7.4.1-1 NOTE 1: taken with h_E = 1 m, the likeliest of several"),
         user_agl_m, {0.0, 13.0});
  }
  return out;
}

}  // namespace

Tr38901Link prepared(const Tr38901& model, const Link& link) noexcept {
  const threegpp::Ends ends = ends_of(link);
  const threegpp::Surroundings around = surroundings_of(model);
  return {.curves = threegpp::pathloss_curves(model.scenario, model.nlos_formula, ends, around),
          .probability = threegpp::los_probability_of(model.scenario, ends, around),
          .line_of_sight = model.line_of_sight,
          .indoor_distance_m = model.indoor_distance_m};
}

double loss_db(const Tr38901Link& at, const Link&, const PathGeometry& path) noexcept {
  return threegpp::expected(losses_db(at, path), los_share(at, path));
}

double loss_db(const Tr38901& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

double sigma_db(const Tr38901& model, const Link& link, const PathGeometry& path) noexcept {
  const Tr38901Link at = prepared(model, link);
  return threegpp::mixed_sigma_db(losses_db(at, path), sigmas_db(model, at, path), los_share(at, path));
}

PathLoss explain_terms(const Tr38901& model, const Link& link, const PathGeometry& path) {
  const Tr38901Link at = prepared(model, link);
  const threegpp::ByState loss = losses_db(at, path);
  const threegpp::ByState sigma = sigmas_db(model, at, path);
  const double los = los_share(at, path);
  PathLoss out;
  out.loss_db = threegpp::expected(loss, los);
  out.mode = threegpp::mode_of(los);
  out.terms = {{"los_probability", los},      {"los_db", loss.los},
               {"nlos_db", loss.nlos},        {"los_sigma_db", sigma.los},
               {"nlos_sigma_db", sigma.nlos}, {"sigma_db", threegpp::mixed_sigma_db(loss, sigma, los)}};
  if (std::isfinite(at.curves.breakpoint_m)) out.terms.push_back({"breakpoint_m", at.curves.breakpoint_m});
  out.warnings = scenario_warnings(model, link, path, los < 1.0);
  return out;
}

}  // namespace amaneku
