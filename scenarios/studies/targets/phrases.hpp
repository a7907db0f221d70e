// Texts of the section on targets, in English and Japanese.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kTargets{"Targets", "整備目標"};
inline constexpr Phrase kTargetsHalf{
    "People count by mesh: all people of a mesh, where at least half of its area is served.",
    "人口はメッシュ単位で判定し、面積の半分以上がカバーされるメッシュの全人口をカバー人口とする。"};
inline constexpr Phrase kTargetsWeighted{"People count in proportion to the served area of their mesh.",
                                         "人口は、メッシュ内のカバー面積の割合で按分する。"};
inline constexpr Phrase kTargetsCentre{
    "People count by mesh: all people of a mesh, where its centre is served.",
    "人口はメッシュ単位で判定し、中心点がカバーされるメッシュの全人口をカバー人口とする。"};
inline constexpr Phrase kTargetsMoreThanHalf{
    "People count by mesh: all people of a mesh, where more than half of its area is served.",
    "人口はメッシュ単位で判定し、面積の過半がカバーされるメッシュの全人口をカバー人口とする。"};
inline constexpr Phrase kTargetsServed{
    "Served: at least {0} dBm per subcarrier. Figures are of all operators laid over one another.",
    "カバー判定: サブキャリア当たり受信電力 {0} dBm 以上。数値は全事業者の重ね合わせ。"};
inline constexpr Phrase kTargetsRoads{
    "Roads: length of samples served {0} m above ground, {1} dB for the car. No official definition of road "
    "coverage was "
    "found; this one is ours.",
    "道路: 地上高 {0} m でカバーされる延長の割合（車体損失 {1} "
    "dB）。道路カバー率の公式の定義は確認できず、本書独自の定義による。"};
inline constexpr Phrase kTargetsRegion{
    "National targets are held against the people, roads, meshes and municipalities of the plan.",
    "全国の目標は、計画区域内の人口・道路・メッシュ・市区町村に当てはめて判定する。"};
inline constexpr Phrase kTargetsLeaveOut{
    "People and roads of the existing coverage do not count: shares are of those not served already, and what the "
    "plan newly covers of them. Stations and meshes with a station count as ever.",
    "既存エリアの人口・道路は集計から除く。割合は未カバーの人口・道路に対する新規カバーの割合である。局数及び局の"
    "ある"
    "メッシュの集計は変わらない。"};
inline constexpr Phrase kTargetsReached{
    "People and roads of the existing coverage count as covered, beside those that the plan newly covers.",
    "既存エリアの人口・道路は、計画による新規カバーと合わせてカバー済みとして集計する。"};
inline constexpr Phrase kTargetsPlan{"{0} targets", "目標 {0} 件"};
inline constexpr Phrase kTargetsInShort{"Targets: {0} met, {1} missed, {2} not evaluated",
                                        "整備目標: 達成 {0} 件、未達 {1} 件、評価対象外 {2} 件"};
inline constexpr Phrase kMissedLine{"missed: {0} ({1}): {2}, required {3}", "未達: {0}（{1} 年度）{2}、目標 {3}"};
inline constexpr Phrase kMissedMore{"and {0} more", "ほか {0} 件"};
inline constexpr Phrase kTarget{"Target", "目標"};
inline constexpr Phrase kFiscalYear{"Fiscal year", "年度"};
inline constexpr Phrase kRequired{"Required", "目標値"};
inline constexpr Phrase kActual{"Plan", "計画値"};
inline constexpr Phrase kShortfall{"Missing", "不足"};
inline constexpr Phrase kVerdict{"Verdict", "判定"};
inline constexpr Phrase kMet{"met", "達成"};
inline constexpr Phrase kMissed{"missed", "未達"};
inline constexpr Phrase kPastYear{"of a past year", "過年度の目標"};
inline constexpr Phrase kNotEvaluated{"not evaluated", "評価対象外"};
inline constexpr Phrase kSupplied{"supplied: {0}", "入力値: {0}"};
inline constexpr Phrase kOperatorsAlone{"Each operator alone", "事業者別"};
inline constexpr Phrase kPoints{"{0} points", "{0} ポイント"};
inline constexpr Phrase kFromBackhaul{"the backhaul of this plan", "本計画の伝送路"};
inline constexpr Phrase kPrefectureCode{"prefecture {0}", "都道府県コード {0}"};
inline constexpr Phrase kAllOperators{"all operators", "全事業者"};
inline constexpr Phrase kWorstPart{"lowest: {0}", "最低: {0}"};
inline constexpr Phrase kOutsideParts{"{0} people live in no municipality", "市区町村に属さない人口 {0} 人"};
inline constexpr Phrase kTargetCurves{"Over the fiscal years", "年度別の推移"};
inline constexpr Phrase kTargetCurvesNote{
    "Black: all operators together; coloured: each alone. Triangle: required; circle: published for the country.",
    "黒: 全事業者の重ね合わせ、色: 各事業者。三角: 目標値、丸: 全国の公表実績。"};
