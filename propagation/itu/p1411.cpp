#include "propagation/itu/p1411.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>

#include "propagation/bounded.hpp"
#include "propagation/itu/p1411_canyon_los.hpp"
#include "propagation/itu/p1411_corner.hpp"
#include "propagation/itu/p1411_rooftops_suburban.hpp"
#include "propagation/itu/p1411_rooftops_urban.hpp"
#include "propagation/itu/p1411_street_level.hpp"
#include "propagation/itu/p1411_street_level_residential.hpp"
#include "propagation/itu/p1411_street_level_urban.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "propagation/range_warning.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 12> kCases = {
    "street_canyon",  "over_rooftops",     "street_level",       "canyon_los_uhf",
    "canyon_los_shf", "canyon_los_ehf",    "corner_uhf",         "corner_shf",
    "rooftops_urban", "rooftops_suburban", "street_level_urban", "street_level_residential"};
constexpr std::array<const char*, 4> kEnvironments = {"urban_high_rise", "urban_low_rise", "suburban",
                                                      "residential"};
constexpr std::array<const char*, 3> kLineOfSight = {"terrain", "los", "nlos"};
constexpr std::array<const char*, 2> kVariability = {"median", "location_percent"};
constexpr std::array<const char*, 3> kBounds = {"median", "lower", "upper"};
constexpr std::array<const char*, 2> kLegsFrom = {"path", "given"};
constexpr std::array<const char*, 2> kCornerShapes = {"wedge", "chamfered"};

}  // namespace

constexpr std::array<Choice<P1411>, 7> P1411::choices = {
    choice_of<&P1411::situation, P1411>("case", kCases, "P.1411-12 sections 4.1 to 4.3"),
    choice_of<&P1411::environment, P1411>("environment", kEnvironments, "P.1411-12 Table 1"),
    choice_of<&P1411::line_of_sight, P1411>("line_of_sight", kLineOfSight, "P.1411-12 Tables 4, 8"),
    choice_of<&P1411::variability, P1411>("variability", kVariability, "P.1411-12 sections 4.1.1, 4.2.1"),
    choice_of<&P1411::bound, P1411>("bound", kBounds, "P.1411-12 section 4.1.2"),
    choice_of<&P1411::legs_from, P1411>("legs_from", kLegsFrom, "P.1411-12 sections 4.1.3, 4.3.2, 4.3.3"),
    choice_of<&P1411::corner_shape, P1411>("corner_shape", kCornerShapes, "P.1411-12 section 4.1.3.2")};

constexpr std::array<Field<P1411>, 19> P1411::fields = {
    {{"location_percent", "%", &P1411::location_percent, {1e-6, 100.0 - 1e-6}, "P.1411-12 sections 4.1.1, 4.3.1"},
     {"transition_width_m", "m", &P1411::transition_width_m, {1e-3, 1000.0}, "P.1411-12 section 4.3.1"},
     {"road_height_m", "m", &P1411::road_height_m, {0.0, 3.0}, "P.1411-12 Tables 5, 6"},
     {"loss_exponent", "1", &P1411::loss_exponent, {1.9, 2.21}, "P.1411-12 Table 7"},
     {"pressure_hpa", "hPa", &P1411::pressure_hpa, {500.0, 1100.0}, "P.676-13"},
     {"temperature_c", "degC", &P1411::temperature_c, {-60.0, 60.0}, "P.676-13"},
     {"water_vapour_g_m3", "g/m3", &P1411::water_vapour_g_m3, {0.0, 50.0}, "P.676-13"},
     {"leg1_m", "m", &P1411::leg1_m, {1e-3, 5000.0}, "P.1411-12 x1 of sections 4.1.3, 4.3.2, 4.3.3"},
     {"leg2_m", "m", &P1411::leg2_m, {0.0, 5000.0}, "P.1411-12 x2 of sections 4.1.3, 4.3.2, 4.3.3"},
     {"leg3_m", "m", &P1411::leg3_m, {0.0, 5000.0}, "P.1411-12 x3 of section 4.3.2"},
     {"corner_angle_deg", "deg", &P1411::corner_angle_deg, {34.5, 180.0}, "P.1411-12 sections 4.1.3.1, 4.3.3"},
     {"street_1_width_m", "m", &P1411::street_1_width_m, {1e-3, 1000.0}, "P.1411-12 w1 of section 4.1.3"},
     {"street_width_m", "m", &P1411::street_width_m, {1e-3, 1000.0}, "P.1411-12 w2 of sections 4.1.3, 4.2.2"},
     {"building_height_m", "m", &P1411::building_height_m, {1.0, 500.0}, "P.1411-12 h_r of section 4.2.2"},
     {"building_separation_m", "m", &P1411::building_separation_m, {1e-3, 1000.0}, "P.1411-12 b of section 4.2.2"},
     {"built_up_share", "1", &P1411::built_up_share, {0.0, 1.0}, "P.1411-12 l / d of section 4.2.2.1"},
     {"street_orientation_deg",
      "deg",
      &P1411::street_orientation_deg,
      {0.0, 90.0},
      "P.1411-12 phi of section 4.2.2"},
     {"building_distance_m",
      "m",
      &P1411::building_distance_m,
      {1e-3, 1000.0},
      "P.1411-12 a and c of section 4.3.3"},
     {"building_density_per_km2",
      "1/km2",
      &P1411::building_density_per_km2,
      {1.0, 1e5},
      "P.1411-12 n of section 4.3.3"}}};

