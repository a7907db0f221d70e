// Every text of the report, in English and Japanese.
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
inline constexpr Phrase kOneOfTenNone{"one of ten people or more has none", "人口の 1 割以上は通信不可"};
inline constexpr Phrase kPeopleInPlan{"{0} of {1} people inside the plan", "計画範囲内 {1}人中 {0}人"};
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
inline constexpr Phrase kCapex{"Purchase", "整備費"};
inline constexpr Phrase kOpex{"Operation", "運用費"};
inline constexpr Phrase kAYear{"a year", "年額"};
inline constexpr Phrase kMillionYen{"M JPY", "百万円"};
inline constexpr Phrase kPresentValue{"Net present value", "正味現在価値"};
inline constexpr Phrase kPresentValueOver{"of {0} years at {1} % a year", "{0} 年間、割引率 年 {1} %"};
inline constexpr Phrase kPerInhabitant{"{0} JPY per covered inhabitant", "カバー人口 1 人当たり {0} 円"};
inline constexpr Phrase kMunicipalBurden{"Burden of municipalities", "市町村負担"};
inline constexpr Phrase kMunicipalBurdenDetail{
    "{0} JPY per covered inhabitant; after bonds {1} M JPY, {2} JPY per inhabitant",
    "カバー人口 1 人当たり {0} 円。起債・交付税措置後の実質負担 {1} 百万円、1 人当たり {2} 円"};
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
inline constexpr Phrase kMeaning{"What it means", "内容"};
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

/// What a named warning means; the message of the warning itself follows it in the page.
struct WarningText {
  std::string_view id;
  Phrase meaning;
};

