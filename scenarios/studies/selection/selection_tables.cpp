#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/studies/selection/selection_study.hpp"
#include "terrain/crs.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::array<const char*, 4> kNeedWords = {"population", "municipality", "road", "place"};

std::string site_id(const PlanInput& input, std::optional<std::size_t> site) {
  return site ? input.network.sites[*site].id : std::string();
}

Table needs_table(const SelectionReport& report) {
  Table table{.name = "selection_needs",
              .meaning = "What the selection had to reach, and what it reaches",
              .columns = {text_column("need", "population, municipality, road or place"),
                          text_column("id", "municipality code, class of road, kind of place"),
                          text_column("name", "of a municipality or a place"),
                          real_column("whole", "1", "people, m of road, cells of a place, inside the plan", 1),
                          real_column("required", "1", "of it, asked for; 0: only told", 1),
                          real_column("before", "1", "covered by the sites that stay", 1),
                          real_column("covered", "1", "with the chosen sites", 1),
                          real_column("covered_percent", "percent", "of the whole", 4),
                          real_column("reachable", "1", "with all candidates", 1)},
              .outputs = {.json = "selection.needs"}};
  for (const NeedReached& need : report.needs) {
    table.add({std::string(kNeedWords[static_cast<std::size_t>(need.kind)]), need.id, need.name, need.whole,
               need.least, need.before, need.reached, percent_of(need.reached, need.whole), need.at_most});
  }
  return table;
}

Table chosen_table(const PlanInput& input, const SelectionReport& report) {
  const Crs crs = Crs::from_text(input.world.crs_id);
  Table table{
      .name = "selection_sites",
      .meaning = "Candidates that were chosen, and why",
      .columns = {text_column("site_id", "site"), text_column("name", "its name"),
                  real_column("lon_deg", "degrees_east", "longitude", 7),
                  real_column("lat_deg", "degrees_north", "latitude", 7),
                  integer_column("capex_jpy", "JPY", "purchase, with the line that it would have alone"),
                  integer_column("present_value_jpy", "JPY", "of purchase and operation, likewise"),
                  integer_column("national_jpy", "JPY", "of the purchase"),
                  integer_column("prefecture_jpy", "JPY",
                                 "of the purchase, after its best bond where that counts"),
                  integer_column("municipality_jpy", "JPY", "likewise"),
                  integer_column("operator_jpy", "JPY", "of the purchase"),
                  integer_column("fiscal_year", "", "of the roll-out; none: no order was asked for"),
                  real_column("people", "1", "whom it reaches by itself", 1),
                  real_column("people_alone", "1", "whom no other site of the plan reaches", 1),
                  flag_column("replaceable", "whether the targets can be reached without it"),
                  integer_column("saved", "1",
                                 "by how much the objective (JPY, or sites) is larger without it; by the lines "
                                 "that sites would have alone"),
                  real_column("people_saved", "1", "how many people fewer are covered without it", 1),
                  text_column("runner_up", "what would stand for it")},
      .outputs = {.json = "selection.chosen"}};
  for (const ChosenSite& one : report.chosen) {
    const Site& site = input.network.sites[one.site];
    const LonLat at = crs.to_lonlat(site.at);
    const auto part = [&](Payer payer) { return one.amounts.burden_jpy[index_of(payer)]; };
    table.add(
        Geometry(site.at),
        {site.id, site.name, at.lon_deg, at.lat_deg, one.amounts.capex_jpy, one.amounts.present_jpy,
         part(Payer::nation), part(Payer::prefecture), part(Payer::municipality), part(Payer::mobile_operator),
         one.year > 0 ? Attribute(std::int64_t{one.year}) : Attribute(), one.people, one.people_alone,
         amaneku::flag(one.replaceable), one.saved, one.people_saved, site_id(input, one.runner_up)});
  }
  return table;
}

Table sharing_table(const SelectionReport& report) {
  Table table{
      .name = "selection_sharing",
      .meaning = "The best choice for each level of sharing",
      .columns = {text_column("sharing", "none, passive, radio or core"), flag_column("chosen", "of the choice"),
                  flag_column("allowed", "0: none was found within the limits"),
                  integer_column("sites", "1", "chosen"), real_column("people_covered", "1", "with them", 1),
                  integer_column("objective", "1", "JPY, as the selection asks for"),
                  integer_column("lower_bound", "1", "no choice with this level has less"),
                  integer_column("capex_jpy", "JPY", "purchase, lines included"),
                  integer_column("national_jpy", "JPY", "of the purchase"),
                  integer_column("prefecture_jpy", "JPY",
                                 "of the purchase, after its best bond where that counts"),
                  integer_column("municipality_jpy", "JPY", "likewise"),
                  integer_column("operator_jpy", "JPY", "of the purchase")},
      .outputs = {.json = "selection.shared"}};
  for (const SharedChoice& one : report.shared) {
    const auto part = [&](Payer payer) { return one.amounts.burden_jpy[index_of(payer)]; };
    table.add({std::string(kSharingWords[static_cast<std::size_t>(one.level)]),
               amaneku::flag(one.level == report.sharing), amaneku::flag(one.allowed),
               static_cast<std::int64_t>(one.sites), one.people, one.objective, one.lower_bound,
               one.amounts.capex_jpy, part(Payer::nation), part(Payer::prefecture), part(Payer::municipality),
               part(Payer::mobile_operator)});
  }
  return table;
}

