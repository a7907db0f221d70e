// ITU-R P.833-10 section 3.2.1.4: what comes through a tree above 1 GHz, by the theory of radiative energy
// transfer.
#pragma once

#include <array>
#include <cstdint>

namespace amaneku::itu {

enum class TreeSpecies : std::uint8_t {
  london_plane,
  horse_chestnut,
  silver_maple,
  common_lime,
  sycamore_maple,
  ginkgo,
  japanese_cherry,
  trident_maple,
  korean_pine,
  himalayan_cedar,
  american_plane,
  dawn_redwood
};

/// A cell of Tables 5 to 8: leaves (or, out of leaf, twigs) as a cloud of scatterers.
struct TreeMedium {
  TreeSpecies species;
  bool in_leaf;
  double freq_ghz;          ///< of the measurement
  double forward_share;     ///< alpha, of the scattered power: in the forward lobe
  double lobe_deg;          ///< beta, width of that lobe
  double albedo;            ///< W, share of the extinction that scatters
  double extinction_per_m;  ///< sigma_tau, absorption and scatter
};

/// The cell of the species and state of leaf with the nearest frequency (in ratio). A species without a
/// cell out of leaf is taken in leaf.
[[nodiscard]] const TreeMedium& tree_medium(TreeSpecies species, bool in_leaf, double freq_hz) noexcept;

/// The part of the solution that is the same for every depth: order N = 15, M = 10.
class TreeTransfer {
 public:
  TreeTransfer() noexcept = default;
  /// `beamwidth_deg`: 3 dB beamwidth of the receiving antenna, which looks along the path.
  TreeTransfer(const TreeMedium& medium, double beamwidth_deg) noexcept;

  /// L_scat, dB, eq. (12): loss through `depth_m` of tree. 0 without depth.
  [[nodiscard]] double loss_db(double depth_m) const noexcept;

 private:
  static constexpr int kOrder = 15;                        // N
  static constexpr std::size_t kModes = (kOrder + 1) / 2;  // positive s_k
  static constexpr int kForward = 10;                      // M

  void solve(double reduced_albedo) noexcept;

  double extinction_per_m_ = 0.0;
  double forward_albedo_ = 0.0;             // alpha W
  double beam2_ = 0.0;                      // Delta gamma_R squared, rad^2
  double lobe2_ = 0.0;                      // beta_s squared, rad^2
  std::array<double, kModes> inverse_s_{};  // 1 / s_k
  std::array<double, kModes> weight_{};     // A_k / (1 - 1 / s_k)
};

}  // namespace amaneku::itu
