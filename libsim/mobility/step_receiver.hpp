// What is received at a step: the power of every candidate with its shadow, and the SINR of one of them.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/mobility/prepared_route.hpp"

namespace amaneku::mobility {

/// Which of the seeded runs.
struct RunKey {
  std::uint64_t seed = 0;
  std::uint64_t run = 0;
};

/// In single precision: SINR differs from sinr_db() by less than 0.001 dB below 30 dB, where thresholds may lie,
/// and by less than 0.01 dB above (tested).
class StepReceiver {
 public:
  explicit StepReceiver(const PreparedRoute& route);

  /// Draws the shadows of a run; without a key there are none.
  void begin(const std::optional<RunKey>& key);
  void enter(const Stretch& stretch);
  /// `step` of the whole route, inside the stretch.
  void receive(std::size_t step);

  [[nodiscard]] const Stretch& stretch() const noexcept { return *stretch_; }
  /// Linear; 0 of a cell that is no candidate here.
  [[nodiscard]] float sinr(int cell);
  /// RSRP of a candidate, by its place in Stretch::cells.
  [[nodiscard]] float level_dbm(std::size_t candidate) const { return level_dbm_[index(candidate)]; }

  /// The mean of the steps since the last call, in mW, as dBm, with the error of the configuration in a seeded
  /// run: a layer 1 measurement. `number` counts along the route. [lane], valid until the next step.
  [[nodiscard]] const Eigen::ArrayXf& take_layer1_dbm(std::int64_t number);

 private:
  [[nodiscard]] static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
  void add_shadows(const float* median_dbm, std::size_t row);
  [[nodiscard]] float disturbance_mw(std::size_t channel);
  [[nodiscard]] float rest_factor() const;

  const PreparedRoute& route_;
  std::vector<float> noise_mw_;  ///< [cell]
  std::vector<float> field_{};   ///< [site and the common part, knot]
  bool shadows_ = false;
  std::vector<std::uint64_t> error_states_{};  ///< [cell] of the run's errors; empty: there are none
  const Stretch* stretch_ = nullptr;
  std::size_t step_ = 0;
  std::vector<int> candidate_of_;  ///< [cell] place in the stretch; -1: none
  Eigen::ArrayXf shadow_;          ///< [site of the stretch]
  Eigen::ArrayXf level_dbm_{};     ///< [lane], as the next three; behind the candidates there is no power
  Eigen::ArrayXf power_mw_{};
  Eigen::ArrayXf sum_mw_{};
  Eigen::ArrayXf layer1_dbm_{};
  int summed_ = 0;
  std::vector<float> disturbance_mw_;  ///< [channel] of this step; negative: not yet computed
};

}  // namespace amaneku::mobility
