// Texts of `amaneku compare` on the terminal and on its page, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::compared {

inline constexpr Phrase kTitle{"Comparison of plans", "計画の比較"};
inline constexpr Phrase kHeading{"{0}: plans {1}", "{0} – 計画 {1} の比較"};
inline constexpr Phrase kAgainst{"{0} against {1}", "{1} に対する {0} の変化"};
inline constexpr Phrase kPlans{"Plans compared", "比較した計画"};
inline constexpr Phrase kPlan{"Plan", "計画"};
inline constexpr Phrase kLetter{"{0}", "{0}"};
inline constexpr Phrase kFolder{"Folder", "フォルダ"};
inline constexpr Phrase kScenario{"Scenario", "シナリオ"};
inline constexpr Phrase kMadeBy{"Version", "バージョン"};
inline constexpr Phrase kGridOf{"Grid", "メッシュ"};
inline constexpr Phrase kGridText{"{0} x {1} cells of {2} m, {3}", "{2} m × {0} × {1}、{3}"};
inline constexpr Phrase kSomeSynthetic{"Synthetic: plans {0}", "模擬データを含む計画: {0}"};

// Headline
inline constexpr Phrase kHeadline{"People covered, net", "カバー人口の増減"};
inline constexpr Phrase kPeopleUnit{"people", "人"};
inline constexpr Phrase kFromTo{"{0} → {1}", "{0} → {1}"};
inline constexpr Phrase kFromToPoints{"{0} % → {1} % of those in the plan ({2} points)",
                                      "計画区域内人口の {0} % → {1} %（{2} ポイント）"};
inline constexpr Phrase kWon{"People won", "新たにカバーされる人口"};
inline constexpr Phrase kWonDetail{"covered in {0}, not in {1}", "{1} では未カバー、{0} でカバー"};
inline constexpr Phrase kLost{"People lost", "カバーされなくなる人口"};
inline constexpr Phrase kLostDetail{"covered in {1}, not in {0}", "{1} ではカバー、{0} で未カバー"};
inline constexpr Phrase kCostCard{"Purchase", "整備費"};
inline constexpr Phrase kMunicipalCard{"Paid by municipalities", "市町村負担"};
inline constexpr Phrase kMillion{"M JPY", "百万円"};
inline constexpr Phrase kTargetsCard{"Targets met", "達成目標数"};
inline constexpr Phrase kOfTargets{"of {0} evaluated", "評価対象 {0} 件中"};
inline constexpr Phrase kDefinition{
    "Covered: reference signal received power (RSRP) of at least {0} dBm, {1} m above ground. People: those "
    "inside "
    "the plan, spread evenly over their mesh; a mesh counts with the change of its covered share, so that parts "
    "won and lost in the same mesh cancel out.",
    "カバー判定: 地上高 {1} m における基準信号受信電力（RSRP）が {0} dBm "
    "以上であること。人口は計画区域内のもので、"
    "メッシュ内に均等に分布するとみなす。各メッシュはカバー割合の変化で数えるため、同一メッシュ内の増減は相殺され"
    "る。"};
inline constexpr Phrase kEachDefinition{
    "Covered means something else in each plan: {0}. People: those inside the plan, spread evenly over their "
    "mesh; a "
    "mesh counts with the change of its covered share, so that parts won and lost in the same mesh cancel out.",
    "カバー判定の条件は計画ごとに異なる（{0}）。人口は計画区域内のもので、メッシュ内に均等に分布するとみなす。"
    "各メッシュはカバー割合の変化で数えるため、同一メッシュ内の増減は相殺される。"};
inline constexpr Phrase kConditions{"{0}: RSRP {1} dBm, {2} m above ground", "{0}: RSRP {1} dBm、地上高 {2} m"};

// Figures, with their units
inline constexpr Phrase kFigures{"Figures side by side", "主な数値の比較"};
inline constexpr Phrase kAgainstPrevious{"What changed against the previous run", "前回計算からの変更点"};
inline constexpr Phrase kPreviousNote{
    "{0}: the previous run ({1}). {2}: this run. What is the same in both is left out.",
    "{0}: 前回計算（{1}）、{2}: 今回計算。変化のない項目は省略。"};
