#include "libsim/plan/diagnostics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <set>

#include "libsim/index.hpp"
#include "libsim/maps/link_budget.hpp"

namespace amaneku {
namespace {

constexpr std::size_t kNamed = 3;  ///< examples in one message

/// "a, b, c and 4 more"
std::string listed(const std::vector<std::string>& names, std::string_view separator = ", ") {
  const std::size_t shown = std::min(kNamed, names.size());
  std::string text =
      fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<long>(shown), separator));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

/// A transmitter's loss with the sectors that it feeds.
class Surveyor {
 public:
  Surveyor(const PlanInput& input, const TransmitterLoss& loss)
      : input_(input), loss_(loss), site_(input.network.sites[index_of(loss.site)]) {}

  void add(const Sector& sector) { sectors_.push_back(&sector); }

  [[nodiscard]] LossSurvey survey() const {
    const Grid& grid = loss_.loss_db.grid;
    const double body_and_building =
        input_.network.receiver.body_loss_db + input_.network.receiver.building_loss_db;
    const double inner = std::max(0.0, input_.engine.coverage.radius_m - grid.cell_m);
    LossSurvey result;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) {
        const auto value = static_cast<double>(loss_.loss_db.at(ix, iy));
        if (std::isnan(value)) continue;
        if (value + body_and_building < 0.0) ++result.negative_loss_cells;
        const Point cell = grid.centre(ix, iy);
        const double dx = cell.x_m - site_.at.x_m;
        const double dy = cell.y_m - site_.at.y_m;
        if (dx * dx + dy * dy <= inner * inner) continue;
        ++result.rim_cells;
        if (above_threshold(ix, iy)) ++result.rim_cells_above;
      }
    }
    result.disc = fit_disc(loss_.loss_db, site_.at, max_loss_db());
    return result;
  }

 private:
  /// Largest loss with which the strongest sector reaches the threshold in its main direction.
  [[nodiscard]] double max_loss_db() const {
    double loss_db = -std::numeric_limits<double>::infinity();
    for (const Sector* sector : sectors_) {
      const Dbm peak =
          link_budget(*sector, input_.network.receiver, {max_gain_dbi(sector->antenna)}, {0.0}).rsrp();
      loss_db = std::max(loss_db, peak.value - input_.statistics.threshold_dbm);
    }
    return loss_db;
  }

  [[nodiscard]] bool above_threshold(int ix, int iy) const {
    const double ground = static_cast<double>(input_.world.ground.ground_asl_m.at(loss_.ix0 + ix, loss_.iy0 + iy));
    const double tx_asl_m = loss_.tx_ground_asl_m + loss_.tx_agl_m;
    const double rx_asl_m = ground + input_.network.receiver.rx_agl_m;
    const Point cell = loss_.loss_db.grid.centre(ix, iy);
    const double dx = cell.x_m - site_.at.x_m;
    const double dy = cell.y_m - site_.at.y_m;
    const double up_m =
        seen_above_m(rx_asl_m - tx_asl_m, dx * dx + dy * dy, input_.engine.coverage.effective_earth_radius_m);
    return std::any_of(sectors_.begin(), sectors_.end(), [&](const Sector* sector) {
      const Db gain = sector_gain(*sector, site_, cell, up_m);
      const Db path_loss{static_cast<double>(loss_.loss_db.at(ix, iy))};
      return link_budget(*sector, input_.network.receiver, gain, path_loss).rsrp().value >=
             input_.statistics.threshold_dbm;
    });
  }

  const PlanInput& input_;
  const TransmitterLoss& loss_;
  const Site& site_;
  std::vector<const Sector*> sectors_{};
};

/// Names of things of a plan, as they appear in messages.
class Names {
 public:
  Names(const PlanInput& input, const Coverage& coverage) : input_(input), coverage_(coverage) {}

