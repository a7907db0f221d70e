// `amaneku vary`: one scenario planned again and again, each time with something else: another technology, another
// value of a key, another price. What hangs on what, in one table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/ask/compare/plan_comparison.hpp"
#include "scenarios/ask/new/carrier_choice.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

using Settings = std::vector<std::pair<std::string, std::string>>;  ///< as --set KEY=VALUE

/// What one plan has otherwise.
struct Variant {
  enum class Kind : std::uint8_t { base, technology, key, price };
  Kind kind = Kind::base;
  std::string what{};   ///< key, id of the price; of a technology its id
  std::string value{};  ///< of the key; factor of the price
  Settings settings{};
  std::optional<CarrierChoice> carrier{};  ///< of a technology
  double threshold_dbm = 0.0;              ///< of a technology: covered from there on
};

/// "KEY=A,B": a variant for each value; commas within brackets and quotes do not part. InputError without "=", or
/// without a value.
[[nodiscard]] std::vector<Variant> key_variants(const std::string& written);
/// "ID=0.8,1.2": the price times each factor (costs.price_factors).
[[nodiscard]] std::vector<Variant> price_variants(const std::string& written);
/// The planned sites with the carrier of each technology: the middle of its band, its widest channel, the largest
/// power by rule or licence with the antennas that stand there (else 40 dBm), covered from its least RSRP on.
/// Masts, antennas and tilts stay. "all": all of the catalogue. InputError of an unknown one, and where no site is
/// planned.
[[nodiscard]] std::vector<Variant> technology_variants(const std::vector<std::string>& ids,
                                                       const Scenario& scenario);

/// A variant with its figures. The first is the scenario as it stands.
struct VariedPlan {
  Variant variant{};
  std::size_t warnings = 0;  ///< kinds
};

struct Variation {
  std::string title{};
  bool synthetic = false;
  std::vector<VariedPlan> plans{};
  std::vector<ComparedFigure> figures{};  ///< values[i] of plans[i]
};

struct VaryOptions {
  std::filesystem::path scenario{};
  Settings settings{};  ///< of all variants
  Language language = Language::en;
  PlanOptions plan{};
  std::function<void(std::size_t done, std::size_t all, const Variant& next)> on_variant{};
};

/// Reads every variant before the first is planned: InputError with the variant that is at fault. Licence sheets
/// and choices of sites are left out, all other studies are planned.
[[nodiscard]] Variation vary(const VaryOptions& options, const std::vector<Variant>& variants);

/// "4,750 MHz, 100 MHz wide, 40 dBm, covered from −110 dBm"; empty of what is no technology.
[[nodiscard]] std::string carrier_text(const Variant& variant, Language language);
/// "As it stands", "Local 5G 4.6-4.9 GHz (n79)", "coverage.threshold_dbm = -115", "price mast x 0.8".
[[nodiscard]] std::string variant_name(const Variant& variant, Language language);

/// How far a figure moves for one key or price: the lowest and the highest of its variants less the scenario's.
struct Swing {
  std::string name{};
  double low = 0.0;
  double high = 0.0;
  [[nodiscard]] double width() const noexcept { return std::max(high, 0.0) - std::min(low, 0.0); }
};
/// Of `figure`, widest first; keys that move nothing are in it with 0.
[[nodiscard]] std::vector<Swing> swings(const Variation& variation, const ComparedFigure& figure);

/// For a terminal: a line a variant.
[[nodiscard]] std::string variation_text(const Variation& variation, Language language);
/// variants.csv: a row a variant, a column a figure.
[[nodiscard]] std::string variation_csv(const Variation& variation);
/// variants.html: one self-contained page, the table and how far each key moves the main figures.
[[nodiscard]] std::string variation_html(const Variation& variation, Language language);

/// InputError where the folder holds something else.
void check_variation_folder(const std::filesystem::path& folder);
void write_variation(const std::filesystem::path& folder, const Variation& variation, Language language);

}  // namespace amaneku::scenarios
