// A pattern as mounted, prepared for thousands of millions of questions: the rotation and the phases of beams are
// worked out once, and a direction is given as a vector, so that no angle has to be computed to be taken apart
// again. Differs from gain_dbi() by less than 0.001 dB.
#pragma once

#include <span>
#include <vector>

#include "propagation/antenna_array.hpp"

namespace amaneku {

/// Which beams of an array; the same for antennas that have none.
enum class Beams : unsigned char { ssb, traffic };

/// The numbers of an array: phases are those between neighbouring elements, halved.
struct MountedArray {
  /// Sine and cosine of the phase that a beam asks of a line of elements, and of it times their number.
  struct Phase {
    double sin_step;
    double cos_step;
    double sin_all;
    double cos_all;
  };
  struct Tilt {
    Phase vertical;
    std::vector<Phase> horizontal;  ///< of every azimuth
  };
  /// End of the steering range.
  struct Limit {
    double deg;
    double sine;
    double cosine;
  };
  ElementGrid ssb{};
  ElementGrid all{};
  double phase_v = 0.0;  ///< of a wave along the line
  double phase_h = 0.0;
  std::vector<Tilt> beams{};
  Limit left{};
  Limit right{};
  Limit bottom{};
  Limit top{};
};

/// The numbers of a mounted pattern.
struct MountedPattern {
  enum class Kind : unsigned char { isotropic, element, tabulated, array };
  Kind kind = Kind::isotropic;
  double gain_dbi = 0.0;
  double sin_azimuth = 0.0;
  double cos_azimuth = 1.0;
  double sin_tilt = 0.0;
  double cos_tilt = 1.0;
  double electrical_downtilt_deg = 0.0;
  double horizontal_db_per_deg2 = 0.0;  ///< element: 12 / beamwidth^2
  double vertical_db_per_deg2 = 0.0;
  double front_to_back_db = 0.0;
  std::vector<double> horizontal_db{};  ///< tabulated: 0 .. 360 degrees, the first value again at the end
  std::vector<double> vertical_db{};
  double horizontal_per_deg = 1.0;  ///< steps of a cut
  double vertical_per_deg = 1.0;
  double common_db = 0.0;
  MountedArray array{};
};

/// Cells in a row, as seen from the antenna: metres to the east of it for the first, between neighbours, and to
/// the north of it.
struct CellRow {
  double first_east_m;
  double step_m;
  double north_m;
};

/// What a row of gains is asked for: the receivers stand up_m above the antenna.
struct GainRow {
  const CellRow& cells;
  std::span<const double> up_m;
  Beams beams;
};

class SectorPattern {
 public:
  SectorPattern(const AntennaPattern& pattern, const Mounting& mounting);

  /// Gain (dBi) towards a vector of any length; north is the one from which the mounting azimuth counts.
  /// The zero vector is the boresight's azimuth at the horizon.
  [[nodiscard]] double gain_dbi(double east, double north, double up) const noexcept;

  /// As traffic_gain_dbi() of the pattern.
  [[nodiscard]] double traffic_gain_dbi(double east, double north, double up) const noexcept;

  /// Either for a row of cells whose receivers stand `up_m` above the antenna; gains_dbi is as long. In SIMD.
  void gains_dbi(const CellRow& row, std::span<const double> up_m, std::span<double> gains_dbi,
                 Beams beams = Beams::ssb) const;

  /// Whether traffic gains differ from the others.
  [[nodiscard]] bool has_beams() const noexcept { return mounted_.kind == MountedPattern::Kind::array; }

  /// Without need of any direction.
  [[nodiscard]] bool is_isotropic() const noexcept { return mounted_.kind == MountedPattern::Kind::isotropic; }

 private:
  void set_element(const Element38901& element) noexcept;

  MountedPattern mounted_{};
};

}  // namespace amaneku
