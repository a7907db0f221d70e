#include "propagation/hata/cost231_hata.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/itu/p525.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 2> kCities = {"medium", "metropolitan"};

}  // namespace

constexpr std::array<Choice<Cost231Hata>, 1> Cost231Hata::choices = {
    choice_of<&Cost231Hata::city, Cost231Hata>("city", kCities, "COST 231 final report, eq. (4.4.3): C_m")};

namespace {

struct Terms {
  double urban_db;   ///< before the mobile height
  double height_db;  ///< a(h_m)
  double city_db;    ///< C_m
  [[nodiscard]] double median_db() const noexcept { return urban_db - height_db + city_db; }
};

// Eq. (4.4.3). a(h_m) is that of a medium city for both values of C_m.
Terms terms_of(const Cost231Hata& model, const Link& link, double distance_m) noexcept {
  const hata::HataLink ends = hata::hata_link(link);
  return {46.3 + 33.9 * std::log10(ends.f_mhz) + hata::base_and_distance_db(ends, hata::distance_km(distance_m)),
          hata::medium_city_gain_db(ends), model.city == Cost231Hata::City::metropolitan ? 3.0 : 0.0};
}

}  // namespace

double loss_db(const Cost231Hata& model, const Link& link, const PathGeometry& path) noexcept {
  return std::max(terms_of(model, link, path.distance_m).median_db(),
                  itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path)));
}

PathLoss explain_terms(const Cost231Hata& model, const Link& link, const PathGeometry& path) {
  const Terms terms = terms_of(model, link, path.distance_m);
  const double free_db = itu::free_space_loss_db(link.freq_hz, itu::slant_distance_m(path));
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = terms.median_db() < free_db ? "free_space" : "median";
  out.terms = {{"free_space_db", free_db},
               {"urban_db", terms.urban_db},
               {"mobile_height_gain_db", terms.height_db},
               {"city_db", terms.city_db}};
  if (terms.median_db() < free_db)
    out.warnings.push_back(hata::below_free_space(Cost231Hata::id, terms.median_db()));
  return out;
}

}  // namespace amaneku