  [[nodiscard]] std::string site_id(std::size_t transmitter) const {
    return input_.network.sites[index_of(coverage_.transmitters[transmitter].site)].id;
  }
  [[nodiscard]] const Sector& sector(const SectorRef& ref) const {
    return input_.network.sites[index_of(ref.site)].sectors[index_of(ref.sector)];
  }
  [[nodiscard]] std::string sector_name(const SectorRef& ref) const {
    return input_.network.sites[index_of(ref.site)].id + "/" + sector(ref).id;
  }

 private:
  const PlanInput& input_;
  const Coverage& coverage_;
};

using Surveys = std::vector<LossSurvey>;

void power_above_eirp(const Names& name, const Coverage& coverage, const Surveys& surveys,
                      std::vector<Warning>& warnings) {
  long long cells = 0;
  std::vector<std::string> names;
  for (const SectorRef& ref : coverage.sectors) {
    const long long here = surveys[index_of(ref.transmitter)].negative_loss_cells;
    if (here == 0) continue;
    cells += here;
    names.push_back(fmt::format("{} ({} cells)", name.sector_name(ref), here));
  }
  if (cells == 0) return;
  warnings.push_back(
      {"power_above_eirp",
       fmt::format("received power above EIRP plus receive gain, which no path can give: sector {}; "
                   "check the losses of the receiver and the range of the model",
                   listed(names)),
       cells});
}

void coverage_is_circle(const Names& name, const RadioModel& model, const Surveys& surveys,
                        std::vector<Warning>& warnings) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < surveys.size(); ++i) {
    if (!surveys[i].disc.is_circle()) continue;
    names.push_back(fmt::format("{} (radius {:.1f} km)", name.site_id(i), surveys[i].disc.radius_m / 1000.0));
  }
  if (names.empty()) return;
  const std::string why = uses_profile(model)
                              ? std::string("the terrain had no influence; is the ground really flat there?")
                              : fmt::format("the model {} does not look at the terrain", model_id(model));
  warnings.push_back(
      {"coverage_is_circle",
       fmt::format("before antenna patterns, the coverage of {} of {} transmitters is a circle: {}: {}",
                   names.size(), surveys.size(), listed(names), why),
       static_cast<long long>(names.size())});
}

void terrain_missing(const Names& name, const Coverage& coverage, std::vector<Warning>& warnings) {
  long long cells = 0;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < coverage.transmitters.size(); ++i) {
    const auto here = static_cast<long long>(coverage.transmitters[i].cells_behind_void);
    if (here == 0) continue;
    cells += here;
    names.push_back(fmt::format("{} ({} cells)", name.site_id(i), here));
  }
  if (cells == 0) return;
  warnings.push_back({"terrain_missing_under_path",
                      fmt::format("not computed because the path crosses missing terrain: site {}", listed(names)),
                      cells});
}

void range_cut(const Names& name, double radius_m, const Surveys& surveys, std::vector<Warning>& warnings) {
  long long cells = 0;
  long long rim = 0;
  std::vector<std::pair<long long, std::string>> cut;
  for (std::size_t i = 0; i < surveys.size(); ++i) {
    rim += surveys[i].rim_cells;
    cells += surveys[i].rim_cells_above;
    if (surveys[i].rim_cells_above > 0) cut.emplace_back(-surveys[i].rim_cells_above, name.site_id(i));
  }
  if (cells == 0) return;
  std::stable_sort(cut.begin(), cut.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [minus_cells, id] : cut) names.push_back(fmt::format("{} ({} cells)", id, -minus_cells));
  warnings.push_back(
      {"range_cut_by_radius",
       fmt::format(
           "above the threshold at the radius limit of {:.1f} km: {:.1f} % of the outermost cells, site {}; "
           "coverage beyond the limit is not in this result",
           radius_m / 1000.0, 100.0 * static_cast<double>(cells) / static_cast<double>(rim), listed(names)),
       cells});
}