inline constexpr Phrase kClosing{"Places that would close the gaps", "目標の不足を解消する箇所"};
inline constexpr Phrase kClosingNote{
    "People, then roads, the largest first; {0} of {1} places. All of them, target by target: target_gaps.csv. "
    "Positions are latitude, longitude; a stretch of road has its start and end, and the municipality of its "
    "start.",
    "人口、道路の順に、それぞれ規模の大きい順。全 {1} か所のうち {0} か所。目標ごとの全件は target_gaps.csv "
    "を参照。位置は緯度、経度（道路は起点と終点、市区町村は起点のもの）。"};
inline constexpr Phrase kPlaceNumber{"No.", "番号"};
inline constexpr Phrase kGapSize{"Not covered", "未カバー"};
inline constexpr Phrase kGapKm{"{0} km", "{0} km"};
inline constexpr Phrase kGapPeople{"{0} people", "{0}人"};
inline constexpr Phrase kGapTargets{"Targets", "目標"};
inline constexpr Phrase kGapMap{"The places by their numbers in the table", "表の番号による位置"};
inline constexpr Phrase kPlace{"Place", "箇所"};
inline constexpr Phrase kPlaceMesh{"mesh {0}", "メッシュ {0}"};
inline constexpr Phrase kPlaceWide{"10 km mesh {0}", "10 km メッシュ {0}"};
/// Notes of the built-in targets; any other as it is.
inline constexpr std::array<std::pair<std::string_view, Phrase>, 5> kTargetNotes = {
    {{"parent stations 親局; about 4,500 ten-km meshes",
      {"parent stations; about 4,500 ten-km meshes", "親局の整備、10 km メッシュ約 4,500"}},
     {"the worst of them, 島根県", {"the worst of them, Shimane", "最低の島根県"}},
     {"90%程度以上", {"about 90 % or more", "90 % 程度以上"}},
     {"95%程度", {"about 95 %", "95 % 程度"}},
     {"March 2023", {"March 2023", "2023 年 3 月"}}}};
/// Units of the built-in targets; any other as it is.
inline constexpr std::array kTargetUnits = {Phrase{"persons", "人"}, Phrase{"stations", "局"},
                                            Phrase{"places", "箇所"}, Phrase{"of 97 schools", "校（97校中）"}};
/// [NotEvaluated]
inline constexpr std::array kNotEvaluatedReasons = {
    Phrase{"evaluated", "評価済み"},
    Phrase{"a radio plan does not tell it: supply it as [[targets.actual]]",
           "無線計画からは算定できない（[[targets.actual]] で入力可）"},
    Phrase{"no sector of the plan serves roads", "道路をカバーするセクタがない"},
    Phrase{"no sector of the plan is known to be 5G", "計画に 5G のセクタがない"},
    Phrase{"no sector of the plan is known to be 4G", "計画に 4G のセクタがない"},
    Phrase{"the plan has no road of this class", "計画区域に該当する種別の道路がない"},
    Phrase{"nobody lives in the plan", "計画区域に人口がない"},
    Phrase{"no municipality of the plan has people", "計画区域に人口のある市区町村がない"},
    Phrase{"the plan holds no inhabited 10 km mesh", "計画区域に居住者のいる 10 km メッシュがない"},
    Phrase{"the plan has no municipality", "計画区域に市区町村がない"},
    Phrase{"counted for the whole only", "全体でのみ集計する目標である"},
    Phrase{"a national count: the plan is a region", "全国の局数であり、地域計画からは評価しない"},
    Phrase{"all of it is served already", "すべて既存エリアでカバー済みである"}};

}  // namespace amaneku::scenarios::phrases
