// What is told of fibre to the homes: warnings, a table, keys of summary.json, a part of the report.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>

#include <nlohmann/json.hpp>

#include "scenarios/report/html.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/passive_phrases.hpp"
#include "scenarios/studies/backhaul/passive_scenario.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kKmOfMetres = 1e-3;
constexpr std::array<const char*, 4> kPonFaultWords = {"", "beyond_reach", "too_weak",
                                                       "too_strong"};  // [PonFault]

/// What of a network does not fit.
struct Dark {
  long long cabinets = 0;
  std::int64_t homes = 0;
};

Dark dark_of(const PassiveNetwork& network) {
  Dark out;
  for (const PassiveCabinet& cabinet : network.cabinets) {
    if (cabinet.design.fault == PonFault::none) continue;
    ++out.cabinets;
    out.homes += cabinet.homes.homes;
  }
  return out;
}

/// Of one municipality.
struct Town {
  std::int64_t cabinets = 0;
  std::int64_t homes = 0;
  std::int64_t splitters = 0;
  std::int64_t feeders = 0;
  std::int64_t dark = 0;
  double farthest_m = 0.0;
  double margin_db = std::numeric_limits<double>::infinity();
};

std::map<int, Town> towns_of(const PassiveNetwork& network) {
  std::map<int, Town> out;
  for (const PassiveCabinet& cabinet : network.cabinets) {
    Town& town = out[cabinet.municipality];
    ++town.cabinets;
    town.homes += cabinet.homes.homes;
    town.splitters += cabinet.design.splitters;
    town.feeders += cabinet.design.feeder_fibres;
    town.dark += cabinet.design.fault == PonFault::none ? 0 : 1;
    town.farthest_m = std::max(town.farthest_m, cabinet.homes.feeder_m + cabinet.homes.longest_drop_m);
    town.margin_db = std::min(town.margin_db, cabinet.design.margin_db);
  }
  return out;
}

}  // namespace

std::vector<Warning> passive_warnings(const PassiveNetwork& network) {
  std::vector<Warning> out;
  std::array<long long, kPonFaultWords.size()> by_fault{};
  for (const PassiveCabinet& cabinet : network.cabinets)
    ++by_fault[static_cast<std::size_t>(cabinet.design.fault)];
  const Dark dark = dark_of(network);
  if (dark.cabinets > 0)
    out.push_back(
        {"passive_optical_light",
         fmt::format("cabinets where the light does not fit: {} beyond the reach, {} too weak, {} too strong "
                     "(an attenuator is needed); {} homes",
                     by_fault[1], by_fault[2], by_fault[3], dark.homes),
         dark.cabinets});
  if (network.people_unfed > 0.0)
    out.push_back(
        {"passive_optical_unfed",
         fmt::format("people near a cable that no cable joins to an exchange, who have no cabinet: {:.0f}",
                     network.people_unfed),
         static_cast<long long>(network.people_unfed)});
  return out;
}

