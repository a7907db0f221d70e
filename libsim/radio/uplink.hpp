// Uplink of one device alone on a carrier: open-loop power control, and the resource blocks that carry most.
#pragma once

#include <vector>

#include "libsim/radio/carrier.hpp"

namespace amaneku {

struct UplinkChoice {
  int resource_blocks = 0;       ///< of 12 subcarriers (of all, where a carrier has fewer); 0: nothing is carried
  double block_power_dbm = 0.0;  ///< sent in each
  double power_dbm = 0.0;        ///< sent in all
  double sinr_db = 0.0;          ///< in each
  double rate_bps = 0.0;
};

/// Coupling loss is what lies between the two connectors: path loss less both antenna gains, with feeder, body and
/// building. Power control is that of TS 38.213 7.1.1 without its closed-loop term: P0 + 10 log10(2^mu) + alpha x
/// coupling loss a block, in all at most the device's power. Where that power is reached, more blocks mean less in
/// each: the number is taken that carries most.
class UplinkRates {
 public:
  /// noise_rise_db: interference over noise at the base station, >= 0.
  UplinkRates(const Carrier& carrier, double noise_rise_db);

  [[nodiscard]] UplinkChoice choose(double coupling_loss_db) const;
  /// choose() at the loss rounded up to the next 0.1 dB, from a table. Nothing is carried above 250 dB and for
  /// NaN.
  [[nodiscard]] const UplinkChoice& at(double coupling_loss_db) const noexcept;

  /// Of the whole carrier.
  [[nodiscard]] int resource_blocks() const noexcept { return blocks_; }
  /// In one block at the base station, without the noise rise.
  [[nodiscard]] double block_noise_dbm() const noexcept { return block_noise_dbm_ - noise_rise_db_; }

  /// Largest coupling loss that still carries `rate`, in steps of 0.1 dB; -infinity: none does.
  [[nodiscard]] double largest_loss_db(double rate_bps) const noexcept;

 private:
  [[nodiscard]] double block_power_dbm(int blocks, double coupling_loss_db) const;

  DevicePower device_;
  int blocks_;            ///< of the whole carrier
  double numerology_db_;  ///< 10 log10(2^mu): P0 is for blocks of 15 kHz spacing
  double noise_rise_db_;
  double block_noise_dbm_;          ///< with the noise rise
  std::vector<double> share_db_{};  ///< [blocks] by how much the power of each is less than that of all
  RateCurve block_{};               ///< rate of one block
  std::vector<UplinkChoice> table_{};
};

}  // namespace amaneku
