// The texts of the report, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

// Head of the page
inline constexpr Phrase kReport{"Coverage report", "エリアカバレッジ報告書"};
inline constexpr Phrase kSynthetic{"Synthetic data", "模擬データ"};
inline constexpr Phrase kSyntheticNote{
    "Parts of the input are invented or spread by a rule. The figures show how the method works; they say nothing "
    "about a real place.",
    "入力の一部は、生成または一定の規則で配分した模擬データです。本報告書の数値は計算方法を示すものであり、"
    "実在の地域の状況を表すものではありません。"};
inline constexpr Phrase kSyntheticParts{"Synthetic: {0}", "模擬データの対象: {0}"};
inline constexpr Phrase kComma{", ", "、"};
inline constexpr Phrase kSyntheticRegion{"region", "地域全体"};
inline constexpr Phrase kSyntheticPopulation{"population", "人口"};

// Key figures
inline constexpr Phrase kKeyFigures{"Key figures", "主要な数値"};
inline constexpr Phrase kPopulationCoverage{"Population coverage", "人口カバー率"};
inline constexpr Phrase kPeopleOf{"{0} of {1} people", "{1}人中 {0}人"};
inline constexpr Phrase kNoPopulation{"no population in the scenario", "人口データなし"};
inline constexpr Phrase kAreaCoverage{"Area coverage", "面積カバー率"};
inline constexpr Phrase kFlatEarth{"Flat Earth", "平坦地"};
inline constexpr Phrase kFlatEarthNote{
    "No elevation data were given: the ground is one height everywhere, and no hill blocks anything. Real "
    "coverage "
    "in hilly country is smaller.",
    "標高データが指定されていないため、全域を同じ高さの平坦地として計算した。山などによる遮蔽は考慮していない。"
    "起伏のある地域の実際のカバーエリアはこれより狭くなる。"};
inline constexpr Phrase kAreaOfFlat{"{0} of {1} km²", "{1} km² 中 {0} km²"};
inline constexpr Phrase kAreaOf{"{0} of {1} km² with terrain", "標高のある {1} km² 中 {0} km²"};
inline constexpr Phrase kRoadCoverage{"Road coverage", "道路カバー率"};
inline constexpr Phrase kLengthOf{"{0} of {1} km", "{1} km 中 {0} km"};
inline constexpr Phrase kSites{"Sites", "基地局"};
inline constexpr Phrase kSectorsCandidates{"sectors: {0}; candidate sites, not planned on: {1}",
                                           "{0} セクタ、候補地 {1} か所（計算対象外）"};
inline constexpr Phrase kSectors{"sectors: {0}", "{0} セクタ"};
inline constexpr Phrase kCoveredMeans{
    "Covered: reference signal received power (RSRP) of at least {0} dBm, {1} m above ground. Population coverage "
    "is of "
    "the people inside the plan, spread evenly over their mesh.",
    "カバー判定: 地上高 {1} m における基準信号受信電力（RSRP）が {0} dBm 以上であること。"
    "人口カバー率は計画区域内の人口に対する割合で、メッシュ内の人口は均等に分布するとみなす。"};
inline constexpr Phrase kHalfCoveredMeshes{"meshes covered over half or more, each as a whole: {0} %, {1} people",
                                           "メッシュの半分以上がカバーされる場合に全人口を算入: {0} %、{1}人"};

// Maps
inline constexpr Phrase kCoverageMap{"Coverage map", "カバレッジマップ"};
inline constexpr Phrase kCoverageMapFlatNote{"Strongest sector in each cell of {0} m.",
                                             "{0} m メッシュごとの最大受信セクタの RSRP。"};
inline constexpr Phrase kCoverageMapNote{"Strongest sector in each cell of {0} m, over shaded relief.",
                                         "{0} m メッシュごとの最大受信セクタの RSRP。背景は陰影起伏図。"};
inline constexpr Phrase kServerMap{"Best-server map", "ベストサーバマップ"};
inline constexpr Phrase kServerMapNote{"One hue per site, one tint per sector; hues repeat at a distance.",
                                       "色相は基地局、濃淡はセクタを表す（離れた基地局では同じ色相を再使用）。"};
inline constexpr Phrase kPictureReduced{
    "The maps are drawn at {0} m per pixel, coarser than usual, to keep this page below 5 MB; the grids in the "
    "result folder have the full resolution of {1} m.",
    "本ページを 5 MB 以下に収めるため、地図は 1 画素 {0} m に粗くして描画しています。"
    "結果フォルダのグリッドは {1} m の解像度です。"};
