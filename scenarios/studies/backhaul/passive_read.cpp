// Keys of [backhaul.passive_optical].
#include <algorithm>

#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/backhaul/passive_scenario.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr double kPassiveKm = 1e-3;
constexpr const char* kUsualClass = "B+";

/// The usual one first: it is the default.
std::vector<std::string> class_words() {
  std::vector<std::string> out = {kUsualClass};
  for (const OpticalPathClass& one : optical_path_classes()) {
    if (one.id != kUsualClass) out.emplace_back(one.id);
  }
  return out;
}

}  // namespace

SchemaSection passive_section() {
  const PassiveOptions defaults;
  const PonRules& rules = defaults.rules;
  return {
      "backhaul.passive_optical",
      SectionKind::table,
      "Fibre to the homes near the cables through splitters in cabinets. Needs households_within_m, which is the "
      "longest drop (docs/methods/backhaul_options.md).",
      {integer("ratio", {"1", std::int64_t{rules.split_ratio}, {2.0, 128.0}},
               "Homes of one splitter: 2, 4, 8, 16, 32, 64 or 128."),
       choice("class", class_words(),
              "Of the equipment: least and greatest loss of G-PON (ITU-T G.984.2) and XG-PON (G.987.2)."),
       number("cabinet_reach_m", {"m", defaults.cabinet_reach_m, {0.0, 20'000.0}},
              "Along the cable from a cabinet to the drop of a home, at most."),
       number("persons_per_household", {"1", {}, {0.5, 20.0}}, "Absent: that of [subsidy]."),
       number("longest_reach_km", {"km", kPassiveKm * rules.longest_reach_m, {0.1, 60.0}},
              "From the exchange to a home (ITU-T G.984.1)."),
       number("fibre_db_per_km", {"dB/km", rules.fibre_db_per_km, {0.1, 2.0}}, "At 1310 nm, with splices."),
       number("halving_excess_db", {"dB", rules.halving_excess_db, {0.0, 2.0}},
              "Of a splitter for each halving of the light, beyond its 3.01 dB."),
       number("connectors_db", {"dB", rules.connectors_db, {0.0, 10.0}}, "Of all connectors on the way."),
       number("ageing_margin_db", {"dB", rules.ageing_margin_db, {0.0, 10.0}}, "Kept for repairs.")}};
}

std::optional<PassiveOptions> read_passive(const StudyReading& reading) {
  const SectionView view = reading.document.section("backhaul.passive_optical");
  if (view.node() == nullptr) return std::nullopt;
  const SectionView backhaul = reading.document.section("backhaul");
  if (backhaul.node() == nullptr) {
    reading.document.add(view.fault("ratio", "needs [backhaul]: there are no cables"));
    return std::nullopt;
  }
  if (!(backhaul.number("households_within_m") > 0.0))
    reading.document.add(view.fault("ratio", "needs households_within_m in [backhaul]: how far a home may be"));
  PassiveOptions out;
  const SectionView subsidy = reading.document.section("subsidy");
  if (view.given("persons_per_household")) {
    out.persons_per_household = view.number("persons_per_household");
  } else if (subsidy.node() != nullptr && subsidy.given("persons_per_household")) {
    out.persons_per_household = subsidy.number("persons_per_household");
  } else {
    reading.document.add(view.fault("persons_per_household", "is needed, here or in [subsidy]"));
  }
  const std::span<const OpticalPathClass> classes = optical_path_classes();
  const auto found = std::find_if(classes.begin(), classes.end(),
                                  [&](const OpticalPathClass& one) { return one.id == view.text("class"); });
  out.cabinet_reach_m = view.number("cabinet_reach_m");
  out.rules = {.split_ratio = static_cast<std::int32_t>(view.integer("ratio")),
               .longest_reach_m = view.number("longest_reach_km") / kPassiveKm,
               .fibre_db_per_km = view.number("fibre_db_per_km"),
               .halving_excess_db = view.number("halving_excess_db"),
               .connectors_db = view.number("connectors_db"),
               .ageing_margin_db = view.number("ageing_margin_db")};
  if (found != classes.end()) {
    out.rules.least_loss_db = found->least_loss_db;
    out.rules.greatest_loss_db = found->greatest_loss_db;
  }
  const auto split = static_cast<unsigned>(out.rules.split_ratio);
  if ((split & (split - 1U)) != 0)
    reading.document.add(view.fault("ratio", "is no power of 2: splitters halve the light (2, 4, 8 ... 128)"));
  return out;
}

}  // namespace amaneku::scenarios
