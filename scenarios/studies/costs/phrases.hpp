// Texts of the section on costs, in English and Japanese.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "libsim/economics/prices.hpp"
#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kTaxNote{
    "Consumption tax is neither added nor taken off: prices stand as their sources have them. A unit price with "
    "two "
    "figures is the lowest and the highest of the sites, which differ by access (slope, snow).",
    "消費税は加算・控除していない（単価は出典の記載による）。単価に二つの値がある項目は、搬入条件（傾斜・積雪）に"
    "より局ごとに"
    "異なる単価の最小値と最大値。"};
inline constexpr Phrase kOverviewCosts{
    "to build; operation {0} M JPY a year; net present value of {1} years {2} M JPY (prices of {3})",
    "整備費。運用費 年額 {0} 百万円、{1} 年間の正味現在価値 {2} 百万円（{3} 年価格）"};
inline constexpr Phrase kOverviewNoFunding{"No subsidies are asked for in the scenario.",
                                           "補助制度の適用は指定されていない。"};
inline constexpr Phrase kOverviewBonds{"after bonds {0} M JPY", "起債・交付税措置後 {0} 百万円"};
inline constexpr Phrase kProgramme{"Programme", "制度・事業"};
inline constexpr Phrase kRuleYear{"Year and stage of the budget", "年度・予算の段階"};
inline constexpr Phrase kReading{"Reading", "適用の根拠"};
inline constexpr Phrase kNationalShare{"National share", "国の負担割合"};

/// [RuleStatus]
inline constexpr std::array kRuleStatusWords = {
    Phrase{"as stated", "資料に明記"}, Phrase{"inferred", "資料から推定"}, Phrase{"ambiguous", "解釈が分かれる"}};
/// SubsidyRule::basis; any other as it is.
inline constexpr std::array<std::pair<std::string_view, Phrase>, 5> kBudgetStages = {
    {{"budget", {"budget, decided", "成立予算"}},
     {"budget_request", {"budget request", "概算要求"}},
     {"budget_draft", {"budget draft", "予算案"}},
     {"supplementary_budget", {"supplementary budget", "補正予算"}},
     {"call", {"call for applications", "公募"}}}};

/// What documents of the built-in rules are called, and where in them; the longer before those that they hold.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 40> kDocumentWords = {
    {{"Shikoku Bureau of Telecommunications, FY2024 (R6) budget request, 2023-10-17",
      "四国総合通信局「総務省の地域情報化支援施策について」令和6年度概算要求（2023年10月17日）"},
     {"Chugoku Bureau of Telecommunications, FY2025 (R7) budget draft, March 2025",
      "中国総合通信局 令和7年度予算案の資料（2025年3月）"},
     {"Ministry of Internal Affairs and Communications, collection of programmes, FY2021 (R3)",
      "総務省 支援施策集（令和3年度）"},
     {"Kanto Bureau of Telecommunications, FY2025 (R7), March 2025",
      "関東総合通信局 令和7年度の資料（2025年3月）"},
     {"Kyushu Bureau of Telecommunications, FY2017-2018 (H29, H30), 2017-10-31",
      "九州総合通信局 平成29・30年度の資料（2017年10月31日）"},
     {"Ministry of Internal Affairs and Communications, release of ", "総務省 報道資料 "},
     {"Kanto Bureau of Telecommunications, release of ", "関東総合通信局 報道資料 "},
     {"Hokuriku Bureau of Telecommunications, release of ", "北陸総合通信局 報道資料 "},
     {"Ministry of Finance, draft budget R6 of 2023-12-22, page 10 on the ministry's radio fees",
      "財務省 令和6年度予算案（2023年12月22日）電波利用料 10頁"},
     {"Secondary source: reports of others, no document of the ministry at hand",
      "二次資料（総務省の資料は未確認）"},
     {", of the R6 request, carried over to R7", "（令和6年度要求。令和7年度に準用）"},
     {", of the R6 request: what is not marked there as asked for anew",
      "（令和6年度要求のうち新規要求の記載がないもの）"},
     {", with the budgets of R4: as R3 and R5", "（令和4年度予算。令和3・5年度と同じ）"},
     {" figure: ", "の図: "},
     {"rows unlabelled", "行の区分の記載なし"},
     {" limits ① to municipalities with 財政力指数<=0.5", " ①は財政力指数 0.5 以下の市町村に限る"},
     {"; that local governments may apply: the ministry's page, ", "。地方公共団体の応募の可否は総務省のページ "},
     {"; also document ", "。文書番号も参照: "},
     {"table row ", "表の行 "},
     {"satellite offices", "サテライトオフィス"},
     {"smart cities", "スマートシティ"},
     {"table scrambled", "表の判読に難あり"},
     {"stored copy", "保存版"},
     {"labelled R5 budget", "令和5年度予算と記載"},
     {"taken for R6", "令和6年度に準用"},
     {"taken for R7", "令和7年度に準用"},
     {"marked R5", "令和5年度と記載"},
     {" left", " 左"},
     {" right", " 右"},
     {" top", " 上"},
     {" bottom", " 下"},
     {" upper", " 上段"},
     {" lower", " 下段"},
     {" note ", " 注"},
     {" notes ", " 注"},
     {"slides ", "スライド"},
     {"slide ", "スライド"},
     {"pages ", "頁 "},
     {"page ", "頁 "},
     {" and ", "・"}}};

