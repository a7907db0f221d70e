#include "scenarios/read/scenario.hpp"
#include "scenarios/read/counted_twice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "libsim/entry_of.hpp"
#include "propagation/link_ranges.hpp"
#include "scenarios/catalogue/climate.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/read/area.hpp"
#include "scenarios/read/buildings.hpp"
#include "scenarios/read/existing_coverage.hpp"
#include "scenarios/read/plausibility.hpp"
#include "scenarios/read/portable_names.hpp"
#include "scenarios/read/radio_carriers.hpp"
#include "scenarios/read/site_list.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/schema/model_keys.hpp"
#include "terrain/fault_list.hpp"
#include "terrain/vector/column_names.hpp"

namespace amaneku::scenarios {
namespace {

/// The parts of load() in their order. Faults gather in the document until a later part needs what is missing.
class Loader {
 public:
  Loader(const std::filesystem::path& file, const LoadOptions& options, const PlanOptions& plan_options)
      : document_(file, options.settings), options_(options), plan_options_(plan_options) {}

  Scenario run() {
    tell(0.0);
    provenance();
    radio();
    area();
    climate();
    sites();
    document_.throw_if_faulty();
    place_sites();
    warn(counted_twice(input_));
    traffic();
    tell(0.1);
    people_and_places();
    tell(0.5);
    if (!document_.faulty()) terrain();
    studies();
    document_.throw_if_faulty();
    tell(0.9);
    input_.provenance.input_sha256 = document_.hashes();
    name_portably();
    tell(1.0);
    return {std::move(input_), std::move(studies_), std::filesystem::absolute(document_.file()),
            std::move(catalogue_), csv_mark_};
  }

 private:
  void tell(double done) const {
    if (plan_options_.on_progress) plan_options_.on_progress("read", done);
  }

  void warn(const std::vector<Warning>& warnings) {
    input_.warnings.insert(input_.warnings.end(), warnings.begin(), warnings.end());
  }

  void provenance() {
    const SectionView view = document_.section("scenario");
    Provenance& out = input_.provenance;
    out.scenario_name = view.text("name");
    out.scenario_description = view.text("description");
    out.japanese = {.scenario_name = view.text("title_ja"),
                    .scenario_description = view.text("description_ja"),
                    .credits = view.texts("credits_ja")};
    out.scenario_file = std::filesystem::path(document_.file()).filename().string();
    out.scenario_text = document_.text();
    out.seed = static_cast<std::uint64_t>(view.integer("seed"));
    out.credits = view.texts("credits");
    out.synthetic = view.flag("synthetic");
    if (out.synthetic) out.synthetic_parts.emplace_back("region");
    for (const auto& [key, value] : options_.settings) out.settings[key] = value;
  }

  void radio() {
    const SectionView receiver = document_.section("receiver");
    input_.network.receiver = {.rx_agl_m = receiver.number("rx_agl_m"),
                               .body_loss_db = receiver.number("body_loss_db"),
                               .building_loss_db = receiver.number("building_loss_db")};
    if (receiver.given("gain_dbi")) input_.network.receiver.gain_dbi = receiver.number("gain_dbi");
    model();
    coverage();
    service();
    output();
  }

  void model() {
    const SectionView view = document_.section("propagation");
    document_.attempt(view, "model", [&] { input_.engine.model = model_of(view, "propagation"); });
    for (const SectionView& loss : document_.sections("propagation.added_loss")) {
      document_.attempt(loss, "model", [&] {
        input_.engine.coverage.added_losses.push_back(model_of(loss, "propagation.added_loss"));
      });
    }
    input_.engine.coverage.polarization =
        polarization_of(view.text("polarization")).value_or(Polarization::vertical);
    if (view.given("n0")) input_.engine.climate.n0.from = ClimateOrigin::From::scenario;
    if (view.given("delta_n") || view.given("effective_earth_radius_m")) {
      input_.engine.climate.earth_radius.from = ClimateOrigin::From::scenario;
    }
    input_.engine.coverage.n0 = view.number("n0");
    if (view.given("delta_n") && view.given("effective_earth_radius_m")) {
      document_.add(view.fault("delta_n", "give delta_n or effective_earth_radius_m, not both"));
    } else if (view.given("delta_n")) {
      input_.engine.coverage.effective_earth_radius_m = effective_earth_radius_m(view.number("delta_n"));
    } else {
      input_.engine.coverage.effective_earth_radius_m = view.number("effective_earth_radius_m");
    }
  }

