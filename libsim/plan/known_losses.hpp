// Losses that an earlier plan has left, for a plan whose sites differ from it in a few.
#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "libsim/engine/coverage.hpp"

namespace amaneku {

/// Of plans of one world, receiver and engine: there a transmitter's loss depends on where it stands, its height
/// and its carrier.
class KnownLosses {
 public:
  /// `coverage` lives longer than this object.
  void add(const Coverage& coverage, const std::vector<Site>& sites);

  /// Null: not computed, or not kept.
  [[nodiscard]] const TransmitterLoss* find(const Site& site, const TransmitterLoss& wanted) const;

 private:
  using Key = std::tuple<double, double, double, double, double, double>;
  [[nodiscard]] static Key key_of(const Site& site, const TransmitterLoss& transmitter);

  std::map<Key, const TransmitterLoss*> losses_{};
};

}  // namespace amaneku