inline constexpr Phrase kNorth{"N", "N"};

// Service
inline constexpr Phrase kService{"Service", "サービス品質"};
inline constexpr Phrase kServiceMeans{
    "For {0} % of the places in a cell, interference at the load of the other cells. "
    "Radio technology: {1}. Link curve (SINR to rate): {2}; curves differ by about 3 dB.",
    "場所率 {0} % の値（他セルは各負荷で干渉）。無線方式: {1}。"
    "リンクカーブ（SINR→速度）: {2}（カーブの違いは約 3 dB）。"};
inline constexpr Phrase kRatesOfBusyHour{
    "Rates are what a person gets in the busy hour: the rate alone on the carrier times the share of it that the "
    "cell's load leaves free; 0 where not served or where the cell is overloaded.",
    "速度は最繁時に利用者が得る値（1 端末がセルを占有した場合の速度に、セル負荷を除いた空き率を乗じた値。"
    "サービス不可の地点と過負荷のセルは 0）。"};
inline constexpr Phrase kRatesAlone{
    "No traffic is given ([traffic]): rates are those of one device alone on the carrier; 0 where not served.",
    "通信需要（[traffic]）の指定がないため、速度は 1 端末がセルを占有した場合の値（サービス不可の地点は 0）。"};
inline constexpr Phrase kAloneOnCarrier{"{0}; alone on the carrier half have {1} Mbit/s or more",
                                        "{0}。セル占有時の中央値 {1} Mbit/s"};
inline constexpr Phrase kServedPeople{"People served", "サービス可能人口"};
inline constexpr Phrase kServedAreaShare{"Area served", "サービス可能面積"};
inline constexpr Phrase kMedianDownlink{"Downlink in the busy hour, half of the people",
                                        "最繁時の下り速度（人口中央値）"};
inline constexpr Phrase kMedianUplink{"Uplink in the busy hour, half of the people",
                                      "最繁時の上り速度（人口中央値）"};
inline constexpr Phrase kMedianDownlinkAlone{"Downlink alone on the carrier, half of the people",
                                             "セル占有時の下り速度（人口中央値）"};
inline constexpr Phrase kMedianUplinkAlone{"Uplink alone on the carrier, half of the people",
                                           "セル占有時の上り速度（人口中央値）"};
inline constexpr Phrase kOfTen{"nine of ten have {0} Mbit/s or more", "9 割の人口で {0} Mbit/s 以上"};
inline constexpr Phrase kOneOfTenNone{"one of ten people or more has none", "人口の 1 割以上はサービス不可"};
inline constexpr Phrase kPeopleInPlan{"{0} of {1} people inside the plan", "計画区域内 {1}人中 {0}人"};
inline constexpr Phrase kStateMap{"Service and reasons", "サービス可否と原因"};
inline constexpr Phrase kSinrMap{"SINR (dB)", "SINR（dB）"};
inline constexpr Phrase kDownlinkMap{"Downlink (Mbit/s)", "下り速度（Mbit/s）"};
inline constexpr Phrase kUplinkMap{"Uplink (Mbit/s)", "上り速度（Mbit/s）"};
inline constexpr Phrase kOverlapNote{
    "Where RSRP reaches the threshold, one sector is clearly the strongest in {0} % of the area; two are within 6 "
    "dB in "
    "{1} %, three in {2} %, four or more (pilot pollution) in {3} %.",
    "RSRP が閾値以上の区域のうち、最大受信セクタが明確な区域 {0} %、6 dB 以内に 2 セクタ {1} %、3 セクタ {2} %、"
    "4 セクタ以上（パイロット汚染） {3} %。"};
inline constexpr Phrase kUserRates{"Rate of a user, DL / UL (Mbit/s)", "利用者速度 下り/上り（Mbit/s）"};
inline constexpr Phrase kDistributions{"Distributions", "分布"};
inline constexpr Phrase kCdfNote{
    "Share of the people (solid) and of the area (dashed) that have at least so much.",
    "その値以上を得られる人口（実線）と面積（破線）の割合。"};
