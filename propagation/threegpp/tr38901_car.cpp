#include "propagation/threegpp/tr38901_car.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kWindows = {"plain", "metallised"};

}  // namespace

constexpr std::array<Choice<Tr38901Car>, 1> Tr38901Car::choices = {
    choice_of<&Tr38901Car::windows, Tr38901Car>("windows", kWindows, "TR 38.901 clause 7.4.3.2")};

double loss_db(const Tr38901Car& model, const Link&, const PathGeometry&) noexcept {
  return model.windows == Tr38901Car::Windows::metallised ? 20.0 : 9.0;  // mu of (7.4-4)
}

double sigma_db(const Tr38901Car&) noexcept {
  return 5.0;
}

PathLoss explain_terms(const Tr38901Car& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = kWindows[static_cast<std::size_t>(model.windows)];
  out.terms = {{"sigma_db", sigma_db(model)}};
  return out;
}

}  // namespace amaneku