void model_validity(const PlanInput& input, const Coverage& coverage, std::vector<Warning>& warnings) {
  long long transmitters = 0;
  std::set<std::string> lines;
  for (const TransmitterLoss& loss : coverage.transmitters) {
    const Site& site = input.network.sites[index_of(loss.site)];
    const Link link = link_of(site, loss.freq_hz, loss.tx_agl_m, input.network.receiver, input.engine.coverage);
    std::vector<std::string> here = validity_warnings(input.engine.model, link, loss.longest_computed_m);
    for (const RadioModel& added : input.engine.coverage.added_losses) {
      const std::vector<std::string> more = validity_warnings(added, link, loss.longest_computed_m);
      here.insert(here.end(), more.begin(), more.end());
    }
    if (!here.empty()) ++transmitters;
    lines.insert(here.begin(), here.end());
  }
  if (lines.empty()) return;
  warnings.push_back({"model_validity", listed({lines.begin(), lines.end()}, "; "), transmitters});
}

/// Models of land and sea without a map of them.
void all_inland(const PlanInput& input, std::vector<Warning>& warnings) {
  const bool asks = std::visit([](const auto& model) { return needs_zones(model); }, input.engine.model);
  if (!asks || !input.world.ground.zone.values.empty()) return;
  warnings.push_back(
      {"zones_all_inland",
       fmt::format("{} tells sea, coastal land and inland apart; without [[terrain.zone]] all is inland",
                   model_id(input.engine.model)),
       1});
}

void serves_nowhere(const Names& name, const Coverage& coverage, const ServerMaps& maps,
                    std::vector<Warning>& warnings) {
  std::vector<bool> serves(coverage.sectors.size(), false);
  for (const std::int32_t server : maps.best_server.values) {
    if (server >= 0) serves[static_cast<std::size_t>(server)] = true;
  }
  std::vector<std::string> names;
  for (std::size_t s = 0; s < serves.size(); ++s) {
    if (!serves[s]) names.push_back(name.sector_name(coverage.sectors[s]));
  }
  if (names.empty()) return;
  warnings.push_back({"sector_serves_nowhere", fmt::format("strongest in no cell: sector {}", listed(names)),
                      static_cast<long long>(names.size())});
}

void tilted_twice(const Names& name, const Coverage& coverage, std::vector<Warning>& warnings) {
  std::vector<std::string> names;
  for (const SectorRef& ref : coverage.sectors) {
    const Sector& sector = name.sector(ref);
    const auto* table = std::get_if<TabulatedAntenna>(&sector.antenna);
    if (table == nullptr || table->electrical_tilt_deg == 0.0 || sector.mounting.electrical_downtilt_deg == 0.0)
      continue;
    names.push_back(fmt::format("{} ({} + {} deg)", name.sector_name(ref), table->electrical_tilt_deg,
                                sector.mounting.electrical_downtilt_deg));
  }
  if (names.empty()) return;
  warnings.push_back(
      {"antenna_tilted_twice",
       fmt::format("the pattern file already holds an electrical tilt, and the sector adds its own: {}",
                   listed(names)),
       static_cast<long long>(names.size())});
}

/// Cells by distance from the transmitter, in rings far narrower than a cell.
struct Rings {
  static constexpr double kPerCell = 64.0;
  std::vector<long long> covered{};
  std::vector<long long> uncovered{};
  long long all_covered = 0;
};

Rings ring_counts(const Raster<float>& loss_db, Point centre, double max_loss_db) {
  const Grid& grid = loss_db.grid;
  const double to_cells = 1.0 / grid.cell_m;
  const double far_x = std::max(std::fabs(grid.west_m - centre.x_m), std::fabs(grid.east_m() - centre.x_m));
  const double far_y = std::max(std::fabs(grid.south_m() - centre.y_m), std::fabs(grid.north_m - centre.y_m));
  const auto n = static_cast<std::size_t>(std::hypot(far_x, far_y) * to_cells * Rings::kPerCell) + 1;
  Rings rings{std::vector<long long>(n), std::vector<long long>(n)};
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      const auto value = static_cast<double>(loss_db.at(ix, iy));
      if (std::isnan(value)) continue;
      const Point cell = grid.centre(ix, iy);
      const double dx = cell.x_m - centre.x_m;
      const double dy = cell.y_m - centre.y_m;
      const auto ring = static_cast<std::size_t>(std::sqrt(dx * dx + dy * dy) * to_cells * Rings::kPerCell);
      ++(value <= max_loss_db ? rings.covered : rings.uncovered)[ring];
      rings.all_covered += value <= max_loss_db ? 1 : 0;
    }
  }
  return rings;
}

}  // namespace

