// Where servers at the edge shorten the way of most people.
#pragma once

#include <vector>

#include "libsim/studies/backhaul/backhaul_study.hpp"

namespace amaneku {

/// For 1, 2 ... BackhaulOptions::edge_servers: exchanges and reached sites that lower the mean delay of people
/// most, over the ways as laid. From one exchange to another by way of what is beyond them, where the options tell
/// it, else by fibre in a straight line; a service (satellite, leased line) comes to all of them alike. `terms`
/// [edge of the graph]. Empty where nobody is served.
[[nodiscard]] std::vector<EdgeServers> edge_servers(const BackhaulReport& report, const BackhaulOptions& options,
                                                    const std::vector<EdgeTerms>& terms);

}  // namespace amaneku
