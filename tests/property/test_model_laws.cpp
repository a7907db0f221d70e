// What each model promises beyond its numbers: how the loss moves with distance, frequency, obstacles and
// percentages, and whether the way back is the way there. Tested on random links within the validity, for every
// word of every choice.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <optional>

#include "propagation/models.hpp"
#include "propagation/units.hpp"
#include "tests/property/random_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

/// How the loss moves while a quantity grows.
enum class Trend : std::uint8_t { none, rises, falls };

struct Laws {
  std::string_view id;
  Trend distance = Trend::none;   ///< over level ground
  Trend frequency = Trend::none;  ///< over any ground
  Trend obstacle = Trend::none;   ///< the height of one needle on level ground that the ray clears (P.526 3.2)
  Trend time = Trend::none;       ///< time_percent
  Trend location = Trend::none;   ///< location_percent
  bool reciprocal = false;        ///< over any ground, with clutter
  std::string_view because{};     ///< of what is promised and of what is not
};

constexpr Trend kNone = Trend::none;
constexpr Trend kRises = Trend::rises;

// clang-format off
constexpr std::array kLaws = {
    Laws{.id = "free_space", .distance = kRises, .frequency = kRises, .reciprocal = true,
         .because = "P.525 eq. (4)"},
    Laws{.id = "two_ray", .reciprocal = true,
         .because = "the rays interfere: fades in distance and frequency"},
    Laws{.id = "p526", .distance = kRises, .obstacle = kRises, .reciprocal = true,
         .because = "P.526 4.5.4 is symmetric; where the Earth itself obstructs, an obstacle changes the fitted surface"},
    Laws{.id = "itm", .distance = kRises, .time = kRises, .location = kRises,
         .because = "loss not exceeded at the percentages; horizons and roughness are taken differently from the two ends"},
    Laws{.id = "itm_area", .distance = kRises, .time = kRises, .location = kRises,
         .because = "loss not exceeded at the percentages; each end has its siting"},
    Laws{.id = "ehata", .frequency = kRises, .location = kRises,
         .because = "its corrections are for percentiles of the ground, which one obstacle hardly moves"},
    Laws{.id = "p530", .distance = kRises, .obstacle = kRises, .reciprocal = true,
         .because = "rain and multipath fades alternate over frequency"},
    Laws{.id = "p1411", .distance = kRises, .location = kRises,
         .because = "the upper or the lower end is in the street; oxygen lines"},
    Laws{.id = "fso", .distance = kRises, .reciprocal = true, .because = "fog and snow depend on the wavelength each in its way"},
    Laws{.id = "okumura_hata", .distance = kRises, .frequency = kRises, .reciprocal = true,
         .because = "Hata 1980 eqs. (11) to (20); base is the higher antenna, whichever sends"},
    Laws{.id = "cost231_hata", .distance = kRises, .frequency = kRises, .reciprocal = true,
         .because = "COST 231 eq. (4.4.3); base is the higher antenna, whichever sends"},
    Laws{.id = "extended_hata", .distance = kRises, .frequency = kRises, .reciprocal = true,
         .because = "ERC Report 68 annex 7; never below free space"},
    Laws{.id = "mic_local5g_sub6", .distance = kNone, .frequency = kRises, .reciprocal = true,
         .because = "open land: the Hata part at 100 m lies below free space at 40 m"},
    Laws{.id = "tr38901", .frequency = kRises, .reciprocal = true,
         .because = "TR 38.901 Table 7.4.1-1; base is the higher antenna; the branches do not quite meet at the breakpoint"},
    Laws{.id = "tr37885", .distance = kRises, .frequency = kRises, .reciprocal = true, .because = "TR 37.885 section 6.2.1"},
    Laws{.id = "tr38901_o2i", .frequency = kRises, .reciprocal = true, .because = "TR 38.901 Table 7.4.3-1"},
    Laws{.id = "tr38901_car", .reciprocal = true, .because = "a constant"},
    Laws{.id = "tr37885_blockage", .reciprocal = true, .because = "a constant of the heights"},
    Laws{.id = "body_loss", .reciprocal = true, .because = "a constant"},
    Laws{.id = "tr36777", .because = "the base station is the end that base_station names; breakpoints of TR 38.901"},
    Laws{.id = "p2108", .location = kRises,
         .because = "loss not exceeded at p percent of the locations; knows which end is in clutter"},
    Laws{.id = "p2109", .location = kRises,
         .because = "loss not exceeded at p percent of the locations; the median has a least value over frequency"},
    Laws{.id = "p676", .distance = kRises, .reciprocal = true, .because = "proportional to the slant distance; absorption lines"},
    Laws{.id = "p833", .because = "the vegetation stands at one end; a measurement per species and frequency"},
    Laws{.id = "p1812", .distance = kRises, .time = kRises, .location = kRises,
         .because = "loss not exceeded at the percentages; the receiver alone has clutter around it"},
    Laws{.id = "p452", .distance = kRises, .time = kRises,
         .because = "loss not exceeded at the percentage; gases have lines; edition 17 cuts the two ends differently"},
    Laws{.id = "p838", .reciprocal = true,
         .because = "uniform rain; the effective length of P.530 2.4.1 has a largest value over distance"},
    Laws{.id = "p840", .distance = kRises, .frequency = kRises, .reciprocal = true, .because = "uniform fog; Rayleigh scattering"},
};
// clang-format on