DiscFit fit_disc(const Raster<float>& loss_db, Point centre, double max_loss_db) {
  constexpr long long kFewestCells = 200;
  const Rings rings = ring_counts(loss_db, centre, max_loss_db);
  if (rings.all_covered < kFewestCells) return {};

  long long wrong = rings.all_covered;  // with no disc at all
  long long fewest = wrong;
  std::size_t best = 0;  // rings inside the best disc
  for (std::size_t i = 0; i < rings.covered.size(); ++i) {
    wrong += rings.uncovered[i] - rings.covered[i];
    if (wrong < fewest) {
      fewest = wrong;
      best = i + 1;
    }
  }
  const double radius_cells = static_cast<double>(best) / Rings::kPerCell;
  const double beyond_cells = radius_cells + std::max(2.0, 0.05 * radius_cells);
  const auto end = std::min(rings.uncovered.size(), static_cast<std::size_t>(beyond_cells * Rings::kPerCell));
  long long seen = 0;
  for (std::size_t i = best; i < end; ++i) seen += rings.uncovered[i];
  const double full = std::numbers::pi * (beyond_cells * beyond_cells - radius_cells * radius_cells);
  return {.radius_m = radius_cells * loss_db.grid.cell_m,
          .misfit = static_cast<double>(fewest) / static_cast<double>(rings.all_covered),
          .edge_seen = static_cast<double>(seen) >= 0.25 * full};
}

LossSurvey survey_loss(const PlanInput& input, const Coverage& coverage, std::span<const int> sectors,
                       const TransmitterLoss& loss) {
  Surveyor surveyor(input, loss);
  for (const int s : sectors) {
    surveyor.add(input.network.sites[index_of(loss.site)].sectors[index_of(coverage.sectors[index_of(s)].sector)]);
  }
  return surveyor.survey();
}

std::vector<Warning> diagnose(const PlanInput& input, const Coverage& coverage,
                              const std::vector<LossSurvey>& surveys, const ServerMaps& maps) {
  const Names name(input, coverage);
  std::vector<Warning> warnings;
  power_above_eirp(name, coverage, surveys, warnings);
  coverage_is_circle(name, input.engine.model, surveys, warnings);
  terrain_missing(name, coverage, warnings);
  range_cut(name, input.engine.coverage.radius_m, surveys, warnings);
  model_validity(input, coverage, warnings);
  all_inland(input, warnings);
  serves_nowhere(name, coverage, maps, warnings);
  tilted_twice(name, coverage, warnings);
  return warnings;
}

std::vector<Warning> merged(const std::vector<Warning>& warnings) {
  std::vector<Warning> result;
  std::vector<std::vector<std::string>> messages;
  for (const Warning& warning : warnings) {
    const auto known =
        std::find_if(result.begin(), result.end(), [&](const Warning& w) { return w.id == warning.id; });
    const auto at = static_cast<std::size_t>(known - result.begin());
    if (known == result.end()) {
      result.push_back(warning);
      messages.push_back({warning.message});
      continue;
    }
    known->count += warning.count;
    auto& texts = messages[at];
    if (std::find(texts.begin(), texts.end(), warning.message) == texts.end()) texts.push_back(warning.message);
  }
  for (std::size_t i = 0; i < result.size(); ++i) result[i].message = listed(messages[i], "; ");
  return result;
}

}  // namespace amaneku
