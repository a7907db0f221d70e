#include "propagation/added_losses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <type_traits>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

void require_role(const RadioModel& model, Role role, std::string_view key, const char* why) {
  if (role_of(model) == role) return;
  throw InputError(Fault{.message = fmt::format("has the role \"{}\": {}", role_word(role_of(model)), why),
                         .key = std::string(key),
                         .value = fmt::format("\"{}\"", model_id(model)),
                         .legal = fmt::format("{}", fmt::join(model_ids(role), ", "))});
}

}  // namespace

AddedLosses::AddedLosses(std::span<const RadioModel> models, const Link& link)
    : empty_(models.empty()), link_(link) {
  for (const RadioModel& model : models) {
    std::visit(
        [&](const auto& concrete) {
          auto ready = prepared(concrete, link);
          using Ready = decltype(ready);
          if constexpr (std::is_same_v<Ready, FixedLoss>) {
            fixed_db_ += ready.loss_db;
          } else if constexpr (std::is_same_v<Ready, SpecificLoss>) {
            specific_.loss_db_m += ready.loss_db_m;
          } else {
            others_.emplace_back(
                [ready, link](const PathGeometry& path) noexcept { return amaneku::loss_db(ready, link, path); });
          }
        },
        model);
  }
}

double AddedLosses::loss_db(const PathGeometry& path) const noexcept {
  double sum = fixed_db_;
  if (specific_.loss_db_m != 0.0) sum += amaneku::loss_db(specific_, link_, path);
  for (const auto& other : others_) sum += other(path);
  return sum;
}

std::string_view TotalLoss::geometry() const noexcept {
  if (!line_of_sight) return {};
  return *line_of_sight ? "line_of_sight" : "obstructed";
}

std::string_view TotalLoss::mode() const noexcept {
  return path.mode == "line_of_sight" && line_of_sight == false ? geometry() : method();
}

TotalLoss explain_total(const RadioModel& model, std::span<const RadioModel> added, const Link& link,
                        const PathGeometry& path) {
  TotalLoss total;
  total.path = explain(model, link, path);
  total.loss_db = total.path.loss_db;
  if (path.samples > 2) total.line_of_sight = path.line_of_sight;
  for (const RadioModel& loss : added) {
    total.added.push_back(explain(loss, link, path));
    total.loss_db += total.added.back().loss_db;
  }
  return total;
}

void require_path_model(const RadioModel& model, std::string_view key) {
  require_role(model, Role::path, key, "it is not the loss of a whole path over an area");
}

void require_added_loss(const RadioModel& model, std::string_view key) {
  require_role(model, Role::added, key, "it cannot be added to the loss of another model");
}

}  // namespace amaneku
