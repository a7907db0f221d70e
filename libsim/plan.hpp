// plan(): one pure function from what was asked to what was found.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/cell_load.hpp"
#include "libsim/coordination.hpp"
#include "libsim/economics/bill.hpp"
#include "libsim/licence_area.hpp"
#include "libsim/named_places.hpp"
#include "libsim/operators.hpp"
#include "libsim/server_maps.hpp"
#include "libsim/service.hpp"
#include "libsim/service_statistics.hpp"
#include "libsim/target_check.hpp"
#include "libsim/targets.hpp"
#include "libsim/traffic.hpp"
#include "terrain/crs.hpp"
#include "terrain/raster_io.hpp"

namespace amaneku {

/// What a result says about where it came from.
struct Provenance {
  std::string scenario_name{};
  std::string scenario_description{};  ///< the question that the plan answers
  std::string scenario_file{};
  std::string scenario_text{};
  bool synthetic = false;  ///< any input generated or spread; labelled everywhere
  std::vector<std::string> synthetic_parts{};
  std::uint64_t seed = 0;
  std::map<std::string, std::string> input_sha256{};  ///< by path as written in the scenario
  std::vector<std::string> credits{};                 ///< 出典: data credits to be printed
  std::map<std::string, std::string> settings{};      ///< --set overrides
};

/// Where a figure about the air comes from.
struct ClimateOrigin {
  enum class From : std::uint8_t { standard, scenario, maps, city };
  From from = From::standard;
  std::string detail{};    ///< folder and place, or city and source
  bool estimated = false;  ///< by a relation, not measured
};
/// "standard", "scenario", "maps", "city".
[[nodiscard]] std::string_view origin_word(ClimateOrigin::From from) noexcept;
/// "city: tokyo (JMA normals), estimated".
[[nodiscard]] std::string origin_text(const ClimateOrigin& origin);

/// Origins of CoverageOptions::effective_earth_radius_m and n0.
struct Climate {
  ClimateOrigin earth_radius{};
  ClimateOrigin n0{};
};

/// Whether a result keeps the loss of every transmitter, or only the maps made of it.
enum class KeepPathLoss : std::uint8_t { automatic, always, never };
/// Losses that `automatic` keeps: all of a plan's together, as numbers in memory.
inline constexpr std::size_t kMostPathLossBytes = std::size_t{1} << 30U;

/// Everything validated, in metres, in one projected CRS.
struct PlanInput {
  std::string crs_id{};
  Ground ground{};
  std::vector<RasterSourceInfo> terrain_sources{};
  std::string vertical_datum = "as delivered by the source";
  std::size_t terrain_void_cells = 0;
  std::vector<Site> sites{};
  RadioModel model = P526{};
  Receiver receiver{};
  CoverageOptions coverage{};
  Climate climate{};
  KeepPathLoss keep_path_loss = KeepPathLoss::automatic;
  StatisticsOptions statistics{};
  ServiceTargets service{};
  Traffic traffic{};
  std::optional<TargetOptions> targets{};
  std::optional<LicenceOptions> licence{};
  std::vector<NamedPlace> places{};
  std::optional<CoordinationOptions> coordination{};
  std::optional<MoneyInput> money{};
  std::vector<double> rsrp_classes_dbm = {-120, -110, -100, -90, -80};  ///< legend bounds, ascending
  Population population{};
  Boundaries boundaries{};
  Roads roads{};
  FocusZones focus_zones{};
  Provenance provenance{};
  std::vector<Warning> warnings{};  ///< from reading
};

struct PlanOptions {
  int threads = 0;
  std::function<void(std::string_view stage, double done_fraction)> on_progress{};
};

struct PlanResult {
  Grid grid{};
  CoverageGrid coverage{};
  bool has_path_loss = true;  ///< the transmitters of `coverage` have their loss rasters
  ServerMaps maps{};
  std::optional<NetworkLoad> load{};     ///< where the scenario has traffic
  std::optional<ServiceMaps> service{};  ///< where the radio technology of any sector is known
  CoverageStatistics statistics{};
  std::optional<ServiceStatistics> service_statistics{};  ///< with `service`
  std::optional<Operators> operators{};   ///< where the existing sites belong to two operators or more
  std::optional<TargetReport> targets{};  ///< where the input has targets
  std::optional<LicenceAreas> licence{};  ///< where the input has a licence
  std::optional<PlacesReport> places{};   ///< where the input has named places
  std::optional<std::vector<CoordinationResult>> coordination{};  ///< [place], where the input has any
  std::optional<Bill> bill{};                                     ///< where the input has costs
  std::vector<Warning> warnings{};                                ///< from reading and planning, each id once
  std::vector<std::pair<std::string, double>> timing_s{};         ///< stage, seconds; not part of "same bytes"
};

[[nodiscard]] PlanResult plan(const PlanInput& input, const PlanOptions& options = {});

}  // namespace amaneku
