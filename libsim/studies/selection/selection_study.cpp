#include "libsim/studies/selection/selection_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "libsim/selection/cover_choice.hpp"
#include "libsim/selection/cover_solve.hpp"
#include "libsim/studies/selection/selection_faults.hpp"
#include "libsim/studies/selection/selection_rows.hpp"
#include "libsim/studies/selection/selection_years.hpp"
#include "libsim/studies/selection/site_reach.hpp"

namespace amaneku {
namespace {

constexpr std::int64_t kExchangeWork = 20'000'000;
constexpr std::int64_t kOrderNodes = 2'000;
constexpr std::int64_t kReasonWork = 1'000'000;
constexpr std::int64_t kLayouts = 150;            // choices laid out by the search
constexpr std::int64_t kReplacementLayouts = 60;  // by each better one
constexpr std::size_t kReplacementRounds = 4;
constexpr std::size_t kProvedReasonSites = 100;  // of more the best without each is a search without a proof
constexpr std::size_t kMostLayouts = 300;        // beyond which nothing but a proof is begun
// Of what stands for the lines by estimates or bounds: more care would be for nothing.
constexpr std::int64_t kEstimateNodes = 200;
constexpr double kEstimateGap = 0.002;
constexpr std::int64_t kBestLayouts = 400;  // and by the proof
constexpr std::size_t kMostReasons = 60;    // chosen sites that are solved without
constexpr std::int64_t kTooMuch = std::int64_t{1} << 50U;

std::vector<bool> sites_that_stay(const Network& network, const SelectionOptions& options) {
  std::vector<bool> out;
  for (const Site& site : network.sites) out.push_back(site.existing && options.keep);
  return out;
}

class Chooser {
 public:
  Chooser(const SelectionInput& input, const SelectionOptions& options, const SelectionReach& reach,
          std::vector<Warning>& warnings)
      : input_(input),
        options_(options),
        warnings_(warnings),
        stays_(sites_that_stay(input.network, options)),
        demand_(reach.demand),
        reach_(reach.of_site) {}

  SelectionReport run(const Progress& progress) {
    list_candidates();
    rows_ = selection_rows(demand_, reach_, options_.servers);
    out_.rows = static_cast<std::int64_t>(rows_.problem.rows());
    set_states();
    people_ = people_of_sites(demand_, reach_);
    costs_.emplace(SelectionMoney{.world = input_.world,
                                  .network = input_.network,
                                  .money = input_.money,
                                  .backhaul = lays_lines() ? input_.backhaul : nullptr,
                                  .hops = input_.hops,
                                  .stays = stays_,
                                  .people = people_},
                   options_);
    bar_unreached();
    refuse_out_of_reach({demand_, rows_, input_.world, input_.network}, options_);
    refuse_small_budgets({input_.network, *costs_, out_.candidates}, options_);
    tell(progress, 0.3);
    choose();
    tell(progress, 0.8);
    add_needs();
    add_chosen();
    add_years();
    tell(progress, 1.0);
    return std::move(out_);
  }

 private:
  static void tell(const Progress& progress, double done) {
    if (progress) progress(done);
  }

  [[nodiscard]] bool lays_lines() const {
    const bool prices_count = options_.objective != SelectionObjective::sites || !options_.budgets.empty();
    return input_.backhaul != nullptr && input_.money != nullptr && prices_count;
  }

  void list_candidates() {
    for (std::size_t site = 0; site < stays_.size(); ++site) {
      if (!stays_[site]) out_.candidates.push_back(site);
    }
    if (out_.candidates.empty())
      throw InputError(
          Fault{.message = "there is no candidate: name a file in [[selection.candidates]], or write status = "
                           "\"candidate\" in that of [sites]",
                .key = "candidates"});
    warn_of_twins(input_.network, out_.candidates, warnings_);
  }

  void set_states() {
    for (std::size_t site = 0; site < stays_.size(); ++site) {
      if (stays_[site]) rows_.problem.sites[site].state = CoverState::chosen;
    }
    rows_.problem.goal = options_.most_people ? CoverGoal::most_weight : CoverGoal::least_cost;
  }

  void bar_unreached() {
    for (const std::int32_t site : costs_->unreached())
      rows_.problem.sites[static_cast<std::size_t>(site)].state = CoverState::barred;
    warn_of_unreached(input_.network, costs_->unreached(), warnings_);
  }

