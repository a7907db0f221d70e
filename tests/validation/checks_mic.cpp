#include <fmt/format.h>

#include "propagation/models.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

void local_5g_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const Link link{
      .freq_hz = json.at("f_mhz").get<double>() * 1e6, .tx_agl_m = json.at("h_b_m"), .rx_agl_m = json.at("h_m_m")};
  const PathGeometry path{.distance_m = json.at("d_km").get<double>() * 1e3};
  for (const auto& [word, key] :
       {std::pair{"endpoints", "variant_endpoint_interp"}, {"weighted", "variant_repo"}}) {
    const std::vector<ParameterValue> parameters = {
        {"area", json.at("area").get<std::string>()},
        {"interpolation", std::string(word)},
        {"building_loss_db", json.at("R_bel_db").get<double>()},
        {"terrain_correction_db", json.at("K_terrain_db").get<double>()}};
    const RadioModel model = make_model("mic_local5g_sub6", parameters);
    collect.add(fmt::format("loss, {}", word), "direct",
                std::visit([&](const auto& m) { return loss_db(m, link, path); }, model), json.at("out").at(key));
  }
}

}  // namespace

std::vector<LineCheck> mic_line_checks() {
  return {{"mic_local5g_sub6.jsonl", "mic_local5g_sub6", 0.001, 150, local_5g_case}};
}

}  // namespace amaneku::test
