// What the terminal says during and after a run, in English and Japanese.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::terminal {

inline constexpr Phrase kSynthetic{"SYNTHETIC input: {0}", "模擬データ: {0}"};
inline constexpr Phrase kFlatEarth{"FLAT EARTH: no elevation data were given, no hill blocks anything",
                                   "平坦地: 標高データの指定がなく、山などによる遮蔽を考慮していない"};
inline constexpr Phrase kOneSite{"{0} site", "基地局 {0}"};
inline constexpr Phrase kSites{"{0} sites", "基地局 {0}"};
inline constexpr Phrase kOneSector{"{0} with {1} sector", "{0}、{1} セクタ"};
inline constexpr Phrase kSectors{"{0} with {1} sectors", "{0}、{1} セクタ"};
inline constexpr Phrase kOneCandidate{" ({0} candidate not planned on)", "（ほかに候補地 {0} か所、計算対象外）"};
inline constexpr Phrase kCandidates{" ({0} candidates not planned on)", "（ほかに候補地 {0} か所、計算対象外）"};
inline constexpr Phrase kGrid{"; {0} km x {1} km in cells of {2} m ({3} x {4}), {5}",
                              "、{0} km × {1} km、{2} m メッシュ（{3} × {4}）、{5}"};
inline constexpr Phrase kModel{"model {0}, radial engine, radius {1} km",
                               "伝搬モデル {0}、放射状走査、計算半径 {1} km"};
inline constexpr Phrase kExactModel{"model {0}, exact engine, radius {1} km",
                                    "伝搬モデル {0}、厳密計算、計算半径 {1} km"};
inline constexpr Phrase kPlus{"plus {0}", "付加損失 {0}"};
inline constexpr Phrase kAir{"air: effective Earth radius {0} km ({1}), N0 {2} ({3})",
                             "大気: 等価地球半径 {0} km（{1}）、N0 {2}（{3}）"};
inline constexpr Phrase kNoPeople{"People: no population was given", "人口: データなし"};
inline constexpr Phrase kPeople{"People covered: {0}, {1} of {2} in the plan",
                                "人口カバー率: {0}（計画区域内 {2}人中 {1}人）"};
inline constexpr Phrase kCoveredOutdoors{
    "RSRP of {0} dBm or more, {1} m above ground outdoors, people spread evenly over their mesh",
    "カバー判定: 屋外、地上高 {1} m で RSRP {0} dBm 以上、メッシュ内の人口は均等に分布するとみなす"};
inline constexpr Phrase kCovered{
    "RSRP of {0} dBm or more, {1} m above ground, people spread evenly over their mesh",
    "カバー判定: 地上高 {1} m で RSRP {0} dBm 以上、メッシュ内の人口は均等に分布するとみなす"};
inline constexpr Phrase kBelow{"below the threshold {0}, not computed {1}", "閾値未満 {0}人、計算対象外 {1}人"};
inline constexpr Phrase kOutside{"; outside the plan {0} (total read {1})",
                                 "、計画区域外 {0}人（読込総数 {1}人）"};
inline constexpr Phrase kHalfMeshes{"meshes covered over half or more, each as a whole: {0}, {1}",
                                    "メッシュの半分以上がカバーされる場合に全人口を算入: {0}、{1}人"};
inline constexpr Phrase kOf{"{0}  {1} of {2}  {3}", "{0}  {1} / {2} 人  {3}"};
inline constexpr Phrase kKilometresOf{"{0}  {1} of {2} km  {3}", "{0}  {1} / {2} km  {3}"};
inline constexpr Phrase kMunicipalities{"Municipalities, people covered:", "市区町村別人口カバー率:"};
inline constexpr Phrase kBest{"Municipalities, people covered: best {0} of {1}",
                              "市区町村別人口カバー率: 全 {1} のうち上位 {0}"};
inline constexpr Phrase kWorst{"worst {0}", "下位 {0}"};
inline constexpr Phrase kArea{"Area covered: {0} of {1} km2 ({2})", "面積カバー率: {2}（{1} km² 中 {0} km²）"};
inline constexpr Phrase kRoads{"Roads covered:", "道路カバー率:"};
inline constexpr Phrase kNoWarnings{"No warnings", "警告なし"};
inline constexpr Phrase kWarnings{"Warnings:", "警告:"};
inline constexpr Phrase kWarningLine{"  {0} x {1} {2}", "  {0} 件: {1}{2}"};
inline constexpr Phrase kTime{"Time {0} s ({1}); peak memory {2} MiB",
                              "所要時間 {0} 秒（{1}）、最大メモリ {2} MiB"};
inline constexpr Phrase kStage{"{0} {1} s", "{0} {1} 秒"};
inline constexpr Phrase kReportAt{"Report: {0}", "報告書: {0}"};
inline constexpr Phrase kRead{"{0} people in {1} places, {2} municipalities, {3} roads",
                              "人口 {0}人（{1} 区画）、市区町村 {2}、道路 {3} 本"};
inline constexpr Phrase kRunTakes{"a run takes {0}, without what its studies add",
                                  "計算の所要見込み: {0}（個別の検討の分を除く）"};
inline constexpr Phrase kEstimateOneCore{"about {0} on {1} core, {2} of memory, {3} of disk",
                                         "約 {0}（{1} コア）、メモリ {2}、ディスク {3}"};
inline constexpr Phrase kEstimate{"about {0} on {1} cores, {2} of memory, {3} of disk",
                                  "約 {0}（{1} コア）、メモリ {2}、ディスク {3}"};
inline constexpr Phrase kSeconds{"{0} s", "{0} 秒"};
inline constexpr Phrase kMinutes{"{0} min", "{0} 分"};
inline constexpr Phrase kHours{"{0} h", "{0} 時間"};
inline constexpr Phrase kValid{"The scenario is valid.", "シナリオに誤りはありません。"};

/// Stages of a run, and studies by their id; any other as it is.
inline constexpr std::array<std::pair<std::string_view, Phrase>, 18> kStages = {
    {{"read", {"read", "入力の読込"}},
     {"selection", {"selection", "置局選定"}},
     {"tuning", {"tuning", "アンテナ調整"}},
     {"coverage", {"coverage", "伝搬損失"}},
     {"load", {"load", "セル負荷"}},
     {"servers", {"servers", "在圏判定"}},
     {"service", {"service", "サービス品質"}},
     {"operators", {"operators", "事業者別"}},
     {"statistics", {"statistics", "集計"}},
     {"targets", {"targets", "整備目標"}},
     {"licence", {"licence", "免許申請"}},
     {"places", {"places", "施設等"}},
     {"backhaul", {"backhaul", "伝送路"}},
     {"routes", {"routes", "走行ルート"}},
     {"coordination", {"coordination", "干渉調整"}},
     {"costs", {"costs", "費用と負担"}},
     {"antenna_heights", {"antenna_heights", "空中線高"}},
     {"write", {"write", "結果の書出し"}}}};

}  // namespace amaneku::scenarios::terminal
