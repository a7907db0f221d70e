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
inline constexpr Phrase kMoreSites{"{0} more", "{0} 局の増"};
inline constexpr Phrase kFewerPeople{"{0} people fewer", "カバー人口 {0} 人の減"};
inline constexpr Phrase kRunnerUp{"Instead", "代替候補"};
inline constexpr Phrase kObjectiveTotal{"total cost (present value)", "総費用（現在価値）"};
inline constexpr Phrase kBurdenNation{"burden of the nation", "国の負担額"};
inline constexpr Phrase kBurdenPrefecture{"burden of the prefecture", "都道府県の負担額"};
inline constexpr Phrase kBurdenMunicipality{"burden of the municipality", "市町村の負担額"};
inline constexpr Phrase kBurdenOperator{"burden of the operator", "事業者の負担額"};
inline constexpr Phrase kObjectiveSites{"number of sites", "局数"};
inline constexpr Phrase kNothingChosen{"The sites that stay reach the targets: nothing is built.",
                                       "既設局のみで目標を達成しており、新たな整備は不要である。"};

inline constexpr Phrase kYears{"Roll-out by fiscal year", "年度別整備計画"};
inline constexpr Phrase kYearsNote{
    "The chosen sites in the order that covers most people early (the sum over the ends of all years), within the "
    "budget of each year; what a year does not spend is lost. Lines are paid in equal parts by the sites that use "
    "them.",
    "選定局を、各年度の予算の範囲内で、できるだけ早期に多くの人口をカバーする順（各年度末のカバー人口の合計が最大"
    "）に"
    "配置した。予算の残額は翌年度に繰り越さない。伝送路の費用は利用する局で等分した。"};
inline constexpr Phrase kYearsBest{"No other order covers more people early: proved.",
                                   "この順序が最良であることを証明済み。"};
inline constexpr Phrase kYearsBound{"No order has more than {0} % of the sum more.",
                                    "どの順序でも合計の増加は {0} % 以内である。"};
inline constexpr Phrase kYearsTuned{
    "The order is that of the antennas as they are listed; people are those of the turned ones.",
    "順序は調整前のアンテナによる。人口は調整後の値。"};
inline constexpr Phrase kFiscalYearOf{"FY {0}", "{0} 年度"};
inline constexpr Phrase kYearColumn{"Fiscal year", "年度"};
inline constexpr Phrase kYearSites{"Sites built", "整備局数"};
inline constexpr Phrase kYearWhich{"Which", "整備する局"};
inline constexpr Phrase kYearPurchase{"Purchase, M JPY", "整備費（百万円）"};
inline constexpr Phrase kYearNation{"Nation, M JPY", "国（百万円）"};
inline constexpr Phrase kYearPrefecture{"Prefecture, M JPY", "都道府県（百万円）"};
inline constexpr Phrase kYearMunicipality{"Municipality, M JPY", "市町村（百万円）"};
inline constexpr Phrase kYearOperator{"Operator, M JPY", "事業者（百万円）"};
inline constexpr Phrase kYearPeople{"People covered by its end", "年度末の人口カバー率"};
inline constexpr Phrase kMunicipalYears{"Which municipality first", "市町村別の整備順序"};
inline constexpr Phrase kMunicipalYearsNote{
    "People covered at the end of each year (%); those first that gain most in the first years.",
    "各年度末の人口カバー率（%）。早い年度に伸びる市町村から順に示す。"};
inline constexpr Phrase kMunicipalYearsColumn{"Municipality", "市町村"};
inline constexpr Phrase kMunicipalYearsPeople{"People", "人口"};
inline constexpr Phrase kYearsBefore{"before", "整備前"};

inline constexpr std::array<Phrase, 4> kSharingLevels = {
    Phrase{"nothing shared", "共用なし"}, Phrase{"mast, power and line shared", "鉄塔・電源・伝送路の共用"},
    Phrase{"radio shared too", "無線機までの共用"}, Phrase{"core shared too", "コアまでの共用"}};
inline constexpr Phrase kSharing{"How much the operators share", "インフラシェアリングの水準"};
inline constexpr Phrase kSharingNote{
    "The best choice for each level of sharing; the level of the best of them was chosen.",
    "共用の水準ごとに最良の組合せを求め、その中で最良となる水準を採用した。"};
inline constexpr Phrase kSharingColumn{"Level", "水準"};
inline constexpr Phrase kSharingSites{"Sites", "局数"};
inline constexpr Phrase kSharingObjective{"What is to be least (JPY)", "最小化の対象額（円）"};
inline constexpr Phrase kSharingBound{"No choice less than (JPY)", "下限値（円）"};
inline constexpr Phrase kSharingPurchase{"Purchase (JPY)", "整備費（円）"};
inline constexpr Phrase kSharingPeople{"People covered", "カバー人口"};
inline constexpr Phrase kSharingChosen{"{0} (chosen)", "{0}（採用）"};
inline constexpr Phrase kSharingNone{"no choice found within the limits", "制約を満たす組合せなし"};
inline constexpr Phrase kTuning{"Antennas turned", "アンテナの調整"};
inline constexpr Phrase kTuningNote{
    "{0} of {1} antennas stand otherwise than listed, so that most people are served under the interference of "
    "all "
    "cells: {2} of the people instead of {3}. Served: level, SINR and both rates suffice, as under the quality of "
    "service. People with the level: {4} instead of {5}.",
    "全セルの干渉を考慮してサービス可の人口が最大となるよう、{1} 本中 {0} "
    "本のアンテナの方位角・電気チルトを調整した。"
    "サービス可の人口は {3} から "
    "{2}（受信レベル、SINR、上下の通信速度のすべてを満たす人口）、受信レベルを満たす人口は "
    "{5} から {4} となる。"};