namespace {

using Case = P1411::Case;
using itu::P1411Environment;

/// A loss with its mode and terms, without the heap.
struct Outcome {
  double loss_db;
  std::string_view mode;
  std::array<LossTerm, 6> terms{};
  std::size_t count = 0;
  // NOLINTNEXTLINE(google-explicit-constructor)
  Outcome(double loss, std::string_view how, std::initializer_list<LossTerm> all) noexcept
      : loss_db(loss), mode(how) {
    for (const LossTerm& term : all) terms[count++] = term;
  }
};

/// A model, a path and what several sections ask of them.
struct Situation {
  const P1411& model;
  const Link& link;
  const PathGeometry& path;
  double gas_db_km;

  [[nodiscard]] double slant_m() const noexcept {
    return std::hypot(bounded(path.distance_m), bounded(path.rx_asl_m) - bounded(path.tx_asl_m));
  }
  [[nodiscard]] double higher_m() const noexcept { return std::max(link.tx_agl_m, link.rx_agl_m); }
  [[nodiscard]] double lower_m() const noexcept { return std::min(link.tx_agl_m, link.rx_agl_m); }
  [[nodiscard]] itu::StreetAntennas antennas() const noexcept {
    return {link.tx_agl_m, link.rx_agl_m, model.road_height_m};
  }
  [[nodiscard]] bool in_sight() const noexcept {
    return model.line_of_sight == P1411::LineOfSight::terrain ? path.line_of_sight
                                                              : model.line_of_sight == P1411::LineOfSight::los;
  }
  [[nodiscard]] bool residential() const noexcept {
    return model.environment == P1411Environment::suburban || model.environment == P1411Environment::residential;
  }
};

// The legs as given; or, the first (and for two corners the second) as given and the last such that the ends are
// as far apart as on the map.
itu::StreetRoute one_corner(const Situation& s, double corner_angle_rad) noexcept {
  if (s.model.legs_from == P1411::LegsFrom::given) return {s.model.leg1_m, s.model.leg2_m, 0.0};
  const double d_m = positive(s.path.distance_m);
  const double leg1_m = positive(s.model.leg1_m);
  if (d_m <= leg1_m) return {d_m, 0.0, 0.0};
  const double across_m = leg1_m * std::sin(corner_angle_rad);
  return {leg1_m, leg1_m * std::cos(corner_angle_rad) + std::sqrt(d_m * d_m - across_m * across_m), 0.0};
}

itu::StreetRoute two_corners(const Situation& s) noexcept {
  if (s.model.legs_from == P1411::LegsFrom::given) return {s.model.leg1_m, s.model.leg2_m, s.model.leg3_m};
  const itu::StreetRoute route = one_corner(s, 0.5 * std::numbers::pi);
  if (s.model.leg2_m <= 0.0 || route.leg2_m <= s.model.leg2_m) return route;
  const double d_m = positive(s.path.distance_m);
  const double leg2_m = positive(s.model.leg2_m);
  return {route.leg1_m, leg2_m, std::sqrt(std::max(0.0, d_m * d_m - leg2_m * leg2_m)) - route.leg1_m};
}

double corner_angle_rad(const Situation& s) noexcept {
  return bounded(s.model.corner_angle_deg) * std::numbers::pi / 180.0;
}

Outcome site_general(const Situation& s) noexcept {
  const bool in_sight = s.in_sight();
  const itu::SiteGeneral& row = s.model.situation == Case::street_canyon
                                    ? itu::below_rooftops(s.model.environment, in_sight).row
                                    : itu::over_rooftops(s.model.environment, in_sight).row;
  const double median_db = itu::site_general_loss_db(row, s.link.freq_hz, s.slant_m());
  const double loss_db =
      s.model.variability == P1411::Variability::median
          ? median_db
          : itu::site_general_loss_db(row, s.link.freq_hz, s.slant_m(), s.model.location_percent);
  return {loss_db,
          in_sight ? "line_of_sight" : "non_line_of_sight",
          {{"median_db", median_db}, {"sigma_db", row.sigma_db}}};
}

Outcome street_level(const Situation& s) noexcept {
  const double d_m = s.slant_m();
  const itu::StreetLevelLoss out = itu::street_level_loss(s.link.freq_hz, d_m,
                                                          {.environment = s.model.environment,
                                                           .location_percent = s.model.location_percent,
                                                           .transition_width_m = s.model.transition_width_m});
  const double far_m = out.sight_m + s.model.transition_width_m;
  return {out.loss_db,
          d_m < out.sight_m ? "line_of_sight"
          : d_m > far_m     ? "non_line_of_sight"
                            : "transition",
          {{"line_of_sight_m", out.sight_m}}};
}

Outcome canyon_los(const Situation& s) noexcept {
  if (s.model.situation == Case::canyon_los_ehf) {
    const double d_m = s.slant_m();
    return {itu::canyon_los_ehf_db(s.link.freq_hz, d_m, s.model.loss_exponent, s.gas_db_km),
            "line_of_sight",
            {{"gases_db", s.gas_db_km * d_m * 1e-3}}};
  }
  const itu::CanyonLoss out = s.model.situation == Case::canyon_los_uhf
                                  ? itu::canyon_los_uhf(s.link.freq_hz, s.slant_m(), s.antennas())
                                  : itu::canyon_los_shf(s.link.freq_hz, s.slant_m(), s.antennas());
  const double loss_db = s.model.bound == P1411::Bound::lower   ? out.lower_db
                         : s.model.bound == P1411::Bound::upper ? out.upper_db
                                                                : out.median_db;
  return {loss_db,
          "line_of_sight",
          {{"median_db", out.median_db},
           {"lower_db", out.lower_db},
           {"upper_db", out.upper_db},
           {"breakpoint_m", out.breakpoint_m}}};
}

Outcome corner_uhf(const Situation& s) noexcept {
  const double angle_rad = corner_angle_rad(s);
  const itu::StreetRoute route = one_corner(s, angle_rad);
  // A terminal in the crossing still stands in the first street. Legs that were given are taken as they are.
  const double crossing_m = s.model.legs_from == P1411::LegsFrom::path ? 0.5 * s.model.street_1_width_m : 0.0;
  if (route.leg2_m <= crossing_m) {
    const double along_m = s.model.legs_from == P1411::LegsFrom::path ? s.path.distance_m : route.leg1_m;
    const double loss_db = itu::canyon_los_uhf(s.link.freq_hz, along_m, s.antennas()).median_db;
    return {loss_db, "line_of_sight", {{"line_of_sight_db", loss_db}}};
  }
  const itu::UhfCornerLoss out = itu::corner_uhf_loss(s.link.freq_hz, {.x1_m = route.leg1_m,
                                                                       .x2_m = route.leg2_m,
                                                                       .w1_m = s.model.street_1_width_m,
                                                                       .w2_m = s.model.street_width_m,
                                                                       .angle_rad = angle_rad});
  return {out.loss_db,
          "non_line_of_sight",
          {{"reflected_db", out.reflected_db},
           {"diffracted_db", out.diffracted_db},
           {"leg1_m", route.leg1_m},
           {"leg2_m", route.leg2_m}}};
}

// Section 4.1.2 as the frequency has it.
double sight_before_corner_db(const Situation& s, double leg1_m) noexcept {
  const double freq_hz = s.link.freq_hz;
  if (freq_hz < 3e9) return itu::canyon_los_uhf(freq_hz, leg1_m, s.antennas()).median_db;
  if (freq_hz < 10e9) return itu::canyon_los_shf(freq_hz, leg1_m, s.antennas()).median_db;
  return itu::canyon_los_ehf_db(freq_hz, leg1_m, s.model.loss_exponent, s.gas_db_km);
}

Outcome corner_shf(const Situation& s) noexcept {
  const itu::StreetRoute route = one_corner(s, 0.5 * std::numbers::pi);
  const itu::ShfCornerLoss out =
      itu::corner_shf_loss(s.link.freq_hz, {.x1_m = route.leg1_m,
                                            .x2_m = route.leg2_m,
                                            .w1_m = s.model.street_1_width_m,
                                            .residential = s.residential(),
                                            .chamfered = s.model.corner_shape == P1411::CornerShape::chamfered});
  const double los_db = sight_before_corner_db(s, route.leg1_m);
  return {los_db + out.corner_db + out.attenuation_db,
          out.region == itu::CornerRegion::sight    ? "line_of_sight"
          : out.region == itu::CornerRegion::corner ? "corner"
                                                    : "non_line_of_sight",
          {{"line_of_sight_db", los_db},
           {"corner_db", out.corner_db},
           {"beyond_corner_db", out.attenuation_db},
           {"leg1_m", route.leg1_m},
           {"leg2_m", route.leg2_m}}};
}

Outcome rooftops_urban(const Situation& s) noexcept {
  const double d_m = s.slant_m();
  const itu::UrbanRooftopsLoss out = itu::urban_rooftops_loss(
      s.link.freq_hz, {.distance_m = d_m,
                       .h1_m = s.higher_m(),
                       .h2_m = s.lower_m(),
                       .roof_m = s.model.building_height_m,
                       .built_m = bounded(s.model.built_up_share) * d_m,
                       .separation_m = s.model.building_separation_m,
                       .street_width_m = s.model.street_width_m,
                       .orientation_deg = s.model.street_orientation_deg,
                       .metropolitan_centre = s.model.environment == P1411Environment::urban_high_rise});
  return {out.total_db(),
          out.total_db() > out.free_space_db ? "diffraction" : "free_space",
          {{"free_space_db", out.free_space_db},
           {"rooftop_to_street_db", out.rooftop_to_street_db},
           {"multi_screen_db", out.multi_screen_db}}};
}

Outcome rooftops_suburban(const Situation& s) noexcept {
  const itu::SuburbanRooftopsLoss out =
      itu::suburban_rooftops_loss(s.link.freq_hz, {.distance_m = s.slant_m(),
                                                   .h1_m = s.higher_m(),
                                                   .h2_m = s.lower_m(),
                                                   .roof_m = s.model.building_height_m,
                                                   .street_width_m = s.model.street_width_m,
                                                   .orientation_deg = s.model.street_orientation_deg});
  constexpr std::array<std::string_view, 3> kModes = {"direct", "reflected", "diffracted"};
  return {out.loss_db,
          kModes[static_cast<std::size_t>(out.region)],
          {{"reflected_from_m", out.reflected_from_m}, {"diffracted_from_m", out.diffracted_from_m}}};
}

Outcome street_level_urban(const Situation& s) noexcept {
  const itu::StreetRoute route = two_corners(s);
  const itu::StreetTurnsLoss out = itu::street_level_urban_loss(s.link.freq_hz, route, s.antennas());
  return {out.loss_db,
          route.leg2_m <= 0.0   ? "line_of_sight"
          : route.leg3_m <= 0.0 ? "one_turn"
                                : "two_turns",
          {{"line_of_sight_db", out.los_db},
           {"leg1_m", route.leg1_m},
           {"leg2_m", route.leg2_m},
           {"leg3_m", route.leg3_m}}};
}

Outcome street_level_residential(const Situation& s) noexcept {
  const itu::StreetRoute route = one_corner(s, corner_angle_rad(s));
  const itu::ResidentialLoss out =
      itu::residential_loss(s.link.freq_hz, {.distance_m = s.slant_m(),
                                             .tx_agl_m = s.link.tx_agl_m,
                                             .rx_agl_m = s.link.rx_agl_m,
                                             .building_m = s.model.building_height_m,
                                             .to_building_m = s.model.building_distance_m,
                                             .buildings_per_km2 = s.model.building_density_per_km2,
                                             .turn_deg = 180.0 - bounded(s.model.corner_angle_deg),
                                             .to_corner_m = route.leg1_m,
                                             .from_corner_m = route.leg2_m});
  const double least_db = std::min({out.along_road_db, out.between_houses_db, out.over_roofs_db});
  return {out.loss_db,
          least_db == out.along_road_db       ? "along_road"
          : least_db == out.between_houses_db ? "between_houses"
                                              : "over_roofs",
          {{"along_road_db", out.along_road_db},
           {"between_houses_db", out.between_houses_db},
           {"over_roofs_db", out.over_roofs_db},
           {"leg1_m", route.leg1_m},
           {"leg2_m", route.leg2_m}}};
}

Outcome outcome_of(const Situation& s) noexcept {
  switch (s.model.situation) {
    case Case::street_canyon:
    case Case::over_rooftops:
      break;
    case Case::street_level:
      return street_level(s);
    case Case::canyon_los_uhf:
    case Case::canyon_los_shf:
    case Case::canyon_los_ehf:
      return canyon_los(s);
    case Case::corner_uhf:
      return corner_uhf(s);
    case Case::corner_shf:
      return corner_shf(s);
    case Case::rooftops_urban:
      return rooftops_urban(s);
    case Case::rooftops_suburban:
      return rooftops_suburban(s);
    case Case::street_level_urban:
      return street_level_urban(s);
    case Case::street_level_residential:
      return street_level_residential(s);
  }
  return site_general(s);
}

// Where each case holds. Heights: of the higher and the lower station above ground.
struct CaseRanges {
  const char* source;
  Range freq_hz;
  Range distance_m;
  Range higher_m = kAnyHeight;
  Range lower_m = kAnyHeight;
};

CaseRanges ranges_of(const Situation& s) noexcept {
  const double roof_m = s.model.building_height_m;
  switch (s.model.situation) {
    case Case::street_canyon:
    case Case::over_rooftops: {
      const bool below = s.model.situation == Case::street_canyon;
      const itu::SiteGeneral& row = below ? itu::below_rooftops(s.model.environment, s.in_sight()).row
                                          : itu::over_rooftops(s.model.environment, s.in_sight()).row;
      return {below ? "P.1411-12 Table 4" : "P.1411-12 Table 8",
              {row.freq_ghz.min * 1e9, row.freq_ghz.max * 1e9},
              row.distance_m};
    }
    case Case::street_level:
      return {"P.1411-12 section 4.3.1", {0.3e9, 3e9}, {0.0, 3000.0}};
    case Case::canyon_los_uhf:
      return {"P.1411-12 section 4.1.2", {0.3e9, 3e9}, {0.0, 1000.0}};
    case Case::canyon_los_shf:
      return {"P.1411-12 section 4.1.2", {3e9, 15e9}, {0.0, 1000.0}};
    case Case::canyon_los_ehf:
      return {"P.1411-12 section 4.1.2", {10e9, 100e9}, {0.0, 1000.0}};
    case Case::corner_uhf:
      return {"P.1411-12 section 4.1.3.1", {0.8e9, 2e9}, {0.0, 1000.0}};
    case Case::corner_shf:
      return {"P.1411-12 section 4.1.3.2", {2e9, 38e9}, {0.0, 1000.0}};
    case Case::rooftops_urban:
      return {"P.1411-12 section 4.2.2.1", {0.8e9, 26e9}, {20.0, 5000.0}, {4.0, 55.0}, {1.0, 3.0}};
    case Case::rooftops_suburban:
      return {"P.1411-12 section 4.2.2.2",
              {0.8e9, 38e9},
              {10.0, 5000.0},
              {roof_m + 1.0, roof_m + 100.0},
              {roof_m - 10.0, roof_m - 4.0}};
    case Case::street_level_urban:
      return {"P.1411-12 section 4.3.2", {0.43e9, 4.86e9}, {0.0, 1000.0}, {1.5, 4.0}, {1.5, 4.0}};
    case Case::street_level_residential:
      break;
  }
  return {"P.1411-12 section 4.3.3", {2e9, 26e9}, {0.0, 1000.0}, {1.2, 6.0}, {1.2, 6.0}};
}

bool in_table(const Situation& s) noexcept {
  switch (s.model.situation) {
    case Case::street_canyon:
      return itu::below_rooftops(s.model.environment, s.in_sight()).in_table;
    case Case::over_rooftops:
      return itu::over_rooftops(s.model.environment, s.in_sight()).in_table;
    case Case::street_level:
      return s.model.environment != P1411Environment::residential;
    default:
      return true;
  }
}

std::vector<std::string> case_warnings(const Situation& s) {
  std::vector<std::string> out;
  const CaseRanges legal = ranges_of(s);
  const auto check = [&](const char* name, const char* unit, double value, const Range& range) {
    flag(out, {P1411::id, name, unit, legal.source}, value, range);
  };
  const bool tx_is_higher = s.link.tx_agl_m >= s.link.rx_agl_m;
  check("freq_hz", "Hz", s.link.freq_hz, legal.freq_hz);
  check("distance_m", "m", s.slant_m(), legal.distance_m);
  check("tx_agl_m", "m", s.link.tx_agl_m, tx_is_higher ? legal.higher_m : legal.lower_m);
  check("rx_agl_m", "m", s.link.rx_agl_m, tx_is_higher ? legal.lower_m : legal.higher_m);
  if (s.model.situation == Case::rooftops_suburban) {
    check("street_width_m", "m", s.model.street_width_m, {10.0, 25.0});
    check("street_orientation_deg", "deg", s.model.street_orientation_deg, {1e-3, 90.0});
  }
  if (s.model.situation == Case::rooftops_urban) {
    check("building_height_m", "m", s.model.building_height_m, {s.lower_m(), kNoLimit});
    // Section 4.2.2.1 narrows its range where station 1 is below the roofs in a narrow street.
    if (s.higher_m() < s.model.building_height_m && s.model.street_width_m < 10.0) {
      check("freq_hz", "Hz", s.link.freq_hz, {2e9, 16e9});
    }
  }
  if (s.model.situation == Case::street_level_residential) {
    out.emplace_back(
        "p1411: case = street_level_residential is unverified: there are no reference numbers for it");
  }
  if (!in_table(s)) {
    out.push_back(std::string("p1411: environment = ") +
                  kEnvironments[static_cast<std::size_t>(s.model.environment)] +
                  (s.in_sight() ? " in sight" : " out of sight") + " is not in the table of case = " +
                  kCases[static_cast<std::size_t>(s.model.situation)] + ", the nearest row was used");
  }
  return out;
}

}  // namespace

