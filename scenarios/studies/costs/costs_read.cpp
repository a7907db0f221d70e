#include "scenarios/studies/costs/costs_study.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <map>
#include <string_view>

#include "libsim/entry_of.hpp"
#include "libsim/routes/road_routes.hpp"
#include "scenarios/catalogue/costs_file.hpp"
#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/catalogue/subsidy_rules_file.hpp"
#include "scenarios/schema/table_values.hpp"
#include "scenarios/studies/backhaul/backhaul_study.hpp"

namespace amaneku::scenarios {
namespace {

constexpr Range kMetres{0.0, 1e7};
constexpr double kMostFactor = 1000.0;  // of a price
constexpr char kAreaSeparator = '|';

void set_fact(FundingFacts& facts, const char* name, std::int64_t value) {
  facts.facts[static_cast<std::size_t>(fact_index(name))] = value;
}

void set_number(FundingFacts& facts, const char* name, double value) {
  set_fact(facts, name, fact_number(value, {0.0, 1e9}));
}

/// Steepest slope over two cells of the ground; 0 where it is not known.
double slope_percent(const Raster<float>& ground_asl_m, Point at) {
  const double step_m = ground_asl_m.grid.cell_m;
  if (!(step_m > 0.0) || ground_asl_m.values.empty()) return 0.0;
  const auto height = [&](double dx_m, double dy_m) {
    return static_cast<double>(sample_bilinear(ground_asl_m, {at.x_m + dx_m, at.y_m + dy_m}));
  };
  const double dx = (height(step_m, 0.0) - height(-step_m, 0.0)) / (2.0 * step_m);
  const double dy = (height(0.0, step_m) - height(0.0, -step_m)) / (2.0 * step_m);
  constexpr double kPercent = 100.0;
  const double slope = kPercent * std::hypot(dx, dy);
  return std::isfinite(slope) ? slope : 0.0;
}

/// Whether a gap between roads has water in it: ground without height, or not above the sea. Before the ground is
/// read every gap counts.
bool crosses_water(const Raster<float>& ground_asl_m, const RoadRoute& route) {
  if (!(route.gap_m > 0.0)) return false;
  if (ground_asl_m.values.empty()) return true;
  constexpr int kSamples = 64;
  for (int i = 0; i <= kSamples; ++i) {
    const double t = static_cast<double>(i) / kSamples;
    const Point at{route.gap_from.x_m + t * (route.gap_to.x_m - route.gap_from.x_m),
                   route.gap_from.y_m + t * (route.gap_to.y_m - route.gap_from.y_m)};
    const double height_m = static_cast<double>(sample_bilinear(ground_asl_m, at));
    if (!(height_m > 0.0)) return true;
  }
  return false;
}

/// What a municipality brings to the sites in it.
struct MunicipalFacts {
  std::vector<std::string> areas{};
  std::map<std::string, std::int64_t> facts{};
};

class MoneyReader {
 public:
  explicit MoneyReader(const StudyReading& reading)
      : document_(reading.document),
        input_(reading.input),
        crs_(reading.crs),
        warnings_(reading.warnings),
        is_laid_out_(reading.document.section("backhaul").node() != nullptr) {}

  std::optional<MoneyInput> run() {
    const SectionView costs = document_.section("costs");
    const SectionView subsidy = document_.section("subsidy");
    if (costs.node() == nullptr) {
      if (subsidy.node() != nullptr)
        document_.add(subsidy.fault("fiscal_years", "needs [costs]: without costs there is nothing to pay for"));
      return std::nullopt;
    }
    read_terms(costs);
    if (subsidy.node() != nullptr) read_funding(subsidy);
    if (document_.faulty()) return std::nullopt;
    place_sites(costs);
    read_site_table();
    if (!document_.faulty()) check_prices(costs);
    return std::move(out_);
  }

 private:
  void read_terms(const SectionView& view) {
    document_.attempt(view, "path", [&] {
      out_.catalogue = view.given("path") ? costs_with(document_.path_of(view)) : built_in_costs();
    });
    document_.attempt(view, "price_factors", [&] { multiply_prices(view.texts("price_factors")); });
    out_.terms.basis = {.year = static_cast<int>(view.integer("year")), .position = view.number("price_position")};
    out_.terms.sharing = {.level = enumerator<SharingLevel>(kSharingWords, view.text("sharing")),
                          .operators = static_cast<int>(view.integer("operators"))};
    out_.terms.access = {.per_slope_percent = view.number("slope_share"), .in_snow = view.number("snow_share")};
    out_.horizon = {.years = static_cast<int>(view.integer("years")),
                    .discount_rate = view.number("discount_rate"),
                    .inflation = view.number("inflation")};
  }

