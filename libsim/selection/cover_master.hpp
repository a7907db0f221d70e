// The covering problem in its sites alone: what rows add is a concave function of the sites, known by as many
// planes above it as have been asked for (Benders; for covering Cordeau, Furini and Ljubic 2019). Rows are taken
// together in blocks, each with its own planes; of a small problem each row has a column instead.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "libsim/selection/cover_core.hpp"
#include "libsim/selection/milp.hpp"

namespace amaneku::cover {

/// One answer of the relaxation.
struct Relaxed {
  bool solved = false;            ///< else limits or numerics ended it
  bool impossible = false;        ///< nothing fits, not even in parts
  double bound = 0.0;             ///< of the goal (cost, or weight below zero) less `offset`, proved by the prices
  std::vector<double> values{};   ///< [column] those of sites first, 0 to 1
  std::vector<double> reduced{};  ///< [site] what the bound rises by where the site is taken; below 0: left out
};

class Master {
 public:
  /// `threads`: of the cuts.
  Master(const Core& core, int threads);

  [[nodiscard]] Relaxed relaxed(double seconds);
  /// Adds planes and rows that the values (of all columns, or of the sites alone) pass; how many.
  std::size_t cut(std::span<const double> values);

  /// The program of whole sites. Planes that the last answer of the relaxation lies well below are not in it.
  [[nodiscard]] MilpProblem program() const;
  /// Forgets the planes that are not in the program.
  void forget_planes();
  /// Bounds of a site's share.
  void bound(std::int32_t site, double lower, double upper);
  /// Sites that the program takes or leaves out whatever happens.
  void settle(std::span<const CoverState> states);
  [[nodiscard]] double scale() const noexcept { return scale_; }  ///< goal per unit of the program's
  /// Goal of what is settled, and of rows that must be covered.
  [[nodiscard]] std::int64_t offset() const noexcept;

 private:
  /// What the rows of a block add to a target at most: constant + sum of factors.
  struct Plane {
    std::size_t target = 0;
    std::int64_t constant = 0;  ///< in parts
    std::vector<std::pair<std::int32_t, std::int64_t>> factors{};
  };
  void add_columns();
  void add_row_columns();
  void add_block_columns();
  void add_limits();
  void add_must(std::size_t row);
  void add(double lower, std::span<const MilpTerm> terms, double upper);
  [[nodiscard]] std::vector<Plane> planes_of(std::size_t block, std::span<const double> shares) const;
  [[nodiscard]] bool add_plane(std::size_t block, const Plane& plane, std::span<const double> values);
  [[nodiscard]] bool add_whole_plane(std::size_t target, std::span<const Plane> parts,
                                     std::span<const double> shares);
  [[nodiscard]] std::size_t add_row_planes(std::span<const double> values);
  std::size_t add_musts(std::span<const double> shares);
  [[nodiscard]] double missing(std::size_t target) const noexcept;  ///< of its least, beside what is sure

  const Core& core_;
  int threads_;
  bool has_rows_ = false;  ///< a column for each row
  double scale_ = 1.0;
  std::int64_t unit_ = 1;
  std::vector<std::int64_t> sure_{};   ///< [target] settled, and by rows that must be covered
  std::vector<double> target_unit_{};  ///< [target] weight per unit of its columns
  Lists blocks_{};                     ///< [block] rows
  std::vector<std::vector<std::int32_t>>
      column_{};  ///< [target][block], -1; none where its planes are of all blocks
  MilpProblem milp_{};
  std::unique_ptr<MilpRelaxation> relaxation_{};
  std::size_t fixed_rows_ = 0;              ///< of the program, before planes
  std::vector<double> last_{};              ///< values of the last answer
  std::size_t last_rows_ = 0;               ///< that it was found with
  std::vector<char> has_must_{};            ///< [row] in the program
  std::vector<std::int32_t> row_column_{};  ///< [row], -1
};

}  // namespace amaneku::cover
