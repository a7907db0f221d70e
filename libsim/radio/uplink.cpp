#include "libsim/radio/uplink.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace amaneku {
namespace {

constexpr double kStepDb = 0.1;
constexpr double kMostLossDb = 250.0;
constexpr int kBlockSubcarriers = 12;
constexpr double kReferenceSpacing_hz = 15e3;

/// 1, 2, 3 ... and then in steps of an eighth, up to all: finer than any step of a link curve tells apart.
std::vector<int> block_counts(int all) {
  std::vector<int> counts;
  for (int n = 1; n < all; n += std::max(1, n / 8)) counts.push_back(n);
  counts.push_back(all);
  return counts;
}

}  // namespace

UplinkRates::UplinkRates(const Carrier& carrier, double noise_rise_db)
    : device_(carrier.device),
      numerology_db_(10.0 * std::log10(carrier.width.subcarrier_spacing_hz / kReferenceSpacing_hz)),
      noise_rise_db_(noise_rise_db) {
  CarrierWidth block = carrier.width;
  block.subcarriers = std::min(kBlockSubcarriers, carrier.width.subcarriers);
  blocks_ = carrier.width.subcarriers / block.subcarriers;
  // A carrier of no whole number of blocks has slightly wider ones: none of it is lost.
  const double wider = static_cast<double>(carrier.width.subcarriers) / (blocks_ * block.subcarriers);
  block.symbols_per_s *= carrier.share.uplink * wider;
  block_noise_dbm_ = carrier.base_noise_dbm + 10.0 * std::log10(block.subcarriers * wider) + noise_rise_db;
  block_ = layered_rates(carrier.uplink_curve, block,
                         {.layers = carrier.uplink_layers, .overhead = carrier.uplink_overhead});
  counts_ = block_counts(blocks_);
  table_.resize(static_cast<std::size_t>(kMostLossDb / kStepDb) + 2);  // the last carries nothing
  for (std::size_t i = 0; i + 1 < table_.size(); ++i) table_[i] = choose(kStepDb * static_cast<double>(i));
}

UplinkChoice UplinkRates::with_blocks(int blocks, double coupling_loss_db) const {
  const double share_db = 10.0 * std::log10(blocks);
  const double wanted_dbm = device_.alpha > 0.0
                                ? device_.p0_dbm + numerology_db_ + device_.alpha * coupling_loss_db
                                : std::numeric_limits<double>::infinity();
  const double block_power_dbm = std::min(wanted_dbm, device_.power_dbm - share_db);
  const double sinr_db = block_power_dbm - coupling_loss_db - block_noise_dbm_;
  return {blocks, block_power_dbm, block_power_dbm + share_db, sinr_db, blocks * block_.at(sinr_db)};
}

UplinkChoice UplinkRates::choose(double coupling_loss_db) const {
  UplinkChoice best;
  for (const int blocks : counts_) {
    const UplinkChoice choice = with_blocks(blocks, coupling_loss_db);
    if (choice.rate_bps > best.rate_bps) best = choice;
  }
  return best;
}

const UplinkChoice& UplinkRates::at(double coupling_loss_db) const noexcept {
  // False for NaN.
  if (!(coupling_loss_db <= kMostLossDb)) return table_.back();
  return table_[static_cast<std::size_t>(std::ceil(std::max(0.0, coupling_loss_db) / kStepDb - 1e-9))];
}

double UplinkRates::largest_loss_db(double rate_bps) const noexcept {
  for (std::size_t i = table_.size(); i-- > 0;) {
    if (table_[i].rate_bps >= rate_bps && table_[i].rate_bps > 0.0) return kStepDb * static_cast<double>(i);
  }
  return -std::numeric_limits<double>::infinity();
}

}  // namespace amaneku
