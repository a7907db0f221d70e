// What a vehicle receives along a course, every sector by a profile of its own: on the open road, in tunnels, on
// bridges.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/maps/radio.hpp"
#include "libsim/studies/routes/course.hpp"
#include "propagation/tunnel/tunnel_portal.hpp"

namespace amaneku {

/// A leaky cable or repeater: what the project's own design says that it gives. It belongs to a sector, so that
/// nothing is handed over at the portal from or to that sector.
struct TunnelAid {
  double from_m = 0.0;  ///< along the course
  double to_m = 0.0;
  int sector = -1;              ///< index into Coverage::sectors: whose signal it carries
  double rsrp_dbm = -85.0;      ///< at its beginning
  double fall_db_per_100m = 0;  ///< a leaky cable's attenuation
  std::string source{};
};

struct CourseRadioOptions {
  Receiver receiver{};            ///< of the vehicle; body_loss_db is what the vehicle takes
  double spacing_m = 10.0;        ///< between places with profiles of their own; in between, dB are interpolated
  tunnel::CrossSection tunnel{};  ///< of tunnels
  std::vector<TunnelAid> aids{};
};

/// Weaker ones are nothing: 70 dB below the noise of a subcarrier of 15 kHz.
inline constexpr float kWeakestOnCourse_dbm = -200.0F;

struct CoursePowers {
  std::vector<int> sectors{};            ///< [cell] index into Coverage::sectors: every one that any place hears
  std::vector<float> rsrp_dbm{};         ///< [sample, cell] per subcarrier; NaN: nothing
  std::vector<float> traffic_gain_db{};  ///< [sample, cell] of the traffic beam over the SSB beam
  std::vector<float> distance_m{};       ///< [sample, cell] to the site
  std::vector<std::uint8_t>
      in_sight{};  ///< [sample, cell] 1: the site is in sight; of the nearest place with a profile
  std::vector<std::uint8_t> outside{};  ///< [sample] 1: outside the plan, or on a void of the terrain

  [[nodiscard]] std::size_t cells() const noexcept { return sectors.size(); }
  [[nodiscard]] std::span<const float> at(std::size_t sample) const noexcept {
    return std::span(rsrp_dbm).subspan(sample * cells(), cells());
  }
};

/// On a bridge the antenna is above the deck, which runs straight from the ground at one end to that at the other.
/// In a tunnel a sector is heard through the portals (tunnel_portal.hpp; the better one) and by the aids; nothing
/// of what a receiver on the mountain above would hear counts.
[[nodiscard]] CoursePowers course_powers(const Radio& radio, const Course& course,
                                         const CourseRadioOptions& options);

}  // namespace amaneku
