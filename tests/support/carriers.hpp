// Carriers for tests: no catalogue needed.
#pragma once

#include <cmath>
#include <memory>

#include "libsim/radio/carrier.hpp"

namespace amaneku::test {

/// Shannon in steps of 0.01 dB from -20 to 40 dB, one layer, all of the time in both directions.
inline LinkCurve fine_shannon() {
  LinkCurve curve{.id = "fine", .source = "test", .verified = true};
  for (int i = -2000; i <= 4000; ++i) {
    const double sinr_db = 0.01 * i;
    curve.steps.push_back({sinr_db, std::log2(1.0 + std::pow(10.0, 0.1 * sinr_db))});
  }
  return curve;
}

/// 20 MHz at 15 kHz: 106 resource blocks.
inline Carrier shannon_carrier() {
  Carrier carrier;
  carrier.technology = "test";
  carrier.width = {20e6, 15e3, 1272, 14'000.0};
  carrier.downlink_curve = "fine";
  carrier.downlink = layered_rates(fine_shannon(), carrier.width, {});
  carrier.uplink_curve = fine_shannon();
  carrier.device_noise_dbm = noise_dbm(15e3, 7.0);
  carrier.base_noise_dbm = noise_dbm(15e3, 5.0);
  carrier.rsrp_min_dbm = -110.0;
  carrier.sinr_min_db = -10.0;
  return carrier;
}

inline std::shared_ptr<const Carrier> shared_shannon_carrier() {
  return std::make_shared<const Carrier>(shannon_carrier());
}

}  // namespace amaneku::test
