// [backhaul.microwave], [backhaul.optics], [backhaul.iab] and the air between the masts: what hops the backhaul
// may be made of.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libsim/economics/bill.hpp"
#include "libsim/studies/backhaul/hop_plan.hpp"
#include "scenarios/catalogue/microwave_file.hpp"
#include "scenarios/report/language.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

/// What the scenario asks for.
struct HopAsk {
  HopOptions options{};                ///< without what access carriers have left, which the plan tells
  std::vector<MicrowaveBand> bands{};  ///< [MicrowaveOptions::bands]
  std::vector<MicrowaveType> types{};  ///< likewise: the radio of each
  std::optional<IabTerms> iab{};
};

[[nodiscard]] std::vector<SchemaSection> hop_sections();
/// None where the scenario has none of the sections; faults go to the document.
[[nodiscard]] std::optional<HopAsk> read_hops(const StudyReading& reading);
/// ", microwave 18ghz, optics", for one line of `amaneku check`.
[[nodiscard]] std::string hops_text(const HopAsk& ask, Language language);
/// A fault for every asset of the hops asked for that has no price.
void check_hop_prices(const StudyReading& reading, const MoneyInput& money);
/// What hops can end at.
struct HopEnds {
  const Network& network;
  std::span<const ExchangeOffice> exchanges;
};
/// HopOffer::from or to: "S08", the name of an exchange, or "exchange 2" of one without a name.
[[nodiscard]] std::string hop_end_name(const HopEnds& ends, std::uint32_t end, Language language);
/// What must be known of the hops that are built, or why there are none.
[[nodiscard]] std::vector<Warning> hop_warnings(const HopAsk& ask, const HopPlan& plan, const HopEnds& ends);

}  // namespace amaneku::scenarios