Table passive_table(const PlanInput& input, const PassiveNetwork& network,
                    const std::vector<ExchangeOffice>& exchanges) {
  Table table{.name = "passive_optical",
              .meaning = "Cabinets with splitters for the homes near the cables",
              .columns = {text_column("municipality", "code of that of most of its people; none: outside all"),
                          text_column("exchange", "that feeds it"),
                          real_column("people", "1", "near enough to the cables that it serves", 1),
                          integer_column("homes", "1", "of these people, rounded up"),
                          integer_column("splitters", "1", "of one stage, in the cabinet"),
                          integer_column("feeder_fibres", "1", "from the exchange, one for each splitter"),
                          real_column("feeder_km", "km", "along the cables to the exchange", 3),
                          real_column("longest_home_m", "m", "from the cabinet to its farthest home", 1),
                          real_column("loss_db", "dB", "to the farthest home", 2),
                          real_column("least_loss_db", "dB", "to the nearest home", 2),
                          real_column("margin_db", "dB", "left of the class after loss and ageing", 2),
                          text_column("fault", "beyond_reach, too_weak or too_strong; none: the light fits")},
              .outputs = {.json = "backhaul.passive_optical.cabinets"}};
  for (const PassiveCabinet& cabinet : network.cabinets) {
    const auto& municipalities = input.world.boundaries.municipalities;
    const auto exchange = static_cast<std::uint32_t>(input.network.sites.size()) + cabinet.exchange;
    const char* fault = kPonFaultWords[static_cast<std::size_t>(cabinet.design.fault)];
    table.add(
        Geometry(cabinet.at),
        {cabinet.municipality < 0 ? Attribute{}
                                  : Attribute(municipalities[static_cast<std::size_t>(cabinet.municipality)].code),
         hop_end_name({input.network, exchanges}, exchange, Language::en), cabinet.people, cabinet.homes.homes,
         cabinet.design.splitters, cabinet.design.feeder_fibres, kKmOfMetres * cabinet.homes.feeder_m,
         cabinet.homes.longest_drop_m, cabinet.design.greatest_loss_db, cabinet.design.smallest_loss_db,
         cabinet.design.margin_db, *fault == '\0' ? Attribute{} : Attribute(std::string(fault))});
  }
  return table;
}

void summarize_passive(nlohmann::ordered_json& backhaul, const PassiveNetwork& network) {
  const Dark dark = dark_of(network);
  nlohmann::ordered_json& out = backhaul["passive_optical"];
  out["homes"] = network.homes;
  out["splitters"] = network.splitters;
  out["feeder_fibres"] = network.feeder_fibres;
  out["people_served"] = network.people_served;
  out["people_unfed"] = network.people_unfed;
  out["cabinets_without_light"] = dark.cabinets;
  out["homes_without_light"] = dark.homes;
}

std::string passive_html(const ReportContext& context, const PassiveNetwork& network,
                         const PassiveOptions& options) {
  const PonRules& rules = options.rules;
  std::string out = "<h3>" + said(context, phrases::kPassive) + "</h3>\n" +
                    paragraph(said(context, phrases::kPassiveNote,
                                   {std::to_string(rules.split_ratio), figure(options.cabinet_reach_m),
                                    figure(rules.ageing_margin_db, 1), figure(rules.greatest_loss_db, 1)}));
  HtmlTable table(context.language);
  table.column(phrases::kMunicipality).column(phrases::kCabinets, true).column(phrases::kHomes, true);
  table.column(phrases::kSplitters, true).column(phrases::kFeeders, true).column(phrases::kFarthestKm, true);
  table.column(phrases::kLeastMarginDb, true).column(phrases::kCabinetsDark, true);
  const auto whole = [](std::int64_t value) { return number(static_cast<double>(value)); };
  for (const auto& [municipality, town] : towns_of(network)) {
    const auto& municipalities = context.input.world.boundaries.municipalities;
    table.row({municipality < 0 ? words(phrases::kOutsideAll, context.language)
                                : words(municipalities[static_cast<std::size_t>(municipality)].name),
               whole(town.cabinets), whole(town.homes), whole(town.splitters), whole(town.feeders),
               number(kKmOfMetres * town.farthest_m, 2), number(town.margin_db, 2), whole(town.dark)},
              town.dark > 0 ? "alarm" : "");
  }
  out += table.html();
  const Dark dark = dark_of(network);
  std::string told =
      dark.cabinets == 0
          ? said(context, phrases::kPassiveFits)
          : said(context, phrases::kPassiveFails,
                 {figure(static_cast<double>(dark.cabinets)), figure(static_cast<double>(network.cabinets.size())),
                  figure(static_cast<double>(dark.homes))});
  if (network.people_unfed > 0.0)
    told += " " + said(context, phrases::kPassiveUnfed, {figure(network.people_unfed)});
  return out + paragraph(told);
}

}  // namespace amaneku::scenarios
