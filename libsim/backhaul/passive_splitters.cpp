#include "libsim/backhaul/passive_splitters.hpp"

#include <fmt/core.h>

#include <array>
#include <bit>
#include <cmath>
#include <string>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr std::int32_t kMostSplit = 128;

constexpr std::array<OpticalPathClass, 9> kClasses = {{{"A", "ITU-T G.984.2", 5.0, 20.0},
                                                       {"B", "ITU-T G.984.2", 10.0, 25.0},
                                                       {"B+", "ITU-T G.984.2 Amd. 1", 13.0, 28.0},
                                                       {"C", "ITU-T G.984.2", 15.0, 30.0},
                                                       {"C+", "ITU-T G.984.2 Amd. 2", 17.0, 32.0},
                                                       {"N1", "ITU-T G.987.2", 14.0, 29.0},
                                                       {"N2", "ITU-T G.987.2", 16.0, 31.0},
                                                       {"E1", "ITU-T G.987.2", 18.0, 33.0},
                                                       {"E2", "ITU-T G.987.2", 20.0, 35.0}}};

void check(const PonRules& rules) {
  std::vector<Fault> faults;
  const auto complain = [&](const char* key, double value, const char* legal) {
    faults.push_back({.message = "out of range", .key = key, .value = fmt::format("{}", value), .legal = legal});
  };
  const auto split = static_cast<unsigned>(rules.split_ratio);
  if (rules.split_ratio < 2 || rules.split_ratio > kMostSplit || !std::has_single_bit(split))
    complain("split_ratio", rules.split_ratio, "2, 4, 8, 16, 32, 64, 128");
  if (!(rules.longest_reach_m > 0.0 && rules.longest_reach_m <= 60'000.0))
    complain("longest_reach_m", rules.longest_reach_m, "above 0 to 60000");
  if (!(rules.least_loss_db >= 0.0 && rules.least_loss_db <= 60.0))
    complain("least_loss_db", rules.least_loss_db, "0 to 60");
  if (!(rules.greatest_loss_db >= rules.least_loss_db && rules.greatest_loss_db <= 60.0))
    complain("greatest_loss_db", rules.greatest_loss_db, "least_loss_db to 60");
  if (!(rules.fibre_db_per_km >= 0.1 && rules.fibre_db_per_km <= 2.0))
    complain("fibre_db_per_km", rules.fibre_db_per_km, "0.1 to 2");
  if (!(rules.halving_excess_db >= 0.0 && rules.halving_excess_db <= 2.0))
    complain("halving_excess_db", rules.halving_excess_db, "0 to 2");
  if (!(rules.connectors_db >= 0.0 && rules.connectors_db <= 10.0))
    complain("connectors_db", rules.connectors_db, "0 to 10");
  if (!(rules.ageing_margin_db >= 0.0 && rules.ageing_margin_db <= 10.0))
    complain("ageing_margin_db", rules.ageing_margin_db, "0 to 10");
  if (!faults.empty()) throw InputError(std::move(faults));
}

double loss_db(const PonRules& rules, double length_m) {
  return rules.fibre_db_per_km * length_m / 1000.0 + splitter_loss_db(rules) + rules.connectors_db;
}

PonFault fault_of(const PonDesign& design, const PonCabinet& cabinet, const PonRules& rules) {
  if (cabinet.homes == 0) return PonFault::none;
  if (cabinet.feeder_m + cabinet.longest_drop_m > rules.longest_reach_m) return PonFault::beyond_reach;
  if (design.margin_db < 0.0) return PonFault::too_weak;
  if (design.smallest_loss_db < rules.least_loss_db) return PonFault::too_strong;
  return PonFault::none;
}

}  // namespace

std::span<const OpticalPathClass> optical_path_classes() noexcept {
  return kClasses;
}

double splitter_loss_db(const PonRules& rules) noexcept {
  const double halvings = std::log2(static_cast<double>(rules.split_ratio));
  return 10.0 * std::log10(static_cast<double>(rules.split_ratio)) + rules.halving_excess_db * halvings;
}

PonDesign pon_design(const PonCabinet& cabinet, const PonRules& rules) {
  check(rules);
  if (cabinet.homes < 0 || !(cabinet.feeder_m >= 0.0) || !(cabinet.shortest_drop_m >= 0.0) ||
      !(cabinet.longest_drop_m >= cabinet.shortest_drop_m))
    throw InternalError("a cabinet of negative homes or lengths, or whose shortest drop is not the shortest");
  PonDesign out;
  out.splitters = cabinet.homes / rules.split_ratio + (cabinet.homes % rules.split_ratio != 0 ? 1 : 0);
  out.feeder_fibres = out.splitters;
  out.greatest_loss_db = loss_db(rules, cabinet.feeder_m + cabinet.longest_drop_m);
  out.smallest_loss_db = loss_db(rules, cabinet.feeder_m + cabinet.shortest_drop_m);
  out.margin_db = rules.greatest_loss_db - out.greatest_loss_db - rules.ageing_margin_db;
  out.fault = fault_of(out, cabinet, rules);
  return out;
}

}  // namespace amaneku
