// What a network puts on the ground: one object over world, network and engine that answers for maps, for points
// and for the path of one sector to one cell. Everything that wants power from losses asks here.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/engine/point_path.hpp"
#include "libsim/maps/cell_budget.hpp"
#include "libsim/maps/point_powers.hpp"
#include "libsim/maps/server_maps.hpp"
#include "libsim/maps/site_loop.hpp"

namespace amaneku {

/// How the network is received, where that differs from the plan.
struct Reception {
  std::optional<Receiver> receiver{};
  std::optional<RadioModel> model{};
  std::optional<double> radius_m{};  ///< sectors farther away count for nothing
};

/// A point and what it receives, each sector by a profile of its own.
struct PointReception {
  std::vector<PointPower> powers{};         ///< ascending by sector, however weak
  PathState missing = PathState::computed;  ///< where there are none: why the nearest transmitter gives none
};

/// Borrows what it is made of, which lives longer.
class Radio {
 public:
  /// `coverage`: of the engine, borrowed too, with its losses (`has_losses`) or without, in which case every map
  /// computes them again.
  Radio(const World& world, const Network& network, Engine engine, const Coverage& coverage, bool has_losses);
  /// The same without losses, where maps need not compute them: `losses` has those of every transmitter.
  [[nodiscard]] Radio with_losses_of(LossSource losses) const;

  /// The same network as received otherwise. Where losses differ, none are held until with_losses().
  [[nodiscard]] Radio as(const Reception& reception) const;
  /// With its losses computed, for several maps; as it is where they do not fit into kMostPathLossBytes.
  [[nodiscard]] Radio with_losses() const;

  /// RSRP of the strongest sectors and their interference.
  [[nodiscard]] ServerMaps map(const ServerRules& rules = {}, const Progress& progress = {}) const;
  /// Power of every sector at points: exact, one profile for each transmitter and point. For any number of threads
  /// the same.
  [[nodiscard]] std::vector<PointReception> at(std::span<const Point> points) const;
  /// The same at points in order of row, from the map's engine: faster for very many of them. A point is its cell.
  [[nodiscard]] std::vector<PointReception> at_cells(const std::vector<Point>& points) const;
  /// The path of a sector (index into Coverage::sectors) to a cell, as the maps have it; nothing without a path.
  [[nodiscard]] std::optional<CellBudget> path(int sector, int ix, int iy) const;

  [[nodiscard]] const World& world() const noexcept { return *world_; }
  [[nodiscard]] const std::vector<Site>& sites() const noexcept { return network_->sites; }
  [[nodiscard]] const Receiver& receiver() const noexcept { return receiver_; }
  [[nodiscard]] const Engine& engine() const noexcept { return engine_; }
  [[nodiscard]] const Coverage& coverage() const noexcept { return *coverage_; }
  [[nodiscard]] bool has_losses() const noexcept { return has_losses_; }
  [[nodiscard]] int threads() const noexcept { return engine_.coverage.threads; }
  [[nodiscard]] const Site& site_of(int sector) const {
    return sites()[static_cast<std::size_t>(coverage_->sectors[static_cast<std::size_t>(sector)].site)];
  }
  [[nodiscard]] const Sector& sector_of(int sector) const {
    return site_of(sector)
        .sectors[static_cast<std::size_t>(coverage_->sectors[static_cast<std::size_t>(sector)].sector)];
  }
  /// "SITE / SECTOR"; empty for -1.
  [[nodiscard]] std::string sector_name(int sector) const;

 private:
  [[nodiscard]] SiteLoopInput loop(const ServerRules& rules = {}) const;

  const World* world_;
  const Network* network_;
  Receiver receiver_;
  Engine engine_;
  std::shared_ptr<const Coverage> coverage_;
  bool has_losses_;
  LossSource stored_losses_{};  ///< none: maps without losses compute them
};

/// Losses that are kept by default: all of a network together, as numbers in memory.
inline constexpr std::size_t kMostPathLossBytes = std::size_t{1} << 30U;
/// What the losses of a network take in memory.
[[nodiscard]] std::size_t path_loss_bytes(const Coverage& coverage, const std::vector<Site>& sites,
                                          double radius_m);
/// Transmitters and sectors without losses.
[[nodiscard]] Coverage without_losses(const Coverage& coverage);

}  // namespace amaneku
