// A choice of sites that changes site by site: what is covered, and what every site would add or take away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "libsim/selection/cover_core.hpp"

namespace amaneku::cover {

class State {
 public:
  explicit State(const Core& core);

  void add(std::size_t site);     ///< not chosen, and `fits`
  void remove(std::size_t site);  ///< chosen
  /// Makes the choice `chosen`.
  void become(std::span<const std::int32_t> chosen);

  [[nodiscard]] const Core& core() const noexcept { return core_; }
  [[nodiscard]] bool has(std::size_t site) const noexcept { return is_chosen_[site] != 0; }
  [[nodiscard]] std::vector<std::int32_t> chosen() const;
  [[nodiscard]] std::int64_t cost() const noexcept { return cost_; }  ///< without what is settled
  [[nodiscard]] std::int64_t covered(std::size_t target) const noexcept { return covered_[target]; }
  /// Of the counted target.
  [[nodiscard]] std::int64_t weight() const noexcept { return covered_[core_.counted]; }
  [[nodiscard]] bool reached() const noexcept { return short_of_ == 0; }  ///< every target
  /// Limits and exclusions leave room for the site.
  [[nodiscard]] bool fits(std::size_t site) const noexcept;
  /// Of a site that is not chosen: with it every target is reached.
  [[nodiscard]] bool reached_with(std::size_t site) const noexcept;
  /// Of a chosen site: without it every target is still reached that is reached now.
  [[nodiscard]] bool needless(std::size_t site) const noexcept;
  /// Of a chosen site: its share of a target is covered by others too.
  [[nodiscard]] bool adds_nothing(std::size_t site) const noexcept;
  /// Of a site that is not chosen: how much nearer to the targets, each as a share of what it asks for.
  [[nodiscard]] double progress(std::size_t site) const noexcept;
  /// Of a site that is not chosen: covered weight of the counted target, rows that want more than one in part.
  [[nodiscard]] double gain(std::size_t site) const noexcept {
    return static_cast<double>(change_[site * targets_ + core_.counted]) / static_cast<double>(unit_);
  }
  [[nodiscard]] std::int64_t used(std::size_t limit) const noexcept { return used_[limit]; }
  [[nodiscard]] std::int64_t work() const noexcept { return work_; }  ///< sites looked at
  void spend(std::int64_t work) noexcept { work_ += work; }

 private:
  void add_row(std::size_t row, std::size_t site);
  void remove_row(std::size_t row, std::size_t site);
  /// A row becomes covered (sign -1) or uncovered (1): what sites that are not chosen would add.
  void change_open(std::size_t row, std::size_t site, std::int64_t sign);
  /// A row comes to depend on its chosen sites (1), or no longer does (-1): what they would take away.
  void change_chosen(std::size_t row, std::size_t site, std::int64_t sign);
  void cover(std::size_t row, std::int64_t sign);

  const Core& core_;
  std::size_t targets_;
  std::int64_t unit_ = 1;  ///< parts of a weight, so that a part of each row that wants several is whole
  std::vector<char> is_chosen_;
  std::vector<std::int32_t> count_{};   ///< [row] chosen sites that serve it
  std::vector<std::int32_t> last_{};    ///< [row] exclusive or of its chosen sites: the one where there is one
  std::vector<std::int64_t> change_{};  ///< [site, target] in parts: what it would add, or take away
  std::vector<std::int64_t> covered_{};
  std::vector<std::int64_t> used_{};      ///< [limit]
  std::vector<std::int32_t> excluded_{};  ///< [site] chosen ones that exclude it
  Lists groups_{};                        ///< [site] exclusive groups
  std::size_t short_of_ = 0;              ///< targets not reached
  std::int64_t cost_ = 0;
  std::int64_t work_ = 0;
};

}  // namespace amaneku::cover