inline constexpr Phrase kChangedFigures{"Figures that changed", "変化した数値"};
inline constexpr Phrase kNoFigureChanged{"No figure differs.", "数値に変化はない。"};
inline constexpr Phrase kFigure{"Figure", "項目"};
inline constexpr Phrase kGroupPeople{"People", "人口"};
inline constexpr Phrase kGroupArea{"Area", "面積"};
inline constexpr Phrase kGroupRoads{"Roads", "道路"};
inline constexpr Phrase kGroupNetwork{"Network and places", "基地局と施設"};
inline constexpr Phrase kGroupVerdicts{"Targets and routes", "目標と経路"};
inline constexpr Phrase kGroupCosts{"Costs and payers", "費用と負担"};
inline constexpr Phrase kGroupBackhaul{"Backhaul", "伝送路（バックホール）"};
inline constexpr Phrase kPoints{"{0} points", "{0} ポイント"};
inline constexpr Phrase kDifference{"{0} − {1}", "{0} − {1}"};
inline constexpr Phrase kPopulationInPlan{"People in the plan", "計画区域内人口（人）"};
inline constexpr Phrase kPopulationCovered{"People covered", "カバー人口（人）"};
inline constexpr Phrase kPopulationPercent{"Population coverage", "人口カバー率"};
inline constexpr Phrase kServedPercent{"People served", "サービス可能人口率"};
inline constexpr Phrase kDownlink{"Downlink in the busy hour, half of the people (Mbit/s)",
                                  "最繁時の下り速度、人口中央値（Mbit/s）"};
inline constexpr Phrase kUplink{"Uplink in the busy hour, half of the people (Mbit/s)",
                                "最繁時の上り速度、人口中央値（Mbit/s）"};
inline constexpr Phrase kAreaCovered{"Area covered (km²)", "カバー面積（km²）"};
inline constexpr Phrase kAreaPercent{"Area coverage", "面積カバー率"};
inline constexpr Phrase kRoadCovered{"Road covered, {0} (km)", "カバー延長 {0}（km）"};
inline constexpr Phrase kRoadPercent{"Road coverage, {0}", "道路カバー率 {0}"};
inline constexpr Phrase kSitesPlanned{"Sites planned on", "基地局数（局）"};
inline constexpr Phrase kSectorsPlanned{"Sectors planned on", "セクタ数"};
inline constexpr Phrase kPlacesServed{"Places served, {0}", "サービス可能施設 {0}（箇所）"};
inline constexpr Phrase kTargetsMet{"Targets met", "達成目標数（件）"};
inline constexpr Phrase kTargetsMissed{"Targets missed", "未達目標数（件）"};
inline constexpr Phrase kRoutesMet{"Courses of routes that meet their service", "適合する経路（方向別、件）"};
inline constexpr Phrase kRouteGap{"Routes without a link (m)", "経路の通信途絶区間（m）"};
inline constexpr Phrase kCapex{"Purchase (JPY)", "整備費（円）"};
inline constexpr Phrase kOpex{"Operation (JPY a year)", "運用費（円／年）"};
inline constexpr Phrase kTotalCost{"Total over all years (JPY)", "総費用（全期間、円）"};
inline constexpr Phrase kPresentValue{"Net present value (JPY)", "正味現在価値（円）"};
inline constexpr Phrase kNation{"Paid by the nation (JPY)", "国の負担（円）"};
inline constexpr Phrase kPrefecture{"Paid by the prefecture (JPY)", "都道府県の負担（円）"};
inline constexpr Phrase kMunicipality{"Paid by municipalities (JPY)", "市町村の負担（円）"};
inline constexpr Phrase kOperator{"Paid by the operator (JPY)", "事業者の負担（円）"};
inline constexpr Phrase kPrefectureAfterBonds{"Prefecture after bonds (JPY)", "都道府県の実質負担（円）"};
inline constexpr Phrase kMunicipalityAfterBonds{"Municipalities after bonds (JPY)", "市町村の実質負担（円）"};
inline constexpr Phrase kFibre{"New fibre (km)", "新設光ファイバ（km）"};
inline constexpr Phrase kMicrowave{"Microwave links", "マイクロ波回線数"};
inline constexpr Phrase kLinks{"Links that are no cable", "無線等の回線数"};
inline constexpr Phrase kConnected{"Sites and places connected", "接続局所数"};
inline constexpr Phrase kUnreached{"Sites and places not reached", "未接続局所数"};
inline constexpr Phrase kBackhaulCapex{"Backhaul, purchase (JPY)", "伝送路の整備費（円）"};
inline constexpr Phrase kBackhaulOpex{"Backhaul, operation (JPY a year)", "伝送路の運用費（円／年）"};
inline constexpr Phrase kBackhaulPresent{"Backhaul, present value (JPY)", "伝送路の現在価値（円）"};
inline constexpr Phrase kBackhaulBound{"Backhaul, at least in any layout (JPY)", "伝送路の現在価値の下限（円）"};
inline constexpr Phrase kBackhaulGap{"Backhaul, gap to that bound", "伝送路の下限との差"};

