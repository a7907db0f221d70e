// Costs and payers: who pays what, per site and in all.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <map>

#include "libsim/entry_of.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/studies/costs/costs_study.hpp"
#include "scenarios/studies/costs/phrases.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::size_t kMostSites = 300;
constexpr double kBarWidth = 240.0;
constexpr double kMillion = 1e-6;

/// In the order of the bars; a colour and a word for each payer.
struct PayerMark {
  Payer payer;
  const char* colour;
  const Phrase& name;
};
constexpr std::array<PayerMark, 4> kMarks = {{{Payer::nation, "#0072b2", phrases::kPayerNation},
                                              {Payer::prefecture, "#56b4e9", phrases::kPayerPrefecture},
                                              {Payer::municipality, "#d55e00", phrases::kPayerMunicipality},
                                              {Payer::mobile_operator, "#8b9692", phrases::kPayerOperator}}};

std::int64_t part(const PayerAmounts& amounts_jpy, Payer payer) {
  return amounts_jpy[static_cast<std::size_t>(payer)];
}

std::string yen(std::int64_t amount_jpy) {
  return figure(static_cast<double>(amount_jpy));
}

Cell yen_cell(std::int64_t amount_jpy) {
  return {.html = yen(amount_jpy), .number = true};
}

std::string million(std::int64_t amount_jpy) {
  return figure(kMillion * static_cast<double>(amount_jpy), 1);
}

/// Parts side by side; the whole bar stands for `longest_jpy`.
std::string stacked_bar(const ReportContext& context, const PayerAmounts& amounts_jpy, std::int64_t longest_jpy,
                        double width, double height) {
  std::string out = fmt::format(
      "<svg width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" preserveAspectRatio=\"none\" "
      "style=\"max-width:100%\" role=\"img\" aria-label=\"{2}\">",
      width, height, said(context, phrases::kWhoPays));
  double x = 0.0;
  for (const PayerMark& mark : kMarks) {
    const std::int64_t amount_jpy = part(amounts_jpy, mark.payer);
    if (amount_jpy <= 0) continue;
    const double length = width * static_cast<double>(amount_jpy) / static_cast<double>(longest_jpy);
    out += fmt::format(
        "<rect x=\"{:.2f}\" y=\"0\" width=\"{:.2f}\" height=\"{:.0f}\" fill=\"{}\"><title>{}: {}</title></rect>",
        x, length, height, mark.colour, said(context, mark.name), yen(amount_jpy));
    x += length;
  }
  return out + "</svg>";
}

std::string payer_keys(const ReportContext& context) {
  std::string keys;
  for (const PayerMark& mark : kMarks) {
    keys += fmt::format("<li><i class=\"swatch\" style=\"background:{}\"></i>{}</li>", mark.colour,
                        said(context, mark.name));
  }
  return "<ul class=\"keys\">" + keys + "</ul>";
}

std::string per_person(const ReportContext& context, std::int64_t amount_jpy) {
  const double people = gained(context.result.statistics, context.result.existing).people;
  return people > 0.0 ? figure(static_cast<double>(amount_jpy) / people) : "–";
}

std::string cards(const ReportContext& context, const MoneyInput& money, const Bill& bill) {
  const bool beside = context.result.existing.has_value();
  std::string html = "<div class=\"cards\">\n";
  html += card(said(context, phrases::kCapex), million(bill.capex_jpy), said(context, phrases::kMillionYen),
               said(context, beside ? phrases::kPerNewInhabitant : phrases::kPerInhabitant,
                    {per_person(context, bill.capex_jpy)}));
  html += card(said(context, phrases::kOpex), million(bill.opex_jpy_per_year), said(context, phrases::kMillionYen),
               said(context, phrases::kAYear));
  html += card(
      said(context, phrases::kPresentValue), million(bill.life.present_jpy), said(context, phrases::kMillionYen),
      said(context, phrases::kPresentValueOver,
           {std::to_string(money.horizon.years), fmt::format("{:g}", 100.0 * money.horizon.discount_rate)}));
  if (bill.has_funding) {
    const std::int64_t municipality_jpy = part(bill.by_body_jpy, Payer::municipality);
    html += card(said(context, phrases::kMunicipalBurden), million(municipality_jpy),
                 said(context, phrases::kMillionYen),
                 said(context, beside ? phrases::kNewMunicipalBurdenDetail : phrases::kMunicipalBurdenDetail,
                      {per_person(context, municipality_jpy), million(bill.municipality_least_jpy),
                       per_person(context, bill.municipality_least_jpy)}));
  }
  return html + "</div>\n";
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& one : parts) out += (out.empty() ? "" : "<br>") + user_text(one);
  return out;
}