inline constexpr std::array kWarningTexts = {
    WarningText{"targets_technology_unknown",
                {"Sectors of no known radio technology: they count for no target of 4G or 5G.",
                 "無線方式を特定できないセクタがあり、4G・5G のいずれの目標にも算入していない。"}},
    WarningText{"targets_without_generation",
                {"Sectors whose radio technology is of neither 4G nor 5G: they count for no target of either.",
                 "4G・5G のいずれの世代にも属さない無線方式のセクタがあり、目標に算入していない。"}},
    WarningText{
        "licence_area_cut",
        {"A licence area touches the edge of the plan, or cells that were not computed: it may go on there.",
         "サービスエリアの図が計算範囲の端または未計算のメッシュに接しており、その先に続くおそれがある。"}},
    WarningText{"municipalities_overlap",
                {"Municipalities that lie on one another: what lies there counts for one of them only.",
                 "重なり合う市区町村の区域がある。重複部分は一方にのみ算入した。"}},
    WarningText{"roads_without_class",
                {"Roads of no known class: they count for no target.",
                 "道路種別を特定できない道路があり、目標に算入していない。"}},
    WarningText{"targets_mesh_divided",
                {"Meshes of people that are coarser than those of the targets: their people were spread evenly.",
                 "目標のメッシュより粗い人口メッシュの人口を均等に配分した。"}},
    WarningText{"targets_not_a_mesh",
                {"Areas of people that are no meshes and larger than one count as a mesh each.",
                 "メッシュより大きい任意形状の人口区域を、それぞれ一つのメッシュとみなした。"}},
    WarningText{"targets_people_without_municipality",
                {"People who live in no municipality: they count for the whole plan, and in no prefecture.",
                 "いずれの市区町村にも属さない人口がある。計画全体には算入し、都道府県別には算入していない。"}},
    WarningText{"antenna_height_unlikely",
                {"Antennas more than 150 m above ground: a height above the sea may have been typed.",
                 "地上高 150 m を超える空中線がある。標高（海抜高）を入力していないか確認のこと。"}},
    WarningText{"power_unlikely",
                {"Powers that no base station has: watts may have been typed as dBm.",
                 "基地局としては考えにくい送信電力がある。W と dBm を取り違えていないか確認のこと。"}},
    WarningText{"plan_scale",
                {"The plan is so wide that lengths on its grid are wrong by more than 0.1 % at its edge.",
                 "計画区域が広いため、縁辺部で平面座標の縮尺誤差が 0.1 % を超える。"}},
    WarningText{"targets_tunnels_unknown",
                {"Expressways and national highways of which the data do not say whether they run in tunnels: as "
                 "open ground.",
                 "トンネルか否かがデータから分からない高速道路・国道がある。明かり区間とみなした。"}},
    WarningText{
        "route_tunnel_not_understood",
        {"Words for tunnels that are not known: as unknown.", "トンネルの有無を表す値を解釈できず、不明とした。"}},
    WarningText{
        "route_bridge_not_understood",
        {"Words for bridges that are not known: as unknown.", "橋梁の有無を表す値を解釈できず、不明とした。"}},
    WarningText{"route_layer_not_understood",
                {"Layers that are no whole numbers: as unknown.", "階層（layer）の値を解釈できず、不明とした。"}},
    WarningText{
        "route_speed_not_understood",
        {"Speed limits that are not understood: as not stated.", "制限速度の値を解釈できず、指定なしとした。"}},
    WarningText{"route_way_not_in_use",
                {"Ways that are planned, being built or given up were left out of a route's file.",
                 "計画中・建設中・廃止の道を読み飛ばした。"}},
    WarningText{"route_way_without_length",
                {"Ways without length were left out of a route's file.", "長さのない道を読み飛ばした。"}},
    WarningText{"route_id_repeated",
                {"Ways of a route's file share an id: whoever picks it gets all of them.",
                 "ルートのファイルに同じ id の道が複数ある。指定するとすべてが対象となる。"}},
    WarningText{"route_opendrive_gap",
                {"Geometries of an OpenDRIVE road do not meet.", "OpenDRIVE の道路形状に不連続がある。"}},
    WarningText{"route_time_not_understood",
                {"Times of a trace were not understood.", "走行記録の時刻を解釈できない箇所がある。"}},
    WarningText{"route_snow_shed",
                {"Snow sheds count as no tunnel.", "雪囲い（スノーシェッド）はトンネルとみなしていない。"}},
    WarningText{"route_feature_not_a_line",
                {"Features that are not lines were left out of a route's file.", "線でない地物を読み飛ばした。"}},
    WarningText{
        "route_column_not_read",
        {"A column that is almost a known one is not read.", "既知の列名に似た列があるが、読み込んでいない。"}},
    WarningText{"route_tunnels_unknown",
                {"Parts of a route of which the file does not say whether they are in a tunnel: as open ground.",
                 "ルートの一部について、トンネルか否かがファイルから分からない。明かり区間とみなした。"}},
    WarningText{"route_against_one_way",
                {"A route is driven against one-way roads: the way back may be a route of its own.",
                 "一方通行の道路を逆走するルートがある。復路は別のルートとして定める必要がある。"}},
    WarningText{"route_one_way_not_understood",
                {"One-way words of a route's file were not understood: both ways.",
                 "一方通行の記述を解釈できない箇所がある。双方向とみなした。"}},
    WarningText{"route_operator_not_named",
                {"There are several operators and the vehicles of the routes use all: routes.operator names one.",
                 "複数の事業者の局があるが、車両の利用する事業者（routes."
                 "operator）の指定がない。全局を利用するものとした。"}},
    WarningText{"route_outside_area",
                {"A route leaves the area of the plan: nothing is known of that part.",
                 "ルートの一部が計画区域の外にあり、その区間は判定できない。"}},
    WarningText{"terrain_datums_differ",
                {"Heights above different levels lie in one ground; none of them was converted.",
                 "標高の基準が異なる標高データを併用している。基準の換算は行っていない。"}},
    WarningText{
        "terrain_ellipsoidal",
        {"The heights are above the ellipsoid, not above the sea.", "標高ではなく楕円体高のデータを用いている。"}},
    WarningText{"coordination_without_level",
                {"Levels for coordination that cannot be given: the section says why for each.",
                 "算出できない干渉レベルがある。理由は該当する節に示す。"}},
    WarningText{
        "antenna_points_assumed",
        {"A pattern file lacks a point where the circle closes, or says another number of points than it has.",
         "アンテナパターンのファイルに、円周の継ぎ目の点がない、または点数が先頭行の記載と合わない。"}},
    WarningText{
        "antenna_tilt_contradicted",
        {"A pattern file states a tilt that its pattern does not show: the pattern is used as it is.",
         "アンテナパターンのファイルに書かれたチルト角がパターンの向きと合わない。パターンをそのまま用いた。"}},
    WarningText{"antenna_common_direction",
                {"The two cuts of a pattern file disagree about the direction that both hold, or count it twice.",
                 "水平面・垂直面のパターンが、共通する方向の減衰量について食い違う、または二重に数えている。"}},
    WarningText{"backhaul_unreached",
                {"Sites and places that no cable or link with a price leads to an exchange.",
                 "単価のある光ファイバ経路・回線では収容局に接続できない局・施設がある。"}},
    WarningText{"backhaul_needs_missed",
                {"Sites whose way to the exchange lacks capacity or availability, or is too slow or too long.",
                 "収容局までの経路の容量・稼働率・遅延・経路長が所要条件を満たさない局がある。"}},
    WarningText{"backhaul_straight_gap",
                {"Cables drawn straight where no road and no corridor leads: an estimate.",
                 "道路や敷設ルートのない区間を直線で結んだ（概算）。"}},
    WarningText{"backhaul_no_such_places",
                {"No place is of a kind that is to be given fibre.", "光ファイバを接続する種別の施設がない。"}},
    WarningText{"backhaul_too_long",
                {"Sites and places whose shortest way to an exchange is longer than the longest way asked for.",
                 "最短の経路でも、指定した最長経路長を超える局・施設がある。"}},
    WarningText{"backhaul_two_ways_unconnected",
                {"Sites that want two ways and are not connected by the layout.",
                 "二重化を指定した局のうち、伝送路の設計対象でない局がある。"}},
    WarningText{"backhaul_places_outside",
                {"Places outside the area of the plan are given no fibre.",
                 "計画区域外の施設には光ファイバを接続していない。"}},
    WarningText{"backhaul_one_way_only",
                {"Sites that want two ways to an exchange where every two share a stretch.",
                 "二重化を指定したが、区間を共有しない二つの経路がない局がある。"}},
    WarningText{
        "backhaul_unlimited",
        {"No layout keeps the second ways and the longest way asked for, or fills the cables at least cost.",
         "指定した二重化・最長経路長・ケーブル心線数を満たす設計が得られなかった。"}},
    WarningText{"backhaul_price_of_road",
                {"Cables on bridges, in tunnels or ducts without a price of their own took that of the road.",
                 "橋梁・トンネル・管路の単価が設定されていないため、道路区間の単価を用いた。"}},
    WarningText{"backhaul_load_unknown",
                {"Links whose capacity is held against nothing: nobody knows what the cells behind them carry.",
                 "トラヒックが設定されていないため、容量を照合していない回線がある。"}},
    WarningText{
        "backhaul_payer_bears_nothing",
        {"The payer whose burden was to be least bears nothing: the layout is that of least present value.",
         "負担の最小化を指定した主体に負担が生じないため、現在価値が最小となる設計とした。"}},
    WarningText{"passive_optical_light",
                {"Cabinets where the light of the passive optical network does not fit.",
                 "光損失または距離が PON 装置の許容範囲を外れるスプリッタ設置箇所がある。"}},
    WarningText{"passive_optical_unfed",
                {"People near a cable that no cable joins to an exchange.",
                 "収容局につながっていないケーブルの近くに居住者がいる。"}},
    WarningText{"backhaul_no_hop",
                {"No pair of masts has a microwave or optical hop that works.",
                 "見通しと稼働率の条件を満たすマイクロ波回線・光空間通信回線の区間がない。"}},
    WarningText{"backhaul_microwave_unverified",
                {"Figures of microwave bands and radios that nobody has held against their documents.",
                 "マイクロ波の周波数帯・無線装置の諸元に、出典と照合していない値を用いた。"}},
    WarningText{"backhaul_hop_beyond",
                {"Hops beyond the ranges for which their fading or weather statistics were made.",
                 "フェージング・気象統計の適用範囲を超える回線がある。"}},
    WarningText{"backhaul_hop_interference",
                {"Hops that other hops of the plan leave too little capacity or availability.",
                 "計画内の他回線からの干渉により、容量・稼働率が不足する回線がある。"}},
    WarningText{"backhaul_hop_same_mast",
                {"Hops that receive on the channel on which another one sends from the same mast.",
                 "同一の鉄塔で他回線の送信と同じチャネルを受信する回線がある。"}},
    WarningText{"price_without_source",
                {"Prices that are the user's own figures.", "出典のない単価（利用者の設定値）を用いた。"}},
    WarningText{"subsidy_undecided",
                {"Programmes that could not be judged, for a fact or the kind of the applicant is missing.",
                 "判定に必要な情報（事業主体の区分を含む）がないため、適用可否を判断できない制度がある。"}},
    WarningText{"subsidy_unverified",
                {"Subsidy rules without a document of their programme and year.",
                 "当該年度の公表資料で確認していない補助率を用いた。"}},
    WarningText{"subsidy_not_in_force",
                {"Subsidies of a budget request or draft: not decided.",
                 "概算要求・予算案段階の補助率を用いた（確定したものではない）。"}},
    WarningText{"subsidy_ambiguous",
                {"Subsidy rules that the sources leave open: one reading was taken.",
                 "資料からは一意に定まらない補助率について、一つの解釈を採用した。"}},
    WarningText{"zones_all_inland",
                {"No map of sea and coast was given: the model took all paths for inland ones.",
                 "海域・沿岸の区分データが指定されていないため、すべての伝搬路を内陸として計算した。"}},
    WarningText{"radio_technology_unknown",
                {"Sectors whose radio technology is not known: no SINR and no rates for them.",
                 "無線方式を特定できないセクタがあり、SINR と通信速度を計算していない。"}},
    WarningText{"cells_overloaded",
                {"Cells whose demand is more than they carry.", "需要が容量を超えているセルがある。"}},
    WarningText{"load_not_converged",
                {"The loads of the cells have not settled.", "セル負荷の反復計算が収束していない。"}},
    WarningText{
        "traffic_without_demand",
        {"Traffic without any demand: all cells are idle.", "トラヒックの需要がなく、全セルが無負荷である。"}},
    WarningText{
        "link_curve_not_applied",
        {"Wi-Fi and LPWA keep the link curves of their own.", "Wi-Fi と LPWA には固有のリンクカーブを用いた。"}},
    WarningText{"operator_not_named",
                {"Some sites name an operator and others do not.", "事業者名のない基地局が混在している。"}},
    WarningText{"too_many_operators",
                {"Operators are compared for no more than 8 of them.", "事業者の比較は 8 者までである。"}},
    WarningText{"radio_values_unverified",
                {"Values of the radio catalogue that were not checked against their source.",
                 "無線方式カタログのうち、出典と照合していない値がある。"}},
    WarningText{
        "carrier_outside_band",
        {"A carrier reaches beyond the band of its technology.", "搬送波が無線方式の帯域の外に出ている。"}},
    WarningText{"eirp_above_limit",
                {"EIRP above the limit of the rule that is named.", "EIRP が規則の上限を超えている。"}},
    WarningText{"power_above_limit",
                {"Power above the limit of the rule that is named.", "空中線電力が規則の上限を超えている。"}},
    WarningText{"power_limit_unknown",
                {"Power far above any licence that was seen, in a band whose limit is not known here.",
                 "上限を確認できていない帯域で、空中線電力が既知の免許例を大きく超えている。"}},
    WarningText{"carrier_indoor_only",
                {"A carrier outdoors in a part of the band that is for use indoors alone.",
                 "屋内限定の周波数を屋外で用いている。"}},
    WarningText{"licence_frequency_outside_band",
                {"A licence sheet by the formula of local 5G for carriers outside the band of local 5G.",
                 "ローカル5G の算出式による免許申請図に、ローカル5G の帯域外の搬送波が含まれる。"}},
    WarningText{"building_loss_counted_twice",
                {"Several losses that all stand for the way into buildings add up.",
                 "建物侵入損失に当たる損失が二重以上に加算されている。"}},
    WarningText{"body_loss_counted_twice",
                {"Several losses that all stand for the user's body add up.",
                 "人体損失に当たる損失が二重以上に加算されている。"}},
    WarningText{"location_counted_twice",
                {"Several shares of places are asked for, each with a margin of its own.",
                 "場所率のマージンが二重以上に加算されている。"}},
    WarningText{"tdd_patterns_differ",
                {"Overlapping carriers with different TDD patterns: base stations interfere with each other.",
                 "重なる搬送波の TDD パターンが異なり、基地局間の干渉が生じる。"}},
    WarningText{"power_above_eirp",
                {"Received power above EIRP plus receive gain, which no path can give.",
                 "受信電力が EIRP と受信利得の和を超えている。物理的にあり得ない値である。"}},
    WarningText{"coverage_is_circle",
                {"The coverage of a transmitter is a perfect circle: terrain had no influence on it.",
                 "カバレッジが真円であり、地形の影響が現れていない。"}},
    WarningText{"terrain_missing_under_path",
                {"Cells left without a value because the path to them crosses missing terrain.",
                 "伝搬路の途中で標高が欠けているため、計算できなかったメッシュがある。"}},
    WarningText{"range_cut_by_radius",
                {"Coverage reaches the radius limit and goes on beyond it: a larger radius would show more.",
                 "カバレッジが計算半径に達しており、その外側にも広がる可能性がある。"}},
    WarningText{"model_validity",
                {"The propagation model is used outside the range for which its source vouches.",
                 "伝搬モデルの適用範囲外で使用している。"}},
    WarningText{"outside_model_validity",
                {"The propagation model is used outside the range for which its source vouches.",
                 "伝搬モデルの適用範囲外で使用している。"}},
    WarningText{
        "sector_serves_nowhere",
        {"A sector that is the strongest in no cell.", "どのメッシュでも最大受信とならないセクタがある。"}},
    WarningText{"sea_is_zero_unused",
                {"Only FG-GML files tell sea from missing data: the setting sea_is_zero has no effect here.",
                 "海水面を区別できるのは FG-GML のみのため、sea_is_zero の指定は効果がない。"}},
    WarningText{"antenna_tilted_twice",
                {"The electrical tilt of the pattern file and that of the sector add up.",
                 "アンテナパターンファイルの電気チルトにセクタの電気チルトが加算されている。"}},
    WarningText{"site_without_ground",
                {"A site without terrain under it was left out.", "標高のない地点の基地局を計算から除いた。"}},
    WarningText{"terrain_flat",
                {"No elevation data: the ground is taken as flat.", "標高データがなく、平坦地として計算した。"}},
    WarningText{"terrain_smaller_than_area",
                {"The elevation data do not fill the area.", "標高データが計画区域の全体を覆っていない。"}},
    WarningText{"raster_without_nodata",
                {"A raster declares no no-data value: holes or sea may have been read as ground.",
                 "欠測値の定義がないラスタであり、欠測や海域を標高として読んだおそれがある。"}},
    WarningText{"undeclared_nodata",
                {"Values that look like an undeclared no-data value.", "欠測値とみられる未定義の値がある。"}},
    WarningText{"raster_crs_overridden",
                {"The coordinate reference system of a file was overridden by the scenario.",
                 "ファイルの座標参照系をシナリオの指定で置き換えた。"}},
    WarningText{"raster_with_bands",
                {"A raster with several bands: only the first was read.",
                 "複数バンドのラスタのうち第 1 バンドのみ読んだ。"}},
    WarningText{"raster_unit_unknown",
                {"The unit of the heights of a raster is not known: read as metres.",
                 "標高の単位が不明なラスタをメートルとして読んだ。"}},
    WarningText{
        "clutter_missing",
        {"Cells without a clutter height count as bare ground.", "地物高のないメッシュを裸地として扱った。"}},
    WarningText{"population_column_title",
                {"The title of the column that was read does not say population.",
                 "読み込んだ列の見出しに「人口」が含まれていない。"}},
    WarningText{"population_secret_merged",
                {"Meshes whose figure is secret: their people are counted with the mesh they were merged into.",
                 "秘匿メッシュの人口は合算先のメッシュに含めて集計した。"}},
    WarningText{"population_files_passed_over",
                {"Files in a folder of e-Stat meshes that are none were passed over.",
                 "e-Stat メッシュ統計のフォルダにある他のファイルは読んでいない。"}},
    WarningText{"population_without_figure",
                {"Places without a population figure were left out.", "人口の値がない箇所を除いた。"}},
    WarningText{
        "population_counted_twice",
        {"Meshes that come in more than one population file, or one inside another: their people were added up.",
         "複数の人口ファイルに重複する（または包含関係にある）メッシュの人口を合算した。"}},
    WarningText{"boundary_repaired",
                {"Boundaries that crossed themselves were mended.", "自己交差のある境界を修復した。"}},
    WarningText{"boundary_without_code",
                {"Boundaries without a municipality code were left out: people there count as outside.",
                 "市区町村コードのない区域（所属未定地）を除いた。その区域の人口は市区町村外として集計される。"}},
    WarningText{"boundary_without_area",
                {"Boundaries without an area were left out.", "面積のない境界を除いた。"}},
    WarningText{"road_class_field_missing",
                {"A road file has no class field: all its roads are of one class.",
                 "道路データに種別の項目がなく、すべて同じ種別とした。"}},
    WarningText{"road_not_in_use",
                {"Roads that are planned, being built or given up were left out.",
                 "計画中・建設中・廃止の道路を除いた。"}},
    WarningText{"road_not_a_line",
                {"Road features that are not lines were left out.", "線でない道路地物を除いた。"}},
    WarningText{"ssb_beams_above_band",
                {"An array has more SSB beams than fit a half frame of its band.",
                 "SSB ビーム数が、当該周波数帯のハーフフレームに収まる数を超えている。"}},
    WarningText{"ssb_beam_not_steerable",
                {"The electrical downtilt of a sector takes an SSB beam out of the steering range of its array.",
                 "電気チルトにより、SSB ビームがアレーのビーム可変範囲を外れている。"}},
    WarningText{"array_gain_above_aperture",
                {"The elements of an array claim more gain than their spacing has room for: its gain is too high.",
                 "素子間隔に対して素子利得が過大であり、アレー利得が物理的な上限を超えている。"}},
    WarningText{"site_column_unused",
                {"A column of the site list was not used.", "基地局表に使用しない列がある。"}},
};

}  // namespace amaneku::scenarios::phrases
