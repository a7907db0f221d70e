// Texts on microwave and optical hops, in English and Japanese.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kHops{"Microwave and optical hops", "マイクロ波回線・光空間通信回線"};
inline constexpr Phrase kHopsWithIab{"Hops between masts", "局間の無線回線"};
inline constexpr Phrase kIabNote{
    "Sites fed over the access carrier of a neighbour (integrated access and backhaul, 3GPP Release 16): loss by "
    "ITU-R P.526 over the terrain, a margin of {0} dB taken off the SNR, {1} such hops on one way at most. Half "
    "duplex: "
    "what a hop takes of the time of the feeding cell it takes of the fed site's cells on the same channel as "
    "well.",
    "隣接局のアクセス回線の搬送波で収容する局（IAB、3GPP リリース 16）。伝搬損失は ITU-R P.526 による。SNR から "
    "{0} dB "
    "の余裕を差し引き、1 経路の段数は最大 {1} "
    "段とした。半二重のため、親局のセルで使う時間と同じだけ、子局の同一チャネルの"
    "セルも時間を失う。"};
inline constexpr Phrase kIabCensus{
    "Of {0} pairs of sites within reach {1} have no 5G cell in TDD with time and signal enough; {2} hops were on "
    "offer, "
    "{3} are built.",
    "距離条件を満たす {0} 区間のうち、5G（TDD）のセルの無線リソースまたは受信レベルが足りないもの {1}。候補 {2} "
    "区間のうち {3} "
    "区間を採用。"};
inline constexpr Phrase kIabFed{"Fed site", "子局"};
inline constexpr Phrase kIabParent{"Parent / sector", "親局・セクタ"};
inline constexpr Phrase kIabSnr{"SNR down / up (dB)", "SNR 下り・上り（dB）"};
inline constexpr Phrase kIabRate{"Whole carrier down / up (Mbit/s)",
                                 "全リソース使用時の速度 下り・上り（Mbit/s）"};
inline constexpr Phrase kIabBusy{"Busy hour down / up (Mbit/s)", "最繁時トラヒック 下り・上り（Mbit/s）"};
inline constexpr Phrase kIabShare{"Share of time down / up (%)", "占有率 下り・上り（%）"};
inline constexpr Phrase kIabParentLoad{"Parent's cell then (%)", "親局セルの使用率 下り・上り（%）"};
inline constexpr Phrase kIabFedLoad{"Fed site's cells then (%)", "子局セルの使用率 下り・上り（%）"};
inline constexpr Phrase kIabDepth{"Hops", "段数"};
inline constexpr Phrase kIabTableNote{
    "Loads are those of the busy hour with the people of the cell and all hops: what is missing to 100 % is left. "
    "The "
    "maps of rates do not take the hops off.",
    "使用率は、利用者のトラヒックと全ての IAB 区間を合わせた最繁時の値で、100 % までの差が余力。通信速度の図には "
    "IAB "
    "区間の占有分を反映していない。"};
inline constexpr Phrase kMicrowaveNote{
    "Hops between existing sites and to the exchanges that see each other: {0} of the first Fresnel zone free at "
    "k = "
    "4/3, the ray itself clear at k = {1}. Antennas stand as low as that allows. Margin and availability by ITU-R "
    "P.530-18 for a rain of {2} mm/h (exceeded for 0.01 % of the year); the capacity is there for {3} % of the "
    "average "
    "year, with what the other hops of the plan disturb.",
    "既設局相互間及び収容局との間で見通しのある区間（k=4/3 で第1フレネルゾーンの {0} 倍、k={1} "
    "で伝搬路が確保される区間）。空中線はこれを満たす最低の高さとする。マージンと稼働率は ITU-R P.530-18 "
    "により、0.01 "
    "% 降雨強度 {2} mm/h で算出。伝送容量は、計画内の他回線からの干渉を含め、平均年の {3} % 以上で確保される値。"};
