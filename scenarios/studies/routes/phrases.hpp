// Texts of the section on routes and of the route sheets, in English and Japanese.
#pragma once

#include <array>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kRoutes{"Routes", "走行ルート"};
inline constexpr Phrase kRoutesNote{
    "Service: {0}. Needed all along the way: {1} Mbit/s up and {2} Mbit/s down at {3} m above the road, {4} % of "
    "the "
    "messages within {5} ms. A gap of more than {6} s ends in a minimal-risk stop. Figures of the drive without "
    "fading; "
    "rates of handover, failure and outage from {7} seeded drives, with their 95 % confidence intervals. Latency "
    "is that "
    "where there is a link; in time is of all messages, those without a link are late.",
    "サービス: {0}。所要条件（全線）: 上り {1} Mbit/s、下り {2} Mbit/s（アンテナ高 {3} m）、伝達遅延は {5} ms "
    "以内が {4} % "
    "以上。{6} "
    "秒を超える通信途絶では、ミニマム・リスク・マヌーバー（自動停車）に移行する。図表はフェージングのない走行の"
    "値。ハンドオーバ・切断・途絶の率は {7} 回の模擬走行による（95 % "
    "信頼区間）。遅延は通信可能区間の値、期限内の割合は"
    "全メッセージに対する値（途絶中は遅延とみなす）。"};
inline constexpr Phrase kRoutesPlan{"{0} courses of {1} km in all, {2} runs each",
                                    "走行 {0} 本、延長計 {1} km、模擬走行 各 {2} 回"};
inline constexpr Phrase kRouteClosing{
    "Route {0}: {1}; {2} km, no link {3} m ({4} s), too little uplink {5} m, {6} handovers",
    "ルート {0}: {1}。延長 {2} km、通信途絶 {3} m（{4} 秒）、上り不足 {5} m、ハンドオーバ {6} 回"};
inline constexpr Phrase kRoute{"Route", "ルート"};
inline constexpr Phrase kWayBack{"{0} (back)", "{0}（復路）"};
inline constexpr Phrase kRouteVerdict{"Verdict", "判定"};
inline constexpr Phrase kLengthKm{"Length (km)", "延長（km）"};
inline constexpr Phrase kDriveMinutes{"Drive (min)", "所要時間（分）"};
inline constexpr Phrase kTunnelsKm{"In tunnels / not said (km)", "トンネル / 不明（km）"};
inline constexpr Phrase kNoLink{"No link (m, s)", "通信途絶（m・秒）"};
inline constexpr Phrase kUplinkShort{"Too little uplink (m)", "上り不足（m）"};
inline constexpr Phrase kHandoversOf{"Handovers", "ハンドオーバ（回）"};
inline constexpr Phrase kFailureRate{"Failures (%)", "切断率（%）"};
inline constexpr Phrase kOutagePerKm{"Outage (s/km)", "途絶（秒/km）"};
inline constexpr Phrase kLatencyP99{"Latency p50 / p99 (ms)", "遅延 p50 / p99（ms）"};
inline constexpr Phrase kInTime{"In time (%)", "期限内（%）"};
inline constexpr Phrase kWorstWeather{"Worst weather", "最も厳しい気象条件"};
/// [Verdict]
inline constexpr std::array kRouteVerdictWords = {
    Phrase{"met", "適合"},
    Phrase{"unknown: part of the route lies outside the plan", "判定不能（計画区域外の区間あり）"},
    Phrase{"not met: no link", "不適合（通信途絶）"},
    Phrase{"not met: too little uplink", "不適合（上り容量不足）"},
    Phrase{"not met: too little downlink", "不適合（下り容量不足）"},
    Phrase{"not met: too late", "不適合（伝達遅延）"},
    Phrase{"not met: cells overloaded by the vehicles", "不適合（セル輻輳）"}};
inline constexpr Phrase kGapsTitle{"Gaps", "途絶・不足区間"};
inline constexpr Phrase kNoGaps{"There is no gap on a clear day.", "晴天時の途絶・不足区間はない。"};
inline constexpr Phrase kGapFromTo{"From – to (m)", "区間（m）"};
inline constexpr Phrase kGapKind{"What is missing", "不足の内容"};
/// [Shortage]
inline constexpr std::array kShortageWords = {Phrase{"nothing", "なし"}, Phrase{"outside the plan", "計画区域外"},
                                              Phrase{"no link", "通信途絶"}, Phrase{"uplink", "上り不足"},
                                              Phrase{"downlink", "下り不足"}};
