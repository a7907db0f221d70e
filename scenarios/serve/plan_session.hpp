// A plan that is looked at and changed: the plan as it was read, the changes to it, and the plan that they give.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "scenarios/read/scenario.hpp"
#include "scenarios/serve/site_edits.hpp"

namespace amaneku::scenarios {

/// One state of a session. Never changes.
struct PlanState {
  std::int64_t revision = 0;  ///< grows with every change, undone ones too
  std::size_t steps_done = 0;
  std::size_t steps_known = 0;               ///< done, and undone ones that can be done again
  double seconds = 0.0;                      ///< that it took to plan
  std::shared_ptr<const Planned> plan{};     ///< its studies count for nothing
  std::shared_ptr<const Planned> studied{};  ///< whose studies were run last; none at first
  bool studies_current = false;              ///< they are of this state
};

/// An edit of another state than the one that stands: somebody else has changed the plan.
struct StaleRevision {
  std::int64_t current = 0;
};

/// A map of received power on coarser cells, to follow a site that is dragged.
struct CoarseMap {
  Raster<float> rsrp_dbm{};
};

/// Every member may be called from any thread. One change at a time; readers keep the state that they have.
class PlanSession {
 public:
  /// Plans the scenario without its studies. Losses are kept, so that only those of changed sites are computed
  /// again.
  PlanSession(Scenario scenario, const PlanOptions& options);

  [[nodiscard]] std::shared_ptr<const PlanState> base() const noexcept { return base_; }
  [[nodiscard]] std::shared_ptr<const PlanState> current() const;

  /// Each throws StaleRevision where `revision` is not the current one, InputError where the change is wrong: then
  /// nothing has changed. The maps, people and roads are those of a full run; studies are left as they were.
  std::shared_ptr<const PlanState> edit(std::int64_t revision, EditStep step);
  std::shared_ptr<const PlanState> undo(std::int64_t revision);
  std::shared_ptr<const PlanState> redo(std::int64_t revision);

  /// Runs the studies of the current state, which the scenario file is asked for again. InputError where it, or
  /// what it names, has changed.
  std::shared_ptr<const PlanState> run_studies(std::int64_t revision);

  /// Runs the studies of the plan as it was read; of use once, and may take its time: changes do not wait for it.
  /// The revision stays.
  void run_first_studies();
  /// Lets run_first_studies() end early.
  void give_up() noexcept { given_up_ = true; }

  /// What the current plan would be with these edits.
  [[nodiscard]] CoarseMap preview(std::int64_t revision, const EditStep& step);
  [[nodiscard]] Grid preview_grid() const;

 private:
  [[nodiscard]] std::shared_ptr<const PlanState> check(std::int64_t revision) const;
  std::shared_ptr<const PlanState> plan_steps(const PlanState& from, std::size_t steps);
  [[nodiscard]] std::shared_ptr<const Planned> planned(const PlanState& from, std::size_t steps) const;
  /// Null where it was given up.
  [[nodiscard]] std::shared_ptr<const Planned> studied(const Planned& plan) const;
  std::shared_ptr<const PlanState> publish(std::shared_ptr<PlanState> state);
  void bring_coarse_up_to(const PlanState& state);

  PlanOptions options_;
  std::shared_ptr<const PlanState> base_{};
  std::mutex changing_{};         ///< held by whoever changes the plan
  mutable std::mutex reading_{};  ///< of current_ and first_studied_
  std::shared_ptr<const PlanState> current_{};
  std::shared_ptr<const Planned> first_studied_{};
  std::atomic<bool> given_up_{false};
  std::vector<EditStep> steps_{};

  std::mutex coarse_lock_{};  ///< of what follows
  std::int64_t coarse_revision_ = -1;
  PlanInput coarse_input_{};
  PlanResult coarse_{};
};

}  // namespace amaneku::scenarios