  /// After area(): the maps are read at its middle. What [propagation] states itself stays.
  void climate() {
    const SectionView view = document_.section("propagation.air");
    const std::string city = view.text("city");
    if (view.node() == nullptr || document_.faulty()) return;
    if (city.empty() && !view.given("path")) {
      document_.add(view.fault("city", "give a city, or the path of a folder with DN50.TXT and N050.TXT"));
      return;
    }
    document_.attempt(view, city.empty() ? "path" : "city", [&] {
      const Refractivity found = city.empty() ? refractivity_of_maps(document_.path_of(view), middle())
                                 : view.given("path")
                                     ? city_of_file(city, document_.path_of(view))
                                     : refractivity_of_city(city, built_in_cities(), "climate_cities.toml");
      Climate& origin = input_.engine.climate;
      if (origin.n0.from == ClimateOrigin::From::standard) {
        input_.engine.coverage.n0 = found.n0;
        origin.n0 = found.n0_origin;
      }
      if (origin.earth_radius.from == ClimateOrigin::From::standard) {
        input_.engine.coverage.effective_earth_radius_m = effective_earth_radius_m(found.delta_n);
        origin.earth_radius = found.delta_n_origin;
      }
    });
  }

  static Refractivity city_of_file(const std::string& city, const std::filesystem::path& file) {
    constexpr std::uintmax_t kMaxTableBytes = 1 << 20;
    return refractivity_of_city(city, read_text(file, kMaxTableBytes), file.string());
  }

  [[nodiscard]] LonLat middle() const {
    return {0.5 * (box_.west_deg + box_.east_deg), 0.5 * (box_.south_deg + box_.north_deg)};
  }

  void coverage() {
    const SectionView view = document_.section("coverage");
    input_.engine.coverage.radius_m = view.number("radius_m");
    input_.engine.coverage.engine = view.text("engine") == "radial" ? LossEngine::radial : LossEngine::exact;
    input_.engine.coverage.own_line_samples = static_cast<int>(view.integer("own_line_samples"));
    input_.engine.coverage.arc_cells = view.number("arc_cells");
    input_.engine.coverage.threads = plan_options_.threads;
    input_.statistics = {.threshold_dbm = view.number("threshold_dbm"), .road_step_m = view.number("road_step_m")};
    input_.rsrp_classes_dbm = view.numbers("classes_dbm");
    const auto& classes = input_.rsrp_classes_dbm;
    if (classes.empty()) document_.add(view.fault("classes_dbm", "needs one bound at least"));
    if (std::adjacent_find(classes.begin(), classes.end(), std::greater_equal<>()) != classes.end()) {
      document_.add(view.fault("classes_dbm", "the bounds are not ascending"));
    }
  }

  void service() {
    const SectionView view = document_.section("service");
    for (const Field<ServiceTargets>& field : kServiceFields)
      input_.service.*field.member = view.number(field.name);
  }

  /// Points are placed once the CRS of the plan is known.
  void traffic() {
    const SectionView view = document_.section("traffic");
    Traffic& out = input_.traffic;
    const double person_bps =
        busy_hour_bps(view.number("gb_per_month_per_person"), view.number("busy_hour_share"));
    const double uplink_share = view.number("uplink_share");
    constexpr double kPerKmToPerM = 1e-3;
    constexpr double kKilobit = 1e3;
    constexpr double kMegabit = 1e6;
    out.dl_bps_per_person = person_bps * (1.0 - uplink_share);
    out.ul_bps_per_person = person_bps * uplink_share;
    out.dl_bps_per_road_m = view.number("road_dl_kbps_per_km") * kKilobit * kPerKmToPerM;
    out.ul_bps_per_road_m = view.number("road_ul_kbps_per_km") * kKilobit * kPerKmToPerM;
    for (const SectionView& point : document_.sections("traffic.point")) {
      const Point at = crs_->to_plan({point.number("lon"), point.number("lat")});
      if (!grid_.contains(at)) document_.add(point.fault("name", "the point lies outside the area"));
      out.fixed.push_back(
          {point.text("name"), at, point.number("dl_mbps") * kMegabit, point.number("ul_mbps") * kMegabit});
    }
  }

