// A route made ready for many runs: what all of them share is computed once. Every step's place and medians, and
// which cells can matter where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "libsim/mobility/durations.hpp"
#include "libsim/mobility/handover_config.hpp"
#include "libsim/mobility/route_radio.hpp"
#include "libsim/mobility/shadow_fading.hpp"

namespace amaneku::mobility {

/// Everything that decides a run but its seed.
struct RouteInput {
  RouteRadio radio{};
  TimeLaw law{};
  HandoverConfig config{};
  Interruptions interruptions{};
  ShadowModel shadow{};
  /// Several modems of one vehicle: the same shadows in the same run, durations and measurement errors of their
  /// own.
  std::uint64_t modem = 0;
  /// Of secondary cells of a non-stand-alone network, which follow an anchor (LinkRunner): from the report of a
  /// cell of HandoverConfig::suitable_dbm (event B1) to the command, and to the first data. `interruptions` are
  /// those of changes of the secondary cell.
  std::optional<Interruptions> addition{};
  /// A cell is left out of a stretch where it stays so many standard deviations of its shadow below the noise, or
  /// so many of the difference of their shadows below what the best one of its channel lets through: it can
  /// neither serve nor be asked for. It still interferes, with the mean of its power
  /// where the shadow that all sites have in common is what it is. 0 .. 100; 100: no cell is left out.
  double prune_sigmas = 4.0;
};
/// Of the route, the configuration, the durations and the shadows together.
[[nodiscard]] std::vector<Fault> input_faults(const RouteInput& input);

/// Steps next to each other with the cells that can matter in them.
struct Stretch {
  std::size_t first_step = 0;
  std::size_t steps = 0;
  std::vector<std::uint32_t> cells{};    ///< [candidate] rising
  std::vector<std::uint32_t> sites{};    ///< their sites, as rows of the fields, each once
  std::vector<std::uint32_t> site_of{};  ///< [candidate] index into `sites`
  std::vector<float> median_dbm{};       ///< [step, candidate]
  std::vector<float> sigma_db{};         ///< [candidate], or [step, candidate] where the model has it by sample
  std::size_t lanes = 0;                 ///< candidates, rounded up to whole registers
  std::vector<float> weight{};           ///< [channel, lane] load x interference_share(); 0 behind the candidates
  std::vector<float>
      rest_mw{};               ///< [step, channel] interference of the cells that were left out, of their medians
  float rest_sigma_db = 0.0F;  ///< of these, by their share in it
};

/// Seconds as whole microseconds: times of events are exact, and the same on every machine.
using Microseconds = std::int64_t;

class PreparedRoute {
 public:
  /// InputError with all faults of the input.
  explicit PreparedRoute(RouteInput input);
  PreparedRoute(const PreparedRoute&) = delete;  // travel() points into it
  PreparedRoute& operator=(const PreparedRoute&) = delete;

  [[nodiscard]] const RouteInput& input() const noexcept { return input_; }
  [[nodiscard]] const Travel& travel() const noexcept { return travel_; }
  [[nodiscard]] const std::vector<Stretch>& stretches() const noexcept { return stretches_; }
  [[nodiscard]] const std::vector<KnotWeights>& weights() const noexcept { return weights_; }  ///< [step]
  [[nodiscard]] const ShadowKnots& knots() const noexcept { return knots_; }
  [[nodiscard]] const std::vector<int>& sites() const noexcept { return sites_; }  ///< rows of the fields
  [[nodiscard]] std::size_t steps() const noexcept { return weights_.size(); }
  [[nodiscard]] Microseconds step_us() const noexcept { return Microseconds{1000} * input_.config.step_ms; }
  /// Since the start of the route.
  [[nodiscard]] Microseconds end_us() const noexcept;
  [[nodiscard]] double time_s(Microseconds since_start) const noexcept {
    return travel_.start_s() + 1e-6 * static_cast<double>(since_start);
  }
  [[nodiscard]] double at_m(Microseconds since_start) const noexcept { return travel_.at_m(time_s(since_start)); }
  [[nodiscard]] bool has_shadows() const noexcept { return !input_.shadow.sigma_db.empty(); }
  /// Values of rsrp_dbm that were not numbers: places where a cell has no power.
  [[nodiscard]] std::size_t without_power() const noexcept { return without_power_; }

 private:
  [[nodiscard]] Stretch stretch(std::size_t first_step, std::size_t steps) const;

  RouteInput input_;
  Travel travel_;
  ShadowKnots knots_;
  std::vector<int> sites_;
  std::vector<KnotWeights> weights_{};
  std::vector<Stretch> stretches_{};
  std::size_t without_power_ = 0;
};

}  // namespace amaneku::mobility
