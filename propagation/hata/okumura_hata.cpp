#include "propagation/hata/okumura_hata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "propagation/itu/p525.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kOkumuraAreas = {"urban", "suburban", "open"};
constexpr std::array<const char*, 2> kOkumuraCities = {"medium", "large"};

}  // namespace

constexpr std::array<Choice<OkumuraHata>, 2> OkumuraHata::choices = {
    choice_of<&OkumuraHata::area, OkumuraHata>("area", kOkumuraAreas, "Hata 1980, section III"),
    choice_of<&OkumuraHata::city, OkumuraHata>("city", kOkumuraCities, "Hata 1980, eq. (12) to (15): a(h_m)")};

namespace hata {

double medium_city_gain_db(const HataLink& link) noexcept {
  const double log_f = std::log10(link.f_mhz);
  return (1.1 * log_f - 0.7) * link.mobile_agl_m - (1.56 * log_f - 0.8);
}

double large_city_gain_db(const HataLink& link) noexcept {
  const bool low = link.f_mhz < 300.0;
  const double log_h = std::log10((low ? 1.54 : 11.75) * link.mobile_agl_m);
  return low ? 8.29 * log_h * log_h - 1.1 : 3.2 * log_h * log_h - 4.97;
}

double base_and_distance_db(const HataLink& link, double d_km) noexcept {
  const double log_h = std::log10(link.base_agl_m);
  return -13.82 * log_h + (44.9 - 6.55 * log_h) * std::log10(d_km);
}

std::string below_free_space(std::string_view model, double formula_db) {
  return fmt::format("{}: the formula gives {:.1f} dB, less than free space; free space is taken", model,
                     formula_db);
}

namespace {

struct HataTerms {
  double urban_db;   ///< before the mobile height
  double height_db;  ///< a(h_m)
  double relief_db;  ///< what suburbs or open land take off
  [[nodiscard]] double median_db() const noexcept { return urban_db - height_db - relief_db; }
};

HataTerms hata_terms(const OkumuraHata& model, const Link& link, double distance_m) noexcept {
  const HataLink ends = hata_link(link);
  return {69.55 + 26.16 * std::log10(ends.f_mhz) + base_and_distance_db(ends, distance_km(distance_m)),
          model.city == OkumuraHata::City::large ? large_city_gain_db(ends) : medium_city_gain_db(ends),
          area_relief_db(model.area, ends.f_mhz)};
}

}  // namespace
}  // namespace hata

double loss_db(const OkumuraHata& model, const Link& link, const PathGeometry& path) noexcept {
  return std::max(hata::hata_terms(model, link, path.distance_m).median_db(),
                  itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path)));
}

PathLoss explain_terms(const OkumuraHata& model, const Link& link, const PathGeometry& path) {
  const hata::HataTerms terms = hata::hata_terms(model, link, path.distance_m);
  const double free_db = itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path));
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = terms.median_db() < free_db ? "free_space" : "median";
  out.terms = {{"free_space_db", free_db},
               {"urban_db", terms.urban_db},
               {"mobile_height_gain_db", terms.height_db},
               {"area_relief_db", terms.relief_db}};
  if (terms.median_db() < free_db)
    out.warnings.push_back(hata::below_free_space(OkumuraHata::id, terms.median_db()));
  return out;
}

}  // namespace amaneku
