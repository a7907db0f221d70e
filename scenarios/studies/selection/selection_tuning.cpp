// Antennas of the applied choice: turned at sampled people, held against the whole plan.
#include <algorithm>
#include <map>

#include "libsim/plan/plan.hpp"
#include "libsim/studies/selection/selection_recount.hpp"
#include "scenarios/studies/studies.hpp"

namespace amaneku::scenarios {
namespace {

/// The network with the first of the turns.
std::vector<Site> turned(std::vector<Site> sites, const std::vector<AntennaTurn>& turns, std::size_t first) {
  for (std::size_t i = 0; i < first; ++i) turn_antenna(sites, turns[i]);
  return sites;
}

/// Of each antenna where it stood and where it stands; those that came back are left out.
std::vector<AntennaTurn> once_each(const std::vector<AntennaTurn>& turns, std::size_t first) {
  std::map<std::pair<std::size_t, std::size_t>, AntennaTurn> out;
  for (std::size_t i = 0; i < first; ++i) {
    const auto [at, added] = out.try_emplace({turns[i].site, turns[i].sectors.front()}, turns[i]);
    at->second.to = turns[i].to;
  }
  std::vector<AntennaTurn> all;
  for (auto& [key, turn] : out) {
    const bool back = turn.from.azimuth_deg == turn.to.azimuth_deg &&
                      turn.from.electrical_downtilt_deg == turn.to.electrical_downtilt_deg;
    if (!back) all.push_back(std::move(turn));
  }
  return all;
}

double served(const PlanResult& plan) {
  return plan.service_statistics->people.shares.served();
}

}  // namespace

void SelectionStudy::tune(PlanInput& input, const Studies& studies, const Progress& progress) {
  if (!options->tuning) return;
  const auto tell = [&](double done) {
    if (progress) progress(done);
  };
  const auto planned = [&](double done) {
    return plan(input, {.threads = input.engine.coverage.threads,
                        .on_progress = [&](std::string_view, double) { tell(done); }});
  };
  const PlanResult listed = planned(0.0);
  std::vector<bool> may_turn(input.network.sites.size(), options->tuning->existing);
  for (const ChosenSite& one : report->chosen) may_turn[one.site] = true;
  const std::vector<DemandPoint> points =
      demand_points({.dl_bps_per_person = 1.0}, input.world.population, {}, input.world.grid());
  std::vector<double> load;
  std::vector<double> noise_rise_db;
  if (listed.load) {
    load = downlink_loads(*listed.load);
    noise_rise_db = noise_rises_db(*listed.load);
  }
  AntennaTuning tuning;
  try {
    tuning = tune_antennas({.radio = radio_of(input, listed),
                            .threshold_dbm = input.statistics.threshold_dbm,
                            .targets = input.service,
                            .points = points,
                            .load = load,
                            .noise_rise_db = noise_rise_db,
                            .may_turn = may_turn},
                           *options->tuning, [&](double done) { tell(0.8 * done); });
  } catch (const InputError& error) {
    throw located(error);
  }

  const std::vector<Site> sites = input.network.sites;
  const SelectionReport as_listed = *report;
  const std::vector<NamedPlace>& places = studies.get<PlacesStudy>().places;
  const SelectionInput ask{.world = input.world,
                           .network = input.network,
                           .engine = input.engine,
                           .statistics = input.statistics,
                           .places = places};
  const auto holds = [&](std::size_t first) {
    input.network.sites = turned(sites, tuning.turns, first);
    if (first == 0) {
      *report = as_listed;
      return true;
    }
    recount(ask, *options, *report);
    tell(0.8);
    return reaches_targets(*report, as_listed, *options);
  };
  std::size_t kept = tuning.turns.size();
  if (!holds(kept)) {  // as many of them, in their order, as leave every target reached
    std::size_t fails = kept;
    for (kept = 0; kept + 1 < fails;) {
      const std::size_t middle = kept + (fails - kept) / 2;
      (holds(middle) ? kept : fails) = middle;
    }
    holds(kept);
  }
  double after = kept > 0 ? served(planned(0.9)) : served(listed);
  if (!(after > served(listed))) {
    kept = 0;
    holds(kept);
    after = served(listed);
  }
  report->tuned = {.turns = once_each(tuning.turns, kept),
                   .antennas = tuning.antennas,
                   .given_up = tuning.turns.size() - kept,
                   .people = listed.service_statistics->people.shares.total,
                   .covered_before = as_listed.needs.front().reached,
                   .covered_after = report->needs.front().reached,
                   .served_before = served(listed),
                   .served_after = after};
  tell(1.0);
}

}  // namespace amaneku::scenarios
