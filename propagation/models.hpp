// The closed set of propagation models. To add one: its formulas and its struct in a family folder
// (model.hpp says what it must have), one include and one line in RadioModel here, validation vectors, a docs
// page. CLI, scenario schema, Python and tables follow from it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "propagation/hata/cost231_hata.hpp"
#include "propagation/hata/ehata.hpp"
#include "propagation/hata/extended_hata.hpp"
#include "propagation/hata/okumura_hata.hpp"
#include "propagation/itm/itm.hpp"
#include "propagation/itm/itm_area.hpp"
#include "propagation/itu/p1411.hpp"
#include "propagation/itu/p1812.hpp"
#include "propagation/itu/p2108.hpp"
#include "propagation/itu/p2109.hpp"
#include "propagation/itu/p452.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p526_delta_bullington.hpp"
#include "propagation/itu/p530.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "propagation/itu/p833.hpp"
#include "propagation/itu/p838_rain.hpp"
#include "propagation/itu/p840_fog.hpp"
#include "propagation/mic/local5g_sub6.hpp"
#include "propagation/model.hpp"
#include "propagation/optics/fso.hpp"
#include "propagation/threegpp/body_loss.hpp"
#include "propagation/threegpp/tr36777.hpp"
#include "propagation/threegpp/tr37885.hpp"
#include "propagation/threegpp/tr37885_blockage.hpp"
#include "propagation/threegpp/tr38901.hpp"
#include "propagation/threegpp/tr38901_car.hpp"
#include "propagation/threegpp/tr38901_o2i.hpp"
#include "propagation/two_ray/two_ray.hpp"

namespace amaneku {

// clang-format off
using RadioModel = std::variant<
    FreeSpace,
    TwoRay,
    P526,
    Itm,
    ItmArea,
    P1812,
    P452,
    OkumuraHata,
    Cost231Hata,
    Ehata,
    ExtendedHata,
    MicLocal5gSub6,
    P1411,
    Tr38901,
    Tr37885,
    Tr36777,
    P2108,
    P2109,
    P676,
    P833,
    P838,
    P840,
    Tr38901O2i,
    Tr38901Car,
    Tr37885Blockage,
    BodyLoss,
    P530,
    Fso>;
// clang-format on

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
  Role role;
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
/// The id, and in brackets the parameters that are not at their default: "p2109 (location_percent = 90 %)".
[[nodiscard]] std::string model_text(const RadioModel& model);
[[nodiscard]] Role role_of(const RadioModel& model) noexcept;
/// "path", "added", "link".
[[nodiscard]] std::string_view role_word(Role role) noexcept;
/// Ids of all models of one role, in the order of model_infos().
[[nodiscard]] std::vector<std::string> model_ids(Role role);
[[nodiscard]] Terrain terrain_of(const RadioModel& model) noexcept;
[[nodiscard]] inline bool uses_profile(const RadioModel& model) noexcept {
  return terrain_of(model) != Terrain::none;
}

}  // namespace amaneku
