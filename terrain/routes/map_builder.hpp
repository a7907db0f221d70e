// What the readers of all formats share: attributes from words, positions from numbers, pieces from points.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "terrain/routes/route_map.hpp"

namespace amaneku {

/// Where in the file something stands.
struct WayPlace {
  int line = 0;
  std::string where{};  ///< "way 17"
};

enum class WayKey { road_class, ref, name, tunnel, bridge, layer, maxspeed, one_way };

class MapBuilder {
 public:
  MapBuilder(const std::filesystem::path& path, RouteFormat format, const RouteMapOptions& options,
             FaultList& faults);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  [[nodiscard]] RouteFormat format() const noexcept { return map_.format; }
  [[nodiscard]] const RouteMapOptions& options() const noexcept { return options_; }

  /// Sets one attribute; a value that is not understood leaves it unknown, and is counted.
  void put(WayAttributes& attributes, WayKey key, std::string_view value);
  /// Of a format or a table that knows tunnels, bridges: what `absent_means_none` says of ways without.
  void settle_absent(WayAttributes& attributes, bool knows_tunnels = true, bool knows_bridges = true) const;

  /// A position on Earth; nothing, and a fault, for another.
  [[nodiscard]] std::optional<LonLat> position(double lon_deg, double lat_deg, const WayPlace& place);

  /// Takes a way in, measured, without the points that repeat the one before. Left out, and counted: a way without
  /// length, or one that is not in use. InputError where the file has more points than may be.
  void add(RoutePiece piece);

  /// InputError where `more` points besides those of the ways added so far are more than may be.
  void expect_points(std::size_t more) const;

  void fault(const WayPlace& place, std::string message, std::string legal = {});
  /// Those of one kind are one line.
  void fault_of(const std::string& habit, const WayPlace& place, std::string message, std::string legal = {});
  /// Counted; the message is that of the first.
  void warn(const std::string& id, const std::string& message);
  [[noreturn]] void refuse(std::string message, std::string legal = {}) const;
  [[noreturn]] void refuse_at(const WayPlace& place, std::string message, std::string legal = {}) const;

  /// InputError where no way was found and no fault says why.
  [[nodiscard]] RouteMap take();

 private:
  [[nodiscard]] bool measure(RoutePiece& piece);

  const std::filesystem::path path_;
  const RouteMapOptions& options_;
  FaultList& faults_;
  RouteMap map_{};
  std::map<std::string, Warning> warnings_{};
  std::set<std::string> ids_{};
  std::size_t points_ = 0;
  bool faulty_ = false;
};

}  // namespace amaneku
