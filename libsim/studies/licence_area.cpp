#include "libsim/studies/licence_area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "terrain/vector/contours.hpp"

namespace amaneku {
namespace {

bool takes_part(const LicenceOptions& options, const Site& site) {
  const auto& ids = options.sites;
  return site.existing && (ids.empty() || std::find(ids.begin(), ids.end(), site.id) != ids.end());
}

}  // namespace

void check_licence_options(const LicenceOptions& options) {
  if (options.coordination_dbm < options.cover_dbm) return;
  throw InputError(
      Fault{.message = "the thresholds are in the wrong order: the coordination area is the larger one",
            .key = "licence.coordination_dbm",
            .value = fmt::format("{}", options.coordination_dbm),
            .legal = fmt::format("below cover_dbm = {}", options.cover_dbm)});
}

Raster<float> carrier_power_dbm(const Radio& radio, const std::vector<std::uint8_t>& serves) {
  const Grid& grid = radio.coverage().grid;
  std::set<int> widths;
  for (std::size_t i = 0; i < serves.size(); ++i) {
    if (serves[i] != 0) widths.insert(radio.sector_of(static_cast<int>(i)).subcarriers);
  }
  Raster<float> out(grid, kNoData);
  for (const int subcarriers : widths) {
    std::vector<std::uint8_t> of_width = serves;
    for (std::size_t i = 0; i < of_width.size(); ++i) {
      if (radio.sector_of(static_cast<int>(i)).subcarriers != subcarriers) of_width[i] = 0;
    }
    const ServerMaps maps = radio.map({.serves = of_width});
    const auto whole_db = static_cast<float>(10.0 * std::log10(static_cast<double>(subcarriers)));
    for (std::size_t i = 0; i < out.values.size(); ++i) {
      out.values[i] = std::fmax(out.values[i], maps.rsrp_dbm.values[i] + whole_db);  // fmax leaves NaN aside
    }
  }
  return out;
}

std::vector<LicenceArea> draw_licence_areas(const LicenceOptions& options, const LicenceMap& map) {
  std::vector<LicenceArea> out;
  const MultiPolygon own = united(options.own_land);
  for (const LicenceKind kind : {LicenceKind::cover, LicenceKind::coordination}) {
    const double threshold = kind == LicenceKind::cover ? options.cover_dbm : options.coordination_dbm;
    const auto add = [&](LicenceLand land, MultiPolygon area) {
      const double size_m2 = area_m2(area);
      if (size_m2 > 0.0) out.push_back({kind, land, map.site, threshold, std::move(area), size_m2});
    };
    const MultiPolygon all = area_at_or_above(map.power_dbm, threshold);
    add(LicenceLand::all, all);
    if (own.parts.empty()) continue;
    add(LicenceLand::own, common_area(all, own));
    add(LicenceLand::other, area_without(all, own));
  }
  return out;
}

bool is_cut(const Raster<float>& power_dbm, double threshold_dbm) noexcept {
  const Grid& grid = power_dbm.grid;
  const auto open = [&](int ix, int iy) { return !grid.holds(ix, iy) || std::isnan(power_dbm.at(ix, iy)); };
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (!(static_cast<double>(power_dbm.at(ix, iy)) >= threshold_dbm)) continue;
      if (open(ix - 1, iy) || open(ix + 1, iy) || open(ix, iy - 1) || open(ix, iy + 1)) return true;
    }
  }
  return false;
}

LicenceAreas licence_areas(const LicenceOptions& options, const Radio& plan) {
  check_licence_options(options);
  const Receiver receiver{.rx_agl_m = options.rx_agl_m.value_or(plan.receiver().rx_agl_m), .gain_dbi = 0.0};
  const Radio radio = plan.as({.receiver = receiver, .model = options.model}).with_losses();
  LicenceAreas out{.model = std::string(model_id(radio.engine().model)), .rx_agl_m = receiver.rx_agl_m};

  const auto draw = [&](const std::string& site, const std::vector<std::uint8_t>& serves) {
    const LicenceMap map{site, carrier_power_dbm(radio, serves)};
    out.cut = out.cut || is_cut(map.power_dbm, options.coordination_dbm);
    std::vector<LicenceArea> areas = draw_licence_areas(options, map);
    std::move(areas.begin(), areas.end(), std::back_inserter(out.areas));
  };
  const auto sectors_where = [&](const auto& picks) {
    std::vector<std::uint8_t> serves;
    for (std::size_t s = 0; s < radio.coverage().sectors.size(); ++s)
      serves.push_back(picks(radio.site_of(static_cast<int>(s))) ? 1 : 0);
    return serves;
  };
  for (const Site& site : radio.sites()) {
    if (takes_part(options, site)) out.sites.push_back(site.id);
  }
  draw({}, sectors_where([&](const Site& site) { return takes_part(options, site); }));
  for (const std::string& id : options.per_site ? out.sites : std::vector<std::string>{}) {
    draw(id, sectors_where([&](const Site& site) { return site.id == id; }));
  }
  return out;
}

}  // namespace amaneku
