#include "libsim/mobility/prepared_route.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "terrain/range.hpp"

namespace amaneku::mobility {
namespace {

/// Layer 1 periods of a stretch: long enough that its beginning costs little, short enough to leave cells out.
constexpr std::size_t kStretchPeriods = 32;
/// Floats of a vector register, of the widest that the compiler takes without being asked.
constexpr std::size_t kLanes = 4;
/// A cell this far below the noise adds 0.4 dB to it, a handover to it fails.
constexpr double kBelowNoise_db = 10.0;
constexpr Range kPruneSigmas{0.0, 100.0};

RouteInput checked(RouteInput input) {
  std::vector<Fault> faults = input_faults(input);
  if (!faults.empty()) throw InputError(std::move(faults));
  return input;
}

std::vector<int> distinct_sites(const std::vector<RouteCell>& cells) {
  std::vector<int> sites;
  for (const RouteCell& cell : cells) sites.push_back(cell.site);
  std::sort(sites.begin(), sites.end());
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  return sites;
}

/// Where a step lies between samples.
struct Between {
  std::size_t sample;
  float along;  ///< 0 .. 1 to the next
};
Between between(double at_m, const RouteRadio& radio) {
  const double place = at_m / radio.step_m;
  const auto sample = std::min(static_cast<std::size_t>(place), radio.samples - 2);
  return {sample, static_cast<float>(std::min(1.0, place - static_cast<double>(sample)))};
}

float median_dbm(const RouteRadio& radio, const Between& place, std::size_t cell) {
  const float a = radio.at(place.sample)[cell];
  const float b = radio.at(place.sample + 1)[cell];
  // Beside a hole the nearer sample decides: a ramp into nothing would be an invention.
  const float value = std::isnan(a) || std::isnan(b) ? (place.along < 0.5F ? a : b) : a + place.along * (b - a);
  return std::isnan(value) ? kNoPower_dbm : std::max(value, kNoPower_dbm);
}

/// Sigma of each cell at a step, from any of the forms of ShadowModel.
class Sigmas {
 public:
  Sigmas(const std::vector<float>& sigma_db, std::size_t cells, std::size_t samples)
      : sigma_db_(sigma_db), cells_(cells), by_sample_(sigma_db.size() > cells && samples > 1) {}
  [[nodiscard]] bool by_sample() const noexcept { return by_sample_; }
  [[nodiscard]] float at(const Between& place, std::size_t cell) const noexcept {
    if (sigma_db_.empty()) return 0.0F;
    if (sigma_db_.size() == 1) return sigma_db_.front();
    const std::size_t sample = place.along < 0.5F ? place.sample : place.sample + 1;
    return by_sample_ ? sigma_db_[sample * cells_ + cell] : sigma_db_[cell];
  }

 private:
  const std::vector<float>& sigma_db_;
  std::size_t cells_;
  bool by_sample_;
};

/// By how much a cell may be weaker than the best of its channel and still be asked for, or serve: as an
/// interferer the best one hides only what its load lets it hide.
double handover_reach_db(const RouteInput& input, double best_load) {
  const auto [least, most] = std::minmax_element(
      input.radio.cells.begin(), input.radio.cells.end(),
      [](const RouteCell& a, const RouteCell& b) { return a.individual_offset_db < b.individual_offset_db; });
  const double offsets_db = most->individual_offset_db - least->individual_offset_db;
  const double event_db = offsets_db - input.config.a3_offset_db - input.config.hysteresis_db;
  const double service_db = best_load > 0.0 ? -input.config.qout_db - 10.0 * std::log10(best_load)
                                            : std::numeric_limits<double>::infinity();
  return std::max(service_db, event_db) + 3.0 * input.config.measurement_error_db;
}

double difference_sigma_db(double a_db, double b_db, double correlation) {
  return std::sqrt(std::max(0.0, a_db * a_db + b_db * b_db - 2.0 * correlation * a_db * b_db));
}

/// Cells that have power at one of the samples, ascending; the others add nothing to any step between them.
std::vector<std::uint32_t> cells_with_power(const RouteInput& input, std::size_t first, std::size_t last) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t c = 0; c < input.radio.cells.size(); ++c) {
    bool heard = input.prune_sigmas >= kPruneSigmas.max;
    for (std::size_t i = first; !heard && i <= last; ++i) heard = !std::isnan(input.radio.at(i)[c]);
    if (heard) out.push_back(c);
  }
  return out;
}

