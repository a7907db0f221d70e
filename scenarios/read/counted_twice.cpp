#include "scenarios/read/counted_twice.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <type_traits>
#include <variant>

namespace amaneku::scenarios {
namespace {

/// What in a scenario stands for one thing.
struct Counted {
  const char* warning;
  const char* what;
  std::vector<std::string> by{};

  void add_to(std::vector<Warning>& warnings) const {
    if (by.size() < 2) return;
    warnings.push_back(
        {warning, fmt::format("{}: {} add up", what, fmt::join(by, ", ")), static_cast<long long>(by.size())});
  }
};

Counted building_losses(const PlanInput& input) {
  Counted out{"building_loss_counted_twice", "the way into buildings is counted more than once"};
  if (const auto* area = std::get_if<MicLocal5gSub6>(&input.engine.model);
      area != nullptr && area->building_loss_db > 0.0)
    out.by.push_back(fmt::format("building_loss_db of {} ({:g} dB)", MicLocal5gSub6::id, area->building_loss_db));
  for (const RadioModel& loss : input.engine.coverage.added_losses) {
    if (std::holds_alternative<P2109>(loss) || std::holds_alternative<Tr38901O2i>(loss))
      out.by.push_back(fmt::format("the added loss {}", model_id(loss)));
  }
  if (input.network.receiver.building_loss_db > 0.0)
    out.by.push_back(fmt::format("receiver.building_loss_db ({:g} dB)", input.network.receiver.building_loss_db));
  return out;
}

Counted body_losses(const PlanInput& input) {
  Counted out{"body_loss_counted_twice", "the body of the user is counted more than once"};
  for (const RadioModel& loss : input.engine.coverage.added_losses) {
    if (std::holds_alternative<BodyLoss>(loss)) out.by.push_back(fmt::format("the added loss {}", model_id(loss)));
  }
  if (input.network.receiver.body_loss_db > 0.0)
    out.by.push_back(fmt::format("receiver.body_loss_db ({:g} dB)", input.network.receiver.body_loss_db));
  return out;
}

/// The share of places outdoors that a model is for; 50: its median.
double location_percent(const RadioModel& model) {
  constexpr double kMedian = 50.0;
  return std::visit(
      [](const auto& concrete) {
        using Model = std::decay_t<decltype(concrete)>;
        if constexpr (std::is_same_v<Model, P2109>) {
          return kMedian;  // of buildings
        } else if constexpr (std::is_same_v<Model, P1411>) {
          return concrete.variability == P1411::Variability::location_percent ? concrete.location_percent
                                                                              : kMedian;
        } else if constexpr (requires { concrete.location_percent; }) {
          return concrete.location_percent;
        } else {
          return kMedian;
        }
      },
      model);
}

Counted location_shares(const PlanInput& input) {
  constexpr double kMedian = 50.0;
  Counted out{"location_counted_twice", "the spread over places is counted more than once"};
  const auto add = [&](const RadioModel& model) {
    const double percent = location_percent(model);
    if (percent != kMedian) out.by.push_back(fmt::format("location_percent {:g} of {}", percent, model_id(model)));
  };
  add(input.engine.model);
  for (const RadioModel& loss : input.engine.coverage.added_losses) add(loss);
  if (input.service.location_percent != kMedian && input.service.shadowing_sigma_db > 0.0)
    out.by.push_back(fmt::format("service.location_percent {:g}", input.service.location_percent));
  return out;
}

}  // namespace

std::vector<Warning> counted_twice(const PlanInput& input) {
  std::vector<Warning> warnings;
  building_losses(input).add_to(warnings);
  body_losses(input).add_to(warnings);
  location_shares(input).add_to(warnings);
  return warnings;
}

}  // namespace amaneku::scenarios
