// Names, groups and order of what a run writes, as a QGIS project shows them, in English and Japanese.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::qgis {

/// In the order of the tree, from the top.
enum class Group : std::uint8_t { network, backhaul, routes, targets, licence, region, maps };
inline constexpr std::array<Phrase, 7> kGroups = {{{"Sites", "基地局"},
                                                   {"Backhaul", "伝送路"},
                                                   {"Routes", "走行ルート"},
                                                   {"Targets and places", "整備目標・施設"},
                                                   {"Licence and coordination", "免許・干渉調整"},
                                                   {"Municipalities, people, roads", "市区町村・人口・道路"},
                                                   {"Maps", "マップ"}}};  // [Group]

struct Name {
  std::string_view table;  ///< of a layer that has a geometry of several kinds: without "_points" and the like
  Group group;
  Phrase title;
  bool shown = false;  ///< when the project is opened
};

/// In the order of the tree, from the top, within each group. A table that is not here is named as it is.
inline constexpr std::array<Name, 24> kLayers = {
    {{"sites", Group::network, {"Sites", "基地局"}, true},
     {"sectors", Group::network, {"Sectors", "セクタ"}, true},
     {"selection_sites", Group::network, {"Chosen sites", "選定した基地局"}, true},
     {"site_costs", Group::network, {"Costs of sites", "基地局の費用"}},
     {"antenna_heights", Group::network, {"Antenna heights", "空中線高"}},
     {"exchanges", Group::backhaul, {"Exchanges", "収容局"}, true},
     {"backhaul_sites", Group::backhaul, {"Connection of each site", "各基地局の接続"}},
     {"microwave", Group::backhaul, {"Microwave hops", "マイクロ波回線"}, true},
     {"optics", Group::backhaul, {"Optical hops", "光無線回線"}, true},
     {"iab", Group::backhaul, {"Access carrier as backhaul (IAB)", "無線中継（IAB）"}, true},
     {"fibre", Group::backhaul, {"Cables", "光ファイバ等"}, true},
     {"handovers", Group::routes, {"Handovers", "ハンドオーバ"}, true},
     {"route_intersections", Group::routes, {"Intersections", "交差点"}, true},
     {"route_gaps", Group::routes, {"Gaps", "不適合区間"}, true},
     {"routes", Group::routes, {"Routes", "ルート"}, true},
     {"route_profile", Group::routes, {"Steps along the routes", "ルート上の計算点"}},
     {"places", Group::targets, {"Places", "施設等"}},
     {"target_gaps", Group::targets, {"Gaps of targets", "目標の不足を解消する箇所"}},
     {"licence_areas", Group::licence, {"Licence areas", "免許申請の区域"}},
     {"coordination", Group::licence, {"Coordination", "干渉調整"}},
     {"municipalities", Group::region, {"Municipalities", "市区町村"}, true},
     {"focus_zones", Group::region, {"Focus zones", "評価対象区域"}},
     {"roads", Group::region, {"Roads", "道路"}},
     {"population", Group::region, {"People", "人口"}}}};

/// GeoTIFFs, in the order of the tree.
struct MapName {
  std::string_view file;  ///< without ".tif"
  Phrase title;
  bool shown = false;
};
inline constexpr std::array<MapName, 8> kMaps = {{{"rsrp_dbm", {"RSRP (dBm)", "RSRP（dBm）"}, true},
                                                  {"service_state", {"Service and reasons", "サービス可否と原因"}},
                                                  {"margin_db", {"Margin (dB)", "余裕（dB）"}},
                                                  {"sinr_db", {"SINR (dB)", "SINR（dB）"}},
                                                  {"dl_mbps", {"Downlink (Mbit/s)", "下り速度（Mbit/s）"}},
                                                  {"ul_mbps", {"Uplink (Mbit/s)", "上り速度（Mbit/s）"}},
                                                  {"best_server", {"Best server", "ベストサーバ"}},
                                                  {"overlap", {"Sectors that contend", "重複セクタ数"}}}};

inline constexpr Phrase kCoverage{"Coverage, as areas", "カバーエリア（ポリゴン）"};
inline constexpr Phrase kKinds[] = {
    {"{0}, points", "{0}（点）"}, {"{0}, lines", "{0}（線）"}, {"{0}, areas", "{0}（面）"}};

}  // namespace amaneku::scenarios::qgis
