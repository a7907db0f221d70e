#include "scenarios/licence_options.hpp"

#include <algorithm>

#include "scenarios/model_keys.hpp"
#include "terrain/focus_zones.hpp"

namespace amaneku::scenarios {

std::optional<LicenceOptions> read_licence_options(Document& document, const std::vector<Site>& sites,
                                                   const Crs& crs, std::vector<Warning>& warnings) {
  const SectionView view = document.section("licence");
  if (view.node() == nullptr) return std::nullopt;
  LicenceOptions out{.cover_dbm = view.number("cover_dbm"),
                     .coordination_dbm = view.number("coordination_dbm"),
                     .threshold_source = view.text("source"),
                     .thresholds_verified = view.flag("verified"),
                     .per_site = view.flag("per_site"),
                     .sites = view.texts("sites")};
  if (view.given("rx_agl_m")) out.rx_agl_m = view.number("rx_agl_m");
  document.attempt(view, "coordination_dbm", [&] { check_licence_options(out); });
  if (view.given("model")) document.attempt(view, "model", [&] { out.model = model_of(view, "licence"); });
  for (const std::string& id : out.sites) {
    const bool known = std::any_of(sites.begin(), sites.end(), [&](const Site& site) { return site.id == id; });
    if (!known) document.add(view.fault("sites", "no site \"" + id + "\""));
  }
  for (const SectionView& land : document.sections("licence.own_land")) {
    document.attempt(land, "path", [&] {
      const std::string name = document.path_of(land).filename().string();
      FocusZones plots = read_focus_zones({{.path = document.path_of(land), .repair = land.flag("repair")}}, crs);
      std::erase_if(plots.warnings, [](const Warning& w) { return w.id.find("name") != std::string::npos; });
      warnings.insert(warnings.end(), plots.warnings.begin(), plots.warnings.end());
      for (FocusZone& plot : plots.zones) out.own_land.push_back(std::move(plot.area));
      out.own_land_source += (out.own_land_source.empty() ? "" : ", ") + name;
    });
  }
  return out;
}

}  // namespace amaneku::scenarios
