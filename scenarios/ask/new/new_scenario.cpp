#include "scenarios/ask/new/new_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "libsim/visibility/first_sites.hpp"
#include "libsim/visibility/visible_weights.hpp"
#include "scenarios/ask/new/data_folder.hpp"
#include "scenarios/ask/new/designations_file.hpp"
#include "scenarios/ask/new/new_text.hpp"
#include "scenarios/ask/new/zones_file.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/read/area.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/tables/csv_text.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/vector/place_source.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr double kMostMargin_m = 2'000.0;
constexpr double kAroundPlace_m = 5'000.0;
constexpr double kMostCells = 1.5e6;
constexpr int kMostCandidates = 30;
/// A roof of a school or clinic.
constexpr double kRoof_agl_m = 15.0;

[[noreturn]] void refuse_new(std::string key, std::string value, std::string message, std::string legal = {}) {
  throw InputError(Fault{
      .message = std::move(message), .key = std::move(key), .value = std::move(value), .legal = std::move(legal)});
}

LonLatBox larger(const LonLatBox& box, double margin_m) {
  constexpr double kMetresOfLatitude = kEarthRadius_m * kDegToRad;
  const double up = margin_m / kMetresOfLatitude;
  const double across = up / std::cos(box.centre().lat_deg * kDegToRad);
  return {box.west_deg - across, box.south_deg - up, box.east_deg + across, box.north_deg + up};
}

bool holds(const LonLatBox& outer, const LonLatBox& inner) {
  constexpr double kRounding_deg = 1e-6;
  return inner.west_deg >= outer.west_deg - kRounding_deg && inner.east_deg <= outer.east_deg + kRounding_deg &&
         inner.south_deg >= outer.south_deg - kRounding_deg && inner.north_deg <= outer.north_deg + kRounding_deg;
}

/// Where masts may stand (`box`, `codes`), and the larger area that is planned.
struct Outline {
  std::string name{};
  LonLatBox box{};
  LonLatBox area{};
  std::vector<std::string> codes{};
};

Outline outline_of(const NewScenario& options, const DataFolder& data) {
  const LonLatBox fetched = larger(data.box, data.margin_m);
  Outline out{.name = data.name, .box = data.box, .codes = data.municipalities};
  if (!options.municipality.empty()) {
    const std::string code = options.municipality.substr(0, 5);
    const auto found = data.known.find(code);
    if (found == data.known.end()) {
      std::string there;
      for (const auto& [known, told] : data.known) there += (there.empty() ? "" : ", ") + known + " " + told.name;
      refuse_new("municipality", options.municipality, "was not fetched into this folder",
                 there.empty() ? "none was" : there);
    }
    out = {.name = found->second.name, .box = found->second.box, .codes = {code}};
  } else if (options.box) {
    out = {.name = "", .box = *options.box};
  } else if (options.at) {
    out = {.name = "",
           .box = larger({options.at->lon_deg, options.at->lat_deg, options.at->lon_deg, options.at->lat_deg},
                         kAroundPlace_m)};
    out.box = {std::max(out.box.west_deg, fetched.west_deg), std::max(out.box.south_deg, fetched.south_deg),
               std::min(out.box.east_deg, fetched.east_deg), std::min(out.box.north_deg, fetched.north_deg)};
  }
  if (out.box.empty() || !holds(fetched, out.box))
    refuse_new(options.at ? "at" : "bbox", "", "lies outside of the data in this folder",
               fmt::format("{:.4f},{:.4f},{:.4f},{:.4f}", fetched.west_deg, fetched.south_deg, fetched.east_deg,
                           fetched.north_deg));
  out.area = larger(out.box, std::min(data.margin_m, kMostMargin_m));
  out.area = {std::max(out.area.west_deg, fetched.west_deg), std::max(out.area.south_deg, fetched.south_deg),
              std::min(out.area.east_deg, fetched.east_deg), std::min(out.area.north_deg, fetched.north_deg)};
  if (out.name.empty())
    out.name = fmt::format("{:.3f} {:.3f}", out.box.centre().lon_deg, out.box.centre().lat_deg);
  return out;
}

