#include "libsim/selection/cover_tree.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace amaneku::cover {
namespace {

constexpr double kWhole = 1e-6;
constexpr int kNodeRounds = 4;         ///< of cuts, where shares are parts
constexpr std::size_t kTried = 8;      ///< sites whose branches are tried before one is chosen
constexpr std::int32_t kReliable = 2;  ///< branches after which a site's are estimated
constexpr std::int64_t kSuggestEvery = 10;

struct Decision {
  std::int32_t site = 0;
  bool taken = false;
};

struct Node {
  double bound = 0.0;
  std::int64_t number = 0;
  std::vector<Decision> decisions{};
};

/// The lowest bound first, of equal ones the last.
struct Later {
  bool operator()(const Node& a, const Node& b) const noexcept {
    return a.bound != b.bound ? a.bound > b.bound : a.number < b.number;
  }
};

/// What the bound has risen by per unit of share, upwards and downwards.
struct Rise {
  double sum[2] = {0.0, 0.0};
  std::int32_t count[2] = {0, 0};
};

class Tree {
 public:
  Tree(Master& master, std::span<const CoverState> settled, const TreeLimits& limits)
      : master_(master), settled_(settled.begin(), settled.end()), limits_(limits), rises_(settled.size()) {}

  TreeOutcome run() {
    open_.push({-kMilpInfinity, 0, {}});
    while (!open_.empty()) {
      if (visited_ >= limits_.nodes || limits_.left_s() <= 0.0) return {false, lowest()};
      Node node = open_.top();
      open_.pop();
      // Down one branch as long as it is hopeful.
      for (std::optional<Node> next = std::move(node); next;) {
        if (visited_ >= limits_.nodes || limits_.left_s() <= 0.0) {
          open_.push(std::move(*next));
          break;
        }
        next = visit(std::move(*next));
      }
    }
    return {!failed_, failed_ ? failed_bound_ : 0.0};
  }

 private:
  [[nodiscard]] bool hopeless(double bound) const { return bound >= limits_.cutoff(); }

  [[nodiscard]] double lowest() const {
    double bound = failed_ ? failed_bound_ : kMilpInfinity;
    if (!open_.empty()) bound = std::min(bound, open_.top().bound);
    return bound;
  }

  void enter(const std::vector<Decision>& decisions) {
    std::vector<CoverState> wanted = settled_;
    for (const Decision& d : decisions) wanted[at(d.site)] = d.taken ? CoverState::chosen : CoverState::barred;
    now_.resize(wanted.size(), CoverState::open);
    for (std::size_t j = 0; j < wanted.size(); ++j) {
      if (entered_ && wanted[j] == now_[j]) continue;
      set(static_cast<std::int32_t>(j), wanted[j]);
      now_[j] = wanted[j];
    }
    entered_ = true;
  }

  void set(std::int32_t site, CoverState state) {
    master_.bound(site, state == CoverState::chosen ? 1.0 : 0.0, state == CoverState::barred ? 0.0 : 1.0);
  }

  /// Sites whose share is a part, the most undecided first.
  [[nodiscard]] std::vector<std::int32_t> parts(const std::vector<double>& values) const {
    std::vector<std::int32_t> out;
    for (std::size_t j = 0; j < settled_.size(); ++j)
      if (std::abs(values[j] - std::round(values[j])) > kWhole) out.push_back(static_cast<std::int32_t>(j));
    std::stable_sort(out.begin(), out.end(), [&](std::int32_t a, std::int32_t b) {
      return std::abs(values[at(a)] - 0.5) < std::abs(values[at(b)] - 0.5);
    });
    return out;
  }

  /// The branch to go on with; the other one waits. Nothing where the node is done with.
  std::optional<Node> visit(Node node) {
    if (hopeless(node.bound)) return std::nullopt;
    ++visited_;
    enter(node.decisions);
    Relaxed relaxed;
    std::vector<std::int32_t> undecided;
    for (int round = 0;; ++round) {
      relaxed = master_.relaxed(limits_.left_s());
      if (relaxed.impossible) return std::nullopt;
      if (!relaxed.solved) return fail(node);
      node.bound = std::max(node.bound, relaxed.bound);
      if (hopeless(node.bound)) return std::nullopt;
      undecided = parts(relaxed.values);
      // What is whole is no answer before no plane is passed.
      if (!undecided.empty() && round >= kNodeRounds) break;
      if (master_.cut(relaxed.values) == 0) break;
    }
    if (undecided.empty() || visited_ % kSuggestEvery == 1)
      limits_.suggest(std::span<const double>(relaxed.values).first(settled_.size()));
    if (undecided.empty()) {
      // The best of its node; what was suggested is at least as good, or rounding parted them.
      if (!hopeless(node.bound) && limits_.cutoff() > node.bound + slack(node.bound)) return fail(node);
      return std::nullopt;
    }
    fix(node, relaxed);
    return branch(std::move(node), relaxed, undecided);
  }

