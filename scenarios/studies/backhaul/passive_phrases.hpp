// Texts on fibre to the homes, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kPassive{"Fibre to the homes: cabinets and splitters", "FTTH（光スプリッタの配置）"};
inline constexpr Phrase kPassiveNote{
    "Homes near a cable that is laid or there, through splitters 1:{0} in cabinets on the cables, each within {1} "
    "m "
    "along the cable from the drops of its homes. Light: the loss to the farthest home, with {2} dB for ageing, "
    "against {3} dB of the equipment. Feeder fibres come on top of those of the sites.",
    "新設・既設ケーブルの近くの世帯を、ケーブル上のクロージャに置く 1:{0} "
    "の光スプリッタで収容する（引込点まではケーブル沿いに最長 "
    "{1} m）。光損失は最遠の世帯までの損失に経年余裕 {2} dB を加え、装置の許容損失 {3} dB "
    "と比べた。フィーダ心線は各局の心線とは別に"
    "必要となる。"};
inline constexpr Phrase kPassiveFits{"The light is enough everywhere.", "光損失は全箇所で許容範囲内。"};
inline constexpr Phrase kPassiveFails{"At {0} of {1} cabinets, with {2} homes, the light does not fit.",
                                      "{1} 箇所中 {0} 箇所（{2} 世帯）で光損失または距離が許容範囲を外れる。"};
inline constexpr Phrase kPassiveUnfed{"{0} people live near a cable that no cable joins to an exchange.",
                                      "収容局につながっていないケーブルの近くに {0} 人が居住する。"};
inline constexpr Phrase kCabinets{"Cabinets", "箇所数"};
inline constexpr Phrase kHomes{"Homes", "世帯数"};
inline constexpr Phrase kSplitters{"Splitters", "スプリッタ数"};
inline constexpr Phrase kFeeders{"Feeder fibres", "フィーダ心線数"};
inline constexpr Phrase kCabinetsDark{"Light does not fit", "許容範囲外"};
inline constexpr Phrase kFarthestKm{"Farthest home (km)", "最遠距離（km）"};
inline constexpr Phrase kLeastMarginDb{"Least margin (dB)", "最小余裕（dB）"};

}  // namespace amaneku::scenarios::phrases
