// The fast engine: a cone of radials marched outwards ring by ring, all its cells of a ring evaluated at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libsim/engine/transmitter_loss.hpp"
#include "propagation/radial_bundle.hpp"
#include "terrain/raster/ring_rows.hpp"

namespace amaneku {

/// How finely a cone is cut. The number of its radials doubles as it widens, so that neighbours are never farther
/// apart than `arc_cells` where they are sampled.
struct ConeCut {
  static constexpr int kMostDoublings = 6;
  int cones;      ///< of a side
  int doublings;  ///< a cone ends with 2^doublings radials

  /// For rings up to u = `steps`.
  [[nodiscard]] static ConeCut of(int steps, double arc_cells) noexcept;
};

/// A cell of a side of the fan: which ring, and which cell of it.
struct RingCell {
  int ring;
  int across;
};

/// Buffers of one thread, kept between cones.
class ConeMarch {
 public:
  ConeMarch();
  ~ConeMarch();
  ConeMarch(const ConeMarch&) = delete;
  ConeMarch& operator=(const ConeMarch&) = delete;

  [[nodiscard]] LossCounts run(const LossJob& job, const RadioModel& model, const LossTask& task);
  /// Marches for one cell alone and keeps its path. job.out has just that cell.
  [[nodiscard]] CellPath trace(const LossJob& job, const RadioModel& model, const LossTask& task,
                               const RingCell& cell);

 private:
  struct Buffers;
  std::unique_ptr<Buffers> buffers_;
};

}  // namespace amaneku
