#include "libsim/selection/cover_years.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "terrain/error.hpp"

namespace amaneku {
namespace {

/// (site, year) as sites: those that are there from the start first, then the years of each open one.
class YearSites {
 public:
  explicit YearSites(const CoverYears& ask) : years_(static_cast<std::int32_t>(ask.years.size())) {
    for (const CoverSite& site : ask.problem.sites) {
      first_.push_back(count_);
      if (site.state == CoverState::chosen) count_ += 1;
      if (site.state == CoverState::open) count_ += years_;
    }
  }
  [[nodiscard]] std::int32_t count() const noexcept { return count_; }
  [[nodiscard]] std::int32_t of(std::size_t site, std::int32_t year) const noexcept { return first_[site] + year; }

 private:
  std::int32_t years_;
  std::int32_t count_ = 0;
  std::vector<std::int32_t> first_{};
};

class YearsProblem {
 public:
  explicit YearsProblem(const CoverYears& ask) : ask_(ask), sites_(ask) {
    if (ask.years.empty()) throw InternalError("a roll-out without years");
    add_sites();
    add_limits();
    merge_rows();
  }

  /// Targets: the counted one over all years, or over one alone; what years ask for; every site built.
  [[nodiscard]] CoverProblem with_targets(std::size_t counted, std::optional<std::size_t> only_year) const {
    CoverProblem out = problem_;
    out.goal = CoverGoal::most_weight;
    CoverTarget sum;
    for (std::size_t t = 0; t < ask_.years.size(); ++t) {
      if (!only_year || *only_year == t) append(sum, counted, t);
    }
    out.targets.push_back(std::move(sum));
    if (only_year) return out;
    add_asked(out);
    if (ask_.all) add_all(out);
    return out;
  }

  /// The goal of the problem itself, its targets at the end of the last year, and those of every year.
  [[nodiscard]] CoverProblem of_choice() const {
    CoverProblem out = problem_;
    out.goal = ask_.problem.goal;
    out.counted = ask_.problem.counted;
    for (std::size_t site = 0; site < ask_.problem.sites.size(); ++site) {
      if (ask_.problem.sites[site].state != CoverState::open) continue;
      for (std::int32_t t = 0; t < years(); ++t)
        out.sites[static_cast<std::size_t>(sites_.of(site, t))].cost = ask_.problem.sites[site].cost;
    }
    for (std::size_t k = 0; k < ask_.problem.targets.size(); ++k) {
      CoverTarget last{.least = ask_.problem.targets[k].least};
      append(last, k, ask_.years.size() - 1);
      out.targets.push_back(std::move(last));
    }
    add_asked(out);
    return out;
  }

  [[nodiscard]] std::vector<std::int32_t> years_of(const std::vector<std::int32_t>& chosen) const {
    std::vector<std::int32_t> out(ask_.problem.sites.size(), -1);
    for (std::size_t site = 0; site < out.size(); ++site) {
      if (ask_.problem.sites[site].state != CoverState::open) continue;
      for (std::int32_t t = 0; t < years(); ++t) {
        if (std::binary_search(chosen.begin(), chosen.end(), sites_.of(site, t))) out[site] = t;
      }
    }
    return out;
  }

 private:
  [[nodiscard]] std::int32_t years() const noexcept { return static_cast<std::int32_t>(ask_.years.size()); }

  void add_asked(CoverProblem& out) const {
    for (std::size_t t = 0; t < ask_.years.size(); ++t) {
      for (std::size_t k = 0; k < ask_.years[t].least.size(); ++k) {
        if (ask_.years[t].least[k] == 0) continue;
        CoverTarget asked{.least = ask_.years[t].least[k]};
        append(asked, k, t);
        out.targets.push_back(std::move(asked));
      }
    }
  }

