// What a vehicle receives along a route, and when it is where.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "libsim/maps/interference.hpp"
#include "terrain/error.hpp"

namespace amaneku::mobility {

/// A sector on one carrier, as a device on the route sees it.
struct RouteCell {
  int site = 0;                       ///< >= 0; cells of one site share their shadow
  int channel = 0;                    ///< index into RouteRadio::channels
  double noise_dbm = -125.0;          ///< in one resource element at the receiver, noise figure included
  double load = 1.0;                  ///< 0 .. 1, share of its resource elements in use
  double individual_offset_db = 0.0;  ///< Ocn and Ocp of TS 38.331 5.5.4, -24 .. 24
  bool serves = true;                 ///< false: it only interferes, as the network of another operator
};

/// Median powers along a route.
struct RouteRadio {
  double step_m = 1.0;  ///< along the route between samples, > 0
  std::vector<Channel> channels{};
  std::vector<RouteCell> cells{};
  std::size_t samples = 0;        ///< >= 2
  std::vector<float> rsrp_dbm{};  ///< [sample, cell] in one resource element; NaN: none received (counted)

  [[nodiscard]] double length_m() const noexcept { return step_m * static_cast<double>(samples - 1); }
  [[nodiscard]] std::span<const float> at(std::size_t sample) const noexcept {
    return std::span(rsrp_dbm).subspan(sample * cells.size(), cells.size());
  }
};

/// When the vehicle reaches and leaves each sample. Between samples it moves with constant speed.
struct TimeLaw {
  std::vector<double> arrive_s{};  ///< [sample] never falling
  std::vector<double> depart_s{};  ///< [sample] not before arrival and not after the next; empty: it stops nowhere
};

/// Without a stop. speed_m_s > 0.
[[nodiscard]] TimeLaw constant_speed(const RouteRadio& radio, double speed_m_s);

/// Everything that is wrong with a route and its time law; empty: nothing. Keys are the names of the members, with
/// the index of the first element at fault.
[[nodiscard]] std::vector<Fault> route_faults(const RouteRadio& radio, const TimeLaw& law);

/// Where the vehicle is at a time, and when at a place. The law must outlive it and have passed route_faults().
class Travel {
 public:
  Travel(const TimeLaw& law, double step_m) noexcept : law_(&law), step_m_(step_m) {}
  [[nodiscard]] double start_s() const noexcept { return law_->arrive_s.front(); }
  [[nodiscard]] double end_s() const noexcept { return depart_s(law_->arrive_s.size() - 1); }
  /// Along the route from its beginning; before the start and after the end it stands there.
  [[nodiscard]] double at_m(double time_s) const noexcept;
  [[nodiscard]] double depart_s(std::size_t sample) const noexcept {
    return law_->depart_s.empty() ? law_->arrive_s[sample] : law_->depart_s[sample];
  }

 private:
  const TimeLaw* law_;
  double step_m_;
};

/// No power: weaker than anything that a receiver tells from noise, and still a number.
inline constexpr float kNoPower_dbm = -300.0F;

/// SINR in a resource element of `server` with every other cell at its load, by the rule of the maps
/// (docs/methods/service.md): RSRP / (sum of load x interference_share() x RSRP of all others + noise).
/// `powers_dbm` [cell]; -infinity without power of the server.
[[nodiscard]] double sinr_db(const RouteRadio& radio, std::span<const float> powers_dbm, std::size_t server);

}  // namespace amaneku::mobility
