#include <stdexcept>

#include "propagation/optics/fso.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

void fso_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  using namespace optics;
  const std::string kind = json.at("kind");
  const Json& expected = json.at("out");
  if (kind == "fog_haze") {
    const double visibility_km = json.at("visibility_km");
    const double wavelength_nm = json.at("lambda_nm");
    collect.add("fog, Kruse (dB/km)", "direct", fog_db_km(FogLaw::kruse, visibility_km, wavelength_nm),
                expected.at("kruse_P1814_db_km"));
    collect.add("fog, Kim (dB/km)", "direct", fog_db_km(FogLaw::kim, visibility_km, wavelength_nm),
                expected.at("kim_db_km"));
  } else if (kind == "rain_japan_P1814") {
    collect.add("rain, Japan (dB/km)", "direct", rain_db_km(RainLaw::japan, json.at("rain_mm_h")), expected);
  } else if (kind == "geometric") {
    const Beam beam{json.at("divergence_mrad"), 0.0, json.at("rx_area_m2")};
    collect.add("geometric", "direct", geometric_loss_db(beam, json.at("d_m")), expected);
  } else {
    throw std::runtime_error("unknown kind " + kind);
  }
}

}  // namespace

std::vector<LineCheck> fso_line_checks() {
  return {{"fso_p1814.jsonl", "fso", 0.001, 155, fso_case}};
}

}  // namespace amaneku::test
