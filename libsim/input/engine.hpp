// How path loss is computed: the model, the options of the engine, and where the figures about the air come from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/models.hpp"
#include "terrain/range.hpp"

namespace amaneku {

enum class LossEngine : std::uint8_t {
  radial,  ///< fast: running structures along shared radials, the last samples on each cell's own line
  exact    ///< reference: every cell walks its own profile
};

struct CoverageOptions {
  static constexpr int kMostOwnLineSamples = 64;
  static constexpr Range kArcs = {0.1, 1.0};

  double radius_m = 30'000.0;  ///< cells farther from a site are not computed for it
  LossEngine engine = LossEngine::radial;
  int own_line_samples = 12;  ///< before each cell, 0 .. kMostOwnLineSamples
  double arc_cells = 1.0;     ///< between neighbouring radials at the rim of the radius, kArcs
  double effective_earth_radius_m = 8'500'000.0;
  double n0 = Link{}.n0;  ///< surface refractivity at sea level, N-units
  Polarization polarization = Polarization::vertical;
  std::vector<RadioModel> added_losses{};  ///< role added; their sum is part of every stored loss
  int threads = 0;
};

/// Where a figure about the air comes from.
struct ClimateOrigin {
  enum class From : std::uint8_t { standard, scenario, maps, city };
  From from = From::standard;
  std::string detail{};    ///< folder and place, or city and source
  bool estimated = false;  ///< by a relation, not measured
};
/// "standard", "scenario", "maps", "city".
[[nodiscard]] std::string_view origin_word(ClimateOrigin::From from) noexcept;
/// "city: tokyo (JMA normals), estimated".
[[nodiscard]] std::string origin_text(const ClimateOrigin& origin);

/// Origins of CoverageOptions::effective_earth_radius_m and n0.
struct Climate {
  ClimateOrigin earth_radius{};
  ClimateOrigin n0{};
};

struct Engine {
  RadioModel model = P526{};
  CoverageOptions coverage{};
  Climate climate{};
};

}  // namespace amaneku
