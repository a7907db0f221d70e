// Area formula of the Japanese examination standard for local 5G below 6 GHz, in the extended-Hata form with
// fixed reliefs for suburbs and open land. From secondary sources: see docs/methods/mic_local5g_sub6.md.
#include "propagation/mic/local5g_sub6.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kAreas = {"urban", "suburban", "open"};
constexpr std::array<const char*, 2> kInterpolations = {"endpoints", "weighted"};

}  // namespace

constexpr std::array<Field<MicLocal5gSub6>, 2> MicLocal5gSub6::fields = {
    {{"building_loss_db", "dB", &MicLocal5gSub6::building_loss_db, {0.0, 100.0}, "R of the area formula"},
     {"terrain_correction_db",
      "dB",
      &MicLocal5gSub6::terrain_correction_db,
      {-50.0, 50.0},
      "K of the area formula"}}};

constexpr std::array<Choice<MicLocal5gSub6>, 2> MicLocal5gSub6::choices = {
    choice_of<&MicLocal5gSub6::area, MicLocal5gSub6>("area", kAreas, "S of the area formula"),
    choice_of<&MicLocal5gSub6::interpolation, MicLocal5gSub6>("interpolation", kInterpolations,
                                                              "two readings of the range between 40 m and 100 m")};

namespace {

double area_relief_db(ExtendedHata::Area area) noexcept {
  switch (area) {
    case ExtendedHata::Area::suburban:
      return 12.3;
    case ExtendedHata::Area::open:
      return 32.5;
    case ExtendedHata::Area::urban:
      break;
  }
  return 0.0;
}

double area_loss_db(const MicLocal5gSub6& model, const hata::HataLink& link, double d_km) noexcept {
  return hata::urban_loss_db(link, d_km) - area_relief_db(model.area) - model.terrain_correction_db;
}

// Both formulas at the distance itself; the weight is the published, rounded one.
double weighted_loss_db(const MicLocal5gSub6& model, const hata::HataLink& link, double d_km) noexcept {
  const double near_db = hata::near_loss_db(link, d_km);
  if (d_km <= hata::kFreeUpTo_km) return near_db;
  const double far_db = area_loss_db(model, link, d_km);
  if (d_km >= hata::kHataFrom_km) return std::max(far_db, near_db);
  const double weight = 2.51 * std::log10(d_km) + 3.51;
  return std::max(near_db, near_db + weight * (far_db - near_db));
}

double endpoint_loss_db(const MicLocal5gSub6& model, const hata::HataLink& link, double d_km) noexcept {
  if (d_km <= hata::kFreeUpTo_km) return hata::near_loss_db(link, d_km);
  if (d_km >= hata::kHataFrom_km) return area_loss_db(model, link, d_km);
  const double near_db = hata::near_loss_db(link, hata::kFreeUpTo_km);
  return near_db + hata::transition(d_km) * (area_loss_db(model, link, hata::kHataFrom_km) - near_db);
}

}  // namespace

double loss_db(const MicLocal5gSub6& model, const Link& link, const PathGeometry& path) noexcept {
  const hata::HataLink ends = hata::hata_link(link);
  const double d_km = hata::distance_km(path.distance_m);
  const bool weighted = model.interpolation == MicLocal5gSub6::Interpolation::weighted;
  return (weighted ? weighted_loss_db(model, ends, d_km) : endpoint_loss_db(model, ends, d_km)) +
         model.building_loss_db;
}

PathLoss explain_terms(const MicLocal5gSub6& model, const Link& link, const PathGeometry& path) {
  const hata::HataLink ends = hata::hata_link(link);
  const double d_km = hata::distance_km(path.distance_m);
  const double near_db = hata::near_loss_db(ends, d_km);
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = d_km <= hata::kFreeUpTo_km ? "free_space" : d_km < hata::kHataFrom_km ? "transition" : "median";
  out.terms = {{"free_space_db", near_db},
               {"median_excess_db", out.loss_db - model.building_loss_db - near_db},
               {"building_loss_db", model.building_loss_db}};
  return out;
}

}  // namespace amaneku
