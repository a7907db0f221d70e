#include "libsim/studies/targets/people_meshes.hpp"

#include <cmath>
#include <map>
#include <optional>

#include "terrain/people/mesh_code.hpp"
#include "terrain/people/population_readers.hpp"

namespace amaneku {
namespace {

/// The mesh of a unit that is one; other ids name a file.
std::optional<Mesh> mesh_of(const PopulationUnit& unit) {
  if (unit.id.empty() || unit.id.find(':') != std::string::npos) return std::nullopt;
  try {
    return decode_mesh(unit.id);
  } catch (const InputError&) {
    return std::nullopt;
  }
}

double height_deg(const LonLatBox& box) {
  return box.north_deg - box.south_deg;
}

class MeshSorter {
 public:
  MeshSorter(const Crs& crs, int level) : crs_(crs), level_(level) {}

  void add(const PopulationUnit& unit) {
    out_.total += unit.people;
    const std::optional<Mesh> mesh = level_ == 0 ? std::nullopt : mesh_of(unit);
    if (mesh && unit.footprint.parts.size() > 1) {
      add_merged(unit, *mesh);
    } else if (mesh) {
      add_mesh(*mesh, unit.municipality, unit.people);
    } else {
      add_other(unit);
    }
  }

  [[nodiscard]] PeopleMeshes take() { return std::move(out_); }

 private:
  void add_mesh(const Mesh& mesh, int municipality, double people) {
    const Mesh first = decode_mesh(encode_mesh(mesh.box.centre(), level_));
    const int across = static_cast<int>(std::lround(height_deg(mesh.box) / height_deg(first.box)));
    if (across <= 1) {
      share(encode_mesh(mesh.box.centre(), level_), municipality, people);
      return;
    }
    ++out_.divided;
    const LonLatBox& box = mesh.box;
    for (int iy = 0; iy < across; ++iy) {
      for (int ix = 0; ix < across; ++ix) {
        const LonLat inside{box.west_deg + (ix + 0.5) / across * (box.east_deg - box.west_deg),
                            box.south_deg + (iy + 0.5) / across * (box.north_deg - box.south_deg)};
        share(encode_mesh(inside, level_), municipality, people / (across * across));
      }
    }
  }

  /// Secret meshes were added to this one: its people live on all parts of the footprint.
  void add_merged(const PopulationUnit& unit, const Mesh& mesh) {
    for (const Polygon& part : unit.footprint.parts) {
      const LonLat inside = crs_.to_lonlat(inner_point({{part}}));
      add_mesh(decode_mesh(encode_mesh(inside, mesh.level)), unit.municipality,
               unit.people / static_cast<double>(unit.footprint.parts.size()));
    }
  }

  void add_other(const PopulationUnit& unit) {
    const LonLat centre = level_ == 0 ? LonLat{} : crs_.to_lonlat(unit.centre);
    const bool has_meshes =
        centre.lon_deg >= 100.0 && centre.lon_deg < 180.0 && centre.lat_deg >= 0.0 && centre.lat_deg < 66.0;
    if (has_meshes) {
      const std::string code = encode_mesh(centre, level_);
      if (unit.footprint.parts.empty() ||
          area_m2(unit.footprint) <= area_m2(mesh_footprint(decode_mesh(code), crs_))) {
        share(code, unit.municipality, unit.people);
        return;
      }
    }
    if (!unit.footprint.parts.empty() && level_ != 0) ++out_.kept;
    out_.meshes.push_back({.code = unit.id, .centre = unit.centre, .footprint = unit.footprint});
    out_.shares.push_back({out_.meshes.size() - 1, unit.municipality, unit.people});
  }

  void share(const std::string& code, int municipality, double people) {
    const auto [found, fresh] = index_.try_emplace(code, out_.meshes.size());
    if (fresh) {
      const Mesh mesh = decode_mesh(code);
      out_.meshes.push_back(
          {.code = code, .centre = crs_.to_plan(mesh.box.centre()), .footprint = mesh_footprint(mesh, crs_)});
    }
    out_.shares.push_back({found->second, municipality, people});
  }

  const Crs& crs_;
  int level_;
  PeopleMeshes out_{};
  std::map<std::string, std::size_t> index_{};
};

}  // namespace

PeopleMeshes people_meshes(const Population& population, const Crs& crs, int level) {
  MeshSorter sorter(crs, level);
  for (const PopulationUnit& unit : population.units) sorter.add(unit);
  return sorter.take();
}

}  // namespace amaneku