// Map
inline constexpr Phrase kMap{"Coverage won and lost", "カバーエリアの増減"};
inline constexpr Phrase kMapNote{"Cells of {0} m, each plan by its own threshold; {1} against {2}.",
                                 "{0} m メッシュ、判定は各計画の閾値による。{2} に対する {1} の変化。"};
inline constexpr Phrase kCellWon{"won: covered in {0} only", "増: {0} のみカバー"};
inline constexpr Phrase kCellLost{"lost: covered in {0} only", "減: {0} のみカバー"};
inline constexpr Phrase kCellKept{"kept: covered in both", "両方でカバー"};
inline constexpr Phrase kCellNeither{"covered in neither", "いずれも未カバー"};
inline constexpr Phrase kCellState{"Coverage", "カバー状況"};
inline constexpr Phrase kSiteOfBoth{"Site planned on in {0}", "{0} の基地局"};
inline constexpr Phrase kSiteAdded{"Site added", "追加した基地局"};
inline constexpr Phrase kSiteRemoved{"Site removed", "取りやめた基地局"};
inline constexpr Phrase kNoMapCrs{
    "There is no map: {0} and {1} are in different coordinate reference systems ({2}). The figures are compared.",
    "{0} と {1} は座標参照系が異なる（{2}）ため、地図は比較できない。数値のみを比較した。"};
inline constexpr Phrase kNoMapGrid{
    "There is no map: {0} and {1} are on different grids ({2}). The figures are compared.",
    "{0} と {1} はメッシュが異なる（{2}）ため、地図は比較できない。数値のみを比較した。"};

// Municipalities
inline constexpr Phrase kByMunicipality{"People won and lost by municipality", "市区町村別の人口の増減"};
inline constexpr Phrase kOutsideAll{"Outside every municipality", "いずれの市区町村にも属さない"};
inline constexpr Phrase kCoverageIn{"Coverage, {0}", "カバー率（{0}）"};
inline constexpr Phrase kWonPeople{"Won", "増（人）"};
inline constexpr Phrase kLostPeople{"Lost", "減（人）"};
inline constexpr Phrase kNetPeople{"Net", "差引（人）"};
inline constexpr Phrase kUnchanged{"Municipalities without any change: {0}", "増減のない市区町村: {0}"};
inline constexpr Phrase kNobody{"Nobody is won or lost.", "人口の増減はない。"};

// Sites
inline constexpr Phrase kSites{"Sites", "基地局"};
inline constexpr Phrase kSiteCounts{"{0} added, {1} removed, {2} changed", "追加 {0}、取りやめ {1}、変更 {2}"};
inline constexpr Phrase kNoSiteChange{"The sites and their sectors are the same.", "基地局とセクタに変更はない。"};
inline constexpr Phrase kAdded{"added", "追加"};
inline constexpr Phrase kRemoved{"removed", "取りやめ"};
inline constexpr Phrase kChanged{"changed", "変更"};
inline constexpr Phrase kWhat{"What", "内容"};
inline constexpr Phrase kOfSector{"sector {0}", "セクタ {0}"};
inline constexpr Phrase kNothing{"none", "なし"};

