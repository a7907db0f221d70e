#include "propagation/threegpp/tr37885_blockage.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"

namespace amaneku {

constexpr std::array<Choice<Tr37885Blockage>, 1> Tr37885Blockage::choices = {
    choice_of<&Tr37885Blockage::blocker_from, Tr37885Blockage>("blocker_from", threegpp::kBlockerFrom,
                                                               threegpp::kBlockerSource)};

constexpr std::array<Field<Tr37885Blockage>, 2> Tr37885Blockage::fields = {
    {{"truck_percent", "%", &Tr37885Blockage::truck_percent, threegpp::kTruckPercent, threegpp::kTruckSource},
     {"blocker_height_m", "m", &Tr37885Blockage::blocker_height_m, threegpp::kBlockerHeight_m,
      threegpp::kBlockerSource}}};

namespace threegpp {

namespace {

double beyond_541m_db(double d3d_m) noexcept {
  return std::max(0.0, 15.0 * std::log10(d3d_m) - 41.0);
}

// By one vehicle: nothing if both antennas are above it, most if both are below.
Blockage vehicle_blockage(double blocker_m, const Link& link, double far_db) noexcept {
  if (std::min(link.tx_agl_m, link.rx_agl_m) > blocker_m) return {0.0, 0.0};
  if (std::max(link.tx_agl_m, link.rx_agl_m) < blocker_m) return {9.0 + far_db, 4.5};
  return {5.0 + far_db, 4.0};
}

}  // namespace

Blockage blockage_of(const Tr37885Blockage& model, const Link& link, double d3d_m) noexcept {
  const double far_db = beyond_541m_db(d3d_m);
  if (model.blocker_from == Tr37885Blockage::BlockerFrom::given) {
    return vehicle_blockage(model.blocker_height_m, link, far_db);
  }
  constexpr double kTruck_m = 3.0;
  constexpr double kCar_m = 1.6;
  const double trucks = std::clamp(model.truck_percent / 100.0, 0.0, 1.0);
  const double cars = 1.0 - trucks;
  const Blockage truck = vehicle_blockage(kTruck_m, link, far_db);
  const Blockage car = vehicle_blockage(kCar_m, link, far_db);
  const double step_db = truck.mean_db - car.mean_db;
  return {trucks * truck.mean_db + cars * car.mean_db,
          std::sqrt(trucks * truck.sigma_db * truck.sigma_db + cars * car.sigma_db * car.sigma_db +
                    trucks * cars * step_db * step_db)};
}

double antenna_distance_m(const PathGeometry& path) noexcept {
  const double d2d_m = positive(path.distance_m);
  const double rise_m = bounded(path.tx_asl_m) - bounded(path.rx_asl_m);
  return std::sqrt(d2d_m * d2d_m + rise_m * rise_m);
}

}  // namespace threegpp

double loss_db(const Tr37885Blockage& model, const Link& link, const PathGeometry& path) noexcept {
  return threegpp::blockage_of(model, link, threegpp::antenna_distance_m(path)).mean_db;
}

PathLoss explain_terms(const Tr37885Blockage& model, const Link& link, const PathGeometry& path) {
  const threegpp::Blockage blockage = threegpp::blockage_of(model, link, threegpp::antenna_distance_m(path));
  PathLoss out;
  out.loss_db = blockage.mean_db;
  out.mode = blockage.mean_db > 0.0 ? "vehicle_blockage" : "above_vehicles";
  out.terms = {{"sigma_db", blockage.sigma_db}};
  return out;
}

}  // namespace amaneku