std::string crs_of(const Outline& outline) {
  if (!outline.codes.empty()) {
    if (const auto official = official_plan_crs(outline.codes.front(), outline.area)) return *official;
  }
  return choose_plan_crs(outline.area);
}

/// 30 m, or as much as a million and a half of cells allow.
double grid_of(const LonLatBox& area, const Crs& crs) {
  double cell_m = 30.0;
  while (static_cast<double>(plan_grid(area, crs, cell_m).cells()) > kMostCells) cell_m += 10.0;
  return cell_m;
}

/// From the scenario to the data, as a path of the scenario writes it.
std::string prefix_of(const fs::path& folder, const fs::path& data) {
  const fs::path home = fs::weakly_canonical(folder);
  const fs::path there = fs::canonical(data);
  const auto below = [&](const fs::path& root) -> std::optional<std::string> {
    const fs::path relative = there.lexically_relative(root);
    if (relative.empty() || *relative.begin() == "..") return std::nullopt;
    return relative == "." ? std::string{} : relative.generic_string() + "/";
  };
  if (const auto inside = below(home)) return *inside;
  if (const auto root = data_folder(folder)) {
    if (const auto inside = below(fs::canonical(*root))) return "${AMANEKU_DATA}/" + *inside;
  }
  refuse_new("output", folder.string(),
             "a scenario reads from its own folder and from AMANEKU_DATA alone, and the data are in neither",
             "a folder that holds " + data.string() + ", or the data below AMANEKU_DATA");
}

/// Of a TOML text its letters; other values as they are.
std::string unquoted(const std::string& value) {
  return value.size() > 1 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

struct Place {
  SourcePlace place{};
  LonLat position{};
};

std::vector<Place> places_in(const DataFolder& data, const LonLatBox& area, const Crs& crs) {
  std::vector<Place> out;
  for (const FetchedSource* source : data.of("places")) {
    PlaceSource like;
    for (const auto& [key, value] : source->keys) {
      const std::string text =
          value.size() > 1 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
      if (key == "name_field") like.name_field = text;
      if (key == "kind_field") like.kind_field = text;
      if (key == "kind") like.kind = text;
    }
    for (const std::string& file : source->files) {
      like.path = data.path / file;
      for (SourcePlace& place : read_source_places(like, crs)) {
        const LonLat at = crs.to_lonlat(place.at);
        if (holds(area, {at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg})) out.push_back({std::move(place), at});
      }
    }
  }
  return out;
}

std::string places_csv(const std::vector<Place>& places) {
  std::string out = "name,kind,lon,lat\n";
  for (const Place& place : places) {
    out += fmt::format("{},{},{:.6f},{:.6f}\n", csv_text(place.place.name), csv_text(place.place.kind),
                       place.position.lon_deg, place.position.lat_deg);
  }
  return out;
}

/// Voids that no municipality holds get 0 m, in the world and in the raster that is returned.
Raster<float> flood(World& world, NewFiles& told) {
  Raster<float>& ground = world.ground.ground_asl_m;
  Raster<float> sea(ground.grid, kNoData);
  const bool known = !world.boundaries.municipalities.empty();
  const Raster<std::int16_t> owner =
      known ? rasterize_municipalities(world.boundaries, ground.grid) : Raster<std::int16_t>(ground.grid, 0);
  for (std::size_t i = 0; i < ground.values.size(); ++i) {
    if (!std::isnan(ground.values[i])) continue;
    if (owner.values[i] >= 0) {
      ++told.void_cells;
      continue;
    }
    sea.values[i] = ground.values[i] = 0.0F;
    ++told.sea_cells;
  }
  return sea;
}

/// Cells of the municipalities (or the box) that have ground all around.
std::vector<bool> allowed_cells(const World& world, const Outline& outline, const Crs& crs,
                                const Raster<float>& sea) {
  const Raster<float>& ground = world.ground.ground_asl_m;
  const Grid& grid = ground.grid;
  const bool by_code = !outline.codes.empty() && !world.boundaries.municipalities.empty();
  const Raster<std::int16_t> owner =
      by_code ? rasterize_municipalities(world.boundaries, grid) : Raster<std::int16_t>(grid, 0);
  const std::set<std::string> codes(outline.codes.begin(), outline.codes.end());
  std::vector<bool> allowed(grid.cells(), false);
  for (int iy = 1; iy + 1 < grid.ny; ++iy) {
    for (int ix = 1; ix + 1 < grid.nx; ++ix) {
      const std::int16_t of = owner.at(ix, iy);
      const bool inside =
          by_code ? of >= 0 && codes.count(world.boundaries.municipalities[static_cast<std::size_t>(of)].code) > 0
                  : [&] {
                      const LonLat at = crs.to_lonlat(grid.centre(ix, iy));
                      return holds(outline.box, {at.lon_deg, at.lat_deg, at.lon_deg, at.lat_deg});
                    }();
      bool dry = inside && std::isnan(sea.at(ix, iy));
      for (int dy = -1; dry && dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) dry = dry && !std::isnan(ground.at(ix + dx, iy + dy));
      }
      allowed[grid.index(ix, iy)] = dry;
    }
  }
  return allowed;
}

