#include "libsim/transmitter_sectors.hpp"

namespace amaneku {

TransmitterSectors::TransmitterSectors(const CoverageGrid& coverage)
    : first_(coverage.transmitters.size() + 1), sectors_(coverage.sectors.size()) {
  for (const SectorRef& ref : coverage.sectors) ++first_[static_cast<std::size_t>(ref.transmitter) + 1];
  for (std::size_t t = 1; t < first_.size(); ++t) first_[t] += first_[t - 1];
  std::vector<std::size_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t s = 0; s < coverage.sectors.size(); ++s) {
    sectors_[next[static_cast<std::size_t>(coverage.sectors[s].transmitter)]++] = static_cast<int>(s);
  }
}

}  // namespace amaneku
