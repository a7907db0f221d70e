#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <numbers>
#include <string_view>

#include "scenarios/ask/explain.hpp"
#include "scenarios/ask/explain_phrases.hpp"

namespace amaneku::scenarios {
namespace {

/// Less than this of gain or loss is not worth a word.
constexpr double kWorthSaying_db = 3.0;

std::string tenths(double value) {
  return fmt::format("{:.1f}", value);
}

/// What the path takes beyond free space over the same distance.
double beyond_free_space_db(const CellBudget& cell) {
  const double up_m = cell.tx_ground_asl_m + cell.link.tx_agl_m - cell.rx_ground_asl_m - cell.link.rx_agl_m;
  const double ray_m = std::max(1.0, std::hypot(cell.distance_m, up_m));
  const double free_space_db = 20.0 * std::log10(4.0 * std::numbers::pi * ray_m / wavelength_m(cell.link.freq_hz));
  return cell.budget.path_loss.value - free_space_db;
}

class Verdict {
 public:
  Verdict(const ExplainedCell& cell, Language language) : cell_(cell), language_(language) {}

  [[nodiscard]] std::string text() const {
    const ExplainedServer& server = cell_.server;
    std::string out =
        said(explained::kFrom,
             {server.name(), fmt::format("{:.2f}", server.cell.distance_m / 1000.0), tenths(server.map_dbm)});
    out += antenna() + path() + service();
    return out + std::string(explained::kEnd.in(language_));
  }

 private:
  [[nodiscard]] std::string said(const Phrase& phrase, std::initializer_list<std::string_view> values) const {
    return fill(phrase.in(language_), values);
  }

  [[nodiscard]] std::string antenna() const {
    const ExplainedServer& server = cell_.server;
    const double gain_dbi = server.cell.budget.tx_gain.value;
    if (!server.off_boresight_deg || server.most_gain_dbi - gain_dbi < kWorthSaying_db) return {};
    return said(explained::kOffBoresight, {fmt::format("{:.0f}", *server.off_boresight_deg), tenths(gain_dbi),
                                           tenths(server.most_gain_dbi)});
  }

  [[nodiscard]] std::string path() const {
    const PathObstacle& obstacle = cell_.server.cell.obstacle;
    const double beyond_db = beyond_free_space_db(cell_.server.cell);
    const std::string taken = fmt::format("{:.0f}", beyond_db);
    if (obstacle.line_of_sight || !obstacle.deciding) {
      return beyond_db < kWorthSaying_db ? said(explained::kFreeSight, {})
                                         : said(explained::kSightButLoss, {taken});
    }
    const PointOnPath& ridge = *obstacle.deciding;
    return said(ridge.clutter_m > 0.0 ? explained::kClutterTakes : explained::kRidgeTakes,
                {fmt::format("{:.1f}", ridge.distance_m / 1000.0), taken});
  }

  [[nodiscard]] std::string service() const {
    if (!cell_.service) return {};
    const ExplainedService& service = *cell_.service;
    const std::string margin = tenths(std::abs(service.cell.margin_db));
    if (!service.map.served) {
      return service.cell.margin_db < 0.0 ? said(explained::kNotServed, {margin})
                                          : said(explained::kNotServedByRate, {});
    }
    const auto rate = [](float mbps) { return fmt::format("{:.3g}", static_cast<double>(mbps)); };
    return said(explained::kIsServed, {margin, rate(service.map.dl_mbps), rate(service.map.ul_mbps)});
  }

  const ExplainedCell& cell_;
  Language language_;
};

}  // namespace

std::string verdict(const ExplainedCell& cell, Language language) {
  return Verdict(cell, language).text();
}

}  // namespace amaneku::scenarios
