// Service of a plan that differs from an earlier one in a few sectors: what has not changed is not found again.
#pragma once

#include <cstdint>
#include <vector>

#include "libsim/maps/service.hpp"

namespace amaneku {

/// Of a plan with the same ground, receiver and targets.
struct EarlierService {
  const ServerMaps& servers;
  const ServiceMaps& maps;
  std::vector<int> before;               ///< [Coverage::sectors] its index there; -1: it is new, or has changed
  std::vector<std::uint8_t> same_share;  ///< [Coverage::sectors] 1: noise rise and free share are those of before
};

/// service_maps(), byte for byte.
[[nodiscard]] ServiceMaps service_maps(const ServiceInput& input, const EarlierService& earlier, int threads);

}  // namespace amaneku