  void output() {
    csv_mark_ = document_.section("output").flag("csv_mark");
    const std::string path_loss = document_.section("output").text("path_loss");
    input_.keep_path_loss = path_loss == "auto"     ? KeepPathLoss::automatic
                            : path_loss == "always" ? KeepPathLoss::always
                                                    : KeepPathLoss::never;
  }

  void area() {
    sources_ = rasters("terrain.dem");
    const SectionView view = document_.section("area");
    const bool of_dem = view.flag("dem");
    if (view.given("bbox_deg") == of_dem) {
      document_.add(view.fault("bbox_deg", "give exactly one of bbox_deg and dem = true"));
      return;
    }
    document_.attempt(view, of_dem ? "dem" : "bbox_deg", [&] {
      box_ = of_dem ? dem_box() : bbox(view.numbers("bbox_deg"));
      const std::string crs = document_.section("scenario").text("crs");
      input_.world.crs_id = crs == "auto" ? zone_by_municipality(choose_plan_crs(box_)) : crs;
    });
    if (document_.faulty()) return;
    document_.attempt(document_.section("scenario"), "crs", [&] { crs_ = Crs::from_text(input_.world.crs_id); });
    if (!crs_) return;
    input_.world.crs_id = crs_->id();
    document_.attempt(view, of_dem ? "dem" : "bbox_deg",
                      [&] { grid_ = plan_grid(box_, *crs_, document_.section("scenario").number("grid_m")); });
    warn_of_scale();
  }

  /// Where boundaries are given, the municipality at the middle of the plan decides on its zone, as the official
  /// text does. They are then read in the CRS that was guessed, and kept if it was right. Their faults are told
  /// later.
  [[nodiscard]] std::string zone_by_municipality(std::string crs_id) {
    if (document_.sections("boundaries").empty()) return crs_id;
    try {
      const Crs crs = Crs::from_text(crs_id);
      Boundaries read = read_boundaries(boundary_sources(), crs);
      const Point at = crs.to_plan(middle());
      for (const Municipality& municipality : read.municipalities) {
        if (!contains(municipality.area, at)) continue;
        const auto official = official_plan_crs(municipality.code, box_);
        if (official && *official != crs_id) return *official;
      }
      input_.world.boundaries = std::move(read);
      boundaries_in_ = crs_id;
    } catch (const InputError&) {
    }
    return crs_id;
  }

  [[nodiscard]] std::vector<BoundarySource> boundary_sources() {
    std::vector<BoundarySource> out;
    for (const SectionView& view : document_.sections("boundaries")) {
      out.push_back(
          {document_.path_of(view), view.text("code_field"), view.texts("name_fields"), view.flag("repair")});
    }
    return out;
  }

  void warn_of_scale() {
    if (document_.faulty() || !crs_) return;
    constexpr double kMostError = 1e-3;
    double worst = 0.0;
    for (const double u : {0.0, 0.5, 1.0}) {
      for (const double v : {0.0, 0.5, 1.0}) {
        const LonLat at{box_.west_deg + u * (box_.east_deg - box_.west_deg),
                        box_.south_deg + v * (box_.north_deg - box_.south_deg)};
        worst = std::max(worst, std::abs(crs_->scale(at) - 1.0));
      }
    }
    if (worst <= kMostError) return;
    input_.warnings.push_back(
        {"plan_scale", fmt::format("lengths in {} are wrong by up to {:.2f} % at the edge of the area: {}",
                                   crs_->id(), 100.0 * worst, mend_of_scale())});
  }

  /// A zone that was written by hand may be the neighbour's.
  [[nodiscard]] std::string mend_of_scale() const {
    const std::string chosen = choose_plan_crs(box_);
    if (chosen != crs_->id() && document_.section("scenario").text("crs") != "auto")
      return "scenario.crs = \"auto\" takes " + chosen;
    return "a smaller area, or a scenario.crs of its own, such as an equal-area or conic one";
  }

