// What a choice of sites costs: each site by itself, and with the lines that all of them need together.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "libsim/economics/bill.hpp"
#include "libsim/input/network.hpp"
#include "libsim/input/world.hpp"
#include "libsim/studies/backhaul/backhaul_study.hpp"
#include "libsim/studies/selection/selection_options.hpp"

namespace amaneku {

/// Of a site, or of a choice, in whole yen.
struct SelectionAmounts {
  std::int64_t objective = 0;  ///< SelectionOptions::objective
  std::int64_t capex_jpy = 0;
  std::int64_t present_jpy = 0;
  PayerAmounts burden_jpy{};  ///< of the purchase; local governments after their best bond, where that counts

  SelectionAmounts& operator+=(const SelectionAmounts& other) noexcept;
  SelectionAmounts& operator-=(const SelectionAmounts& other) noexcept;
  /// What a budget holds against its limit.
  [[nodiscard]] std::int64_t spent(const SelectionBudget& budget) const noexcept {
    return budget.payer ? burden_jpy[index_of(*budget.payer)] : capex_jpy;
  }
};

/// What each site of a choice costs, with its parts of the lines that are laid out for all of them.
struct SelectionShares {
  std::vector<SelectionAmounts> of_site{};  ///< [site] 0 of those that are not in it
  SelectionAmounts rest{};                  ///< lines of the places, and of the sites that stay
  [[nodiscard]] SelectionAmounts sum() const;
};

/// Borrowed: lives longer than the costs.
struct SelectionMoney {
  const World& world;
  const Network& network;
  const MoneyInput* money = nullptr;          ///< none: sites are counted, nothing costs anything
  const BackhaulOptions* backhaul = nullptr;  ///< none: lines are those of each site by itself
  std::vector<HopOffer> hops{};               ///< between any two of the sites and exchanges
  std::vector<bool> stays{};                  ///< [site] chosen beforehand
  std::vector<double> people{};               ///< [site] whom it reaches by itself, for households
};

/// Sites that stay count with what the lines make them cost more, not with what they cost by themselves: no choice
/// changes that.
class SelectionCosts {
 public:
  /// InputError: what a site needs has no price.
  SelectionCosts(SelectionMoney money, const SelectionOptions& options);

  /// [site] without the lines of the backhaul, where that is laid out; 0 of sites that stay.
  [[nodiscard]] const std::vector<SelectionAmounts>& own() const noexcept { return own_; }
  /// [site] with the cheapest way to an exchange that it would have alone, beside the sites that stay.
  [[nodiscard]] const std::vector<SelectionAmounts>& estimate() const noexcept { return estimate_; }
  /// [site] of SelectionAmounts::objective: no choice with the site costs less on its account, whatever else is
  /// chosen.
  [[nodiscard]] const std::vector<std::int64_t>& least() const noexcept { return least_; }
  /// [site] the same, but for its line.
  [[nodiscard]] const std::vector<std::int64_t>& least_alone() const noexcept { return least_alone_; }
  /// That no choice goes below, beside the sum of least_alone(): lines of the sites that stay and of the places.
  [[nodiscard]] std::int64_t least_of_all() const noexcept { return least_of_all_; }
  /// The same beside the sum of least().
  [[nodiscard]] std::int64_t least_of_rest() const noexcept { return least_of_rest_; }

  /// Whether lines are laid out for every choice anew.
  [[nodiscard]] bool lays_lines() const noexcept { return money_.backhaul != nullptr; }
  /// Candidates that need a line and have no way to an exchange.
  [[nodiscard]] const std::vector<std::int32_t>& unreached() const noexcept { return unreached_; }
  /// Chosen beside those that stay, ascending. Each choice is laid out once.
  [[nodiscard]] const SelectionAmounts& of(std::span<const std::int32_t> chosen) const {
    return laid(chosen).amounts;
  }
  /// What of() is made of.
  [[nodiscard]] SelectionShares shares(std::span<const std::int32_t> chosen) const;
  /// No choice that contains this one has a smaller objective.
  [[nodiscard]] std::int64_t at_least(std::span<const std::int32_t> chosen) const;
  /// By how much no layout of that choice can cost less than of() says.
  [[nodiscard]] std::int64_t slack_jpy(std::span<const std::int32_t> chosen) const {
    return laid(chosen).slack_jpy;
  }
  /// The largest slack of all choices that were laid out.
  [[nodiscard]] std::int64_t largest_slack_jpy() const;
  /// How many choices were laid out.
  [[nodiscard]] std::size_t laid_out() const noexcept { return known_.size(); }

 private:
  struct Laid {
    SelectionAmounts amounts{};
    std::int64_t slack_jpy = 0;
  };

  [[nodiscard]] SelectionAmounts amounts_of(const SiteBill& bill) const;
  [[nodiscard]] SelectionAmounts amounts_of_site(std::size_t site) const;
  [[nodiscard]] SelectionAmounts amounts_of_parts(const std::vector<SharedPart>& parts) const;
  [[nodiscard]] BackhaulInput backhaul_input(const std::vector<bool>& connected) const;
  [[nodiscard]] BackhaulReport report(std::vector<bool> connected) const;
  [[nodiscard]] bool needs_line(std::size_t site) const;
  [[nodiscard]] SelectionShares lay(std::span<const std::int32_t> chosen, std::int64_t& slack_jpy) const;
  [[nodiscard]] const Laid& laid(std::span<const std::int32_t> chosen) const;
  void add_lines();
  void add_estimates(const BackhaulOffer& offer, const BackhaulReport& before);
  void add_bounds(const BackhaulGraph& graph, const std::vector<std::int64_t>& cost_jpy,
                  const BackhaulReport& before);
  [[nodiscard]] std::vector<std::int64_t> least_burdens_jpy(const BackhaulGraph& graph) const;
  [[nodiscard]] Payer first_applicant() const;
  void add_least_burdens();

  /// Of the way that a site would have alone.
  struct WayLengths {
    double aerial_m = 0.0;
    double buried_m = 0.0;
    double submarine_m = 0.0;
  };

  SelectionMoney money_;
  BackhaulGraph cables_{};
  SelectionOptions options_;
  mutable MoneyInput bills_{};  ///< a copy whose works change with the choice
  std::vector<SelectionAmounts> own_{};
  std::vector<SelectionAmounts> alone_{};  ///< [site] as own_, of the sites that stay too
  std::vector<SelectionAmounts> estimate_{};
  std::vector<WayLengths> lengths_{};
  std::vector<std::int32_t> unreached_{};
  std::vector<std::int64_t> least_alone_{};
  std::vector<std::int64_t> least_{};
  std::int64_t least_of_all_ = 0;
  std::int64_t least_of_rest_ = 0;
  mutable std::map<std::vector<std::int32_t>, Laid> known_{};
};

}  // namespace amaneku