  void add_sites() {
    problem_.sites.resize(static_cast<std::size_t>(sites_.count()));
    for (std::size_t site = 0; site < ask_.problem.sites.size(); ++site) {
      const CoverState state = ask_.problem.sites[site].state;
      if (state == CoverState::chosen)
        problem_.sites[static_cast<std::size_t>(sites_.of(site, 0))].state = CoverState::chosen;
      if (state != CoverState::open) continue;
      std::vector<std::int32_t> one_of;
      for (std::int32_t t = 0; t < years(); ++t) one_of.push_back(sites_.of(site, t));
      if (one_of.size() > 1) problem_.exclusive.push_back(std::move(one_of));
    }
  }

  void add_limits() {
    for (std::size_t k = 0; k < ask_.amounts.size(); ++k) {
      for (std::int32_t t = 0; t < years(); ++t) {
        CoverLimit limit{.amounts = std::vector<std::int64_t>(problem_.sites.size(), 0),
                         .most = ask_.years[static_cast<std::size_t>(t)].most[k]};
        std::int64_t all = 0;
        for (std::size_t site = 0; site < ask_.problem.sites.size(); ++site) {
          if (ask_.problem.sites[site].state != CoverState::open) continue;
          limit.amounts[static_cast<std::size_t>(sites_.of(site, t))] = ask_.amounts[k][site];
          all += ask_.amounts[k][site];
        }
        if (limit.most < all) problem_.limits.push_back(std::move(limit));
      }
    }
  }

  /// Rows that the same sites serve become one, before each has a copy for every year.
  void merge_rows() {
    const CoverProblem& from = ask_.problem;
    std::map<std::pair<int, std::vector<std::int32_t>>, std::size_t> known;
    for (std::size_t row = 0; row < from.rows(); ++row) {
      std::vector<std::int32_t> serving;
      for (const std::int32_t site : from.sites_of(row)) {
        if (from.sites[static_cast<std::size_t>(site)].state != CoverState::barred) serving.push_back(site);
      }
      std::sort(serving.begin(), serving.end());
      const auto [at, fresh] = known.emplace(std::pair{from.wanted_of(row), std::move(serving)}, known.size());
      merged_.push_back(at->second);
      if (fresh) add_rows(at->first.second, at->first.first);
    }
    merged_count_ = known.size();
    if (std::all_of(problem_.wanted.begin(), problem_.wanted.end(), [](std::uint8_t w) { return w == 1; }))
      problem_.wanted.clear();
  }

  void add_rows(const std::vector<std::int32_t>& serving, int wanted) {
    for (std::int32_t t = 0; t < years(); ++t) {
      std::vector<std::int32_t> copies;
      for (const std::int32_t one : serving) {
        const auto site = static_cast<std::size_t>(one);
        const bool there = ask_.problem.sites[site].state == CoverState::chosen;
        for (std::int32_t built = 0; built <= (there ? 0 : t); ++built) copies.push_back(sites_.of(site, built));
      }
      problem_.add_row(copies);
      problem_.wanted.push_back(static_cast<std::uint8_t>(wanted));
    }
  }

  void append(CoverTarget& to, std::size_t target, std::size_t year) const {
    std::vector<std::int64_t> weights(merged_count_, 0);
    const CoverTarget& from = ask_.problem.targets[target];
    for (std::size_t i = 0; i < from.rows.size(); ++i)
      weights[merged_[static_cast<std::size_t>(from.rows[i])]] += from.weights[i];
    for (std::size_t row = 0; row < merged_count_; ++row) {
      if (weights[row] == 0) continue;
      to.rows.push_back(static_cast<std::int32_t>(row * ask_.years.size() + year));
      to.weights.push_back(weights[row]);
    }
  }

  void add_all(CoverProblem& out) const {
    CoverTarget built;
    for (std::size_t site = 0; site < ask_.problem.sites.size(); ++site) {
      if (ask_.problem.sites[site].state != CoverState::open) continue;
      std::vector<std::int32_t> copies;
      for (std::int32_t t = 0; t < years(); ++t) copies.push_back(sites_.of(site, t));
      built.rows.push_back(static_cast<std::int32_t>(out.rows()));
      built.weights.push_back(1);
      out.add_row(copies);
      if (!out.wanted.empty()) out.wanted.push_back(1);
    }
    built.least = static_cast<std::int64_t>(built.rows.size());
    if (built.least > 0) out.targets.push_back(std::move(built));
  }