  [[nodiscard]] LonLatBox dem_box() const {
    if (sources_.empty()) throw InputError(Fault{.message = "there is no [[terrain.dem]] to take the area from"});
    const LonLatBox box = raster_extent(sources_.front());
    if (box.east_deg - box.west_deg > 180.0) {
      throw InputError(Fault{.message = "the DEM crosses 180 degrees of longitude, or is of the whole world",
                             .file = sources_.front().path.string(),
                             .legal = "area.bbox_deg on one side of 180 degrees"});
    }
    return box;
  }

  [[nodiscard]] static LonLatBox bbox(const std::vector<double>& edges) {
    const LonLatBox box{.west_deg = edges[0], .south_deg = edges[1], .east_deg = edges[2], .north_deg = edges[3]};
    if (box.west_deg < box.east_deg && box.south_deg < box.north_deg && box.south_deg >= -90.0 &&
        box.north_deg <= 90.0) {
      return box;
    }
    if (box.west_deg > 0.0 && box.east_deg < 0.0) {
      throw InputError(Fault{.message = "the area crosses 180 degrees of longitude, which is not supported",
                             .legal = "two scenarios, one on each side"});
    }
    const bool swapped = are_swapped({box.west_deg, box.south_deg}) && are_swapped({box.east_deg, box.north_deg});
    throw InputError(
        Fault{.message = swapped ? "is not an area: are longitude and latitude swapped?" : "is not an area",
              .legal = "[west, south, east, north], west < east, south < north, latitudes -90 .. 90"});
  }

  std::vector<RasterSource> rasters(const std::string& name) {
    std::vector<RasterSource> out;
    for (const SectionView& view : document_.sections(name)) {
      RasterSource source{.path = document_.path_of(view), .crs = view.text("crs")};
      if (view.given("nodata")) source.nodata = view.number("nodata");
      source.sea_is_zero = document_.section("terrain").flag("sea_is_zero");
      source.meaning = name == "terrain.zone"             ? RasterMeaning::classes
                       : name == "terrain.clutter_height" ? RasterMeaning::clutter
                                                          : RasterMeaning::ground;
      out.push_back(std::move(source));
    }
    return out;
  }

  void sites() {
    const Antennas antennas = read_antennas(document_);
    SiteList list = read_sites(document_, antennas);
    warn(list.warnings);
    located_ = std::move(list.sites);
    carriers();
  }

  void carriers() {
    const SectionView view = document_.section("radio");
    document_.attempt(view, "path", [&] {
      const std::string curve = view.text("link_curve");
      const auto assign = [&](const RadioCatalogue& catalogue) {
        document_.attempt(view, "link_curve", [&] {
          if (!curve.empty()) (void)entry_of(catalogue.curves, curve, "link_curve");
        });
        if (document_.faulty()) return;
        warn(assign_carriers(document_, catalogue, curve, located_));
      };
      catalogue_ = view.given("path") ? radio_catalogue_with(document_.path_of(view)) : built_in_radio_catalogue();
      assign(catalogue_);
    });
  }

  void place_sites() {
    std::vector<const LocatedSite*> outside;
    std::vector<const LocatedSite*> swapped;
    for (LocatedSite& located : located_) {
      Site& site = located.site;
      site.at = crs_->to_plan(site.position);
      site.convergence_deg = crs_->convergence_deg(site.position);
      if (!grid_.contains(site.at)) (lies_inside_swapped(site.position) ? swapped : outside).push_back(&located);
      input_.network.sites.push_back(site);
    }
    tell_outside(outside);
    if (!swapped.empty()) {
      site_fault(*swapped.front(),
                 "lies outside the area, and inside with lon and lat exchanged: are they swapped?" +
                     (swapped.size() > 1 ? fmt::format(" ({} sites in all)", swapped.size()) : std::string{}));
    }
    warn(antenna_warnings(input_.network.sites));
    warn(unlikely_values(input_.network.sites));
    if (options_.check_only) flag_validity();
  }

