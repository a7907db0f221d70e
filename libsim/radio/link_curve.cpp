#include "libsim/radio/link_curve.hpp"

#include <algorithm>
#include <cmath>

namespace amaneku {
namespace {

constexpr int kStepsPerDb = 10;

double shannon_sinr_db(double bits_per_symbol) {
  return 10.0 * std::log10(std::exp2(bits_per_symbol) - 1.0);
}

}  // namespace

std::vector<RateStep> ascending_steps(std::vector<RateStep> points) {
  std::stable_sort(points.begin(), points.end(), [](const RateStep& a, const RateStep& b) {
    return a.sinr_db != b.sinr_db ? a.sinr_db < b.sinr_db : a.bits_per_symbol > b.bits_per_symbol;
  });
  std::vector<RateStep> steps;
  for (const RateStep& point : points) {
    if (steps.empty() || point.bits_per_symbol > steps.back().bits_per_symbol) steps.push_back(point);
  }
  return steps;
}

std::vector<RateStep> shannon_steps(const ModulationTable& table, double margin_db) {
  std::vector<RateStep> points;
  for (const Modulation& scheme : table.schemes) {
    points.push_back({shannon_sinr_db(scheme.bits_per_symbol()) + margin_db, scheme.bits_per_symbol()});
  }
  return ascending_steps(std::move(points));
}

std::vector<RateStep> threshold_steps(const ModulationTable& table, std::size_t first,
                                      std::span<const double> sinr_db) {
  std::vector<RateStep> points;
  for (std::size_t i = 0; i < sinr_db.size(); ++i) {
    points.push_back({sinr_db[i], table.schemes.at(first + i).bits_per_symbol()});
  }
  return ascending_steps(std::move(points));
}

std::vector<RateStep> truncated_shannon_steps(const TruncatedShannon& form) {
  std::vector<RateStep> points;
  for (int i = 0;; ++i) {
    const double sinr_db = form.floor_db + static_cast<double>(i) / kStepsPerDb;
    const double bit_s_hz = form.attenuation * std::log2(1.0 + std::pow(10.0, sinr_db / 10.0));
    points.push_back({sinr_db, std::min(bit_s_hz, form.cap_bit_s_hz)});
    if (bit_s_hz >= form.cap_bit_s_hz) return points;
  }
}

}  // namespace amaneku