inline constexpr Phrase kTuningNone{
    "No other tilt or azimuth of any of the {0} antennas serves more people ({1}).",
    "{0} 本のアンテナのいずれを調整しても、サービス可の人口（{1}）は増えない。"};
inline constexpr Phrase kTuningGivenUp{
    "{0} further turns were left out: with them a target would be missed, or fewer people be served.",
    "ほか {0} 件の調整は、目標を下回るか、サービス可の人口が減るため採用していない。"};
inline constexpr Phrase kTuningSite{"Site", "局"};
inline constexpr Phrase kTuningSector{"Sector", "セクタ"};
inline constexpr Phrase kTuningAzimuth{"Azimuth (deg)", "方位角（°）"};
inline constexpr Phrase kTuningListedAzimuth{"listed", "調整前の方位角（°）"};
inline constexpr Phrase kTuningTilt{"Electrical tilt (deg)", "電気チルト（°）"};
inline constexpr Phrase kTuningListedTilt{"listed", "調整前の電気チルト（°）"};

// Of the terminal.
inline constexpr Phrase kTellShared{"{0}: {1}, {2} sites, {3} JPY to buy", "{0}: {1}、{2} 局、整備費 {3} 円"};
inline constexpr Phrase kTellSharedChosen{"{0}: {1}, {2} sites, {3} JPY to buy (chosen)",
                                          "{0}: {1}、{2} 局、整備費 {3} 円（採用）"};
inline constexpr Phrase kTellSharedNone{"{0}: no choice found within the limits", "{0}: 制約を満たす組合せなし"};
inline constexpr Phrase kTellTuned{"antennas turned: {0} of {1}; people served {2}, {3} as listed",
                                   "アンテナの調整: {1} 本中 {0} 本。サービス可の人口 {2}（調整前 {3}）"};
inline constexpr Phrase kTellYear{"FY {0}: {1} sites, {2} JPY to buy, people {3}",
                                  "{0} 年度: {1} 局、整備費 {2} 円、人口カバー率 {3}"};
inline constexpr Phrase kTellAimLeast{"least {0}", "{0}の最小化"};
inline constexpr Phrase kTellAimMost{"most people within the budget", "予算内でのカバー人口の最大化"};
inline constexpr Phrase kTellStay{", existing sites stay", "、既設局は存続"};
inline constexpr Phrase kTellMayGo{", existing sites may go", "、既設局の廃止も可"};
inline constexpr Phrase kTellChosenOf{"Choice of sites: {0} of {1} candidates",
                                      "置局選定: 候補地 {1} か所中 {0} 局"};
inline constexpr Phrase kTellChosenOnly{
    "Choice of sites: {0} of {1} candidates (not planned here: amaneku select plans them)",
    "置局選定: 候補地 {1} か所中 {0} 局（本計画には未反映。amaneku select で反映）"};
inline constexpr Phrase kTellYen{"{0} JPY", "{0} 円"};
inline constexpr Phrase kTellLeast{"{0} {1}; no choice has less than {2} (gap {3} %)",
                                   "{0} {1}（下限値 {2}、差 {3} %）"};
inline constexpr Phrase kTellLeastBest{"{0} {1}: proved to be the least", "{0} {1}（最小であることを証明済み）"};
inline constexpr Phrase kTellMost{
    "{0} people covered; no choice within the budget has more than {1} (gap {2} %); {3} JPY to buy",
    "カバー人口 {0}人（上限値 {1}人、差 {2} %）、整備費 {3} 円"};
inline constexpr Phrase kTellMostBest{
    "{0} people covered: proved to be the most within the budget; {3} JPY to buy",
    "カバー人口 {0}人（最大であることを証明済み）、整備費 {3} 円"};
inline constexpr Phrase kTellPeople{"people {0}", "人口カバー率 {0}"};
inline constexpr Phrase kTellPeopleOf{"people of {0}: {1}", "{0}の人口カバー率 {1}"};
inline constexpr Phrase kTellChosen{
    "{0} {1} JPY to buy; {2} people, {3} by it alone; without it {4}",
    "{0} 整備費 {1} 円、到達人口 {2}人（うち当該局のみ {3}人）、当該局なしの場合: {4}"};
inline constexpr Phrase kTellInstead{"; instead {0}", "、代替候補: {0}"};
inline constexpr Phrase kTellMore{"and {0} more: selection_sites.csv", "ほか {0} 局: selection_sites.csv"};
inline constexpr Phrase kTellScenario{"Scenario: {0}", "シナリオ: {0}"};

}  // namespace amaneku::scenarios::phrases