  /// Where no site at all lies inside, it is the area that is wrong, or the file as a whole.
  void tell_outside(const std::vector<const LocatedSite*>& outside) {
    if (outside.size() > 1 && outside.size() == located_.size()) {
      const SectionView view = document_.section("area");
      const Site& first = outside.front()->site;
      document_.add(
          view.fault(view.given("bbox_deg") ? "bbox_deg" : "dem",
                     fmt::format("none of the {} sites lies inside, such as {} at ({:.5f}, {:.5f})",
                                 outside.size(), first.id, first.position.lon_deg, first.position.lat_deg)));
      return;
    }
    HabitFaults habits;
    for (const LocatedSite* located : outside)
      habits.add(located->where.file, site_fault_of(*located, "lies outside the area"));
    for (Fault& fault : habits.take()) document_.add(std::move(fault));
  }

  [[nodiscard]] bool lies_inside_swapped(LonLat p) const {
    const LonLat exchanged{p.lat_deg, p.lon_deg};
    return std::fabs(exchanged.lat_deg) <= 90.0 && exchanged.lon_deg > box_.west_deg &&
           exchanged.lon_deg < box_.east_deg && exchanged.lat_deg > box_.south_deg &&
           exchanged.lat_deg < box_.north_deg;
  }

  void site_fault(const LocatedSite& located, const std::string& why) {
    document_.add(site_fault_of(located, why));
  }

  [[nodiscard]] static Fault site_fault_of(const LocatedSite& located, const std::string& why) {
    Fault fault = located.where;
    fault.key.clear();
    fault.value.clear();
    fault.message = fmt::format("site {} ({:.5f}, {:.5f}) {}", located.site.id, located.site.position.lon_deg,
                                located.site.position.lat_deg, why);
    return fault;
  }

  /// Computed AND flagged: plan() says it of a run, this says it before.
  void flag_validity() {
    std::map<std::string, long long> counts;
    std::vector<std::string> order;
    for (const Site& site : input_.network.sites) {
      if (!site.existing) continue;
      for (const Sector& sector : site.sectors) {
        const Link link =
            link_of(site, sector.freq_hz, sector.tx_agl_m, input_.network.receiver, input_.engine.coverage);
        std::vector<RadioModel> models = input_.engine.coverage.added_losses;
        models.insert(models.begin(), input_.engine.model);
        for (const RadioModel& model : models) {
          for (const std::string& text : validity_warnings(model, link, input_.engine.coverage.radius_m)) {
            if (counts[text]++ == 0) order.push_back(text);
          }
        }
      }
    }
    for (const std::string& text : order) input_.warnings.push_back({"model_validity", text, counts[text]});
  }

  void people_and_places() {
    for (const SectionView& view : document_.sections("population")) {
      document_.attempt(view, "path", [&] { add_population(view); });
    }
    if (input_.world.population.sources.size() > 1) warn_of_meshes_on_others();
    const std::vector<BoundarySource> boundaries = boundary_sources();
    if (!boundaries.empty()) {
      if (boundaries_in_ != input_.world.crs_id) {
        document_.attempt(document_.sections("boundaries").front(), "path",
                          [&] { input_.world.boundaries = read_boundaries(boundaries, *crs_); });
      }
      warn(input_.world.boundaries.warnings);
    }
    std::vector<RoadSource> roads;
    for (const SectionView& view : document_.sections("roads")) {
      roads.push_back({document_.path_of(view), view.text("class_field"), view.text("road_class"),
                       view.text("name_field"), view.text("tunnel_field"), view.flag("tunnels_served"),
                       view.text("bridge_field")});
    }
    if (!roads.empty()) {
      document_.attempt(document_.sections("roads").front(), "path",
                        [&] { input_.world.roads = read_roads(roads, *crs_); });
      warn(input_.world.roads.warnings);
    }
    if (!input_.world.boundaries.municipalities.empty())
      assign_municipalities(input_.world.population, input_.world.boundaries);
    focus_zones();
    input_.world.existing = existing_coverage(document_, grid_, *crs_);
    warn(input_.world.existing.warnings);
  }