  const CoverYears& ask_;
  YearSites sites_;
  CoverProblem problem_{};             ///< sites, rows and limits; row r in year t is merged row r * years + t
  std::vector<std::size_t> merged_{};  ///< [row of the ask]
  std::size_t merged_count_ = 0;
};

/// Sites into earlier years as long as there is money: nothing is covered later for it.
void pull_forward(const CoverYears& ask, std::vector<std::int32_t>& year) {
  const std::size_t limits = ask.amounts.size();
  std::vector<std::vector<std::int64_t>> left(ask.years.size());
  for (std::size_t t = 0; t < left.size(); ++t) left[t] = ask.years[t].most;
  const auto take = [&](std::size_t site, std::int32_t t, std::int64_t sign) {
    for (std::size_t k = 0; k < limits; ++k) left[static_cast<std::size_t>(t)][k] -= sign * ask.amounts[k][site];
  };
  for (std::size_t site = 0; site < year.size(); ++site) {
    if (year[site] >= 0) take(site, year[site], 1);
  }
  const auto fits = [&](std::size_t site, std::int32_t t) {
    for (std::size_t k = 0; k < limits; ++k) {
      if (left[static_cast<std::size_t>(t)][k] < ask.amounts[k][site]) return false;
    }
    return true;
  };
  for (std::int32_t from = 1; from < static_cast<std::int32_t>(ask.years.size()); ++from) {
    for (std::size_t site = 0; site < year.size(); ++site) {
      if (year[site] != from) continue;
      std::int32_t to = 0;
      while (to < from && !fits(site, to)) ++to;
      if (to == from) continue;
      take(site, from, -1);
      take(site, to, 1);
      year[site] = to;
    }
  }
}

}  // namespace

YearsChoice solve_years(const CoverYears& ask, const CoverOptions& options) {
  const YearsProblem years(ask);
  const CoverChoice choice = solve_cover(years.with_targets(ask.problem.counted, std::nullopt), options);
  YearsChoice out{.status = choice.status == CoverStatus::out_of_reach ? CoverStatus::infeasible : choice.status,
                  .year = years.years_of(choice.chosen),
                  .value = choice.value,
                  .bound = choice.bound};
  if (!out.allowed()) return out;
  pull_forward(ask, out.year);
  out.value = 0;
  for (const std::int64_t covered : covered_by_year(ask, out.year, ask.problem.counted)) out.value += covered;
  return out;
}

CoverChoice choose_over_years(const CoverYears& ask, const CoverOptions& options) {
  const YearsProblem years(ask);
  CoverChoice out = solve_cover(years.of_choice(), options);
  const std::vector<std::int32_t> year = years.years_of(out.chosen);
  out.chosen.clear();
  for (std::size_t site = 0; site < year.size(); ++site) {
    if (year[site] >= 0 || ask.problem.sites[site].state == CoverState::chosen)
      out.chosen.push_back(static_cast<std::int32_t>(site));
  }
  out.covered = covered_weights(ask.problem, out.chosen);
  out.cost = cost_of(ask.problem, out.chosen);
  return out;
}

std::vector<std::int64_t> covered_by_year(const CoverYears& ask, const std::vector<std::int32_t>& year,
                                          std::size_t target) {
  std::vector<std::int64_t> out;
  for (std::size_t t = 0; t < ask.years.size(); ++t) {
    std::vector<std::int32_t> there;
    for (std::size_t site = 0; site < year.size(); ++site) {
      const bool built = year[site] >= 0 && year[site] <= static_cast<std::int32_t>(t);
      if (built || ask.problem.sites[site].state == CoverState::chosen)
        there.push_back(static_cast<std::int32_t>(site));
    }
    out.push_back(covered_weights(ask.problem, there)[target]);
  }
  return out;
}

std::int64_t most_by_year(const CoverYears& ask, std::size_t target, std::size_t year,
                          const CoverOptions& options) {
  return solve_cover(YearsProblem(ask).with_targets(target, year), options).bound;
}

}  // namespace amaneku
