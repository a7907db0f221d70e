// Where masts stand: the planned local 5G, the 4G of today, and places kept in reserve.
#pragma once

#include <string>
#include <vector>

#include "scenarios/demo/road_network.hpp"
#include "scenarios/demo/settlements.hpp"

namespace amaneku::scenarios::demo {

struct DemoSector {
  int azimuth_deg = 0;
  int electrical_downtilt_deg = 4;
};

struct DemoSite {
  std::string id{};
  Name name{};
  Point at{};
  bool existing = true;  ///< planned on; false: candidate
  bool has_4g = false;   ///< a 4G mast of today stands here
  int tx_agl_m = 30;
  std::vector<DemoSector> sectors{};
  int fiscal_year = 0;  ///< of the roll-out; 0: there from the start
};

[[nodiscard]] std::vector<DemoSite> place_sites(const std::vector<Settlement>& settlements,
                                                const RoadNetwork& roads, const Relief& relief,
                                                const Survey& survey);

/// A building or facility that a plan may refer to.
struct Place {
  std::string kind{};  ///< exchange_office, town_hall, clinic, school, port, interchange
  Name name{};
  Point at{};
};

[[nodiscard]] std::vector<Place> name_places(const std::vector<Settlement>& settlements, const RoadNetwork& roads,
                                             const Relief& relief, const Survey& survey);

}  // namespace amaneku::scenarios::demo
