#include "scenarios/studies/studies.hpp"

#include <iterator>
#include <type_traits>

namespace amaneku::scenarios {

std::vector<Table> Studies::tables(const PlanInput& input, const PlanResult& result) const {
  std::vector<Table> out;
  each_asked([&](const auto& study) {
    std::vector<Table> own = study.tables(input, result);
    out.insert(out.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
  });
  return out;
}

std::vector<StudyStage> Studies::stages() {
  std::vector<StudyStage> out;
  const auto add = [&](auto& study) {
    if (study.asked())
      out.push_back({study.id, [this, &study](const StudyInput& plan) { study.run(plan, *this); }});
  };
  // The targets of fibre take what the backhaul lays.
  add(get<BackhaulStudy>());
  each([&](auto& study) {
    if constexpr (!std::is_same_v<std::decay_t<decltype(study)>, BackhaulStudy>) add(study);
  });
  return out;
}

}  // namespace amaneku::scenarios
