#include "libsim/backhaul/hop_interference.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "libsim/backhaul/hop_sight.hpp"
#include "libsim/parallel.hpp"
#include "propagation/itu/f699.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/units.hpp"

namespace amaneku {
namespace {

constexpr double kNone_dbm = -std::numeric_limits<double>::infinity();

/// From an antenna towards a point above sea level, over the Earth of the median atmosphere: east, north, up.
std::array<double, 3> towards(const AimedAntenna& from, Point at, double asl_m) {
  const double east_m = at.x_m - from.at.x_m;
  const double north_m = at.y_m - from.at.y_m;
  const double up_m =
      seen_above_m(asl_m - from.asl_m, east_m * east_m + north_m * north_m, Link{}.effective_earth_radius_m);
  return {east_m, north_m, up_m};
}

double length_of(const std::array<double, 3>& v) {
  return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

double angle_deg(const std::array<double, 3>& a, const std::array<double, 3>& b) {
  const std::array<double, 3> cross = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2],
                                       a[0] * b[1] - a[1] * b[0]};
  return kRadToDeg * std::atan2(length_of(cross), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

/// Gain of an antenna that points at its partner towards a third one.
double gain_towards_dbi(const AimedAntenna& antenna, const AimedAntenna& partner, const AimedAntenna& third) {
  const double off_axis_deg =
      angle_deg(towards(antenna, partner.at, partner.asl_m), towards(antenna, third.at, third.asl_m));
  return itu::f699_gain_dbi(antenna.gain_dbi, off_axis_deg);
}

/// Share of the interferer's power that falls into the channel of the victim, 0 .. 1.
double overlap(const HopCarrier& victim, const HopCarrier& other) {
  const double low_hz =
      std::max(victim.centre_hz - 0.5 * victim.channel_hz, other.centre_hz - 0.5 * other.channel_hz);
  const double high_hz =
      std::min(victim.centre_hz + 0.5 * victim.channel_hz, other.centre_hz + 0.5 * other.channel_hz);
  return std::max(0.0, high_hz - low_hz) / other.channel_hz;
}

double diffraction_db(const HopCarrier& other, const AimedAntenna& rx, const Ground& ground) {
  const std::optional<Profile> profile = hop_profile(ground, other.tx.at, rx.at);
  if (!profile) return 0.0;
  const Link link{.freq_hz = other.centre_hz,
                  .tx_agl_m = other.tx.asl_m - profile->ground_asl_m.front(),
                  .rx_agl_m = rx.asl_m - profile->ground_asl_m.back()};
  return itu::delta_bullington_loss_db(link, extract_path(link, profile->view(), Terrain::horizons));
}

/// Power of another carrier in the receiver of the victim.
double power_dbm(const HopCarrier& victim, const HopCarrier& other, const Ground* ground) {
  constexpr double kWithoutDiffraction_db = 30.0;
  const double slant_m = length_of(towards(other.tx, victim.rx.at, victim.rx.asl_m));
  const double free_dbm = other.power_dbm + 10.0 * std::log10(overlap(victim, other)) +
                          gain_towards_dbi(other.tx, other.rx, victim.rx) +
                          gain_towards_dbi(victim.rx, victim.tx, other.tx) - victim.rx_feeder_loss_db -
                          itu::free_space_loss_db(other.centre_hz, slant_m);
  if (ground == nullptr || free_dbm < victim.noise_dbm - kWithoutDiffraction_db) return free_dbm;
  return free_dbm - diffraction_db(other, victim.rx, *ground);
}

HopInterference at_receiver(std::span<const HopCarrier> carriers, std::size_t index, const Ground* ground) {
  const HopCarrier& victim = carriers[index];
  HopInterference out{.interference_dbm = kNone_dbm, .strongest_dbm = kNone_dbm};
  double sum_mw = 0.0;
  for (std::size_t i = 0; i < carriers.size(); ++i) {
    if (i == index || overlap(victim, carriers[i]) <= 0.0) continue;
    if (distance_m(carriers[i].tx.at, victim.rx.at) <= kSameMast_m) {
      if (out.same_mast < 0) out.same_mast = static_cast<int>(i);
      continue;
    }
    const double dbm = power_dbm(victim, carriers[i], ground);
    sum_mw += milliwatts({dbm});
    if (dbm > out.strongest_dbm) {
      out.strongest_dbm = dbm;
      out.strongest = static_cast<int>(i);
    }
  }
  if (sum_mw > 0.0) out.interference_dbm = from_milliwatts(sum_mw).value;
  out.degradation_db = 10.0 * std::log10(1.0 + sum_mw / milliwatts({victim.noise_dbm}));
  return out;
}

}  // namespace

std::vector<HopInterference> hop_interference(std::span<const HopCarrier> carriers, const Ground* ground,
                                              int threads) {
  std::vector<HopInterference> out(carriers.size());
  parallel_for(out.size(), threads, [&](std::size_t i) { out[i] = at_receiver(carriers, i, ground); });
  return out;
}

}  // namespace amaneku
