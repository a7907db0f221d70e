// Texts of `amaneku vary` on the terminal and on its page, in English and Japanese.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::varied {

inline constexpr Phrase kTitle{"Variants of a plan", "計画条件の比較"};
inline constexpr Phrase kBase{"As it stands", "現計画"};
inline constexpr Phrase kPrice{"price {0} × {1}", "単価 {0} × {1}"};
inline constexpr Phrase kCarrier{"{0} MHz, {1} MHz wide, {2} dBm, covered from {3} dBm",
                                 "{0} MHz、帯域幅 {1} MHz、{2} dBm、所要 RSRP {3} dBm"};
inline constexpr Phrase kVariant{"Variant", "条件"};
inline constexpr Phrase kWarnings{"Kinds of warnings", "警告の種類数"};
inline constexpr Phrase kTechnologies{"By technology", "無線システム別"};
inline constexpr Phrase kTechnologiesNote{
    "The same sites, masts, antennas and tilts, with the carrier of each technology: the middle of its band, its "
    "widest channel, the largest power by rule or licence with these antennas, 40 dBm where none is known. "
    "Covered "
    "from the least RSRP of the technology on. Prices are those of the scenario for every technology: state your "
    "own "
    "where radio units differ.",
    "基地局の位置、鉄塔、空中線、チルトは同一とし、搬送波のみを各無線システムのもの（周波数帯の中央、最大の帯域幅"
    "、"
    "この空中線で制度・免許上許される最大電力、不明の場合は 40 dBm）に置き換えた。カバー判定は各システムの所要 "
    "RSRP "
    "による。単価は全システムともシナリオの値であり、無線装置の価格が異なる場合は設定すること。"};
inline constexpr Phrase kValues{"By key and price", "設定値・単価別"};
inline constexpr Phrase kDifferences{"Small: the difference to the plan as it stands.", "下段は現計画との差。"};
inline constexpr Phrase kTornado{"How far each moves: {0}", "感度: {0}"};
inline constexpr Phrase kTornadoNote{
    "Bars from the lowest to the highest of the values that were tried, less the plan as it stands; the widest "
    "first. Each alone: what two do together is not told.",
    "試行した値のうち最小・最大の結果と現計画との差を、幅の大きい順に示す。各条件を単独で変えた場合であり、"
    "複合した影響は示さない。"};
inline constexpr Phrase kPlanning{"{0} of {1}: {2}", "{1} 件中 {0} 件目: {2}"};
inline constexpr Phrase kWrittenTo{"Page: {0}", "比較表: {0}"};

}  // namespace amaneku::scenarios::varied
