// Texts of the section on the backhaul, in English and Japanese.
#pragma once

#include <array>

#include "libsim/backhaul/medium.hpp"
#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kBackhaul{"Backhaul", "伝送路（バックホール）"};
inline constexpr Phrase kBackhaulNote{
    "Cables and links from the sites to the exchanges, laid out together at least present value over {0} years. "
    "What "
    "several sites use is built once and paid for in equal parts by the sites behind it. Sites and exchanges are "
    "led "
    "straight to the nearest road, cable or duct, {1} m at most. The lower bound is proved: no layout of these "
    "ways and "
    "links that connects the same sites costs less.",
    "各局から収容局までの光ファイバと無線回線を、{0} "
    "年間の現在価値の合計が最小となるように一括して設計した。複数局が共用する区間は一度だけ整備し、その先にある局"
    "が等分"
    "して負担する。局と収容局は最寄りの道路・既設ケーブル・管路まで直線で引き込む（最長 {1} "
    "m）。下限値は証明された値であり、同じ経路と回線で同じ局を結ぶどの設計もこれを下回らない。"};
inline constexpr Phrase kBackhaulNotePayer{
    "Cables and links from the sites to the exchanges, laid out together so that one payer bears least of their "
    "present value over {0} years. What several sites use is built once and paid for in equal parts by the sites "
    "behind it. Sites and exchanges are led straight to the nearest road, cable or duct, {1} m at most. The lower "
    "bound of the present value is that of any layout, whoever pays.",
    "各局から収容局までの光ファイバと無線回線を、{0} "
    "年間の現在価値のうち特定の主体の負担が最小となるように一括して設計"
    "した。複数局が共用する区間は一度だけ整備し、その先にある局が等分して負担する。局と収容局は最寄りの道路・既設"
    "ケー"
    "ブル・管路まで直線で引き込む（最長 {1} "
    "m）。現在価値の下限値は、負担者を問わず、どの設計もこれを下回らない値であ"
    "る。"};
inline constexpr Phrase kPayerBurden{
    "Least for: {0}. It bears {1} JPY (of purchases {2} JPY), at least {3} JPY in any layout at these shares; the "
    "layout of least present value would cost it {4} JPY.",
    "負担を最小とする主体: {0}。負担額は {1} 円（うち整備費 {2} 円）。この負担割合ではどの設計も {3} "
    "円を下回らない。"
    "現在価値が最小の設計での負担額は {4} 円。"};
inline constexpr Phrase kReasonsForPayer{"Amounts in the last column are what this payer bears.",
                                         "「選定理由」の金額は当該主体の負担額。"};
inline constexpr Phrase kBackhaulPlan{"{0} exchanges, new cables {1}", "収容局 {0}、新設は{1}"};
inline constexpr Phrase kLinesGiven{", {0} lines given", "、指定経路 {0}"};
inline constexpr Phrase kHopsPlan{", microwave {0}", "、マイクロ波回線（{0}）"};
inline constexpr Phrase kOpticsPlan{", optics", "、光空間通信"};
inline constexpr Phrase kIabPlan{", IAB", "、IAB（無線バックホール統合）"};
inline constexpr Phrase kBackhaulClosing{
    "Backhaul: {0} km of new fibre, {1} links; present value {2} JPY, at least {3} JPY in any layout (gap {4} %)",
    "伝送路: 新設光ファイバ {0} km、無線回線等 {1} 回線、現在価値 {2} 円（下限値 {3} 円、差 {4} %）"};
inline constexpr Phrase kCablesOf{" of {0} fibres", "（1 条 {0} 心）"};
inline constexpr Phrase kLeastFor{", least for the {0}", "、{0}の負担を最小化"};
inline constexpr Phrase kBearsOfIt{"; {0} bears {1} JPY of it, at least {2} in any layout",
                                   "、{0}の負担 {1} 円（下限値 {2} 円）"};
