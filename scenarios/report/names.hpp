// What a plan and its parts are called, in the language of a page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// The scenario's own words; on a Japanese page the Japanese ones, where it has them.
[[nodiscard]] const std::string& title_of(const Provenance& provenance, Language language) noexcept;
[[nodiscard]] const std::string& description_of(const Provenance& provenance, Language language) noexcept;
[[nodiscard]] const std::vector<std::string>& credits_of(const Provenance& provenance, Language language) noexcept;
/// What heights count from.
[[nodiscard]] std::string vertical_datum_of(const PlanInput& input, Language language);

/// "Diffraction over terrain, delta-Bullington (ITU-R P.526)", of ModelInfo::id; any other word as it is.
[[nodiscard]] std::string model_name(std::string_view id, Language language);
/// "diffraction", "line_of_sight", of PathLoss::mode of path models; any other word as it is.
[[nodiscard]] std::string mode_name(std::string_view mode, Language language);
/// ModelInfo::source, its words for parts of a document in the language.
[[nodiscard]] std::string model_source(std::string_view source, Language language);
/// RadioTechnology::name of the built-in catalogue; any other id as it is.
[[nodiscard]] std::string technology_name(const std::string& id, Language language);
/// "Shannon less 2 dB", of LinkCurve::id; any other id as it is.
[[nodiscard]] std::string curve_name(std::string_view id, Language language);
/// Of the two first digits of a municipality code, 01 .. 47; empty for any other.
[[nodiscard]] std::string_view prefecture_name(std::string_view code, Language language) noexcept;
/// The name of a coordinate reference system: "JGD2011 平面直角座標系 第VII系" for "JGD2011 / Japan Plane
/// Rectangular CS VII"; one without a Japanese name as it is.
[[nodiscard]] std::string crs_name(std::string_view name, Language language);
/// Where a figure about the air comes from.
[[nodiscard]] std::string origin_name(const ClimateOrigin& origin, Language language);
/// "region", "population" of Provenance::synthetic_parts; any other word as it is.
[[nodiscard]] std::string synthetic_part(const std::string& part, Language language);

}  // namespace amaneku::scenarios
