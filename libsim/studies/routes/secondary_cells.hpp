// Secondary cells of a non-stand-alone network along a route: they carry the data where the anchor has added one.
#pragma once

#include <cstddef>
#include <string>

#include "libsim/mobility/non_stand_alone.hpp"

namespace amaneku {

struct SecondaryCells {
  std::string technology{};  ///< RadioTechnology::id; cells of all others are anchors
  double b1_threshold_dbm = -105.0;
  mobility::Interruptions addition{};
  mobility::Interruptions change{};
};

struct SecondaryFinding {
  // Of the drive without fading:
  double with_m = 0.0;  ///< with a secondary cell
  double with_s = 0.0;
  std::size_t additions = 0;  ///< after the one with which the drive may begin
  std::size_t changes = 0;
  std::size_t releases = 0;
  mobility::NonStandAloneStatistics drives{};
};

}  // namespace amaneku
