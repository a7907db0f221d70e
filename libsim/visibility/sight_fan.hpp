// Sight lines from a cell in all directions, and the cells that each of them decides.
//
// Four sides, each cut into wedges of equal tangent, as in radial_fan.hpp; here the observer stands on the centre
// of a cell, so all of it is exact in whole numbers: every cell within the radius belongs to one wedge.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace amaneku {

/// Where a line meets a ring, and the targets of its wedge there. Ring m lies m cells away along the side.
struct SightRing {
  float fraction;  ///< of the way from cell `across` to the next one
  float per_ring;  ///< 1 / m
  float drop;      ///< slope that the Earth's curvature takes away, metres a ring
  float lift;      ///< slope that the height of the target adds, metres a ring
  std::int32_t across;
  std::int32_t first;  ///< targets are the cells first, first + 1 ... across
  std::int32_t cells;  ///< 0: none, the line only passes
};

struct SightFanShape {
  double cell_m;
  double radius_m;
  double target_agl_m;
  double effective_earth_radius_m;
  double arc_cells;
};

class SightFan {
 public:
  explicit SightFan(const SightFanShape& shape);

  [[nodiscard]] int wedges() const noexcept { return wedges_; }  ///< of a side
  [[nodiscard]] int rings() const noexcept { return static_cast<int>(half_width_.size()) - 1; }
  /// Cells within the radius, but for the observer's own.
  [[nodiscard]] std::int64_t targets() const noexcept { return targets_; }

  /// The rings of a wedge up to the last one with targets, from m = 1. `mirrored`: across counts the other way.
  void trace(int wedge, bool mirrored, std::vector<SightRing>& out) const;

 private:
  SightFanShape shape_;
  int wedges_ = 0;
  std::int64_t targets_ = 0;
  std::vector<std::int32_t> half_width_{};  ///< [ring] most cells across within the radius
};

}  // namespace amaneku
