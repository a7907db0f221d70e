// What is kept of a transmitter's loss when it is forgotten: diagnostics are made of it.
#pragma once

namespace amaneku {

/// How like a disc around the transmitter its coverage is.
struct DiscFit {
  double radius_m = 0.0;   ///< of the disc that differs least from the covered cells
  double misfit = 1.0;     ///< covered cells outside it and uncovered ones inside, per covered cell
  bool edge_seen = false;  ///< a quarter or more of the ground just beyond the disc was computed
  /// One per cent of misfit; real relief gives tens of per cent. Without a computed edge nothing is claimed:
  /// a disc cut out by the radius limit is another matter (range_cut_by_radius).
  [[nodiscard]] bool is_circle() const noexcept { return edge_seen && misfit <= 0.01; }
};

/// What one transmitter's loss tells, found while it is held.
struct LossSurvey {
  long long negative_loss_cells = 0;
  long long rim_cells = 0;        ///< computed, within one cell of the radius limit
  long long rim_cells_above = 0;  ///< of them, above the threshold in some sector
  DiscFit disc{};
};

}  // namespace amaneku