  void focus_zones() {
    const auto views = document_.sections("focus_zones");
    std::vector<FocusZoneSource> sources;
    for (const SectionView& view : views) {
      sources.push_back({document_.path_of(view), view.text("name_field"), view.flag("repair")});
    }
    if (sources.empty()) return;
    document_.attempt(views.front(), "path", [&] { input_.world.focus_zones = read_focus_zones(sources, *crs_); });
    warn(input_.world.focus_zones.warnings);
  }

  void add_population(const SectionView& view) {
    if (view.text("datum") == "tokyo") {
      document_.add(
          view.fault("datum",
                     "mesh codes of the Tokyo datum (日本測地系) lie some 450 m from those of JGD2011: take the "
                     "file for 世界測地系"));
      return;
    }
    const std::vector<std::string>& words = formats();
    const auto word = std::find(words.begin(), words.end(), view.text("format"));
    Population part = read_population({.path = document_.path_of(view),
                                       .format = static_cast<PopulationFormat>(word - words.begin()),
                                       .count_field = view.text("count_field"),
                                       .lon_field = view.text("lon_field"),
                                       .lat_field = view.text("lat_field"),
                                       .mesh_field = view.text("mesh_field"),
                                       .synthetic = view.flag("synthetic")},
                                      *crs_);
    warn(part.warnings);
    if (part.synthetic) {
      input_.provenance.synthetic = true;
      input_.provenance.synthetic_parts.emplace_back("population");
    }
    Population& all = input_.world.population;
    all.mesh_level = all.units.empty() ? part.mesh_level : all.mesh_level == part.mesh_level ? part.mesh_level : 0;
    all.total += part.total;
    all.synthetic = all.synthetic || part.synthetic;
    all.units.insert(all.units.end(), std::make_move_iterator(part.units.begin()),
                     std::make_move_iterator(part.units.end()));
    all.sources.insert(all.sources.end(), part.sources.begin(), part.sources.end());
    all.warnings.insert(all.warnings.end(), part.warnings.begin(), part.warnings.end());
  }

  void warn_of_meshes_on_others() {
    const long long count = meshes_on_others(input_.world.population.units);
    if (count == 0) return;
    input_.warnings.push_back({"population_counted_twice",
                               "meshes that come in more than one population file, or inside a larger mesh of "
                               "another: their people were added up, which is right only for parts of a whole",
                               count});
  }

  /// The words of `format`, in the order of PopulationFormat.
  static const std::vector<std::string>& formats() {
    const auto& keys = schema_section("population").keys;
    return std::find_if(keys.begin(), keys.end(), [](const SchemaKey& key) { return key.name == "format"; })
        ->choices;
  }

  void terrain() {
    const SectionView view = document_.section("terrain");
    input_.world.vertical_datum = view.text("vertical_datum");
    input_.provenance.japanese.vertical_datum = view.text("vertical_datum_ja");
    if (sources_.empty()) {
      flat(view);
      return;
    }
    check_extents(view);
    if (options_.check_only || document_.faulty()) {
      input_.world.ground.ground_asl_m.grid = grid_;
      return;
    }
    document_.attempt(document_.sections("terrain.dem").front(), "path", [&] {
      MosaicResult mosaic = read_mosaic(sources_, grid_, *crs_, Interpolation::cubic);
      input_.world.ground.ground_asl_m = std::move(mosaic.raster);
      input_.world.terrain_sources = std::move(mosaic.sources);
      input_.world.terrain_void_cells = mosaic.void_cells;
      warn(mosaic.warnings);
    });
    if (document_.faulty()) return;
    warn_of_datums();
    check_sea(view);
    check_voids_at_sites();
    clutter();
    zones();
  }

  void flat(const SectionView& view) {
    if (!view.given("flat_asl_m")) {
      document_.add(
          view.fault("dem", "no ground: name a [[terrain.dem]], or set terrain.flat_asl_m for a flat-earth run"));
      return;
    }
    input_.world.vertical_datum = "none: flat earth";
    input_.provenance.japanese.vertical_datum.clear();
    input_.world.flat_earth = true;
    input_.world.ground.ground_asl_m.grid = grid_;
    if (!options_.check_only) {
      input_.world.ground.ground_asl_m = Raster<float>(grid_, static_cast<float>(view.number("flat_asl_m")));
    }
    input_.warnings.push_back(
        {"terrain_flat", fmt::format("no DEM: flat ground at {} m", view.number("flat_asl_m"))});
  }

