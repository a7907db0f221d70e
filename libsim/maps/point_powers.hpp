// Received power of every sector at chosen points: what the load of the cells is solved from. Losses come one
// transmitter at a time and are not kept.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "libsim/engine/transmitter_sectors.hpp"
#include "libsim/maps/server_maps.hpp"

namespace amaneku {

/// A sector as a point receives it.
struct PointPower {
  int sector;                    ///< index into Coverage::sectors
  float power_dbm;               ///< per subcarrier; the very number of ServerMaps
  float traffic_gain_db = 0.0F;  ///< of the traffic beam over the SSB beam
  bool line_of_sight = false;    ///< over ground and clutter; of Radio::at() only
};

class PointPowers {
 public:
  /// For the load of cells weaker ones are left out: a hundred of them stay 25 dB below the noise of a subcarrier
  /// of 15 kHz.
  static constexpr double kWeakest_dbm = -172.0;
  /// Nothing is too weak.
  static constexpr double kNoFloor_dbm = -std::numeric_limits<double>::infinity();

  /// `coverage`, `sites` and `ground_asl_m` live longer than this object; points lie inside the plan, in order of
  /// row. Powers below `weakest_dbm` are left out.
  PointPowers(const Coverage& coverage, const std::vector<Site>& sites, const Raster<float>& ground_asl_m,
              const Receiver& receiver, const std::vector<Point>& points, double weakest_dbm);

  /// From several threads at once, each with its own transmitter.
  void take(std::size_t transmitter, const TransmitterLoss& loss);

  /// [point] ascending by sector. Once, at the end.
  [[nodiscard]] std::vector<std::vector<PointPower>> by_point() const;

 private:
  struct Entry {
    std::size_t point;
    PointPower power;
  };
  struct Cell {
    int ix;
    int iy;
  };

  const Coverage& coverage_;
  const std::vector<Site>& sites_;
  const Raster<float>& ground_asl_m_;
  Receiver receiver_;
  double weakest_dbm_;
  TransmitterSectors sectors_;
  std::vector<Cell> cells_{};                  ///< [point]
  std::vector<std::size_t> row_first_{};       ///< [row] its first point, and the end
  std::vector<std::vector<Entry>> entries_{};  ///< [transmitter]
};

}  // namespace amaneku
