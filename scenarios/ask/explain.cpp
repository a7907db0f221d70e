#include "scenarios/ask/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>
#include <nlohmann/json.hpp>

#include "libsim/maps/shadowing.hpp"
#include "scenarios/output/manifest.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/schema/document.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

std::string place_text(LonLat place) {
  return fmt::format("{:g},{:g}", place.lon_deg, place.lat_deg);
}

bool lies_below(const fs::path& path, const fs::path& folder) {
  return !folder.empty() &&
         std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// Where a result may name its scenario: it comes from anybody, and would else have any file opened.
bool may_open(const fs::path& scenario, const fs::path& result_folder) {
  std::error_code error;
  const fs::path path = fs::canonical(scenario, error);
  if (error || path.extension() != ".toml" || !fs::is_regular_file(path, error)) return false;
  if (lies_below(path, fs::current_path(error))) return true;
  constexpr int kFoldersAbove = 2;
  fs::path near = fs::canonical(result_folder, error);
  for (int i = 0; i <= kFoldersAbove && near.has_relative_path(); ++i, near = near.parent_path()) {
    if (lies_below(path, near)) return true;
  }
  return false;
}

/// Where timing.json beside the result says that the scenario lay; empty: it does not.
fs::path noted_place(const fs::path& result_folder) {
  constexpr std::uintmax_t kMostBytes = 1 << 20;
  const fs::path timing = result_folder / "timing.json";
  std::error_code error;
  if (!fs::is_regular_file(fs::symlink_status(timing, error))) return {};
  const auto json = nlohmann::json::parse(read_text(timing, kMostBytes), nullptr, false);
  if (!json.is_object() || !json.contains("scenario_file") || !json["scenario_file"].is_string()) return {};
  return (result_folder / json["scenario_file"].get<std::string>()).lexically_normal();
}

/// Files of the right name that may be opened, the likeliest first.
std::vector<fs::path> candidates(const fs::path& from, const fs::path& named) {
  std::vector<fs::path> found;
  const auto offer = [&](const fs::path& path) {
    if (!path.empty() && may_open(path, from)) found.push_back(path);
  };
  offer(noted_place(from));
  offer(named);
  // Results of earlier versions name it from the folder of their run, which may be one above them.
  const bool climbs = std::any_of(named.begin(), named.end(), [](const fs::path& part) { return part == ".."; });
  std::error_code error;
  for (fs::path above = from; named.is_relative() && above.has_relative_path(); above = above.parent_path()) {
    const fs::path candidate = fs::canonical(above / named, error);
    if (error) continue;
    const bool plain = !climbs && candidate.extension() == ".toml" && lies_below(candidate, above) &&
                       fs::is_regular_file(candidate, error);
    if (plain) found.push_back(candidate);
    if (!plain) offer(candidate);
  }
  return found;
}

/// Before anything of it is understood, or said: the file is the one that the result holds.
bool has_same_text(const fs::path& scenario, const StoredPlan& stored) {
  constexpr std::uintmax_t kSlack_bytes = 1;
  std::error_code error;
  return fs::file_size(scenario, error) == stored.scenario_text.size() && !error &&
         read_text(scenario, stored.scenario_text.size() + kSlack_bytes) == stored.scenario_text;
}

fs::path scenario_of(const ExplainRequest& request, const StoredPlan& stored) {
  if (!request.scenario.empty()) return request.scenario;
  std::error_code error;
  const fs::path named = stored.scenario_file;
  const fs::path from = fs::absolute(request.result, error).lexically_normal().parent_path();
  const std::vector<fs::path> found = candidates(from, named);
  for (const fs::path& candidate : found) {
    if (has_same_text(candidate, stored)) return candidate;
  }
  if (!found.empty()) {
    throw InputError(Fault{.message = "has changed since the result was made: plan the scenario again",
                           .file = found.front().string()});
  }
  const fs::path noted = noted_place(from);
  const bool far = fs::exists(noted.empty() ? named : noted, error);
  const char* where = far ? "lies far from the result, and is not opened at its word" : "is not there";
  throw InputError(
      Fault{.message = fmt::format("was made of the scenario {}, which {}: say where it is with "
                                   "--scenario FILE",
                                   far && !noted.empty() ? noted.string() : stored.scenario_file, where),
            .file = request.result.string()});
}

/// What is planned again must be what was planned.
void check_unchanged(const StoredPlan& stored, const Scenario& again) {
  std::vector<Fault> faults;
  const auto changed = [&](const std::string& file, const char* how) {
    faults.push_back(
        {.message = fmt::format("{} since the result was made: plan the scenario again", how), .file = file});
  };
  const Provenance& now = again.input.provenance;
  if (now.scenario_text != stored.scenario_text) changed(again.file.string(), "has changed");
  const std::string own_name = fs::path(stored.scenario_file).filename().string();
  for (const auto& [name, sha256] : stored.input_sha256) {
    if (name == own_name) continue;
    const auto found = now.input_sha256.find(name);
    if (found == now.input_sha256.end() || found->second != sha256) changed(name, "has changed (SHA-256)");
  }
  if (faults.empty() && stored.grid != again.input.world.ground.ground_asl_m.grid) {
    changed(again.file.string(), "gives another grid");
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

/// Explains cells of one plan.
class Explainer {
 public:
  /// `stored_cell` gives the maps at a cell.
  Explainer(const PlanInput& input, std::function<StoredCell(int ix, int iy)> stored_cell)
      : input_(input),
        stored_cell_(std::move(stored_cell)),
        crs_(Crs::from_text(input.world.crs_id)),
        network_(network_of(input)),
        radio_(input.world, input.network, input.engine, network_, false) {}

  [[nodiscard]] std::size_t sectors() const noexcept { return network_.sectors.size(); }

  /// Every place; InputError with all that are refused.
  [[nodiscard]] std::vector<ExplainedCell> explain(const std::vector<LonLat>& places) const {
    std::vector<ExplainedCell> out;
    std::vector<Fault> faults;
    for (const LonLat at : places) {
      try {
        out.push_back(explain(at));
      } catch (const InputError& refused) {
        faults.insert(faults.end(), refused.faults().begin(), refused.faults().end());
      }
    }
    if (!faults.empty()) throw InputError(std::move(faults));
    return out;
  }

  [[nodiscard]] ExplainedCell explain(LonLat asked) const {
    const Grid& grid = network_.grid;
    const Point at = crs_.to_plan(asked);
    if (!grid.contains(at)) refuse(asked, "lies outside the plan", extent());
    ExplainedCell out{.asked = asked, .ix = grid.column_of(at.x_m), .iy = grid.row_of(at.y_m)};
    out.centre = crs_.to_lonlat(grid.centre(out.ix, out.iy));
    const StoredCell stored = stored_cell_(out.ix, out.iy);
    if (stored.best_server < 0) refuse(asked, why_unserved(out.ix, out.iy));
    out.server = server(out, stored.best_server, stored.rsrp_dbm);
    if (stored.second_server >= 0) out.second = server(out, stored.second_server, stored.second_dbm);
    if (stored.service && !std::isnan(stored.service->sinr_db)) out.service = service(out, stored);
    out.gaps = gaps(out);
    return out;
  }

 private:
  [[nodiscard]] static Coverage network_of(const PlanInput& input) {
    std::vector<Warning> ignored;  // those of the result are shown
    const Raster<float>& ground = input.world.ground.ground_asl_m;
    Coverage network = list_transmitters(
        ground.grid, input.network.sites, [&](Point at) { return sample_bilinear(ground, at); }, ignored);
    network.effective_earth_radius_m = input.engine.coverage.effective_earth_radius_m;
    return network;
  }

  [[noreturn]] static void refuse(LonLat asked, std::string why, std::string legal = {}) {
    throw InputError(
        Fault{.message = std::move(why), .key = "--at", .value = place_text(asked), .legal = std::move(legal)});
  }

  [[nodiscard]] std::string extent() const {
    const Grid& grid = network_.grid;
    LonLatBox box;
    for (const Point corner : {Point{grid.west_m, grid.north_m}, Point{grid.east_m(), grid.north_m},
                               Point{grid.west_m, grid.south_m()}, Point{grid.east_m(), grid.south_m()}}) {
      box.include(crs_.to_lonlat(corner));
    }
    return fmt::format("lon {:.4f} .. {:.4f}, lat {:.4f} .. {:.4f}", box.west_deg, box.east_deg, box.south_deg,
                       box.north_deg);
  }

  [[nodiscard]] const Site& site(const SectorRef& ref) const {
    return input_.network.sites[static_cast<std::size_t>(ref.site)];
  }

  [[nodiscard]] double distance_from(const SectorRef& ref, int ix, int iy) const {
    return distance_m(site(ref).at, network_.grid.centre(ix, iy));
  }

  [[nodiscard]] std::string why_unserved(int ix, int iy) const {
    if (std::isnan(input_.world.ground.ground_asl_m.at(ix, iy)))
      return "there is no terrain: the cell is a void of the elevation data";
    if (network_.sectors.empty()) return "no sector reaches this cell: the plan has none";
    const auto nearer = [&](const SectorRef& a, const SectorRef& b) {
      return distance_from(a, ix, iy) < distance_from(b, ix, iy);
    };
    const SectorRef& nearest = *std::min_element(network_.sectors.begin(), network_.sectors.end(), nearer);
    const double distance = distance_from(nearest, ix, iy);
    if (distance > input_.engine.coverage.radius_m) {
      return fmt::format(
          "no sector reaches this cell: the nearest site, {}, is {:.2f} km away, beyond "
          "coverage.radius_m ({:g} km)",
          site(nearest).id, distance / 1000.0, input_.engine.coverage.radius_m / 1000.0);
    }
    return fmt::format(
        "no sector reaches this cell: the path from the nearest site, {} ({:.2f} km), crosses missing "
        "terrain",
        site(nearest).id, distance / 1000.0);
  }

  [[nodiscard]] static std::optional<double> off_boresight_deg(const Sector& sector, double azimuth_deg) {
    if (std::holds_alternative<IsotropicAntenna>(sector.antenna)) return std::nullopt;
    return std::abs(std::remainder(azimuth_deg - sector.mounting.azimuth_deg, 360.0));
  }

  [[nodiscard]] ExplainedServer server(const ExplainedCell& cell, int sector, float map_dbm) const {
    const SectorRef& ref = network_.sectors.at(static_cast<std::size_t>(sector));
    const Sector& what = site(ref).sectors[static_cast<std::size_t>(ref.sector)];
    auto budget = radio_.path(sector, cell.ix, cell.iy);
    if (!budget) {
      refuse(cell.asked, fmt::format("the result has the cell served by {}/{}, which has no path to it now",
                                     site(ref).id, what.id));
    }
    ExplainedServer out{.site_id = site(ref).id,
                        .site_name = site(ref).name,
                        .sector_id = what.id,
                        .tx_agl_m = what.tx_agl_m,
                        .off_boresight_deg = off_boresight_deg(what, budget->azimuth_deg),
                        .most_gain_dbi = max_gain_dbi(what.antenna),
                        .cell = std::move(*budget),
                        .map_dbm = static_cast<double>(map_dbm),
                        .receiver_at = cell.centre};
    if (const auto& point = out.cell.obstacle.deciding) {
      const Point to = network_.grid.centre(cell.ix, cell.iy);
      const double share = point->distance_m / out.cell.path.profile.distance_m.back();
      out.obstacle_at = crs_.to_lonlat({site(ref).at.x_m + share * (to.x_m - site(ref).at.x_m),
                                        site(ref).at.y_m + share * (to.y_m - site(ref).at.y_m)});
    }
    return out;
  }

  /// From the cell's own budget and the interference of the result, as the maps were made.
  [[nodiscard]] ExplainedService service(const ExplainedCell& cell, const StoredCell& stored) const {
    const SectorRef& ref = network_.sectors.at(static_cast<std::size_t>(stored.best_server));
    const Sector& sector = site(ref).sectors[static_cast<std::size_t>(ref.sector)];
    if (!sector.carrier)
      refuse(cell.asked, "the result has rates, but the sector's radio technology is not known now");
    const ServiceTargets& targets = input_.service;
    ExplainedService out{
        .technology = sector.technology,
        .link_curve = sector.carrier->downlink_curve,
        .location_margin_db = location_margin_db(0.01 * targets.location_percent, targets.shadowing_sigma_db),
        .noise_rise_db = std::isnan(stored.service->noise_rise_db) ? targets.uplink_noise_rise_db
                                                                   : stored.service->noise_rise_db,
        .map = *stored.service};
    const auto uplink = std::make_shared<const UplinkRates>(*sector.carrier, out.noise_rise_db);
    const double interference_dbm = std::isnan(stored.interference_dbm)
                                        ? -std::numeric_limits<double>::infinity()
                                        : static_cast<double>(stored.interference_dbm);
    const CellBudget& budget = cell.server.cell;
    out.cell = ServingSector(sector, input_.network.receiver, uplink)
                   .serve(budget.budget.rsrp().value - out.location_margin_db, interference_dbm,
                          std::max(0.0, budget.traffic_gain_dbi - budget.budget.tx_gain.value));
    out.uplink = uplink->at(out.cell.coupling_loss_db);
    return out;
  }

  /// Sectors that might be stronger and could not be computed; a transmitter stands for its sectors.
  [[nodiscard]] std::vector<DataGap> gaps(const ExplainedCell& cell) const {
    std::vector<DataGap> out;
    int last = -1;
    for (std::size_t s = 0; s < network_.sectors.size(); ++s) {
      const SectorRef& ref = network_.sectors[s];
      if (ref.transmitter == last || distance_from(ref, cell.ix, cell.iy) > input_.engine.coverage.radius_m)
        continue;
      last = ref.transmitter;
      if (radio_.path(static_cast<int>(s), cell.ix, cell.iy)) continue;
      out.push_back({.kind = DataGap::Kind::path_over_void,
                     .site_id = site(ref).id,
                     .distance_m = distance_from(ref, cell.ix, cell.iy)});
    }
    if (input_.world.terrain_void_cells > 0) {
      out.push_back({.kind = DataGap::Kind::cells_without_height, .cells = input_.world.terrain_void_cells});
    }
    return out;
  }

  const PlanInput& input_;
  std::function<StoredCell(int ix, int iy)> stored_cell_;
  Crs crs_;
  Coverage network_;
  Radio radio_;
};

}  // namespace

bool ExplainedServer::agrees() const noexcept {
  return std::abs(cell.budget.rsrp().value - map_dbm) <= kAgrees_db;
}

bool ExplainedService::agrees() const noexcept {
  constexpr double kRate_mbps = 1e-6;
  const auto same_rate = [&](double here_mbps, double map_mbps) {
    return std::abs((map.served ? here_mbps : 0.0) - map_mbps) <= 1e-3 * map_mbps;
  };
  return std::abs(cell.sinr_db - static_cast<double>(map.sinr_db)) <= kAgrees_db &&
         same_rate(kRate_mbps * cell.dl_bps, static_cast<double>(map.dl_alone_mbps)) &&
         same_rate(kRate_mbps * cell.ul_bps, static_cast<double>(map.ul_alone_mbps));
}

std::string ExplainedServer::name() const {
  const std::string id = site_id + "/" + sector_id;
  return site_name.empty() || site_name == site_id ? id : id + " " + site_name;
}

namespace {

/// A result with its scenario, read again and unchanged.
struct ReadAgain {
  ResultReader result;
  Scenario scenario;
};

ReadAgain read_again(const ExplainRequest& request) {
  verify_file(request.result);
  ResultReader result(request.result);
  const StoredPlan& stored = result.plan();
  Scenario again =
      load(scenario_of(request, stored), {.settings = std::vector<std::pair<std::string, std::string>>(
                                              stored.settings.begin(), stored.settings.end())});
  check_unchanged(stored, again);
  return {std::move(result), std::move(again)};
}

fs::path result_file(const fs::path& result) {
  std::error_code error;
  return fs::is_directory(result, error) ? result / "result.h5" : result;
}

Explanation about(const PlanInput& input) {
  return {.synthetic = input.provenance.synthetic,
          .model = input.engine.model,
          .added_losses = input.engine.coverage.added_losses,
          .engine = input.engine.coverage.engine};
}

StoredService service_at(const PlanResult& result, std::size_t i) {
  const ServiceMaps& maps = *result.service;
  StoredService out{.sinr_db = maps.sinr_db.values[i],
                    .dl_mbps = maps.dl_mbps.values[i],
                    .ul_mbps = maps.ul_mbps.values[i],
                    .served = maps.state.values[i] == ServiceState::served};
  out.dl_alone_mbps = maps.loaded() ? maps.dl_alone_mbps.values[i] : out.dl_mbps;
  out.ul_alone_mbps = maps.loaded() ? maps.ul_alone_mbps.values[i] : out.ul_mbps;
  const std::int32_t server = result.maps.best_server.values[i];
  if (result.load && server >= 0)
    out.noise_rise_db = noise_rises_db(*result.load)[static_cast<std::size_t>(server)];
  return out;
}

StoredCell cell_at(const Planned& planned, int ix, int iy) {
  const ServerMaps& maps = planned.result.maps;
  const std::size_t i = planned.result.grid.index(ix, iy);
  StoredCell out{.rsrp_dbm = maps.rsrp_dbm.values[i],
                 .best_server = maps.best_server.values[i],
                 .second_dbm = maps.second_dbm.values[i],
                 .second_server = maps.second_server.values[i],
                 .ground_asl_m = planned.input.world.ground.ground_asl_m.values[i],
                 .interference_dbm = maps.interference_dbm.values[i]};
  if (planned.result.service) out.service = service_at(planned.result, i);
  return out;
}

}  // namespace

Scenario scenario_of_result(const fs::path& result) {
  return read_again({.result = result_file(result)}).scenario;
}

Explanation explain(const ExplainRequest& asked) {
  ExplainRequest request = asked;
  request.result = result_file(request.result);
  const ReadAgain read = read_again(request);
  const Explainer explainer(read.scenario.input, [&](int ix, int iy) { return read.result.cell(ix, iy); });
  const StoredPlan& stored = read.result.plan();
  if (explainer.sectors() != stored.sectors) {
    throw InputError(
        Fault{.message = "has another number of sectors than the scenario gives now: plan the scenario again",
              .file = request.result.string()});
  }
  Explanation out = about(read.scenario.input);
  out.result_file = request.result.string();
  out.scenario_file = read.scenario.file.string();
  out.title = stored.title;
  out.plan_warnings = stored.warnings;
  out.cells = explainer.explain(request.at);
  return out;
}

Explanation explain(const Planned& planned, const std::vector<LonLat>& at) {
  const Explainer explainer(planned.input, [&](int ix, int iy) { return cell_at(planned, ix, iy); });
  Explanation out = about(planned.input);
  out.scenario_file = planned.file.string();
  out.title = planned.input.provenance.scenario_name;
  out.plan_warnings = planned.result.warnings;
  out.cells = explainer.explain(at);
  return out;
}

}  // namespace amaneku::scenarios