  /// The problem with these costs, and limits by these amounts.
  template <class Cost, class Amounts>
  [[nodiscard]] CoverProblem priced(const Cost& cost, const Amounts& amounts) const {
    CoverProblem out = rows_.problem;
    for (std::size_t site = 0; site < out.sites.size(); ++site)
      out.sites[site].cost = stays_[site] ? 0 : cost(site);
    for (const SelectionBudget& budget : options_.budgets) {
      if (budget.of_lines_too && lays_lines()) continue;  // sites may make the lines of others cheaper
      CoverLimit limit{.most = std::min(budget.most_jpy, kTooMuch)};
      for (std::size_t site = 0; site < out.sites.size(); ++site)
        limit.amounts.push_back(stays_[site] ? 0 : std::max<std::int64_t>(0, amounts(site).spent(budget)));
      out.limits.push_back(std::move(limit));
    }
    if (options_.sites_at_most > 0) {
      CoverLimit limit{.most = options_.sites_at_most};
      for (std::size_t site = 0; site < out.sites.size(); ++site) limit.amounts.push_back(stays_[site] ? 0 : 1);
      out.limits.push_back(std::move(limit));
    }
    return out;
  }

  [[nodiscard]] CoverProblem by_estimate() const {
    return priced([&](std::size_t site) { return costs_->estimate()[site].objective; },
                  [&](std::size_t site) -> const SelectionAmounts& { return costs_->estimate()[site]; });
  }
  /// No choice costs less than here, beside least_of_rest().
  [[nodiscard]] CoverProblem by_least() const {
    return priced([&](std::size_t site) { return costs_->least()[site]; },
                  [&](std::size_t site) -> const SelectionAmounts& { return costs_->own()[site]; });
  }
  /// The same beside least_of_all().
  [[nodiscard]] CoverProblem by_least_alone() const {
    return priced([&](std::size_t site) { return costs_->least_alone()[site]; },
                  [&](std::size_t site) -> const SelectionAmounts& { return costs_->own()[site]; });
  }

  [[nodiscard]] CoverOptions cover_options() const {
    CoverOptions out{.exchange_work = kExchangeWork, .threads = input_.engine.coverage.threads};
    if (!lays_lines()) return out;
    out.nodes = kEstimateNodes;
    out.gap = kEstimateGap;
    return out;
  }

  void choose() {
    estimated_ = by_estimate();
    const CoverChoice first = solve_cover(estimated_, cover_options());
    if (!first.allowed()) refuse_limits(first);
    take(first);
    if (options_.most_people) {
      set_people_bound(first);
    } else {
      out_.lower_bound = first.bound;
      out_.optimal = first.status == CoverStatus::optimal;
    }
    if (lays_lines()) choose_with_lines();
    if (!options_.years.empty()) order_years();
    out_.before = costs_->of({});
    out_.amounts = costs_->of(chosen_);
    out_.objective = options_.most_people && input_.money == nullptr ? static_cast<std::int64_t>(chosen_.size())
                                                                     : out_.amounts.objective;
    if (!options_.most_people && out_.lower_bound > out_.objective)
      throw InternalError("a bound above the cost of a choice that was found");
    out_.laid_out = lays_lines() ? costs_->laid_out() : 0;
  }

  void set_people_bound(const CoverChoice& choice) {
    out_.people_bound = static_cast<double>(choice.bound) / rows_.weight_per_unit.front();
    out_.optimal = choice.status == CoverStatus::optimal;
  }

  void take(const CoverChoice& choice) { take(choice.chosen); }
  void take(const std::vector<std::int32_t>& with_those_that_stay) {
    chosen_.clear();
    for (const std::int32_t site : with_those_that_stay) {
      if (!stays_[static_cast<std::size_t>(site)]) chosen_.push_back(site);
    }
  }

  /// Nothing is allowed: whether the budget is to blame, and what would be enough.
  [[noreturn]] void refuse_limits(const CoverChoice& found) const {
    CoverProblem without = estimated_;
    without.limits.clear();
    without.goal = CoverGoal::least_cost;
    const CoverChoice enough = solve_cover(without, cover_options());
    std::vector<std::int32_t> chosen;
    for (const std::int32_t site : enough.chosen) {
      if (!stays_[static_cast<std::size_t>(site)]) chosen.push_back(site);
    }
    refuse_unaffordable(chosen, found.status == CoverStatus::infeasible,
                        {input_.network, *costs_, out_.candidates}, options_);
  }

  [[nodiscard]] std::vector<std::int32_t> open_of(std::span<const std::int32_t> sites) const {
    std::vector<std::int32_t> out;
    for (const std::int32_t site : sites) {
      if (!stays_[static_cast<std::size_t>(site)]) out.push_back(site);
    }
    return out;
  }

