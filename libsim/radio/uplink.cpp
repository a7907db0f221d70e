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
  share_db_.resize(static_cast<std::size_t>(blocks_) + 1);
  for (std::size_t n = 1; n < share_db_.size(); ++n) share_db_[n] = 10.0 * std::log10(static_cast<double>(n));
  block_ = layered_rates(carrier.uplink_curve, block,
                         {.layers = carrier.uplink_layers, .overhead = carrier.uplink_overhead});
  table_.resize(static_cast<std::size_t>(kMostLossDb / kStepDb) + 2);  // the last carries nothing
  for (std::size_t i = 0; i + 1 < table_.size(); ++i) table_[i] = choose(kStepDb * static_cast<double>(i));
}

double UplinkRates::block_power_dbm(int blocks, double coupling_loss_db) const {
  const double most_dbm = device_.power_dbm - share_db_[static_cast<std::size_t>(blocks)];
  if (!(device_.alpha > 0.0)) return most_dbm;
  return std::min(device_.p0_dbm + numerology_db_ + device_.alpha * coupling_loss_db, most_dbm);
}

UplinkChoice UplinkRates::choose(double coupling_loss_db) const {
  const auto sinr_db = [&](int blocks) {
    return block_power_dbm(blocks, coupling_loss_db) - coupling_loss_db - block_noise_dbm_;
  };
  UplinkChoice best;
  // More blocks never mean more SINR in each: of those at one step of the curve the most carry most, and they are
  // the last of a run.
  for (int first = 1; first <= blocks_;) {
    const double block_bps = block_.at(sinr_db(first));
    if (!(block_bps > 0.0)) break;
    int last = first;
    for (int beyond = blocks_ + 1; beyond - last > 1;) {
      const int middle = last + (beyond - last) / 2;
      (block_.at(sinr_db(middle)) == block_bps ? last : beyond) = middle;
    }
    const double rate_bps = last * block_bps;
    if (rate_bps > best.rate_bps) {
      const double power_dbm = block_power_dbm(last, coupling_loss_db);
      best = {last, power_dbm, power_dbm + share_db_[static_cast<std::size_t>(last)], sinr_db(last), rate_bps};
    }
    first = last + 1;
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
