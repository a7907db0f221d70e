// What of people, roads, meshes and municipalities a network reaches in a year: the figures behind
// check_targets().
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/studies/targets/target_check.hpp"

namespace amaneku {

/// A metric at one time, or why there is none.
struct Measured {
  std::optional<double> actual{};
  NotEvaluated reason = NotEvaluated::no;
  double whole = 0.0;
  double part = 0.0;
  std::vector<TargetPart> parts{};
  TargetPart outside{};  ///< people of none of the parts
};

class TargetMeasure {
 public:
  explicit TargetMeasure(const TargetInput& input);

  [[nodiscard]] const TargetInput& input() const noexcept { return input_; }
  [[nodiscard]] const PeopleMeshes& people() const noexcept { return people_; }
  [[nodiscard]] const MeshCells& mesh_cells() const noexcept { return mesh_cells_; }
  [[nodiscard]] const RoadSamples& road_samples() const noexcept { return road_samples_; }

  /// The networks that a metric is measured on.
  [[nodiscard]] const std::vector<ServedSince>& networks(TargetMetric metric) const noexcept;
  /// `network`: index into networks().
  [[nodiscard]] Measured measure(const Target& target, std::size_t network, int year) const;

  /// Code of the prefecture or municipality of a unit for a scope; empty: none. Of other scopes always empty.
  [[nodiscard]] std::string part_of(int municipality, TargetScope scope) const;
  [[nodiscard]] bool in_scope(const Road& road, TargetScope scope) const;
  /// Inhabited 10 km meshes whose centre the plan holds, with their people.
  [[nodiscard]] const std::map<std::string, double>& wide_meshes() const noexcept { return wide_meshes_; }
  /// `network`: Site::operator_id; empty: of any.
  [[nodiscard]] std::set<std::string> meshes_with_parent(int year, std::string_view network = {}) const;
  /// [municipality] whether the plan holds its inner point, and whether it has a 5G station.
  [[nodiscard]] const std::vector<bool>& municipalities_in_plan() const noexcept { return in_plan_; }
  [[nodiscard]] std::vector<bool> municipalities_with_station(int year, std::string_view network = {}) const;

 private:
  /// Share of a mesh's people who are left out because they are served already.
  [[nodiscard]] double left_out_share(std::size_t mesh) const;
  [[nodiscard]] NotEvaluated nothing(NotEvaluated reason) const noexcept;
  [[nodiscard]] Measured people_share(const Target& target, const ServedSince& served, int year) const;
  [[nodiscard]] Measured people_outside(const ServedSince& served, int year) const;
  [[nodiscard]] Measured roads(TargetScope scope, const ServedSince& served, int year) const;
  [[nodiscard]] Measured deployment(std::string_view network, int year) const;
  [[nodiscard]] Measured municipalities(std::string_view network, int year) const;
  [[nodiscard]] Measured stations(TargetScope scope, std::string_view network, int year) const;
  [[nodiscard]] bool has_5g(const Site& site, std::string_view network, int year) const;
  void find_wide_meshes();

  const TargetInput& input_;
  PeopleMeshes people_;
  MeshCells mesh_cells_;
  RoadSamples road_samples_;
  std::map<std::string, double> wide_meshes_{};
  std::vector<bool> in_plan_{};
  std::vector<int> municipality_of_site_{};
};

/// The places that would close the gap of a missed target, largest first.
[[nodiscard]] std::vector<TargetGap> gaps_to_close(const TargetMeasure& measure, const TargetResult& result);

}  // namespace amaneku
