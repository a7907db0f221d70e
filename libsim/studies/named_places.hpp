// Named places and what they get: served or not, by whom, with which margin; shares of each kind.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/maps/server_maps.hpp"
#include "libsim/maps/service.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

/// What a place must get to count as served. A rate of 0 is not asked for.
struct PlaceNeed {
  double level_dbm = -110.0;  ///< received power per subcarrier
  double dl_mbps = 0.0;
  double ul_mbps = 0.0;
  double area_share = 1.0;  ///< of a polygon's cells that must get it
};

struct NamedPlace {
  std::string name{};
  std::string kind{};
  Point at{};
  MultiPolygon area{};  ///< empty: the point alone
  PlaceNeed need{};
};

/// Why a place is not served; the first that applies to most of its cells that are not.
enum class PlaceState : std::uint8_t { served, outside, not_computed, too_weak, downlink, uplink };
inline constexpr std::array<std::string_view, 6> kPlaceStates = {"served",   "outside", "not_computed", "too_weak",
                                                                 "downlink", "uplink"};  ///< [PlaceState]

struct PlaceResult {
  PlaceState state = PlaceState::outside;
  double served_share = 0.0;  ///< of its cells, 0 .. 1; a point has one
  int server = -1;            ///< of most of its cells: index into Coverage::sectors; -1: none
  /// Of the cell with the least margin. NaN: none computed.
  double rsrp_dbm = 0.0;
  double margin_db = 0.0;  ///< RSRP over what is needed; negative: too weak
  double dl_mbps = 0.0;    ///< NaN where the technology is not known
  double ul_mbps = 0.0;
  [[nodiscard]] bool served() const noexcept { return state == PlaceState::served; }
};

struct PlaceKindShare {
  std::string kind{};
  long long all = 0;
  long long served = 0;
};

struct PlacesReport {
  std::vector<PlaceResult> places{};    ///< as in the input
  std::vector<PlaceKindShare> kinds{};  ///< in order of name
};

/// A polygon is served where enough of its cells (those whose centre it holds; outside the plan too) are; one that
/// holds no centre of a cell is as its inner point. `service` may be null: then a need of a rate is not met.
[[nodiscard]] PlacesReport serve_places(const std::vector<NamedPlace>& places, const ServerMaps& maps,
                                        const ServiceMaps* service);

}  // namespace amaneku
