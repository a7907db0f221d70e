#include "libsim/studies/routes/route_mend.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "libsim/index.hpp"

namespace amaneku {
namespace {

/// A course of the samples of one gap, and of one on either side of it, so that a portal has an outside.
Course part_of(const Course& course, std::size_t first, std::size_t last) {
  Course out{.step_m = course.step_m};
  const auto cut = [&](const auto& all) {
    return std::decay_t<decltype(all)>(all.begin() + static_cast<std::ptrdiff_t>(first),
                                       all.begin() + static_cast<std::ptrdiff_t>(last) + 1);
  };
  out.at = cut(course.at);
  out.lonlat = cut(course.lonlat);
  out.heading_deg = cut(course.heading_deg);
  for (CourseStretch stretch : course.stretches) {
    if (stretch.last < first || stretch.first > last) continue;
    stretch.first = std::max(stretch.first, first) - first;
    stretch.last = std::min(stretch.last, last) - first;
    out.stretches.push_back(stretch);
  }
  return out;
}

/// The candidates as if they were built, and nothing else.
Network candidates_of(const MendInput& input) {
  Network out{.receiver = input.radio.receiver()};
  for (Site site : input.radio.sites()) {
    if (site.existing || (input.operator_id && site.operator_id != *input.operator_id)) continue;
    site.existing = true;
    out.sites.push_back(std::move(site));
  }
  return out;
}

class Mender {
 public:
  explicit Mender(const MendInput& input)
      : input_(input),
        options_(input.options),
        candidates_(candidates_of(input)),
        coverage_(listed()),
        radio_(input.radio.world(), candidates_, input.radio.engine(), coverage_, false),
        idle_(course_network(radio_, nullptr, input.noise_rise_db)),
        cells_(radio_, idle_) {
    options_.aids.clear();
  }

  [[nodiscard]] GapMend best(std::size_t number, const CourseGap& gap) const {
    GapMend best{.gap = number};
    if (gap.shortage == Shortage::outside || candidates_.sites.empty()) return best;
    const std::size_t first = gap.first > 0 ? gap.first - 1 : 0;
    const Course part = part_of(input_.course, first, std::min(gap.last + 1, input_.course.samples() - 1));
    const CoursePowers powers = course_powers(radio_, part, options_);
    double best_away_m = std::numeric_limits<double>::infinity();
    for (std::size_t site = 0; site < candidates_.sites.size(); ++site) {
      const std::vector<SampleService> service = served_by(site, powers, part);
      const std::vector<Shortage> left = shortages(service, powers.outside, input_.need);
      GapMend mend{.gap = number, .site_id = candidates_.sites[site].id, .worst_rsrp_dbm = kInfinity};
      for (std::size_t i = gap.first - first; i <= gap.last - first; ++i) {
        if (left[i] != Shortage::none) continue;
        mend.closed_share += 1.0 / static_cast<double>(gap.last + 1 - gap.first);
        mend.worst_rsrp_dbm = std::min(mend.worst_rsrp_dbm, service[i].rsrp_dbm);
      }
      mend.closed_m = mend.closed_share * (gap.to_m - gap.from_m);
      const double away_m = distance_m(candidates_.sites[site].at, part.at[part.samples() / 2]);
      const bool as_good = mend.closed_share == best.closed_share && away_m < best_away_m;
      if (mend.closed_share == 0.0 || (mend.closed_share <= best.closed_share && !as_good)) continue;
      best = std::move(mend);
      best_away_m = away_m;
    }
    return best;
  }

 private:
  static constexpr float kInfinity = std::numeric_limits<float>::infinity();

  [[nodiscard]] Coverage listed() const {
    std::vector<Warning> without_ground;  // such a candidate closes nothing
    const Raster<float>& ground = input_.radio.world().ground.ground_asl_m;
    Coverage out = list_transmitters(
        input_.radio.coverage().grid, candidates_.sites, [&](Point at) { return sample_bilinear(ground, at); },
        without_ground);
    out.effective_earth_radius_m = input_.radio.coverage().effective_earth_radius_m;
    return out;
  }

  /// Every sample by the strongest sector of the site.
  [[nodiscard]] std::vector<SampleService> served_by(std::size_t site, const CoursePowers& powers,
                                                     const Course& part) const {
    std::vector<int> serving(part.samples(), -1);
    for (std::size_t i = 0; i < part.samples(); ++i) {
      float strongest = -kInfinity;
      for (std::size_t c = 0; c < powers.cells(); ++c) {
        const float level = powers.rsrp_dbm[i * powers.cells() + c];
        if (coverage_.sectors[index_of(powers.sectors[c])].site != static_cast<int>(site) || !(level > strongest))
          continue;
        strongest = level;
        serving[i] = static_cast<int>(c);
      }
    }
    return cells_.service(powers, serving, false);
  }

  const MendInput& input_;
  CourseRadioOptions options_;
  Network candidates_;
  Coverage coverage_;
  Radio radio_;
  CourseNetwork idle_;
  CourseCells cells_;
};

}  // namespace

std::vector<GapMend> mends(const MendInput& input, std::span<const CourseGap> gaps) {
  if (gaps.empty()) return {};
  const Mender mender(input);
  std::vector<GapMend> out;
  for (std::size_t g = 0; g < gaps.size(); ++g) out.push_back(mender.best(g, gaps[g]));
  return out;
}

}  // namespace amaneku
