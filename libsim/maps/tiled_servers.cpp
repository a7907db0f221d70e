#include "libsim/maps/tiled_servers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "libsim/index.hpp"
#include "libsim/maps/link_budget.hpp"
#include "libsim/maps/server_row.hpp"
#include "libsim/maps/site_order.hpp"
#include "libsim/parallel.hpp"
#include "propagation/sector_pattern.hpp"

namespace amaneku {
namespace {

constexpr float kNoPower = -std::numeric_limits<float>::infinity();
constexpr int kStripRows = 32;  // of a tile: what one thread works on, small enough for its cache

CellWindow intersection(const CellWindow& a, const CellWindow& b) {
  const int ix0 = std::max(a.ix0, b.ix0);
  const int iy0 = std::max(a.iy0, b.iy0);
  return {ix0, iy0, std::max(0, std::min(a.ix0 + a.nx, b.ix0 + b.nx) - ix0),
          std::max(0, std::min(a.iy0 + a.ny, b.iy0 + b.ny) - iy0)};
}

/// A sector, ready for rows of cells.
struct PreparedSector {
  int index;
  int channel;
  double before_gain_dbm;
  double load;
  bool serves;
  SectorPattern pattern;
};

/// Sums of the sectors of one channel; no values: no sector has come that falls into it.
struct ChannelSums {
  std::vector<double> strongest_mw{};
  std::vector<double> strongest_interfering_mw{};
  std::vector<double> others_mw{};
  std::array<std::vector<float>, kRanked> ranked_dbm{};
};

}  // namespace

struct TileSums {
  TileSums(const CellWindow& where, std::size_t channel_count)
      : window(where),
        pitch(index_of(where.nx) + kRowPadding),
        cells(pitch * index_of(where.ny)),
        best_dbm(cells, kNoPower),
        second_dbm(cells, kNoPower),
        best_server(cells, -1),
        second_server(cells, -1),
        channels(channel_count) {}

  void open(std::size_t channel) {
    ChannelSums& sums = channels[channel];
    if (!sums.others_mw.empty()) return;
    for (auto* values : {&sums.strongest_mw, &sums.strongest_interfering_mw, &sums.others_mw}) {
      values->resize(cells);
    }
    for (std::vector<float>& ranked : sums.ranked_dbm) ranked.assign(cells, kNoPower);
  }

