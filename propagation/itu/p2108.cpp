#include "propagation/itu/p2108.hpp"

#include "propagation/itu/elevation.hpp"
#include "propagation/itu/p2108_earth_space.hpp"
#include "propagation/itu/p2108_terrestrial.hpp"
#include "propagation/range_warning.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kMethods = {"terrestrial", "earth_space", "height_gain"};
constexpr std::array<const char*, 3> kEnds = {"rx", "tx", "both"};
constexpr std::array<const char*, 2> kElevationFrom = {"path", "given"};
constexpr std::array<const char*, 5> kClutterTypes = {"suburban", "urban_trees_forest", "dense_urban",
                                                      "open_rural", "water_sea"};
constexpr std::array<const char*, 2> kHeightFrom = {"clutter_type", "given"};

}  // namespace

constexpr std::array<Choice<P2108>, 5> P2108::choices = {
    choice_of<&P2108::method, P2108>("method", kMethods, "P.2108-1 Table 1"),
    choice_of<&P2108::clutter_at, P2108>("clutter_at", kEnds, "P.2108-1 sections 3.1, 3.2"),
    choice_of<&P2108::elevation_from, P2108>("elevation_from", kElevationFrom, "P.2108-1 section 3.3"),
    choice_of<&P2108::clutter_type, P2108>("clutter_type", kClutterTypes, "P.2108-1 Table 3"),
    choice_of<&P2108::representative_height_from, P2108>("representative_height_from", kHeightFrom,
                                                         "P.2108-1 Table 3")};

constexpr std::array<Field<P2108>, 4> P2108::fields = {
    {{"location_percent", "%", &P2108::location_percent, {1e-6, 100.0 - 1e-6}, "P.2108-1 sections 3.2, 3.3"},
     {"elevation_deg", "deg", &P2108::elevation_deg, {0.0, 90.0}, "P.2108-1 section 3.3"},
     {"representative_clutter_height_m",
      "m",
      &P2108::representative_clutter_height_m,
      {1e-3, kNoLimit},
      "P.2108-1 section 3.1"},
     {"street_width_m", "m", &P2108::street_width_m, {1e-3, kNoLimit}, "P.2108-1 section 3.1"}}};

namespace {

double elevation_of(const P2108& model, const Link& link, const PathGeometry& path, itu::End end) noexcept {
  return model.elevation_from == P2108::ElevationFrom::given ? model.elevation_deg
                                                             : itu::elevation_deg(link, path, end);
}

double representative_height_of(const P2108& model) noexcept {
  return model.representative_height_from == P2108::HeightFrom::given
             ? model.representative_clutter_height_m
             : itu::representative_clutter_height_m(model.clutter_type);
}

double loss_at_db(const P2108& model, const Link& link, const PathGeometry& path, itu::End end) noexcept {
  switch (model.method) {
    case P2108::Method::height_gain:
      return itu::height_gain_clutter_loss_db(link.freq_hz,
                                              {.clutter = model.clutter_type,
                                               .agl_m = end == itu::End::tx ? link.tx_agl_m : link.rx_agl_m,
                                               .representative_height_m = representative_height_of(model),
                                               .street_width_m = model.street_width_m});
    case P2108::Method::earth_space:
      return itu::earth_space_clutter_loss_db(link.freq_hz, elevation_of(model, link, path, end),
                                              model.location_percent);
    case P2108::Method::terrestrial:
      break;
  }
  return itu::terrestrial_clutter_loss_db(link.freq_hz, path.distance_m, model.location_percent);
}

// What the ranges of the method add to those of the whole Recommendation.
std::vector<std::string> method_warnings(const P2108& model, const Link& link, const PathGeometry& path) {
  std::vector<std::string> out;
  const auto quantity = [](const char* name, const char* unit, const char* source) {
    return Quantity{P2108::id, name, unit, source};
  };
  const auto each_end = [&](auto&& check) {
    if (model.clutter_at != P2108::ClutterAt::rx) check(itu::End::tx);
    if (model.clutter_at != P2108::ClutterAt::tx) check(itu::End::rx);
  };
  switch (model.method) {
    case P2108::Method::height_gain:
      flag(out, quantity("freq_hz", "Hz", "P.2108-1 section 3.1"), link.freq_hz, {30e6, 3e9});
      each_end([&](itu::End end) {
        const bool tx = end == itu::End::tx;
        // Over open ground the loss has no limit for a terminal on the ground.
        flag(out, quantity(tx ? "tx_agl_m" : "rx_agl_m", "m", "P.2108-1 section 3.1"),
             tx ? link.tx_agl_m : link.rx_agl_m, {1e-3, kNoLimit});
      });
      break;
    case P2108::Method::terrestrial:
      flag(out, quantity("freq_hz", "Hz", "P.2108-1 section 3.2"), link.freq_hz, {0.5e9, 67e9});
      flag(out, quantity("distance_m", "m", "P.2108-1 section 3.2"), path.distance_m,
           {model.clutter_at == P2108::ClutterAt::both ? 1000.0 : 250.0, kNoLimit});
      break;
    case P2108::Method::earth_space:
      flag(out, quantity("freq_hz", "Hz", "P.2108-1 section 3.3"), link.freq_hz, {10e9, 100e9});
      if (model.clutter_at == P2108::ClutterAt::both) {
        out.emplace_back("p2108: clutter_at = both, but one end of an Earth-space path is above all clutter");
      }
      if (model.elevation_from == P2108::ElevationFrom::path) {
        each_end([&](itu::End end) {
          flag(out, quantity("elevation_deg", "deg", "P.2108-1 section 3.3; computed for the nearer limit"),
               itu::elevation_deg(link, path, end), {0.0, 90.0});
        });
      }
      break;
  }
  return out;
}

}  // namespace

double loss_db(const P2108& model, const Link& link, const PathGeometry& path) noexcept {
  switch (model.clutter_at) {
    case P2108::ClutterAt::tx:
      return loss_at_db(model, link, path, itu::End::tx);
    case P2108::ClutterAt::both:
      return loss_at_db(model, link, path, itu::End::tx) + loss_at_db(model, link, path, itu::End::rx);
    case P2108::ClutterAt::rx:
      break;
  }
  return loss_at_db(model, link, path, itu::End::rx);
}

PathLoss explain_terms(const P2108& model, const Link& link, const PathGeometry& path) {
  PathLoss out;
  out.loss_db = loss_db(model, link, path);
  out.mode = kMethods[static_cast<std::size_t>(model.method)];
  for (const itu::End end : {itu::End::tx, itu::End::rx}) {
    const bool tx = end == itu::End::tx;
    if (model.clutter_at == (tx ? P2108::ClutterAt::rx : P2108::ClutterAt::tx)) continue;
    out.terms.push_back({tx ? "tx_clutter_db" : "rx_clutter_db", loss_at_db(model, link, path, end)});
    if (model.method == P2108::Method::earth_space) {
      out.terms.push_back({tx ? "tx_elevation_deg" : "rx_elevation_deg", elevation_of(model, link, path, end)});
    }
  }
  if (model.method == P2108::Method::height_gain) {
    out.terms.push_back({"representative_clutter_height_m", representative_height_of(model)});
  }
  out.warnings = method_warnings(model, link, path);
  return out;
}

}  // namespace amaneku
