#include <fmt/format.h>

#include <array>
#include <stdexcept>

#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p526_knife_edge.hpp"
#include "propagation/itu/p526_spherical_earth.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

Link link_of(const Json& json, Polarization polarization) {
  Link link;
  link.freq_hz = json.at("f_ghz").get<double>() * 1e9;
  link.polarization = polarization;
  link.effective_earth_radius_m = json.at("ae_km").get<double>() * 1e3;
  return link;
}

constexpr std::array<std::pair<Polarization, const char*>, 2> kPolarizations = {
    {{Polarization::horizontal, "H"}, {Polarization::vertical, "V"}}};

void delta_bullington_case(const Json& json, const ReferenceProfiles& profiles, Collector& collect) {
  const Profile profile = profile_of(json, profiles).bare();
  const Json& expected = json.at("out");
  for (const auto& [polarization, letter] : kPolarizations) {
    Link link = link_of(json, polarization);
    link.tx_agl_m = json.at("htg");
    link.rx_agl_m = json.at("hrg");
    for (const std::string engine : {"scalar", "radial"}) {
      RadialPath radial;
      PathGeometry path = engine == "scalar" ? extract_path(link, profile.view())
                                             : radial.geometry(link, profile.view(), Terrain::horizons);
      path.zones.sea_fraction = json.at("omega");
      const itu::DeltaBullington terms = itu::delta_bullington_terms(link, path);
      collect.add(fmt::format("diffraction {}", letter), engine, terms.diffraction_db,
                  expected.at(fmt::format("Ld_{}_db", letter)));
      collect.add(fmt::format("spherical earth {}", letter), engine, terms.spherical_db,
                  expected.at(fmt::format("L_sph_{}_db", letter)));
      collect.add("hot call against terms", engine, itu::delta_bullington_loss_db(link, path),
                  terms.diffraction_db);
      if (polarization == Polarization::vertical) continue;
      collect.add("Bullington, terrain", engine, terms.actual_db, expected.at("L_bull_actual_db"));
      collect.add("Bullington, smooth", engine, terms.smooth_db, expected.at("L_bull_smooth_db"));
      // Metres here, compared under the same number: the heights feed every other quantity.
      collect.add("smooth-earth height (m)", engine, path.smooth_tx_asl_m, json.at("hstd"));
      collect.add("smooth-earth height (m)", engine, path.smooth_rx_asl_m, json.at("hsrd"));
    }
  }
}

void element_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const std::string kind = json.at("kind");
  if (kind == "knife_edge_J") {
    collect.add("J(nu)", "direct", itu::knife_edge_loss_db(json.at("nu")), json.at("out"));
    return;
  }
  if (kind != "spherical_earth") throw std::runtime_error("unknown kind " + kind);
  const itu::SmoothPath path{.distance_m = json.at("d_km").get<double>() * 1e3,
                             .tx_m = json.at("h_te_m"),
                             .rx_m = json.at("h_re_m"),
                             .sea_fraction = json.at("omega_sea")};
  for (const auto& [polarization, letter] : kPolarizations) {
    collect.add(fmt::format("spherical earth {}", letter), "direct",
                itu::spherical_earth_loss_db(link_of(json, polarization), path), json.at("out").at(letter));
  }
}

}  // namespace

std::vector<LineCheck> p526_line_checks() {
  return {{"p526_delta_bullington.jsonl", "p526", 0.001, 392, delta_bullington_case},
          {"p526_elements.jsonl", "p526", 0.001, 200, element_case}};
}

}  // namespace amaneku::test
