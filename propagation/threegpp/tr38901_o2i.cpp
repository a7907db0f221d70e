#include "propagation/threegpp/tr38901_o2i.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/range_warning.hpp"

namespace amaneku {
namespace {

using Building = Tr38901O2i::Building;

constexpr std::array<const char*, 4> kBuildings = {"low_loss", "high_loss", "low_loss_a", "below_6ghz"};
constexpr std::array<const char*, 2> kGlass = {"release_19", "release_14"};
constexpr std::array<const char*, 2> kIndoorDistanceFrom = {"expected", "given"};

}  // namespace

constexpr std::array<Choice<Tr38901O2i>, 3> Tr38901O2i::choices = {
    choice_of<&Tr38901O2i::building, Tr38901O2i>("building", kBuildings, "TR 38.901 Tables 7.4.3-2, 7.4.3-3"),
    choice_of<&Tr38901O2i::glass_coefficients, Tr38901O2i>("glass_coefficients", kGlass,
                                                           "TR 38.901 Table 7.4.3-1 of v19.4.0 and of v14.0.0"),
    choice_of<&Tr38901O2i::indoor_distance_from, Tr38901O2i>("indoor_distance_from", kIndoorDistanceFrom,
                                                             "TR 38.901 clause 7.4.3.1")};

constexpr std::array<Field<Tr38901O2i>, 1> Tr38901O2i::fields = {{{"indoor_distance_m",
                                                                   "m",
                                                                   &Tr38901O2i::indoor_distance_m,
                                                                   {0.0, 25.0},
                                                                   "d_2D-in, TR 38.901 clause 7.4.3.1"}}};

namespace {

constexpr double kIndoor_db_m = 0.5;

// Table 7.4.3-1.
double glass_db(double f_ghz) noexcept {
  return 2.0 + 0.2 * f_ghz;
}
double concrete_db(double f_ghz) noexcept {
  return 5.0 + 4.0 * f_ghz;
}
double plywood_db(double f_ghz) noexcept {
  return 1.03 + 0.17 * f_ghz;
}
double reflecting_glass_db(Tr38901O2i::GlassCoefficients edition, double f_ghz) noexcept {
  return edition == Tr38901O2i::GlassCoefficients::release_19 ? 25.4 + 0.11 * f_ghz : 23.0 + 0.3 * f_ghz;
}

// (7.4-3): 5 dB for the ray that does not meet the wall at a right angle, less the shares of power that two
// materials let through. The weaker material is taken out of the sum so that no power of ten vanishes.
double wall_of_two_db(double first_share, double first_db, double second_db) noexcept {
  const double least_db = std::min(first_db, second_db);
  const auto power = [least_db](double db) { return std::pow(10.0, -0.1 * (db - least_db)); };
  return 5.0 + least_db -
         10.0 * std::log10(first_share * power(first_db) + (1.0 - first_share) * power(second_db));
}

double wall_db(const Tr38901O2i& model, double f_ghz) noexcept {
  switch (model.building) {
    case Building::low_loss:
      return wall_of_two_db(0.3, glass_db(f_ghz), concrete_db(f_ghz));
    case Building::high_loss:
      return wall_of_two_db(0.7, reflecting_glass_db(model.glass_coefficients, f_ghz), concrete_db(f_ghz));
    case Building::low_loss_a:
      return wall_of_two_db(0.3, glass_db(f_ghz), plywood_db(f_ghz));
    case Building::below_6ghz:
      break;
  }
  return 20.0;
}

double wall_sigma_db(Building building) noexcept {
  if (building == Building::below_6ghz) return 0.0;
  return building == Building::high_loss ? 6.5 : 4.4;
}

/// Depth in the building: the lesser of two draws from 0 .. 25 m; one draw in the old model.
struct Depth {
  double mean_m;
  double sigma_m;
};
Depth depth_of(const Tr38901O2i& model) noexcept {
  constexpr double kDeepest_m = 25.0;
  if (model.indoor_distance_from == Tr38901O2i::IndoorDistanceFrom::given) {
    return {bounded(model.indoor_distance_m), 0.0};
  }
  if (model.building == Building::below_6ghz) return {kDeepest_m / 2.0, kDeepest_m / std::sqrt(12.0)};
  return {kDeepest_m / 3.0, kDeepest_m / std::sqrt(18.0)};
}

}  // namespace

double loss_db(const Tr38901O2i& model, const Link& link, const PathGeometry&) noexcept {
  return wall_db(model, positive(link.freq_hz * 1e-9)) + kIndoor_db_m * depth_of(model).mean_m;
}

double sigma_db(const Tr38901O2i& model) noexcept {
  return std::hypot(wall_sigma_db(model.building), kIndoor_db_m * depth_of(model).sigma_m);
}

PathLoss explain_terms(const Tr38901O2i& model, const Link& link, const PathGeometry& path) {
  const Depth depth = depth_of(model);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = kBuildings[static_cast<std::size_t>(model.building)];
  out.terms = {{"wall_db", wall_db(model, positive(link.freq_hz * 1e-9))},
               {"indoor_db", kIndoor_db_m * depth.mean_m},
               {"indoor_distance_m", depth.mean_m},
               {"wall_sigma_db", wall_sigma_db(model.building)},
               {"sigma_db", sigma_db(model)}};
  if (model.building == Building::below_6ghz) {
    flag(out.warnings, {Tr38901O2i::id, "freq_hz", "Hz", "TR 38.901 clause 7.4.3.1, Table 7.4.3-3"}, link.freq_hz,
         {0.5e9, 6e9});
  }
  return out;
}

}  // namespace amaneku
