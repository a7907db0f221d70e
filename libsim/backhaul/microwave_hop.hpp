// A microwave hop between two antennas: levels, fading, and how much it carries for how much of the time.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/itu/p530.hpp"

namespace amaneku {

/// One step of adaptive modulation and coding.
struct ModulationStep {
  std::string id;
  double snr_db;            ///< at which the receiver just works
  double bit_s_per_hz;      ///< payload over the width of the channel
  double backoff_db = 0.0;  ///< by which the transmitter stays below its rated power
};

/// The equipment of both ends, and the channel. One direction of a duplex pair; the other is alike.
struct MicrowaveRadio {
  double freq_hz;       ///< 1 .. 100 GHz
  double channel_hz;    ///< width, > 0
  double tx_power_dbm;  ///< rated
  double noise_figure_db;
  double feeder_loss_db = 0.0;  ///< of each end, between radio and antenna
  Polarization polarization = Polarization::vertical;
  std::vector<ModulationStep> steps{};  ///< at least one; SNR and payload both ascending
};

/// A hop to be computed. Borrows the profile.
struct MicrowaveHop {
  const MicrowaveRadio& radio;
  ProfileView profile;  ///< from the first antenna to the second, ends included
  std::array<double, 2> antenna_agl_m;
  std::array<double, 2> antenna_gain_dbi;
  P530 climate{};  ///< rain rate, rain height, refractivity, air; its percentage and margin do not count
  double latitude_deg = 36.0;
  double degradation_db = 0.0;  ///< of the threshold, by interference (hop_interference.hpp)
};

/// What a user must know of a figure that is otherwise valid.
enum class HopDoubt : std::uint8_t {
  rain_path_too_long,    ///< P.530 vouches for rain up to 60 km
  multipath_frequency,   ///< P.530 vouches for multipath from 15 / d GHz (d in km) to 45 GHz
  rain_beyond_statistic  ///< a rain outage outside 0.001 .. 1 % of the year: the law of P.530 goes on beyond its
                         ///< range
};
inline constexpr std::array<std::string_view, 3> kHopDoubtWords = {"rain_path_too_long", "multipath_frequency",
                                                                   "rain_beyond_statistic"};  ///< [HopDoubt]

/// One step on this hop.
struct StepService {
  double margin_db = 0.0;   ///< thermal fade margin: received level less threshold; negative: it never works
  Unavailability outage{};  ///< of the average year; a step that never works is out for 100 %, by rain
  double worst_month_percent = 0.0;  ///< outage of the average worst month by multipath alone
  double time_percent = 0.0;         ///< of the average year in which this is the best step that works
  double rate_bps = 0.0;
};

struct MicrowaveService {
  double length_m = 0.0;  ///< slant
  double free_space_db = 0.0;
  double gases_db = 0.0;
  double diffraction_db = 0.0;                ///< at the median k; 0 where the clearance is kept
  double eirp_dbm = 0.0;                      ///< at rated power
  double received_dbm = 0.0;                  ///< at rated power, in clear air, behind the feeder of the receiver
  double noise_dbm = 0.0;                     ///< kTBF at 290 K, without interference
  double multipath_occurrence_percent = 0.0;  ///< p0, worst month
  double rain_001_db = 0.0;                   ///< exceeded for 0.01 % of the year
  std::vector<StepService> steps{};           ///< [step]
  std::vector<HopDoubt> doubts{};             ///< each once, ascending

  /// Of the average year: the most robust step works, 0 .. 1.
  [[nodiscard]] double availability() const noexcept;
  /// What is there for at least this share of the year, bit/s; 0: nothing is.
  [[nodiscard]] double capacity_bps(double availability) const noexcept;
  /// Mean over the year, bit/s.
  [[nodiscard]] double mean_capacity_bps() const noexcept;
};

/// Flat fading by rain, wet snow and several paths (ITU-R P.530-18 sections 2.3 and 2.4) against the thermal
/// margin of every step. Selective fading, equipment failures and diversity are not in it. InputError for a radio
/// without steps, steps out of order, or figures out of range.
[[nodiscard]] MicrowaveService microwave_service(const MicrowaveHop& hop);

/// Gain of a dish, 10 log10(efficiency (pi D f / c)^2), dBi.
[[nodiscard]] double dish_gain_dbi(double diameter_m, double freq_hz, double efficiency) noexcept;

}  // namespace amaneku