inline constexpr Phrase kWho{"Who", "対象"};
inline constexpr Phrase kAllPeople{"All people", "全人口"};
inline constexpr Phrase kWholeArea{"Whole area", "全面積"};
inline constexpr Phrase kServedShare{"Served", "サービス可"};
inline constexpr Phrase kTooWeak{"Too weak", "電力不足"};
inline constexpr Phrase kBlocked{"Blocked by terrain", "地形による遮蔽"};
inline constexpr Phrase kInterfered{"Interfered", "干渉"};
inline constexpr Phrase kUplinkLimited{"Uplink limited", "上り制限"};
inline constexpr Phrase kNoSector{"Not computed", "計算対象外"};
inline constexpr Phrase kDownlinkQuantiles{"DL Mbit/s: 9 of 10 / half / 1 of 10",
                                           "下り Mbit/s: 90 % / 50 % / 10 % の人が得る速度"};
inline constexpr Phrase kUplinkQuantiles{"UL Mbit/s: 9 of 10 / half / 1 of 10",
                                         "上り Mbit/s: 90 % / 50 % / 10 % の人が得る速度"};
inline constexpr Phrase kCellLoads{"Load of the cells in the busy hour", "最繁時のセル負荷"};
inline constexpr Phrase kLoadNote{
    "Demand {0} Mbit/s down, {1} Mbit/s up; served {2} and {3}. Out of reach: {4} and {5}. Overloaded cells: {6}. "
    "Solved in {7} rounds.",
    "需要: 下り {0} Mbit/s、上り {1} Mbit/s。収容: {2}、{3}。圏外: {4}、{5}。過負荷セル: {6}。反復 {7} 回。"};
inline constexpr Phrase kNotConverged{"The loads have not settled: last change {0}.",
                                      "負荷が収束していません（最終変化量 {0}）。"};
inline constexpr Phrase kCell{"Cell", "セル"};
inline constexpr Phrase kDownlinkLoad{"DL load wanted (%)", "下り所要負荷（%）"};
inline constexpr Phrase kUplinkLoad{"UL load wanted (%)", "上り所要負荷（%）"};
inline constexpr Phrase kDownlinkTraffic{"DL served / demand (Mbit/s)", "下り 収容/需要（Mbit/s）"};
inline constexpr Phrase kUplinkTraffic{"UL served / demand (Mbit/s)", "上り 収容/需要（Mbit/s）"};
inline constexpr Phrase kNoiseRise{"Noise rise (dB)", "雑音上昇（dB）"};
inline constexpr Phrase kPeopleServedBy{"People", "人口"};

// Operators
inline constexpr Phrase kOperators{"Operators", "事業者別"};
inline constexpr Phrase kOperatorsNote{
    "Each row is one operator's own network. The maps above are those of a network that all share (MOCN). "
    "Emergency "
    "roaming: of the people whom a failed network covers, those whom another one covers too.",
    "各行は事業者単独のネットワーク。上の地図は全事業者が無線網を共用した場合（MOCN）。非常時ローミング: "
    "障害が起きた事業者のカバー人口のうち、他事業者もカバーしている割合。"};
inline constexpr Phrase kOperator{"Operator", "事業者"};
inline constexpr Phrase kSectorCount{"Sectors", "セクタ数"};
inline constexpr Phrase kRoaming{"Carried by others when it fails", "障害時に他事業者が収容"};
inline constexpr Phrase kOverlay{"Any of them (overlay)", "いずれかの事業者（重ね合わせ）"};
inline constexpr Phrase kNoOperator{"(no operator named)", "（事業者名なし）"};

// Legend
inline constexpr Phrase kLegend{"Legend", "凡例"};
inline constexpr Phrase kRsrp{"RSRP (dBm)", "RSRP（dBm）"};
inline constexpr Phrase kArea{"Area (km²)", "面積（km²）"};
inline constexpr Phrase kShare{"Share", "割合"};
inline constexpr Phrase kAtLeast{"{0} or more", "{0} 以上"};
inline constexpr Phrase kBetween{"{0} to below {1}", "{0} 以上 {1} 未満"};
inline constexpr Phrase kBelow{"below {0}", "{0} 未満"};
inline constexpr Phrase kAllValues{"all values", "全値"};
inline constexpr Phrase kCovered{"Covered", "カバーエリア"};
inline constexpr Phrase kBelowThreshold{"Below threshold", "閾値未満"};
inline constexpr Phrase kNoData{"No data", "データなし"};
inline constexpr Phrase kNotComputed{"not computed (out of range, or behind a gap in the terrain)",
                                     "計算対象外（計算半径外、または標高欠測域の背後）"};
