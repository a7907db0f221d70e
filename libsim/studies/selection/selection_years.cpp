#include "libsim/studies/selection/selection_years.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "libsim/studies/selection/selection_faults.hpp"
#include "terrain/error.hpp"

namespace amaneku {
namespace {

constexpr double kWholePercent = 100.0;
constexpr std::int64_t kNoLimit = std::int64_t{1} << 50U;

std::string year_key(const SelectionYear& year, const std::string& key) {
  return fmt::format("years.{}.{}", year.year, key);
}

/// Whose budgets any of the years has, each once.
std::vector<std::optional<Payer>> payers_of(const SelectionOptions& options) {
  std::vector<std::optional<Payer>> out;
  for (const SelectionYear& year : options.years) {
    for (const SelectionBudget& budget : year.budgets) {
      if (std::find(out.begin(), out.end(), budget.payer) == out.end()) out.push_back(budget.payer);
    }
  }
  return out;
}

std::optional<std::int64_t> budget_of(const SelectionYear& year, const std::optional<Payer>& payer) {
  for (const SelectionBudget& budget : year.budgets) {
    if (budget.payer == payer) return budget.most_jpy;
  }
  return std::nullopt;
}

std::int64_t spent(const SelectionAmounts& amounts, const std::optional<Payer>& payer) {
  return std::max<std::int64_t>(0, amounts.spent({.payer = payer}));
}

void add_budgets(CoverYears& out, const YearsQuestion& question) {
  for (const std::optional<Payer>& payer : payers_of(question.options)) {
    std::vector<std::int64_t> amounts;
    for (const SelectionAmounts& one : question.shares.of_site) amounts.push_back(spent(one, payer));
    out.amounts.push_back(std::move(amounts));
    for (std::size_t t = 0; t < out.years.size(); ++t) {
      const SelectionYear& year = question.options.years[t];
      std::int64_t most = std::min(kNoLimit, budget_of(year, payer).value_or(kNoLimit));
      const std::int64_t first = t == 0 ? spent(question.shares.rest, payer) : 0;
      if (first > most)
        throw InputError(
            Fault{.message = fmt::format("is less than what the lines of the sites that stay and of the "
                                         "places cost, {} JPY, which the first year pays",
                                         first),
                  .key = year_key(year, budget_key({.payer = payer})),
                  .value = std::to_string(most)});
      most -= first;
      out.years[t].most.push_back(most);
    }
  }
}

void add_numbers(CoverYears& out, const SelectionOptions& options) {
  const bool any = std::any_of(options.years.begin(), options.years.end(),
                               [](const SelectionYear& year) { return year.sites_at_most > 0; });
  if (!any) return;
  out.amounts.emplace_back(out.problem.sites.size(), 1);
  for (std::size_t t = 0; t < out.years.size(); ++t) {
    const int most = options.years[t].sites_at_most;
    out.years[t].most.push_back(most > 0 ? most : kNoLimit);
  }
}

/// Faults of the shares of people that no order reaches.
std::vector<Fault> missed_shares(const YearsQuestion& question, const CoverYears& ask) {
  std::vector<Fault> faults;
  const SelectionNeed& people = question.demand.needs.front();
  for (std::size_t t = 0; t < ask.years.size(); ++t) {
    if (ask.years[t].least.empty() || ask.years[t].least.front() == 0) continue;
    const std::int64_t most = most_by_year(ask, 0, t, question.cover);
    if (most >= ask.years[t].least.front()) continue;
    const SelectionYear& year = question.options.years[t];
    const double covered = static_cast<double>(most) / question.rows.weight_per_unit.front();
    faults.push_back(
        {.message = fmt::format("the budgets until then cover {:.2f} % of the people at most, with the "
                                "sites that reach the targets at the end",
                                kWholePercent * covered / people.whole),
         .key = year_key(year, "population_percent"),
         .value = fmt::format("{:g}", *year.population_percent)});
  }
  return faults;
}

/// Faults of budgets whose years add up to less than the sites cost.
std::vector<Fault> small_budgets(const YearsQuestion& question) {
  std::vector<Fault> faults;
  for (const std::optional<Payer>& payer : payers_of(question.options)) {
    std::int64_t needed = spent(question.shares.rest, payer);
    std::size_t sites = 0;
    for (std::size_t site = 0; site < question.problem.sites.size(); ++site) {
      if (question.problem.sites[site].state != CoverState::open) continue;
      needed += spent(question.shares.of_site[site], payer);
      ++sites;
    }
    std::int64_t there = 0;
    for (const SelectionYear& year : question.options.years)
      there = std::min(kNoLimit, there + budget_of(year, payer).value_or(kNoLimit));
    if (needed <= there) continue;
    const SelectionYear& last = question.options.years.back();
    faults.push_back(
        {.message = fmt::format("all years together have {} JPY: {} sites that reach the targets cost {} JPY",
                                there, sites, needed),
         .key = year_key(last, budget_key({.payer = payer})),
         .value = std::to_string(budget_of(last, payer).value_or(0))});
  }
  return faults;
}

}  // namespace

CoverYears cover_years(const YearsQuestion& question) {
  CoverYears out{.problem = question.problem};
  for (const SelectionYear& year : question.options.years) {
    CoverYear one;
    if (year.population_percent) {
      const SelectionNeed& people = question.demand.needs.front();
      one.least.push_back(asked_weight(people, question.rows.problem.targets.front(),
                                       question.rows.weight_per_unit.front(),
                                       *year.population_percent / kWholePercent * people.whole));
    }
    out.years.push_back(std::move(one));
  }
  add_budgets(out, question);
  add_numbers(out, question.options);
  return out;
}

YearsChoice order_sites(const YearsQuestion& question) {
  return solve_years(cover_years(question), question.cover);
}

void refuse_years(const YearsQuestion& question, bool proved) {
  std::vector<Fault> faults = missed_shares(question, cover_years(question));
  for (Fault& fault : small_budgets(question)) faults.push_back(std::move(fault));
  if (faults.empty())
    faults.push_back({.message = proved ? "no choice and no order of sites keeps the limits of every year"
                                        : "no order of the sites that keeps the limits of every year was found",
                      .key = year_key(question.options.years.front(), "year"),
                      .value = std::to_string(question.options.years.front().year)});
  throw InputError(std::move(faults));
}

}  // namespace amaneku
