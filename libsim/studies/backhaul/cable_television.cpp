#include "libsim/studies/backhaul/cable_television.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "libsim/economics/funding_doubts.hpp"
#include "libsim/routes/point_index.hpp"

namespace amaneku {
namespace {

constexpr std::int64_t kOneHousehold = 1'000'000'000;  // facts count in units of 1e-9

Point between(Point a, Point b, double part) {
  return {a.x_m + part * (b.x_m - a.x_m), a.y_m + part * (b.y_m - a.y_m)};
}

double length_of(const Line& line) {
  double out_m = 0.0;
  for (std::size_t i = 1; i < line.size(); ++i) out_m += distance_m(line[i - 1], line[i]);
  return out_m;
}

Point middle_of(const Line& line) {
  double left_m = 0.5 * length_of(line);
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double piece_m = distance_m(line[i - 1], line[i]);
    if (left_m <= piece_m) return between(line[i - 1], line[i], piece_m > 0.0 ? left_m / piece_m : 0.0);
    left_m -= piece_m;
  }
  return line.back();
}

/// Visits the middles of equal pieces of at most kTelevisionStep_m with their length.
template <class Visit>
void each_piece(Point a, Point b, const Visit& visit) {
  const double length_m = distance_m(a, b);
  const int pieces = std::max(1, static_cast<int>(std::ceil(length_m / kTelevisionStep_m)));
  for (int i = 0; i < pieces; ++i) visit(between(a, b, (i + 0.5) / pieces), length_m / pieces);
}

/// Points along every cable that is laid or was there.
std::vector<Point> along_cables(const BackhaulReport& report) {
  std::vector<Point> out;
  for (std::uint32_t i = 0; i < report.graph.edges.size(); ++i) {
    if (!has_fibre(report, i)) continue;
    const Point from = report.graph.nodes[report.graph.edges[i].from];
    const Point to = report.graph.nodes[report.graph.edges[i].to];
    out.push_back(from);
    out.push_back(to);
    each_piece(from, to, [&](Point at, double) { out.push_back(at); });
  }
  return out;
}

std::vector<const MultiPolygon*> areas_of(const Boundaries& boundaries) {
  std::vector<const MultiPolygon*> out;
  for (const Municipality& municipality : boundaries.municipalities) out.push_back(&municipality.area);
  return out;
}

class Towns {
 public:
  Towns(const BackhaulReport& report, const World& world) : areas_(areas_of(world.boundaries)) {
    std::vector<Point> points = along_cables(report);
    if (!points.empty()) cables_.emplace(std::move(points));
  }

  void add(const TelevisionLine& line) {
    const int municipality = areas_.find(middle_of(line.line));
    TelevisionTown& town = towns_.try_emplace(municipality, first(municipality)).first->second;
    town.households += line.households;
    if (!line.coaxial) {
      town.fibre_m += length_of(line.line);
      return;
    }
    for (std::size_t i = 1; i < line.line.size(); ++i) {
      each_piece(line.line[i - 1], line.line[i], [&](Point at, double length_m) {
        town.coaxial_m += length_m;
        if (cables_ && cables_->nearest(at).distance_m <= kTelevisionBeside_m) town.beside_m += length_m;
      });
    }
    town.on_mains += line.backed_up ? 0 : line.households;
    if (!line.amplifiers) {
      town.amplifiers.reset();
      town.amplifiers_on_mains.reset();
    }
    if (town.amplifiers) {
      *town.amplifiers += *line.amplifiers;
      *town.amplifiers_on_mains += line.backed_up ? 0 : *line.amplifiers;
    }
  }

  [[nodiscard]] std::vector<TelevisionTown> all() const {
    std::vector<TelevisionTown> out;
    for (const auto& [municipality, town] : towns_) out.push_back(town);
    return out;
  }

 private:
  static TelevisionTown first(int municipality) {
    return {.municipality = municipality, .amplifiers = 0, .amplifiers_on_mains = 0};
  }

  AreaIndex areas_;
  std::optional<PointIndex> cables_{};
  std::map<int, TelevisionTown> towns_{};
};

/// What the missing cable costs, and who pays.
void price(TelevisionTown& town, const BackhaulOptions& backhaul, const MoneyInput& money) {
  const BackhaulPrices prices(money.catalogue, money.terms.basis, money.horizon, backhaul.along_roads);
  if (!prices.has(backhaul.along_roads)) return;
  std::vector<SharedPart> parts;
  for (const EdgeLine& line : prices.lines_of({.medium = backhaul.along_roads, .length_m = town.to_lay_m()})) {
    if (line.asset->payment == Payment::once) parts.push_back({line.asset, line.quantity, line.amount_jpy});
  }
  const SiteCost cost = cost_of_shared(parts, money.terms.sharing);
  town.cost_jpy = cost.capex_jpy;
  if (!money.funding || cost.capex_jpy == 0 || town.municipality < 0) return;
  FundingFacts facts = money.municipal_facts[static_cast<std::size_t>(town.municipality)];
  std::int64_t& households = facts.facts[static_cast<std::size_t>(fact_index("households"))];
  if (households == kUnknown) households = kOneHousehold * town.households;
  FundingTerms terms = *money.funding;
  terms.programmes = {kTelevisionProgramme};
  SiteWorks works;
  take_shared(works, std::move(parts));
  town.funding = best_funding(cost, works, facts, terms);
}

}  // namespace

std::vector<TelevisionTown> television_towns(const BackhaulReport& report, const BackhaulOptions& backhaul,
                                             const World& world, const TelevisionOptions& options,
                                             const MoneyInput& money) {
  Towns towns(report, world);
  for (const TelevisionLine& line : options.lines) towns.add(line);
  std::vector<TelevisionTown> out = towns.all();
  for (TelevisionTown& town : out) price(town, backhaul, money);
  return out;
}

std::vector<Warning> television_warnings(const std::vector<TelevisionTown>& towns) {
  FundingDoubts doubts;
  for (const TelevisionTown& town : towns) {
    if (town.funding) doubts.add(*town.funding);
  }
  return doubts.warnings();
}

}  // namespace amaneku
