// Texts of the pictures and pages of `amaneku explain`, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::explained {

inline constexpr Phrase kTitle{"Why this cell has its value", "この地点の値の内訳"};
inline constexpr Phrase kSynthetic{"Synthetic data", "模擬データ"};
inline constexpr Phrase kServedBy{"Served by {0}", "ベストサーバ: {0}"};
inline constexpr Phrase kSecond{"Second server: {0}", "第 2 サーバ: {0}"};
inline constexpr Phrase kReceived{"RSRP {0} dBm", "RSRP {0} dBm"};
inline constexpr Phrase kDistance{"{0} km, azimuth {1}°, elevation {2}°", "距離 {0} km、方位角 {1}°、仰角 {2}°"};
inline constexpr Phrase kModel{"model {0}, mode {1}", "モデル {0}、モード {1}"};
inline constexpr Phrase kInSight{"line of sight", "見通し内"};
inline constexpr Phrase kObstructed{"obstructed", "見通し外"};

// The verdict
inline constexpr Phrase kFrom{"{2} dBm from {0}, {1} km away", "{0}（{1} km）から {2} dBm"};
inline constexpr Phrase kOffBoresight{"; {0} degrees off the boresight: {1} of {2} dBi",
                                      "。主方向から {0} 度外れ、空中線利得は {2} dBi 中 {1} dBi"};
inline constexpr Phrase kFreeSight{"; in line of sight", "。見通し内"};
inline constexpr Phrase kSightButLoss{"; in line of sight, yet {0} dB beyond free space",
                                      "。見通し内だが自由空間より {0} dB 大きい損失"};
inline constexpr Phrase kRidgeTakes{"; a ridge {0} km from the site takes {1} dB",
                                    "。基地局から {0} km の尾根などの地形により {1} dB 減衰"};
inline constexpr Phrase kClutterTakes{"; buildings or trees {0} km from the site take {1} dB",
                                      "。基地局から {0} km の建物・樹木により {1} dB 減衰"};
inline constexpr Phrase kIsServed{"; served, {0} dB over what is needed: {1} Mbit/s down, {2} Mbit/s up",
                                  "。サービス可（所要値より {0} dB 上）、下り {1} Mbit/s、上り {2} Mbit/s"};
inline constexpr Phrase kNotServed{"; not served: {0} dB less than what is needed",
                                   "。サービス不可（所要値に {0} dB 不足）"};
inline constexpr Phrase kNotServedByRate{"; not served: the rate in one direction is too low",
                                         "。サービス不可（いずれかの方向の速度が不足）"};
inline constexpr Phrase kEnd{".", "。"};

// The text
inline constexpr Phrase kHead{"{0}: {1}, planned from {2}, {3} engine", "{0}: {1}、シナリオ {2}、計算方式 {3}"};
inline constexpr Phrase kRadialEngine{"radial", "放射状"};
inline constexpr Phrase kExactEngine{"exact", "個別"};
inline constexpr Phrase kSyntheticMark{" (SYNTHETIC input)", "（模擬データ）"};
inline constexpr Phrase kPlace{"{0}: cell [{1}, {2}] (y, x), centre {3}",
                               "{0}: メッシュ [{1}, {2}]（y, x）、中心 {3}"};
inline constexpr Phrase kRankServer{"served by", "ベストサーバ"};
inline constexpr Phrase kRankSecond{"second:", "第 2 サーバ"};
inline constexpr Phrase kPosition{
    "distance {0} m, azimuth {1} deg, elevation {2} deg; antenna {3} m above ground at {4} m, receiver {5} m "
    "above "
    "ground at {6} m",
    "距離 {0} m、方位角 {1} 度、仰角 {2} 度。空中線 地上高 {3} m（標高 {4} m）、受信点 地上高 {5} m（標高 {6} "
    "m）"};
inline constexpr Phrase kSsbBeam{
    "SSB beam: azimuth {0} deg, tilt {1} deg of the panel; a traffic beam has {2} dBi here",
    "SSB ビーム: パネルに対し方位 {0} 度、チルト {1} 度。通信ビームの利得 {2} dBi"};
inline constexpr Phrase kNothingBetween{"line of sight: no ground between the ends",
                                        "見通し内: 両端の間に地面なし"};
inline constexpr Phrase kNearest{"line of sight; nearest to it: ", "見通し内。見通し線に最も近い点: "};
inline constexpr Phrase kObstacle{"obstructed; deciding obstacle: ", "見通し外。支配的な障害物: "};
inline constexpr Phrase kPointAt{"{0} km from the site", "基地局から {0} km"};
inline constexpr Phrase kPointGround{", ground {0} m", "、標高 {0} m"};
inline constexpr Phrase kPointClutter{" and {0} m of clutter", "、地物 {0} m"};
inline constexpr Phrase kKnifeEdge{"knife edge: ", "ナイフエッジ: "};
inline constexpr Phrase kEdgeAbove{
    "{0} m above the line = {1} % of the first Fresnel radius ({2} m); {3} % of the zone is free there; nu {4}",
    "見通し線より {0} m 上 = 第 1 フレネル半径（{2} m）の {1} %、ゾーンの {3} % が開放、ν {4}"};
inline constexpr Phrase kEdgeBelow{
    "{0} m below the line = {1} % of the first Fresnel radius ({2} m); {3} % of the zone is free there; nu {4}",
    "見通し線より {0} m 下 = 第 1 フレネル半径（{2} m）の {1} %、ゾーンの {3} % が開放、ν {4}"};
inline constexpr Phrase kHorizons{"horizons: {0} km seen from the site, {1} km seen from the receiver",
                                  "地平線: 基地局から見て {0} km、受信点から見て {1} km の地点"};
