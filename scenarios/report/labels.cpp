#include "scenarios/report/labels.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/report/picture.hpp"

namespace amaneku::scenarios {
namespace {

constexpr int kCoarseColumns = 160;

/// Distance of each cell to the nearest cell of another owner or beyond the edge, by the 1 / sqrt 2 chamfer.
class Chamfer {
 public:
  explicit Chamfer(const Raster<std::int16_t>& owner) : owner_(owner), steps_(owner.grid, 0.0F) {
    const Grid& grid = owner.grid;
    for (int iy = 0; iy < grid.ny; ++iy) {
      for (int ix = 0; ix < grid.nx; ++ix) relax(ix, iy, -1);
    }
    for (int iy = grid.ny - 1; iy >= 0; --iy) {
      for (int ix = grid.nx - 1; ix >= 0; --ix) relax(ix, iy, 1, steps_.at(ix, iy));
    }
  }
  [[nodiscard]] const Raster<float>& steps() const noexcept { return steps_; }

 private:
  void relax(int ix, int iy, int side, float best = 1e9F) {
    constexpr float kDiagonal = 1.41421356F;
    for (const int dx : {-1, 0, 1}) best = std::min(best, from(ix, iy, dx, side) + (dx == 0 ? 1.0F : kDiagonal));
    best = std::min(best, from(ix, iy, side, 0) + 1.0F);
    steps_.at(ix, iy) = best;
  }
  [[nodiscard]] float from(int ix, int iy, int dx, int dy) const {
    const int x = ix + dx;
    const int y = iy + dy;
    return owner_.grid.holds(x, y) && owner_.at(x, y) == owner_.at(ix, iy) ? steps_.at(x, y) : 0.0F;
  }

  const Raster<std::int16_t>& owner_;
  Raster<float> steps_;
};

}  // namespace

std::vector<LabelRoom> label_rooms(const Boundaries& boundaries, const Grid& plan) {
  std::vector<LabelRoom> rooms(boundaries.municipalities.size());
  if (rooms.empty()) return rooms;
  const Raster<std::int16_t> owner = rasterize_municipalities(boundaries, picture_grid(plan, kCoarseColumns));
  const Chamfer chamfer(owner);
  const Grid& grid = owner.grid;
  for (int iy = 0; iy < grid.ny; ++iy) {
    for (int ix = 0; ix < grid.nx; ++ix) {
      if (owner.at(ix, iy) < 0) continue;
      LabelRoom& room = rooms[static_cast<std::size_t>(owner.at(ix, iy))];
      const double clearance_m = static_cast<double>(chamfer.steps().at(ix, iy)) * grid.cell_m;
      if (clearance_m > room.clearance_m) room = {grid.centre(ix, iy), clearance_m};
    }
  }
  return rooms;
}

double text_width(std::string_view utf8) noexcept {
  double width = 0.0;
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) width += 0.56;
    if (byte >= 0xC0) width += byte >= 0xE3 ? 1.0 : 0.6;  // from U+3000 on, glyphs fill the square
  }
  return width;
}

bool LabelSpace::take(ViewPoint centre, double width, double height) {
  const Box box{centre.x - 0.5 * width, centre.y - 0.5 * height, centre.x + 0.5 * width, centre.y + 0.5 * height};
  if (!view_.holds({box.left, box.top}) || !view_.holds({box.right, box.bottom})) return false;
  const bool meets = std::any_of(taken_.begin(), taken_.end(), [&](const Box& other) {
    return box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
  });
  if (!meets) taken_.push_back(box);
  return !meets;
}

}  // namespace amaneku::scenarios