inline constexpr Phrase kNotComputedFlat{"not computed (out of range)", "計算対象外（計算半径外）"};
inline constexpr Phrase kNoTerrain{"no terrain (sea, or outside the elevation data)",
                                   "標高なし（海域または標高データの範囲外）"};
inline constexpr Phrase kTotal{"Total", "合計"};
inline constexpr Phrase kShareNote{
    "A class holds its lower bound and not its upper bound. Shares are of the computed area, {0} km².",
    "各階級は下限値を含み、上限値を含まない。割合は計算済み面積 {0} km² に対する値。"};
inline constexpr Phrase kSite{"Site, with the azimuths of its sectors", "基地局とセクタ方位"};
inline constexpr Phrase kWater{"Sea (terrain at exactly 0 m)", "海域（標高 0 m の水平面）"};
inline constexpr Phrase kCandidate{"Candidate site (not planned on)", "候補地（計算対象外）"};
inline constexpr Phrase kMunicipalBoundary{"Municipal boundary", "市区町村界"};

// Roads
inline constexpr Phrase kRoads{"Roads", "道路"};
inline constexpr Phrase kRoadClass{"Class", "種別"};
inline constexpr Phrase kExpressway{"Expressway", "高速自動車国道等"};
inline constexpr Phrase kNational{"National road", "一般国道"};
inline constexpr Phrase kPrefectural{"Prefectural road", "都道府県道"};
inline constexpr Phrase kLocal{"Local road", "市区町村道"};
inline constexpr Phrase kLength{"Length in the plan (km)", "計画区域内延長（km）"};
inline constexpr Phrase kCoveredLength{"Covered (km)", "カバー延長（km）"};
inline constexpr Phrase kTunnelLength{"In tunnels (km)", "トンネル（km）"};
inline constexpr Phrase kTunnelUnknownLength{"Tunnel or not: not said (km)", "トンネルか不明（km）"};
inline constexpr Phrase kTunnelNote{
    "Tunnels count as not covered unless they have equipment of their own (roads.tunnels_served); roads of which "
    "the data do "
    "not say whether they are in a tunnel count as open ground.",
    "トンネル区間は、専用の対策設備がある場合（roads.tunnels_"
    "served）を除き未カバーとする。トンネルか否かがデータから分からない道路は"
    "明かり区間とみなす。"};
inline constexpr Phrase kNotComputedLength{"Not computed (km)", "計算対象外（km）"};

// Municipalities
inline constexpr Phrase kMunicipalities{"Municipalities", "市区町村別"};
inline constexpr Phrase kMunicipality{"Municipality", "市区町村"};
inline constexpr Phrase kCode{"Code", "コード"};
inline constexpr Phrase kPopulation{"Population", "人口（人）"};
inline constexpr Phrase kCoveredPeople{"Covered", "カバー人口（人）"};
inline constexpr Phrase kBelowPeople{"Below threshold", "閾値未満（人）"};
inline constexpr Phrase kNotComputedPeople{"Not computed", "計算対象外（人）"};
inline constexpr Phrase kOutsidePlanPeople{"Outside the plan", "計画区域外（人）"};
inline constexpr Phrase kAreaInPlan{"Area in the plan (km²)", "計画区域内面積（km²）"};
inline constexpr Phrase kBeyondPlan{"Municipalities wholly outside the plan ({0})", "計画区域外の市区町村（{0}）"};
inline constexpr Phrase kOutsideAll{"Outside every municipality", "いずれの市区町村にも属さない"};
inline constexpr Phrase kMoreRows{"{0} more", "他 {0} 件"};
inline constexpr Phrase kExistingCoverage{"Existing coverage", "既存エリアと新規カバー"};
inline constexpr Phrase kExistingNote{
    "Newly covered: what the plan covers of what nobody served. Only that counts for subsidies, for costs per "
    "inhabitant and for the choice of sites; what targets make of it, the section on targets says.",
    "新規カバーとは、既存エリア外のうち本計画によりカバーされる部分をいう。補助、住民 1 "
    "人当たりの費用及び基地局の選定"
    "では新規カバーのみを数える。整備目標での扱いは整備目標の節に示す。"};
inline constexpr Phrase kExistingArea{"Area: {0} km² served already, {1} km² newly covered, of {2} km².",
                                      "面積: {2} km² のうち既存エリア {0} km²、新規カバー {1} km²。"};