/// Sources of the built-in prices; any other as it is.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kPriceSources = {
    {{"pytal scripts/run.py @e7ccc1f", "公開プログラム pytal（版 e7ccc1f）の設定値"},
     {"pysim5g scripts/run.py @eb99ea6", "公開プログラム pysim5g（版 eb99ea6）の設定値"},
     {"qubic tests/conftest.py @8279201 (test fixture)", "公開プログラム qubic（版 8279201）の試験値"},
     {"e3nb scripts/inputs.py @d03701b", "公開プログラム e3nb（版 d03701b）の設定値"},
     {"digital_comms mobile_network/interventions.py @497b04b (currency assumed: the code gives none)",
      "公開プログラム digital_comms（版 497b04b）の設定値（通貨は仮定）"},
     {"cdcam src/cdcam/interventions.py @8c8a833 (currency assumed: the code gives none)",
      "公開プログラム cdcam（版 8c8a833）の設定値（通貨は仮定）"},
     {"terragraph-planner data/template.yaml (currency assumed)",
      "公開プログラム terragraph-planner の設定値（通貨は仮定）"},
     {"MIC 基地局整備の在り方研究会 2014, via nikkeibp 2014-03-19 / konure 2014-02",
      "総務省 基地局整備の在り方研究会（2014年）、報道による"},
     {"soumu tokai 2019-08-01", "東海総合通信局 2019年8月1日"},
     {"soumu tokai 2019-07-22", "東海総合通信局 2019年7月22日"},
     {"soumu tokai 2016-07-26", "東海総合通信局 2016年7月26日"},
     {"soumu shinetsu 2021-01-27", "信越総合通信局 2021年1月27日"},
     {"soumu kinki 2020-11-27", "近畿総合通信局 2020年11月27日"},
     {"senmonshi 2010-04-12 (NTT East)", "専門紙 2010年4月12日（NTT東日本）"},
     {"nikkei xTECH 2020 (fee revised since)", "日経クロステック 2020年（その後改定）"},
     {"miyakomainichi", "宮古毎日新聞"},
     {"konure 2012-06 (from MIC filings)", "総務省資料に基づく報道（2012年6月）"},
     {"amamishimbun 2019-03-23", "奄美新聞 2019年3月23日"},
     {"Tottori pref. budget FY2009", "鳥取県 2009年度予算"},
     {"FTTH未提供地域における整備コスト (MIC, undated copy)",
      "総務省「FTTH未提供地域における整備コスト」（日付不明）"},
     {"Bloomberg 2017-04, quoted on 5ch", "報道（2017年4月）の引用"}}};

/// [CostQuantity]
inline constexpr std::array kQuantityUnits = {
    Phrase{"station", "式"}, Phrase{"mast", "基"},       Phrase{"mount", "式"},  Phrase{"upgrade", "式"},
    Phrase{"station", "式"}, Phrase{"sector", "セクタ"}, Phrase{"m", "m"},       Phrase{"m", "m"},
    Phrase{"h", "時間"},     Phrase{"generator", "台"},  Phrase{"m", "m"},       Phrase{"m", "m"},
    Phrase{"m", "m"},        Phrase{"landing", "か所"},  Phrase{"m", "m"},       Phrase{"m", "m"},
    Phrase{"m", "m"},        Phrase{"m", "m"},           Phrase{"m", "m"},       Phrase{"end", "端局"},
    Phrase{"end", "端局"},   Phrase{"link", "回線"},     Phrase{"link", "回線"}, Phrase{"line", "回線"},
    Phrase{"site", "局"},    Phrase{"share", "割合"}};
static_assert(kQuantityUnits.size() == static_cast<std::size_t>(CostQuantity::capex_share) + 1);

}  // namespace amaneku::scenarios::phrases
