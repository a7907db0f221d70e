// Texts on cable television, in English and Japanese.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kTelevision{"Cable television: coaxial cable to fibre", "ケーブルテレビの光化"};
inline constexpr Phrase kTelevisionNote{
    "Coaxial lines that are to be turned to fibre. Where one lies within {0} m of a cable that is laid or there, "
    "fibres of "
    "that cable can take its place; the rest needs a new one. On mains alone: households whose amplifiers have no "
    "back-up, "
    "so that their service ends when the power fails. Each line counts for the municipality of its middle.",
    "光化の対象となる同軸伝送路。新設・既設の光ケーブルから {0} m "
    "以内の区間は当該ケーブルの心線で代替でき、残りは光ケーブルの新設を要する。商用電源のみの世帯とは、"
    "増幅器に予備電源がなく、停電時に停波する世帯をいう。各線路は、その中間点の市区町村に計上した。"};
inline constexpr Phrase kTelevisionPaid{
    "Programme: that of the catalogue for turning cable television to fibre, for the new cable; without one the "
    "conditions "
    "are not met, or nobody has stated them.",
    "適用制度は、新設する光ケーブルに対するケーブルテレビの光化の事業。空欄は、条件を満たさないか、条件が設定され"
    "ていないもの。"};
inline constexpr Phrase kCoaxialKm{"Coaxial (km)", "同軸（km）"};
inline constexpr Phrase kBesideKm{"Along cables of the plan (km)", "計画の光ケーブルで代替（km）"};
inline constexpr Phrase kToLayKm{"New fibre (km)", "光ケーブル新設（km）"};
inline constexpr Phrase kTvFibreKm{"Fibre already (km)", "光化済み（km）"};
inline constexpr Phrase kTvHouseholds{"Households", "世帯数"};
inline constexpr Phrase kTvOnMains{"On mains alone", "商用電源のみの世帯"};
inline constexpr Phrase kTvOnMainsShare{"Share (%)", "割合（%）"};
inline constexpr Phrase kTvAmplifiers{"Amplifiers on mains alone", "商用電源のみの増幅器"};
inline constexpr Phrase kTvCost{"New cable (JPY)", "新設費用（円）"};
inline constexpr Phrase kTvProgramme{"Programme", "適用制度"};
inline constexpr Phrase kTvNation{"Nation (JPY)", "国（円）"};
/// "12 of 20".
inline constexpr Phrase kTvOf{"{0} of {1}", "{0}／{1}"};

}  // namespace amaneku::scenarios::phrases