inline constexpr Phrase kGapLength{"m, of it without link", "延長（m）・うち途絶"};
inline constexpr Phrase kGapSeconds{"s at speed", "通過時間（秒）"};
inline constexpr Phrase kWorstLevel{"Weakest RSRP (dBm)", "最小 RSRP（dBm）"};
inline constexpr Phrase kWorstUplink{"Least uplink (Mbit/s)", "最小上り（Mbit/s）"};
inline constexpr Phrase kMend{"What would close it", "改善策"};
inline constexpr Phrase kMendSite{"candidate {0}: {1} m of it ({2} %)", "候補地 {0}: {1} m（{2} %）を解消"};
inline constexpr Phrase kMendSiteShort{"candidate {0} ({2} %)", "候補地 {0}（{2} %）"};
inline constexpr Phrase kMendTunnel{"leaky cable or repeater in the tunnel",
                                    "トンネル内の漏洩同軸ケーブルまたは中継装置"};
inline constexpr Phrase kMendNone{"no candidate site reaches it", "到達する候補地なし"};
inline constexpr Phrase kStop{"the vehicle stops by itself", "自動停車に移行"};
inline constexpr Phrase kGoesOn{"the vehicle drives on", "走行を継続"};
inline constexpr Phrase kWhatHappens{"What happens", "車両の動作"};
inline constexpr Phrase kHandoverTable{"Handovers of the drive", "走行中のハンドオーバ"};
inline constexpr Phrase kAtMetre{"At (m)", "位置（m）"};
inline constexpr Phrase kFromCell{"From", "切替元"};
inline constexpr Phrase kToCell{"To", "切替先"};
inline constexpr Phrase kInterruptionMs{"Interruption (ms)", "途絶時間（ms）"};
inline constexpr Phrase kIntersections{"Intersections", "交差点"};
inline constexpr Phrase kIntersection{"Intersection", "交差点"};
inline constexpr Phrase kApproach{"Link on every approach within {0} m.", "前後 {0} m の進入区間における通信。"};
inline constexpr Phrase kWorstSinr{"Least SINR (dB)", "最小 SINR（dB）"};
inline constexpr Phrase kLinkPercent{"Link (% of drives)", "通信成立率（%）"};
inline constexpr Phrase kServedWord{"as needed", "所要条件を満足"};
inline constexpr Phrase kShortWord{"less than needed", "不足"};
inline constexpr Phrase kResult{"Result", "結果"};
inline constexpr Phrase kWeathers{"Weather", "気象条件"};
inline constexpr Phrase kLongestGap{"Longest gap (s)", "最長途絶（秒）"};
inline constexpr Phrase kShortageM{"Too little (m)", "容量不足（m）"};
/// Weathers that come with the program, in the order of kWeatherIds; other ids stand as they are.
inline constexpr std::array<std::string_view, 4> kWeatherIds = {"clear", "heavy_rain", "wet_snow",
                                                                "snow_on_antennas"};
inline constexpr std::array kWeatherWords = {
    Phrase{"clear", "晴天"}, Phrase{"heavy rain (80 mm/h)", "豪雨（80 mm/h）"},
    Phrase{"wet snow (10 mm/h)", "湿雪（10 mm/h）"},
    Phrase{"wet snow, snow on antennas (6 dB, assumed)", "湿雪・アンテナ着雪（6 dB、仮定値）"}};
inline constexpr Phrase kVehicleCells{"Load of the cells by the vehicles", "車両によるセル負荷"};
inline constexpr Phrase kVehicleCellsNote{
    "Every whole second of the timetable: share of the uplink that the vehicles in a cell take, beside its other "
    "traffic. At "
    "most {0} vehicles are on the way at a time; overload in {1} s of the day.",
    "運行時間中の毎秒について、セル内の車両が占める上り無線資源の割合（他の通信との合計が 100 % を超えると輻輳）。"
    "同時走行は最大 {0} 台、輻輳は 1 日に {1} 秒。"};
