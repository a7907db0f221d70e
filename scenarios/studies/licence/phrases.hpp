// Texts of the licence sheet, in English and Japanese.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kLicenceSheet{"Licence areas", "カバーエリア及び調整対象区域"};
inline constexpr Phrase kCoverArea{"Cover area", "カバーエリア"};
inline constexpr Phrase kCoordinationArea{"Coordination area", "調整対象区域"};
inline constexpr Phrase kLandAll{"All", "全体"};
inline constexpr Phrase kLandOwn{"Own land", "自己土地"};
inline constexpr Phrase kLandOther{"Other land", "他者土地"};
inline constexpr Phrase kAllSites{"all sites (strongest)", "全局合成（最大値）"};
inline constexpr Phrase kAreaKind{"Area", "区域"};
inline constexpr Phrase kOfSite{"Site", "基地局"};
inline constexpr Phrase kLand{"Land", "土地"};
inline constexpr Phrase kThresholdColumn{"Threshold (dBm)", "閾値 (dBm)"};
inline constexpr Phrase kSizeM2{"Size (m²)", "面積 (m²)"};
inline constexpr Phrase kParameter{"Parameter", "項目"};
inline constexpr Phrase kLicenceParameters{"Parameters", "計算諸元"};
inline constexpr Phrase kParameterValue{"Value", "値"};
inline constexpr Phrase kSectorColumn{"Sector", "セクタ"};
inline constexpr Phrase kPositionColumn{"Longitude, latitude", "経度・緯度"};
inline constexpr Phrase kGroundColumn{"Ground (m a.s.l.)", "地盤高 (m)"};
inline constexpr Phrase kHeightColumn{"Antenna (m a.g.l.)", "空中線地上高 (m)"};
inline constexpr Phrase kFrequencyColumn{"Frequency (MHz)", "周波数 (MHz)"};
inline constexpr Phrase kPowerColumn{"Power (dBm)", "空中線電力 (dBm)"};
inline constexpr Phrase kFeederColumn{"Feeder loss (dB)", "給電線損失 (dB)"};
inline constexpr Phrase kAntennaColumn{"Antenna (dBi)", "空中線 (dBi)"};
inline constexpr Phrase kDirectionColumn{"Azimuth, tilt (°)", "方位角・チルト (°)"};
inline constexpr Phrase kEirpColumn{"EIRP (dBm)", "EIRP (dBm)"};
inline constexpr Phrase kModelRow{"Propagation model", "伝搬モデル"};
inline constexpr Phrase kReceiverRow{"Receiver height", "受信点の地上高"};
inline constexpr Phrase kReceiverValue{"{0} m above ground, isotropic antenna (0 dBi)",
                                       "地上高 {0} m、等方性アンテナ (0 dBi)"};
inline constexpr Phrase kIs{" = ", " = "};
/// Parameters of the formula of local 5G and their words (propagation/mic/local5g_sub6.hpp).
inline constexpr std::array<std::pair<std::string_view, Phrase>, 9> kFormulaWords = {
    {{"area", {"area", "地域区分"}},
     {"urban", {"urban", "市街地"}},
     {"suburban", {"suburban", "郊外地"}},
     {"open", {"open", "開放地"}},
     {"interpolation", {"interpolation between 40 and 100 m", "40～100 m 間の補間"}},
     {"endpoints", {"by its end points", "両端の値による"}},
     {"weighted", {"weighted", "重み付け"}},
     {"building_loss_db", {"building entry loss R (dB)", "建物侵入損 R（dB）"}},
     {"terrain_correction_db", {"correction for terrain K (dB)", "地形補正 K（dB）"}}}};
/// Names of antennas with a translation; any other as it is.
inline constexpr std::array kAntennaNames = {Phrase{"sector", "セクタ"}, Phrase{"omni", "無指向性"},
                                             Phrase{"isotropic", "等方性"}};
inline constexpr Phrase kPowerRow{"Received power", "受信電力"};
inline constexpr Phrase kPowerValue{"of the whole carrier, no loss of body or building",
                                    "搬送波全体、人体・建物損失なし"};
inline constexpr Phrase kThresholdsRow{"Thresholds", "閾値"};
inline constexpr Phrase kThresholdsValue{"cover area from {0} dBm, coordination area from {1} dBm",
                                         "カバーエリア {0} dBm 以上、調整対象区域 {1} dBm 以上"};
inline constexpr Phrase kGridRow{"Grid", "計算格子"};
inline constexpr Phrase kGridValue{"{0} m, {1}", "{0} m、{1}"};
inline constexpr Phrase kTerrainRow{"Heights", "標高データ"};
inline constexpr Phrase kOwnLandRow{"Own land", "自己土地"};
inline constexpr Phrase kNoOwnLand{"not stated", "指定なし"};
inline constexpr Phrase kProgramRow{"Program", "計算プログラム"};
inline constexpr Phrase kNotVerified{"NOT VERIFIED", "未確認"};
inline constexpr Phrase kNotVerifiedNote{
    "{0}: not checked against the primary text. Check every figure so marked before an application is filed.",
    "{0}: 一次資料との照合を行っていない値。申請前に必ず確認すること。"};
inline constexpr Phrase kLicenceCut{
    "An area touches the edge of the plan or cells that were not computed: it may go on there. Enlarge the area "
    "or "
    "coverage.radius_m.",
    "区域が計算範囲の端又は未計算の格子に接しており、範囲外に続く可能性がある。計算範囲又は coverage.radius_m "
    "を拡大すること。"};

}  // namespace amaneku::scenarios::phrases
