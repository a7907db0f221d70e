#include "terrain/crs.hpp"

#include <fmt/format.h>
#include <proj.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <utility>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const noexcept { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* object) const noexcept { proj_destroy(object); }
};
using Context = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using Object = std::unique_ptr<PJ, PjDeleter>;

constexpr const char* kGeographic = "EPSG:4326";

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw InputError(Fault{.message = why,
                         .key = "crs",
                         .value = text,
                         .legal = "a projected CRS in metres, for example EPSG:6676 or EPSG:32654"});
}

void check_axes(PJ_CONTEXT* context, const PJ* crs, const std::string& text) {
  const Object system(proj_crs_get_coordinate_system(context, crs));
  if (!system || proj_cs_get_axis_count(context, system.get()) != 2) refuse(text, "does not have two axes");
  std::string towards;
  for (int axis = 0; axis < 2; ++axis) {
    const char* direction = "";
    double metres = 0.0;
    proj_cs_get_axis_info(context, system.get(), axis, nullptr, nullptr, &direction, &metres, nullptr, nullptr,
                          nullptr);
    if (metres != 1.0) refuse(text, "has axes that are not in metres");
    towards += direction;
  }
  if (towards != "eastnorth" && towards != "northeast") refuse(text, "has axes that are not east and north");
}

void check_method(PJ_CONTEXT* context, const PJ* crs, const std::string& text) {
  const Object conversion(proj_crs_get_coordoperation(context, crs));
  const char* method = "";
  if (conversion) {
    proj_coordoperation_get_method_info(context, conversion.get(), &method, nullptr, nullptr);
  }
  if (method != nullptr && std::string(method).find("Mercator") != std::string::npos &&
      std::string(method).find("Transverse") == std::string::npos &&
      std::string(method).find("Oblique") == std::string::npos) {
    refuse(text, "is a Mercator projection, whose metres are too long away from the equator");
  }
}

}  // namespace

struct Crs::Impl {
  Context context;
  Object crs;
  Object from_lonlat;  ///< degrees (lon, lat) to metres (east, north), whatever the authority's axis order
  std::string id;
  std::string name;

  [[nodiscard]] PJ_COORD transform(PJ_DIRECTION direction, double first, double second) const {
    const PJ_COORD out = proj_trans(from_lonlat.get(), direction, proj_coord(first, second, 0.0, HUGE_VAL));
    if (!std::isfinite(out.xy.x) || !std::isfinite(out.xy.y)) {
      proj_errno_reset(from_lonlat.get());
      throw InputError(Fault{
          .message = fmt::format("the position ({}, {}) cannot be transformed to or from {}", first, second, name),
          .key = "crs",
          .value = id});
    }
    return out;
  }
};

bool is_authority_code(const std::string& text) noexcept {
  const auto colon = text.find(':');
  if (colon == std::string::npos || colon + 1 == text.size() || text.size() - colon > 10) return false;
  std::string authority = text.substr(0, colon);
  std::transform(authority.begin(), authority.end(), authority.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (authority != "EPSG" && authority != "ESRI" && authority != "IGNF") return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(colon) + 1, text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0; });
}

Crs Crs::from_text(const std::string& text) {
  if (!is_authority_code(text)) refuse(text, "is not the code of a coordinate reference system");
  auto impl = std::make_unique<Impl>();
  impl->context.reset(proj_context_create());
  PJ_CONTEXT* context = impl->context.get();
  proj_log_level(context, PJ_LOG_NONE);
  proj_context_set_enable_network(context, 0);

  impl->crs.reset(proj_create(context, text.c_str()));
  if (!impl->crs) refuse(text, "is not known to PROJ's database");
  if (proj_get_type(impl->crs.get()) != PJ_TYPE_PROJECTED_CRS) refuse(text, "is not projected");
  check_axes(context, impl->crs.get(), text);
  check_method(context, impl->crs.get(), text);

  const Object geographic(proj_create(context, kGeographic));
  const Object raw(proj_create_crs_to_crs_from_pj(context, geographic.get(), impl->crs.get(), nullptr, nullptr));
  if (raw) impl->from_lonlat.reset(proj_normalize_for_visualization(context, raw.get()));
  if (!impl->from_lonlat) refuse(text, "has no transformation from WGS 84");

  const char* authority = proj_get_id_auth_name(impl->crs.get(), 0);
  const char* code = proj_get_id_code(impl->crs.get(), 0);
  impl->id = authority != nullptr && code != nullptr ? std::string(authority) + ":" + code : text;
  impl->name = proj_get_name(impl->crs.get());
  return Crs(std::move(impl));
}

Crs::Crs(std::unique_ptr<Impl> impl) noexcept : impl_(std::move(impl)) {}
Crs::Crs(Crs&&) noexcept = default;
Crs& Crs::operator=(Crs&&) noexcept = default;
Crs::~Crs() = default;

const std::string& Crs::id() const noexcept {
  return impl_->id;
}
const std::string& Crs::name() const noexcept {
  return impl_->name;
}

std::string Crs::wkt() const {
  const char* text = proj_as_wkt(impl_->context.get(), impl_->crs.get(), PJ_WKT2_2019, nullptr);
  if (text == nullptr) throw InternalError("PROJ cannot write " + impl_->id + " as WKT");
  return text;
}

std::string Crs::proj4() const {
  const char* text = proj_as_proj_string(impl_->context.get(), impl_->crs.get(), PJ_PROJ_4, nullptr);
  if (text == nullptr) throw InternalError("PROJ cannot write " + impl_->id + " as a PROJ string");
  return text;
}

Point Crs::to_plan(LonLat position) const {
  const PJ_COORD out = impl_->transform(PJ_FWD, position.lon_deg, position.lat_deg);
  return {out.xy.x, out.xy.y};
}

LonLat Crs::to_lonlat(Point position) const {
  const PJ_COORD out = impl_->transform(PJ_INV, position.x_m, position.y_m);
  return {out.xy.x, out.xy.y};
}

namespace {

// About 20 m of meridian: long against the rounding of coordinates (1e-9 m), short against their curvature.
constexpr double kHalfStep_deg = 1e-4;

std::pair<Point, Point> short_meridian(const Crs& crs, LonLat at) {
  return {crs.to_plan({at.lon_deg, at.lat_deg - kHalfStep_deg}),
          crs.to_plan({at.lon_deg, at.lat_deg + kHalfStep_deg})};
}

}  // namespace

double Crs::convergence_deg(LonLat position) const {
  const auto [south, north] = short_meridian(*this, position);
  return std::atan2(north.x_m - south.x_m, north.y_m - south.y_m) * kRadToDeg;
}

double Crs::scale(LonLat position) const {
  const auto [south, north] = short_meridian(*this, position);
  // Meridional radius of curvature of GRS 80, which WGS 84 shares to 0.1 mm.
  constexpr double kSemiMajor_m = 6'378'137.0;
  constexpr double kEccentricity2 = 0.00669438002290;
  const double sin_lat = std::sin(position.lat_deg * kDegToRad);
  const double radius_m =
      kSemiMajor_m * (1.0 - kEccentricity2) / std::pow(1.0 - kEccentricity2 * sin_lat * sin_lat, 1.5);
  return distance_m(south, north) / (2.0 * kHalfStep_deg * kDegToRad * radius_m);
}

}  // namespace amaneku
