// Texts of the section on interference for coordination, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kCoordination{"Interference for coordination", "干渉調整"};
inline constexpr Phrase kCoordinationNote{
    "Highest power of all sectors together, whole carriers at an isotropic antenna, exceeded for the percentage "
    "of an average "
    "year (ITU-R P.452-18 over the terrain of the plan). Filters and polarization of the victim are not taken "
    "into account.",
    "全セクタの合計電力の最大値（搬送波全体、等方性アンテナ受信）。年間のうち当該時間率で超過するレベル（計画区域"
    "の地形による ITU-R "
    "P.452-18）。被干渉局のフィルタ及び偏波は考慮しない。"};
inline constexpr Phrase kCoordinationPlan{"{0} places at {1} percentages of time",
                                          "被保護区域・局 {0} か所、時間率 {1} 通り"};
inline constexpr Phrase kProtected{"Protected", "被保護区域・局"};
inline constexpr Phrase kProtectedHeight{"Antenna (m)", "空中線高 (m)"};
inline constexpr Phrase kTimePercent{"Time (%)", "時間率 (%)"};
inline constexpr Phrase kAtBorder{"At the border (dBm)", "境界 (dBm)"};
inline constexpr Phrase kInside{"Inside (dBm)", "区域内 (dBm)"};
inline constexpr Phrase kLimit{"Limit (dBm)", "許容値 (dBm)"};
inline constexpr Phrase kExcess{"Excess (dB)", "超過 (dB)"};
inline constexpr Phrase kMainSector{"Main sector", "主な与干渉セクタ"};
inline constexpr Phrase kPartOutside{"{0} cells lie outside the plan", "計画区域外の格子 {0}"};

/// [PathState]
inline constexpr std::array kNoLevel = {
    Phrase{"computed", "計算済み"},
    Phrase{"no level: all sectors are beyond the radius", "レベルなし（全セクタが計算半径外）"},
    Phrase{"no level: no ground there", "レベルなし（標高データなし）"},
    Phrase{"no level: the path crosses missing terrain", "レベルなし（経路上に標高データの欠落）"}};
inline constexpr Phrase kFromMap{"from a map: the area has many cells, levels may be off by some tenths of a dB",
                                 "格子数が多いためマップから算出（誤差 0.数 dB）"};

}  // namespace amaneku::scenarios::phrases
