// Which k of given places serve weighted clients nearest: edge servers, regional exchanges. The p-median problem,
// with a bound that no choice falls below.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace amaneku {

/// Whatever is paid for distance, in one integer unit: metres, microseconds.
struct PMedianProblem {
  std::size_t clients = 0;
  std::size_t places = 0;
  std::vector<std::int64_t> weight{};    ///< [client] >= 0: people
  std::vector<std::int64_t> distance{};  ///< [client, place] >= 0
  std::size_t open = 1;                  ///< how many places, 1 to `places`
};

struct PMedianOptions {
  std::int32_t ascents = 600;  ///< steps that raise the bound
  std::int64_t exact_columns =
      40'000;                   ///< largest program given to the solver where bound and value differ; 0: none
  std::int64_t nodes = 20'000;  ///< of its search
  double seconds = std::numeric_limits<double>::infinity();  ///< of its search: for commands only
};

struct PMedian {
  std::vector<std::int32_t> places{};  ///< chosen, ascending
  std::vector<std::int32_t> served{};  ///< [client] its nearest chosen place, of equal ones the lowest
  std::int64_t cost = 0;               ///< sum of weight x distance to it
  std::int64_t lower_bound = 0;        ///< no choice costs less
  bool optimal = false;
};

/// Greedy and exchanges for the value, Lagrangian ascent for the bound and for places that are settled, the solver
/// for what is left. The same bytes for the same problem, but for a limit of seconds. InternalError: sizes that do
/// not fit, negative numbers, sums beyond 2^53.
[[nodiscard]] PMedian p_median(const PMedianProblem& problem, const PMedianOptions& options = {});

/// A flow between two clients.
struct ClientFlow {
  std::int32_t from = 0;
  std::int32_t to = 0;
  double bit_per_s = 0.0;  ///< >= 0
};

/// Share of the flows that have both ends at one place, 0 to 1; 0 without flows. `served` as in PMedian.
[[nodiscard]] double local_share(std::span<const std::int32_t> served, std::span<const ClientFlow> flows);

/// The same where nobody knows the flows: any two people are as likely to talk as any others, so that a place with
/// the share s of all people keeps s^2. 0 without people.
[[nodiscard]] double local_share_of_people(std::span<const std::int32_t> served,
                                           std::span<const std::int64_t> weight);

}  // namespace amaneku
