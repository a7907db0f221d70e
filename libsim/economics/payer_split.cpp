// From shares to yen.
#include <algorithm>
#include <array>

#include "libsim/economics/subsidy.hpp"

namespace amaneku {
namespace {

constexpr std::array<Payer, 4> kLastPayers = {Payer::municipality, Payer::mobile_operator, Payer::applicant,
                                              Payer::prefecture};

}  // namespace

Payer rest_payer_of(const PayerShares& shares) {
  const auto has_share = [&](Payer payer) { return shares[index_of(payer)] != Rational(); };
  const auto found = std::find_if(kLastPayers.begin(), kLastPayers.end(), has_share);
  return found == kLastPayers.end() ? Payer::applicant : *found;
}

PayerAmounts split_cost(const SubsidyProject& project, const PayerShares& shares, std::int64_t multiple_jpy,
                        std::int64_t national_cap_jpy) {
  PayerAmounts out{};
  const Payer last = rest_payer_of(shares);
  std::int64_t rest_jpy = project.total_cost_jpy;
  for (std::size_t i = 0; i < kPayerCount; ++i) {
    if (i == index_of(last)) continue;
    out[i] = shares[i].floor_of(project.eligible_cost_jpy);
    if (i == index_of(Payer::nation)) {
      out[i] = std::min(out[i], national_cap_jpy);
      out[i] -= out[i] % multiple_jpy;
    }
    rest_jpy -= out[i];
  }
  out[index_of(last)] = rest_jpy;
  return out;
}

}  // namespace amaneku