inline constexpr Phrase kSitesNotReached{"; {0} sites not reached", "、接続不可 {0} 局"};
inline constexpr Phrase kNewFibre{"New fibre", "新設光ファイバ"};
inline constexpr Phrase kKilometres{"km", "km"};
inline constexpr Phrase kOfExisting{"and {0} km of fibres in cables that are there", "ほかに既設心線 {0} km"};
inline constexpr Phrase kLinksBuilt{"Links without cable", "無線回線等"};
inline constexpr Phrase kLinksCount{"links", "回線"};
inline constexpr Phrase kSitesConnected{"Sites connected", "接続局数"};
inline constexpr Phrase kOfSites{"of {0}", "全 {0} 局"};
inline constexpr Phrase kBackhaulCost{"Present value", "現在価値"};
inline constexpr Phrase kBoundDetail{"at least {0} in any layout: gap {1} %", "下限値 {0}（差 {1} %）"};
inline constexpr Phrase kBackhaulMap{"Cables and links", "光ファイバと無線回線"};
inline constexpr Phrase kExchange{"Exchange", "収容局"};
inline constexpr Phrase kBackhaulMapNote{
    "Squares are exchanges, diamonds places that get fibre beside the sites. Stretches drawn straight over ground "
    "or water that no road or corridor crosses are "
    "estimates.",
    "四角は収容局、ひし形は局とともに接続する施設。道路や敷設ルートのない陸上・海上を直線で結んだ区間は概算。"};
inline constexpr Phrase kSiteWays{"How each site is connected", "各局の接続方法"};
inline constexpr Phrase kSiteOf{"Site", "局"};
inline constexpr Phrase kMediumOf{"Connected by", "接続方法"};
inline constexpr Phrase kWayKm{"Way (km)", "経路長（km）"};
inline constexpr Phrase kHopsOf{"Nodes", "中継段数"};
inline constexpr Phrase kDelayMs{"Delay (ms)", "片道遅延（ms）"};
inline constexpr Phrase kAvailability{"Availability (%)", "稼働率（%）"};
inline constexpr Phrase kDemandMbps{"Busy hour (Mbit/s)", "最繁時トラヒック（Mbit/s）"};
inline constexpr Phrase kItsParts{"Its parts (JPY)", "負担分（円）"};
inline constexpr Phrase kWhyThis{"Why", "選定理由"};
inline constexpr Phrase kNotReached{"not reached", "接続不可"};
inline constexpr Phrase kWhyLinkCheaper{"{0} over {1} km; a cable instead would be {2} km and {3} JPY more.",
                                        "{0}（{1} km）。光ファイバとすると {2} km、費用は {3} 円増。"};
inline constexpr Phrase kWhyCableCheaper{"Fibre of its own of {0} km; a link instead would cost {1} JPY more.",
                                         "光ファイバ引込 {0} km。無線回線等とすると費用は {1} 円増。"};
inline constexpr Phrase kWhyOnlyCable{"Fibre of its own of {0} km; no link is on offer.",
                                      "光ファイバ引込 {0} km。代替となる無線回線等はない。"};
inline constexpr Phrase kWhyOnlyLink{"{0}: no cable with a price leads there.",
                                     "{0}。単価のある光ファイバ経路はない。"};
inline constexpr Phrase kWhyFed{
    "Fed by {0} over sector {1}, of whose time it takes {2} % down and {3} % up.",
    "{0} のセクタ {1} の搬送波で収容し、無線リソースの占有率は下り {2} %、上り {3} %。"};
inline constexpr Phrase kWhyShared{
    "By itself it would be {0} JPY cheaper the other way; the layout of all uses this one.",
    "単独では別の方法が {0} 円安いが、全体の設計ではこれを用いる。"};
inline constexpr Phrase kWhyNeeds{"Cheaper links fail its needs.", "より安価な回線は所要条件を満たさない。"};
inline constexpr Phrase kBillOf{"Bill of quantities", "数量表"};
inline constexpr Phrase kSinglePoints{"If this stretch fails", "単一障害点"};
inline constexpr Phrase kSinglePointsNote{
    "Stretches of the layout with the most people behind them: there is no second way. Sites behind it and the "
    "people "
    "whom they serve would be cut off.",
    "障害時に影響の大きい区間。迂回路がないため、障害時にはその先の局が停止し、人口に影響が及ぶ。"};
