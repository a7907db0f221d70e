// Texts of the section on named places, in English and Japanese.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kPlaces{"Places", "施設等"};
inline constexpr Phrase kPlacesNote{
    "A place is served where level and rates reach what it needs; a polygon where enough of its cells do. Figures "
    "are of its "
    "weakest cell. All places: places.csv.",
    "受信レベルと通信速度が所要値を満たす施設を「サービス可」とする（面の場合は所要割合以上のメッシュ）。数値は最"
    "も弱い"
    "メッシュの値。全施設は places.csv を参照。"};
inline constexpr Phrase kPlacesPlan{"{0} places", "施設 {0} か所"};
inline constexpr Phrase kPlacesClosing{"Places: {0} of {1} served", "施設等: {1} か所中 {0} か所がサービス可"};
inline constexpr Phrase kPlaceColumn{"Place", "施設"};
inline constexpr Phrase kKind{"Kind", "種別"};
inline constexpr Phrase kPlacesAll{"Places", "施設数"};
inline constexpr Phrase kPlacesServed{"Served", "サービス可"};
inline constexpr Phrase kPlacesShare{"Share", "割合"};
inline constexpr Phrase kNotServed{"Not served", "サービス不可の施設"};
inline constexpr Phrase kWhy{"Why", "理由"};
inline constexpr Phrase kLevelMargin{"Level (dBm), margin (dB)", "レベル (dBm)・余裕 (dB)"};
inline constexpr Phrase kGetsNeeds{"Down / up (Mbit/s), needed", "下り / 上り (Mbit/s)（所要）"};
inline constexpr Phrase kServedBy{"Server", "在圏セクタ"};
inline constexpr Phrase kMorePlaces{"and {0} more", "ほか {0} 件"};
/// [PlaceState]
inline constexpr std::array kPlaceReasons = {
    Phrase{"served", "サービス可"},       Phrase{"outside the plan", "計画区域外"},
    Phrase{"not computed", "計算対象外"}, Phrase{"level too low", "レベル不足"},
    Phrase{"downlink", "下り速度不足"},   Phrase{"uplink", "上り速度不足"}};
/// Kinds with a translation; any other word as it is.
inline constexpr std::array<std::pair<std::string_view, Phrase>, 12> kKnownKinds = {
    {{"school", {"school", "学校"}},
     {"clinic", {"clinic", "診療所"}},
     {"shelter", {"shelter", "避難所"}},
     {"station", {"station", "駅"}},
     {"farm", {"farm", "農場"}},
     {"camera", {"camera", "カメラ"}},
     {"town_hall", {"town hall", "役場"}},
     {"port", {"port", "港"}},
     {"interchange", {"interchange", "インターチェンジ"}},
     {"exchange_office", {"exchange office", "収容局"}},
     {"town", {"town", "市街地"}},
     {"hamlet", {"hamlet", "集落"}}}};

}  // namespace amaneku::scenarios::phrases
