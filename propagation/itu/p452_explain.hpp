// How a result of ITU-R P.452 or P.1812 names the mechanisms of clear air.
#pragma once

#include <string_view>
#include <vector>

#include "propagation/geometry.hpp"
#include "propagation/itu/p452_clear_air-inl.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

using ClearAirPath = HWY_NAMESPACE::ClearAir<double>;

/// "line_of_sight" (over the bare ground), else what carries most: "diffraction", "ducting", "troposcatter".
[[nodiscard]] std::string_view clear_air_mode(const ClearAirPath& air, const PathGeometry& path) noexcept;

/// Of all terms.
[[nodiscard]] std::vector<LossTerm> clear_air_terms(const ClearAirPath& air, const PathGeometry& path);

}  // namespace amaneku::itu