inline constexpr Phrase kMostVehicles{"Vehicles at most", "最大台数"};
inline constexpr Phrase kVehicleShare{"Uplink taken (%)", "車両の占有（%）"};
inline constexpr Phrase kOtherShare{"Other traffic (%)", "他の通信（%）"};
inline constexpr Phrase kOverloadS{"Overload (s/day)", "輻輳（秒/日）"};
inline constexpr Phrase kLatencyParts{"Latency, part by part", "伝達遅延の内訳"};
inline constexpr Phrase kLatencyNote{
    "From the scene in front of the camera to the operator's screen. Parts are distributions and are added as "
    "such: the "
    "percentiles of the parts do not add up. P(T ≤ {0} ms) = {1} %, at least {2} % with 95 % confidence.",
    "通信可能な区間における、サービスの期限が対象とする経路全体の遅延。各部の分布を畳み込んだ値であり、パーセンタ"
    "イルの和ではない。"
    "{0} ms 以内の確率 {1} %（95 % 信頼下限 {2} %）。"};
inline constexpr Phrase kServerMend{"With the server at \"{0}\" enough messages would be in time.",
                                    "サーバを「{0}」に置けば、期限内の割合が所要値を満たす。"};
inline constexpr Phrase kPart{"Part", "区分"};
inline constexpr Phrase kMeanMs{"Mean of what arrives (ms)", "到達分の平均（ms）"};
inline constexpr Phrase kArrives{"Arrives within 2 s (%)", "2 秒以内の到達（%）"};
inline constexpr Phrase kP99Ms{"p99 (ms)", "p99（ms）"};
inline constexpr Phrase kSourceOf{"Source", "出典"};
inline constexpr Phrase kAssumed{"assumption", "仮定値"};
inline constexpr Phrase kSumOfParts{"Sum", "合計"};
/// Parts by their names; others stand as they are.
inline constexpr std::array kLatencyPartWords = {Phrase{"camera frame wait", "カメラのフレーム待ち"},
                                                 Phrase{"exposure and readout", "露光・読み出し"},
                                                 Phrase{"encoder", "映像符号化"},
                                                 Phrase{"uplink", "無線（上り）"},
                                                 Phrase{"decoder", "映像復号"},
                                                 Phrase{"screen refresh wait", "画面更新待ち"},
                                                 Phrase{"panel", "表示パネル"},
                                                 Phrase{"transport back", "固定回線・中継（指令）"},
                                                 Phrase{"transport", "固定回線・中継"},
                                                 Phrase{"downlink", "無線（下り、指令）"},
                                                 Phrase{"interruptions", "ハンドオーバによる途絶"}};
inline constexpr Phrase kLaidWay{"the way from each site to its exchange as [backhaul] lays it",
                                 "各局から収容局までは本計画の伝送路による"};
/// The English one goes on with a source of its own.
inline constexpr Phrase kLaidWayAndBeyond{
    "the way from each site to its exchange as [backhaul] lays it; beyond it onward_km where it is given, else "
    "the ",
    "各局から収容局までは本計画の伝送路、収容局から先は設定した距離（設定のない収容局は IEEE TVT.2022.3224614 "
    "の公表モデル）による"};
/// Sources by their beginnings, the longer of two first; others stand as they are.
inline constexpr std::array kLatencySourceWords = {
    kLaidWayAndBeyond,
    kLaidWay,
    Phrase{"even over the period of the frames", "フレーム周期内で一様"},
    Phrase{"even over the period of the screen", "画面の更新周期内で一様"},
    Phrase{"published model of TVT.2022.3224614 (TransportLatencyUL.m, CoreLatency.m)",
           "IEEE TVT.2022.3224614 の公表モデル（TransportLatencyUL.m、CoreLatency.m）"},
    Phrase{"slot pattern and rate along the route", "スロット構成とルート上の速度による計算値"},
    Phrase{"simulated handovers", "模擬走行によるハンドオーバ"},
    Phrase{"stated in the scenario", "シナリオの設定値"}};
