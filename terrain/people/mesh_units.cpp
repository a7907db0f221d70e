#include "terrain/people/population_readers.hpp"

#include <algorithm>
#include <set>

#include "terrain/files/text_file.hpp"

namespace amaneku {
namespace {

/// The larger meshes of every level that hold this one.
std::vector<std::string> meshes_around(const std::string& code) {
  const LonLatBox inner = decode_mesh(code).box;
  std::vector<std::string> around;
  for (const int level : {1, 2, kMesh5km, kMesh2km, 3, 4, 5}) {
    std::string outer = encode_mesh(inner.centre(), level);
    const LonLatBox box = decode_mesh(outer).box;
    // Half an inner mesh larger at the least: levels differ by a factor of two or more.
    if (box.north_deg - box.south_deg > 1.5 * (inner.north_deg - inner.south_deg)) {
      around.push_back(std::move(outer));
    }
  }
  return around;
}

/// What spreadsheets make of codes; empty for another fault.
std::string habit_of_code(const std::string& code) {
  const bool digits = std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits) return {};
  if (parse_number(code) || parse_thousands(code)) {
    return "is a number and no code (spreadsheets shorten and group long codes): make the column text";
  }
  return number_fault(code).habit == "full-width" ? "full-width digits are not read" : "";
}

}  // namespace

long long meshes_on_others(const std::vector<PopulationUnit>& units) {
  std::set<std::string_view> codes;
  long long count = 0;
  for (const PopulationUnit& unit : units) {
    const bool is_mesh = unit.id.find(':') == std::string::npos;
    if (is_mesh && !codes.insert(unit.id).second) ++count;
  }
  for (const std::string_view code : codes) {
    const std::vector<std::string> around = meshes_around(std::string(code));
    if (std::any_of(around.begin(), around.end(), [&](const auto& outer) { return codes.count(outer) > 0; }))
      ++count;
  }
  return count;
}

MultiPolygon mesh_footprint(const Mesh& mesh, const Crs& crs) {
  // A parallel bends by 2 cm within a 1 km mesh, by 2 m within 10 km and by 120 m within 80 km.
  const int pieces = mesh.level == 1 ? 32 : mesh.level == 2 || mesh.level == kMesh5km ? 4 : 1;
  const LonLatBox& box = mesh.box;
  const LonLat corners[] = {{box.west_deg, box.south_deg},
                            {box.east_deg, box.south_deg},
                            {box.east_deg, box.north_deg},
                            {box.west_deg, box.north_deg}};
  Line ring;
  for (int side = 0; side < 4; ++side) {
    const LonLat a = corners[side];
    const LonLat b = corners[(side + 1) % 4];
    for (int k = 0; k < pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      ring.push_back(
          crs.to_plan({a.lon_deg + t * (b.lon_deg - a.lon_deg), a.lat_deg + t * (b.lat_deg - a.lat_deg)}));
    }
  }
  ring.push_back(ring.front());
  return {{Polygon{.outer = std::move(ring)}}};
}

void MeshUnits::add(const std::string& code, double people, int line, const std::string& column) {
  try {
    const Mesh mesh = decode_mesh(code);
    const auto [at, is_new] = seen_.try_emplace(code, Seen{units_.size(), line});
    if (!is_new) {
      faults_.add({.message = "this mesh comes twice, first in row " + std::to_string(at->second.line),
                   .line = line,
                   .key = column,
                   .value = code});
      return;
    }
    units_.push_back({.id = code,
                      .people = people,
                      .centre = crs_.to_plan(mesh.box.centre()),
                      .footprint = mesh_footprint(mesh, crs_)});
    levels_.push_back(mesh.level);
  } catch (const InputError& error) {
    Fault fault = error.faults().front();
    fault.line = line;
    fault.key = column;
    const std::string habit = habit_of_code(code);
    if (!habit.empty()) fault.message = habit;
    faults_.add(habit, std::move(fault));
  }
}

PopulationUnit* MeshUnits::find(const std::string& code) {
  const auto found = seen_.find(code);
  return found == seen_.end() ? nullptr : &units_[found->second.unit];
}

int MeshUnits::common_level() const noexcept {
  const bool same = std::adjacent_find(levels_.begin(), levels_.end(), std::not_equal_to<>{}) == levels_.end();
  return levels_.empty() || !same ? 0 : levels_.front();
}

void MeshUnits::check_nesting() {
  if (common_level() != 0) return;
  for (const auto& [code, seen] : seen_) {
    for (const std::string& outer : meshes_around(code)) {
      const auto found = seen_.find(outer);
      if (found == seen_.end()) continue;
      faults_.add({.message = "this mesh lies inside mesh " + outer + " of row " +
                              std::to_string(found->second.line) + ": its people would count twice",
                   .line = seen.line,
                   .key = "mesh",
                   .value = code});
    }
  }
}

}  // namespace amaneku
