// What a propagation model is. A model is a struct with its parameters as members and these static members:
//
//   id, title, source      names and the document with edition and clauses
//   role                   what its loss means: see Role
//   terrain                what it needs of the ground between the ends: see Terrain
//   validity               the links for which the source vouches
//   fields, choices        parameters: numbers (Field, terrain/range.hpp) and words (Choice)
//   needs_zones            (may be absent: false) it tells sea, coastal land and inland apart: see needs_zones()
//   notes                  warnings that every result of the model carries ("unverified ...")
//
// and two functions beside it, found by argument-dependent lookup:
//
//   double   loss_db(const Model&, const Link&, const PathGeometry&) noexcept   the hot call: no allocation
//   PathLoss explain_terms(const Model&, const Link&, const PathGeometry&)      mode, partial terms, warnings
//
// For many receivers at a time there is `losses_db(model, link, PathArrays, out)` (path_arrays.hpp), and
// `lanes_terrain(model)` says what it needs of the ground: by default one call of loss_db a path, and the same
// need.
//
// A model that computes much from the link alone may have a third, `prepared(const Model&, const Link&)`: a small
// value with its own loss_db, for a loop over many paths of one link.
//
// Outside a range a model is computed AND flagged. models.hpp lists all models.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/geometry.hpp"

namespace amaneku {

/// How a result came about.
struct LossTerm {
  std::string_view name;  ///< "free_space_db", "diffraction_db"
  double value;
};

/// Result of a model for one path, with everything that explains it.
struct PathLoss {
  double loss_db = 0.0;                 ///< basic transmission loss (or added loss), isotropic antennas
  std::string_view mode{};              ///< "line_of_sight", "diffraction" ...
  std::vector<LossTerm> terms{};        ///< partial losses and intermediate quantities, unit in the name
  std::vector<std::string> warnings{};  ///< parameters outside the validity range, by name with value and range
};

/// What the loss of a model means.
enum class Role : std::uint8_t {
  path,   ///< basic transmission loss of the whole path: may plan a network
  added,  ///< a loss to be added to that of a path model (gas, rain, clutter, building entry ...)
  link    ///< a fixed link between two antennas with its availability: not for areas
};

/// The links for which the source of a model vouches. "Higher" and "lower" are the two antennas of a link.
struct Validity {
  Range freq_hz;
  Range distance_m;
  Range higher_agl_m;
  Range lower_agl_m;
};

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();
inline constexpr Range kAnyHeight = {0.0, kNoLimit};

/// A parameter that is one of a few words; the default is the first.
template <class Owner>
struct Choice {
  const char* name;
  std::span<const char* const> words;
  void (*set)(Owner&, std::size_t);  ///< index into `words`
  std::size_t (*get)(const Owner&);
  const char* source;
};

/// The entry of `choices` for a member of an enum type whose enumerators count from 0 in the order of `words`.
template <auto member, class Owner>
[[nodiscard]] constexpr Choice<Owner> choice_of(const char* name, std::span<const char* const> words,
                                                const char* source) noexcept {
  return {name, words,
          [](Owner& owner, std::size_t i) {
            owner.*member = static_cast<std::remove_reference_t<decltype(owner.*member)>>(i);
          },
          [](const Owner& owner) { return static_cast<std::size_t>(owner.*member); }, source};
}

/// A loss that is proportional to the slant distance between the antennas: gas, uniform rain, fog.
struct SpecificLoss {
  double loss_db_m;
};
[[nodiscard]] double loss_db(const SpecificLoss&, const Link&, const PathGeometry&) noexcept;

/// A loss that is the same on every path of a link: clutter around a terminal, the wall of a building.
struct FixedLoss {
  double loss_db;
};
[[nodiscard]] constexpr double loss_db(const FixedLoss& fixed, const Link&, const PathGeometry&) noexcept {
  return fixed.loss_db;
}

/// Whether a model gives another loss over sea or coastal land than inland: without a map of zones that is said.
template <class Model>
[[nodiscard]] constexpr bool needs_zones(const Model&) noexcept {
  if constexpr (requires { Model::needs_zones; }) return Model::needs_zones;
  return false;
}

/// What losses_db needs of the ground.
template <class Model>
[[nodiscard]] constexpr Terrain lanes_terrain(const Model&) noexcept {
  return Model::terrain;
}

/// What loss_db(_, link, path) is to be called with in a loop over the paths of one link: gives the same
/// numbers as the model. A model with nothing to prepare is its own.
template <class Model>
[[nodiscard]] constexpr const Model& prepared(const Model& model, const Link&) noexcept {
  return model;
}

}  // namespace amaneku