std::optional<Laws> laws_of(const std::string& id) {
  const auto found = std::find_if(kLaws.begin(), kLaws.end(), [&](const Laws& laws) { return laws.id == id; });
  if (found == kLaws.end()) return std::nullopt;
  return *found;
}

double loss_of(const RadioModel& model, const Link& link, const ProfileView& profile) {
  const PathGeometry path = extract_path(link, profile);
  return std::visit([&](const auto& m) { return loss_db(m, link, path); }, model);
}

std::vector<ParameterValue> random_words(const ModelInfo& info, test::Random& random) {
  std::vector<ParameterValue> words;
  for (const ModelParameter& parameter : info.parameters) {
    if (parameter.choices.empty()) continue;
    words.push_back({parameter.name, parameter.choices[random.next() % parameter.choices.size()]});
  }
  return words;
}

/// What a law is tested on.
struct InventedWorld {
  std::vector<ParameterValue> words;  ///< of the model's choices
  Link link;
  Profile ground;
};

constexpr std::size_t kPoints = 120;

InventedWorld random_world(const ModelInfo& info, std::uint64_t seed, bool level) {
  test::Random random(seed);
  InventedWorld world{.words = random_words(info, random), .link = {}, .ground = {}};
  const test::LegalLink legal = test::random_legal_link(random, info.validity);
  world.link = legal.link;
  for (std::size_t i = 0; i < kPoints; ++i) {
    world.ground.distance_m.push_back(legal.distance_m * static_cast<double>(i) / (kPoints - 1.0));
  }
  world.ground.ground_asl_m.assign(kPoints, 20.0);
  if (!level) {
    const auto& kinds = test::relief_kinds();
    world.ground.ground_asl_m = relief_line(kinds[random.next() % kinds.size()], kPoints, random);
  }
  return world;
}

/// Shortens the path until the ray clears the level ground by what P.526-15 section 3.2 asks, with room to spare.
Profile shortened(const Link& link, Profile ground) {
  const double low_m = std::min(link.tx_agl_m, link.rx_agl_m);
  const double high_m = std::max(link.tx_agl_m, link.rx_agl_m);
  const auto clear = [&](double d) {
    const double above_m = high_m - d * d / (2.0 * link.effective_earth_radius_m);
    return low_m * above_m > 0.1 * wavelength_m(link.freq_hz) * d;
  };
  while (!clear(ground.distance_m.back())) {
    for (double& d : ground.distance_m) d *= 0.7;
  }
  return ground;
}

/// Asks that the losses of a growing quantity move one way; a hair of slack for rounding.
void check_trend(Trend trend, const std::vector<double>& losses, const std::string& what) {
  for (std::size_t i = 1; i < losses.size(); ++i) {
    const double step = trend == Trend::rises ? losses[i] - losses[i - 1] : losses[i - 1] - losses[i];
    if (step >= -1e-9 * std::max(1.0, std::abs(losses[i]))) continue;
    FAIL_CHECK(what << ": step " << i << " from " << losses[i - 1] << " dB to " << losses[i] << " dB");
    return;
  }
}

/// The steps of a quantity between two values, even in the logarithm.
std::vector<double> steps(double low, double high) {
  constexpr int kSteps = 25;
  std::vector<double> out;
  for (int i = 0; i <= kSteps; ++i) out.push_back(low * std::pow(high / low, static_cast<double>(i) / kSteps));
  return out;
}

constexpr std::uint64_t kWorlds = 150;

/// Runs `losses` in many worlds of every model that promises the law.
void test_law(const char* name, Trend Laws::*law, bool level,
              const std::function<std::vector<double>(const ModelInfo&, const InventedWorld&)>& losses) {
  int models = 0;
  for (const ModelInfo& info : model_infos()) {
    const std::optional<Laws> laws = laws_of(info.id);
    if (!laws || (*laws).*law == Trend::none) continue;
    ++models;
    for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) {
      const InventedWorld world = random_world(info, seed, level);
      const std::vector<double> moved = losses(info, world);
      CHECK_FALSE(moved.empty());
      check_trend((*laws).*law, moved, fmt::format("{}, {}, seed {}", info.id, name, seed));
    }
  }
  std::printf("%s: promised by %d models, %d links each\n", name, models, static_cast<int>(kWorlds));
}

