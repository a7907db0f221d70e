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
