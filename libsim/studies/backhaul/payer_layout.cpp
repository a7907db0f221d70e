#include "libsim/studies/backhaul/payer_layout.hpp"

#include <algorithm>
#include <utility>

namespace amaneku {
namespace {

constexpr int kMostRounds = 4;
/// A project to read shares from: whole thousands for every share of up to tenths, above the least cost and below
/// the caps of all rules.
constexpr std::int64_t kNominal_jpy = 10'080'000;

std::ptrdiff_t ways_missed(const BackhaulLayout& layout) {
  return std::count_if(layout.ways.begin(), layout.ways.end(),
                       [](const SiteWay& way) { return way.reached && !way.meets_needs; });
}

/// As many sites, as many ways.
bool gives_the_same(const BackhaulLayout& a, const BackhaulLayout& b) {
  return a.unreached == b.unreached && a.one_way_only == b.one_way_only && a.too_long == b.too_long &&
         a.unlimited == b.unlimited;
}

/// Of `of` as a bound for `layout`.
std::int64_t bound_for(const BackhaulLayout& layout, const BackhaulLayout& of) {
  if (layout.unreached != of.unreached) return 0;
  return gives_the_same(layout, of) ? of.lower_bound_jpy : of.tree_bound_jpy;
}

class PayerMoney {
 public:
  PayerMoney(const BackhaulInput& input, const PayerObjective& objective)
      : input_(input), money_(objective.money), payer_(objective.payer) {
    const FundingTerms& terms = *money_.funding;
    const std::vector<SubsidyWord>& applicants = terms.engine.rules().applicants;
    owner_ = applicants[known_word(applicants, terms.applicants.front(), "applicants")].payer;
  }

  [[nodiscard]] PayerBurden burden(const BackhaulReport& report) const {
    PayerBurden out{.payer = payer_};
    std::int64_t later_jpy = 0;
    for (const BackhaulSite& site : report.sites) {
      const SiteCost cost = cost_of_shared(site.parts, money_.terms.sharing);
      if (site.is_place()) {
        out.purchase_jpy += is_owner() ? cost.capex_jpy : 0;
      } else {
        out.purchase_jpy += burden_jpy(site, cost);
      }
      if (is_owner()) later_jpy += life_cost(cost, money_.horizon).present_jpy - cost.capex_jpy;
    }
    out.burden_jpy = out.purchase_jpy + later_jpy;
    return out;
  }

  /// As the sites are in a layout.
  [[nodiscard]] EdgeShares shares(const BackhaulReport& report, const CostCatalogue& catalogue) const {
    EdgeShares out{.least_part = kLeastPart};
    for (const BackhaulSite& site : report.sites) {
      AssetShares& of_site = out.by_end.emplace_back();
      for (const CostAsset& asset : catalogue.assets) {
        if (is_backhaul(asset.quantity) && !asset.price.empty()) of_site[&asset] = share_of(site, asset);
      }
    }
    for (const std::uint32_t edge : report.layout.edges)
      out.ends[key_of(report.graph.edges[edge])] = report.layout.users[edge];
    return out;
  }

 private:
  [[nodiscard]] bool is_owner() const noexcept { return payer_ == owner_; }

  [[nodiscard]] AssetShare share_of(const BackhaulSite& site, const CostAsset& asset) const {
    const double of_owner = is_owner() ? 1.0 : 0.0;
    if (site.is_place() || asset.payment == Payment::yearly) return {of_owner, of_owner};
    const std::vector<SharedPart> nominal = {{&asset, 1.0, kNominal_jpy}};
    const std::int64_t burden = burden_jpy(site, cost_of_shared(nominal, money_.terms.sharing));
    return {static_cast<double>(burden) / static_cast<double>(kNominal_jpy), of_owner};
  }

