#include "libsim/mobility/step_receiver.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

#include "libsim/index.hpp"
#include "libsim/mobility/random.hpp"

namespace amaneku::mobility {
namespace {

constexpr float kDbToLog = 0.230258509F;  ///< ln(10) / 10

/// Streams of measurement errors that a modem has room for.
constexpr std::uint64_t kCellsOfModem = std::uint64_t{1} << 32U;

using Row = Eigen::Map<const Eigen::ArrayXf>;

}  // namespace

StepReceiver::StepReceiver(const PreparedRoute& route)
    : route_(route),
      candidate_of_(route.input().radio.cells.size(), -1),
      shadow_(index(route.sites().size())),
      disturbance_mw_(route.input().radio.channels.size(), -1.0F) {
  for (const RouteCell& cell : route.input().radio.cells)
    noise_mw_.push_back(static_cast<float>(std::pow(10.0, 0.1 * cell.noise_dbm)));
}

void StepReceiver::begin(const std::optional<RunKey>& key) {
  shadows_ = key.has_value() && route_.has_shadows();
  stretch_ = nullptr;
  std::fill(candidate_of_.begin(), candidate_of_.end(), -1);
  error_states_.clear();
  if (key && route_.input().config.measurement_error_db > 0.0) {
    for (std::uint64_t c = 0; c < candidate_of_.size(); ++c)
      error_states_.push_back(stream_state(
          {key->seed, key->run, c + kCellsOfModem * route_.input().modem, Stream::measurement_error}));
  }
  if (!shadows_) return;
  field_.resize(route_.knots().count() * (route_.sites().size() + 1));
  draw_fields(route_.knots(), {key->seed, key->run, route_.sites(), route_.input().shadow.site_correlation},
              field_);
}

void StepReceiver::enter(const Stretch& stretch) {
  if (stretch_ != nullptr) {
    for (const std::uint32_t cell : stretch_->cells) candidate_of_[cell] = -1;
  }
  stretch_ = &stretch;
  for (std::size_t i = 0; i < stretch.cells.size(); ++i) candidate_of_[stretch.cells[i]] = static_cast<int>(i);
  const Eigen::Index n = index(stretch.lanes);
  level_dbm_.setConstant(n, kNoPower_dbm);
  power_mw_.resize(n);
  layer1_dbm_.resize(n);
  sum_mw_.setZero(n);
  summed_ = 0;
}

void StepReceiver::receive(std::size_t step) {
  step_ = step;
  const std::size_t n = stretch_->cells.size();
  const std::size_t row = (step - stretch_->first_step) * n;
  const float* const median_dbm = stretch_->median_dbm.data() + row;
  if (shadows_) {
    add_shadows(median_dbm, row);
  } else {
    level_dbm_.head(index(n)) = Row(median_dbm, index(n));
  }
  power_mw_ = (kDbToLog * level_dbm_).exp();
  sum_mw_ += power_mw_;
  ++summed_;
  std::fill(disturbance_mw_.begin(), disturbance_mw_.end(), -1.0F);
}

void StepReceiver::add_shadows(const float* median_dbm, std::size_t row) {
  const Stretch& stretch = *stretch_;
  const KnotWeights& at = route_.weights()[step_];
  const std::size_t knots = route_.knots().count();
  for (std::size_t s = 0; s < stretch.sites.size(); ++s) {
    const float* const knot = field_.data() + stretch.sites[s] * knots + at.knot;
    shadow_[index(s)] = at.w0 * knot[0] + at.w1 * knot[1];
  }
  const std::size_t n = stretch.cells.size();
  const float* const sigma_db = stretch.sigma_db.data() + (stretch.sigma_db.size() > n ? row : 0);
  for (std::size_t i = 0; i < n; ++i)
    level_dbm_[index(i)] = median_dbm[i] + sigma_db[i] * shadow_[index(stretch.site_of[i])];
}

/// Mean over median of the powers of the cells that were left out, given the shadow that all sites have in common.
float StepReceiver::rest_factor() const {
  if (!shadows_) return 1.0F;
  const KnotWeights& at = route_.weights()[step_];
  const float* const common = field_.data() + route_.sites().size() * route_.knots().count() + at.knot;
  const float sigma = kDbToLog * stretch_->rest_sigma_db;
  const auto own_share = static_cast<float>(1.0 - route_.input().shadow.site_correlation);
  return std::exp(sigma * (at.w0 * common[0] + at.w1 * common[1]) + 0.5F * sigma * sigma * own_share);
}

float StepReceiver::disturbance_mw(std::size_t channel) {
  float& sum_mw = disturbance_mw_[channel];
  if (sum_mw >= 0.0F) return sum_mw;
  const std::size_t n = stretch_->lanes;
  const std::size_t rest = (step_ - stretch_->first_step) * disturbance_mw_.size() + channel;
  sum_mw = (Row(stretch_->weight.data() + channel * n, index(n)) * power_mw_).sum() +
           stretch_->rest_mw[rest] * rest_factor();
  return sum_mw;
}

float StepReceiver::sinr(int cell) {
  const auto c = index_of(cell);
  if (candidate_of_[c] < 0) return 0.0F;
  const auto i = index_of(candidate_of_[c]);
  const std::size_t channel = index_of(route_.input().radio.cells[c].channel);
  const float own_mw = power_mw_[index(i)];
  const float own_share = stretch_->weight[channel * stretch_->lanes + i];
  // The difference may come out a little below zero where the server is all that there is.
  const float others_mw = std::max(0.0F, disturbance_mw(channel) - own_share * own_mw);
  return own_mw / (others_mw + noise_mw_[c]);
}

const Eigen::ArrayXf& StepReceiver::take_layer1_dbm(std::int64_t number) {
  layer1_dbm_ = (sum_mw_ / static_cast<float>(summed_)).log() / kDbToLog;
  if (!error_states_.empty()) {
    boost::random::normal_distribution<float> error_db(
        0.0F, static_cast<float>(route_.input().config.measurement_error_db));
    for (std::size_t i = 0; i < stretch_->cells.size(); ++i) {
      Random random(
          scramble(error_states_[stretch_->cells[i]] + Random::kGolden * static_cast<std::uint64_t>(number)));
      layer1_dbm_[index(i)] += error_db(random);
    }
  }
  sum_mw_.setZero();
  summed_ = 0;
  return layer1_dbm_;
}

}  // namespace amaneku::mobility