  void read_funding(const SectionView& view) {
    document_.attempt(view, "path", [&] {
      FundingTerms terms{
          .engine = view.given("path") ? subsidies_with(document_.path_of(view)) : built_in_subsidies(),
          .fiscal_years = view.texts("fiscal_years"),
          .applicants = view.texts("applicants"),
          .after_bonds = view.flag("after_bonds")};
      const std::string payer = view.text("payer");
      for (std::size_t i = 0; i < kPayerCount; ++i) {
        if (payer == kPayerWords[i]) terms.payer = static_cast<Payer>(i);
      }
      check_words(terms);
      const std::vector<SubsidyWord>& programmes = terms.engine.rules().programmes;
      for (const std::string& programme : view.texts("programmes"))
        terms.programmes.push_back(programmes[known_word(programmes, programme, "programmes")].id);
      out_.funding = std::move(terms);
    });
    if (view.given("persons_per_household")) out_.persons_per_household = view.number("persons_per_household");
    if (!out_.funding) return;
    document_.attempt(view, "operator_part", [&] {
      out_.funding->operator_part = Rational::parse(view.text("operator_part"));
      if (out_.funding->operator_part > Rational(1, 1))
        throw InputError(Fault{.message = "is more than all", .key = "operator_part", .legal = "\"0\" .. \"1\""});
    });
    document_.attempt(view, "choices", [&] { read_choices(view.texts("choices")); });
    read_municipalities();
  }

  void multiply_prices(const std::vector<std::string>& factors) {
    for (const std::string& written : factors) {
      const std::size_t sign = std::min(written.find('='), written.size());
      const std::string id = written.substr(0, sign);
      const std::string_view text = std::string_view(written).substr(std::min(sign + 1, written.size()));
      double factor = 0.0;
      const auto end = std::from_chars(text.data(), text.data() + text.size(), factor);
      if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !(factor >= 0.0) ||
          factor > kMostFactor)
        throw InputError(Fault{.message = "is no price with its factor",
                               .key = "price_factors",
                               .value = written,
                               .legal = "\"ID=1.2\", 0 .. 1000"});
      std::vector<PriceItem>& prices = out_.catalogue.prices;
      PriceItem& price = prices[static_cast<std::size_t>(&entry_of(prices, id, "price_factors") - prices.data())];
      price.low *= factor;
      price.high *= factor;
      warnings_.push_back({"price_multiplied", fmt::format("the price {} times {:g}", id, factor), 1});
    }
  }

  static void check_words(const FundingTerms& terms) {
    const SubsidyRules& rules = terms.engine.rules();
    if (terms.applicants.empty()) throw InputError(Fault{.message = "is empty", .key = "applicants"});
    for (const std::string& applicant : terms.applicants)
      (void)known_word(rules.applicants, applicant, "applicants");
    std::vector<std::string> years;
    for (const SubsidyRule& rule : rules.rules) {
      if (std::find(years.begin(), years.end(), rule.fiscal_year) == years.end())
        years.push_back(rule.fiscal_year);
    }
    for (const std::string& year : terms.fiscal_years) {
      if (std::find(years.begin(), years.end(), year) == years.end()) refuse_unknown(year, "fiscal_years", years);
    }
  }

  void read_choices(const std::vector<std::string>& choices) {
    const std::vector<SubsidyChoice>& known = out_.funding->engine.rules().choices;
    for (const std::string& written : choices) {
      const std::size_t sign = written.find('=');
      const SubsidyChoice& choice = entry_of(known, written.substr(0, sign), "choices");
      const std::string option = sign == std::string::npos ? "" : written.substr(sign + 1);
      if (std::find(choice.options.begin(), choice.options.end(), option) == choice.options.end())
        refuse_unknown(option, "choices", choice.options);
      out_.funding->choices.emplace_back(choice.id, option);
    }
  }

  void read_municipalities() {
    const SectionView view = document_.section("subsidy.municipalities");
    if (view.node() == nullptr) return;
    document_.attempt(view, "path", [&] {
      const std::vector<std::string> known = {"code",
                                              "name",
                                              "name_en",
                                              "population",
                                              "designations",
                                              "fiscal_capacity_index",
                                              "inhabited_border_island_all",
                                              "merged_municipality",
                                              "source",
                                              "synthetic"};
      const SourceTable table = read_table(document_.path_of(view), {}, known);
      TableValues values(document_, table, known);
      for (const char* column : {"code", "designations", "fiscal_capacity_index"}) {
        if (!values.has(column))
          throw InputError(
              Fault{.message = "the column is missing", .file = table.path, .line = 1, .key = column});
      }
      for (const TableRow& row : table.rows) read_municipality(values, row);
    });
  }