/// Built-in kinds of handover_durations.toml, by their names.
inline constexpr std::array kInterruptionKindWords = {
    Phrase{"LTE, change of the primary cell, low band", "LTE、プライマリセルの変更、ローバンド"},
    Phrase{"LTE, change of the primary cell, mid band", "LTE、プライマリセルの変更、ミッドバンド"},
    Phrase{"NSA, change of the master cell group, low band", "NSA、マスタセルグループの変更、ローバンド"},
    Phrase{"NSA, change of the master cell group, mid band", "NSA、マスタセルグループの変更、ミッドバンド"},
    Phrase{"NSA, change of the primary cell, low band", "NSA、プライマリセルの変更、ローバンド"},
    Phrase{"NSA, change of the primary cell, millimetre waves", "NSA、プライマリセルの変更、ミリ波"},
    Phrase{"NSA, change of the primary cell, mid band", "NSA、プライマリセルの変更、ミッドバンド"},
    Phrase{"NSA, addition of the secondary cell group, low band", "NSA、セカンダリセルグループの追加、ローバンド"},
    Phrase{"NSA, addition of the secondary cell group, millimetre waves",
           "NSA、セカンダリセルグループの追加、ミリ波"},
    Phrase{"NSA, addition of the secondary cell group, mid band",
           "NSA、セカンダリセルグループの追加、ミッドバンド"},
    Phrase{"NSA, change of the secondary cell, low band", "NSA、セカンダリセルの変更、ローバンド"},
    Phrase{"NSA, change of the secondary cell, millimetre waves", "NSA、セカンダリセルの変更、ミリ波"},
    Phrase{"NSA, change of the secondary cell, mid band", "NSA、セカンダリセルの変更、ミッドバンド"},
    Phrase{"NSA, release of the secondary cell group, low band", "NSA、セカンダリセルグループの解放、ローバンド"},
    Phrase{"NSA, release of the secondary cell group, millimetre waves",
           "NSA、セカンダリセルグループの解放、ミリ波"},
    Phrase{"NSA, release of the secondary cell group, mid band",
           "NSA、セカンダリセルグループの解放、ミッドバンド"},
    Phrase{"SA, change of the master cell group, low band", "SA、マスタセルグループの変更、ローバンド"}};
inline constexpr Phrase kSecondaryCells{"Non-stand-alone network", "ノンスタンドアローン（NSA）構成"};
inline constexpr Phrase kSecondaryNote{
    "Secondary cells: {0}; the other cells are anchors, of which handovers and losses above are. Data go over the "
    "secondary cell where there is one. Shares of time and mean numbers: {1} seeded drives.",
    "追加セルの無線方式: "
    "{0}。その他のセルはアンカーであり、上記のハンドオーバと途絶はアンカーの値である。追加セルがある"
    "区間ではデータは追加セルを通る。時間率と平均回数は {1} 回の模擬走行による値。"};
inline constexpr Phrase kWithSecondary{"With a secondary cell (m)", "追加セルあり（m）"};
inline constexpr Phrase kWithSecondaryTime{"Both (% of time)", "追加セルあり（時間率 %）"};
inline constexpr Phrase kAnchorOnlyTime{"Anchor only (% of time)", "アンカーのみ（時間率 %）"};
inline constexpr Phrase kAdditions{"Additions a drive", "追加（回/走行）"};
inline constexpr Phrase kSecondaryChanges{"Changes", "変更（回/走行）"};
inline constexpr Phrase kReleases{"Releases with the anchor", "アンカー変更に伴う解放（回/走行）"};
inline constexpr Phrase kSecondaryFailures{"Secondary links lost", "追加セルの無線リンク断（回/走行）"};
inline constexpr Phrase kModems{"Two modems", "二重化（モデム 2 台）"};
inline constexpr Phrase kModemsNote{
    "First modem: the network above; second: {0}. Selection: the second takes over {1} ms after the first has "
    "lost its "
    "link. "
    "Duplication: both carry everything. Without link in m and s: the drive without fading; time without a link: "
    "{2} "
    "seeded drives, handovers included. The verdict leaves the load of the cells out of account.",
    "第 1 回線: 本計画の網。第 2 回線: {0}。切替方式: 第 1 回線の途絶から {1} ms "
    "後に第 2 回線へ切り替える。並列方式: "
    "両回線で同じデータを送り、先に届いた方を用いる。通信途絶（m・秒）はフェージングの"
    "ない走行の値、途絶時間率は {2} "
    "回の模擬走行による値（ハンドオーバの中断を含む）。判定にはセルの輻輳を含まない。"};
inline constexpr Phrase kNamelessModem{"a link without a name", "名称未設定の回線"};
inline constexpr Phrase kGivenModem{
    "Second modem as stated in the scenario, not computed: there {0} % of the time, outages of {1} s in the mean, "
    "independent of the first; {2} ms one way, {3} Mbit/s up and {4} Mbit/s down.",
    "第 2 回線はシナリオの設定値であり、計算値ではない: 稼働率 {0} %、平均途絶 {1} 秒（第 1 "
    "回線とは独立）、片道遅延 {2} "
    "ms、上り {3} Mbit/s、下り {4} Mbit/s。"};
