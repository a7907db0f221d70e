// The closed set of path-loss models. To add one: its formulas in a family folder, a struct here, one line
// in RadioModel, validation vectors, a docs page. CLI, scenario schema, Python and tables follow from it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
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
  double loss_db = 0.0;            ///< basic transmission loss, isotropic antennas
  std::string_view mode{};         ///< "line_of_sight", "diffraction" ...
  std::vector<LossTerm> terms{};   ///< partial losses
  std::vector<std::string> warnings{};  ///< parameters outside the validity range, by name with value and range
};

enum class Terrain { none, profile };

/// ITU-R P.525-4 free space.
struct FreeSpace {
  static constexpr std::string_view id = "free_space";
};

/// Two-ray flat-earth (plane reflecting ground, Fresnel reflection coefficient).
struct TwoRay {
  static constexpr std::string_view id = "two_ray";
  double relative_permittivity = 15.0;
  double conductivity_s_m = 0.005;
};

/// ITU-R P.526-15 section 4.5.4 (delta-Bullington) over the terrain profile, plus free space.
struct P526 {
  static constexpr std::string_view id = "p526";
};

/// Hata with the land-mobile corrections (extended Hata, SEAMCAT / ERC Report 68), median.
struct ExtendedHata {
  static constexpr std::string_view id = "extended_hata";
  enum class Area : std::uint8_t { urban, suburban, open };
  Area area = Area::urban;
};

/// Japanese local 5G below 6 GHz, area formula of the examination standard (ローカル5G審査基準); unverified.
struct MicLocal5gSub6 {
  static constexpr std::string_view id = "mic_local5g_sub6";
  ExtendedHata::Area area = ExtendedHata::Area::urban;
  double building_loss_db = 0.0;  ///< R
  double terrain_correction_db = 0.0;  ///< K
};

using RadioModel = std::variant<FreeSpace, TwoRay, P526, ExtendedHata, MicLocal5gSub6>;

/// The hot call: basic transmission loss in dB.
[[nodiscard]] double loss_db(const FreeSpace&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const TwoRay&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P526&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const ExtendedHata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const MicLocal5gSub6&, const Link&, const PathGeometry&) noexcept;

/// The same number with mode, partial terms and validity warnings.
[[nodiscard]] PathLoss explain(const RadioModel&, const Link&, const PathGeometry&);

/// One parameter of a model as users see it.
struct ModelParameter {
  std::string name;
  std::string unit;     ///< "1" for a number without unit, "" for a choice
  double default_value = 0.0;
  Range range{};
  std::vector<std::string> choices{};  ///< for a choice; the default is the first
  std::string source{};
};

struct ModelInfo {
  std::string id;
  std::string title;
  std::string source;
  Terrain terrain;
  std::vector<ModelParameter> parameters;
};

/// All models in the order of the variant.
[[nodiscard]] const std::vector<ModelInfo>& model_infos();

/// One named parameter value as it came from a user: a number or a word.
struct ParameterValue {
  std::string name;
  std::variant<double, std::string> value;
};

/// Builds a model. InputError: unknown id (nearest suggested), unknown parameter, wrong type, value of a
/// choice. A number outside the model's validity is accepted here and flagged by `explain`.
[[nodiscard]] RadioModel make_model(std::string_view id, std::span<const ParameterValue> parameters = {});
[[nodiscard]] std::string_view model_id(const RadioModel& model) noexcept;
[[nodiscard]] bool uses_profile(const RadioModel& model) noexcept;

}  // namespace amaneku
