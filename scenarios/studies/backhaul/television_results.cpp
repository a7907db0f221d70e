// What is told of cable television: a table, and its part of the report.
#include "scenarios/report/html.hpp"
#include "scenarios/report/phrases.hpp"
#include "scenarios/report/report_context.hpp"
#include "scenarios/studies/backhaul/television_phrases.hpp"
#include "scenarios/studies/backhaul/television_scenario.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kTvKm = 1e-3;
constexpr double kTvPercent = 100.0;

std::optional<double> share_on_mains(const TelevisionTown& town) {
  if (town.households == 0) return std::nullopt;
  return kTvPercent * static_cast<double>(town.on_mains) / static_cast<double>(town.households);
}

/// Ids of the rules that pay; empty: none does.
std::string programmes_of(const TelevisionTown& town) {
  std::string out;
  if (!town.funding) return out;
  for (const std::string& id : rule_ids(*town.funding)) out += (out.empty() ? "" : ", ") + id;
  return out;
}

Attribute whole_or_none(const std::optional<std::int64_t>& value) {
  return value ? Attribute(*value) : Attribute{};
}

}  // namespace

Table television_table(const PlanInput& input, const std::vector<TelevisionTown>& towns) {
  Table table{
      .name = "cable_television",
      .meaning = "Coaxial lines of cable television that are to be turned to fibre, by municipality",
      .columns = {text_column("code", "municipality code; empty: in none"), text_column("name", "its name"),
                  real_column("coaxial_km", "km", "to be turned to fibre, on the map", 3),
                  real_column("beside_km", "km", "of it within 60 m of a cable that is laid or there", 3),
                  real_column("to_lay_km", "km", "of it that needs a new cable", 3),
                  real_column("fibre_km", "km", "fibre already", 3),
                  integer_column("households", "1", "of all lines"),
                  integer_column("households_on_mains", "1", "behind amplifiers without back-up"),
                  real_column("on_mains_percent", "percent", "of the households", 2),
                  integer_column("amplifiers", "1", "of coaxial lines; none: not told of every one"),
                  integer_column("amplifiers_on_mains", "1", "of them without back-up"),
                  integer_column("cost_jpy", "JPY", "of the new cable; none: no price"),
                  text_column("rule_ids",
                              "rules of the programme that pays; empty: none does by the facts that are stated"),
                  integer_column("national_jpy", "JPY", "by the nation"),
                  integer_column("municipality_after_bonds_jpy", "JPY", "burden of the municipality after bonds")},
      .outputs = {.json = "backhaul.cable_television"}};
  const auto& municipalities = input.world.boundaries.municipalities;
  for (const TelevisionTown& town : towns) {
    const Municipality* of =
        town.municipality < 0 ? nullptr : &municipalities[static_cast<std::size_t>(town.municipality)];
    const std::optional<double> share = share_on_mains(town);
    table.add(
        of == nullptr ? Geometry(MultiPolygon{}) : Geometry(of->area),
        {of == nullptr ? std::string() : of->code, of == nullptr ? std::string() : of->name,
         kTvKm * town.coaxial_m, kTvKm * town.beside_m, kTvKm * town.to_lay_m(), kTvKm * town.fibre_m,
         town.households, town.on_mains, share ? Attribute(*share) : Attribute{}, whole_or_none(town.amplifiers),
         whole_or_none(town.amplifiers_on_mains), whole_or_none(town.cost_jpy), programmes_of(town),
         town.funding ? Attribute(town.funding->by_body_jpy[index_of(Payer::nation)]) : Attribute{},
         town.funding ? Attribute(town.funding->municipality_least_jpy) : Attribute{}});
  }
  return table;
}

std::string television_html(const ReportContext& context, const std::vector<TelevisionTown>& towns,
                            bool with_programmes) {
  HtmlTable table(context.language);
  table.column(phrases::kMunicipality).column(phrases::kCoaxialKm, true).column(phrases::kBesideKm, true);
  table.column(phrases::kToLayKm, true).column(phrases::kTvFibreKm, true).column(phrases::kTvHouseholds, true);
  table.column(phrases::kTvOnMains, true).column(phrases::kTvOnMainsShare, true);
  table.column(phrases::kTvAmplifiers, true).column(phrases::kTvCost, true);
  if (with_programmes) table.column(phrases::kTvProgramme).column(phrases::kTvNation, true);
  const auto whole = [](std::int64_t value) { return number(static_cast<double>(value)); };
  const Cell unknown{.html = "–", .number = true};
  const auto& municipalities = context.input.world.boundaries.municipalities;
  for (const TelevisionTown& town : towns) {
    const std::optional<double> share = share_on_mains(town);
    std::vector<Cell> row = {
        town.municipality < 0 ? words(phrases::kOutsideAll, context.language)
                              : words(municipalities[static_cast<std::size_t>(town.municipality)].name),
        number(kTvKm * town.coaxial_m, 2),
        number(kTvKm * town.beside_m, 2),
        number(kTvKm * town.to_lay_m(), 2),
        number(kTvKm * town.fibre_m, 2),
        whole(town.households),
        whole(town.on_mains),
        share ? number(*share, 1) : unknown,
        town.amplifiers ? Cell{.html = said(context, phrases::kTvOf,
                                            {figure(static_cast<double>(*town.amplifiers_on_mains)),
                                             figure(static_cast<double>(*town.amplifiers))}),
                               .number = true}
                        : unknown,
        town.cost_jpy ? whole(*town.cost_jpy) : unknown};
    if (with_programmes) {
      row.push_back(words(programmes_of(town)));
      row.push_back(town.funding ? whole(town.funding->by_body_jpy[index_of(Payer::nation)]) : unknown);
    }
    table.row(row);
  }
  return "<h3>" + said(context, phrases::kTelevision) + "</h3>\n" +
         paragraph(said(context, phrases::kTelevisionNote, {figure(kTelevisionBeside_m)})) + table.html() +
         (with_programmes ? paragraph(said(context, phrases::kTelevisionPaid)) : "");
}

}  // namespace amaneku::scenarios