inline constexpr Phrase kExistingFrom{"Served already according to: ", "既存エリアの資料: "};
inline constexpr Phrase kPeopleInsidePlan{"People in the plan", "計画区域内人口（人）"};
inline constexpr Phrase kAlreadyServed{"Served already", "既存エリア"};
inline constexpr Phrase kNewlyCovered{"Newly covered", "新規カバー"};
inline constexpr Phrase kNotServedStill{"Not served still", "残る未カバー"};
inline constexpr Phrase kNewlyPercent{"Newly covered, of those not served", "未カバーの解消率"};
inline constexpr Phrase kRoadsBeside{"Roads (km)", "道路（km）"};
inline constexpr Phrase kExistingInShort{
    "Beside the existing coverage: {0} newly covered, {1} of {2} not served already ({3} served already)",
    "既存エリア外の新規カバー: {0}（未カバー {2}人中 {1}人、既存エリア内 {3}人）"};
inline constexpr Phrase kExistingRoadsInShort{
    "Beside the existing coverage: {0} newly covered, {1} of {2} km not served already ({3} km served already)",
    "既存エリア外の新規カバー: {0}（未カバー {2} km 中 {1} km、既存エリア内 {3} km）"};
inline constexpr Phrase kFocusZones{"Focus zones", "評価対象区域"};
inline constexpr Phrase kFocusZone{"Focus zone", "評価対象区域"};
inline constexpr Phrase kFocusZonesNote{
    "Focus zones may overlap, so their sum means nothing. The people of a mesh that lies partly in a zone are "
    "taken "
    "in proportion to its cells.",
    "評価対象区域は重なり得るため、合計に意味はない。区域の境界にかかるメッシュの人口はセル数で按分する。"};
inline constexpr Phrase kMunicipalitiesNote{
    "People are rounded to whole persons, so columns may differ from their totals by a few. Coverage is of the "
    "people inside the plan; area is that inside the plan, without sea and gaps in the data.",
    "人数は 1 "
    "人未満を四捨五入しているため、各欄の和と合計が一致しないことがある。人口カバー率は計画区域内の人口に対する値"
    "。"
    "面積は計画区域内の値（海域とデータ欠測域を除く）。"};
inline constexpr Phrase kNoBoundaries{"The scenario names no municipal boundaries.",
                                      "市区町村界のデータは指定されていません。"};

// Costs and payers
inline constexpr Phrase kCosts{"Costs and payers", "費用と負担"};
inline constexpr Phrase kCostsMean{
    "All amounts in JPY at the price level of {0}. Who pays is shown for the purchase; operation is not "
    "subsidised here. "
    "Amounts add up to the yen from assets to sites to the plan.",
    "金額はすべて {0} 年価格の円。負担は整備費についてのもので、運用費への補助は含まない。"
    "金額は資産から基地局、計画全体まで 1 円単位で一致する。"};
inline constexpr Phrase kCostsPlan{"prices of {0}, {1} years", "{0} 年価格、{1} 年間"};
inline constexpr Phrase kFundedPlan{"prices of {0}, {1} years, with subsidies",
                                    "{0} 年価格、{1} 年間、補助制度を適用"};
inline constexpr Phrase kCostsClosing{
    "Costs (JPY of {0}): purchase {1}, operation {2} a year; present value of {3} years {4}",
    "費用（{0} 年価格）: 整備費 {1} 円、運用費 年額 {2} 円、{3} 年間の正味現在価値 {4} 円"};
inline constexpr Phrase kPaidBy{
    "paid by nation {0}, prefecture {1}, municipality {2} (after bonds {3}), operator {4}",
    "負担: 国 {0} 円、都道府県 {1} 円、市町村 {2} 円（起債・交付税措置後 {3} 円）、事業者 {4} 円"};
inline constexpr Phrase kCapex{"Purchase", "整備費"};
inline constexpr Phrase kOpex{"Operation", "運用費"};
inline constexpr Phrase kAYear{"a year", "年額"};
inline constexpr Phrase kMillionYen{"M JPY", "百万円"};
inline constexpr Phrase kPresentValue{"Net present value", "正味現在価値"};
inline constexpr Phrase kPresentValueOver{"of {0} years at {1} % a year", "{0} 年間、割引率 年 {1} %"};
inline constexpr Phrase kPerInhabitant{"{0} JPY per covered inhabitant", "カバー人口 1 人当たり {0} 円"};
inline constexpr Phrase kPerNewInhabitant{"{0} JPY per newly covered inhabitant",
                                          "新規カバー人口 1 人当たり {0} 円"};
