// The network as planned: sites, sectors, and what every receiver has in common.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "libsim/radio/carrier.hpp"
#include "propagation/antenna.hpp"
#include "propagation/models.hpp"
#include "terrain/geo.hpp"

namespace amaneku {

/// One cell of the network. Powers and gains in the field's usual terms.
struct Sector {
  std::string id{};
  double freq_hz = 4.85e9;  ///< carrier centre
  double power_dbm = 40.0;  ///< total conducted power of the carrier
  int subcarriers = 3276;   ///< over which power_dbm is spread (12 x N_RB); RSRP is per subcarrier
  double feeder_loss_db = 0.0;
  double tx_agl_m = 30.0;
  AntennaPattern antenna = IsotropicAntenna{};
  std::string antenna_name = "isotropic";
  Mounting mounting{};        ///< azimuth clockwise from true north
  std::string technology{};   ///< RadioTechnology::id as asked for; "": by frequency and subcarriers
  double bandwidth_hz = 0.0;  ///< of the channel, as asked for; 0: by subcarriers
  /// Its radio technology at its width. Null: unknown, and with it noise and rates.
  std::shared_ptr<const Carrier> carrier{};
  double load =
      1.0;  ///< share of the resource elements in use, 0 .. 1: what it adds to the interference of others
  bool indoor = false;  ///< it stands indoors, where some bands may be used alone
  int fiscal_year = 0;  ///< of a roll-out: in service at the end of it; 0: from the start
};

struct Site {
  std::string id{};
  std::string name{};
  std::string operator_id{};  ///< whose network it belongs to; "" where there is only one
  LonLat position{};
  Point at{};                    ///< plan CRS
  double convergence_deg = 0.0;  ///< Crs::convergence_deg at the site
  bool existing = true;          ///< false: candidate (候補地), shown but not planned on
  std::vector<Sector> sectors{};
};

/// The user equipment for which coverage is drawn.
struct Receiver {
  double rx_agl_m = 1.5;
  std::optional<double> gain_dbi{};  ///< none: of the device of each sector's technology; 0 where that is unknown
  double body_loss_db = 0.0;
  double building_loss_db = 0.0;  ///< margin for indoor coverage
};

/// The network of a plan.
struct Network {
  std::vector<Site> sites{};  ///< existing and candidate
  Receiver receiver{};
};

}  // namespace amaneku
