// Which municipality every piece of land belongs to: whole catchments go to the seat that is easiest to reach.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "scenarios/demo/route.hpp"
#include "scenarios/demo/settlements.hpp"

namespace amaneku::scenarios::demo {

namespace {

constexpr float kBrook_m2 = 1.8e6F;  ///< where a side catchment joins a stream of its own right

/// The cell at whose exit each cell's catchment ends: a border never cuts a catchment.
std::vector<std::int32_t> catchment_exits(const Flow& flow) {
  std::vector<std::int32_t> exits(flow.receiver.size(), -1);
  for (const std::int32_t cell : flow.order) {
    const auto index = static_cast<std::size_t>(cell);
    const auto down = static_cast<std::size_t>(flow.receiver[index]);
    const bool joins = flow.drained_m2[index] < kBrook_m2 && flow.drained_m2[down] >= kBrook_m2;
    const bool stem = flow.drained_m2[index] >= kBrook_m2;
    exits[index] = down == index || stem || joins ? cell : exits[down];
  }
  return exits;
}

/// The most frequent label of each cell's 3 x 3 (land) neighbours: no borders of single cells.
std::vector<std::int32_t> majority(const std::vector<std::int32_t>& labels, const Grid& grid) {
  std::vector<std::int32_t> next = labels;
  for (int iy = 1; iy + 1 < grid.ny; ++iy) {
    for (int ix = 1; ix + 1 < grid.nx; ++ix) {
      if (labels[grid.index(ix, iy)] < 0) continue;
      std::array<int, kSeats> votes{};
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          const std::int32_t label = labels[grid.index(ix + dx, iy + dy)];
          if (label >= 0) ++votes[static_cast<std::size_t>(label)];
        }
      }
      const auto most = std::max_element(votes.begin(), votes.end());
      if (*most >= 5) next[grid.index(ix, iy)] = static_cast<std::int32_t>(most - votes.begin());
    }
  }
  return next;
}

/// Gives every patch that is cut off from its seat to the neighbour with the longest common border.
std::vector<std::int32_t> without_exclaves(std::vector<std::int32_t> labels, const Grid& grid) {
  const std::vector<std::vector<std::size_t>> patches = connected_patches(labels, grid);
  std::array<std::size_t, kSeats> largest{};
  for (const auto& cells : patches) {
    std::size_t& size = largest[static_cast<std::size_t>(labels[cells.front()])];
    size = std::max(size, cells.size());
  }
  for (const auto& cells : patches) {
    if (cells.size() == largest[static_cast<std::size_t>(labels[cells.front()])]) continue;
    std::map<std::int32_t, int> border;
    for (const std::size_t cell : cells) {
      for_side_neighbours(grid, cell, [&](std::size_t next) {
        if (labels[next] >= 0 && labels[next] != labels[cell]) ++border[labels[next]];
      });
    }
    if (border.empty()) continue;  // an islet
    const auto longest = std::max_element(border.begin(), border.end(),
                                          [](const auto& a, const auto& b) { return a.second < b.second; });
    for (const std::size_t cell : cells) labels[cell] = longest->first;
  }
  return labels;
}

}  // namespace

std::vector<std::int32_t> divide_municipalities(const std::vector<Settlement>& settlements, const Relief& relief,
                                                const Survey& survey) {
  const Grid& grid = relief.survey_m.grid;
  std::vector<std::size_t> seats;
  for (std::size_t seat = 0; seat < kSeats; ++seat) {
    seats.push_back(grid.index(grid.column_of(settlements[seat].at.x_m), grid.row_of(settlements[seat].at.y_m)));
  }
  const std::vector<std::int32_t> nearest = easiest_source(Router(relief), seats);
  const std::vector<std::int32_t> exits = catchment_exits(relief.flow);
  std::vector<std::int32_t> labels(grid.cells(), -1);
  for (std::size_t cell = 0; cell < grid.cells(); ++cell) {
    if (relief.sea[cell] != 0) continue;
    auto exit = static_cast<std::size_t>(exits[cell]);
    if (relief.sea[exit] != 0 || survey.land[exit] != survey.land[cell]) exit = cell;
    labels[cell] = nearest[exit];
    if (labels[cell] >= 0) continue;
    // Islets out of reach go with the nearest seat as the crow flies.
    const Point p = grid.centre(static_cast<int>(cell) % grid.nx, static_cast<int>(cell) / grid.nx);
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t seat = 0; seat < kSeats; ++seat) {
      if (distance_m(p, settlements[seat].at) >= least) continue;
      least = distance_m(p, settlements[seat].at);
      labels[cell] = static_cast<std::int32_t>(seat);
    }
  }
  for (int pass = 0; pass < 2; ++pass) labels = without_exclaves(majority(labels, grid), grid);
  return labels;
}

}  // namespace amaneku::scenarios::demo