  void check_extents(const SectionView& view) {
    std::vector<LonLatBox> extents;
    document_.attempt(document_.sections("terrain.dem").front(), "path", [&] {
      for (const RasterSource& source : sources_) extents.push_back(raster_extent(source));
    });
    if (document_.faulty()) return;
    const auto missing = missing_terrain(box_, extents);
    if (!missing) return;
    if (view.flag("allow_missing")) {
      input_.warnings.push_back({"terrain_smaller_than_area", missing->text()});
      return;
    }
    document_.add(
        document_.sections("terrain.dem")
            .front()
            .fault("path", missing->text() +
                               "; add a DEM, take a smaller area, or allow it: --set terrain.allow_missing=true"));
  }

  /// Heights are taken as they are: between datums nothing is converted.
  void warn_of_datums() {
    std::map<std::string, std::string> by_datum;
    for (const RasterSourceInfo& source : input_.world.terrain_sources) {
      if (source.cells_used > 0 && !source.heights_above.empty())
        by_datum.emplace(source.heights_above, std::filesystem::path(source.path).filename().string());
    }
    std::string all;
    for (const auto& [datum, file] : by_datum)
      all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", datum, file);
    if (by_datum.size() > 1) {
      input_.warnings.push_back(
          {"terrain_datums_differ",
           "heights above different levels in one ground, none of them converted: " + all +
               ". National datums differ by decimetres, heights above the ellipsoid by 25 to 45 m in Japan"});
    } else if (by_datum.count("ellipsoidal height") > 0) {
      input_.warnings.push_back(
          {"terrain_ellipsoidal",
           "heights above the ellipsoid, not above the sea: " + all +
               ". In Japan they are 25 to 45 m larger; shores and sea surfaces come out wrong"});
    }
  }

  /// Only FG-GML says which of its voids are sea.
  void check_sea(const SectionView& view) {
    const auto& sources = input_.world.terrain_sources;
    const auto tells_sea = [](const RasterSourceInfo& s) { return s.format.starts_with("FG-GML"); };
    if (!view.flag("sea_is_zero") || std::any_of(sources.begin(), sources.end(), tells_sea)) return;
    input_.warnings.push_back({"sea_is_zero_unused",
                               "terrain.sea_is_zero has no effect: only FG-GML files tell sea from missing data; "
                               "for other rasters name a last [[terrain.dem]] that is 0 m over the sea"});
  }

  void check_voids_at_sites() {
    const Raster<float>& ground = input_.world.ground.ground_asl_m;
    for (const LocatedSite& located : located_) {
      if (!std::isnan(sample_bilinear(ground, located.site.at))) continue;
      // A site within rounding of the east or south edge belongs to the last cell.
      const int ix = std::clamp(ground.grid.column_of(located.site.at.x_m), 0, ground.grid.nx - 1);
      const int iy = std::clamp(ground.grid.row_of(located.site.at.y_m), 0, ground.grid.ny - 1);
      const bool at_all = !std::isnan(ground.at(ix, iy));
      site_fault(located, at_all ? "stands beside a void of the terrain: a neighbouring cell has no height"
                                 : "stands on a void of the terrain: there is no height here");
    }
  }

  void name_portably() {
    const PortableNames names(std::filesystem::path(document_.file()).parent_path());
    for (RasterSourceInfo& source : input_.world.terrain_sources) source.path = names.in(source.path);
    for (Warning& warning : input_.warnings) warning.message = names.in(warning.message);
  }

  void note_sources(const std::vector<RasterSourceInfo>& read) {
    input_.world.terrain_sources.insert(input_.world.terrain_sources.end(), read.begin(), read.end());
  }

