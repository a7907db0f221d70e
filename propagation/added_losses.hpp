// Losses on top of a path model: gas, rain, clutter, building entry ... Their sum is added to the path model's
// loss.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "propagation/models.hpp"

namespace amaneku {

/// The added losses of one link, ready for a loop over its paths. What `prepared` gives as FixedLoss or
/// SpecificLoss costs nothing more per path however many there are; the rest is asked for each path.
class AddedLosses {
 public:
  AddedLosses() = default;
  /// Of every model: role added, terrain none.
  AddedLosses(std::span<const RadioModel> models, const Link& link);

  [[nodiscard]] double loss_db(const PathGeometry& path) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return empty_; }

 private:
  bool empty_ = true;
  double fixed_db_ = 0.0;
  SpecificLoss specific_{0.0};
  Link link_{};
  std::vector<std::function<double(const PathGeometry&)>> others_{};
};

/// A path's loss with every added loss by itself.
struct TotalLoss {
  double loss_db = 0.0;           ///< path + sum of added
  PathLoss path{};                ///< of the path model alone
  std::vector<PathLoss> added{};  ///< in the order of the models
  /// Whether the ends see each other over ground, clutter and the Earth; nothing of a path without points between.
  std::optional<bool> line_of_sight{};

  /// "line_of_sight", "obstructed", or nothing where it is not known: the geometry, whatever the model does with
  /// it.
  [[nodiscard]] std::string_view geometry() const noexcept;
  /// PathLoss::mode of the path model, which is its method of solution: ITM's "line_of_sight" is one that it uses
  /// for obstructed paths too.
  [[nodiscard]] std::string_view method() const noexcept { return path.mode; }
  /// The method in a word that is true of the path: "obstructed" where it says line_of_sight of a path that is
  /// not.
  [[nodiscard]] std::string_view mode() const noexcept;
};

[[nodiscard]] TotalLoss explain_total(const RadioModel& model, std::span<const RadioModel> added, const Link& link,
                                      const PathGeometry& path);

/// InputError unless the model may plan an area: role path. `key` is where the user said it.
void require_path_model(const RadioModel& model, std::string_view key);
/// InputError unless the model may be added to a path model's loss: role added.
void require_added_loss(const RadioModel& model, std::string_view key);

}  // namespace amaneku