void payer_cells(std::vector<Cell>& cells, const PayerAmounts& amounts_jpy, std::int64_t after_bonds_jpy) {
  for (const PayerMark& mark : kMarks) cells.push_back(yen_cell(part(amounts_jpy, mark.payer)));
  cells.push_back(yen_cell(after_bonds_jpy));
}

std::string site_table(const ReportContext& context, const Bill& bill) {
  HtmlTable table(context.language);
  table.column(phrases::kName).column(phrases::kCapexYen, true).column(phrases::kOpexYen, true);
  if (bill.has_funding) {
    table.column(phrases::kWhoPays);
    for (const PayerMark& mark : kMarks) table.column(mark.name, true);
    table.column(phrases::kAfterBonds, true).sentences(phrases::kRules);
  }
  std::int64_t longest_jpy = 1;
  for (const SiteBill& site : bill.sites) longest_jpy = std::max(longest_jpy, site.cost.capex_jpy);
  for (std::size_t i = 0; i < std::min(bill.sites.size(), kMostSites); ++i) {
    const SiteBill& site = bill.sites[i];
    std::vector<Cell> cells = {words(context.input.network.sites[site.site].name), yen_cell(site.cost.capex_jpy),
                               yen_cell(site.cost.opex_jpy_per_year)};
    if (site.funding) {
      cells.push_back(
          {.html = stacked_bar(context, site.funding->by_body_jpy, longest_jpy, kBarWidth / 2.0, 14.0)});
      payer_cells(cells, site.funding->by_body_jpy, site.funding->municipality_least_jpy);
      cells.push_back({.html = join(rule_ids(*site.funding))});
    }
    table.row(cells);
  }
  if (bill.sites.size() > kMostSites)
    table.row({{.html = said(context, phrases::kMoreRows,
                             {figure(static_cast<double>(bill.sites.size() - kMostSites))})}});
  std::vector<Cell> sum = {words(phrases::kWholePlan, context.language), yen_cell(bill.capex_jpy),
                           yen_cell(bill.opex_jpy_per_year)};
  if (bill.has_funding) {
    sum.push_back({});
    payer_cells(sum, bill.by_body_jpy, bill.municipality_least_jpy);
    sum.push_back({});
  }
  table.row(sum, "sum");
  return table.html();
}

std::string price_source(const ReportContext& context, const std::string& source) {
  for (const auto& [english, japanese] : phrases::kPriceSources) {
    if (context.language == Language::ja && source == english) return std::string(japanese);
  }
  return source;
}

std::string quantity_html(const ReportContext& context, const CostAsset& asset, double quantity) {
  return figure(quantity) + " " + said(context, phrases::kQuantityUnits[static_cast<std::size_t>(asset.quantity)]);
}

/// One figure, or the lowest and the highest.
Cell unit_price_cell(double least_jpy, double most_jpy) {
  const std::string least = figure(least_jpy);
  const std::string most = figure(most_jpy);
  return {.html = least == most ? least : least + "–" + most, .number = true};
}

