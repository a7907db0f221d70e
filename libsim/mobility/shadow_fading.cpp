#include "libsim/mobility/shadow_fading.hpp"

#include <algorithm>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <string>

#include "libsim/mobility/random.hpp"
#include "terrain/range.hpp"

namespace amaneku::mobility {
namespace {

constexpr Range kCorrelation{0.0, 1.0};
constexpr Range kSigma_db{0.0, 30.0};

}  // namespace

std::vector<Fault> shadow_faults(const ShadowModel& model, const RouteRadio& radio) {
  std::vector<Fault> out;
  const std::size_t n = model.sigma_db.size();
  const std::size_t cells = radio.cells.size();
  if (n > 1 && n != cells && n != cells * radio.samples)
    out.push_back({.message = "is neither of all nor of each cell nor of each sample and cell",
                   .key = "sigma_db",
                   .value = std::to_string(n) + " values"});
  if (!std::all_of(model.sigma_db.begin(), model.sigma_db.end(), [](float s) { return kSigma_db.contains(s); }))
    out.push_back({.message = "is outside its range", .key = "sigma_db", .legal = kSigma_db.text()});
  if (!(model.decorrelation_m > 0.0) || !std::isfinite(model.decorrelation_m))
    out.push_back(
        {.message = "must be positive", .key = "decorrelation_m", .value = std::to_string(model.decorrelation_m)});
  if (!kCorrelation.contains(model.site_correlation))
    out.push_back({.message = "is outside its range",
                   .key = "site_correlation",
                   .value = std::to_string(model.site_correlation),
                   .legal = kCorrelation.text()});
  if (model.knots < 2 || model.knots > 1000)
    out.push_back({.message = "is outside its range",
                   .key = "knots",
                   .value = std::to_string(model.knots),
                   .legal = "2 .. 1000"});
  return out;
}

ShadowKnots::ShadowKnots(const ShadowModel& model, double length_m)
    : spacing_m_(model.decorrelation_m / model.knots),
      correlation_(std::exp(-1.0 / model.knots)),
      count_(static_cast<std::size_t>(std::ceil(length_m / spacing_m_)) + 2) {}

KnotWeights ShadowKnots::at(double at_m) const noexcept {
  const double place = at_m / spacing_m_;
  const double knot = std::floor(place);
  const double u = place - knot;
  const double norm = std::sqrt((1.0 - u) * (1.0 - u) + u * u + 2.0 * u * (1.0 - u) * correlation_);
  return {static_cast<std::uint32_t>(knot), static_cast<float>((1.0 - u) / norm), static_cast<float>(u / norm)};
}

void draw_fields(const ShadowKnots& knots, const FieldRequest& request, std::span<float> field) {
  const auto rho = static_cast<float>(knots.correlation());
  const float innovation = std::sqrt(1.0F - rho * rho);
  const auto draw = [&](Random random, float share, std::span<float> out) {
    boost::random::normal_distribution<float> normal;
    for (float& value : out) value = share * innovation * normal(random);
    out.front() /= innovation;
    for (std::size_t k = 1; k < out.size(); ++k) out[k] += rho * out[k - 1];
  };
  const std::span<float> common = field.subspan(request.sites.size() * knots.count(), knots.count());
  draw(rng({request.seed, request.run, 0, Stream::shadow_common}),
       static_cast<float>(std::sqrt(request.site_correlation)), common);
  const auto own_share = static_cast<float>(std::sqrt(1.0 - request.site_correlation));
  for (std::size_t s = 0; s < request.sites.size(); ++s) {
    const std::span<float> own = field.subspan(s * knots.count(), knots.count());
    const auto site = static_cast<std::uint64_t>(request.sites[s]);
    draw(rng({request.seed, request.run, site, Stream::shadow_site}), own_share, own);
    for (std::size_t k = 0; k < own.size(); ++k) own[k] += common[k];
  }
}

}  // namespace amaneku::mobility
