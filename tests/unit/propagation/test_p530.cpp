// Fixed links: ITU-R P.530-18.
#include <cmath>
#include <vector>

#include "propagation/itu/p530_clearance.hpp"
#include "propagation/itu/p530_multipath.hpp"
#include "propagation/itu/p530_rain.hpp"
#include "propagation/itu/p530_wet_snow.hpp"
#include "propagation/itu/p530_xpd.hpp"
#include "propagation/models.hpp"
#include "propagation/radial_path.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

Profile level_ground(double distance_m, double asl_m) {
  Profile profile;
  for (int i = 0; i <= 100; ++i) {
    profile.distance_m.push_back(distance_m * i / 100.0);
    profile.ground_asl_m.push_back(asl_m);
  }
  return profile;
}

const itu::RainLaw kLaw = itu::rain_law(itu::rain_laws(18e9), itu::RainAspect{});

}  // namespace

// Computed with an independent code of P.530-18 (crc-covlib) for K = 10^-4.8 and dN75 = 62.
TEST_CASE("p530: multipath in the average worst month") {
  struct Case {
    itu::MultipathPath path;
    double p0;
    std::vector<double> percent;  // at 3, 10, 20, 30, 40 dB
    double p0_17;                 // edition 17: dN1 = -180, roughness 200 m, by hand
  };
  const std::vector<Case> cases = {
      {{7.5e9, 40e3, 220, 180, 60},
       21.924040128969466,
       {10.51513306112316, 1.2563424596011785, 0.18296545790610352, 0.021924040128969466, 0.0021924040128969468},
       5.223615598998894},
      {{18e9, 25e3, 520, 310, 150},
       1.3138262286993188,
       {4.439163983662741, 0.15763781803063148, 0.012195986304763817, 0.0013138262286993187,
        0.00013138262286993188},
       0.3444066026676243}};
  for (const Case& c : cases) {
    const double p0 = itu::multipath_occurrence(c.path, -4.8, 62.0);
    CHECK(p0 == Approx(c.p0).epsilon(1e-12));
    CHECK(itu::multipath_occurrence_17(c.path, -180.0, 200.0) == Approx(c.p0_17).epsilon(1e-12));
    const double fades[] = {3, 10, 20, 30, 40};
    for (std::size_t i = 0; i < c.percent.size(); ++i) {
      CHECK(itu::multipath_percent(p0, 1.0, fades[i]) == Approx(c.percent[i]).epsilon(1e-9));
    }
  }
}

// dG = 10.5 - 5.6 log(1.1 + |cos 72|^0.7) - 2.7 log 40 + 1.7 log 2 = 5.6368 dB, and at most 10.8 dB.
TEST_CASE("p530: from the worst month to the year") {
  const itu::MultipathPath path{7.5e9, 40e3, 220, 180, 60};
  CHECK(itu::worst_month_to_year(path, 36.0) == Approx(0.2730978788894754).epsilon(1e-12));
  CHECK(itu::worst_month_to_year({7.5e9, 6e3, 900, 10, 60}, 90.0) == Approx(std::pow(10.0, -1.08)));
  // The two parts of the distribution meet where the deep fades begin.
  const double begin_db = 25.0 + 1.2 * std::log10(20.0);
  CHECK(itu::multipath_percent(20.0, 0.27, begin_db - 1e-9) ==
        Approx(itu::multipath_percent(20.0, 0.27, begin_db + 1e-9)).epsilon(1e-6));
}

TEST_CASE("p530: wet snow between rain alone and nothing") {
  const itu::RainStatistics rain = itu::rain_statistics(18e9, 10e3, kLaw, 50.0);
  const auto at = [&](double rain_height_asl_m) {
    return itu::RainAndWetSnow(rain, {rain_height_asl_m, 100.0, 300.0, 8.0});
  };
  CHECK_FALSE(at(4000.0).may_snow());
  CHECK(at(4000.0).percent(10.0) == rain.percent(10.0));
  CHECK(at(3950.0).percent(0.1) == 8.0);
  CHECK(at(1000.0).may_snow());
  CHECK(at(1000.0).percent(rain.exceeded_db(0.01)) > 0.01);
  CHECK(at(-3000.0).percent(1.0) == 0.0);
  // The probabilities of the 49 heights add up to one.
  CHECK(itu::RainAndWetSnow(rain, {3500.0, 3499.0, 3499.0, 8.0}).percent(0.0) < 8.0);
  CHECK(itu::RainAndWetSnow(rain, {2490.0, 50.0, 50.0, 8.0}).percent(0.0) == Approx(8.0).epsilon(0.01));
}

// Section 4 by hand. Rain at 10 GHz: U = 45, V = 19.825, m = 20.487, n = -1.898. Clear air at p0 = 20 %: activity
// 0.05806, Q = 6.9205 dB.
TEST_CASE("p530: outage of cross-polar links") {
  CHECK(itu::rain_xpd_outage_percent(10e9, 20.0, {.carrier_to_interference_db = 20.0}) ==
        Approx(0.01265).epsilon(2e-3));
  CHECK(itu::clear_air_xpd_outage_percent(6e9, 20.0, {.carrier_to_interference_db = 25.0}) ==
        Approx(0.1285).epsilon(2e-3));
  CHECK(itu::rain_xpd_outage_percent(10e9, 0.0, {.carrier_to_interference_db = 20.0}) == 0.0);
}

