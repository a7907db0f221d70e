// Names on the map: where each municipality has most room, and which names fit beside each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/map_view.hpp"

namespace amaneku::scenarios {

/// The place inside the plan farthest from every border of municipality `index`, and that distance.
struct LabelRoom {
  Point at{};
  double clearance_m = 0.0;  ///< 0: the municipality has no cell in the plan
};

/// One per municipality, on a coarse grid over the plan.
[[nodiscard]] std::vector<LabelRoom> label_rooms(const Boundaries& boundaries, const Grid& plan);

/// Width of a text at font size 1; an estimate, since no font is measured.
[[nodiscard]] double text_width(std::string_view utf8) noexcept;

/// Keeps texts from covering one another.
class LabelSpace {
 public:
  explicit LabelSpace(const MapView& view) : view_(view) {}
  /// Takes the box around `centre` unless it leaves the map or meets a box taken before.
  [[nodiscard]] bool take(ViewPoint centre, double width, double height);

 private:
  struct Box {
    double left, top, right, bottom;
  };
  const MapView& view_;
  std::vector<Box> taken_{};
};

}  // namespace amaneku::scenarios