  static double slack(double bound) { return 1.0 + 1e-6 * std::abs(bound); }

  /// A node that is left without an answer keeps its bound.
  std::optional<Node> fail(const Node& node) {
    failed_bound_ = failed_ ? std::min(failed_bound_, node.bound) : node.bound;
    failed_ = true;
    return std::nullopt;
  }

  /// Whatever would make the node hopeless is decided.
  void fix(Node& node, const Relaxed& relaxed) {
    const double room = limits_.cutoff() - relaxed.bound;
    for (std::size_t j = 0; j < settled_.size(); ++j) {
      if (now_[j] != CoverState::open) continue;
      const auto site = static_cast<std::int32_t>(j);
      if (relaxed.values[j] < kWhole && relaxed.reduced[j] >= room) node.decisions.push_back({site, false});
      if (relaxed.values[j] > 1.0 - kWhole && -relaxed.reduced[j] >= room) node.decisions.push_back({site, true});
    }
  }

  /// Bound with one site decided; infinite where nothing fits.
  double tried(std::int32_t site, bool taken) {
    set(site, taken ? CoverState::chosen : CoverState::barred);
    const Relaxed relaxed = master_.relaxed(limits_.left_s());
    set(site, CoverState::open);
    if (relaxed.impossible) return kMilpInfinity;
    return relaxed.solved ? relaxed.bound : -kMilpInfinity;
  }

  void learn(std::int32_t site, bool taken, double share, double rise) {
    Rise& own = rises_[at(site)];
    own.sum[taken ? 1 : 0] += std::max(0.0, rise) / std::max(kWhole, taken ? 1.0 - share : share);
    ++own.count[taken ? 1 : 0];
  }

  [[nodiscard]] double score(std::int32_t site, double share) const {
    const Rise& own = rises_[at(site)];
    double product = 1.0;
    for (const bool taken : {false, true}) {
      const int k = taken ? 1 : 0;
      const double mean = own.count[k] > 0 ? own.sum[k] / own.count[k] : 1.0;
      product *= std::max(1e-6, mean * (taken ? 1.0 - share : share));
    }
    return product;
  }

  std::optional<Node> branch(Node node, const Relaxed& relaxed, std::vector<std::int32_t> undecided) {
    const auto is_reliable = [&](std::int32_t j) {
      return std::min(rises_[at(j)].count[0], rises_[at(j)].count[1]) >= kReliable;
    };
    double bounds[2] = {node.bound, node.bound};
    std::int32_t best = -1;
    double best_score = -1.0;
    std::size_t tries = 0;
    for (const std::int32_t j : undecided) {
      const double share = relaxed.values[at(j)];
      double own[2] = {node.bound, node.bound};
      if (!is_reliable(j) && tries < kTried) {
        ++tries;
        for (const bool taken : {false, true}) {
          const double bound = tried(j, taken);
          own[taken ? 1 : 0] = std::max(node.bound, bound);
          learn(j, taken, share, std::min(bound, limits_.cutoff()) - relaxed.bound);
        }
      }
      const double here = score(j, share);
      if (here <= best_score) continue;
      best_score = here;
      best = j;
      bounds[0] = own[0];
      bounds[1] = own[1];
    }
    Node without = node;
    without.decisions.push_back({best, false});
    without.bound = bounds[0];
    Node with = std::move(node);
    with.decisions.push_back({best, true});
    with.bound = bounds[1];
    without.number = ++numbers_;
    with.number = ++numbers_;
    const bool up = with.bound <= without.bound;
    Node& later = up ? without : with;
    if (!hopeless(later.bound)) open_.push(std::move(later));
    Node& first = up ? with : without;
    if (hopeless(first.bound)) return std::nullopt;
    return std::move(first);
  }

  Master& master_;
  std::vector<CoverState> settled_;
  const TreeLimits& limits_;
  std::priority_queue<Node, std::vector<Node>, Later> open_{};
  std::vector<CoverState> now_{};  ///< that the master has
  bool entered_ = false;
  std::vector<Rise> rises_;
  std::int64_t visited_ = 0;
  std::int64_t numbers_ = 0;
  bool failed_ = false;
  double failed_bound_ = 0.0;
};

}  // namespace

TreeOutcome search_tree(Master& master, std::span<const CoverState> settled, const TreeLimits& limits) {
  return Tree(master, settled, limits).run();
}

}  // namespace amaneku::cover
