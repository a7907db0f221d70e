#pragma once

#include <cstddef>

namespace amaneku {

/// A number of a site or sector (never negative here) as an index.
constexpr std::size_t index_of(int i) {
  return static_cast<std::size_t>(i);
}

}  // namespace amaneku
