// Passive optical networks: how many splitters and feeder fibres a cabinet takes, and whether enough light comes
// through. One stage of splitters, in the cabinet.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace amaneku {

/// Least and greatest loss between the exchange and a home that the equipment works with.
struct OpticalPathClass {
  std::string_view id;      ///< "B+"
  std::string_view source;  ///< "ITU-T G.984.2 Amd. 1"
  double least_loss_db;
  double greatest_loss_db;
};

/// G-PON (A, B, C, B+, C+) and XG-PON (N1, N2, E1, E2).
[[nodiscard]] std::span<const OpticalPathClass> optical_path_classes() noexcept;

struct PonRules {
  std::int32_t split_ratio = 32;      ///< homes of one splitter: a power of 2 from 2 to 128
  double longest_reach_m = 20'000.0;  ///< > 0, exchange to home (ITU-T G.984.1, 8.3: 20 km)
  double least_loss_db = 13.0;        ///< class B+ of ITU-T G.984.2 Amd. 1
  double greatest_loss_db = 28.0;
  double fibre_db_per_km = 0.4;    ///< at 1310 nm, the greatest that ITU-T G.652.D allows, splices within
  double halving_excess_db = 0.5;  ///< of a splitter, for each halving of the light beyond its 3.01 dB
  double connectors_db = 1.5;      ///< of all connectors on the way; an assumption
  double ageing_margin_db = 1.0;   ///< kept for repairs; an assumption
};

struct PonCabinet {
  std::int64_t homes = 0;       ///< >= 0
  double feeder_m = 0.0;        ///< from the exchange, >= 0
  double longest_drop_m = 0.0;  ///< to the farthest home, >= 0
  double shortest_drop_m = 0.0;
};

enum class PonFault {
  none,
  beyond_reach,  ///< feeder and longest drop are longer than longest_reach_m
  too_weak,      ///< the loss to the farthest home and the margin are more than greatest_loss_db
  too_strong,    ///< the loss to the nearest home is less than least_loss_db: an attenuator is needed
};

struct PonDesign {
  std::int64_t splitters = 0;       ///< ceil(homes / split_ratio)
  std::int64_t feeder_fibres = 0;   ///< one per splitter
  double greatest_loss_db = 0.0;    ///< to the farthest home, without the margin
  double smallest_loss_db = 0.0;    ///< to the nearest
  double margin_db = 0.0;           ///< what is left of the class after loss and ageing margin; negative: too weak
  PonFault fault = PonFault::none;  ///< the first that applies; none where there are no homes
};

/// 10 log10(ratio) + halving_excess_db log2(ratio).
[[nodiscard]] double splitter_loss_db(const PonRules& rules) noexcept;

/// InputError: rules out of their ranges, with key and legal range. InternalError: negative homes or lengths.
[[nodiscard]] PonDesign pon_design(const PonCabinet& cabinet, const PonRules& rules);

}  // namespace amaneku
