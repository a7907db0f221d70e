// ITU-R P.526-15 section 4.1: single knife edge.
#pragma once

namespace amaneku::itu {

/// J(nu), dB, eq. (31) of section 4.1. 0 for nu <= -0.78 (there J vanishes), also for -infinity (no intermediate
/// point).
[[nodiscard]] double knife_edge_loss_db(double nu) noexcept;

}  // namespace amaneku::itu
