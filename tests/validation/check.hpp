// What a validation check is: a file of reference numbers, the model it belongs to, and how a case is computed.
// One checks_<family>.cpp a family of models; checks.cpp lists them.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/radial_path.hpp"
#include "tests/support/csv.hpp"

namespace amaneku::test {

using Json = nlohmann::json;

/// Differences to the expected values of one quantity of one file, by one engine.
struct Differences {
  std::string quantity{};    ///< "loss_db H", "J(nu)" ...
  std::string engine{};      ///< "scalar", "radial", or "direct" for a formula without a path
  double tolerance = 0.001;  ///< in the unit of the quantity, dB unless it says otherwise
  std::vector<double> absolute{};

  [[nodiscard]] double largest() const;
  [[nodiscard]] double percentile95() const;
  [[nodiscard]] std::size_t over() const;
};

/// Collects differences by quantity and engine, in order of first appearance.
class Collector {
 public:
  explicit Collector(double tolerance) : tolerance_(tolerance) {}
  /// A difference that is not finite counts as infinite.
  void add(const std::string& quantity, const std::string& engine, double computed, double expected);
  /// For quantities that need another tolerance than the file's (other unit, coarser rounding).
  void add(const std::string& quantity, const std::string& engine, double computed, double expected,
           double tolerance);
  /// For words, modes and codes: difference 0 or infinite.
  template <class Value>
  void equal(const std::string& quantity, const std::string& engine, const Value& computed,
             const Value& expected) {
    add(quantity, engine, computed == expected ? 0.0 : 1.0, 0.0, 0.0);
  }
  [[nodiscard]] std::vector<Differences> take() { return std::move(all_); }

 private:
  double tolerance_;
  std::vector<Differences> all_{};
};

/// A profile of profiles.jsonl.
struct ReferenceProfile {
  Profile profile{};  ///< with clutter and zones
  double tx_latitude_deg = 0.0;
  double tx_longitude_deg = 0.0;
  double rx_latitude_deg = 0.0;
  double rx_longitude_deg = 0.0;
  [[nodiscard]] Profile bare() const;  ///< without clutter and zones
};
using ReferenceProfiles = std::map<std::string, ReferenceProfile>;

/// Throws if the case names a profile that is not there. The key is "profile".
[[nodiscard]] const ReferenceProfile& profile_of(const Json& json, const ReferenceProfiles& profiles);

/// A file of reference/propagation/generated: JSON lines, one case a line.
struct LineCheck {
  std::string_view file;
  std::string_view models;  ///< ids of the models it validates, comma between them
  double tolerance_db;
  std::size_t cases;  ///< in the shared reference
  void (*run)(const Json&, const ReferenceProfiles&, Collector&);
};

/// A set below reference/propagation/published, read by its own function.
struct PublishedCheck {
  std::string_view name;  ///< of the set, as in docs/methods
  std::string_view models;
  double tolerance_db;
  std::size_t cases;       ///< in the shared reference
  std::size_t known_over;  ///< differences that the reference code itself has
  std::size_t (*run)(const std::filesystem::path& published, Collector&);  ///< returns the cases run
};

/// Calls `visit(json)` for every line; the error names the line. Returns the cases.
std::size_t for_each_line(const std::filesystem::path& path, const std::function<void(const Json&)>& visit);

/// The fast engine has heights in float, as grids do. Where a model jumps (a horizon moves to another sample, a
/// percentage crosses a limit) that little may move the loss: such a case says nothing about the engine.
template <class Model>
[[nodiscard]] bool stands_rounding(const Model& model, const Link& link, const Profile& profile) {
  constexpr double kUnmoved_db = 2e-4;
  Profile rounded = profile;
  for (double& h : rounded.ground_asl_m) h = static_cast<double>(static_cast<float>(h));
  const auto loss = [&](const Profile& p) { return loss_db(model, link, extract_path(link, p.view())); };
  return std::fabs(loss(rounded) - loss(profile)) < kUnmoved_db;
}

/// Distances to the coast that a case states, m.
struct CoastDistances {
  double tx_m;
  double rx_m;
};

/// Loss by the fast engine: geometry of a radial, physics over arrays.
template <class Model>
[[nodiscard]] double fast_loss_db(const Model& model, const Link& link, const Profile& profile,
                                  const CoastDistances& coast) {
  RadialPath radial;
  PathArrays& paths = radial.arrays(link, profile.view(), lanes_terrain(model));
  paths.all_inland = false;
  paths.coast_distance_tx_m[0] = coast.tx_m;
  paths.coast_distance_rx_m[0] = coast.rx_m;
  std::array<double, 1 + PathArrays::kPadding> loss{};
  losses_db(prepared(model, link), link, paths, loss);
  return loss[0];
}

[[nodiscard]] const std::vector<LineCheck>& line_checks();
[[nodiscard]] const std::vector<PublishedCheck>& published_checks();

}  // namespace amaneku::test