inline constexpr Phrase kBullingtonAt{"Bullington point: {0} km from the site, {1} m above the line, nu {2}",
                                      "ブリントン点: 基地局から {0} km、見通し線より {1} m 上、ν {2}"};
inline constexpr Phrase kModelLoss{"model {0}, mode {1}: {2} dB", "モデル {0}、モード {1}: {2} dB"};
inline constexpr Phrase kMethod{" (method {0})", "（計算法 {0}）"};
inline constexpr Phrase kPlusLoss{"plus {0}, mode {1}: {2} dB", "追加損失 {0}、モード {1}: {2} dB"};
inline constexpr Phrase kLinkBudget{"link budget", "回線設計"};
inline constexpr Phrase kDiffersBy{"DIFFERS by {0} dB: the result was made by other code, or other data",
                                   "計算結果と {0} dB 異なる。プログラムまたはデータが異なる"};
inline constexpr Phrase kServiceBy{"service by {0}, link curve {1}",
                                   "無線方式 {0}、リンクカーブ {1} による通信品質"};
inline constexpr Phrase kServiceDiffers{"DIFFERS from the result: made by other code, or other data",
                                        "計算結果と異なる。プログラムまたはデータが異なる"};
inline constexpr Phrase kWarningLine{"warning: {0}", "警告: {0}"};
inline constexpr Phrase kGapLine{"data gap: {0}", "データの欠け: {0}"};
inline constexpr Phrase kWarningsOfPlan{"Warnings of the plan", "計画全体の警告"};
inline constexpr Phrase kMoreWithAll{"Every term: --all", "全項目の表示: --all"};

inline constexpr Phrase kAxisDistance{"Distance from the site (km)", "基地局からの距離（km）"};
inline constexpr Phrase kAxisHeight{"Height above sea level, on the effective Earth (m)",
                                    "標高（m、等価地球の湾曲を含む）"};
inline constexpr Phrase kGround{"Ground", "地面"};
inline constexpr Phrase kClutter{"Buildings and trees", "地物（建物・樹木）"};
inline constexpr Phrase kLine{"Straight line", "直線（見通し線）"};
inline constexpr Phrase kFresnel{"First Fresnel zone", "第 1 フレネルゾーン"};
inline constexpr Phrase kFresnel60{"60 % of it", "同 60 %"};
inline constexpr Phrase kDeciding{"Deciding obstacle", "支配的な障害物"};
inline constexpr Phrase kNearestPoint{"Nearest to the line", "見通し線に最も近い点"};
inline constexpr Phrase kBullington{"Bullington point", "ブリントン点"};
inline constexpr Phrase kAboveLine{"{0} km, {1} m above the line, ν = {2}; {3} % of the zone free",
                                   "{0} km、見通し線より {1} m 上、ν = {2}、ゾーンの {3} % が開放"};
inline constexpr Phrase kBelowLine{"{0} km, {1} m below the line = {2} F1; {3} % of the zone free",
                                   "{0} km、見通し線より {1} m 下 = {2} F1、ゾーンの {3} % が開放"};
inline constexpr Phrase kAtLine{"{0} km, {1} m above the line, ν = {2}", "{0} km、見通し線より {1} m 上、ν = {2}"};

inline constexpr Phrase kBudget{"Link budget", "回線設計"};
inline constexpr Phrase kTerm{"Term", "項目"};
inline constexpr Phrase kValue{"Value", "値"};
inline constexpr Phrase kSum{"Sum (dBm)", "合計（dBm）"};
inline constexpr Phrase kOfMap{"In the result (dBm)", "計算結果の値（dBm）"};
inline constexpr Phrase kDiffers{
    "The terms do not add up to the result: it was made by other code, or other data.",
    "内訳の合計が計算結果と一致しない。プログラムまたはデータが異なる。"};
inline constexpr Phrase kLossTerms{"Terms of the loss", "伝搬損失の内訳"};
inline constexpr Phrase kLoss{"Loss of {0}, mode {1} (dB)", "{0} の損失、モード {1}（dB）"};
inline constexpr Phrase kPathOverVoid{"{0} ({1} km) could not be computed here: its path crosses missing terrain",
                                      "{0}（{1} km）は途中に標高の欠測があり、この地点について計算できない"};
inline constexpr Phrase kCellsWithoutHeight{"{0} cells of the plan have no height",
                                            "計算範囲に標高のないメッシュが {0} 個ある"};
inline constexpr Phrase kGaps{"Data gaps", "データの欠け"};
inline constexpr Phrase kWarnings{"Warnings", "警告"};

/// Names of the terms of a link budget; a term without one is shown as it is called in the data.
struct BudgetPhrase {
  std::string_view term;
  Phrase name;
};

inline constexpr std::array kBudgetPhrases = {
    BudgetPhrase{"tx_power_dbm", {"Transmitter power of the carrier (dBm)", "送信電力、キャリア全体（dBm）"}},
    BudgetPhrase{"subcarrier_share_db", {"Share of one subcarrier (dB)", "1 サブキャリアへの配分（dB）"}},
    BudgetPhrase{"feeder_loss_db", {"Feeder loss (dB)", "給電線損失（dB）"}},
    BudgetPhrase{"tx_gain_dbi", {"Antenna gain towards the cell (dBi)", "当該方向の送信空中線利得（dBi）"}},
    BudgetPhrase{"path_loss_db", {"Path loss (dB)", "伝搬損失（dB）"}},
    BudgetPhrase{"rx_gain_dbi", {"Receiver antenna gain (dBi)", "受信空中線利得（dBi）"}},
    BudgetPhrase{"body_loss_db", {"Body loss (dB)", "人体損失（dB）"}},
    BudgetPhrase{"building_loss_db", {"Building entry loss (dB)", "建物侵入損失（dB）"}},
};

}  // namespace amaneku::scenarios::explained
