// Every model of the variant, for any finite input: a finite loss, no exception, the same number from loss_db and
// explain, and a warning for every value that is outside its range. AMANEKU_FUZZ_CASES: cases per model
// (CONTRIBUTING.md).
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <exception>
#include <optional>

#include "propagation/models.hpp"
#include "propagation/radial_path.hpp"
#include "tests/property/random_inputs.hpp"
#include "tests/support/catch.hpp"

using namespace amaneku;

namespace {

struct Case {
  std::vector<ParameterValue> parameters;
  Link link;
  Profile profile;
};

Case random_case(const ModelInfo& info, std::uint64_t seed, test::Reach reach) {
  test::Random random(seed);
  Case made;
  made.parameters = random_parameters(info, random, reach);
  made.link = random_link(random, reach);
  made.profile = test::random_profile(random);
  return made;
}

std::string text(const Case& c) {
  std::string out = fmt::format(
      "freq_hz {:.17g} tx_agl_m {:.17g} rx_agl_m {:.17g} {} a_e {:.17g} n0 {:.17g} latitude {:.17g}; {} points to "
      "{:.17g} m",
      c.link.freq_hz, c.link.tx_agl_m, c.link.rx_agl_m, c.link.polarization == Polarization::vertical ? "v" : "h",
      c.link.effective_earth_radius_m, c.link.n0, c.link.latitude_deg, c.profile.distance_m.size(),
      c.profile.distance_m.back());
  for (const ParameterValue& p : c.parameters) {
    const std::string* word = std::get_if<std::string>(&p.value);
    out += fmt::format("; {} = {}", p.name,
                       word != nullptr ? *word : fmt::format("{:.17g}", std::get<double>(p.value)));
  }
  return out;
}

double loss_of(const RadioModel& model, const Link& link, const PathGeometry& path) {
  return std::visit([&](const auto& m) { return loss_db(m, link, path); }, model);
}

double radial_loss(const RadioModel& model, const Case& c) {
  return std::visit(
      [&](const auto& m) {
        RadialPath radial;
        return radial_loss_db(radial, m, c.link, c.profile.view(), 3);
      },
      model);
}

bool warned(const PathLoss& loss, const std::string& name) {
  for (const std::string& warning : loss.warnings) {
    const bool names = warning.find(": " + name + " = ") != std::string::npos;
    if (names && warning.find(" is outside ") != std::string::npos) return true;
  }
  return false;
}

/// What is outside is named. (A model may flag more: ranges of the method that a parameter chooses.)
std::optional<std::string> warning_fault(const ModelInfo& info, const Case& c, const PathLoss& loss) {
  const auto wrong = [&](const std::string& name, double value, const Range& range) {
    return !range.contains(value) && !warned(loss, name);
  };
  const bool tx_is_higher = c.link.tx_agl_m >= c.link.rx_agl_m;
  const Validity& legal = info.validity;
  if (wrong("freq_hz", c.link.freq_hz, legal.freq_hz)) return "warning about freq_hz";
  if (wrong("tx_agl_m", c.link.tx_agl_m, tx_is_higher ? legal.higher_agl_m : legal.lower_agl_m)) {
    return "warning about tx_agl_m";
  }
  if (wrong("rx_agl_m", c.link.rx_agl_m, tx_is_higher ? legal.lower_agl_m : legal.higher_agl_m)) {
    return "warning about rx_agl_m";
  }
  if (wrong("distance_m", c.profile.distance_m.back(), legal.distance_m)) return "warning about distance_m";
  for (const ModelParameter& parameter : info.parameters) {
    if (!parameter.choices.empty()) continue;
    double value = parameter.default_value;
    for (const ParameterValue& p : c.parameters) {
      if (p.name == parameter.name) value = std::get<double>(p.value);
    }
    if (wrong(parameter.name, value, parameter.range)) return "warning about " + parameter.name;
  }
  return std::nullopt;
}

/// The first promise that the model breaks.
std::optional<std::string> fault_of(const ModelInfo& info, const Case& c) {
  try {
    const RadioModel model = make_model(info.id, c.parameters);
    const PathGeometry path = extract_path(c.link, c.profile.view());
    const double loss = loss_of(model, c.link, path);
    if (!std::isfinite(loss)) return fmt::format("loss_db {}", loss);
    const double radial = radial_loss(model, c);
    if (!std::isfinite(radial)) return fmt::format("radial loss_db {}", radial);
    const PathLoss explained = explain(model, c.link, path);
    if (explained.loss_db != loss) return fmt::format("explain {:.17g}, loss_db {:.17g}", explained.loss_db, loss);
    if (explained.mode.empty()) return "no mode";
    for (const LossTerm& term : explained.terms) {
      if (!std::isfinite(term.value)) return fmt::format("{} {}", term.name, term.value);
    }
    return warning_fault(info, c, explained);
  } catch (const std::exception& error) {
    return std::string("exception: ") + error.what();
  }
}

void fuzz(const ModelInfo& info, test::Reach reach, std::uint64_t cases) {
  int faults = 0;
  for (std::uint64_t seed = 1; seed <= cases && faults < 3; ++seed) {
    const Case c = random_case(info, seed, reach);
    const std::optional<std::string> fault = fault_of(info, c);
    if (!fault) continue;
    ++faults;
    FAIL_CHECK(info.id << " seed " << seed << ": " << *fault << "\n" << text(c));
  }
}

}  // namespace

TEST_CASE("every model stands any legal or far too large input") {
  const std::uint64_t cases = test::fuzz_cases();
  for (const ModelInfo& info : model_infos()) fuzz(info, test::Reach::beyond, cases);
  std::printf("%llu random inputs for each of %zu models\n", static_cast<unsigned long long>(cases),
              model_infos().size());
}

TEST_CASE("a model with its defaults on a legal link flags no default, and not every link") {
  for (const ModelInfo& info : model_infos()) {
    const RadioModel model = make_model(info.id);
    std::size_t unflagged = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      test::Random random(seed);
      const test::LegalLink legal = test::random_legal_link(random, info.validity);
      Case c{.parameters = {}, .link = legal.link, .profile = {}};
      c.profile.distance_m = {0.0, 0.0, legal.distance_m};
      c.profile.distance_m[1] = 0.4 * c.profile.distance_m[2];
      c.profile.ground_asl_m = {10.0, 12.0, 10.0};
      const PathLoss loss = explain(model, c.link, extract_path(c.link, c.profile.view()));
      for (const ModelParameter& parameter : info.parameters) {
        INFO(info.id << " " << parameter.name);
        CHECK_FALSE(warned(loss, parameter.name));
      }
      if (loss.warnings.size() == info.notes.size()) ++unflagged;
    }
    INFO(info.id);
    CHECK(unflagged >= 10);
  }
}

TEST_CASE("every model stands any finite parameter and link") {
  const std::uint64_t cases = test::fuzz_cases();
  for (const ModelInfo& info : model_infos()) fuzz(info, test::Reach::absurd, cases);
  std::printf("%llu absurd inputs for each of %zu models\n", static_cast<unsigned long long>(cases),
              model_infos().size());
}