inline constexpr Phrase kNotInTunnels{"Not in tunnels.", "トンネル内では利用できない。"};
inline constexpr Phrase kModem{"Modem", "回線"};
/// [ModemUse]
inline constexpr std::array kModemUseWords = {Phrase{"first", "第 1 回線のみ"}, Phrase{"second", "第 2 回線のみ"},
                                              Phrase{"both, selection", "両回線（切替方式）"},
                                              Phrase{"both, duplication", "両回線（並列方式）"}};
inline constexpr Phrase kOutageShare{"Time without a link (%)", "途絶時間率（%）"};
inline constexpr Phrase kLongOutageDrives{"Drives with a gap beyond the limit (%)",
                                          "許容時間を超える途絶が生じた走行（%）"};
// Strip chart
inline constexpr Phrase kKmAxis{"km", "km"};
inline constexpr Phrase kUplinkAxis{"Uplink (Mbit/s)", "上り（Mbit/s）"};
inline constexpr Phrase kWithoutLinkAxis{"Seeded drives out of synchronisation or interrupted (%)",
                                         "同期外れ・中断が生じた模擬走行（%）"};
inline constexpr Phrase kStripTitle{"{0}: what the vehicle gets along its way", "{0}: 走行位置ごとの受信状況"};
inline constexpr Phrase kStripNote{
    "Grey: tunnel; blue: bridge; red: no link, below the least RSRP or SINR of the technology; orange: too "
    "little. Dashed: what is "
    "needed. Green bar: the server's site is in sight over ground and clutter. Triangles: handovers; dots: stops; "
    "crosses: intersections.",
    "灰: トンネル、青: 橋梁、赤: 通信途絶（無線方式の所要 RSRP または SINR 未満）、橙: 容量不足。破線: "
    "所要値。緑の帯: 接続局を見通せる区間（地形・地物による）。"
    "三角: ハンドオーバ、丸: 停留所、×: 交差点。"};
// Sheet
inline constexpr Phrase kNotVerifiedFigures{
    "figures of the service are assumptions or from secondary sources (docs/formats/services.md): state your own",
    "サービスの所要値は仮定値または二次資料による（要確認）"};
inline constexpr Phrase kRouteSheet{"Route sheet", "ルート別通信状況調書"};
inline constexpr Phrase kMissing{"Missing", "不足"};
inline constexpr Phrase kSeconds{"s", "秒"};
inline constexpr Phrase kVehicle{"Vehicle", "車両"};
inline constexpr Phrase kStopShort{"stops", "自動停車"};
inline constexpr Phrase kGoesOnShort{"drives on", "走行継続"};
inline constexpr Phrase kLongestGapsOf{"The {0} longest of {1}; all of them on the pages that follow.",
                                       "全 {1} 区間のうち延長の長い {0} 区間。全区間は次ページ以降の附表による。"};
inline constexpr Phrase kAnnex{"Annex: {0}", "附表: {0}"};
inline constexpr Phrase kIntersectionsServed{"{0} of {1} as needed on every approach",
                                             "{1} か所のうち {0} か所で全方向の所要条件を満足"};
inline constexpr Phrase kWeatherIs{"figures above: {0}; worst: {1}, no link {2} m, {3} s",
                                   "上記の数値は{0}。最も厳しい条件: {1}、通信途絶 {2} m・{3} 秒"};
inline constexpr Phrase kPremises{"Premises", "前提条件"};
inline constexpr Phrase kHours{"Hours", "運行時間"};
inline constexpr Phrase kHoursAre{"{0} departures from {1} to {2}", "{1}～{2}、{0} 便"};
inline constexpr Phrase kMonitoringLink{"Monitoring link", "遠隔監視回線"};
inline constexpr Phrase kNeeds{"{0} Mbit/s up, {1} Mbit/s down, {2} % within {3} ms",
                               "上り {0} Mbit/s、下り {1} Mbit/s、{3} ms 以内 {2} %"};
inline constexpr Phrase kWeatherPremise{"Weather", "気象の前提"};
inline constexpr Phrase kModelOf{"Propagation model", "電波伝搬モデル"};
inline constexpr Phrase kFadingPremise{"Shadow fading", "シャドウイング"};
inline constexpr Phrase kFadingIs{"{0} dB, decorrelation {1} m", "標準偏差 {0} dB、相関距離 {1} m"};
inline constexpr Phrase kDurationsPremise{"Handover durations", "ハンドオーバ所要時間"};
inline constexpr Phrase kMeasuredDurations{"measured quantiles, {0}", "実測分位値（{0}）"};

}  // namespace amaneku::scenarios::phrases