inline constexpr Phrase kSitesBehind{"Sites behind it", "影響を受ける局"};
inline constexpr Phrase kPeopleBehind{"People", "影響人口"};
inline constexpr Phrase kStretch{"Stretch", "区間"};
inline constexpr Phrase kWhyPassed{"The shared cable passes the site; no link is on offer.",
                                   "共用ケーブルが局の前を通る。代替となる無線回線等はない。"};
inline constexpr Phrase kWhyPassedCheaper{
    "The shared cable passes the site; a link instead would cost {0} JPY more.",
    "共用ケーブルが局の前を通る。無線回線等とすると費用は {0} 円増。"};
inline constexpr Phrase kOfPlaces{"of it for places that are no sites", "うち局以外の施設の負担分"};
inline constexpr Phrase kEdgeServers{"Servers at the edge", "エッジサーバの配置"};
inline constexpr Phrase kEdgeServersNote{
    "The exchanges and sites where so many servers shorten the way of the people served most: mean delay one way, "
    "weighted with people. Local: of traffic between any two people, the part with both ends at one server.",
    "利用者の平均片道遅延（人口加重）が最小となる配置。地域内で完結する割合は、任意の二人の間の通信のうち両端が同"
    "じ"
    "サーバに属する割合。"};
inline constexpr Phrase kServers{"Servers", "台数"};
inline constexpr Phrase kServerPlaces{"Where", "設置場所"};
inline constexpr Phrase kMeanDelayMs{"Mean delay (ms)", "平均片道遅延（ms）"};
inline constexpr Phrase kLocalShare{"Local traffic (%)", "地域内で完結する割合（%）"};
inline constexpr Phrase kProof{"Proof", "最適性"};
inline constexpr Phrase kProved{"no better choice", "証明済み"};
inline constexpr Phrase kNotProved{"not proved", "未証明"};
inline constexpr Phrase kNearCable{
    "People within {0} m of a cable that is laid or there: {1} ({2} %). They can have fibre to the home; the "
    "national "
    "target T-FTTH-2027 is 99.9 % of households.",
    "新設・既設ケーブルから {0} m 以内の人口: {1} 人（{2} %）。FTTH "
    "の提供が見込まれる。国の目標（T-FTTH-2027）は世帯カバー率 99.9 %。"};
inline constexpr Phrase kCableCounts{"Cables side by side", "ケーブル条数"};
inline constexpr Phrase kCableCountsNote{
    "A new cable holds {0} fibres; each site has {1} of its own on every stretch of its ways. {2} km of further "
    "cables lie beside the first one.",
    "新設ケーブルは 1 条 {0} 心。各局は経路の全区間で専用の {1} 心を使用する。2 条目以降のケーブルは延べ {2} "
    "km。"};
inline constexpr Phrase kCableCountsNone{"Everywhere one cable is enough.", "全区間とも 1 条で足りる。"};
inline constexpr Phrase kFibresUsed{"Fibres", "使用心線数"};
inline constexpr Phrase kCablesBeside{"Cables", "条数"};
/// [Medium]
inline constexpr std::array<Phrase, kMediumCount> kMedia = {
    {{"Fibre on poles", "架空光ファイバ"},
     {"Fibre underground", "地中光ファイバ"},
     {"Fibre in ducts that are there", "既設管路内光ファイバ"},
     {"Fibre on bridges", "橋梁添架光ファイバ"},
     {"Fibre in road tunnels", "トンネル内光ファイバ"},
     {"Fibres in cables that are there", "既設光ファイバ"},
     {"Submarine cable", "海底光ケーブル"},
     {"Microwave", "マイクロ波回線"},
     {"Free-space optics", "光空間通信"},
     {"IAB (fed by a neighbouring site)", "IAB（無線バックホール統合）"},
     {"Satellite", "衛星回線"},
     {"Leased line", "専用線"}}};

}  // namespace amaneku::scenarios::phrases
