// The maps of service as files and pictures show them: names, units, classes, colours.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/legend.hpp"

namespace amaneku::scenarios {

/// One of the maps of values of a plan with service.
struct ServiceMap {
  std::string_view file;  ///< "sinr_db": name of the GeoTIFF and of the variable in result.h5
  std::string_view description;
  const Raster<float>& values;
  ValueScale scale;
};

/// SINR, downlink and uplink rate, margin; what is not served is below the threshold of its scale. The plan has
/// service.
[[nodiscard]] std::vector<ServiceMap> service_maps_of(const PlanInput& input, const PlanResult& result);

struct ServiceStateClass {
  ServiceState state;
  std::string_view id;     ///< "blocked_by_terrain"
  std::string_view label;  ///< English
  std::string_view label_ja;
  Rgba colour;
};

/// From served to uplink limited; colours apart for any colour vision (Okabe and Ito).
[[nodiscard]] const std::array<ServiceStateClass, 5>& service_state_classes() noexcept;

}  // namespace amaneku::scenarios
