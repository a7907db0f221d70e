// The mechanisms of clear air that ITU-R P.452 and P.1812 share, together, and how a result names them.
#pragma once

#include <string_view>
#include <vector>

#include "propagation/itu/p452_combination.hpp"
#include "propagation/itu/p452_diffraction.hpp"
#include "propagation/itu/p452_ducting.hpp"
#include "propagation/itu/p452_horizon_angles.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

struct ClearAir {
  TimePercents time;
  HorizonAngles angles;
  TimeDiffraction diffraction;
  Mechanisms mechanisms;
  Blend blend;
  Combined combined;
};

/// "line_of_sight" (over the bare ground), else what carries most: "diffraction", "ducting", "troposcatter".
[[nodiscard]] std::string_view clear_air_mode(const ClearAir& air, const PathGeometry& path) noexcept;

[[nodiscard]] std::vector<LossTerm> clear_air_terms(const ClearAir& air, const PathGeometry& path);

}  // namespace amaneku::itu
