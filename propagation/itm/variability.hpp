// The statistics of the irregular terrain model: how the loss varies in time, over locations and between
// situations. NBS Technical Note 101 volume 2, annex III.7; the algorithm, section 5.
#pragma once

#include <cstdint>

namespace amaneku::itm {

/// Radio climates of TN 101.
enum class Climate : std::uint8_t {
  continental_temperate,
  maritime_temperate_over_land,
  maritime_temperate_over_sea,
  continental_subtropical,
  maritime_subtropical,
  equatorial,
  desert
};

/// What the user of a service sees of the three variabilities. The source numbers them from 3 down to 0.
enum class Service : std::uint8_t {
  broadcast,      ///< time and location each with its own share of the situations
  mobile,         ///< location joined to time: a receiver in motion
  accidental,     ///< location joined to situation: one place, for instance interference
  single_message  ///< all three joined
};

/// Shares in percent, more than 0 and less than 100: of the time, of the locations, of the situations like this
/// one in which the loss is not larger.
struct Shares {
  double time_percent;
  double location_percent;
  double situation_percent;
};

struct Statistics {
  Climate climate;
  Service service;
  bool vary_location;   ///< false: locations have no variability of their own (source: mode + 10)
  bool vary_situation;  ///< false: nor have situations (source: mode + 20)
};

/// Standard normal deviates exceeded in the given shares, after the service joined them.
struct Deviates {
  double time;
  double location;
  double situation;
};

/// Deviate exceeded with probability `percent` / 100: Abramowitz & Stegun 26.2.23, error below 4.5e-4. Shares
/// nearer to 0 or 100 than 1e-6 are taken as that.
[[nodiscard]] double normal_deviate(double percent) noexcept;

[[nodiscard]] Deviates deviates_of(Service service, const Shares& shares) noexcept;

/// (c1 + c2 / (1 + ((d - x2) / x3)^2)) (d / x1)^2 / (1 + (d / x1)^2), TN 101 eq. (III.69) and (III.70).
struct DistanceCurve {
  double c1;
  double c2;
  double x1_m;
  double x2_m;
  double x3_m;
};

/// Everything of the statistics that does not change with the path.
struct LinkStatistics {
  Service service;
  bool vary_location;
  bool vary_situation;
  Deviates deviates;
  double wave_number;
  double scatter_range_m;  ///< share of the effective distance, the algorithm eq. (5.3)
  DistanceCurve median_db;
  DistanceCurve time_db;
  double time_factor;  ///< of time_db, for the frequency and the deviate
};

[[nodiscard]] LinkStatistics link_statistics(const Statistics& statistics, const Deviates& deviates,
                                             double wave_number) noexcept;

}  // namespace amaneku::itm