PreparedP1411 prepared(const P1411& model, const Link& link) noexcept {
  const bool with_gases =
      model.situation == Case::canyon_los_ehf || (model.situation == Case::corner_shf && link.freq_hz >= 10e9);
  if (!with_gases) return {model, 0.0};
  const itu::Air air{model.pressure_hpa, model.temperature_c + 273.15, model.water_vapour_g_m3};
  return {model, itu::specific_gas_attenuation(link.freq_hz, air).total_db_km()};
}

double loss_db(const PreparedP1411& ready, const Link& link, const PathGeometry& path) noexcept {
  return outcome_of({ready.model, link, path, ready.gas_db_km}).loss_db;
}

double loss_db(const P1411& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

PathLoss explain_terms(const P1411& model, const Link& link, const PathGeometry& path) {
  const PreparedP1411 ready = prepared(model, link);
  const Situation situation{ready.model, link, path, ready.gas_db_km};
  const Outcome outcome = outcome_of(situation);
  PathLoss out;
  out.loss_db = outcome.loss_db;
  out.mode = outcome.mode;
  out.terms.assign(outcome.terms.begin(), outcome.terms.begin() + static_cast<std::ptrdiff_t>(outcome.count));
  out.warnings = case_warnings(situation);
  return out;
}

}  // namespace amaneku