/// What is bought, over all sites.
std::string asset_table(const ReportContext& context, const CostCatalogue& catalogue, const Bill& bill) {
  struct Sum {
    double quantity = 0.0;
    double least_jpy = std::numeric_limits<double>::infinity();
    double most_jpy = 0.0;
    std::int64_t amount_jpy = 0;
  };
  std::map<const CostAsset*, Sum> sums;
  for (const SiteBill& site : bill.sites) {
    for (const CostLine& line : site.cost.lines) {
      Sum& sum = sums[line.asset];
      sum.quantity += line.quantity;
      sum.amount_jpy += line.amount_jpy;
      sum.least_jpy = std::min(sum.least_jpy, line.unit_jpy);
      sum.most_jpy = std::max(sum.most_jpy, line.unit_jpy);
    }
  }
  HtmlTable table(context.language);
  table.column(phrases::kAsset)
      .column(phrases::kQuantity, true)
      .column(phrases::kUnitYen, true)
      .column(phrases::kAmountYen, true)
      .column(phrases::kPriceSource);
  for (const CostAsset& asset : catalogue.assets) {
    const auto found = sums.find(&asset);
    if (found == sums.end()) continue;
    const PriceItem& price = entry_of(catalogue.prices, asset.price, "price");
    const bool japanese = context.language == Language::ja;
    std::string name = user_text(japanese ? asset.name_ja : asset.name);
    if (asset.payment == Payment::yearly) name += " (" + said(context, phrases::kAYear) + ")";
    const bool is_share = asset.quantity == CostQuantity::capex_share;
    const Cell none{.html = "–", .number = true};
    table.row(
        {{.html = name},
         is_share ? none : Cell{.html = quantity_html(context, asset, found->second.quantity), .number = true},
         is_share ? none : unit_price_cell(found->second.least_jpy, found->second.most_jpy),
         yen_cell(found->second.amount_jpy),
         {.html = price.source.empty() ? said(context, phrases::kOwnFigure)
                                       : user_text(price_source(context, price.source))}},
        price.source.empty() ? "other" : "");
  }
  return "<h3>" + said(context, phrases::kAssets) + "</h3>\n" + table.html() +
         paragraph(said(context, phrases::kTaxNote));
}

/// The name of a programme; in Japanese the first of its further ones that is no English.
std::string subsidy_name(const std::vector<SubsidyWord>& known, const std::string& id, Language language) {
  const int index = word_index(known, id);
  if (index < 0) return id;
  const SubsidyWord& word = known[static_cast<std::size_t>(index)];
  return language == Language::ja && !word.also.empty() ? word.also.front() : word.name;
}

/// "令和6年度" of "R6", "FY2024".
std::string fiscal_year_text(const std::string& year, Language language) {
  if (year.size() < 2 || (year[0] != 'R' && year[0] != 'H')) return year;
  const int number = std::atoi(year.c_str() + 1);
  const bool reiwa = year[0] == 'R';
  if (language == Language::en) return fmt::format("FY{}", (reiwa ? 2018 : 1988) + number);
  return fmt::format("{}{}年度", reiwa ? "令和" : "平成",
                     number == 1 ? std::string("元") : std::to_string(number));
}

std::string stage_text(const ReportContext& context, const std::string& basis) {
  for (const auto& [id, stage] : phrases::kBudgetStages) {
    if (id == basis) return std::string(stage.in(context.language));
  }
  return basis;
}

std::string document_text(std::string source, Language language) {
  if (language == Language::en) return source;
  for (const auto& [english, japanese] : phrases::kDocumentWords) {
    for (std::size_t at = source.find(english); at != std::string::npos; at = source.find(english, at))
      source.replace(at, english.size(), japanese);
  }
  return source;
}