class NewSiteRows {
 public:
  explicit NewSiteRows(const Crs& crs) : crs_(crs) {}

  void add(const std::string& id, const std::string& name, Point at, bool planned, double tx_agl_m) {
    const LonLat position = crs_.to_lonlat(at);
    text_ += fmt::format("{},{},{:.7f},{:.7f},{},1,{:.1f}\n", id, csv_text(name), position.lon_deg,
                         position.lat_deg, planned ? "existing" : "candidate", tx_agl_m);
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  const Crs& crs_;
  std::string text_ = "site_id,name,lon,lat,status,sector_id,tx_agl_m\n";
};

std::string sites_csv(const FirstSites& found, const std::vector<Place>& places, const Raster<float>& ground,
                      const NewScenario& options, const Crs& crs, NewFiles& told) {
  NewSiteRows rows(crs);
  constexpr double kMast_agl_m = 20.0;
  if (options.at) {
    rows.add("S01", "", crs.to_plan(*options.at), true, kMast_agl_m);
    ++told.sites;
  }
  for (const FirstSite& site : found.taken)
    rows.add(fmt::format("S{:02d}", ++told.sites), "", site.at, true, kMast_agl_m);
  std::size_t n = 0;
  for (const FirstSite& site : found.others) {
    if (site.new_people <= 0.0 || ++n > kMostCandidates) break;
    rows.add(fmt::format("C{:02d}", ++told.candidates), "", site.at, false, kMast_agl_m);
  }
  int roofs = 0;
  for (const Place& place : places) {
    if (std::isnan(sample_bilinear(ground, place.place.at)) || roofs >= kMostCandidates) continue;
    rows.add(fmt::format("R{:02d}", ++roofs), place.place.name, place.place.at, false, kRoof_agl_m);
  }
  told.candidates += roofs;
  return rows.text();
}

void require_new(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) refuse_new("output", folder.string(), "cannot be made: " + error.message());
  for (const char* name : {"scenario.toml", "sites.csv"}) {
    if (fs::exists(folder / name, error))
      refuse_new("output", (folder / name).string(), "is there already, and may have been changed by hand",
                 "another folder, or the file moved away");
  }
}

Raster<float> ground_of(const DataFolder& data, const Grid& grid, const Crs& crs) {
  std::vector<RasterSource> sources;
  for (const FetchedSource* source : data.of("dem")) {
    for (const std::string& file : source->files) {
      RasterSource raster{.path = data.path / file};
      for (const auto& [key, value] : source->keys) {
        if (key == "crs") raster.crs = unquoted(value);
        if (key == "nodata") raster.nodata = parse_number(value);
      }
      sources.push_back(std::move(raster));
    }
  }
  return read_mosaic(sources, grid, crs, Interpolation::cubic).raster;
}