// 30 km at 7 GHz: the Earth rises by 13.244 m (k = 4/3) or 22.073 m (k = 0.8) in the middle, F1 = 17.92 m there.
TEST_CASE("p530: clearance of the first Fresnel zone") {
  const Profile profile = level_ground(30e3, 120.0);
  Link link{.freq_hz = 7e9, .tx_agl_m = 50.0, .rx_agl_m = 50.0};
  const itu::Clearance median = itu::worst_clearance(link, profile.view(), {4.0 / 3.0, 1.0});
  CHECK(median.from_tx_m == 15e3);
  CHECK(median.clearance_m == Approx(50.0 - 13.244).margin(1e-3));
  CHECK(median.fresnel_m == Approx(17.92).margin(0.01));
  CHECK(itu::missing_height_m(link, profile.view(), {}) == 0.0);
  link.tx_agl_m = link.rx_agl_m = 20.0;
  const double missing_m = itu::missing_height_m(link, profile.view(), {});
  CHECK(missing_m == Approx(13.244 + 17.92 - 20.0).margin(0.01));
  link.tx_agl_m = link.rx_agl_m = 20.0 + missing_m;
  CHECK(itu::worst_clearance(link, profile.view(), {4.0 / 3.0, 1.0}).spare_m == Approx(0.0).margin(1e-9));
  CHECK(itu::clearance_rules({}, 50e3)[1].fresnel_fraction == 0.3);
  CHECK(itu::clearance_rules({.obstacle = itu::Obstacle::isolated}, 50e3)[1].fresnel_fraction == 0.0);
  CHECK(itu::clearance_rules({.climate = itu::RefractiveClimate::tropical}, 50e3)[1].fresnel_fraction == 0.6);
}

TEST_CASE("p530: the loss is exceeded for the percentage asked for") {
  const Profile profile = level_ground(20e3, 10.0);
  const Link link{.freq_hz = 11e9, .tx_agl_m = 60.0, .rx_agl_m = 50.0};
  const PathGeometry path = extract_path(link, profile.view());
  for (const double percent : {0.001, 0.01, 0.1, 1.0, 10.0}) {
    const P530 model{.exceedance_percent = percent};
    const PathLoss out = explain(model, link, path);
    double sum_db = 0.0;
    for (std::size_t i = 0; i < 4; ++i) sum_db += out.terms[i].value;
    CHECK(out.loss_db == loss_db(model, link, path));
    CHECK(sum_db == Approx(out.loss_db));
    CHECK(out.terms[3].name == "fade_db");
    CHECK(unavailability(model, link, path, out.terms[3].value).total_percent() == Approx(percent).epsilon(1e-6));
  }
  // A fade that only rain makes: the rain of section 2.4.1.
  const P530 no_multipath{.dn1_n_units_km = 1e6};
  const itu::RainLaw law = itu::rain_law(itu::rain_laws(11e9), link, path);
  const double rain_db = itu::rain_statistics(11e9, 20e3, law, 50.0).exceeded_db(0.01);
  CHECK(explain(no_multipath, link, path).terms[3].value == Approx(rain_db).epsilon(1e-4));
  CHECK(explain(no_multipath, link, path).mode == "rain");
}

TEST_CASE("p530: no multipath up to 5 km") {
  const Profile profile = level_ground(4e3, 10.0);
  const Link link{.freq_hz = 80e9};
  const PathGeometry path = extract_path(link, profile.view());
  CHECK(unavailability(P530{}, link, path, 10.0).multipath_percent == 0.0);
  CHECK(unavailability(P530{}, link, path, 10.0).rain_percent > 0.0);
}

TEST_CASE("p530: no NaN for anything finite") {
  const std::vector<double> anything = {-1e300, -50.0, 0.0, 1e-300, 1.0, 1e3, 1e300};
  for (const double distance_m : {1e-3, 4e3, 30e3, 1e9}) {
    const Profile profile = level_ground(distance_m, 10.0);
    for (const double freq_hz : {1e-300, 11e9, 1e300}) {
      const Link link{.freq_hz = freq_hz};
      const PathGeometry path = extract_path({}, profile.view());
      for (const double a : anything) {
        for (const double b : anything) {
          const P530 model{.exceedance_percent = a,
                           .fade_margin_db = b,
                           .rain_rate_001_mm_h = a,
                           .rain_height_asl_m = b,
                           .rain_probability_percent = b,
                           .dn1_n_units_km = a,
                           .terrain_roughness_m = b,
                           .geoclimatic_log10_k = a,
                           .dn75_n_units = b,
                           .geoclimatic = a > b ? P530::Geoclimatic::map : P530::Geoclimatic::roughness};
          INFO(distance_m << ' ' << freq_hz << ' ' << a << ' ' << b);
          for (const LossTerm& term : explain(model, link, path).terms) {
            INFO(term.name);
            CHECK_FALSE(std::isnan(term.value));
          }
        }
      }
    }
  }
}

// A radial brings the samples without horizons.
TEST_CASE("p530: the same on a radial") {
  Profile profile = level_ground(20e3, 10.0);
  profile.ground_asl_m[40] = 90.0;
  const Link link{.freq_hz = 11e9, .tx_agl_m = 30.0, .rx_agl_m = 25.0};
  RadialPath bundle;
  const PathGeometry radial = bundle.geometry(link, profile.view(), Terrain::samples);
  const PathGeometry walked = extract_path(link, profile.view());
  CHECK(explain(P530{}, link, walked).terms[2].value > 10.0);
  CHECK(loss_db(P530{}, link, radial) == Approx(loss_db(P530{}, link, walked)).epsilon(1e-12));
}
