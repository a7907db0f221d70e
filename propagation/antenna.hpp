// Antenna patterns: gain towards a direction, with mounting azimuth and tilt. For many directions:
// sector_pattern.hpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/range.hpp"

namespace amaneku {

struct IsotropicAntenna {
  double gain_dbi = 0.0;
  static const std::array<Field<IsotropicAntenna>, 1> fields;
};

/// Single element of 3GPP TR 38.901 v17 Table 7.3-1; defaults are the table's values.
struct Element38901 {
  double gain_dbi = 8.0;
  double beamwidth_h_deg = 65.0;
  double beamwidth_v_deg = 65.0;
  double front_to_back_db = 30.0;  ///< A_max, also the side-lobe limit SLA_V
  static const std::array<Field<Element38901>, 4> fields;
};

/// Tabulated horizontal and vertical cuts (MSI/Planet, CSV, tables), combined by the sum of attenuations, which is
/// never less than 0. Each cut has a multiple of 360 values in equal steps from 0 degrees.
/// horizontal_db: attenuation (>= 0) by azimuth, clockwise from boresight.
/// vertical_db: attenuation by angle, 0 = boresight, 90 = towards the ground (MSI convention).
struct TabulatedAntenna {
  std::string name{};
  double gain_dbi = 0.0;  ///< dBd in a file is converted (+2.15)
  std::vector<double> horizontal_db{};
  std::vector<double> vertical_db{};
  double electrical_tilt_deg = 0.0;  ///< already inside the pattern: as stated by the file if the pattern shows it
  /// What both cuts state for the direction that they share, azimuth 0 and elevation 0: taken off their sum.
  double common_db = 0.0;
  std::vector<Warning> doubts{};  ///< what a reader had to assume
};

/// Active antenna: a panel of elements fed in phase towards a beam (3GPP TR 38.901 v17 clause 7.3, one panel, one
/// polarization). Coverage is by a grid of SSB beams, every azimuth with every tilt; data goes over a beam that
/// follows the receiver. Angles are those of the panel: azimuth clockwise from its boresight, elevation above
/// and tilt below its horizontal plane. All power goes into the elements in use.
struct Array38901 {
  Element38901 element{};
  int rows = 8;
  int columns = 8;
  double spacing_v_wavelengths = 0.5;  ///< between neighbouring rows
  double spacing_h_wavelengths = 0.5;  ///< between neighbouring columns
  int ssb_rows = 8;                    ///< an SSB beam uses these alone, which makes it wider; 1 .. rows
  int ssb_columns = 8;                 ///< 1 .. columns
  std::vector<double> beam_azimuths_deg{0.0};
  std::vector<double> beam_tilts_deg{0.0};
  Range steer_azimuth_deg{-60.0, 60.0};         ///< where a beam may point
  Range steer_elevation_deg{-30.0, 30.0};       ///< -30: 30 degrees down
  static constexpr Range kElements{1.0, 64.0};  ///< rows, columns
  static constexpr Range kSpacing{0.1, 2.0};    ///< wavelengths
};

using AntennaPattern = std::variant<IsotropicAntenna, Element38901, TabulatedAntenna, Array38901>;

/// How an antenna is mounted. Azimuth clockwise from the same north as the directions asked for.
struct Mounting {
  double azimuth_deg = 0.0;
  double mechanical_downtilt_deg = 0.0;  ///< tilts the whole pattern about the horizontal axis
  double electrical_downtilt_deg = 0.0;  ///< shifts the vertical cut, equally at every azimuth; tilts SSB beams
};

/// Gain (dBi) towards azimuth (deg clockwise from north) and elevation (deg above the horizon); of an array, that
/// of the SSB beam which is strongest there.
[[nodiscard]] double gain_dbi(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                              double elevation_deg) noexcept;
/// The same for data: of an array, the whole of it steered at the receiver, or as near to it as the steering range
/// allows; the SSB beam where that is stronger. Without beams, gain_dbi().
[[nodiscard]] double traffic_gain_dbi(const AntennaPattern& pattern, const Mounting& mounting, double azimuth_deg,
                                      double elevation_deg) noexcept;
/// An SSB beam of an array as its keys name it, in the panel's angles.
struct SsbBeam {
  double azimuth_deg;
  double tilt_deg;
};
/// The one that gain_dbi() is of, the first of equal ones; nothing where there are no beams.
[[nodiscard]] std::optional<SsbBeam> strongest_beam(const AntennaPattern& pattern, const Mounting& mounting,
                                                    double azimuth_deg, double elevation_deg) noexcept;
/// Largest gain; of an array, what no SSB beam exceeds: that of a beam along the boresight.
[[nodiscard]] double max_gain_dbi(const AntennaPattern& pattern) noexcept;
/// Largest gain for data.
[[nodiscard]] double max_traffic_gain_dbi(const AntennaPattern& pattern) noexcept;

/// What a scenario adds to an antenna file.
struct AntennaFileOptions {
  std::string name{};                ///< which antenna of a file that holds several; empty: the only one
  std::optional<double> gain_dbi{};  ///< for files that hold none (Radio Mobile)
};

/// Reads the text of an antenna file, by what is in it and not by its name:
///  - MSI/Planet: keywords, then HORIZONTAL and VERTICAL with a line for each angle. The first line may be the
///  name
///    alone. A GAIN without unit is dBd, as that format defines. Tilts are information only, in any words.
///  - CSV "cut,angle_deg,attenuation_db" (cut = h | v) with lines "gain_dbi,VALUE" (or gain_dbd) and optionally
///    "name,TEXT" and "electrical_tilt_deg,VALUE"; also with semicolons or tabs.
///  - Atoll's table of antennas: a header with the columns Name, Gain, Pattern, one antenna a row.
///  - Radio Mobile .ant: 720, 541 or 540 lines of one number; the gain is options.gain_dbi.
/// Each cut is a whole circle in equal steps of 0.1 to 10 degrees; 360 may repeat 0 or stand for it, losses may
/// all be negative, the decimal sign may be a comma. What is understood but doubtful is told in `doubts`.
/// InputError names file and line of everything wrong: missing angles, double angles, no gain, values that are no
/// attenuation. propagation does no I/O: the caller reads the file.
[[nodiscard]] TabulatedAntenna parse_antenna(std::string_view text, const std::string& file_name,
                                             const AntennaFileOptions& options = {});

}  // namespace amaneku