/// People and boundaries as the scenario will have them, on its ground. The text of the draft lies beside the
/// later scenario while it is read.
World looked_at(const fs::path& folder, NewText text, const Crs& crs, const PlanOptions& plan_options) {
  text.draft = true;
  PendingFile draft(folder / "new.toml");
  draft.write(new_scenario_text(text));
  World world = load(draft.temporary(), {}, plan_options).input.world;
  world.ground.ground_asl_m = ground_of(text.data, world.grid(), crs);
  return world;
}

FirstSites masts_of(const World& world, const std::vector<bool>& allowed, const CarrierChoice& carrier, bool given,
                    int threads) {
  const std::vector<float> people = people_of_cells(world);
  const VisibilityWorld sight{
      .grid = world.grid(), .ground_asl_m = world.ground.ground_asl_m.values, .people = people};
  const Grid& grid = world.grid();
  const double most_m = grid.cell_m * std::max(grid.nx, grid.ny);
  return first_sites(
      sight, allowed,
      {.radius_m = std::min(carrier.radius_m, most_m), .most_sites = given ? 0 : 12, .threads = threads});
}

}  // namespace

NewFiles write_new_scenario(const NewScenario& options, const PlanOptions& plan_options) {
  const DataFolder data = read_data_folder(options.data);
  if (data.of("dem").empty()) refuse_new("data", options.data.string(), "holds no heights", "the layer dem");
  const fs::path folder = options.folder.empty() ? options.data : options.folder;
  const RadioTechnology& technology = technology_of(built_in_radio_catalogue(), options.technology);
  const Outline outline = outline_of(options, data);
  const std::string crs_id = crs_of(outline);
  const Crs crs = Crs::from_text(crs_id);
  require_new(folder);
  NewText text{.data = data,
               .name = outline.name,
               .crs = crs_id,
               .area = outline.area,
               .grid_m = grid_of(outline.area, crs),
               .technology = options.technology,
               .carrier = carrier_choice(technology),
               .prefix = prefix_of(folder, options.data),
               .language = options.language};
  World world = looked_at(folder, text, crs, plan_options);
  NewFiles told{.scenario = folder / "scenario.toml"};
  const Raster<float> sea = flood(world, told);
  const std::vector<Place> places = places_in(data, outline.area, crs);
  const FirstSites found = masts_of(world, allowed_cells(world, outline, crs, sea), text.carrier,
                                    options.at.has_value(), plan_options.threads);
  told.people = found.people;
  told.people_seen = found.people_seen;
  const std::string sites = sites_csv(found, places, world.ground.ground_asl_m, options, crs, told);
  if (told.sites == 0)
    refuse_new("data", options.data.string(), "nobody lives there: no place for a first mast follows",
               "people in the area, or --at LON,LAT");
  text.sea = told.sea_cells > 0;
  text.voids = told.void_cells > 0;
  text.places = !places.empty();
  text.zones = text.sea && asks_for_zones(text.carrier);
  const std::vector<DesignatedMunicipality> areas = designated(data, world.boundaries, outline.codes, crs);
  text.designations = !areas.empty();
  if (text.sea) write_cog(folder / "sea.tif", sea, crs, {});
  if (text.zones) write_cog(folder / "zone.tif", zones_of(world.ground.ground_asl_m, sea), crs, {});
  if (text.designations) {
    write_file_atomically(folder / "municipalities.csv",
                          municipalities_csv(areas, world.boundaries, outline.codes));
  }
  if (text.places) write_file_atomically(folder / "places.csv", places_csv(places));
  write_file_atomically(folder / "sites.csv", sites);
  write_file_atomically(told.scenario, new_scenario_text(text));
  return told;
}

}  // namespace amaneku::scenarios
