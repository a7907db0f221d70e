#include "propagation/antenna_cut.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "propagation/antenna_text.hpp"

namespace amaneku {
namespace {

constexpr double kCircle_deg = 360.0;
constexpr double kSameAngle_deg = 2e-3;  ///< angles are written with two or three decimals
constexpr double kSameValue_db = 0.1;    ///< of 0 and 360 degrees in a measured sweep
constexpr double kMost_db = 300.0;

/// The number of stored steps that has every angle of `count` steps from 0 among its own, or the finest.
std::size_t stored_steps(std::size_t count) {
  constexpr std::array<std::size_t, 5> kStored{360, 720, 1440, 1800, 3600};
  const auto fits = std::find_if(kStored.begin(), kStored.end(), [&](std::size_t n) { return n % count == 0; });
  return fits == kStored.end() ? kStored.back() : *fits;
}

}  // namespace

void AntennaFaults::add(int line, Fault fault) {
  if (full()) return;
  fault.file = file_;
  fault.line = line;
  faults_.push_back(std::move(fault));
}

void AntennaFaults::throw_if_any() const {
  if (!faults_.empty()) throw InputError(faults_);
}

void AntennaCut::begin(int line, int promised) noexcept {
  line_ = line;
  promised_ = promised;
}

void AntennaCut::add(int line, std::string_view angle, std::string_view value, AntennaFaults& faults) {
  const std::optional<double> angle_deg = antenna_text::only_number(angle);
  const std::optional<double> value_db = antenna_text::only_number(value);
  if (!angle_deg || std::abs(*angle_deg) > kCircle_deg) {
    return faults.add(line, {.message = fmt::format("{} cut: not an angle", name_),
                             .key = "angle",
                             .value = std::string(angle),
                             .legal = "-360 .. 360 degrees"});
  }
  if (!value_db || std::abs(*value_db) > kMost_db) {
    return faults.add(line, {.message = fmt::format("{} cut: not an attenuation", name_),
                             .key = "attenuation_db",
                             .value = std::string(value),
                             .legal = kCutValues});
  }
  add(line, *angle_deg, *value_db);
}

// Programs write losses as numbers below zero, or gains against the largest: the same thing, if all of them are.
void AntennaCut::make_positive(std::vector<Point>& points, AntennaFaults& faults) const {
  const auto below = static_cast<std::size_t>(
      std::count_if(points.begin(), points.end(), [](const Point& point) { return point.value_db < 0.0; }));
  const auto above = static_cast<std::size_t>(
      std::count_if(points.begin(), points.end(), [](const Point& point) { return point.value_db > 0.0; }));
  if (below > 0 && above > 0) {
    for (const Point& point : points) {
      if (below < above ? point.value_db >= 0.0 : point.value_db <= 0.0) continue;
      faults.add(point.line,
                 {.message = fmt::format("{} cut: not an attenuation below the largest gain: {} values "
                                         "are negative and {} positive",
                                         name_, below, above),
                  .key = "attenuation_db",
                  .value = fmt::format("{:g}", point.value_db),
                  .legal = kCutValues});
      return;
    }
  }
  if (below == 0) return;
  for (Point& point : points) point.value_db = std::abs(point.value_db);
}

// 360 is 0 again, and negative angles are those on the other side.
std::vector<AntennaCut::Point> AntennaCut::round_circle(AntennaFaults& faults) const {
  std::vector<Point> points = points_;
  make_positive(points, faults);
  for (Point& point : points) {
    if (point.angle_deg < 0.0) point.angle_deg += kCircle_deg;
  }
  std::stable_sort(points.begin(), points.end(),
                   [](const Point& a, const Point& b) { return a.angle_deg < b.angle_deg; });
  if (!points.empty() && points.back().angle_deg > kCircle_deg - kSameAngle_deg) {
    const bool twice = points.front().angle_deg < kSameAngle_deg;
    const Point last = points.back();
    points.pop_back();
    if (!twice) {
      points.insert(points.begin(), {0.0, last.value_db, last.line});
    } else if (std::abs(last.value_db - points.front().value_db) > kSameValue_db) {
      faults.add(last.line, {.message = fmt::format("{} cut: {:g} dB at 360 degrees but {:g} dB at 0", name_,
                                                    last.value_db, points.front().value_db)});
    }
  }
  std::vector<Point> once;
  for (const Point& point : points) {
    if (once.empty() || point.angle_deg - once.back().angle_deg > kSameAngle_deg) {
      once.push_back(point);
      continue;
    }
    const auto [first, second] = std::minmax(once.back().line, point.line);
    const bool end_of_sweep =
        std::abs(point.angle_deg - 180.0) < kSameAngle_deg && points_.front().angle_deg < 0.0;
    if (end_of_sweep && std::abs(point.value_db - once.back().value_db) <= kSameValue_db) continue;
    faults.add(second, {.message = fmt::format("{} cut: angle {:g} a second time, first in line {}", name_,
                                               point.angle_deg, first),
                        .legal = kCutSteps});
  }
  return once;
}

// The commonest step is the cut's; whether all points keep to it is seen next.
std::optional<AntennaCut::Steps> AntennaCut::steps_of(const std::vector<Point>& points,
                                                      AntennaFaults& faults) const {
  std::map<long long, std::size_t> gaps;
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    ++gaps[std::llround((points[i + 1].angle_deg - points[i].angle_deg) * 200.0)];
  long long commonest = 0;
  std::size_t most = 0;
  for (const auto& [gap, count] : gaps) {
    if (count <= most) continue;
    most = count;
    commonest = gap;
  }
  const double count = commonest > 0 ? std::round(kCircle_deg * 200.0 / static_cast<double>(commonest)) : 0.0;
  const double step_deg = count > 0.0 ? kCircle_deg / count : 0.0;
  const bool divides = std::abs(step_deg * 200.0 - static_cast<double>(commonest)) <= 1.0;
  if (!divides || count < 36.0 || count > 3600.0) {
    faults.add(line_, {.message = fmt::format("{} cut: {} points, mostly {:g} degrees apart", name_, points.size(),
                                              static_cast<double>(commonest) / 200.0),
                       .legal = kCutSteps});
    return std::nullopt;
  }
  std::map<long long, std::size_t> offsets;
  for (const Point& point : points)
    ++offsets[std::llround(std::fmod(point.angle_deg + 0.5 * kSameAngle_deg, step_deg) * 200.0)];
  const auto offset = std::max_element(offsets.begin(), offsets.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
  const double offset_deg = static_cast<double>(offset->first) / 200.0;
  return Steps{step_deg - offset_deg < kSameAngle_deg ? 0.0 : offset_deg, step_deg,
               static_cast<std::size_t>(count)};
}

std::vector<std::optional<double>> AntennaCut::on_steps(const std::vector<Point>& points, const Steps& steps,
                                                        AntennaFaults& faults) const {
  std::vector<std::optional<double>> values(steps.count);
  for (const Point& point : points) {
    const double at = (point.angle_deg - steps.offset_deg) / steps.step_deg;
    const double nearest = std::round(at);
    if (std::abs(at - nearest) * steps.step_deg > 4.0 * kSameAngle_deg) {
      faults.add(point.line, {.message = fmt::format("{} cut: not in steps of {:g} degrees, as the others are",
                                                     name_, steps.step_deg),
                              .key = "angle",
                              .value = fmt::format("{:g}", point.angle_deg),
                              .legal = kCutSteps});
    } else {
      values[static_cast<std::size_t>(nearest + static_cast<double>(steps.count)) % steps.count] = point.value_db;
    }
  }
  return values;
}

// One point that lacks where the circle closes is a habit of programs; any other is a fault of the file.
bool AntennaCut::fill(std::vector<std::optional<double>>& values, const Steps& steps, AntennaFaults& faults,
                      std::vector<std::string>& doubts) const {
  std::size_t missing = 0;
  std::size_t first = 0;
  for (std::size_t i = values.size(); i-- > 0;) {
    if (values[i]) continue;
    ++missing;
    first = i;
  }
  if (missing == 0) return true;
  const auto angle_deg = [&](std::size_t i) { return steps.offset_deg + static_cast<double>(i) * steps.step_deg; };
  const std::size_t n = values.size();
  if (missing == 1 && (first == 0 || first + 1 == n)) {
    values[first] = 0.5 * (*values[(first + n - 1) % n] + *values[(first + 1) % n]);
    doubts.push_back(fmt::format("{} cut: no value at {:g} degrees, taken between its neighbours ({:.2f} dB)",
                                 name_, angle_deg(first), *values[first]));
    return true;
  }
  faults.add(line_, {.message = fmt::format("{} cut: {} of {} angles are missing, the first is {:g}", name_,
                                            missing, n, angle_deg(first)),
                     .legal = kCutSteps});
  return false;
}

std::vector<double> AntennaCut::attenuations_db(AntennaFaults& faults, std::vector<std::string>& doubts) const {
  if (line_ == 0 || points_.empty()) {
    const std::string what = line_ == 0 ? "there is no {} cut" : "the {} cut is empty";
    faults.add(line_, {.message = fmt::format(fmt::runtime(what), name_), .legal = kCutSteps});
    return {};
  }
  const std::size_t before = faults.count();
  const std::vector<Point> points = round_circle(faults);
  if (faults.count() > before) return {};
  const std::optional<Steps> steps = steps_of(points, faults);
  if (!steps) return {};
  std::vector<std::optional<double>> values = on_steps(points, *steps, faults);
  if (faults.count() > before || !fill(values, *steps, faults, doubts)) return {};
  const auto read = static_cast<int>(points_.size());
  const auto whole = static_cast<int>(steps->count);
  if (promised_ != 0 && promised_ != read && promised_ != whole)
    doubts.push_back(fmt::format("{} cut: {} points, where its first line says {}", name_, read, promised_));

  const std::size_t stored = steps->offset_deg == 0.0 ? stored_steps(steps->count) : 3600;
  std::vector<double> out(stored);
  for (std::size_t i = 0; i < stored; ++i) {
    const double angle_deg = static_cast<double>(i) * kCircle_deg / static_cast<double>(stored);
    const double at =
        (angle_deg - steps->offset_deg) / steps->step_deg + (angle_deg < steps->offset_deg ? whole : 0);
    const auto below = static_cast<std::size_t>(at);
    const double a = *values[below % steps->count];
    const double b = *values[(below + 1) % steps->count];
    out[i] = a + (at - std::floor(at)) * (b - a);
  }
  return out;
}

}  // namespace amaneku
