// ITU-R P.833-10: attenuation in vegetation, as a model. The formulas are in p833_woodland.hpp and p833_tree.hpp.
#pragma once

#include "propagation/geometry.hpp"
#include "propagation/itu/p833_tree.hpp"
#include "propagation/model.hpp"

namespace amaneku {

/// ITU-R P.833-10, loss by woodland or a tree in the path.
struct P833 {
  enum class Method : std::uint8_t { woodland, single_tree, slant_path };
  enum class SpecificFrom : std::uint8_t { figure_2, given };
  enum class MaximumFrom : std::uint8_t { st_petersburg, mulhouse, rio_de_janeiro, given };
  enum class Leaf : std::uint8_t { in_leaf, out_of_leaf };
  enum class ElevationFrom : std::uint8_t { path, given };

  Method method = Method::woodland;
  double vegetation_depth_m = 20.0;
  SpecificFrom specific_attenuation_from = SpecificFrom::figure_2;  ///< woodland; single_tree up to 1 GHz
  double specific_attenuation_db_m = 0.2;                           ///< if given
  MaximumFrom max_attenuation_from = MaximumFrom::st_petersburg;    ///< woodland
  double max_attenuation_db = 30.0;                                 ///< if given
  itu::TreeSpecies species = itu::TreeSpecies::london_plane;        ///< single_tree above 1 GHz
  Leaf leaf = Leaf::in_leaf;                                        ///< with the species
  double beamwidth_deg = 65.0;                                      ///< with the species: of the receiving antenna
  double way_around_db = 200.0;                        ///< single_tree: loss of the waves around the tree
  ElevationFrom elevation_from = ElevationFrom::path;  ///< slant_path
  double elevation_deg = 30.0;                         ///< if given

  static constexpr std::string_view id = "p833";
  static constexpr std::string_view title = "Vegetation";
  static constexpr std::string_view source = "ITU-R P.833-10, sections 2.1, 2.2, 3.1 and 3.2.1.4";
  static constexpr Role role = Role::added;
  static constexpr Terrain terrain = Terrain::none;
  static constexpr Validity validity = {{30e6, 100e9}, {0.0, kNoLimit}, kAnyHeight, kAnyHeight};
  static constexpr std::array<std::string_view, 1> notes = {
      "p833 is unverified: its constants were not checked against the text of the Recommendation"};
  static const std::array<Field<P833>, 6> fields;
  static const std::array<Choice<P833>, 6> choices;
};

/// The model with the solution of the radiative transfer for its tree.
struct PreparedP833 {
  P833 model;
  itu::TreeTransfer tree;
};

[[nodiscard]] PreparedP833 prepared(const P833&, const Link&) noexcept;
[[nodiscard]] double loss_db(const PreparedP833&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] double loss_db(const P833&, const Link&, const PathGeometry&) noexcept;
[[nodiscard]] PathLoss explain_terms(const P833&, const Link&, const PathGeometry&);

}  // namespace amaneku
