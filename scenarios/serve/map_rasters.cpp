#include "scenarios/serve/map_rasters.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

#include "scenarios/ask/compare/compare_files.hpp"
#include "scenarios/report/legend.hpp"
#include "scenarios/report/picture.hpp"
#include "scenarios/report/service_scales.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

using MapJson = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "the bytes of a map are little-endian");

constexpr std::uint8_t kNoByte = 255;
constexpr float kReliefScale = 160.0F;
constexpr std::uint8_t kMostRelief = 250;
constexpr std::uint8_t kSea = 254;

/// A map of classes without cells: the colours are what is wanted.
Legend colours_of(const ValueScale& scale) {
  return value_legend(scale, {}, {});
}

MapJson bound(double value) {
  return std::isfinite(value) ? MapJson(value) : MapJson(nullptr);
}

MapJson value_map(std::string_view id, const Legend& legend) {
  MapJson classes = MapJson::array();
  for (const LegendClass& c : legend.classes) {
    classes.push_back({{"min", bound(c.min)},
                       {"max", bound(c.max)},
                       {"label", c.label},
                       {"colour", hex_colour(c.colour)},
                       {"below_threshold", c.below_threshold}});
  }
  return {{"id", id},
          {"type", "float32"},
          {"unit", legend.classes.empty() ? "" : legend.classes.front().unit},
          {"classes", classes}};
}

MapJson class_map(std::string_view id, std::string_view type, MapJson classes) {
  return {{"id", id}, {"type", type}, {"unit", ""}, {"classes", std::move(classes)}};
}

MapJson state_classes(Language language) {
  MapJson out = MapJson::array();
  for (const ServiceStateClass& c : service_state_classes()) {
    out.push_back({{"value", static_cast<int>(c.state)},
                   {"id", c.id},
                   {"label", language == Language::ja ? c.label_ja : c.label},
                   {"colour", hex_colour(c.colour)}});
  }
  return out;
}

MapJson server_classes(const Planned& planned) {
  const PlanResult& result = planned.result;
  const std::vector<Rgba> colours = server_colours(result, planned.input.network.sites.size());
  MapJson out = MapJson::array();
  for (std::size_t i = 0; i < result.coverage.sectors.size(); ++i) {
    out.push_back({{"value", i},
                   {"label", sector_name(planned.input, result, static_cast<int>(i))},
                   {"colour", hex_colour(colours[i])}});
  }
  return out;
}

MapJson contender_classes() {
  MapJson out = MapJson::array();
  for (int n = 1; n <= kPilotPollution; ++n) {
    out.push_back({{"value", n},
                   {"label", n == kPilotPollution ? "4+" : std::to_string(n)},
                   {"colour", hex_colour(viridis(1.0 - (n - 1.0) / (kPilotPollution - 1.0)))}});
  }
  return out;
}

MapJson change_classes() {
  MapJson out = MapJson::array();
  for (const CellChangeClass& c : cell_change_classes())
    out.push_back({{"value", static_cast<int>(c.change)}, {"id", c.id}, {"colour", hex_colour(c.colour)}});
  return out;
}

template <class T, class Value>
std::string bytes_of(std::size_t cells, const Value& value) {
  std::string out(cells * sizeof(T), '\0');
  for (std::size_t i = 0; i < cells; ++i) {
    const T one = value(i);
    std::memcpy(&out[i * sizeof(T)], &one, sizeof(T));
  }
  return out;
}

/// Shaded relief: 0 no terrain, kSea water, else its brightness.
std::string relief_bytes(const Raster<float>& ground) {
  const Backdrop below = backdrop(ground, ground.grid);
  return bytes_of<std::uint8_t>(ground.values.size(), [&](std::size_t i) {
    const float relief = below.relief.values[i];
    if (std::isnan(relief)) return std::uint8_t{0};
    if (below.sea[i] != 0) return kSea;
    return static_cast<std::uint8_t>(
        std::clamp(std::lround(kReliefScale * relief), 1L, static_cast<long>(kMostRelief)));
  });
}

