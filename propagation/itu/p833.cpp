#include "propagation/itu/p833.hpp"

#include <algorithm>
#include <cmath>

#include "propagation/bounded.hpp"
#include "propagation/itu/elevation.hpp"
#include "propagation/itu/p525.hpp"
#include "propagation/itu/p833_woodland.hpp"
#include "propagation/range_warning.hpp"

namespace amaneku {
namespace {

constexpr std::array<const char*, 3> kMethods = {"woodland", "single_tree", "slant_path"};
constexpr std::array<const char*, 2> kSpecificFrom = {"figure_2", "given"};
constexpr std::array<const char*, 4> kMaximumFrom = {"st_petersburg", "mulhouse", "rio_de_janeiro", "given"};
constexpr std::array<const char*, 12> kSpecies = {
    "london_plane",    "horse_chestnut", "silver_maple", "common_lime",     "sycamore_maple", "ginkgo",
    "japanese_cherry", "trident_maple",  "korean_pine",  "himalayan_cedar", "american_plane", "dawn_redwood"};
constexpr std::array<const char*, 2> kLeaf = {"in_leaf", "out_of_leaf"};
constexpr std::array<const char*, 2> kElevationFrom = {"path", "given"};

}  // namespace

constexpr std::array<Choice<P833>, 6> P833::choices = {
    choice_of<&P833::method, P833>("method", kMethods, "P.833-10 sections 2.1, 3, 2.2"),
    choice_of<&P833::specific_attenuation_from, P833>("specific_attenuation_from", kSpecificFrom,
                                                      "P.833-10 Figure 2, Table 1"),
    choice_of<&P833::max_attenuation_from, P833>("max_attenuation_from", kMaximumFrom, "P.833-10 section 2.1"),
    choice_of<&P833::species, P833>("species", kSpecies, "P.833-10 Tables 5 to 8"),
    choice_of<&P833::leaf, P833>("leaf", kLeaf, "P.833-10 Tables 5 to 8"),
    choice_of<&P833::elevation_from, P833>("elevation_from", kElevationFrom, "P.833-10 section 2.2")};

constexpr std::array<Field<P833>, 6> P833::fields = {
    {{"vegetation_depth_m", "m", &P833::vegetation_depth_m, {0.0, 10'000.0}, "P.833-10 sections 2, 3"},
     {"specific_attenuation_db_m",
      "dB/m",
      &P833::specific_attenuation_db_m,
      {0.0, 20.0},
      "P.833-10 Figure 2, Table 1"},
     {"max_attenuation_db", "dB", &P833::max_attenuation_db, {0.1, 200.0}, "P.833-10 section 2.1"},
     {"beamwidth_deg", "deg", &P833::beamwidth_deg, {0.1, 360.0}, "P.833-10 section 3.2.1.4"},
     {"way_around_db", "dB", &P833::way_around_db, {0.0, 1000.0}, "P.833-10 sections 3.1, 3.2.1.5"},
     {"elevation_deg", "deg", &P833::elevation_deg, {0.0, 90.0}, "P.833-10 section 2.2"}}};

namespace {

// A_1 and alpha of section 2.1, with the frequencies of the campaign.
struct Campaign {
  itu::WoodlandCampaign constants;
  Range freq_hz;
};
constexpr std::array<Campaign, 3> kCampaigns = {{{{1.37, 0.42}, {105.9e6, 2117.5e6}},  // mixed wood, 12 to 16 m
                                                 {{1.15, 0.43}, {900e6, 2200e6}},      // wood of 15 m
                                                 {{0.18, 0.752}, {900e6, 1800e6}}}};  // park, tropical trees, 15 m

constexpr double kTreeTheoryFrom_hz = 1e9;

double specific_db_m(const P833& model, const Link& link) noexcept {
  return model.specific_attenuation_from == P833::SpecificFrom::given
             ? model.specific_attenuation_db_m
             : itu::vegetation_specific_attenuation_db_m(link.freq_hz, link.polarization);
}

double max_db(const P833& model, const Link& link) noexcept {
  if (model.max_attenuation_from == P833::MaximumFrom::given) return model.max_attenuation_db;
  const Campaign& campaign = kCampaigns[static_cast<std::size_t>(model.max_attenuation_from)];
  return itu::woodland_max_attenuation_db(link.freq_hz, campaign.constants);
}

double elevation_of(const P833& model, const Link& link, const PathGeometry& path) noexcept {
  if (model.elevation_from == P833::ElevationFrom::given) return model.elevation_deg;
  // As the lower end sees the higher one.
  return std::max(itu::elevation_deg(link, path, itu::End::tx), itu::elevation_deg(link, path, itu::End::rx));
}

bool by_tree_theory(const P833& model, const Link& link) noexcept {
  return model.method == P833::Method::single_tree && link.freq_hz > kTreeTheoryFrom_hz;
}

// Straight through the tree, without the waves around it.
double through_tree_db(const PreparedP833& ready, const Link& link) noexcept {
  const double depth_m = std::max(0.0, bounded(ready.model.vegetation_depth_m));
  if (by_tree_theory(ready.model, link)) return ready.tree.loss_db(depth_m);
  return depth_m * std::max(0.0, bounded(specific_db_m(ready.model, link)));  // (3)
}

double single_tree_db(const PreparedP833& ready, const Link& link) noexcept {
  const double through_db = through_tree_db(ready, link);
  const double around_db = bounded(ready.model.way_around_db);
  const double least_db = std::min(through_db, around_db);
  if (!by_tree_theory(ready.model, link)) return least_db;
  // Section 3.2.1.5: powers add.
  return least_db - 10.0 * std::log10(1.0 + std::pow(10.0, -0.1 * std::abs(through_db - around_db)));
}

const itu::TreeMedium& medium_of(const P833& model, const Link& link) noexcept {
  return itu::tree_medium(model.species, model.leaf == P833::Leaf::in_leaf, link.freq_hz);
}

void tree_warnings(const P833& model, const Link& link, std::vector<std::string>& out) {
  const itu::TreeMedium& medium = medium_of(model, link);
  const bool in_leaf = model.leaf == P833::Leaf::in_leaf;
  if (medium.in_leaf != in_leaf) {
    out.push_back(std::string("p833: leaf = ") + kLeaf[static_cast<std::size_t>(model.leaf)] +
                  " is not in the tables for species = " + kSpecies[static_cast<std::size_t>(model.species)] +
                  (in_leaf ? ", out of leaf was used" : ", in leaf was used"));
  }
  // Half an octave around the measurement.
  flag(out, {P833::id, "freq_hz", "Hz", "P.833-10 Tables 5 to 8, half an octave around the nearest measurement"},
       link.freq_hz, {medium.freq_ghz * 0.707e9, medium.freq_ghz * 1.414e9});
}

}  // namespace

PreparedP833 prepared(const P833& model, const Link& link) noexcept {
  if (!by_tree_theory(model, link)) return {model, {}};
  return {model, itu::TreeTransfer(medium_of(model, link), model.beamwidth_deg)};
}

double loss_db(const PreparedP833& ready, const Link& link, const PathGeometry& path) noexcept {
  const P833& model = ready.model;
  switch (model.method) {
    case P833::Method::single_tree:
      return single_tree_db(ready, link);
    case P833::Method::slant_path:
      return itu::slant_vegetation_loss_db(link.freq_hz, model.vegetation_depth_m,
                                           elevation_of(model, link, path));
    case P833::Method::woodland:
      break;
  }
  return itu::woodland_loss_db(model.vegetation_depth_m, specific_db_m(model, link), max_db(model, link));
}

double loss_db(const P833& model, const Link& link, const PathGeometry& path) noexcept {
  return loss_db(prepared(model, link), link, path);
}

PathLoss explain_terms(const P833& model, const Link& link, const PathGeometry& path) {
  const PreparedP833 ready = prepared(model, link);
  PathLoss out;
  out.loss_db = loss_db(ready, link, path);
  out.mode = kMethods[static_cast<std::size_t>(model.method)];
  switch (model.method) {
    case P833::Method::woodland:
      out.terms = {{"specific_attenuation_db_m", specific_db_m(model, link)},
                   {"max_attenuation_db", max_db(model, link)}};
      if (model.max_attenuation_from != P833::MaximumFrom::given) {
        flag(out.warnings, {P833::id, "freq_hz", "Hz", "P.833-10 section 2.1, measurements behind A_m"},
             link.freq_hz, kCampaigns[static_cast<std::size_t>(model.max_attenuation_from)].freq_hz);
      }
      break;
    case P833::Method::slant_path:
      out.terms = {{"elevation_deg", elevation_of(model, link, path)}};
      break;
    case P833::Method::single_tree:
      out.terms = {{"through_db", through_tree_db(ready, link)}, {"way_around_db", bounded(model.way_around_db)}};
      if (by_tree_theory(model, link)) {
        out.terms.push_back({"measured_freq_ghz", medium_of(model, link).freq_ghz});
        tree_warnings(model, link, out.warnings);
      } else {
        out.terms.push_back({"specific_attenuation_db_m", specific_db_m(model, link)});
      }
      break;
  }
  flag(out.warnings, {P833::id, "vegetation_depth_m", "m", "the length of the path"}, model.vegetation_depth_m,
       {0.0, itu::slant_distance_m(path)});
  return out;
}

}  // namespace amaneku
