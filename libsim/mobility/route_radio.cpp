#include "libsim/mobility/route_radio.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "terrain/range.hpp"

namespace amaneku::mobility {
namespace {

constexpr Range kNoise_dbm{-200.0, 0.0};
constexpr Range kLoad{0.0, 1.0};
constexpr Range kCellOffset_db{-24.0, 24.0};
constexpr Range kPower_dbm{-400.0, 100.0};

std::string element(const char* name, std::size_t i) {
  return std::string(name) + "[" + std::to_string(i) + "]";
}

Fault out_of_range(std::string key, double value, const Range& legal) {
  return {.message = "is outside its range",
          .key = std::move(key),
          .value = std::to_string(value),
          .legal = legal.text()};
}

void add_cell_faults(std::vector<Fault>& out, const RouteRadio& radio) {
  const auto channels = static_cast<int>(radio.channels.size());
  for (std::size_t i = 0; i < radio.cells.size(); ++i) {
    const RouteCell& cell = radio.cells[i];
    const std::string key = element("cells", i);
    if (cell.site < 0) out.push_back({.message = "has no site", .key = key + ".site", .legal = ">= 0"});
    if (cell.channel < 0 || cell.channel >= channels)
      out.push_back({.message = "is no index of a channel",
                     .key = key + ".channel",
                     .value = std::to_string(cell.channel),
                     .legal = "0 .. " + std::to_string(channels - 1)});
    if (!kNoise_dbm.contains(cell.noise_dbm))
      out.push_back(out_of_range(key + ".noise_dbm", cell.noise_dbm, kNoise_dbm));
    if (!kLoad.contains(cell.load)) out.push_back(out_of_range(key + ".load", cell.load, kLoad));
    if (!kCellOffset_db.contains(cell.individual_offset_db))
      out.push_back(out_of_range(key + ".individual_offset_db", cell.individual_offset_db, kCellOffset_db));
  }
}

void add_power_faults(std::vector<Fault>& out, const RouteRadio& radio) {
  if (radio.rsrp_dbm.size() != radio.samples * radio.cells.size()) {
    out.push_back({.message = "has not one value per sample and cell",
                   .key = "rsrp_dbm",
                   .value = std::to_string(radio.rsrp_dbm.size()),
                   .legal = std::to_string(radio.samples * radio.cells.size())});
    return;
  }
  const auto wrong = std::find_if(radio.rsrp_dbm.begin(), radio.rsrp_dbm.end(), [](float power_dbm) {
    return !std::isnan(power_dbm) && !kPower_dbm.contains(power_dbm);
  });
  if (wrong != radio.rsrp_dbm.end())
    out.push_back(out_of_range(element("rsrp_dbm", static_cast<std::size_t>(wrong - radio.rsrp_dbm.begin())),
                               *wrong, kPower_dbm));
}

void add_time_faults(std::vector<Fault>& out, const TimeLaw& law, std::size_t samples) {
  const auto wrong_size = [&](const char* key, std::size_t size) {
    out.push_back({.message = "has not one time per sample",
                   .key = key,
                   .value = std::to_string(size),
                   .legal = std::to_string(samples)});
  };
  if (law.arrive_s.size() != samples) return wrong_size("arrive_s", law.arrive_s.size());
  if (!law.depart_s.empty() && law.depart_s.size() != samples) return wrong_size("depart_s", law.depart_s.size());
  double last_s = -std::numeric_limits<double>::infinity();
  const auto check = [&](const char* key, std::size_t i, double time_s) {
    const bool runs_back = !std::isfinite(time_s) || time_s < last_s;
    if (runs_back)
      out.push_back({.message = "is before the time before it, or no number",
                     .key = element(key, i),
                     .value = std::to_string(time_s),
                     .legal = ">= " + std::to_string(last_s)});
    last_s = time_s;
    return !runs_back;
  };
  for (std::size_t i = 0; i < samples; ++i) {
    if (!check("arrive_s", i, law.arrive_s[i])) return;
    if (!law.depart_s.empty() && !check("depart_s", i, law.depart_s[i])) return;
  }
  if (samples > 0 && !(last_s > law.arrive_s.front()))
    out.push_back({.message = "takes no time from end to end", .key = "arrive_s"});
}

}  // namespace

TimeLaw constant_speed(const RouteRadio& radio, double speed_m_s) {
  if (!(speed_m_s > 0.0))
    throw InputError(Fault{.message = "must be positive", .key = "speed_m_s", .value = std::to_string(speed_m_s)});
  TimeLaw law;
  law.arrive_s.reserve(radio.samples);
  for (std::size_t i = 0; i < radio.samples; ++i)
    law.arrive_s.push_back(radio.step_m * static_cast<double>(i) / speed_m_s);
  return law;
}

std::vector<Fault> route_faults(const RouteRadio& radio, const TimeLaw& law) {
  std::vector<Fault> out;
  if (!(radio.step_m > 0.0) || !std::isfinite(radio.step_m))
    out.push_back({.message = "must be positive", .key = "step_m", .value = std::to_string(radio.step_m)});
  if (radio.samples < 2)
    out.push_back({.message = "a route has two samples or more",
                   .key = "samples",
                   .value = std::to_string(radio.samples),
                   .legal = ">= 2"});
  if (radio.cells.empty()) out.push_back({.message = "a route without a cell has no radio link", .key = "cells"});
  add_cell_faults(out, radio);
  add_power_faults(out, radio);
  add_time_faults(out, law, radio.samples);
  return out;
}

double Travel::at_m(double time_s) const noexcept {
  const std::vector<double>& arrive_s = law_->arrive_s;
  const auto next = std::upper_bound(arrive_s.begin(), arrive_s.end(), time_s);
  if (next == arrive_s.begin()) return 0.0;
  const auto i = static_cast<std::size_t>(next - arrive_s.begin()) - 1;
  const double here_m = step_m_ * static_cast<double>(i);
  if (next == arrive_s.end()) return here_m;
  const double left_s = depart_s(i);
  if (time_s <= left_s) return here_m;
  return here_m + step_m_ * (time_s - left_s) / (arrive_s[i + 1] - left_s);
}

double sinr_db(const RouteRadio& radio, std::span<const float> powers_dbm, std::size_t server) {
  const RouteCell& own = radio.cells[server];
  const Channel& victim = radio.channels[static_cast<std::size_t>(own.channel)];
  double disturbance_mw = std::pow(10.0, 0.1 * own.noise_dbm);
  for (std::size_t c = 0; c < powers_dbm.size(); ++c) {
    if (c == server || std::isnan(powers_dbm[c])) continue;
    const RouteCell& other = radio.cells[c];
    const double share = other.channel == own.channel
                             ? 1.0
                             : interference_share(victim, radio.channels[static_cast<std::size_t>(other.channel)]);
    disturbance_mw += other.load * share * std::pow(10.0, 0.1 * static_cast<double>(powers_dbm[c]));
  }
  const double wanted_dbm = static_cast<double>(powers_dbm[server]);
  if (std::isnan(wanted_dbm)) return -std::numeric_limits<double>::infinity();
  return wanted_dbm - 10.0 * std::log10(disturbance_mw);
}

}  // namespace amaneku::mobility
