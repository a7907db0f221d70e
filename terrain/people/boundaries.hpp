// Municipal boundaries from anything OGR reads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "terrain/crs.hpp"
#include "terrain/error.hpp"
#include "terrain/people/population.hpp"
#include "terrain/raster/raster.hpp"
#include "terrain/vector/vector.hpp"

namespace amaneku {

struct BoundarySource {
  std::filesystem::path path;
  std::string code_field = "N03_007";  ///< 国土数値情報 N03 names are the defaults
  /// Joined, empty ones skipped; with these defaults N03_005 too where there is one (the ward, since 2024).
  std::vector<std::string> name_fields = {"N03_003", "N03_004"};
  bool repair = false;  ///< a ring that crosses itself is mended and counted; else it is an InputError
};

struct Municipality {
  std::string code{};  ///< five digits (全国地方公共団体コード without check digit)
  std::string name{};
  MultiPolygon area{};
};

struct Boundaries {
  std::vector<Municipality> municipalities{};  ///< in order of code
  std::vector<std::string> sources{};
  std::vector<Warning> warnings{};  ///< self-crossing rings repaired, features without a code ...
};

/// Features with the same code are one municipality; features without one (所属未定地) are left out and counted.
/// Four-digit numbers get their leading zero back, the sixth (check) digit is dropped. A ring that crosses itself
/// is an InputError that names the feature, unless its source says `repair`: the warning then names the
/// municipalities.
[[nodiscard]] Boundaries read_boundaries(const std::vector<BoundarySource>& sources, const Crs& crs);

/// Gives each unit the municipality that holds its centre or, where none does (a mesh on the shore), the one
/// that holds most of its footprint, if that is an eighth of it at least. Returns how many people fell outside
/// all.
double assign_municipalities(Population& population, const Boundaries& boundaries);

/// Index of the municipality that holds each cell's centre, -1 where none does. A cell belongs to one
/// municipality at most: the first in the order of `boundaries`. Same answers as `contains`.
[[nodiscard]] Raster<std::int16_t> rasterize_municipalities(const Boundaries& boundaries, const Grid& grid);

}  // namespace amaneku
