// The statistics of the irregular terrain model: how the loss varies in time, over locations and between
// situations. NBS Technical Note 101 volume 2, annex III.7; the algorithm, section 5.
#pragma once

#include <cstdint>

#include "propagation/itm/terrain_terms.hpp"

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

/// Attenuation relative to free space, dB, that is not exceeded in the shares, from the reference attenuation.
[[nodiscard]] double attenuation_db(const Statistics& statistics, const Deviates& deviates,
                                    const TerrainTerms& terms, double wave_number, double reference_db) noexcept;

}  // namespace amaneku::itm