// Targets, routes
inline constexpr Phrase kTargetOfYear{"{0}, FY{1}", "{0}（{1} 年度）"};
inline constexpr Phrase kThere{"there", "往路"};
inline constexpr Phrase kBack{"back", "復路"};
inline constexpr Phrase kCourse{"{0} ({1})", "{0}（{1}）"};
inline constexpr Phrase kRoute{"Route", "経路"};
inline constexpr Phrase kRoutes{"Routes", "経路"};
inline constexpr Phrase kNoLink{"{0} m without a link", "途絶 {0} m"};

// What else differs
inline constexpr Phrase kSettings{"What was planned otherwise", "計算条件の相違"};
inline constexpr Phrase kSettingsNote{"Settings of the plans, and input files whose content differs.",
                                      "計算条件と、内容の異なる入力ファイル。"};
inline constexpr Phrase kSameSettings{"Settings and input files are the same.", "計算条件と入力ファイルは同じ。"};
inline constexpr Phrase kInputFile{"input file {0}", "入力ファイル {0}"};
inline constexpr Phrase kFileDiffers{"other content", "内容が異なる"};
inline constexpr Phrase kFileOnly{"only in {0}", "{0} のみ"};
inline constexpr Phrase kMore{"{0} more", "他 {0} 件"};

// Warnings
inline constexpr Phrase kCoveredDiffers{
    "{0} and {1} do not mean the same by covered ({2}): people won and lost follow from that as well.",
    "{0} と {1} ではカバー判定の条件が異なり（{2}）、人口の増減にはその影響も含まれる。"};
inline constexpr Phrase kPeopleDiffer{
    "The population of {0} and {1} differs: {2} people are left out of those won and lost.",
    "{0} と {1} の人口データが異なり、{2} 人は増減の集計に含まれない。"};
inline constexpr Phrase kPricesDiffer{"The costs of {0} and {1} are of other years or rates ({2}).",
                                      "{0} と {1} では費用の年価格または期間・割引率が異なる（{2}）。"};
inline constexpr Phrase kVersionsDiffer{"{0} and {1} were planned by different versions of the program ({2}).",
                                        "{0} と {1} は異なるバージョンで計算されている（{2}）。"};
inline constexpr Phrase kThresholdName{"RSRP {0} / {1} dBm", "RSRP {0} / {1} dBm"};
inline constexpr Phrase kReceiverHeightName{"{0} / {1} m above ground", "地上高 {0} / {1} m"};
inline constexpr Phrase kBodyLossName{"body loss {0} / {1} dB", "人体損失 {0} / {1} dB"};
inline constexpr Phrase kBuildingLossName{"building entry loss {0} / {1} dB", "建物侵入損失 {0} / {1} dB"};
inline constexpr Phrase kPriceYearName{"prices of {0} / {1}", "{0} / {1} 年価格"};
inline constexpr Phrase kYearsName{"{0} / {1} years", "期間 {0} / {1} 年"};
inline constexpr Phrase kDiscountName{"discount rate {0} / {1}", "割引率 {0} / {1}"};
inline constexpr Phrase kInflationName{"inflation {0} / {1}", "物価上昇率 {0} / {1}"};
inline constexpr Phrase kWarningWord{"Note", "注意"};
inline constexpr Phrase kWrittenTo{"Page: {0}", "比較ページ: {0}"};

