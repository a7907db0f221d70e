#include "propagation/models.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "terrain/error.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;
using amaneku::test::Contains;

namespace {

/// Both antennas over level ground at sea level.
PathGeometry level(const Link& link, double distance_m) {
  return {.distance_m = distance_m, .tx_asl_m = link.tx_agl_m, .rx_asl_m = link.rx_agl_m, .samples = 2};
}

double loss(const RadioModel& model, const Link& link, double distance_m) {
  return std::visit([&](const auto& m) { return loss_db(m, link, level(link, distance_m)); }, model);
}

std::string error_of(std::string_view id, const std::vector<ParameterValue>& parameters = {}) {
  try {
    (void)make_model(id, parameters);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("free space: textbook numbers") {
  const Link level_link{.freq_hz = 1e9, .tx_agl_m = 10.0, .rx_agl_m = 10.0};
  CHECK(loss(FreeSpace{}, level_link, 1000.0) == Approx(92.45).margin(0.005));
  CHECK(loss(FreeSpace{}, level_link, 10'000.0) == Approx(112.45).margin(0.005));
  Link at_4850 = level_link;
  at_4850.freq_hz = 4.85e9;
  CHECK(loss(FreeSpace{}, at_4850, 1000.0) == Approx(106.16).margin(0.01));
  // Straight under the mast the distance is the height difference.
  CHECK(loss(FreeSpace{}, {.freq_hz = 1e9, .tx_agl_m = 110.0, .rx_agl_m = 10.0}, 0.0) ==
        Approx(72.45).margin(0.005));
  // Antennas in one point: the near field has no gain.
  CHECK(loss(FreeSpace{}, level_link, 0.0) == 0.0);
}

TEST_CASE("two rays: no ground, the far law, the first lobe") {
  const Link link{.freq_hz = 900e6, .tx_agl_m = 30.0, .rx_agl_m = 1.5};
  CHECK(loss(TwoRay{1.0, 0.0}, link, 500.0) == Approx(loss(FreeSpace{}, link, 500.0)).margin(1e-9));
  for (const Polarization polarization : {Polarization::horizontal, Polarization::vertical}) {
    Link far = link;
    far.polarization = polarization;
    const double plane_earth_db = 40.0 * std::log10(100'000.0) - 20.0 * std::log10(30.0 * 1.5);
    CHECK(loss(TwoRay{}, far, 100'000.0) == Approx(plane_earth_db).margin(0.2));
  }
  // Half a wavelength longer by reflection, reversed at the ground: the rays add up to almost twice the field.
  Link lobe = link;
  lobe.polarization = Polarization::horizontal;
  const double lobe_m = 4.0 * 30.0 * 1.5 * 900e6 / 299'792'458.0;
  CHECK(loss(TwoRay{}, lobe, lobe_m) - loss(FreeSpace{}, lobe, lobe_m) == Approx(-6.0).margin(0.3));
}

// 300 MHz, 10 m and 2 m, 100 m apart: rays of 100.3195 m and 100.7174 m, 2.50204 rad between them, free
// space 62.018 dB. A mirror turns the phase by half a turn: 20 log |1 - 0.99605 exp(-2.50204 j)| = 5.551 dB.
TEST_CASE("two rays by hand") {
  Link link{.freq_hz = 300e6, .tx_agl_m = 10.0, .rx_agl_m = 2.0, .polarization = Polarization::horizontal};
  CHECK(loss(FreeSpace{}, link, 100.0) == Approx(62.018).margin(1e-3));
  CHECK(loss(TwoRay{1.0, 1e9}, link, 100.0) == Approx(62.018 - 5.551).margin(2e-3));
}

TEST_CASE("every model gives finite losses that explain() explains") {
  const Link link{.freq_hz = 2.6e9};
  for (const ModelInfo& info : model_infos()) {
    const RadioModel model = make_model(info.id);
    for (const double distance_m : {0.0, 1e-3, 1.0, 39.0, 40.0, 60.0, 100.0, 5000.0, 150'000.0}) {
      INFO(info.id << " at " << distance_m << " m");
      const double hot = loss(model, link, distance_m);
      const PathLoss explained = explain(model, link, level(link, distance_m));
      CHECK(std::isfinite(hot));
      CHECK(explained.loss_db == hot);
      CHECK_FALSE(explained.mode.empty());
      CHECK_FALSE(explained.terms.empty());
      for (const LossTerm& term : explained.terms) CHECK(std::isfinite(term.value));
    }
  }
}

TEST_CASE("terms of explain() add up") {
  const Link link{.freq_hz = 2.6e9};
  for (const char* id : {"two_ray", "extended_hata", "mic_local5g_sub6"}) {
    const PathLoss out = explain(make_model(id), link, level(link, 700.0));
    double sum = 0.0;
    for (const LossTerm& term : out.terms) sum += term.value;
    CHECK(sum == Approx(out.loss_db));
  }
}

TEST_CASE("the table of models") {
  std::vector<std::string> ids;
  for (const ModelInfo& info : model_infos()) {
    ids.push_back(info.id);
    CHECK(model_id(make_model(info.id)) == info.id);
    CHECK(uses_profile(make_model(info.id)) == (info.terrain != Terrain::none));
    CHECK_FALSE(info.title.empty());
    CHECK_FALSE(info.source.empty());
    for (const ModelParameter& parameter : info.parameters) {
      CHECK_FALSE(parameter.source.empty());
      CHECK(parameter.choices.empty() == !parameter.unit.empty());
      if (parameter.choices.empty()) {
        CHECK(parameter.range.contains(parameter.default_value));
      }
    }
  }
  CHECK(ids.front() == "free_space");
  CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
}

TEST_CASE("parameters reach the model") {
  const std::vector<ParameterValue> ground = {{"relative_permittivity", 30.0}, {"conductivity_s_m", 0.02}};
  const auto two_ray = std::get<TwoRay>(make_model("two_ray", ground));
  CHECK(two_ray.relative_permittivity == 30.0);
  CHECK(two_ray.conductivity_s_m == 0.02);
  const std::vector<ParameterValue> open = {{"area", std::string("open")}};
  CHECK(std::get<ExtendedHata>(make_model("extended_hata", open)).area == ExtendedHata::Area::open);
  const std::vector<ParameterValue> weighted = {{"interpolation", std::string("weighted")}};
  CHECK(std::get<MicLocal5gSub6>(make_model("mic_local5g_sub6", weighted)).interpolation ==
        MicLocal5gSub6::Interpolation::weighted);
}

TEST_CASE("wrong models and parameters are named, with the nearest right one") {
  CHECK_THAT(error_of("p562"), Contains("model = \"p562\": there is no such model, did you mean \"p526\"?") &&
                                   Contains("legal: free_space, two_ray, p526, "));
  CHECK_THAT(error_of("cost231_walfisch"), Contains("there is no such model (legal:"));
  CHECK_THAT(error_of("two_ray", {{"conductivty_s_m", 1.0}}),
             Contains("conductivty_s_m: model two_ray has no such parameter, did you mean \"conductivity_s_m\"?"));
  CHECK_THAT(error_of("p526", {{"area", std::string("open")}}), Contains("(legal: no parameters)"));
  CHECK_THAT(error_of("extended_hata", {{"area", std::string("suburbann")}}),
             Contains("area = \"suburbann\": is not a choice of this parameter, did you mean \"suburban\"?") &&
                 Contains("legal: urban, suburban, open"));
  CHECK_THAT(error_of("extended_hata", {{"area", 2.0}}), Contains("area = 2: must be a word"));
  CHECK_THAT(error_of("two_ray", {{"conductivity_s_m", std::string("wet")}}),
             Contains("conductivity_s_m = \"wet\": must be a number (legal: 0 .. 10)"));
  CHECK_THAT(error_of("two_ray", {{"conductivity_s_m", std::numeric_limits<double>::quiet_NaN()}}),
             Contains("conductivity_s_m = nan: is not a finite number"));
  const std::string both =
      error_of("mic_local5g_sub6", {{"aera", std::string("open")}, {"building_loss_db", std::string("x")}});
  CHECK_THAT(both, Contains("did you mean \"area\"?") && Contains("building_loss_db = \"x\": must be a number"));
}

TEST_CASE("outside its validity a model computes and says so") {
  const auto flagged = [](const RadioModel& model, const Link& link, double distance_m) {
    CHECK(std::isfinite(loss(model, link, distance_m)));
    return validity_warnings(model, link, distance_m);
  };
  const Link good{.freq_hz = 800e6, .tx_agl_m = 40.0, .rx_agl_m = 1.5};
  CHECK(flagged(ExtendedHata{}, good, 5000.0).empty());
  CHECK(flagged(P526{}, good, 5000.0).empty());
  CHECK(flagged(FreeSpace{}, good, 5000.0).empty());
  CHECK(flagged(TwoRay{}, good, 5000.0).empty());

  Link link = good;
  link.freq_hz = 4.85e9;
  REQUIRE(flagged(ExtendedHata{}, link, 5000.0).size() == 1);
  CHECK_THAT(flagged(ExtendedHata{}, link, 5000.0)[0],
             Contains("extended_hata: freq_hz = 4850000000 Hz is outside 30000000 .. 3000000000"));
  link.freq_hz = 20e6;
  CHECK_THAT(flagged(ExtendedHata{}, link, 5000.0).at(0), Contains("freq_hz = 20000000 Hz"));
  CHECK_THAT(flagged(TwoRay{}, link, 5000.0).at(0),
             Contains("two_ray: freq_hz = 20000000 Hz is outside >= 30000000"));
  link.freq_hz = 5e6;
  CHECK_THAT(flagged(P526{}, link, 5000.0).at(0), Contains("p526: freq_hz = 5000000 Hz is outside >= 10000000"));
  link.freq_hz = 0.5e6;
  CHECK_THAT(flagged(FreeSpace{}, link, 5000.0).at(0), Contains("free_space: freq_hz = 500000 Hz"));

  link = good;
  link.tx_agl_m = 15.0;
  CHECK_THAT(flagged(ExtendedHata{}, link, 5000.0).at(0), Contains("tx_agl_m = 15 m is outside 30 .. 200"));
  link.rx_agl_m = 250.0;  // now the receiver is the base and the transmitter the mobile
  CHECK(flagged(ExtendedHata{}, link, 5000.0).size() == 2);
  CHECK_THAT(flagged(ExtendedHata{}, link, 5000.0)[0], Contains("tx_agl_m = 15 m is outside 1 .. 10"));
  CHECK_THAT(flagged(ExtendedHata{}, link, 5000.0)[1], Contains("rx_agl_m = 250 m is outside 30 .. 200"));
  CHECK_THAT(flagged(ExtendedHata{}, good, 60'000.0).at(0),
             Contains("distance_m = 60000 m is outside 0 .. 40000"));
  CHECK_THAT(flagged(TwoRay{}, good, 20'000.0).at(0), Contains("distance_m = 20000 m is outside 0 .. 10000"));
  CHECK_THAT(flagged(TwoRay{0.5, 0.0}, good, 5000.0).at(0),
             Contains("two_ray: relative_permittivity = 0.5 1 is outside 1 .. 100"));
  CHECK_THAT(flagged(TwoRay{15.0, -1.0}, good, 5000.0).at(0), Contains("conductivity_s_m = -1 S/m"));
}

TEST_CASE("the local-5G formula says that it is unverified, and flags its ranges") {
  const Link link{.freq_hz = 4.85e9, .tx_agl_m = 15.0, .rx_agl_m = 1.5};
  REQUIRE(validity_warnings(MicLocal5gSub6{}, link, 1000.0).size() == 1);
  CHECK_THAT(validity_warnings(MicLocal5gSub6{}, link, 1000.0)[0], Contains("unverified"));
  const auto info = std::find_if(model_infos().begin(), model_infos().end(),
                                 [](const ModelInfo& i) { return i.id == MicLocal5gSub6::id; });
  CHECK_THAT(info->notes.at(0), Contains("unverified"));
  Link low = link;
  low.freq_hz = 900e6;
  CHECK_THAT(validity_warnings(MicLocal5gSub6{}, low, 1000.0).at(1),
             Contains("freq_hz = 900000000 Hz is outside"));
  CHECK_THAT(validity_warnings(MicLocal5gSub6{.building_loss_db = -1.0}, link, 1000.0).at(1),
             Contains("building_loss_db = -1 dB is outside 0 .. 100"));
  CHECK_THAT(validity_warnings(MicLocal5gSub6{.terrain_correction_db = 60.0}, link, 1000.0).at(1),
             Contains("terrain_correction_db = 60 dB"));
  CHECK(explain(MicLocal5gSub6{}, link, level(link, 500.0)).warnings.size() == 1);
}