  [[nodiscard]] std::int64_t burden_jpy(const BackhaulSite& site, const SiteCost& cost) const {
    SiteWorks works = money_.sites[site.site].works;
    take_shared(works, site.parts);
    const FundingTerms& terms = *money_.funding;
    const SiteFunding funding =
        best_funding(cost, works, facts_of(money_, site.site, input_.people[site.site]), terms);
    if (terms.after_bonds && payer_ == Payer::prefecture) return funding.prefecture_least_jpy;
    if (terms.after_bonds && payer_ == Payer::municipality) return funding.municipality_least_jpy;
    return funding.by_body_jpy[index_of(payer_)];
  }

  const BackhaulInput& input_;
  const MoneyInput& money_;
  Payer payer_;
  Payer owner_ = Payer::applicant;
};

/// The least of all ends for all of them.
EdgeShares least_of(const EdgeShares& shares) {
  AssetShares least = shares.by_end.front();
  for (const AssetShares& of_end : shares.by_end) {
    for (auto& [asset, share] : least) {
      share.purchase = std::min(share.purchase, of_end.at(asset).purchase);
      share.later = std::min(share.later, of_end.at(asset).later);
    }
  }
  return {.by_end = std::vector<AssetShares>(shares.by_end.size(), least)};
}

bool bears_nothing(const EdgeShares& shares) {
  return std::all_of(shares.by_end.begin(), shares.by_end.end(), [](const AssetShares& of_end) {
    return std::all_of(of_end.begin(), of_end.end(), [](const auto& entry) {
      return entry.second.purchase == 0.0 && entry.second.later == 0.0;
    });
  });
}

}  // namespace

PayerBurden burden_of(const BackhaulReport& report, const BackhaulInput& input, const PayerObjective& objective) {
  return PayerMoney(input, objective).burden(report);
}

BackhaulWithHops plan_for_payer(const BackhaulInput& input, const BackhaulOptions& options,
                                const std::optional<HopOptions>& hops, const PayerObjective& objective) {
  const PayerMoney money(input, objective);
  const BackhaulGraph cables = cables_of(input.world, input.network, options);
  std::optional<HopOffers> offers;
  if (hops) offers = hop_offers(input.world, input.network, options.exchanges, *hops);
  const auto plan = [&](std::optional<EdgeShares> shares) {
    BackhaulInput priced = input;
    priced.shares = std::move(shares);
    priced.cables = &cables;
    if (hops) return plan_with_hops(std::move(priced), options, *hops, &*offers);
    return BackhaulWithHops{.report = plan_backhaul(priced, options)};
  };
  BackhaulWithHops best = plan(std::nullopt);
  PayerBurden burden = money.burden(best.report);
  burden.of_cheapest_jpy = burden.burden_jpy;
  if (best.report.sites.empty()) {
    best.report.burden = burden;
    return best;
  }
  const BackhaulLayout cheapest = best.report.layout;
  for (int round = 0; round < kMostRounds; ++round) {
    BackhaulWithHops next = plan(money.shares(best.report, *options.catalogue));
    const PayerBurden of_next = money.burden(next.report);
    const bool keeps =
        gives_the_same(next.report.layout, cheapest) && ways_missed(next.report.layout) <= ways_missed(cheapest);
    // The first is taken where it costs the same, for its other ways are priced for the payer.
    if (!keeps || of_next.burden_jpy > burden.burden_jpy ||
        (burden.ways_priced && of_next.burden_jpy == burden.burden_jpy))
      break;
    best = std::move(next);
    burden.burden_jpy = of_next.burden_jpy;
    burden.purchase_jpy = of_next.purchase_jpy;
    burden.ways_priced = true;
  }
  const EdgeShares shares = money.shares(best.report, *options.catalogue);
  burden.bears_nothing = bears_nothing(shares);
  const BackhaulLayout least = plan(least_of(shares)).report.layout;
  burden.lower_bound_jpy = std::min(burden.burden_jpy, bound_for(best.report.layout, least));
  BackhaulLayout& layout = best.report.layout;
  layout.cost_jpy = best.report.present_jpy;
  layout.lower_bound_jpy = bound_for(layout, cheapest);
  layout.tree_bound_jpy = cheapest.tree_bound_jpy;
  layout.optimal = layout.cost_jpy == layout.lower_bound_jpy;
  best.report.burden = burden;
  return best;
}

}  // namespace amaneku