// Keys of sites, sectors and settings
struct KeyName {
  const char* key;
  Phrase name;
  double scale = 1.0;  ///< of the value in the unit of the name
};
inline constexpr std::array kKeyNames = {
    KeyName{"name", {"Name", "名称"}},
    KeyName{"status", {"Status", "区分"}},
    KeyName{"carrier_hz", {"Carrier (MHz)", "搬送波（MHz）"}, 1e-6},
    KeyName{"operator", {"Operator", "事業者"}},
    KeyName{"lon_deg", {"Longitude (°)", "経度（°）"}},
    KeyName{"lat_deg", {"Latitude (°)", "緯度（°）"}},
    KeyName{"freq_hz", {"Frequency (MHz)", "周波数（MHz）"}, 1e-6},
    KeyName{"power_dbm", {"Carrier power (dBm)", "送信電力（dBm）"}},
    KeyName{"subcarriers", {"Subcarriers", "サブキャリア数"}},
    KeyName{"feeder_loss_db", {"Feeder loss (dB)", "給電線損失（dB）"}},
    KeyName{"tx_agl_m", {"Antenna (m above ground)", "空中線地上高（m）"}},
    KeyName{"antenna", {"Antenna", "空中線"}},
    KeyName{"antenna_gain_dbi", {"Antenna gain (dBi)", "空中線利得（dBi）"}},
    KeyName{"azimuth_deg", {"Azimuth (°)", "方位角（°）"}},
    KeyName{"mechanical_downtilt_deg", {"Mechanical downtilt (°)", "機械チルト（°）"}},
    KeyName{"electrical_downtilt_deg", {"Electrical downtilt (°)", "電気チルト（°）"}},
    KeyName{"technology", {"Radio technology", "無線方式"}},
    KeyName{"bandwidth_hz", {"Bandwidth (MHz)", "占有帯域幅（MHz）"}, 1e-6},
    KeyName{"link_curve", {"Link curve", "リンクカーブ"}},
    KeyName{"load", {"Load", "負荷"}},
    KeyName{"fiscal_year", {"In service (fiscal year)", "運用開始年度"}},
    KeyName{"model", {"Propagation model", "伝搬モデル"}},
    KeyName{"added_losses", {"Added losses", "付加損失"}},
    KeyName{"radius_m", {"Largest distance from a site (m)", "計算半径（m）"}},
    KeyName{"threshold_dbm", {"Coverage threshold, RSRP (dBm)", "カバー判定閾値 RSRP（dBm）"}},
    KeyName{"rx_agl_m", {"Receiver (m above ground)", "受信地上高（m）"}},
    KeyName{"rx_gain_dbi", {"Receiver antenna gain (dBi)", "受信空中線利得（dBi）"}},
    KeyName{"body_loss_db", {"Body loss (dB)", "人体損失（dB）"}},
    KeyName{"building_loss_db", {"Building entry loss (dB)", "建物侵入損失（dB）"}},
    KeyName{"location_percent", {"Share of places (%)", "場所率（%）"}},
    KeyName{"shadowing_sigma_db", {"Shadowing (dB)", "シャドウイング標準偏差（dB）"}},
    KeyName{"dl_min_mbps", {"Least downlink rate (Mbit/s)", "下り最低速度（Mbit/s）"}},
    KeyName{"ul_min_mbps", {"Least uplink rate (Mbit/s)", "上り最低速度（Mbit/s）"}},
    KeyName{"uplink_noise_rise_db", {"Noise rise of the uplink (dB)", "上り雑音上昇（dB）"}},
    KeyName{"n0", {"Surface refractivity N0", "地表屈折率 N0"}},
    KeyName{"n0_from", {"Origin of N0", "N0 の出所"}},
    KeyName{"effective_earth_radius_m", {"Effective Earth radius (m)", "等価地球半径（m）"}},
    KeyName{"effective_earth_radius_from", {"Origin of that radius", "等価地球半径の出所"}},
    KeyName{"polarization", {"Polarization", "偏波"}},
    KeyName{"engine", {"Engine", "計算方式"}},
    KeyName{"own_line_samples", {"Samples on a cell's own line", "直線上の標本数"}},
    KeyName{"road_step_m", {"Road sampling step (m)", "道路の標本間隔（m）"}},
    KeyName{"classes_dbm", {"Classes of the map (dBm)", "地図の階級（dBm）"}},
};
inline constexpr Phrase kExisting{"planned on", "計算対象"};
inline constexpr Phrase kCandidate{"candidate", "候補地"};

}  // namespace amaneku::scenarios::compared
