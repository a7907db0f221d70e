// A table as layers of network.gpkg.
#pragma once

#include <vector>

#include "libsim/result/table.hpp"

namespace amaneku::scenarios {

/// One layer for each kind of geometry that the table has: points, lines, areas; rows whose geometry is empty are
/// left out, and so are tables without any.
[[nodiscard]] std::vector<Layer> layers_of(const Table& table);

}  // namespace amaneku::scenarios