std::string change_bytes(const Planned& planned, const Planned& base) {
  const auto& ground = planned.input.world.ground.ground_asl_m.values;
  const auto covered = [](const Planned& plan, std::size_t i) {
    return static_cast<double>(plan.result.maps.rsrp_dbm.values[i]) >= plan.input.statistics.threshold_dbm;
  };
  return bytes_of<std::uint8_t>(ground.size(), [&](std::size_t i) {
    if (std::isnan(ground[i])) return kNoByte;
    const bool before = covered(base, i);
    const bool after = covered(planned, i);
    const CellChange change = before && after ? CellChange::kept
                              : after         ? CellChange::won
                              : before        ? CellChange::lost
                                              : CellChange::neither;
    return static_cast<std::uint8_t>(change);
  });
}

const Raster<float>* float_map(const Planned& planned, std::string_view id) {
  if (id == "rsrp_dbm") return &planned.result.maps.rsrp_dbm;
  if (id == "second_dbm") return &planned.result.maps.second_dbm;
  if (id == "ground_asl_m") return &planned.input.world.ground.ground_asl_m;
  if (!planned.result.service) return nullptr;
  const ServiceMaps& service = *planned.result.service;
  if (id == "sinr_db") return &service.sinr_db;
  if (id == "dl_mbps") return &service.dl_mbps;
  if (id == "ul_mbps") return &service.ul_mbps;
  return id == "margin_db" ? &service.margin_db : nullptr;
}

}  // namespace

MapJson raster_list(const Planned& planned, Language language) {
  const PlanInput& input = planned.input;
  MapJson out = MapJson::array();
  out.push_back(
      value_map("rsrp_dbm", colours_of({"RSRP", "dBm", input.rsrp_classes_dbm, input.statistics.threshold_dbm})));
  if (planned.result.service) {
    for (const ServiceMap& map : service_maps_of(input, planned.result))
      out.push_back(value_map(map.file, colours_of(map.scale)));
    out.push_back(class_map("service_state", "uint8", state_classes(language)));
  }
  out.push_back(class_map("best_server", "int16", server_classes(planned)));
  out.push_back(class_map("overlap", "uint8", contender_classes()));
  out.push_back(class_map("coverage_change", "uint8", change_classes()));
  return out;
}

std::string raster_bytes(const Planned& planned, const Planned& base, std::string_view id) {
  const PlanResult& result = planned.result;
  if (const Raster<float>* map = float_map(planned, id)) return float_bytes(*map);
  if (id == "relief") return relief_bytes(planned.input.world.ground.ground_asl_m);
  if (id == "coverage_change") return change_bytes(planned, base);
  if (id == "best_server") {
    const auto& servers = result.maps.best_server.values;
    return bytes_of<std::int16_t>(servers.size(),
                                  [&](std::size_t i) { return static_cast<std::int16_t>(servers[i]); });
  }
  if (id == "overlap") {
    const auto& contenders = result.maps.contenders.values;
    return bytes_of<std::uint8_t>(contenders.size(),
                                  [&](std::size_t i) { return contenders[i] == 0 ? kNoByte : contenders[i]; });
  }
  if (id == "service_state" && result.service) {
    const auto& states = result.service->state.values;
    return bytes_of<std::uint8_t>(states.size(),
                                  [&](std::size_t i) { return static_cast<std::uint8_t>(states[i]); });
  }
  throw InputError(Fault{.message = "the plan has no such map", .key = "map", .value = std::string(id)});
}

std::string server_bytes(const Planned& other, const Planned& planned) {
  std::map<std::string, std::int16_t> numbers;
  for (std::size_t i = 0; i < planned.result.coverage.sectors.size(); ++i)
    numbers[sector_name(planned.input, planned.result, static_cast<int>(i))] = static_cast<std::int16_t>(i);
  std::vector<std::int16_t> number_of;
  for (std::size_t i = 0; i < other.result.coverage.sectors.size(); ++i) {
    const auto found = numbers.find(sector_name(other.input, other.result, static_cast<int>(i)));
    number_of.push_back(found == numbers.end() ? std::int16_t{-1} : found->second);
  }
  const auto& servers = other.result.maps.best_server.values;
  return bytes_of<std::int16_t>(servers.size(), [&](std::size_t i) {
    return servers[i] < 0 ? std::int16_t{-1} : number_of[static_cast<std::size_t>(servers[i])];
  });
}

std::string float_bytes(const Raster<float>& raster) {
  std::string out(raster.values.size() * sizeof(float), '\0');
  if (!out.empty()) std::memcpy(out.data(), raster.values.data(), out.size());
  return out;
}

}  // namespace amaneku::scenarios
