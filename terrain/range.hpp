// A parameter's default and legal range live in one object; every border checks against it.
#pragma once

#include <string>

namespace amaneku {

/// Closed interval; infinite ends mean "no limit on that side".
struct Range {
  double min;
  double max;
  /// False for NaN.
  [[nodiscard]] constexpr bool contains(double value) const noexcept { return value >= min && value <= max; }
  /// "30 .. 3000", "> -inf" ends omitted: ">= 30".
  [[nodiscard]] std::string text() const;
};

/// Describes one double member of an options or model struct. The default is `Owner{}.*member`.
template <class Owner>
struct Field {
  const char* name;  ///< with its unit suffix, as in scenario files and Python keywords
  const char* unit;  ///< SI symbol or "1"
  double Owner::*member;
  Range range;         ///< outside: computed AND flagged for models; an error for options
  const char* source;  ///< document, edition, clause
};

}  // namespace amaneku