inline constexpr Phrase kMunicipalBurden{"Burden of municipalities", "市町村負担"};
inline constexpr Phrase kMunicipalBurdenDetail{
    "{0} JPY per covered inhabitant; after bonds {1} M JPY, {2} JPY per inhabitant",
    "カバー人口 1 人当たり {0} 円。起債・交付税措置後の実質負担 {1} 百万円、1 人当たり {2} 円"};
inline constexpr Phrase kNewMunicipalBurdenDetail{
    "{0} JPY per newly covered inhabitant; after bonds {1} M JPY, {2} JPY per inhabitant",
    "新規カバー人口 1 人当たり {0} 円。起債・交付税措置後の実質負担 {1} 百万円、1 人当たり {2} 円"};
inline constexpr Phrase kWhoPays{"Who pays", "負担区分"};
inline constexpr Phrase kPayerNation{"Nation", "国"};
inline constexpr Phrase kPayerPrefecture{"Prefecture", "都道府県"};
inline constexpr Phrase kPayerMunicipality{"Municipality", "市町村"};
inline constexpr Phrase kPayerOperator{"Operator", "事業者"};
inline constexpr Phrase kAfterBonds{"Municipality after bonds", "市町村の実質負担"};
inline constexpr Phrase kRules{"Rules", "適用制度"};
inline constexpr Phrase kRule{"Rule", "制度"};
inline constexpr Phrase kCostUnderRule{"Cost (JPY)", "対象経費（円）"};
inline constexpr Phrase kSource{"Source", "出典"};
inline constexpr Phrase kOwnMoney{"own money", "補助なし"};
inline constexpr Phrase kCapexYen{"Purchase (JPY)", "整備費（円）"};
inline constexpr Phrase kOpexYen{"Operation (JPY a year)", "運用費（円／年）"};
inline constexpr Phrase kWholePlan{"All sites", "合計"};
inline constexpr Phrase kAssets{"What is bought", "整備・運用の内訳"};
inline constexpr Phrase kAsset{"Asset", "項目"};
inline constexpr Phrase kQuantity{"Quantity", "数量"};
inline constexpr Phrase kUnitYen{"Unit price (JPY)", "単価（円）"};
inline constexpr Phrase kAmountYen{"Amount (JPY)", "金額（円）"};
inline constexpr Phrase kPriceSource{"Source of the price", "単価の出典"};
inline constexpr Phrase kOwnFigure{"the user's own figure, without a source", "出典なし（利用者の設定値）"};

// Sites
inline constexpr Phrase kSiteList{"Site list", "基地局一覧"};
inline constexpr Phrase kId{"ID", "ID"};
inline constexpr Phrase kName{"Name", "名称"};
inline constexpr Phrase kStatus{"Status", "区分"};
inline constexpr Phrase kExisting{"planned on", "計算対象"};
inline constexpr Phrase kIsCandidate{"candidate", "候補地"};
inline constexpr Phrase kPosition{"Position", "位置"};
inline constexpr Phrase kGround{"Ground (m)", "標高（m）"};
inline constexpr Phrase kAntennaHeight{"Antenna (m above ground)", "空中線地上高（m）"};
inline constexpr Phrase kAzimuths{"Azimuths (°)", "方位角（°）"};
inline constexpr Phrase kServedArea{"Best server (km²)", "ベストサーバ面積（km²）"};

// Warnings
inline constexpr Phrase kWarnings{"Warnings", "警告"};
inline constexpr Phrase kNoWarnings{"No warnings.", "警告はありません。"};
inline constexpr Phrase kWarning{"Warning", "警告"};
inline constexpr Phrase kCount{"Count", "件数"};

// Parameters
inline constexpr Phrase kParameters{"Parameters", "計算条件"};
inline constexpr Phrase kModel{"Propagation model", "伝搬モデル"};
inline constexpr Phrase kModelSource{"Source of the model", "モデルの出典"};
inline constexpr Phrase kAddedLoss{"Added loss", "付加損失"};
inline constexpr Phrase kAddedLossSource{"Source of the added loss", "付加損失の出典"};
inline constexpr Phrase kRefractivity{"Surface refractivity at sea level N0", "海面換算地表屈折率 N0"};
inline constexpr Phrase kFromStandard{"standard atmosphere: the scenario names no climate",
                                      "標準大気（シナリオに気候の指定なし）"};
