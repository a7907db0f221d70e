#include <cmath>

#include "scenarios/report/styles.hpp"
#include "scenarios/studies/backhaul/backhaul_colours.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"
#include "scenarios/studies/backhaul/hop_results.hpp"
#include "scenarios/studies/backhaul/hop_scenario.hpp"
#include "scenarios/studies/backhaul/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kKmOfM = 1e-3;
constexpr double kMs = 1e3;
constexpr double kToPercent = 100.0;

std::string word(Medium medium) {
  return std::string(kMediumWords[index_of(medium)]);
}

/// Of places their names, for they have no ids.
std::string ids(const BackhaulReport& report, const std::vector<std::uint32_t>& ends) {
  std::string out;
  for (const std::uint32_t end : ends) {
    const BackhaulSite& site = report.sites[end];
    out += (out.empty() ? "" : " ") + (site.is_place() ? site.name : site.id);
  }
  return out;
}

std::string style() {
  std::vector<StyleCategory> categories;
  for (std::size_t i = 0; i < kMediumCount; ++i) {
    categories.push_back({std::string(kMediumWords[i]), std::string(phrases::kMedia[i].in(Language::en)),
                          medium_colour(static_cast<Medium>(i))});
  }
  return categorised_qml(SymbolKind::line, "medium", categories, 0.9);
}

/// Layers of their own in network.gpkg.
enum class Part { fibre, service };

Part part_of(Medium medium) {
  return is_cable(medium) ? Part::fibre : Part::service;
}

Table segments_table(const BackhaulReport& report, Part part) {
  constexpr std::array<const char*, 2> kNames = {"fibre", "backhaul_links"};
  constexpr std::array<const char*, 2> kMeanings = {
      "Cables of the backhaul, one row for each stretch with the same sites behind it",
      "Satellite links and leased lines of the backhaul; hops have tables of their own"};
  Table table{.name = kNames[static_cast<std::size_t>(part)],
              .meaning = kMeanings[static_cast<std::size_t>(part)],
              .columns = {text_column("medium", "what it is"),
                          text_column("use", "way, drop, join, gap (a straight estimate) or link"),
                          real_column("length_m", "m", "on the ground", 1),
                          integer_column("sites", "1", "sites and places behind it"),
                          text_column("site_ids", "their ids; of places their names"),
                          real_column("people", "1", "whom these sites serve: cut off when it fails", 1),
                          integer_column("capex_jpy", "JPY", "purchase"),
                          integer_column("opex_jpy_per_year", "JPY/year", "operation")},
              .styles = {"", style(), ""}};
  constexpr std::array<const char*, 5> kUses = {"way", "drop", "join", "gap", "link"};
  for (const BackhaulSegment& segment : report.segments) {
    if (is_hop(segment.medium) || part_of(segment.medium) != part) continue;
    table.add(Geometry(segment.line),
              {word(segment.medium), std::string(kUses[static_cast<std::size_t>(segment.use)]), segment.length_m,
               count(segment.ends.size()), ids(report, segment.ends), segment.people, segment.capex_jpy,
               segment.opex_jpy_per_year});
  }
  return table;
}

Table cables_table(const BackhaulReport& report) {
  Table table{.name = "backhaul_cables",
              .meaning = "How many cables lie side by side on each stretch of new cable",
              .columns = {text_column("medium", "what it is"), real_column("length_m", "m", "of the stretch", 1),
                          integer_column("sites", "1", "sites and places behind it"),
                          integer_column("fibres", "1", "that they use on all of their ways"),
                          integer_column("cables", "1", "side by side"),
                          real_column("further_m", "m", "of cables beside the first", 1),
                          integer_column("capex_jpy", "JPY", "purchase of all of them"),
                          integer_column("opex_jpy_per_year", "JPY/year", "operation of all of them")},
              .outputs = {.json = "backhaul.cables"}};
  for (const BackhaulSegment& segment : report.segments) {
    if (!is_new_cable(segment.medium)) continue;
    table.add(Geometry(segment.line),
              {word(segment.medium), segment.length_m, count(segment.ends.size()), segment.fibres, segment.cables,
               static_cast<double>(segment.cables - 1) * segment.length_m, segment.capex_jpy,
               segment.opex_jpy_per_year});
  }
  return table;
}

/// One without a name has its number.
std::string exchange_name(const PlanInput& input, const BackhaulStudy& study, std::uint32_t exchange) {
  const auto end = static_cast<std::uint32_t>(input.network.sites.size()) + exchange;
  return hop_end_name({input.network, study.options->exchanges}, end, Language::en);
}

