// Rows of the scenario's schema for the backhaul.
#include "scenarios/schema/schema_keys.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/passive_scenario.hpp"
#include "scenarios/studies/backhaul/television_scenario.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kShareRange{0.0, 100.0};

constexpr double kPlaceMbps = 100.0;

Keys backhaul_keys() {
  const BackhaulOptions defaults;
  const auto texts = [](const char* name, const char* doc) {
    return list(text(name, std::vector<std::string>(), doc), ValueType::texts);
  };
  return {
      choice("cable", {"aerial", "buried"},
             "How a new cable goes along a road; bridges and tunnels have prices of their own."),
      flag("roads", defaults.roads, "New cables may follow the roads of the scenario."),
      choice(
          "objective", {"total", "nation", "prefecture", "municipality", "operator"},
          "Whose cost is least: all payers' together, or what one of them bears under the programmes of [subsidy] "
          "(docs/methods/backhaul.md)."),
      number("longest_drop_m", {"m", defaults.longest_drop_m, {0.0, 1e5}},
             "A site or an exchange is led straight to the nearest road, cable or duct, so far at most."),
      number("least_mbps", {"Mbit/s", defaults.least_bps, {0.0, 1e6}},
             "What the way of a site has to carry at least, where its cells carry less in the busy hour."),
      texts("place_kinds", "Kinds of `[[places]]` that get fibre beside the sites: schools, town halls."),
      number("place_mbps", {"Mbit/s", kPlaceMbps, {0.0, 1e6}},
             "What the way of each of these places has to carry."),
      integer("fibres_per_cable", {"1", {}, {1.0, 10'000.0}},
              "Of a new cable: more than it holds takes further cables beside it, at the price of "
              "`[asset.fibre_further]`; absent: cables are not counted."),
      integer("fibres_per_site", {"1", defaults.fibres_per_site, {1.0, 1000.0}},
              "That a site has to itself on every stretch of each of its ways."),
      integer("fibres_per_place", {"1", defaults.fibres_per_place, {1.0, 1000.0}},
              "Likewise of each place of `place_kinds`."),
      texts("two_way_sites",
            "Ids of sites that get a second way without a common stretch but the drop, to the same exchange or to "
            "another."),
      number("longest_way_km", {"km", {}, {0.001, 20'000.0}},
             "Of cables and links from a site to its exchange; absent: any."),
      integer(
          "edge_servers", {"1", std::int64_t{defaults.edge_servers}, {0.0, 20.0}},
          "The exchanges and sites where so many servers at the edge shorten people's ways most; 0: not asked."),
      number(
          "availability_percent", {"%", {}, kShareRange},
          "Share of the time that the way of every site has to work; absent: any. Needs the figures of cables."),
      number("longest_delay_ms", {"ms", {}, {0.0, 1e4}}, "One way, from a site to its exchange; absent: any."),
      number("node_delay_us", {"us", 1e6 * defaults.needs.node_delay_s, {0.0, 1e6}},
             "Of each site on the way that passes packets on, and of the exchange."),
      number("cuts_per_1000km_year", {"1/(1000 km a)", {}, {0.0, 1000.0}},
             "How often a cable is cut; absent: the availability of cables is not told."),
      number("repair_h", {"h", {}, {0.0, 10'000.0}}, "Until a cut is mended."),
      number("households_within_m", {"m", defaults.households_within_m, {0.0, 1e5}},
             "People so near to a cable that is laid or there can have fibre to the home; 0: not asked.")};
}

Keys service_keys() {
  return {required(number("mbps", {"Mbit/s", {}, {0.001, 1e6}}, "What it carries, each way.")),
          required(number("availability_percent", {"%", {}, kShareRange}, "Share of the time that it works.")),
          required(number("delay_ms", {"ms", {}, {0.0, 1e4}}, "One way."))};
}

}  // namespace

std::vector<SchemaSection> BackhaulStudy::sections() {
  const auto kTable = SectionKind::table;
  const ExchangeOffice office;
  std::vector<SchemaSection> out = {
      {"backhaul", kTable,
       "How the sites reach their exchanges: cables, links and services at least cost. Needs [costs] "
       "(docs/methods/backhaul.md).",
       backhaul_keys()},
      {"backhaul.exchange",
       SectionKind::list,
       "An exchange office (収容局). Absent: every `[[costs.exchange]]`.",
       {text("name", std::string{}, "What it is called."),
        required(number("lon", {"deg", {}, {-180.0, 180.0}}, "Longitude.")),
        required(number("lat", {"deg", {}, {-90.0, 90.0}}, "Latitude.")),
        number("onward_km", {"km", office.onward_m, {0.0, 20'000.0}},
               "Fibre from it to the server or the internet exchange that packets go on to."),
        integer("onward_hops", {"1", std::int64_t{office.onward_hops}, {0.0, 100.0}}, "Nodes on that way.")}},
      {"backhaul.way",
       SectionKind::list,
       "Lines beside the roads that a cable can follow: cables and ducts that are there, corridors.",
       {required(text("path", {}, "Lines, anything that OGR reads.")),
        choice("medium", {"existing", "duct", "submarine", "aerial", "buried", "bridge", "tunnel"},
               "Fibres in a cable that is there; a new cable in a duct, on the sea bed, on poles, in the "
               "ground, under a bridge, in a tunnel."),
        text("name_field", std::string("name"), "Field of the line's name.")}},
      {"backhaul.satellite", kTable, "A satellite link, or one to a platform in the stratosphere, for any site.",
       service_keys()},
      {"backhaul.leased", kTable, "A leased line of somebody else, to be had at any site.", service_keys()}};
  for (SchemaSection& section : hop_sections()) out.push_back(std::move(section));
  out.push_back(passive_section());
  out.push_back(television_section());
  return out;
}

}  // namespace amaneku::scenarios
