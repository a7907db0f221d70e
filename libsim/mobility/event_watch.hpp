// Measurement events: the layer 3 filter of every cell, and which cell a device asks for when.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "libsim/mobility/prepared_route.hpp"

namespace amaneku::mobility {

inline constexpr Microseconds kNever = std::numeric_limits<Microseconds>::max();

/// Layer 1 measurements of the candidates of a stretch.
struct Layer1 {
  Microseconds at_us;
  std::int64_t number;                   ///< counts from 0 along the route
  std::span<const std::uint32_t> cells;  ///< [candidate]
  std::span<const float> level_dbm;      ///< [candidate]
};

/// TS 38.331 5.5.3.2 and 5.5.4: entering conditions of A3 (same channel), and of A5 behind the gate of A2 (other
/// channels), each for the time to trigger at every measurement.
class EventWatch {
 public:
  explicit EventWatch(const PreparedRoute& route);

  /// A new run: nothing has been measured.
  void begin();
  /// A new server, or a report that came to nothing: every time to trigger starts anew. Filters go on.
  void restart();
  /// Events are looked at with a server only (-1: none).
  void measure(const Layer1& layer1, int server);

  /// When the first time to trigger runs out if nothing changes; kNever.
  [[nodiscard]] Microseconds report_us() const noexcept { return report_us_; }
  /// The strongest, with its offset, of the cells that are in the report of that time.
  [[nodiscard]] int target(Microseconds at_us) const;

 private:
  struct CellState {
    float filtered_dbm;
    std::int64_t measured = -2;      ///< number of the last measurement
    Microseconds since_us = kNever;  ///< its event holds since
  };
  void filter(const Layer1& layer1);
  void watch_gate(Microseconds at_us, float server_dbm);
  [[nodiscard]] bool enters(const RouteCell& cell, float level_dbm, int server, float server_dbm) const noexcept;

  const RouteInput& input_;
  float share_;
  Microseconds time_to_trigger_us_;
  std::vector<CellState> states_{};
  std::vector<std::uint32_t> asked_{};  ///< cells whose event holds
  Microseconds weak_since_us_ = kNever;
  bool gate_open_ = false;
  Microseconds report_us_ = kNever;
};

}  // namespace amaneku::mobility
