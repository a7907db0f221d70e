// Areas that a licence application draws: cover area (カバーエリア) and coordination area (調整対象区域), as
// contours of received power, on own land (自己土地) and other land (他者土地).
//
// Power is that of the whole carrier at an isotropic antenna (0 dBi), without losses of body or building. Of
// several sectors the strongest counts. docs/methods/licence_areas.md.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/maps/radio.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct LicenceOptions {
  double cover_dbm = 0.0;         ///< at or above: cover area
  double coordination_dbm = 0.0;  ///< at or above: coordination area; below cover_dbm
  std::string threshold_source{};
  bool thresholds_verified = false;   ///< they were read in the text that is named
  std::optional<double> rx_agl_m{};   ///< none: that of the receiver
  std::optional<RadioModel> model{};  ///< none: that of the plan
  bool per_site = false;              ///< each site by itself, beside all together
  std::vector<std::string> sites{};   ///< Site::id; empty: all existing ones
  std::vector<MultiPolygon> own_land{};
  std::string own_land_source{};
};

enum class LicenceKind : std::uint8_t { cover, coordination };
enum class LicenceLand : std::uint8_t { all, own, other };
inline constexpr std::array<std::string_view, 2> kLicenceKinds = {"cover", "coordination"};  ///< [LicenceKind]
inline constexpr std::array<std::string_view, 3> kLicenceLands = {"all", "own", "other"};    ///< [LicenceLand]

struct LicenceArea {
  LicenceKind kind{};
  LicenceLand land{};  ///< own and other only where there is own land
  std::string site{};  ///< Site::id; "": all merged
  double threshold_dbm = 0.0;
  MultiPolygon area{};
  double area_m2 = 0.0;
};

/// Received power of one site, or of all.
struct LicenceMap {
  std::string site{};
  Raster<float> power_dbm{};
};

struct LicenceAreas {
  std::vector<LicenceArea> areas{};  ///< all merged first; those that have an area
  std::string model{};               ///< id
  double rx_agl_m = 0.0;
  std::vector<std::string> sites{};  ///< Site::id
  /// An area touches the edge of the plan or cells that were not computed: it may go on there.
  bool cut = false;
};

/// The strongest of the sectors that serve ([Coverage::sectors] 1 or 0), whole carrier.
[[nodiscard]] Raster<float> carrier_power_dbm(const Radio& radio, const std::vector<std::uint8_t>& serves);

/// InputError where the coordination threshold is not below that of the cover area.
void check_licence_options(const LicenceOptions& options);

[[nodiscard]] std::vector<LicenceArea> draw_licence_areas(const LicenceOptions& options, const LicenceMap& map);

/// True where a cell at or above the threshold lies on the edge of the grid or beside a cell without a value.
[[nodiscard]] bool is_cut(const Raster<float>& power_dbm, double threshold_dbm) noexcept;

/// At the licence's model and height: losses of their own where those differ from the plan's.
[[nodiscard]] LicenceAreas licence_areas(const LicenceOptions& options, const Radio& radio);

}  // namespace amaneku