  [[nodiscard]] bool keeps_budgets(const SelectionAmounts& amounts) const {
    return std::all_of(options_.budgets.begin(), options_.budgets.end(), [&](const SelectionBudget& budget) {
      return charged_jpy(budget, amounts) <= budget.most_jpy;
    });
  }

  /// What a budget pays of a choice.
  [[nodiscard]] std::int64_t charged_jpy(const SelectionBudget& budget, const SelectionAmounts& amounts) const {
    return amounts.spent(budget) - (budget.of_lines_too ? 0 : costs_->of({}).spent(budget));
  }

  [[nodiscard]] TrueCost true_cost() const {
    TrueCost out;
    const bool by_budget = options_.most_people && !options_.budgets.empty();
    out.cost = [this, by_budget](std::span<const std::int32_t> sites) {
      const SelectionAmounts& amounts = costs_->of(open_of(sites));
      if (!keeps_budgets(amounts)) return kTooMuch;
      if (!by_budget) return std::max<std::int64_t>(0, amounts.objective);
      const SelectionBudget& budget = options_.budgets.front();
      return std::max<std::int64_t>(0, charged_jpy(budget, amounts));
    };
    if (by_budget) {
      out.most = options_.budgets.front().most_jpy;
    } else {
      out.at_least = [this](std::span<const std::int32_t> sites, std::span<const std::int32_t>) {
        return costs_->at_least(open_of(sites));
      };
    }
    return out;
  }

  void choose_with_lines() {
    const CoverProblem least = by_least();
    const CoverChoice by_charges = solve_cover(least, cover_options());
    if (options_.most_people) {
      most_with_lines(least, by_charges);
      return;
    }
    out_.lower_bound = std::max<std::int64_t>(0, by_charges.bound + costs_->least_of_rest());
    if (costs_->least_of_all() > costs_->least_of_rest()) {
      const CoverChoice alone = solve_cover(by_least_alone(), cover_options());
      out_.lower_bound = std::max(out_.lower_bound, alone.bound + costs_->least_of_all());
    }
    const bool other = is_allowed(least, by_charges.chosen) && true_of(by_charges.chosen) < true_of(start());
    const TrueCost cost = true_cost();
    TrueChoice found = improve_choice(least, other ? by_charges.chosen : start(), cost, kLayouts);
    improve_by_replacement(least, cost, found);
    if (std::optional<TrueChoice> proof = prove(least, cost); proof && proof->cost <= found.cost) {
      found = std::move(*proof);
      if (found.optimal) out_.lower_bound = std::max(out_.lower_bound, found.cost - costs_->largest_slack_jpy());
    }
    take(found.chosen);
    if (found.cost >= kTooMuch)
      refuse_unaffordable(chosen_, false, {input_.network, *costs_, out_.candidates}, options_);
    out_.optimal = out_.lower_bound >= found.cost;
  }

  /// Each site left out in turn, the others chosen anew by the ways that they have alone: what is better by its
  /// true cost is improved in its turn.
  void improve_by_replacement(const CoverProblem& least, const TrueCost& cost, TrueChoice& found) const {
    for (std::size_t round = 0, tried = 0; round < kReplacementRounds && tried < found.chosen.size(); ++round) {
      const std::vector<std::int32_t> sites = open_of(found.chosen);
      for (tried = 0; tried < std::min(sites.size(), kMostReasons); ++tried) {
        if (costs_->laid_out() >= kMostLayouts) return;
        const CoverChoice other = best_without(sites[tried]);
        if (!other.allowed() || !is_allowed(least, other.chosen) || true_of(other.chosen) >= found.cost) continue;
        found = improve_choice(least, other.chosen, cost, kReplacementLayouts);
        break;
      }
    }
  }

  /// By the ways that sites have alone.
  [[nodiscard]] CoverChoice best_without(std::int32_t site) const {
    CoverProblem without = estimated_;
    without.sites[static_cast<std::size_t>(site)].state = CoverState::barred;
    CoverOptions options = cover_options();
    options.exchange_work = kReasonWork;
    options.nodes = without.sites.size() <= kProvedReasonSites ? 2'000 : 0;
    if (options.nodes == 0) options.rounds = 0;
    return solve_cover(without, options);
  }

  void most_with_lines(const CoverProblem& least, const CoverChoice& most) {
    const TrueCost cost = true_cost();
    if (cost.cost(start()) > cost.most) chosen_.clear();  // a layout may be dearer to buy than ways alone
    take(improve_choice(least, start(), cost, kLayouts).chosen);
    set_people_bound(most);
    out_.optimal = reached_weight() >= most.bound;
  }

