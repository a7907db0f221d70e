// Shadow fading: how likely a median is exceeded, at one place and over a whole cell, and what margin a share asks
// for.
#pragma once

namespace amaneku {

/// Share of the places, 0 .. 1, where a log-normal level with this margin over the threshold reaches it.
[[nodiscard]] double location_probability(double margin_db, double sigma_db) noexcept;

/// Inverse: margin of the median over the threshold for a share of the places, 0 < share < 1.
[[nodiscard]] double location_margin_db(double share, double sigma_db) noexcept;

/// Share of the area of a circular cell that is covered, where the median at its edge has `edge_margin_db` over
/// the threshold and falls with the distance to the power of -`exponent` (W. C. Jakes, Microwave Mobile
/// Communications, 1974, section 2.5.3). sigma_db > 0, exponent > 0.
[[nodiscard]] double area_probability(double edge_margin_db, double sigma_db, double exponent) noexcept;

/// Inverse: margin at the edge for a share of the area, 0.001 .. 0.999, within 1e-9 dB.
[[nodiscard]] double area_margin_db(double share, double sigma_db, double exponent) noexcept;

}  // namespace amaneku