/// Medians and sigmas at one step, of the cells with power.
struct StepLevels {
  std::vector<float> median_dbm{};
  std::vector<float> sigma_db{};
};

/// Marks the cells that can matter at a step.
void mark_candidates(const RouteInput& input, const std::vector<RouteCell>& cells, const StepLevels& levels,
                     std::vector<char>& matters) {
  std::vector<std::size_t> best(input.radio.channels.size(), cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::size_t& b = best[static_cast<std::size_t>(cells[c].channel)];
    if (b == cells.size() || levels.median_dbm[c] > levels.median_dbm[b]) b = c;
  }
  std::vector<double> reach_db;  // [channel]
  for (const std::size_t b : best)
    reach_db.push_back(b < cells.size() ? handover_reach_db(input, cells[b].load) : 0.0);
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const std::size_t b = best[static_cast<std::size_t>(cells[c].channel)];
    const double correlation = cells[c].site == cells[b].site ? 1.0 : input.shadow.site_correlation;
    const double spread_db = difference_sigma_db(levels.sigma_db[c], levels.sigma_db[b], correlation);
    const double level_dbm = levels.median_dbm[c];
    const bool heard = level_dbm + input.prune_sigmas * levels.sigma_db[c] >= cells[c].noise_dbm - kBelowNoise_db;
    const bool near = level_dbm + input.prune_sigmas * spread_db >=
                      levels.median_dbm[b] - reach_db[static_cast<std::size_t>(cells[c].channel)];
    if ((heard && near) || input.prune_sigmas >= kPruneSigmas.max) matters[c] = 1;
  }
}

/// [channel, cell] what a milliwatt of the cell adds to a server of the channel.
std::vector<float> interference_weights(const RouteRadio& radio) {
  std::vector<float> out;
  for (std::size_t v = 0; v < radio.channels.size(); ++v) {
    for (const RouteCell& cell : radio.cells) {
      const auto from = static_cast<std::size_t>(cell.channel);
      const double share = from == v ? 1.0 : interference_share(radio.channels[v], radio.channels[from]);
      out.push_back(static_cast<float>(cell.load * share));
    }
  }
  return out;
}

void set_weights(Stretch& out, const RouteRadio& radio) {
  const std::size_t all = radio.cells.size();
  out.lanes = (out.cells.size() + kLanes - 1) / kLanes * kLanes;
  const std::vector<float> weight = interference_weights(radio);
  for (std::size_t v = 0; v < radio.channels.size(); ++v) {
    for (const std::uint32_t c : out.cells) out.weight.push_back(weight[v * all + c]);
    out.weight.resize((v + 1) * out.lanes, 0.0F);
  }
}

struct Rest {
  const RouteRadio& radio;
  const std::vector<std::uint32_t>& cells;  ///< with power
  const std::vector<StepLevels>& levels;    ///< [step], of these
  const std::vector<char>& matters;         ///< of these
};
void add_rest(Stretch& out, const Rest& rest) {
  const std::vector<float> weight = interference_weights(rest.radio);
  const std::size_t all = rest.radio.cells.size();
  const std::size_t channels = rest.radio.channels.size();
  out.rest_mw.assign(out.steps * channels, 0.0F);
  double sum_mw = 0.0;
  double sigma_mw_db = 0.0;
  for (std::size_t i = 0; i < out.steps; ++i) {
    for (std::size_t k = 0; k < rest.cells.size(); ++k) {
      if (rest.matters[k] != 0) continue;
      const double median_mw = std::pow(10.0, 0.1 * static_cast<double>(rest.levels[i].median_dbm[k]));
      sum_mw += median_mw;
      sigma_mw_db += median_mw * static_cast<double>(rest.levels[i].sigma_db[k]);
      for (std::size_t v = 0; v < channels; ++v)
        out.rest_mw[i * channels + v] += weight[v * all + rest.cells[k]] * static_cast<float>(median_mw);
    }
  }
  if (sum_mw > 0.0) out.rest_sigma_db = static_cast<float>(sigma_mw_db / sum_mw);
}

}  // namespace

