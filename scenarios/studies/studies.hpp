// All studies, listed once, in the order in which they run: plan, schema, outputs, report, terminal and Python go
// over this list.
#pragma once

#include <tuple>

#include "scenarios/studies/antenna_heights/antenna_heights_study.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"
#include "scenarios/studies/coordination/coordination_study.hpp"
#include "scenarios/studies/costs/costs_study.hpp"
#include "scenarios/studies/licence/licence_study.hpp"
#include "scenarios/studies/places/places_study.hpp"
#include "scenarios/studies/routes/routes_study.hpp"
#include "scenarios/studies/selection/selection_study.hpp"
#include "scenarios/studies/targets/targets_study.hpp"

namespace amaneku::scenarios {

struct Studies {
  std::tuple<TargetsStudy, LicenceStudy, PlacesStudy, BackhaulStudy, RoutesStudy, CoordinationStudy,
             SelectionStudy, CostsStudy, AntennaHeightsStudy>
      all{};

  template <class Study>
  [[nodiscard]] Study& get() noexcept {
    return std::get<Study>(all);
  }
  template <class Study>
  [[nodiscard]] const Study& get() const noexcept {
    return std::get<Study>(all);
  }

  /// Calls visit(study) for every one.
  template <class Visit>
  void each(const Visit& visit) {
    std::apply([&](auto&... study) { (visit(study), ...); }, all);
  }
  template <class Visit>
  void each(const Visit& visit) const {
    std::apply([&](const auto&... study) { (visit(study), ...); }, all);
  }
  /// For those that the scenario asks for.
  template <class Visit>
  void each_asked(const Visit& visit) const {
    each([&](const auto& study) {
      if (study.asked()) visit(study);
    });
  }

  /// Their tables, in order.
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  /// The stages of plan(). Borrowed: they fill these studies.
  [[nodiscard]] std::vector<StudyStage> stages();
};

}  // namespace amaneku::scenarios