  void read_municipality(TableValues& values, const TableRow& row) {
    const std::string code = TableValues::text(row, "code");
    MunicipalFacts out{.areas = areas_of(values, row, "designations")};
    if (const auto index = values.number(row, "fiscal_capacity_index", {0.0, 10.0}))
      out.facts["fiscal_capacity_index"] = fact_number(*index, {0.0, 10.0});
    for (const char* flag : {"inhabited_border_island_all", "merged_municipality"}) {
      if (const auto value = values.flag(row, flag)) out.facts[flag] = *value ? 1 : 0;
    }
    if (code.empty()) values.fault(row, "code", "is empty");
    if (!municipalities_.emplace(code, std::move(out)).second) values.fault(row, "code", "comes twice");
  }

  [[nodiscard]] std::vector<std::string> areas_of(TableValues& values, const TableRow& row,
                                                  const std::string& column) const {
    std::vector<std::string> areas = parts_of(TableValues::text(row, column), kAreaSeparator);
    for (const std::string& area : areas) {
      try {
        (void)known_word(out_.funding->engine.rules().areas, area, column);
      } catch (const InputError& error) {
        values.fault(row, column, "\"" + area + "\": " + error.faults().front().message,
                     error.faults().front().legal);
      }
    }
    return areas;
  }

  /// What holds for every site, what its municipality brings, and what the map says.
  void place_sites(const SectionView& view) {
    const FundingFacts common = common_facts();
    for (const Municipality& municipality : input_.world.boundaries.municipalities) {
      out_.municipal_facts.push_back(common);
      add_municipality(out_.municipal_facts.back(), municipality.code);
    }
    for (const Site& site : input_.network.sites) {
      SiteMoney money{.works = {.build = enumerator<BuildKind>(kBuildWords, view.text("build")),
                                .sectors = static_cast<int>(site.sectors.size()),
                                .grid_m = view.number("grid_m"),
                                .autonomy_h = view.number("autonomy_h"),
                                .generator = view.flag("generator"),
                                .slope_percent = slope_percent(input_.world.ground.ground_asl_m, site.at),
                                .snow = view.flag("snow")},
                      .facts = common};
      money.households_known = document_.section("subsidy.facts").given("households");
      add_municipality(money.facts, site.at);
      out_.sites.push_back(std::move(money));
    }
    add_routes(view.text("fibre"));
  }

  [[nodiscard]] FundingFacts common_facts() const {
    FundingFacts out;
    set_fact(out, "work", 0);
    set_fact(out, "purpose", 0);
    const SectionView view = document_.section("subsidy.facts");
    for (std::size_t i = 0; i < kFactCount; ++i) {
      const SubsidyFact& fact = subsidy_facts()[i];
      if (!view.given(fact.name)) continue;
      if (fact.kind == FactKind::flag) out.facts[i] = view.flag(fact.name) ? 1 : 0;
      if (fact.kind == FactKind::number) out.facts[i] = fact_number(view.number(fact.name), fact.range);
      if (fact.kind == FactKind::word)
        out.facts[i] = std::find(fact.words.begin(), fact.words.end(), view.text(fact.name)) - fact.words.begin();
    }
    return out;
  }

  void add_municipality(FundingFacts& facts, Point at) const {
    for (const Municipality& municipality : input_.world.boundaries.municipalities) {
      if (contains(municipality.area, at)) return add_municipality(facts, municipality.code);
    }
  }

  void add_municipality(FundingFacts& facts, const std::string& code) const {
    const auto found = municipalities_.find(code);
    if (found == municipalities_.end()) return;
    facts.areas = found->second.areas;
    for (const auto& [name, value] : found->second.facts) set_fact(facts, name.c_str(), value);
  }

  /// Ways along the roads to the nearest exchange. A site from which only water leads there is on an island,
  /// unless a table or [subsidy.facts] says otherwise.
  void add_routes(const std::string& fibre) {
    std::vector<const Line*> roads;
    for (const Road& road : input_.world.roads.roads) roads.push_back(&road.line);
    std::vector<Point> exchanges;
    for (const SectionView& view : document_.sections("costs.exchange"))
      exchanges.push_back(crs_.to_plan({view.number("lon"), view.number("lat")}));
    std::vector<Point> sites;
    for (const Site& site : input_.network.sites) sites.push_back(site.at);
    const std::vector<RoadRoute> routes = road_routes(roads, exchanges, sites);
    static const auto kIsland = static_cast<std::size_t>(fact_index("island"));
    for (std::size_t i = 0; i < routes.size(); ++i) {
      SiteWorks& works = out_.sites[i].works;
      works.road_m = routes[i].to_road_m;
      if (exchanges.empty() || roads.empty()) continue;
      const bool over_water = crosses_water(input_.world.ground.ground_asl_m, routes[i]);
      std::int64_t& island = out_.sites[i].facts.facts[kIsland];
      if (island == kUnknown) island = over_water ? 1 : 0;
      if (fibre == "none" || works.build == BuildKind::standing || is_laid_out_) continue;
      const double on_land_m = routes[i].to_road_m + routes[i].along_road_m + (over_water ? 0.0 : routes[i].gap_m);
      (fibre == "aerial" ? works.aerial_m : works.buried_m) = on_land_m;
      works.submarine_m = over_water ? routes[i].gap_m : 0.0;
      works.landings = over_water ? 2 : 0;
    }
  }

