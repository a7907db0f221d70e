// plan(): one pure function from what was asked to what was found.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "libsim/count/coverage_statistics.hpp"
#include "libsim/count/existing_statistics.hpp"
#include "libsim/count/operators.hpp"
#include "libsim/count/service_statistics.hpp"
#include "libsim/input/provenance.hpp"
#include "libsim/load/cell_load.hpp"
#include "libsim/load/traffic.hpp"
#include "libsim/maps/radio.hpp"
#include "libsim/maps/service.hpp"
#include "libsim/plan/loss_survey.hpp"

namespace amaneku {

/// Whether a result keeps the loss of every transmitter, or only the maps made of it.
enum class KeepPathLoss : std::uint8_t {
  automatic,  ///< up to kMostPathLossBytes
  always,
  never
};

/// Everything validated, in metres, in one projected CRS.
struct PlanInput {
  World world{};
  Network network{};
  Engine engine{};
  Provenance provenance{};
  KeepPathLoss keep_path_loss = KeepPathLoss::automatic;
  StatisticsOptions statistics{};
  ServiceTargets service{};
  Traffic traffic{};
  std::vector<double> rsrp_classes_dbm = {-120, -110, -100, -90, -80};  ///< legend bounds, ascending
  std::vector<Warning> warnings{};                                      ///< from reading
};

struct PlanResult {
  Grid grid{};
  Coverage coverage{};
  bool has_path_loss = true;          ///< the transmitters of `coverage` have their loss rasters
  std::vector<LossSurvey> surveys{};  ///< [transmitter]; empty where the result was read from a file
  ServerMaps maps{};
  std::optional<NetworkLoad> load{};     ///< where the scenario has traffic
  std::optional<ServiceMaps> service{};  ///< where the radio technology of any sector is known
  CoverageStatistics statistics{};
  std::optional<ExistingStatistics> existing{};           ///< where the world has an existing coverage
  std::optional<ServiceStatistics> service_statistics{};  ///< with `service`
  std::optional<Operators> operators{};  ///< where the existing sites belong to two operators or more
  std::vector<Warning> warnings{};       ///< from reading and planning, each id once
  std::vector<std::pair<std::string, double>> timing_s{};  ///< stage, seconds; not part of "same bytes"
};

/// A plan of the same world, receiver and engine, which are not compared. Borrowed.
struct EarlierPlan {
  const PlanInput& input;
  const PlanResult& result;
};

struct PlanOptions {
  int threads = 0;
  std::function<void(std::string_view stage, double done_fraction)> on_progress{};
  /// Their losses stand for those of transmitters that have not changed: less work, and the same bytes. Of use
  /// where they and this plan keep their losses.
  std::vector<EarlierPlan> earlier{};
  /// The losses of every transmitter of this plan, computed elsewhere (libsim/result/loss_file.hpp): the same
  /// bytes. Not with `earlier`. Asked until plan() returns.
  LossSource losses{};
};

/// What a study finds when its turn comes: the plan with its maps and statistics.
struct StudyInput {
  const PlanInput& input;
  const PlanResult& result;  ///< without the warnings of diagnostics
  const Radio& radio;
  std::vector<Warning>& warnings;  ///< to be added to
};

/// A study as plan() runs it, a stage of its own. plan.hpp knows none of them.
struct StudyStage {
  std::string_view id;
  std::function<void(const StudyInput&)> run;
};

/// The maps, the statistics, then each study in its order.
[[nodiscard]] PlanResult plan(const PlanInput& input, const PlanOptions& options = {},
                              std::span<const StudyStage> studies = {});

/// "SITE / SECTOR" of an index into Coverage::sectors; empty for -1.
[[nodiscard]] std::string sector_name(const PlanInput& input, const PlanResult& result, int sector);

/// The network of a finished plan, to be asked further. Borrows both.
[[nodiscard]] Radio radio_of(const PlanInput& input, const PlanResult& result);

}  // namespace amaneku