Table tuning_table(const PlanInput& input, const TunedAntennas& tuned) {
  Table table{.name = "selection_tuning",
              .meaning = "Antennas that the selection has turned",
              .columns = {text_column("site_id", "site"), text_column("sector_id", "its sector"),
                          real_column("azimuth_deg", "deg", "of true north, clockwise", 3),
                          real_column("listed_azimuth_deg", "deg", "before", 3),
                          real_column("electrical_downtilt_deg", "deg", "downwards", 3),
                          real_column("listed_electrical_downtilt_deg", "deg", "before", 3)},
              .outputs = {.json = "selection.tuning"}};
  for (const AntennaTurn& turn : tuned.turns) {
    const Site& site = input.network.sites[turn.site];
    for (const std::size_t sector : turn.sectors)
      table.add({site.id, site.sectors[sector].id, turn.to.azimuth_deg, turn.from.azimuth_deg,
                 turn.to.electrical_downtilt_deg, turn.from.electrical_downtilt_deg});
  }
  return table;
}

Table years_table(const PlanInput& input, const SelectionOptions& options, const SelectionReport& report) {
  Table table{
      .name = "selection_years",
      .meaning = "The roll-out: what is built in which fiscal year, and whom it covers by then",
      .columns = {integer_column("fiscal_year", "", "year"), integer_column("sites", "1", "built in it"),
                  text_column("site_ids", "which"),
                  integer_column("capex_jpy", "JPY",
                                 "their purchase, lines in equal parts; of the first year with the lines of "
                                 "places and of the sites that stay"),
                  integer_column("national_jpy", "JPY", "of the purchase"),
                  integer_column("prefecture_jpy", "JPY",
                                 "of the purchase, after its best bond where that counts"),
                  integer_column("municipality_jpy", "JPY", "likewise"),
                  integer_column("operator_jpy", "JPY", "of the purchase"),
                  real_column("people_covered", "1", "at the end of the year", 1),
                  real_column("covered_percent", "percent", "of the people inside the plan", 4),
                  real_column("required_percent", "percent", "asked for; none: nothing", 4)},
      .outputs = {.json = "selection.years"}};
  for (std::size_t t = 0; t < report.years.size(); ++t) {
    const YearReached& year = report.years[t];
    const NeedReached& people = report.needs.front();
    const auto part = [&](Payer payer) { return year.amounts.burden_jpy[index_of(payer)]; };
    const std::optional<double>& asked = options.years[t].population_percent;
    std::string ids;
    for (const std::size_t site : year.sites) ids += (ids.empty() ? "" : " ") + input.network.sites[site].id;
    table.add({std::int64_t{year.year}, static_cast<std::int64_t>(year.sites.size()), ids, year.amounts.capex_jpy,
               part(Payer::nation), part(Payer::prefecture), part(Payer::municipality),
               part(Payer::mobile_operator), year.reached.front(), percent_of(year.reached.front(), people.whole),
               asked ? Attribute(*asked) : Attribute()});
  }
  return table;
}

Table municipal_years_table(const SelectionReport& report) {
  Table table{.name = "selection_municipality_years",
              .meaning = "The roll-out by municipality: whom it covers by which fiscal year",
              .columns = {text_column("code", "municipality"), text_column("name", "its name"),
                          integer_column("fiscal_year", "", "year"),
                          real_column("people_in_plan", "1", "of it, inside the plan", 1),
                          real_column("people_covered", "1", "at the end of the year", 1),
                          real_column("covered_percent", "percent", "of them", 4)},
              .outputs = {.json = "selection.municipality_years"}};
  for (std::size_t i = 0; i < report.needs.size(); ++i) {
    const NeedReached& need = report.needs[i];
    if (need.kind != SelectionNeed::Kind::municipality || !(need.whole > 0.0)) continue;
    for (const YearReached& year : report.years)
      table.add({need.id, need.name, std::int64_t{year.year}, need.whole, year.reached[i],
                 percent_of(year.reached[i], need.whole)});
  }
  return table;
}

}  // namespace

std::vector<Table> SelectionStudy::tables(const PlanInput& input, const PlanResult& /*result*/) const {
  std::vector<Table> out = {needs_table(*report), chosen_table(input, *report)};
  if (!report->shared.empty()) out.push_back(sharing_table(*report));
  if (report->tuned) out.push_back(tuning_table(input, *report->tuned));
  if (!report->years.empty()) {
    out.push_back(years_table(input, *options, *report));
    out.push_back(municipal_years_table(*report));
  }
  return out;
}

}  // namespace amaneku::scenarios
