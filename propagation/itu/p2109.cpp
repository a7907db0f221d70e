#include "propagation/itu/p2109.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/elevation.hpp"
#include "propagation/normal_quantile.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kBuildings = {"traditional", "thermally_efficient"};
constexpr std::array<const char*, 2> kElevationFrom = {"path", "given"};

}  // namespace

constexpr std::array<Choice<P2109>, 2> P2109::choices = {
    choice_of<&P2109::building_type, P2109>("building_type", kBuildings, "P.2109-2 section 2"),
    choice_of<&P2109::elevation_from, P2109>("elevation_from", kElevationFrom, "P.2109-2 section 3")};

constexpr std::array<Field<P2109>, 2> P2109::fields = {
    {{"location_percent", "%", &P2109::location_percent, {1e-6, 100.0 - 1e-6}, "P.2109-2 section 3"},
     {"elevation_deg", "deg", &P2109::elevation_deg, {-90.0, 90.0}, "P.2109-2 section 3"}}};

namespace itu {
namespace {

// P.2109-2 Table 1, one row a building type, in the order of BuildingType.
struct Coefficients {
  double r, s, t, u, v, w, x, y, z;
};
constexpr std::array<Coefficients, 2> kCoefficients = {
    {{12.64, 3.72, 0.96, 9.6, 2.0, 9.1, -3.0, 4.5, -2.0}, {28.19, -3.0, 8.48, 13.5, 3.8, 27.8, -2.9, 9.4, -2.1}}};

}  // namespace

BuildingEntry building_entry(double freq_hz, BuildingType building, double elevation_deg) noexcept {
  const Coefficients& c = kCoefficients[static_cast<std::size_t>(building)];
  const double log_f = std::log10(positive(freq_hz * 1e-9));
  BuildingEntry out{};
  out.median_horizontal_db = c.r + c.s * log_f + c.t * log_f * log_f;  // (9)
  out.elevation_db = 0.212 * std::abs(bounded(elevation_deg));         // (10)
  out.mu1_db = out.median_horizontal_db + out.elevation_db;            // (5)
  out.mu2_db = c.w + c.x * log_f;                                      // (6)
  out.sigma1_db = c.u + c.v * log_f;                                   // (7)
  out.sigma2_db = c.y + c.z * log_f;                                   // (8)
  return out;
}

double building_entry_loss_db(const BuildingEntry& entry, double location_percent) noexcept {
  const double quantile = normal_quantile(share_of(location_percent));
  const double A_db = quantile * entry.sigma1_db + entry.mu1_db;  // (2)
  const double B_db = quantile * entry.sigma2_db + entry.mu2_db;  // (3)
  const double C_db = -3.0;                                       // (4)
  // (1), the largest taken out of the sum of powers so that none of them overflows.
  const double most_db = std::max({A_db, B_db, C_db});
  const auto power = [most_db](double db) { return std::pow(10.0, 0.1 * (db - most_db)); };
  return most_db + 10.0 * std::log10(power(A_db) + power(B_db) + power(C_db));
}

}  // namespace itu

namespace {

double elevation_of(const P2109& model, const Link& link, const PathGeometry& path) noexcept {
  return model.elevation_from == P2109::ElevationFrom::given ? model.elevation_deg
                                                             : itu::elevation_deg(link, path, itu::End::rx);
}

itu::BuildingEntry entry_of(const P2109& model, const Link& link, const PathGeometry& path) noexcept {
  return itu::building_entry(link.freq_hz, model.building_type, elevation_of(model, link, path));
}

}  // namespace

double loss_db(const P2109& model, const Link& link, const PathGeometry& path) noexcept {
  return itu::building_entry_loss_db(entry_of(model, link, path), model.location_percent);
}

PathLoss explain_terms(const P2109& model, const Link& link, const PathGeometry& path) {
  const itu::BuildingEntry entry = entry_of(model, link, path);
  PathLoss out;
  out.loss_db = itu::building_entry_loss_db(entry, model.location_percent);
  out.mode = "building_entry";
  out.terms = {{"median_horizontal_db", entry.median_horizontal_db},
               {"elevation_db", entry.elevation_db},
               {"elevation_deg", elevation_of(model, link, path)},
               {"mu1_db", entry.mu1_db},
               {"sigma1_db", entry.sigma1_db},
               {"mu2_db", entry.mu2_db},
               {"sigma2_db", entry.sigma2_db}};
  return out;
}

}  // namespace amaneku