  [[nodiscard]] std::vector<std::int32_t> start() const {
    std::vector<std::int32_t> out = chosen_;
    for (std::size_t site = 0; site < stays_.size(); ++site) {
      if (stays_[site]) out.push_back(static_cast<std::int32_t>(site));
    }
    std::sort(out.begin(), out.end());
    return out;
  }

  [[nodiscard]] std::int64_t true_of(const std::vector<std::int32_t>& sites) const {
    const SelectionAmounts& amounts = costs_->of(open_of(sites));
    return keeps_budgets(amounts) ? amounts.objective : kTooMuch;
  }

  [[nodiscard]] std::optional<TrueChoice> prove(const CoverProblem& problem, const TrueCost& cost) const {
    const auto open = std::count_if(problem.sites.begin(), problem.sites.end(),
                                    [](const CoverSite& site) { return site.state == CoverState::open; });
    if (open > static_cast<std::ptrdiff_t>(kBestChoiceSites)) return std::nullopt;
    return best_choice(problem, cost, kBestLayouts);
  }

  [[nodiscard]] YearsQuestion question(CoverProblem problem, SelectionShares shares) const {
    return {.options = options_,
            .demand = demand_,
            .rows = rows_,
            .problem = std::move(problem),
            .shares = std::move(shares),
            .cover = {
                .exchange_work = kExchangeWork, .nodes = kOrderNodes, .threads = input_.engine.coverage.threads}};
  }

  /// The chosen sites alone.
  [[nodiscard]] YearsQuestion question_of_chosen() const {
    CoverProblem problem = estimated_;
    for (const std::size_t site : out_.candidates) {
      if (!std::binary_search(chosen_.begin(), chosen_.end(), static_cast<std::int32_t>(site)))
        problem.sites[site].state = CoverState::barred;
    }
    return question(std::move(problem), costs_->shares(chosen_));
  }

  /// The chosen sites into their years; where they do not fit, others that do, by the ways that they have alone.
  void order_years() {
    YearsChoice order = order_sites(question_of_chosen());
    if (!order.allowed()) {
      const CoverChoice other =
          choose_over_years(cover_years(question(estimated_, {costs_->estimate(), {}})), cover_options());
      if (!other.allowed()) refuse_years(question_of_chosen(), other.status == CoverStatus::infeasible);
      take(other);
      if (options_.most_people) {
        set_people_bound(other);
      } else if (!lays_lines()) {
        out_.lower_bound = other.bound;
      }
      out_.optimal = !lays_lines() && other.status == CoverStatus::optimal;
      order = order_sites(question_of_chosen());
      if (!order.allowed()) refuse_years(question_of_chosen(), false);
    }
    order_ = std::move(order);
  }

  void add_years() {
    if (options_.years.empty()) return;
    const SelectionShares shares = costs_->shares(chosen_);
    for (std::size_t t = 0; t < options_.years.size(); ++t) {
      YearReached reached{.year = options_.years[t].year};
      if (t == 0) reached.amounts = shares.rest;
      std::vector<std::int32_t> there;
      for (std::size_t site = 0; site < stays_.size(); ++site) {
        const std::int32_t built = order_.year[site];
        if (stays_[site] || (built >= 0 && built <= static_cast<std::int32_t>(t)))
          there.push_back(static_cast<std::int32_t>(site));
        if (built != static_cast<std::int32_t>(t)) continue;
        reached.sites.push_back(site);
        reached.amounts += shares.of_site[site];
      }
      for (const SelectionNeed& need : demand_.needs)
        reached.reached.push_back(covered_amount(need, rows_, there));
      out_.person_years += reached.reached.front();
      out_.years.push_back(std::move(reached));
    }
    out_.person_years_bound = order_.status == CoverStatus::optimal
                                  ? out_.person_years
                                  : static_cast<double>(order_.bound) / rows_.weight_per_unit.front();
    for (ChosenSite& one : out_.chosen)
      one.year = options_.years[static_cast<std::size_t>(order_.year[one.site])].year;
  }

  [[nodiscard]] std::int64_t reached_weight() const { return covered_weights(rows_.problem, start()).front(); }

  void add_needs() {
    const std::vector<std::int32_t> with = start();
    std::vector<std::int32_t> stays;
    std::vector<std::int32_t> all;
    for (std::size_t site = 0; site < stays_.size(); ++site) {
      if (stays_[site]) stays.push_back(static_cast<std::int32_t>(site));
      if (rows_.problem.sites[site].state != CoverState::barred) all.push_back(static_cast<std::int32_t>(site));
    }
    for (const SelectionNeed& need : demand_.needs) {
      out_.needs.push_back({.kind = need.kind,
                            .id = need.id,
                            .name = need.name,
                            .whole = need.whole,
                            .least = need.least,
                            .before = covered_amount(need, rows_, stays),
                            .reached = covered_amount(need, rows_, with),
                            .at_most = covered_amount(need, rows_, all)});
    }
  }