  void read_site_table() {
    const SectionView view = document_.section("costs.sites");
    if (view.node() == nullptr) return;
    document_.attempt(view, "path", [&] {
      const std::vector<std::string> known = {
          "site_id",  "build",    "grid_m",      "road_m",   "autonomy_h", "generator",  "slope_percent", "snow",
          "aerial_m", "buried_m", "submarine_m", "landings", "island",     "households", "designations"};
      const SourceTable table = read_table(document_.path_of(view), {}, known);
      TableValues values(document_, table, known);
      if (!values.has("site_id"))
        throw InputError(
            Fault{.message = "the column is missing", .file = table.path, .line = 1, .key = "site_id"});
      for (const TableRow& row : table.rows) read_site_row(values, row);
    });
  }

  void read_site_row(TableValues& values, const TableRow& row) {
    const std::string id = TableValues::text(row, "site_id");
    const auto site = std::find_if(input_.network.sites.begin(), input_.network.sites.end(),
                                   [&](const Site& known) { return known.id == id; });
    if (site == input_.network.sites.end()) {
      values.fault(row, "site_id", "there is no site of this id");
      return;
    }
    SiteMoney& money = out_.sites[static_cast<std::size_t>(site - input_.network.sites.begin())];
    read_works(values, row, money.works);
    if (const auto island = values.flag(row, "island")) set_fact(money.facts, "island", *island ? 1 : 0);
    if (const auto households = values.number(row, "households", {0.0, 1e8})) {
      set_number(money.facts, "households", *households);
      money.households_known = true;
    }
    if (!out_.funding) return;
    for (const std::string& area : areas_of(values, row, "designations")) money.facts.areas.push_back(area);
  }

  static void read_works(TableValues& values, const TableRow& row, SiteWorks& works) {
    if (const auto build = values.word(row, "build", words_of(kBuildWords)))
      works.build = enumerator<BuildKind>(kBuildWords, *build);
    if (works.build == BuildKind::standing)
      works.aerial_m = works.buried_m = works.submarine_m = works.landings = 0;
    const auto read = [&](const char* column, double& out, Range range) {
      if (const auto value = values.number(row, column, range)) out = *value;
    };
    read("grid_m", works.grid_m, kMetres);
    read("road_m", works.road_m, kMetres);
    read("autonomy_h", works.autonomy_h, {0.0, 1000.0});
    read("slope_percent", works.slope_percent, {0.0, 1000.0});
    if (const auto generator = values.flag(row, "generator")) works.generator = *generator;
    if (const auto snow = values.flag(row, "snow")) works.snow = *snow;
    bool own_line = false;
    for (const char* column : {"aerial_m", "buried_m", "submarine_m"})
      own_line = own_line || !TableValues::text(row, column).empty();
    works.own_line = own_line;
    if (own_line) works.aerial_m = works.buried_m = works.submarine_m = works.landings = 0;
    read("aerial_m", works.aerial_m, kMetres);
    read("buried_m", works.buried_m, kMetres);
    read("submarine_m", works.submarine_m, kMetres);
    if (const auto landings = values.number(row, "landings", {0.0, 100.0}))
      works.landings = static_cast<int>(*landings);
  }

  void check_prices(const SectionView& view) {
    const bool candidates = document_.section("selection").node() != nullptr;
    for (std::size_t i = 0; i < input_.network.sites.size(); ++i) {
      if (!input_.network.sites[i].existing && !candidates) continue;
      const std::size_t faults = faults_;
      document_.attempt(view, "path", [&] {
        try {
          (void)site_cost(out_.sites[i].works, out_.catalogue, out_.terms);
        } catch (const InputError& error) {
          ++faults_;
          Fault fault = error.faults().front();
          fault.message = fmt::format("site {}: {}", input_.network.sites[i].id, fault.message);
          throw InputError(std::move(fault));
        }
      });
      if (faults_ > faults) return;  // the others lack the same
    }
  }

  Document& document_;
  const PlanInput& input_;
  const Crs& crs_;
  std::vector<Warning>& warnings_;
  bool is_laid_out_;  ///< the lines to the exchanges are the backhaul's
  MoneyInput out_{};
  std::map<std::string, MunicipalFacts> municipalities_{};
  std::size_t faults_ = 0;
};

}  // namespace

void CostsStudy::read(const StudyReading& reading) {
  money = MoneyReader(reading).run();
  if (money) BackhaulStudy::check_prices(reading, *money);
}

}  // namespace amaneku::scenarios
