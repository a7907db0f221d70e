// ITU-R P.525-4: free-space basic transmission loss.
#pragma once

#include <span>

#include "propagation/geometry.hpp"
#include "propagation/model.hpp"

namespace amaneku::itu {

/// Section 2.3, 20 log10(4 pi d / lambda), dB. `distance_m`: between the antennas. Where the formula would
/// turn into a gain (d < lambda / 4 pi, inside the near field) the loss is 0 dB.
[[nodiscard]] double free_space_loss_db(double freq_hz, double distance_m) noexcept;

/// Straight distance between the two antennas, m.
[[nodiscard]] double slant_distance_m(const PathGeometry& path) noexcept;

}  // namespace amaneku::itu

namespace amaneku {

struct PathArrays;

/// ITU-R P.525 free space over the slant distance between the antennas.
struct FreeSpace {
  static constexpr std::string_view id = "free_space";
  static constexpr std::string_view title = "Free space";
  static constexpr std::string_view source = "ITU-R P.525-4, section 2.3";
  static constexpr Role role = Role::path;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{1e6, kNoLimit}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<Field<FreeSpace>, 0> fields{};
  static constexpr std::array<Choice<FreeSpace>, 0> choices{};
  static constexpr std::array<std::string_view, 0> notes{};
};

[[nodiscard]] double loss_db(const FreeSpace&, const Link&, const PathGeometry&) noexcept;
/// As in losses.hpp.
void losses_db(const FreeSpace&, const Link&, const PathArrays&, std::span<double> out) noexcept;
[[nodiscard]] PathLoss explain_terms(const FreeSpace&, const Link&, const PathGeometry&);

}  // namespace amaneku