  /// Heights above ground win over the surface model; where neither has a value there is no clutter. Buildings
  /// count where they are the higher.
  void clutter() {
    const std::vector<RasterSource> surface = rasters("terrain.surface");
    const std::vector<RasterSource> height = rasters("terrain.clutter_height");
    const BuildingClutter buildings = building_clutter(document_, grid_, *crs_);
    warn(buildings.warnings);
    note_sources(buildings.sources);
    if (surface.empty() && height.empty()) {
      input_.world.ground.clutter_m = buildings.height_m;
      return;
    }
    Raster<float> clutter(grid_, kNoData);
    if (!surface.empty()) {
      document_.attempt(document_.sections("terrain.surface").front(), "path", [&] {
        MosaicResult mosaic = read_mosaic(surface, grid_, *crs_, Interpolation::cubic);
        clutter = std::move(mosaic.raster);
        warn(mosaic.warnings);
        note_sources(mosaic.sources);
        for (std::size_t i = 0; i < clutter.values.size(); ++i)
          clutter.values[i] -= input_.world.ground.ground_asl_m.values[i];
      });
    }
    if (!height.empty()) {
      document_.attempt(document_.sections("terrain.clutter_height").front(), "path", [&] {
        MosaicResult known = read_mosaic(height, grid_, *crs_);
        // Heights of 0 m are what bare ground has.
        std::erase_if(known.warnings, [](const Warning& w) { return w.id == "raster_without_nodata"; });
        warn(known.warnings);
        note_sources(known.sources);
        for (std::size_t i = 0; i < clutter.values.size(); ++i) {
          if (!std::isnan(known.raster.values[i])) clutter.values[i] = known.raster.values[i];
        }
      });
    }
    const auto voids = static_cast<long long>(count_voids(clutter));
    if (voids > 0) {
      input_.warnings.push_back({"clutter_missing", "cells without a clutter height count as bare ground", voids});
    }
    for (float& value : clutter.values) value = value > 0.0F ? value : 0.0F;
    for (std::size_t i = 0; i < buildings.height_m.values.size(); ++i)
      clutter.values[i] = std::max(clutter.values[i], buildings.height_m.values[i]);
    input_.world.ground.clutter_m = std::move(clutter);
  }

  /// 1 sea, 3 coastal land, 4 inland; what lies between by resampling is the border, and that is coast.
  void zones() {
    const std::vector<RasterSource> sources = rasters("terrain.zone");
    if (sources.empty()) return;
    document_.attempt(document_.sections("terrain.zone").front(), "path", [&] {
      MosaicResult mosaic = read_mosaic(sources, grid_, *crs_);
      std::erase_if(mosaic.warnings, [](const Warning& w) { return w.id == "raster_without_nodata"; });
      warn(mosaic.warnings);
      note_sources(mosaic.sources);
      Raster<Zone> zone(grid_, Zone::inland);
      for (std::size_t i = 0; i < zone.values.size(); ++i) {
        const float value = mosaic.raster.values[i];
        if (value < 0.5F || value > 4.5F) {
          throw InputError(
              Fault{.message = fmt::format("holds the value {}", value), .legal = "1 sea, 3 coast, 4 inland"});
        }
        if (value < 3.5F) zone.values[i] = value < 2.0F ? Zone::sea : Zone::coast;
      }
      input_.world.ground.zone = std::move(zone);
    });
  }

  /// Last, so that a study may look at all the rest; with the faults of the rest, whatever they are.
  void studies() {
    std::vector<Warning> warnings;
    studies_.each([&](auto& study) { study.read({document_, input_, *crs_, warnings}); });
    warn(warnings);
  }

  Document document_;
  const LoadOptions& options_;
  const PlanOptions& plan_options_;
  PlanInput input_{};
  Studies studies_{};
  LonLatBox box_{};
  bool csv_mark_ = true;
  std::string boundaries_in_{};  ///< CRS of boundaries that are read already
  std::optional<Crs> crs_{};
  Grid grid_{};
  std::vector<RasterSource> sources_{};
  RadioCatalogue catalogue_{};
  std::vector<LocatedSite> located_{};
};

}  // namespace

Scenario load(const std::filesystem::path& file, const LoadOptions& options, const PlanOptions& plan_options) {
  return Loader(file, options, plan_options).run();
}

Planned run(Scenario scenario, const PlanOptions& options) {
  Planned out{.input = std::move(scenario.input),
              .studies = std::move(scenario.studies),
              .file = scenario.file,
              .csv_mark = scenario.csv_mark};
  out.result = plan(out.input, options, out.studies.stages());
  return out;
}

}  // namespace amaneku::scenarios