  void add_chosen() {
    const std::vector<std::int32_t> with = start();
    const std::vector<std::int64_t> lost = lost_without(rows_.problem, with, 0);
    for (const std::int32_t site : chosen_) {
      const auto index = static_cast<std::size_t>(site);
      ChosenSite one{.site = index, .amounts = costs_->estimate()[index], .people = people_[index]};
      const auto at = static_cast<std::size_t>(std::find(with.begin(), with.end(), site) - with.begin());
      one.people_alone = static_cast<double>(lost[at]) / rows_.weight_per_unit.front();
      if (out_.chosen.size() < kMostReasons) add_reason(one, site);
      out_.chosen.push_back(one);
    }
  }

  void add_reason(ChosenSite& one, std::int32_t site) {
    const CoverChoice other = best_without(site);
    one.replaceable = other.allowed();
    if (!one.replaceable) return;
    if (lays_lines() && !options_.most_people) {
      const std::int64_t cost = true_of(other.chosen);
      one.replaceable = cost < kTooMuch;
      if (!one.replaceable) return;  // with its lines it passes a budget
      one.saved = std::max<std::int64_t>(0, cost - out_.objective);
    } else {
      std::int64_t cost = 0;
      for (const std::int32_t chosen : chosen_) cost += estimated_.sites[static_cast<std::size_t>(chosen)].cost;
      one.saved = std::max<std::int64_t>(0, other.cost - cost);
    }
    one.people_saved =
        static_cast<double>(reached_weight() - other.covered.front()) / rows_.weight_per_unit.front();
    one.runner_up = nearest_new(other.chosen, site);
  }

  /// Of the sites that the other choice has instead, the one that serves most of what the site serves.
  [[nodiscard]] std::optional<std::size_t> nearest_new(const std::vector<std::int32_t>& other,
                                                       std::int32_t site) const {
    const std::vector<std::uint32_t>& own = reach_[static_cast<std::size_t>(site)];
    std::optional<std::size_t> best;
    std::size_t most = 0;
    for (const std::int32_t candidate : other) {
      const auto index = static_cast<std::size_t>(candidate);
      if (stays_[index] || std::binary_search(chosen_.begin(), chosen_.end(), candidate)) continue;
      std::size_t both = 0;
      const std::vector<std::uint32_t>& theirs = reach_[index];
      for (auto a = own.begin(), b = theirs.begin(); a != own.end() && b != theirs.end();) {
        if (*a == *b) ++both;
        *a < *b ? ++a : ++b;
      }
      if (best && both <= most) continue;
      best = index;
      most = both;
    }
    return best;
  }

  const SelectionInput& input_;
  const SelectionOptions& options_;
  std::vector<Warning>& warnings_;
  std::vector<bool> stays_;
  const SelectionDemand& demand_;
  const std::vector<std::vector<std::uint32_t>>& reach_;  ///< [site] points
  SelectionRows rows_{};
  std::vector<double> people_{};  ///< [site] whom it reaches by itself
  std::optional<SelectionCosts> costs_{};
  CoverProblem estimated_{};
  YearsChoice order_{};                 ///< where years are asked for
  std::vector<std::int32_t> chosen_{};  ///< without those that stay, ascending
  SelectionReport out_{};
};

}  // namespace

double SelectionReport::gap_percent(const SelectionOptions& options) const noexcept {
  constexpr double kHundred = 100.0;
  if (options.most_people) {
    const double people = chosen_people();
    return people_bound > people ? kHundred * (people_bound - people) / people_bound : 0.0;
  }
  return objective > 0 ? kHundred * static_cast<double>(objective - lower_bound) / static_cast<double>(objective)
                       : 0.0;
}

SelectionReach selection_reach(const SelectionInput& input, const SelectionOptions& options,
                               std::vector<Warning>& warnings, const Progress& progress) {
  SelectionReach out{.demand = selection_demand(input.world, input.statistics, input.places, options)};
  out.of_site = reach_of_sites({input.world, input.network.sites, input.engine, input.network.receiver},
                               out.demand.points, warnings, progress);
  return out;
}

SelectionReport choose_sites(const SelectionInput& input, const SelectionOptions& options,
                             const SelectionReach& reach, std::vector<Warning>& warnings,
                             const Progress& progress) {
  return Chooser(input, options, reach, warnings).run(progress);
}

}  // namespace amaneku