inline constexpr Phrase kOpticsNote{
    "Hops of light at {0} nm (ITU-R P.1814): the margin bridges fog, rain and snow down to the visibility and "
    "rates "
    "named; how often it is worse is told by the statistics that the scenario gives.",
    "波長 {0} nm の光空間通信（ITU-R "
    "P."
    "1814）。マージンで許容できる視程・降雨強度・降雪強度を求め、これを超える時間率は、設定した気象統計による。"};
inline constexpr Phrase kHopCensus{
    "Of {0} pairs of masts within reach {1} have no sight, {2} lie partly outside the terrain and {3} miss the "
    "availability; {4} hops were on offer, {5} are built.",
    "距離条件を満たす {0} 区間のうち、見通しなし {1}、標高データの範囲外 {2}、稼働率不足 {3}。候補 {4} 回線のうち "
    "{5} 回線を採用。"};
/// An exchange without a name.
inline constexpr Phrase kExchangeNumbered{"exchange {0}", "収容局{0}"};
inline constexpr Phrase kHopOf{"Hop", "区間"};
inline constexpr Phrase kBandOf{"Band", "周波数帯"};
inline constexpr Phrase kHopKm{"km", "距離（km）"};
inline constexpr Phrase kHopHeights{"Antennas (m)", "空中線高（m）"};
inline constexpr Phrase kDishOf{"Dish (m)", "空中線径（m）"};
inline constexpr Phrase kMarginDb{"Margin (dB)", "マージン（dB）"};
inline constexpr Phrase kHopAvailability{"Availability (%)", "稼働率（%）"};
inline constexpr Phrase kHopCapacity{"Capacity (Mbit/s)", "伝送容量（Mbit/s）"};
inline constexpr Phrase kHopSteps{"Mbit/s by modulation (share of the year)", "変調方式別の伝送速度（時間率）"};
inline constexpr Phrase kFresnelShare{"Free of F1", "F1比"};
inline constexpr Phrase kInterferenceDb{"Interference (dB)", "干渉による劣化（dB）"};
inline constexpr Phrase kVisibilityOf{"Visibility (km)", "許容視程（km）"};
inline constexpr Phrase kOutageBy{"Fog, rain, snow (%)", "霧・雨・雪による断時間率（%）"};
inline constexpr Phrase kHopTableNote{
    "Antennas above ground at the first and the second end. Margin: of the most robust modulation, in clear air. "
    "Free of "
    "F1: least clearance as a share of the first Fresnel zone at k = 4/3. Interference: loss of the threshold by "
    "the "
    "other hops of the plan.",
    "空中線高は地上高（始端・終端）。マージンは最も強い変調方式の晴天時の値。F1比は k=4/3 "
    "における最小クリアランスの第1"
    "フレネルゾーン半径に対する比。干渉による劣化は、計画内の他回線によるしきい値の劣化量。"};
inline constexpr Phrase kHopProfile{"{0}: {1} km", "{0}（{1} km）"};
inline constexpr Phrase kHopProfileNote{
    "Profiles: grey the ground raised by the Earth's bulge at k = 4/3, green what stands on it, dashed the "
    "surface at k = "
    "{0}; the ray, the first Fresnel zone and 60 % of it, and the point where it is tightest (circle).",
    "断面図。灰色は k=4/3 の地球の膨らみを加えた地表、緑は地物、破線は k={0} "
    "の場合の表面。伝搬路、第1フレネルゾーン、その 60 % の範囲、及びクリアランス比が最小となる点（丸印）を示す。"};
inline constexpr Phrase kMoreHops{"{0} more profiles are not drawn; the tables have all hops.",
                                  "ほか {0} 区間の断面図は省略（全区間は表データを参照）。"};
inline constexpr Phrase kHeightAxis{"m above sea level", "標高（m）"};
inline constexpr Phrase kDistanceAxis{"km", "距離（km）"};

}  // namespace amaneku::scenarios::phrases