  CellWindow window;
  std::size_t pitch;  ///< from row to row: a register at the end of a row stays out of the next
  std::size_t cells;
  std::vector<float> best_dbm;
  std::vector<float> second_dbm;
  std::vector<std::int32_t> best_server;
  std::vector<std::int32_t> second_server;
  std::vector<ChannelSums> channels;  ///< [channel]
};

namespace {

/// A loss as the tiles see it.
struct Arrival {
  const TransmitterLoss* loss;
  CellWindow window;
  Point site;
  double tx_asl_m;
  std::vector<PreparedSector> sectors;
  bool isotropic = true;  ///< all sectors
};

/// The ground and the receivers on it, in the frame of the plan, and the channels in use.
struct Floor {
  const Grid& plan;
  const Raster<float>& ground_asl_m;
  CellWindow window;  ///< of the raster
  double rx_agl_m;
  const ChannelPlan& channels;
  double effective_earth_radius_m;
};

/// Buffers for one row of a strip.
class RowBuffers {
 public:
  explicit RowBuffers(std::size_t nx) : loss_db(nx + kRowPadding), gain_dbi(nx + kRowPadding), up_m(nx) {}
  std::vector<float> loss_db;
  std::vector<double> gain_dbi;
  std::vector<double> up_m;
};

/// The cells of a row that were computed: [first, end) of the window's row.
struct Run {
  int first;
  int end;
};

Run computed(std::span<const float> loss_db) {
  int first = 0;
  int end = static_cast<int>(loss_db.size());
  while (first < end && std::isnan(loss_db[index_of(first)])) ++first;
  while (first < end && std::isnan(loss_db[index_of(end - 1)])) --end;
  return {first, end};
}

void add_interference(const SectorRow& row, int own, const ChannelPlan& channels, TileSums& sums, std::size_t at,
                      std::size_t n) {
  for (const Leak& leak : channels.leaks[index_of(own)]) {
    add_interferer(&sums.channels[index_of(leak.victim)].others_mw[at], row, leak.share, n);
  }
}

void add_row(const Arrival& from, const Floor& floor, const CellWindow& cells, TileSums& sums,
             RowBuffers& buffers) {
  const Raster<float>& loss = from.loss->loss_db;
  const auto row =
      loss.row(cells.iy0 - from.window.iy0).subspan(index_of(cells.ix0 - from.window.ix0), index_of(cells.nx));
  const Run run = computed(row);
  if (run.first == run.end) return;
  const std::size_t n = index_of(run.end - run.first);
  const int ix0 = cells.ix0 + run.first;
  std::copy_n(row.begin() + run.first, n, buffers.loss_db.begin());
  std::fill_n(buffers.loss_db.begin() + static_cast<long>(n), kRowPadding, kNoData);

  const Point first = floor.plan.centre(ix0, cells.iy0);
  if (!from.isotropic) {
    const float* ground = &floor.ground_asl_m.at(ix0 - floor.window.ix0, cells.iy0 - floor.window.iy0);
    const double higher_m = floor.rx_agl_m - from.tx_asl_m;
    const double north_m = first.y_m - from.site.y_m;
    for (std::size_t i = 0; i < n; ++i) {
      const double east_m = first.x_m - from.site.x_m + static_cast<double>(i) * floor.plan.cell_m;
      buffers.up_m[i] = seen_above_m(static_cast<double>(ground[i]) + higher_m,
                                     east_m * east_m + north_m * north_m, floor.effective_earth_radius_m);
    }
  }
  const std::size_t at = index_of(cells.iy0 - sums.window.iy0) * sums.pitch + index_of(ix0 - sums.window.ix0);
  for (const PreparedSector& sector : from.sectors) {
    if (sector.pattern.is_isotropic()) {
      std::fill_n(buffers.gain_dbi.begin(), n, sector.pattern.gain_dbi(0.0, 0.0, 0.0));
    } else {
      sector.pattern.gains_dbi({first.x_m - from.site.x_m, floor.plan.cell_m, first.y_m - from.site.y_m},
                               std::span(buffers.up_m).first(n), std::span(buffers.gain_dbi).first(n));
    }
    const SectorRow powers{sector.index, sector.before_gain_dbm, buffers.gain_dbi.data(), buffers.loss_db.data(),
                           sector.load};
    ChannelSums& own = sums.channels[index_of(sector.channel)];
    if (sector.serves) {
      add_sector(
          {&sums.best_dbm[at],
           &sums.best_server[at],
           &sums.second_dbm[at],
           &sums.second_server[at],
           {&own.strongest_mw[at],
            &own.strongest_interfering_mw[at],
            &own.others_mw[at],
            {&own.ranked_dbm[0][at], &own.ranked_dbm[1][at], &own.ranked_dbm[2][at], &own.ranked_dbm[3][at]}}},
          powers, n);
    } else {
      add_interferer(&own.others_mw[at], powers, 1.0, n);
    }
    add_interference(powers, sector.channel, floor.channels, sums, at, n);
  }
}

/// Who adds to the maps, and how.
struct Cast {
  const Coverage& coverage;
  const Receiver& receiver;
  const ServerRules& rules;
  const ChannelPlan& channels;
};

Arrival arrival(const HeldLoss& held, const Site& site, std::span<const int> sectors, const Cast& cast) {
  const TransmitterLoss& loss = *held.loss;
  Arrival out{&loss, window_of(loss), site.at, loss.tx_ground_asl_m + loss.tx_agl_m, {}};
  for (const int s : sectors) {
    const Sector& sector = site.sectors[index_of(cast.coverage.sectors[index_of(s)].sector)];
    const Dbm before_gain = link_budget(sector, cast.receiver, {0.0}, {0.0}).rsrp();
    out.sectors.push_back({s, cast.channels.of_sector[index_of(s)], before_gain.value,
                           cast.rules.load.empty() ? sector.load : cast.rules.load[index_of(s)],
                           cast.rules.serves.empty() || cast.rules.serves[index_of(s)] != 0,
                           pattern_on_grid(site, sector)});
    out.isotropic = out.isotropic && out.sectors.back().pattern.is_isotropic();
  }
  return out;
}

void open_channels(const Arrival& from, const ChannelPlan& channels, TileSums& sums) {
  for (const PreparedSector& sector : from.sectors) {
    sums.open(index_of(sector.channel));
    for (const Leak& leak : channels.leaks[index_of(sector.channel)]) sums.open(index_of(leak.victim));
  }
}

/// Some rows of a tile and the losses that reach the tile: one thread's piece of work.
struct Strip {
  TileSums& sums;
  const std::vector<std::size_t>& arrivals;
  CellWindow window;
};

void add_strip(const Strip& strip, const std::vector<Arrival>& arrivals, const Floor& floor) {
  RowBuffers buffers(index_of(strip.window.nx));
  for (const std::size_t a : strip.arrivals) {
    CellWindow cells = intersection(strip.window, arrivals[a].window);
    const int end = cells.iy0 + cells.ny;
    for (cells.ny = 1; cells.iy0 < end; ++cells.iy0) add_row(arrivals[a], floor, cells, strip.sums, buffers);
  }
}

std::uint8_t contenders(const ChannelSums& channel, std::size_t cell) {
  std::uint8_t count = 0;
  for (const std::vector<float>& ranked_dbm : channel.ranked_dbm) {
    if (ranked_dbm[cell] >= channel.ranked_dbm[0][cell] - kContenders_db) ++count;
  }
  return count;
}

ServerTile finished(const TileSums& sums, const Coverage& coverage, const ChannelPlan& channels) {
  const CellWindow& window = sums.window;
  ServerTile tile{window.ix0, window.iy0, empty_maps(window_grid(coverage.grid, window))};
  for (int iy = 0; iy < window.ny; ++iy) {
    for (int ix = 0; ix < window.nx; ++ix) {
      const std::size_t from = index_of(iy) * sums.pitch + index_of(ix);
      const std::size_t to = tile.maps.rsrp_dbm.grid.index(ix, iy);
      if (sums.best_server[from] < 0) continue;
      tile.maps.rsrp_dbm.values[to] = sums.best_dbm[from];
      tile.maps.best_server.values[to] = sums.best_server[from];
      if (sums.second_server[from] >= 0) {
        tile.maps.second_dbm.values[to] = sums.second_dbm[from];
        tile.maps.second_server.values[to] = sums.second_server[from];
      }
      const int channel = channels.of_sector[index_of(sums.best_server[from])];
      tile.maps.contenders.values[to] = contenders(sums.channels[index_of(channel)], from);
      const double others_mw = sums.channels[index_of(channel)].others_mw[from];
      if (others_mw > 0.0)
        tile.maps.interference_dbm.values[to] = static_cast<float>(10.0 * std::log10(others_mw));
    }
  }
  return tile;
}

bool overlap(const CellWindow& a, const CellWindow& b) {
  const CellWindow both = intersection(a, b);
  return both.nx > 0 && both.ny > 0;
}

/// What one thread works on at a time.
std::vector<CellWindow> strips_of(const Grid& grid) {
  constexpr int kStripColumns = 256;
  const CellWindow all{0, 0, grid.nx, grid.ny};
  std::vector<CellWindow> out;
  for (int iy = 0; iy < grid.ny; iy += kStripRows) {
    for (int ix = 0; ix < grid.nx; ix += kStripColumns)
      out.push_back(intersection({ix, iy, kStripColumns, kStripRows}, all));
  }
  return out;
}

void take_strip(const EarlierServers& earlier, const CellWindow& strip, ServerMaps& maps) {
  const auto copy = [&](const auto& from, auto& to, const auto& value) {
    for (int iy = strip.iy0; iy < strip.iy0 + strip.ny; ++iy) {
      const auto row = from.row(iy).subspan(index_of(strip.ix0), index_of(strip.nx));
      std::transform(row.begin(), row.end(), &to.at(strip.ix0, iy), value);
    }
  };
  const auto same = [](auto value) { return value; };
  const auto renumbered = [&](std::int32_t sector) {
    return sector < 0 ? sector : static_cast<std::int32_t>(earlier.sector_now[index_of(sector)]);
  };
  copy(earlier.maps.rsrp_dbm, maps.rsrp_dbm, same);
  copy(earlier.maps.best_server, maps.best_server, renumbered);
  copy(earlier.maps.second_dbm, maps.second_dbm, same);
  copy(earlier.maps.second_server, maps.second_server, renumbered);
  copy(earlier.maps.interference_dbm, maps.interference_dbm, same);
  copy(earlier.maps.contenders, maps.contenders, same);
}

}  // namespace

std::vector<HeldLoss> losses_along_curve(const Coverage& coverage, const std::vector<Site>& sites) {
  std::vector<HeldLoss> losses;
  for (const std::size_t t : transmitters_along_curve(coverage, sites))
    losses.push_back({t, &coverage.transmitters[t]});
  return losses;
}

ServerMaps servers_of(const HeldNetwork& network, std::span<const HeldLoss> losses, int threads,
                      const EarlierServers* earlier) {
  const Coverage& coverage = network.coverage;
  const Raster<float>& ground = network.ground.ground_asl_m;
  const ChannelPlan channels = channel_plan(coverage, network.sites);
  const TransmitterSectors sectors(coverage);
  const Floor floor{coverage.grid,
                    ground,
                    window_of(coverage.grid, ground.grid),
                    network.receiver.rx_agl_m,
                    channels,
                    coverage.effective_earth_radius_m};
  const Cast cast{coverage, network.receiver, network.rules, channels};
  std::vector<Arrival> arrivals;
  for (const HeldLoss& held : losses) {
    const Site& site = network.sites[index_of(held.loss->site)];
    arrivals.push_back(arrival(held, site, sectors.of(held.transmitter), cast));
  }
  ServerMaps maps = empty_maps(coverage.grid);
  const std::vector<CellWindow> strips = strips_of(coverage.grid);
  parallel_for(strips.size(), threads, [&](std::size_t i) {
    const CellWindow& strip = strips[i];
    const auto reaches_it = [&](const CellWindow& window) { return overlap(window, strip); };
    if (earlier != nullptr && std::none_of(earlier->changed.begin(), earlier->changed.end(), reaches_it))
      return take_strip(*earlier, strip, maps);
    std::vector<std::size_t> here;
    for (std::size_t a = 0; a < arrivals.size(); ++a) {
      if (reaches_it(arrivals[a].window)) here.push_back(a);
    }
    if (here.empty()) return;
    TileSums sums(strip, channels.channels.size());
    for (const std::size_t a : here) open_channels(arrivals[a], channels, sums);
    add_strip({sums, here, strip}, arrivals, floor);
    paste(finished(sums, coverage, channels), maps);
  });
  return maps;
}

CellWindow window_of(const TransmitterLoss& loss) noexcept {
  return {loss.ix0, loss.iy0, loss.loss_db.grid.nx, loss.loss_db.grid.ny};
}

CellWindow window_of(const Grid& plan, const Grid& part) noexcept {
  return {static_cast<int>(std::lround((part.west_m - plan.west_m) / plan.cell_m)),
          static_cast<int>(std::lround((plan.north_m - part.north_m) / plan.cell_m)), part.nx, part.ny};
}

TiledServers::TiledServers(const Coverage& coverage, const std::vector<Site>& sites, const Receiver& receiver,
                           ServerRules rules, int tile_cells)
    : coverage_(coverage),
      sites_(sites),
      receiver_(receiver),
      rules_(std::move(rules)),
      channels_(channel_plan(coverage, sites)),
      sectors_(coverage),
      tile_cells_(tile_cells),
      tiles_x_((coverage.grid.nx + tile_cells - 1) / tile_cells) {
  const int tiles_y = (coverage.grid.ny + tile_cells - 1) / tile_cells;
  expected_.resize(index_of(tiles_x_) * index_of(tiles_y));
  sums_.resize(expected_.size());
}

TiledServers::~TiledServers() = default;

std::vector<std::size_t> TiledServers::tiles_of(const CellWindow& window) const {
  std::vector<std::size_t> tiles;
  if (window.nx <= 0 || window.ny <= 0) return tiles;
  for (int ty = window.iy0 / tile_cells_; ty <= (window.iy0 + window.ny - 1) / tile_cells_; ++ty) {
    for (int tx = window.ix0 / tile_cells_; tx <= (window.ix0 + window.nx - 1) / tile_cells_; ++tx) {
      tiles.push_back(index_of(ty) * index_of(tiles_x_) + index_of(tx));
    }
  }
  return tiles;
}

void TiledServers::expect(const CellWindow& window) {
  for (const std::size_t tile : tiles_of(window)) ++expected_[tile];
}

void TiledServers::done(const CellWindow& window) {
  for (const std::size_t tile : tiles_of(window)) --expected_[tile];
}

TileSums& TiledServers::sums_of(std::size_t tile) {
  if (!sums_[tile]) {
    const int tx = static_cast<int>(tile % index_of(tiles_x_));
    const int ty = static_cast<int>(tile / index_of(tiles_x_));
    const CellWindow plan{0, 0, coverage_.grid.nx, coverage_.grid.ny};
    sums_[tile] = std::make_unique<TileSums>(
        intersection({tx * tile_cells_, ty * tile_cells_, tile_cells_, tile_cells_}, plan),
        channels_.channels.size());
    ++held_;
  }
  return *sums_[tile];
}

void TiledServers::take(std::span<const HeldLoss> losses, const Ground& ground, int threads) {
  const Floor floor{coverage_.grid,     ground.ground_asl_m, window_of(coverage_.grid, ground.ground_asl_m.grid),
                    receiver_.rx_agl_m, channels_,           coverage_.effective_earth_radius_m};
  const Cast cast{coverage_, receiver_, rules_, channels_};
  std::vector<Arrival> arrivals;
  std::map<std::size_t, std::vector<std::size_t>> by_tile;  // arrivals, in the order in which they came
  for (const HeldLoss& held : losses) {
    arrivals.push_back(arrival(held, sites_[index_of(held.loss->site)], sectors_.of(held.transmitter), cast));
    for (const std::size_t tile : tiles_of(arrivals.back().window)) by_tile[tile].push_back(arrivals.size() - 1);
  }
  std::vector<Strip> strips;
  for (const auto& [tile, here] : by_tile) {
    TileSums& sums = sums_of(tile);
    for (const std::size_t a : here) open_channels(arrivals[a], channels_, sums);
    for (int row = 0; row < sums.window.ny; row += kStripRows) {
      const int rows = std::min(kStripRows, sums.window.ny - row);
      strips.push_back({sums, here, {sums.window.ix0, sums.window.iy0 + row, sums.window.nx, rows}});
    }
  }
  parallel_for(strips.size(), threads, [&](std::size_t i) { add_strip(strips[i], arrivals, floor); });
}

void TiledServers::hand_over(const std::function<void(ServerTile&&)>& sink, int threads) {
  std::vector<std::size_t> tiles;
  for (std::size_t tile = 0; tile < sums_.size(); ++tile) {
    if (sums_[tile] && expected_[tile] == 0) tiles.push_back(tile);
  }
  const std::size_t at_once = index_of(thread_count(threads));
  for (std::size_t first = 0; first < tiles.size(); first += at_once) {
    std::vector<ServerTile> ready(std::min(at_once, tiles.size() - first));
    parallel_for(ready.size(), threads, [&](std::size_t i) {
      ready[i] = finished(*sums_[tiles[first + i]], coverage_, channels_);
      sums_[tiles[first + i]].reset();
    });
    held_ -= ready.size();
    for (ServerTile& tile : ready) sink(std::move(tile));
  }
}

}  // namespace amaneku
