// [backhaul]: how the sites reach their exchanges, laid out at least cost (docs/methods/backhaul.md).
#pragma once

#include "libsim/economics/bill.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"
#include "libsim/studies/backhaul/payer_layout.hpp"
#include "libsim/studies/named_places.hpp"
#include "libsim/studies/routes/route_latency.hpp"
#include "libsim/studies/targets/target_check.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/passive_scenario.hpp"
#include "scenarios/studies/backhaul/television_scenario.hpp"
#include "scenarios/studies/study.hpp"

namespace amaneku::scenarios {

struct BackhaulStudy {
  static constexpr std::string_view id = "backhaul";

  std::optional<BackhaulOptions> options{};
  std::optional<HopAsk> hop_ask{};
  std::optional<PassiveOptions> passive_options{};
  std::optional<TelevisionOptions> television_options{};
  std::optional<Payer> payer{};            ///< whose burden is to be least; none: all payers' together
  std::vector<std::string> place_kinds{};  ///< of NamedPlace that are connected as well
  BackhaulReport report{};
  long long places_outside = 0;  ///< of these kinds, left out
  HopPlan hops{};
  std::optional<PassiveNetwork> passive{};
  std::vector<TelevisionTown> television{};
  bool television_has_programmes = false;  ///< [subsidy] was there to ask

  [[nodiscard]] static std::vector<SchemaSection> sections();
  void read(const StudyReading& reading);
  [[nodiscard]] bool asked() const noexcept { return options.has_value(); }
  [[nodiscard]] bool counts_cables() const noexcept;
  [[nodiscard]] std::string plan_text(Language language) const;
  void run(const StudyInput& plan, const Studies& earlier);
  [[nodiscard]] std::vector<Table> tables(const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string section(const ReportContext& context) const;
  void summarize(nlohmann::ordered_json& summary, const PlanInput& input, const PlanResult& result) const;
  [[nodiscard]] std::string closing(Language language, const PlanInput& input) const;

  /// A fault where [backhaul] needs a price that nobody states.
  static void check_prices(const StudyReading& reading, const MoneyInput& money);
  /// Share of people near a cable and schools without fibre, for the targets that a radio plan does not tell;
  /// nothing where they are not known.
  void supply(TargetOptions& options, const PlanInput& input) const;
  /// Delays of all sites to their exchanges, for services whose server stands there or beyond; empty without
  /// [backhaul]. [site of the network]
  [[nodiscard]] std::vector<std::optional<LaidTransport>> transport(std::size_t sites) const;
  /// The options with prices, and with the places that are connected: what a layout of other sites asks for.
  [[nodiscard]] BackhaulOptions priced(const MoneyInput& money, const std::vector<NamedPlace>& places,
                                       const Grid& grid) const;
  /// Gives every connected site of the bill its parts of cables and links.
  void share_out(MoneyInput& money) const;
};

}  // namespace amaneku::scenarios
