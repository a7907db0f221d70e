// Texts of the report's table of sectors, in English and Japanese.
#pragma once

#include "scenarios/report/phrase.hpp"

namespace amaneku::scenarios::phrases {

inline constexpr Phrase kSectorList{"Sectors and antennas", "セクタ諸元"};
inline constexpr Phrase kOfSite{"Site / sector", "基地局 / セクタ"};
inline constexpr Phrase kSectorTechnology{"Radio technology", "無線方式"};
inline constexpr Phrase kFrequencyMhz{"Centre (MHz)", "中心周波数（MHz）"};
inline constexpr Phrase kBandwidthMhz{"Width (MHz)", "帯域幅（MHz）"};
inline constexpr Phrase kSectorAntenna{"Antenna", "空中線"};
inline constexpr Phrase kAllRound{"isotropic", "無指向性"};
inline constexpr Phrase kSectorAzimuth{"Azimuth (°)", "方位角（°）"};
inline constexpr Phrase kSectorTilt{"Downtilt (°)", "チルト（°）"};
inline constexpr Phrase kGainDbi{"Gain (dBi)", "利得（dBi）"};
inline constexpr Phrase kPowerDbm{"Power (dBm)", "送信電力（dBm）"};
inline constexpr Phrase kFeederDb{"Feeder (dB)", "給電線損失（dB）"};
inline constexpr Phrase kEirpDbm{"EIRP (dBm)", "EIRP（dBm）"};
inline constexpr Phrase kSectorNote{
    "EIRP is power minus feeder loss plus the largest gain of the antenna, over the whole channel. Downtilt is "
    "electrical; with two figures, mechanical + electrical. – : not known, or an antenna without a direction.",
    "EIRP "
    "は、送信電力から給電線損失を引き、空中線の最大利得を加えた値（チャネル全体）。チルトは電気チルト（二つの値は"
    "機械チルト "
    "+ 電気チルト）。–: 不明、または無指向性の空中線。"};

}  // namespace amaneku::scenarios::phrases