/// Losses over the legal values of a percentage parameter, empty if the model has none of this name.
std::vector<double> over_percent(const ModelInfo& info, const InventedWorld& world, const std::string& name) {
  std::vector<double> losses;
  for (const ModelParameter& parameter : info.parameters) {
    if (parameter.name != name) continue;
    for (int i = 0; i <= 40; ++i) {
      std::vector<ParameterValue> values = world.words;
      values.push_back({name, parameter.range.min + (parameter.range.max - parameter.range.min) * i / 40.0});
      losses.push_back(loss_of(make_model(info.id, values), world.link, world.ground.view()));
    }
  }
  return losses;
}

}  // namespace

TEST_CASE("what a model promises is written down for every model") {
  for (const ModelInfo& info : model_infos()) {
    INFO(info.id);
    CHECK(laws_of(info.id).has_value());
  }
  for (const Laws& laws : kLaws) {
    INFO(laws.id);
    CHECK_FALSE(laws.because.empty());
  }
}

TEST_CASE("law: the loss rises with the distance over level ground") {
  test_law("distance", &Laws::distance, true, [](const ModelInfo& info, const InventedWorld& world) {
    const RadioModel model = make_model(info.id, world.words);
    std::vector<double> losses;
    for (std::size_t n = 2; n <= kPoints; ++n) {
      if (!info.validity.distance_m.contains(world.ground.distance_m[n - 1])) continue;
      losses.push_back(loss_of(model, world.link, world.ground.view().prefix(n)));
    }
    return losses;
  });
}

TEST_CASE("law: the loss rises with the frequency") {
  test_law("frequency", &Laws::frequency, false, [](const ModelInfo& info, const InventedWorld& world) {
    const RadioModel model = make_model(info.id, world.words);
    const Range& legal = info.validity.freq_hz;
    std::vector<double> losses;
    for (const double freq_hz : steps(std::max(legal.min, 1e7), std::max(legal.min, std::min(legal.max, 1e11)))) {
      Link link = world.link;
      link.freq_hz = freq_hz;
      losses.push_back(loss_of(model, link, world.ground.view()));
    }
    return losses;
  });
}

TEST_CASE("law: the loss rises with the height of an obstacle") {
  test_law("obstacle", &Laws::obstacle, true, [](const ModelInfo& info, const InventedWorld& world) {
    const RadioModel model = make_model(info.id, world.words);
    Profile ground = shortened(world.link, world.ground);
    const auto at = static_cast<std::size_t>(world.link.freq_hz) % (kPoints - 2) + 1;
    std::vector<double> losses = {loss_of(model, world.link, ground.view())};
    for (const double height_m : steps(1.0, 1000.0)) {
      ground.ground_asl_m[at] = world.ground.ground_asl_m[at] + height_m;
      losses.push_back(loss_of(model, world.link, ground.view()));
    }
    return losses;
  });
}

TEST_CASE("law: the loss moves one way with the percentage of time") {
  test_law("time_percent", &Laws::time, false, [](const ModelInfo& info, const InventedWorld& world) {
    return over_percent(info, world, "time_percent");
  });
}

TEST_CASE("law: the loss moves one way with the percentage of locations") {
  test_law("location_percent", &Laws::location, false, [](const ModelInfo& info, const InventedWorld& world) {
    return over_percent(info, world, "location_percent");
  });
}

TEST_CASE("law: the way back is the way there") {
  int models = 0;
  for (const ModelInfo& info : model_infos()) {
    const std::optional<Laws> laws = laws_of(info.id);
    if (!laws || !laws->reciprocal) continue;
    ++models;
    for (std::uint64_t seed = 1; seed <= kWorlds; ++seed) {
      InventedWorld there = random_world(info, seed, false);
      test::Random random(seed);
      for (std::size_t i = 0; i < kPoints; ++i) {
        there.ground.clutter_m.push_back(seed % 2 == 0 ? 0.0 : random.between(0.0, 20.0));
      }
      InventedWorld back = there;
      std::swap(back.link.tx_agl_m, back.link.rx_agl_m);
      std::reverse(back.ground.ground_asl_m.begin(), back.ground.ground_asl_m.end());
      std::reverse(back.ground.clutter_m.begin(), back.ground.clutter_m.end());
      for (double& d : back.ground.distance_m) d = there.ground.distance_m.back() - d;
      std::reverse(back.ground.distance_m.begin(), back.ground.distance_m.end());
      const RadioModel model = make_model(info.id, there.words);
      INFO(info.id << " seed " << seed);
      CHECK(loss_of(model, there.link, there.ground.view()) ==
            Approx(loss_of(model, back.link, back.ground.view())).margin(1e-6));
    }
  }
  std::printf("reciprocity: promised by %d models, %d links each\n", models, static_cast<int>(kWorlds));
}
