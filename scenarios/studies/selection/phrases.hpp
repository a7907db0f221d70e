// Texts of the section on the selection of sites, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kSelection{"Choice of sites", "置局選定"};
inline constexpr Phrase kSelectionNote{
    "Candidates that reach the targets with the least {0}. A cell is covered where any site reaches it with the "
    "level "
    "of the plan, as in the rest of this report. The bound is proved: no choice of these candidates that reaches "
    "the "
    "targets has less.",
    "候補地のうち、目標を満たし「{0}"
    "」が最小となる組合せを選定した。いずれかの局の受信レベルが本報告書の判定値以上と"
    "なる区画をカバー区画とする。下限値は証明された値であり、目標を満たすどの組合せもこれを下回らない。"};
inline constexpr Phrase kSelectionMostNote{
    "Candidates that reach most people within the budget. A cell is covered where any site reaches it with the "
    "level "
    "of the plan, as in the rest of this report. The bound is proved: no choice within the budget reaches more.",
    "候補地のうち、予算の範囲内でカバー人口が最大となる組合せを選定した。いずれかの局の受信レベルが本報告書の判定"
    "値以"
    "上となる区画をカバー区画とする。上限値は証明された値であり、予算内のどの組合せもこれを上回らない。"};
inline constexpr Phrase kSelectionLinesNote{
    "Lines of the backhaul are laid out together for {0} choices; the figures of each site are those with the "
    "line "
    "that it would have alone.",
    "伝送路は {0} 通りの組合せについて一括設計して比較した。各局の金額は単独で伝送路を整備する場合の値。"};
inline constexpr Phrase kSelectionTold{
    "This report is of the existing sites: `amaneku select` plans the chosen ones.",
    "本報告書は既設局の計画である。選定した局を含む計画は `amaneku select` で作成する。"};
inline constexpr Phrase kChosenSites{"Chosen sites", "選定局数"};
inline constexpr Phrase kOfCandidates{"of {0} candidates", "候補地 {0} か所中"};
inline constexpr Phrase kChoiceCost{"Cost of the choice", "選定局の費用"};
inline constexpr Phrase kChoiceBurden{"Burden of the choice", "選定局の負担額"};
inline constexpr Phrase kChoicePeople{"People covered", "カバー人口"};
inline constexpr Phrase kChoiceBound{"at least {0} in any choice: gap {1} %", "下限値 {0}（差 {1} %）"};
inline constexpr Phrase kChoiceBest{"proved to be the least", "最小であることを証明済み"};
inline constexpr Phrase kPeopleBound{"at most {0} in any choice: gap {1} %", "上限値 {0}（差 {1} %）"};
inline constexpr Phrase kPeopleBest{"proved to be the most", "最大であることを証明済み"};
inline constexpr Phrase kChoicePurchase{"To buy", "整備費"};
inline constexpr Phrase kChoiceLines{"lines laid out with it", "伝送路を含む"};
inline constexpr Phrase kNeedsReached{"Targets and what is reached", "目標と達成状況"};
inline constexpr Phrase kNeed{"Target", "目標"};
inline constexpr Phrase kNeedAsked{"Asked for (%)", "目標 (%)"};
inline constexpr Phrase kNeedBefore{"Before (%)", "選定前 (%)"};
inline constexpr Phrase kNeedAfter{"With the choice (%)", "選定後 (%)"};
inline constexpr Phrase kNeedAtMost{"With all candidates (%)", "全候補地 (%)"};
inline constexpr Phrase kNeedPeople{"All people", "全人口"};
inline constexpr Phrase kNeedPlaces{"Places ({0})", "施設（{0} か所）"};
inline constexpr Phrase kChosenMap{"Chosen sites", "選定局の位置"};
inline constexpr Phrase kChosenMapNote{"Rings are the chosen candidates; the others are small.",
                                       "輪は選定した候補地。その他は小さく表示。"};
inline constexpr Phrase kWhyChosen{"Why these sites", "選定理由"};
inline constexpr Phrase kPeopleOfSite{"People reached", "到達人口"};
inline constexpr Phrase kPeopleAlone{"by it alone", "うち当該局のみ"};
inline constexpr Phrase kWithoutIt{"Without it", "当該局なしの場合"};
inline constexpr Phrase kNeeded{"the targets are out of reach", "目標を達成できない"};
inline constexpr Phrase kDearer{"{0} JPY more", "{0} 円の増"};
inline constexpr Phrase kMoreSites{"{0} sites more", "{0} 局の増"};
inline constexpr Phrase kFewerPeople{"{0} people fewer", "カバー人口 {0} 人の減"};
inline constexpr Phrase kRunnerUp{"Instead", "代替候補"};
inline constexpr Phrase kObjectiveTotal{"total cost (present value)", "総費用（現在価値）"};
inline constexpr Phrase kObjectiveSites{"number of sites", "局数"};
inline constexpr Phrase kNothingChosen{"The sites that stay reach the targets: nothing is built.",
                                       "既設局のみで目標を達成しており、新たな整備は不要である。"};

}  // namespace amaneku::scenarios::phrases
