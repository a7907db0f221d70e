// The closed set of path-loss models. To add one: its formulas in a family folder, a struct here, one line
// in RadioModel, validation vectors, a docs page. CLI, scenario schema, Python and tables follow from it.
//
// Every model struct carries its own description: `id`, `title`, `source`, `terrain`, `fields` (numbers),
// `choices` (words), `validity` (of the link) and `notes`. Outside a range a model is computed AND flagged.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
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
  double loss_db = 0.0;                 ///< basic transmission loss, isotropic antennas
  std::string_view mode{};              ///< "line_of_sight", "diffraction" ...
  std::vector<LossTerm> terms{};        ///< partial losses
  std::vector<std::string> warnings{};  ///< parameters outside the validity range, by name with value and range
};

/// Whether a model looks at the ground between the ends (`profile`) or only at the ends (`none`).
enum class Terrain : std::uint8_t { none, profile };

/// The links for which the source of a model vouches. "Higher" and "lower" are the two antennas of a link.
struct Validity {
  Range freq_hz;
  Range distance_m;
  Range higher_agl_m;
  Range lower_agl_m;
};

/// A parameter that is one of a few words; the default is the first.
template <class Owner>
struct Choice {
  const char* name;
  std::span<const char* const> words;
  void (*set)(Owner&, std::size_t);  ///< index into `words`
  std::size_t (*get)(const Owner&);
  const char* source;
};

inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();
inline constexpr Range kAnyHeight = {0.0, kNoLimit};

/// ITU-R P.525 free space over the slant distance between the antennas.
struct FreeSpace {
  static constexpr std::string_view id = "free_space";
  static constexpr std::string_view title = "Free space";
  static constexpr std::string_view source = "ITU-R P.525-4, section 2.3";
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1e6, kNoLimit}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Field<FreeSpace>, 0> fields{};
  static constexpr std::array<Choice<FreeSpace>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

/// Two-ray flat-earth (plane reflecting ground, Fresnel reflection coefficient).
struct TwoRay {
  double relative_permittivity = 15.0;
  double conductivity_s_m = 0.005;