/// Every rule that pays, with what it rests on.
std::string rule_table(const ReportContext& context, const SubsidyRules& words_of_rules, const Bill& bill) {
  struct Use {
    std::int64_t cost_jpy = 0;
    std::int64_t nation_jpy = 0;
    RuleStatus status = RuleStatus::stated;
  };
  std::map<std::string, Use> uses;
  std::map<std::string, const SubsidyRule*> rules;
  for (const SiteBill& site : bill.sites) {
    for (const FundedProject& project : site.funding->projects) {
      const SubsidyRule* rule = project.answer.rule;
      const std::string id = rule != nullptr ? rule->id : "";
      rules[id] = rule;
      uses[id].cost_jpy += project.cost_jpy;
      uses[id].nation_jpy += part(project.answer.amounts_jpy, Payer::nation);
      uses[id].status = std::max(uses[id].status, project.answer.status);
    }
  }
  HtmlTable table(context.language);
  table.column(phrases::kProgramme).column(phrases::kRuleYear).column(phrases::kCostUnderRule, true);
  table.column(phrases::kPayerNation, true).column(phrases::kReading).column(phrases::kSource);
  for (const auto& [id, use] : uses) {
    const SubsidyRule* rule = rules[id];
    if (rule == nullptr) {
      table.row({words(phrases::kOwnMoney, context.language), {}, yen_cell(use.cost_jpy), yen_cell(0), {}, {}},
                "other");
      continue;
    }
    const std::string programme =
        user_text(subsidy_name(words_of_rules.programmes, rule->programme, context.language)) + "<br>" +
        user_text(subsidy_name(words_of_rules.sub_programmes, rule->sub_programme, context.language)) +
        "<br><small>" + user_text(id) + "</small>";
    table.row(
        {{.html = programme},
         words(fiscal_year_text(rule->fiscal_year, context.language) + " " + stage_text(context, rule->basis)),
         yen_cell(use.cost_jpy),
         yen_cell(use.nation_jpy),
         words(phrases::kRuleStatusWords[static_cast<std::size_t>(use.status)], context.language),
         words(document_text(rule->source, context.language))});
  }
  return "<h3>" + said(context, phrases::kRules) + "</h3>\n" + table.html();
}

}  // namespace

std::string CostsStudy::overview(const ReportContext& context) const {
  std::string html = "<div class=\"block\"><h3>" + said(context, phrases::kCosts) + "</h3>\n<p class=\"v\">" +
                     million(bill.capex_jpy) + "<small>" + said(context, phrases::kMillionYen) + "</small></p>\n" +
                     paragraph(said(context, phrases::kOverviewCosts,
                                    {million(bill.opex_jpy_per_year), std::to_string(money->horizon.years),
                                     million(bill.life.present_jpy), std::to_string(money->terms.basis.year)}),
                               "detail");
  if (!bill.has_funding) return html + paragraph(said(context, phrases::kOverviewNoFunding)) + "</div>\n";
  html += stacked_bar(context, bill.by_body_jpy, std::max<std::int64_t>(bill.capex_jpy, 1), 3.0 * kBarWidth, 14.0);
  HtmlTable table(context.language);
  table.column(phrases::kWhoPays).column(phrases::kMillionYen, true).column(phrases::kShare, true);
  for (const PayerMark& mark : kMarks) {
    const std::int64_t amount_jpy = part(bill.by_body_jpy, mark.payer);
    std::string name =
        fmt::format("<i class=\"swatch\" style=\"background:{}\"></i>{}", mark.colour, said(context, mark.name));
    if (mark.payer == Payer::municipality && bill.municipality_least_jpy != amount_jpy)
      name += "<br><small>" + said(context, phrases::kOverviewBonds, {million(bill.municipality_least_jpy)}) +
              "</small>";
    table.row({{.html = name},
               {.html = million(amount_jpy), .number = true},
               percentage(static_cast<double>(amount_jpy), static_cast<double>(bill.capex_jpy))});
  }
  return html + table.html() + "</div>\n";
}

std::string CostsStudy::section(const ReportContext& context) const {
  std::string html = "<section>" + heading(context, phrases::kCosts) + cards(context, *money, bill);
  html += paragraph(said(context, phrases::kCostsMean, {std::to_string(money->terms.basis.year)}));
  if (bill.has_funding) {
    html +=
        "<figure><h3>" + said(context, phrases::kWhoPays) + "</h3>" +
        stacked_bar(context, bill.by_body_jpy, std::max<std::int64_t>(bill.capex_jpy, 1), 3.0 * kBarWidth, 26.0) +
        payer_keys(context) + "</figure>\n";
  }
  html += site_table(context, bill) + asset_table(context, money->catalogue, bill);
  if (bill.has_funding) html += rule_table(context, money->funding->engine.rules(), bill);
  return html + "</section>\n";
}

}  // namespace amaneku::scenarios