std::vector<Fault> input_faults(const RouteInput& input) {
  std::vector<Fault> out = route_faults(input.radio, input.law);
  const auto append = [&](std::vector<Fault> more) {
    std::move(more.begin(), more.end(), std::back_inserter(out));
  };
  append(config_faults(input.config));
  append(duration_faults(input.interruptions.preparation, "interruptions.preparation"));
  append(duration_faults(input.interruptions.execution, "interruptions.execution"));
  if (input.addition) {
    append(duration_faults(input.addition->preparation, "addition.preparation"));
    append(duration_faults(input.addition->execution, "addition.execution"));
  }
  append(shadow_faults(input.shadow, input.radio));
  if (!kPruneSigmas.contains(input.prune_sigmas))
    out.push_back({.message = "is outside its range",
                   .key = "prune_sigmas",
                   .value = std::to_string(input.prune_sigmas),
                   .legal = kPruneSigmas.text()});
  return out;
}

PreparedRoute::PreparedRoute(RouteInput input)
    : input_(checked(std::move(input))),
      travel_(input_.law, input_.radio.step_m),
      knots_(input_.shadow, input_.radio.length_m()),
      sites_(distinct_sites(input_.radio.cells)) {
  without_power_ =
      static_cast<std::size_t>(std::count_if(input_.radio.rsrp_dbm.begin(), input_.radio.rsrp_dbm.end(),
                                             [](float power_dbm) { return std::isnan(power_dbm); }));
  const auto steps = static_cast<std::size_t>(end_us() / step_us()) + 1;
  weights_.reserve(steps);
  for (std::size_t i = 0; i < steps; ++i)
    weights_.push_back(knots_.at(at_m(static_cast<Microseconds>(i) * step_us())));
  const std::size_t stretch_steps =
      kStretchPeriods * static_cast<std::size_t>(input_.config.l1_period_ms / input_.config.step_ms);
  for (std::size_t first = 0; first < steps; first += stretch_steps)
    stretches_.push_back(stretch(first, std::min(stretch_steps, steps - first)));
}

Microseconds PreparedRoute::end_us() const noexcept {
  return std::llround(1e6 * (travel_.end_s() - travel_.start_s()));
}

Stretch PreparedRoute::stretch(std::size_t first_step, std::size_t steps) const {
  const RouteRadio& radio = input_.radio;
  const std::size_t all = radio.cells.size();
  const Sigmas sigmas(input_.shadow.sigma_db, all, radio.samples);
  std::vector<Between> places;
  for (std::size_t i = 0; i < steps; ++i)
    places.push_back(between(at_m(static_cast<Microseconds>(first_step + i) * step_us()), radio));
  const std::vector<std::uint32_t> heard =
      cells_with_power(input_, places.front().sample, places.back().sample + 1);
  std::vector<RouteCell> heard_cells;
  for (const std::uint32_t c : heard) heard_cells.push_back(radio.cells[c]);
  std::vector<StepLevels> levels(steps);
  std::vector<char> matters(heard.size(), 0);
  for (std::size_t i = 0; i < steps; ++i) {
    levels[i].median_dbm.reserve(heard.size());
    levels[i].sigma_db.reserve(heard.size());
    for (const std::uint32_t c : heard) {
      levels[i].median_dbm.push_back(median_dbm(radio, places[i], c));
      levels[i].sigma_db.push_back(sigmas.at(places[i], c));
    }
    mark_candidates(input_, heard_cells, levels[i], matters);
  }
  Stretch out{.first_step = first_step, .steps = steps};
  std::vector<std::size_t> candidates;  // of the cells with power
  for (std::size_t k = 0; k < heard.size(); ++k) {
    if (matters[k] == 0) continue;
    candidates.push_back(k);
    out.cells.push_back(heard[k]);
    const auto site = static_cast<std::uint32_t>(
        std::lower_bound(sites_.begin(), sites_.end(), heard_cells[k].site) - sites_.begin());
    const auto known = std::find(out.sites.begin(), out.sites.end(), site);
    out.site_of.push_back(static_cast<std::uint32_t>(known - out.sites.begin()));
    if (known == out.sites.end()) out.sites.push_back(site);
  }
  set_weights(out, radio);
  for (std::size_t i = 0; i < steps; ++i) {
    for (const std::size_t k : candidates) out.median_dbm.push_back(levels[i].median_dbm[k]);
    if (i > 0 && !sigmas.by_sample()) continue;
    for (const std::size_t k : candidates) out.sigma_db.push_back(levels[i].sigma_db[k]);
  }
  add_rest(out, {radio, heard, levels, matters});
  return out;
}

}  // namespace amaneku::mobility