inline constexpr Phrase kFromScenario{"as the scenario states", "シナリオの指定値"};
inline constexpr Phrase kFromMaps{"ITU digital maps, {0}", "ITUデジタルマップ（{0}）"};
inline constexpr Phrase kFromCity{"table of cities, {0}", "都市別気候表（{0}）"};
inline constexpr Phrase kEstimated{"; estimated", "（推定値）"};
inline constexpr Phrase kFrequency{"Carrier frequency", "周波数"};
inline constexpr Phrase kPower{"Carrier power", "送信電力"};
inline constexpr Phrase kSubcarriers{"Subcarriers", "サブキャリア数"};
inline constexpr Phrase kTxHeight{"Antenna height above ground", "送信空中線地上高"};
inline constexpr Phrase kRxHeight{"Receiver height above ground", "受信地上高"};
inline constexpr Phrase kRxGain{"Receiver antenna gain", "受信空中線利得"};
inline constexpr Phrase kBodyLoss{"Body loss", "人体損失"};
inline constexpr Phrase kBuildingLoss{"Building entry loss", "建物侵入損失"};
inline constexpr Phrase kThreshold{"Coverage threshold (RSRP)", "カバー判定閾値（RSRP）"};
inline constexpr Phrase kRadius{"Largest distance from a site", "計算半径"};
inline constexpr Phrase kEarthRadius{"Effective Earth radius", "等価地球半径"};
inline constexpr Phrase kPolarization{"Polarization", "偏波"};
inline constexpr Phrase kHorizontal{"horizontal", "水平"};
inline constexpr Phrase kVertical{"vertical", "垂直"};
inline constexpr Phrase kEngine{"Engine", "計算方式"};
inline constexpr Phrase kRadial{"radial, the last {0} samples on each cell's own line",
                                "放射状走査（末尾 {0} 点は各メッシュへの直線上で標本化）"};
inline constexpr Phrase kExact{"exact, one profile per cell", "厳密（メッシュごとに断面を作成）"};
inline constexpr Phrase kRoadStep{"Road sampling step", "道路の標本間隔"};

// Provenance
inline constexpr Phrase kCredits{"Data credits", "出典"};
inline constexpr Phrase kNoCredits{"The scenario states no credits.", "出典の記載はありません。"};
inline constexpr Phrase kProvenance{"Provenance", "来歴"};
inline constexpr Phrase kProgram{"Program", "プログラム"};
inline constexpr Phrase kRevision{"revision {0}", "リビジョン {0}"};
inline constexpr Phrase kScenario{"Scenario", "シナリオ"};
inline constexpr Phrase kCrs{"Coordinate reference system", "座標参照系"};
inline constexpr Phrase kDatum{"Vertical datum", "標高の基準"};
inline constexpr Phrase kGrid{"Grid", "計算メッシュ"};
inline constexpr Phrase kGridIs{"{0} × {1} cells of {2} m ({3} × {4} km)",
                                "{0} × {1} メッシュ、間隔 {2} m（{3} × {4} km）"};
inline constexpr Phrase kSeed{"Seed", "乱数シード"};
inline constexpr Phrase kVoids{"Cells without terrain", "標高のないメッシュ"};
inline constexpr Phrase kSettings{"Overrides (--set)", "上書き設定（--set）"};
inline constexpr Phrase kTerrainSource{"Terrain source", "標高データ"};
inline constexpr Phrase kTerrainSourceIs{"{0}, {1}, {2} m, {3} cells",
                                         "{0}、{1}、解像度 {2} m、使用 {3} メッシュ"};
inline constexpr Phrase kPopulationSource{"Population source", "人口データ"};
inline constexpr Phrase kBoundarySource{"Boundary source", "行政区域データ"};
inline constexpr Phrase kRoadSource{"Road source", "道路データ"};
inline constexpr Phrase kInputs{"Input files (SHA-256)", "入力ファイル（SHA-256）"};
inline constexpr Phrase kScenarioText{"Scenario text", "シナリオ本文"};
inline constexpr Phrase kCut{"cut here: {0} more bytes", "以下 {0} バイト省略"};

}  // namespace amaneku::scenarios::phrases
