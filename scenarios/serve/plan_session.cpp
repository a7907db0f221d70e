#include "scenarios/serve/plan_session.hpp"

#include <chrono>
#include <span>
#include <utility>

#include "libsim/plan/diagnostics.hpp"
#include "scenarios/report/picture.hpp"

namespace amaneku::scenarios {
namespace {

constexpr int kCoarseColumns = 200;
constexpr std::size_t kMostSteps = 1000;

template <class Work>
double seconds_of(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Ground, network and engine alone, on the cells of `grid`.
PlanInput coarse_of(const PlanInput& input, const Grid& grid) {
  PlanInput out;
  out.world.crs_id = input.world.crs_id;
  out.world.flat_earth = input.world.flat_earth;
  out.world.ground.ground_asl_m = shrink(input.world.ground.ground_asl_m, grid);
  if (!input.world.ground.clutter_m.values.empty())
    out.world.ground.clutter_m = shrink(input.world.ground.clutter_m, grid);
  out.network = input.network;
  out.engine = input.engine;
  out.statistics = input.statistics;
  out.keep_path_loss = KeepPathLoss::always;
  return out;
}

}  // namespace

PlanSession::PlanSession(Scenario scenario, const PlanOptions& options) : options_(options) {
  auto planned = std::make_shared<Planned>();
  planned->input = std::move(scenario.input);
  planned->input.keep_path_loss = KeepPathLoss::always;
  planned->file = scenario.file;
  auto state = std::make_shared<PlanState>();
  state->seconds = seconds_of([&] { planned->result = plan(planned->input, options); });
  state->plan = std::move(planned);
  options_.on_progress = {};
  base_ = state;
  current_ = state;
}

std::shared_ptr<const PlanState> PlanSession::current() const {
  const std::scoped_lock lock(reading_);
  return current_;
}

std::shared_ptr<const PlanState> PlanSession::check(std::int64_t revision) const {
  std::shared_ptr<const PlanState> state = current();
  if (state->revision != revision) throw StaleRevision{state->revision};
  return state;
}

std::shared_ptr<const PlanState> PlanSession::publish(std::shared_ptr<PlanState> state) {
  const std::scoped_lock lock(reading_);
  if (state->steps_done == 0 && first_studied_ && !state->studies_current) state->studied = first_studied_;
  if (state->steps_done == 0) state->studies_current = state->studied != nullptr;
  current_ = state;
  return state;
}

void PlanSession::run_first_studies() {
  const std::shared_ptr<const Planned> done = studied(*base_->plan);
  if (!done) return;
  const std::scoped_lock lock(reading_);
  first_studied_ = done;
  auto state = std::make_shared<PlanState>(*current_);
  if (!state->studied) state->studied = done;
  if (state->steps_done == 0) state->studies_current = true;
  current_ = std::move(state);
}

std::shared_ptr<const PlanState> PlanSession::plan_steps(const PlanState& from, std::size_t steps) {
  auto state = std::make_shared<PlanState>(from);
  state->seconds = seconds_of([&] { state->plan = steps == 0 ? base_->plan : planned(from, steps); });
  state->revision = from.revision + 1;
  state->steps_done = steps;
  state->steps_known = steps_.size();
  state->studies_current = false;
  return publish(std::move(state));
}

std::shared_ptr<const Planned> PlanSession::planned(const PlanState& from, std::size_t steps) const {
  const Planned& base = *base_->plan;
  auto out = std::make_shared<Planned>();
  out->file = base.file;
  out->input = base.input;
  apply_edits(std::span(steps_).first(steps), out->input.world, out->input.network);
  PlanOptions options = options_;
  options.earlier.push_back({from.plan->input, from.plan->result});
  options.earlier.push_back({base.input, base.result});
  out->result = plan(out->input, options);
  return out;
}

std::shared_ptr<const PlanState> PlanSession::edit(std::int64_t revision, EditStep step) {
  const std::scoped_lock lock(changing_);
  const std::shared_ptr<const PlanState> from = check(revision);
  if (from->steps_done >= kMostSteps) throw InputError(Fault{.message = "there are too many changes: save them"});
  std::vector<EditStep> before = steps_;
  steps_.resize(from->steps_done);
  steps_.push_back(std::move(step));
  try {
    return plan_steps(*from, steps_.size());
  } catch (...) {
    steps_ = std::move(before);
    throw;
  }
}

std::shared_ptr<const PlanState> PlanSession::undo(std::int64_t revision) {
  const std::scoped_lock lock(changing_);
  const std::shared_ptr<const PlanState> from = check(revision);
  if (from->steps_done == 0) throw InputError(Fault{.message = "there is nothing to undo"});
  return plan_steps(*from, from->steps_done - 1);
}

std::shared_ptr<const PlanState> PlanSession::redo(std::int64_t revision) {
  const std::scoped_lock lock(changing_);
  const std::shared_ptr<const PlanState> from = check(revision);
  if (from->steps_done == from->steps_known) throw InputError(Fault{.message = "there is nothing to do again"});
  return plan_steps(*from, from->steps_done + 1);
}

std::shared_ptr<const PlanState> PlanSession::run_studies(std::int64_t revision) {
  const std::scoped_lock lock(changing_);
  const std::shared_ptr<const PlanState> from = check(revision);
  if (from->studies_current) return from;
  auto state = std::make_shared<PlanState>(*from);
  state->seconds = seconds_of([&] { state->plan = studied(*from->plan); });
  if (!state->plan) throw InputError(Fault{.message = "the server is ending"});
  state->studied = state->plan;
  state->studies_current = true;
  state->revision = from->revision + 1;
  return publish(std::move(state));
}

std::shared_ptr<const Planned> PlanSession::studied(const Planned& plan) const {
  const Provenance& origin = plan.input.provenance;
  Scenario again = load(plan.file, {.settings = {origin.settings.begin(), origin.settings.end()}});
  if (again.input.provenance.input_sha256 != origin.input_sha256) {
    throw InputError(Fault{.message = "it, or a file that it names, has changed since it was read: serve it again",
                           .file = plan.file.string()});
  }
  auto out = std::make_shared<Planned>();
  out->input = plan.input;
  out->result = plan.result;
  out->file = plan.file;
  out->studies = std::move(again.studies);
  const Radio radio = radio_of(out->input, out->result);
  for (const StudyStage& study : out->studies.stages()) {
    if (given_up_) return nullptr;
    study.run({out->input, out->result, radio, out->result.warnings});
  }
  out->result.warnings = merged(out->result.warnings);
  return out;
}

Grid PlanSession::preview_grid() const {
  return picture_grid(base_->plan->result.grid, kCoarseColumns);
}

void PlanSession::bring_coarse_up_to(const PlanState& state) {
  if (coarse_revision_ == state.revision) return;
  PlanOptions options = options_;
  PlanInput input = coarse_revision_ < 0 ? coarse_of(state.plan->input, preview_grid()) : coarse_input_;
  input.network = state.plan->input.network;
  if (coarse_revision_ >= 0) options.earlier.push_back({coarse_input_, coarse_});
  PlanResult result = plan(input, options);
  coarse_input_ = std::move(input);
  coarse_ = std::move(result);
  coarse_revision_ = state.revision;
}

CoarseMap PlanSession::preview(std::int64_t revision, const EditStep& step) {
  const std::shared_ptr<const PlanState> state = check(revision);
  const std::scoped_lock lock(coarse_lock_);
  bring_coarse_up_to(*state);
  PlanInput input = coarse_input_;
  apply_edits(std::span(&step, 1), state->plan->input.world, input.network);
  PlanOptions options = options_;
  options.earlier.push_back({coarse_input_, coarse_});
  return {std::move(plan(input, options).maps.rsrp_dbm)};
}

}  // namespace amaneku::scenarios