Table sites_table(const PlanInput& input, const BackhaulStudy& study) {
  const BackhaulReport& report = study.report;
  Table table{
      .name = "backhaul_sites",
      .meaning = "How each connected site, and each place beside them, reaches its exchange",
      .columns = {text_column("site_id", "site; none: a place"),
                  text_column("kind", "site, or the kind of the place"), text_column("name", "its name"),
                  text_column("medium", "its own link or cable; none: not reached"),
                  text_column("exchange", "where its traffic leaves the backhaul; none: by a service"),
                  real_column("length_km", "km", "to the exchange", 3),
                  integer_column("hops", "1", "nodes that pass its packets on"),
                  real_column("delay_ms", "ms", "to the exchange, one way", 3),
                  real_column("delay_to_server_ms", "ms", "to the server beyond it, one way", 3),
                  real_column("availability_percent", "percent", "of its way; none: not known", 4),
                  real_column("demand_mbps", "Mbit/s", "of its cells in the busy hour", 1),
                  real_column("capacity_mbps", "Mbit/s", "of the weakest link on its way; none: cables only", 1),
                  flag_column("meets_needs", "capacity, availability and delay as asked"),
                  integer_column("capex_jpy", "JPY", "its parts of everything on its way"),
                  integer_column("opex_jpy_per_year", "JPY/year", "likewise"),
                  integer_column("own_present_jpy", "JPY", "present value of its way to the next junction"),
                  integer_column("other_present_jpy", "JPY",
                                 "of the other kind of way instead: cable for a link, link for a cable"),
                  real_column("other_km", "km", "length of that", 3)},
      .outputs = {.json = "backhaul.sites"}};
  for (const BackhaulSite& site : report.sites) {
    const Attribute id = site.is_place() ? Attribute{} : Attribute(site.id);
    const std::string kind = site.is_place() ? site.id : "site";
    std::vector<Attribute> row = {id, kind, site.name};
    if (site.way.reached) {
      const bool cable = is_cable(*site.medium);
      const OtherWay& other = cable ? site.by_link : site.by_cable;
      row = {id,
             kind,
             site.name,
             word(*site.medium),
             site.over_service ? Attribute{} : Attribute(exchange_name(input, study, site.way.exchange)),
             kKmOfM * site.way.length_m,
             std::int64_t{site.way.hops},
             kMs * site.way.delay_s,
             kMs * site.delay_to_server_s,
             finite(kToPercent * site.way.availability),
             1e-6 * site.demand_bps,
             finite(1e-6 * site.capacity_bps),
             amaneku::flag(site.way.meets_needs),
             site.capex_jpy,
             site.opex_jpy_per_year,
             other.found ? Attribute(other.own_jpy) : Attribute{},
             other.found ? Attribute(other.other_jpy) : Attribute{},
             other.found ? Attribute(kKmOfM * other.other_m) : Attribute{}};
    }
    row.resize(table.columns.size());
    table.add(Geometry(site.at), std::move(row));
  }
  return table;
}

Table bill_table(const BackhaulReport& report) {
  Table table{.name = "backhaul_bill",
              .meaning = "What the backhaul buys, over all sites",
              .columns = {text_column("asset", "what is bought"), text_column("payment", "once or yearly"),
                          real_column("quantity", "1", "metres, ends or links", 2),
                          integer_column("amount_jpy", "JPY", "sum over all edges")}};
  for (const BackhaulBillLine& line : report.bill) {
    table.add({line.asset->id, std::string(line.asset->payment == Payment::once ? "once" : "yearly"),
               line.quantity, line.amount_jpy});
  }
  return table;
}

Table exchanges_table(const PlanInput& input, const BackhaulStudy& study) {
  Table table{.name = "exchanges",
              .meaning = "Exchanges, and what reaches them",
              .columns = {text_column("name", "name"), integer_column("sites", "1", "that it connects"),
                          real_column("people", "1", "whom they serve", 1),
                          real_column("demand_mbps", "Mbit/s", "of these sites in the busy hour", 1)},
              .outputs = {.json = "backhaul.exchanges"}};
  for (std::uint32_t i = 0; i < study.options->exchanges.size(); ++i) {
    std::int64_t sites = 0;
    double people = 0.0;
    double demand_bps = 0.0;
    for (const BackhaulSite& site : study.report.sites) {
      if (!site.way.reached || site.over_service || site.way.exchange != i) continue;
      ++sites;
      people += site.people;
      demand_bps += site.demand_bps;
    }
    table.add(Geometry(study.options->exchanges[i].at),
              {exchange_name(input, study, i), sites, people, 1e-6 * demand_bps});
  }
  return table;
}

}  // namespace

std::vector<Table> BackhaulStudy::tables(const PlanInput& input, const PlanResult& /*result*/) const {
  std::vector<Table> out = {segments_table(report, Part::fibre), segments_table(report, Part::service),
                            sites_table(input, *this), bill_table(report), exchanges_table(input, *this)};
  if (counts_cables()) out.push_back(cables_table(report));
  if (passive) out.push_back(passive_table(input, *passive, options->exchanges));
  if (television_options) out.push_back(television_table(input, television));
  for (Table& table : hop_tables(input, *this)) out.push_back(std::move(table));
  return out;
}

}  // namespace amaneku::scenarios
