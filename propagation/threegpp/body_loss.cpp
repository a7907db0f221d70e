#include "propagation/threegpp/body_loss.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 5> kUsages = {"terminal", "voice", "data", "self_blocking", "given"};

}  // namespace

constexpr std::array<Choice<BodyLoss>, 1> BodyLoss::choices = {
    choice_of<&BodyLoss::usage, BodyLoss>("usage", kUsages, "docs/methods/body_loss.md")};

constexpr std::array<Field<BodyLoss>, 1> BodyLoss::fields = {
    {{"body_loss_db", "dB", &BodyLoss::body_loss_db, {0.0, 40.0}, "measured or from a link budget"}}};

double loss_db(const BodyLoss& model, const Link&, const PathGeometry&) noexcept {
  switch (model.usage) {
    case BodyLoss::Usage::terminal:
      return 4.0;
    case BodyLoss::Usage::voice:
      return 3.0;
    case BodyLoss::Usage::data:
      return 0.0;
    case BodyLoss::Usage::self_blocking:
      return 30.0;
    case BodyLoss::Usage::given:
      break;
  }
  return model.body_loss_db;
}

PathLoss explain_terms(const BodyLoss& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = kUsages[static_cast<std::size_t>(model.usage)];
  out.terms = {{"body_db", out.loss_db}};
  return out;
}

}  // namespace amaneku
