// Radio technologies as data: what scenarios/catalogue/radio.toml says of each. A user adds one there, or in a
// file of the same form, without a line of C++.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace amaneku {

/// From this SINR on, one layer carries so many information bits a resource element (modulation order x code
/// rate).
struct RateStep {
  double sinr_db;
  double bits_per_symbol;
};

/// One row of a table of modulation and coding schemes (MCS) or of channel quality indicators (CQI).
struct Modulation {
  double order;      ///< bits a symbol before coding: 2 QPSK, 4 16QAM, 6 64QAM, 8 256QAM, 10 1024QAM
  double code_rate;  ///< 0 .. 1
  [[nodiscard]] double bits_per_symbol() const noexcept { return order * code_rate; }
};

/// Rows in the order of their index, the first with index `first_index` (1 for CQI: 0 is "out of range").
struct ModulationTable {
  std::string id{};  ///< "mcs_38214_2"
  std::string source{};
  bool verified = false;
  int first_index = 0;
  std::vector<Modulation> schemes{};
};

/// SINR to spectral efficiency of one layer. Steps ascend in both; below the first nothing is carried.
struct LinkCurve {
  std::string id{};  ///< "shannon_2db", "lena", "sionna": the report names it, for curves differ by 3 dB
  std::string source{};
  bool verified = false;
  std::vector<RateStep> steps{};
};

/// A width that a carrier may have.
struct CarrierWidth {
  double bandwidth_hz;           ///< of the channel
  double subcarrier_spacing_hz;  ///< of one subcarrier (or of the whole channel, where there are none)
  int subcarriers;               ///< that carry power: 12 x N_RB
  double symbols_per_s;          ///< per subcarrier: 14 x 2^mu x 1000 for NR
};

/// Subcarriers and symbols of a family of carriers, and how many resource blocks each channel width has.
struct Numerology {
  struct Width {
    double bandwidth_hz;
    int blocks;
  };
  std::string id{};  ///< "nr_fr1_30khz"
  std::string source{};
  bool verified = false;
  double subcarrier_spacing_hz = 0.0;
  double symbols_per_s = 0.0;  ///< per subcarrier
  int subcarriers_per_block = 12;
  std::vector<Width> widths{};
};

enum class Duplex : std::uint8_t {
  tdd,     ///< one frequency, slots by a pattern
  fdd,     ///< two frequencies
  shared,  ///< one frequency, whoever speaks first: Wi-Fi, LPWA
};

/// Shares of the time on the carrier.
struct TimeShare {
  double downlink = 1.0;
  double uplink = 1.0;
};

/// What one direction of the link adds.
struct LinkDirection {
  int layers = 1;                ///< at most
  std::string curve{};           ///< LinkCurve::id
  double overhead = 0.0;         ///< share of resource elements without user data (TS 38.306: OH), 0 .. 1
  double noise_figure_db = 0.0;  ///< of the receiver
};

/// The user's device.
struct DevicePower {
  double power_dbm = 23.0;  ///< largest conducted power
  double gain_dbi = 0.0;
  double p0_dbm = -90.0;  ///< TS 38.213 7.1.1: P_O_PUSCH, per resource block
  double alpha = 1.0;     ///< fractional path loss compensation, 0: full power always
};

/// A limit by rule. NaN: none known.
struct PowerLimits {
  double eirp_dbm = std::numeric_limits<double>::quiet_NaN();
  double conducted_dbm = std::numeric_limits<double>::quiet_NaN();
  double per_bandwidth_hz = 0.0;  ///< the limit holds for so much bandwidth; 0: for the carrier
  std::string rule{};             ///< named in the warning
  double indoor_min_hz = 0.0;     ///< part of the band for use indoors alone; both 0: none known
  double indoor_max_hz = 0.0;
  /// Largest conducted power of a licence that was seen, where no limit by rule is known. NaN: none.
  double licence_power_dbm = std::numeric_limits<double>::quiet_NaN();
  double hourly_airtime_s = 0.0;  ///< of one station, by rule; 0: no limit known
};

/// What a value of the catalogue rests on. Unverified ones are said in the result.
struct ValueSource {
  std::string key{};
  std::string source{};
  bool verified = false;
};

struct RadioTechnology {
  std::string id{};          ///< "nr_n79_local5g"
  std::string name{};        ///< "Local 5G 4.6-4.9 GHz (n79)"
  std::string name_ja{};     ///< "ローカル5G 4.6-4.9GHz"
  std::string generation{};  ///< of mobile networks: "5G", "4G"; "": none
  double freq_min_hz = 0.0;
  double freq_max_hz = 0.0;  ///< edges of the band, downlink
  Duplex duplex = Duplex::tdd;
  double duplex_spacing_hz = 0.0;  ///< FDD: downlink minus uplink
  std::string tdd_pattern{};       ///< TDD: slots, "DDDSU"
  TimeShare share{};               ///< of the pattern, with the symbols of its special slots
  std::vector<CarrierWidth> widths{};
  LinkDirection downlink{};
  LinkDirection uplink{};
  DevicePower device{};
  PowerLimits limits{};
  double rsrp_min_dbm = -110.0;  ///< below: no service. Per subcarrier
  double sinr_min_db = -6.0;
  std::vector<ValueSource> sources{};
};

/// The catalogue as read.
struct RadioCatalogue {
  std::vector<RadioTechnology> technologies{};
  std::vector<LinkCurve> curves{};
  std::vector<Numerology> numerologies{};
  std::vector<ModulationTable> modulations{};
};

}  // namespace amaneku
