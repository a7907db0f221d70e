// Sight lines of one direction from a row of blocks of observers, a register of observers at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace amaneku {

/// A ring of a line with its places in a line of ObserverLanes.
struct MarchRing {
  float fraction;
  float per_ring;
  float drop;
  float lift;
  std::int32_t cell;       ///< ground
  std::int32_t next_cell;  ///< ground
  std::int32_t from;       ///< sums before the first target
  std::int32_t end;        ///< sums before the cell after the last one
  std::uint32_t cells;     ///< targets
};

/// What observers have counted, in order of the lane. Sums of whole numbers: in any order the same.
struct SightCounts {
  std::vector<std::uint32_t> seen{};
  std::vector<std::uint32_t> unknown{};
  std::vector<std::uint32_t> people{};
  std::vector<std::uint32_t> road{};

  explicit SightCounts(std::size_t n) : seen(n), unknown(n), people(n), road(n) {}
};

/// A block of observers at one place along, and what its lines run over. Pointers are those of the block's first
/// lane at the observer's own place along, at position 0.
struct SightBlock {
  const float* ground;
  const std::uint32_t* people;  ///< null: none
  const std::uint32_t* road;    ///< null: none
  const float* eye_asl_m;
  float* steepest;      ///< slope of the horizon so far, metres a ring
  std::ptrdiff_t step;  ///< positions from ring to ring
  std::uint32_t* seen;
  std::uint32_t* unknown;
  std::uint32_t* people_seen;
  std::uint32_t* road_seen;
};

/// A stretch of the rings of a line.
struct RingStretch {
  std::size_t begin;
  std::size_t clear;  ///< no line of the block meets a void before this ring
  std::size_t end;
};

/// Marches on over the rings of the stretch. Before ring 0 nothing hides anything.
void march(const SightBlock& block, std::span<const MarchRing> rings, const RingStretch& stretch);

}  // namespace amaneku
