#include "propagation/threegpp/tr37885.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kTr37885Scenarios = {"urban", "highway"};
constexpr std::array<const char*, 5> kLineOfSight = {"probability", "terrain", "los", "nlosv", "nlos"};

}  // namespace

constexpr std::array<Choice<Tr37885>, 3> Tr37885::choices = {
    choice_of<&Tr37885::scenario, Tr37885>("scenario", kTr37885Scenarios, "TR 37.885 clause 6.1"),
    choice_of<&Tr37885::line_of_sight, Tr37885>("line_of_sight", kLineOfSight, "TR 37.885 clause 6.2"),
    choice_of<&Tr37885::blocker_from, Tr37885>("blocker_from", threegpp::kBlockerFrom, threegpp::kBlockerSource)};

constexpr std::array<Field<Tr37885>, 2> Tr37885::fields = {
    {{"truck_percent", "%", &Tr37885::truck_percent, threegpp::kTruckPercent, threegpp::kTruckSource},
     {"blocker_height_m", "m", &Tr37885::blocker_height_m, threegpp::kBlockerHeight_m, threegpp::kBlockerSource}}};

namespace threegpp {

double road_los_probability(Tr37885::Scenario scenario, double d_m) noexcept {
  if (scenario == Tr37885::Scenario::urban) return std::min(1.0, 1.05 * std::exp(-0.0114 * d_m));
  if (d_m <= 475.0) return std::min(1.0, (2.1013e-6 * d_m - 0.002) * d_m + 1.0193);
  return std::max(0.0, 0.54 - 0.001 * (d_m - 475.0));
}

}  // namespace threegpp

namespace {

/// Losses of the three states, dB.
struct VehicleLosses {
  double los_db;
  double nlosv_db;
  double nlos_db;
  threegpp::Blockage blockage;  ///< part of nlosv_db
};

// Table 6.2.1-1.
VehicleLosses losses_of(const Tr37885& model, const Link& link, const PathGeometry& path) noexcept {
  const double d_m = threegpp::antenna_distance_m(path);
  const double log_d = std::log10(d_m);
  const double log_f = std::log10(positive(link.freq_hz * 1e-9));
  VehicleLosses out{};
  out.los_db = model.scenario == Tr37885::Scenario::urban ? 38.77 + 16.7 * log_d + 18.2 * log_f
                                                          : 32.4 + 20.0 * log_d + 20.0 * log_f;
  const Tr37885Blockage blocker{.blocker_from = model.blocker_from,
                                .truck_percent = model.truck_percent,
                                .blocker_height_m = model.blocker_height_m};
  out.blockage = threegpp::blockage_of(blocker, link, d_m);
  out.nlosv_db = out.los_db + out.blockage.mean_db;
  out.nlos_db = 36.85 + 30.0 * log_d + 18.9 * log_f;
  return out;
}

/// How often each state occurs at such a path; the three add up to 1.
struct States {
  double los;
  double nlosv;
  double nlos;
};

States states_of(const Tr37885& model, const PathGeometry& path) noexcept {
  constexpr States kLos = {1.0, 0.0, 0.0};
  constexpr States kNlosv = {0.0, 1.0, 0.0};
  constexpr States kNlos = {0.0, 0.0, 1.0};
  switch (model.line_of_sight) {
    case Tr37885::LineOfSight::los:
      return kLos;
    case Tr37885::LineOfSight::nlosv:
      return kNlosv;
    case Tr37885::LineOfSight::nlos:
      return kNlos;
    case Tr37885::LineOfSight::terrain:
      return path.line_of_sight ? kLos : kNlos;
    case Tr37885::LineOfSight::probability:
      break;
  }
  if (!path.line_of_sight) return kNlos;
  const double los = threegpp::road_los_probability(model.scenario, positive(path.distance_m));
  return {los, 1.0 - los, 0.0};
}

double expected_db(const VehicleLosses& loss, const States& share) noexcept {
  return share.los * loss.los_db + share.nlosv * loss.nlosv_db + share.nlos * loss.nlos_db;
}

constexpr double kLosSigma_db = 3.0;  // also of NLOSv
constexpr double kNlosSigma_db = 4.0;

double nlosv_sigma_db(const VehicleLosses& loss) noexcept {
  return std::hypot(kLosSigma_db, loss.blockage.sigma_db);
}

double mixed_sigma_db(const VehicleLosses& loss, const States& share) noexcept {
  const double mean_db = expected_db(loss, share);
  const auto second_moment = [mean_db](double loss_db, double sigma) {
    return sigma * sigma + (loss_db - mean_db) * (loss_db - mean_db);
  };
  return std::sqrt(share.los * second_moment(loss.los_db, kLosSigma_db) +
                   share.nlosv * second_moment(loss.nlosv_db, nlosv_sigma_db(loss)) +
                   share.nlos * second_moment(loss.nlos_db, kNlosSigma_db));
}

std::string_view mode_of(const States& share) noexcept {
  if (share.los >= 1.0) return "line_of_sight";
  if (share.nlosv >= 1.0) return "vehicle_blockage";
  return share.nlos >= 1.0 ? "non_line_of_sight" : "expected";
}

}  // namespace

double loss_db(const Tr37885& model, const Link& link, const PathGeometry& path) noexcept {
  return expected_db(losses_of(model, link, path), states_of(model, path));
}

double sigma_db(const Tr37885& model, const Link& link, const PathGeometry& path) noexcept {
  return mixed_sigma_db(losses_of(model, link, path), states_of(model, path));
}

PathLoss explain_terms(const Tr37885& model, const Link& link, const PathGeometry& path) {
  const VehicleLosses loss = losses_of(model, link, path);
  const States share = states_of(model, path);
  PathLoss out;
  out.loss_db = expected_db(loss, share);
  out.mode = mode_of(share);
  out.terms = {{"los_probability", share.los},
               {"nlosv_probability", share.nlosv},
               {"los_db", loss.los_db},
               {"nlosv_db", loss.nlosv_db},
               {"nlos_db", loss.nlos_db},
               {"blockage_db", loss.blockage.mean_db},
               {"blockage_sigma_db", loss.blockage.sigma_db},
               {"los_sigma_db", kLosSigma_db},
               {"nlosv_sigma_db", nlosv_sigma_db(loss)},
               {"nlos_sigma_db", kNlosSigma_db},
               {"sigma_db", mixed_sigma_db(loss, share)}};
  return out;
}

}  // namespace amaneku