  static constexpr std::string_view id = "two_ray";
  static constexpr std::string_view title = "Two rays over plane ground";
  static constexpr std::string_view source =
      "Direct and ground-reflected ray, ITU-R P.2040-1 section 2.1 reflection";
  static constexpr Terrain terrain = Terrain::none;
  // The plane earth: beyond 10 km its curvature takes away what the formula adds.
  static constexpr Validity validity = {{30e6, kNoLimit}, {0.0, 10'000.0}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Choice<TwoRay>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Field<TwoRay>, 2> fields;
};

/// ITU-R P.526-15 section 4.5.4 (delta-Bullington) over the terrain profile, plus free space.
struct P526 {
  static constexpr std::string_view id = "p526";
  static constexpr std::string_view title = "Diffraction over terrain, delta-Bullington";
  static constexpr std::string_view source = "ITU-R P.526-15, section 4.5.4; ITU-R P.525-4";
  static constexpr Terrain terrain = Terrain::profile;
  static constexpr Validity validity = {{10e6, kNoLimit}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Field<P526>, 0> fields{};
  static constexpr std::array<Choice<P526>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

/// Hata with the land-mobile corrections (extended Hata, SEAMCAT / ERC Report 68), median.
struct ExtendedHata {
  enum class Area : std::uint8_t { urban, suburban, open };
  Area area = Area::urban;

  static constexpr std::string_view id = "extended_hata";
  static constexpr std::string_view title = "Extended Hata";
  static constexpr std::string_view source = "ERC Report 68 (2002) annex 7; SEAMCAT 5 extended Hata";
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{30e6, 3e9}, {0.0, 40'000.0}, {30.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<Field<ExtendedHata>, 0> fields{};
  static constexpr std::array<std::string_view, 0> notes{};
  static const std::array<Choice<ExtendedHata>, 1> choices;
};

/// Japanese local 5G below 6 GHz, area formula of the examination standard (ローカル5G審査基準); unverified.
struct MicLocal5gSub6 {
  /// How the loss between 40 m and 100 m joins free space to the Hata form. `endpoints`: straight in
  /// log(distance) between the values at 40 m and at 100 m. `weighted`: both formulas at the distance
  /// itself, weights 2.51 log10(d_km) + 3.51 and 1 minus that, and never below free space at any distance.
  enum class Interpolation : std::uint8_t { endpoints, weighted };

  ExtendedHata::Area area = ExtendedHata::Area::urban;
  Interpolation interpolation = Interpolation::endpoints;
  double building_loss_db = 0.0;       ///< R
  double terrain_correction_db = 0.0;  ///< K, lowers the loss of the Hata part

  static constexpr std::string_view id = "mic_local5g_sub6";
  static constexpr std::string_view title = "Local 5G below 6 GHz, area formula (Japan)";
  static constexpr std::string_view source =
      "Examination standard for local 5G (MIC, ローカル5G審査基準), area formula; from secondary sources";
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{2e9, 6e9}, {0.0, 100'000.0}, {0.0, 200.0}, {1.0, 10.0}};
  static constexpr std::array<std::string_view, 1> notes = {
      "mic_local5g_sub6 is unverified: not checked against the text of the ministry"};
  static const std::array<Field<MicLocal5gSub6>, 2> fields;
  static const std::array<Choice<MicLocal5gSub6>, 2> choices;
};

using RadioModel = std::variant<FreeSpace, TwoRay, P526, ExtendedHata, MicLocal5gSub6>;

/// The hot call: basic transmission loss in dB. No allocation, no state.
[[nodiscard]] double loss_db(const FreeSpace&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const TwoRay&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P526&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const ExtendedHata&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const MicLocal5gSub6&, const Link&, const PathGeometry&) noexcept;

/// Mode and partial terms of one model, without warnings: use explain(RadioModel ...).
[[nodiscard]] PathLoss explain_terms(const FreeSpace&, const Link&, const PathGeometry&);
[[nodiscard]] PathLoss explain_terms(const TwoRay&, const Link&, const PathGeometry&);
[[nodiscard]] PathLoss explain_terms(const P526&, const Link&, const PathGeometry&);
[[nodiscard]] PathLoss explain_terms(const ExtendedHata&, const Link&, const PathGeometry&);
[[nodiscard]] PathLoss explain_terms(const MicLocal5gSub6&, const Link&, const PathGeometry&);

/// The same number as loss_db with mode, partial terms and validity warnings.
[[nodiscard]] PathLoss explain(const RadioModel&, const Link&, const PathGeometry&);

/// What explain() would flag for the model, the link and paths up to `max_distance_m` whatever the ground:
/// one line each, "extended_hata: freq_hz = 4850000000 Hz is outside 30000000 .. 3000000000 Hz (source)".
[[nodiscard]] std::vector<std::string> validity_warnings(const RadioModel& model, const Link& link,
                                                         double max_distance_m);

/// One parameter of a model as users see it.
struct ModelParameter {
  std::string name;
  std::string unit;  ///< "1" for a number without unit, "" for a choice
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
  Validity validity;
  std::vector<std::string> notes;  ///< "unverified ..."
};

/// All models in the order of the variant.
[[nodiscard]] const std::vector<ModelInfo>& model_infos();

/// One named parameter value as it came from a user: a number or a word.
struct ParameterValue {
  std::string name;
  std::variant<double, std::string> value;
};

/// Builds a model. InputError with every fault: unknown id (nearest suggested), unknown parameter, wrong type,
/// word that is not a choice, number that is not finite. A number outside the model's validity is accepted
/// here and flagged by `explain`.
[[nodiscard]] RadioModel make_model(std::string_view id, std::span<const ParameterValue> parameters = {});
/// The parameters of a model with their values, in the order of its ModelInfo: make_model of them is the model.
[[nodiscard]] std::vector<ParameterValue> parameter_values(const RadioModel& model);
[[nodiscard]] std::string_view model_id(const RadioModel& model) noexcept;
[[nodiscard]] bool uses_profile(const RadioModel& model) noexcept;

}  // namespace amaneku
