#include "scenarios/serve/cell_answers.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "scenarios/ask/explain.hpp"
#include "scenarios/ask/profile_picture.hpp"
#include "terrain/crs.hpp"
#include "terrain/people/mesh_code.hpp"

namespace amaneku::scenarios {

using CellJson = nlohmann::ordered_json;

CellJson explained_cell(const PlanState& state, LonLat at, Language language) {
  const Explanation explanation = explain(*state.plan, {at});
  const ExplainedCell& cell = explanation.cells.front();
  CellJson pictures = CellJson::array({profile_svg(explanation, cell.server, 1, language)});
  if (cell.second) pictures.push_back(profile_svg(explanation, *cell.second, 2, language));
  return {{"verdict", verdict(cell, language)},
          {"text", explanation_text(explanation, {.language = language, .all = true})},
          {"json", CellJson::parse(explanation_json(explanation))},
          {"pictures", std::move(pictures)}};
}

CellJson mesh_place(std::string_view code) {
  const Mesh mesh = decode_mesh(code);
  return {{"code", code},
          {"level", mesh.level},
          {"west_deg", mesh.box.west_deg},
          {"south_deg", mesh.box.south_deg},
          {"east_deg", mesh.box.east_deg},
          {"north_deg", mesh.box.north_deg}};
}

CellJson ground_profile(const PlanInput& input, LonLat from, LonLat to) {
  const Crs crs = Crs::from_text(input.world.crs_id);
  const Grid& grid = input.world.grid();
  const Point a = crs.to_plan(from);
  const Point b = crs.to_plan(to);
  if (!grid.contains(a) || !grid.contains(b))
    throw InputError(Fault{.message = "an end lies outside the plan", .key = "from, to"});
  const double length_m = distance_m(a, b);
  if (!(length_m >= 1.0)) throw InputError(Fault{.message = "both ends are one place", .key = "from, to"});
  const int steps = std::clamp(static_cast<int>(std::ceil(length_m / grid.cell_m)), 1, kMostProfilePoints - 1);
  CellJson distances = CellJson::array();
  CellJson heights = CellJson::array();
  for (int i = 0; i <= steps; ++i) {
    const double t = static_cast<double>(i) / steps;
    const float height = sample_bilinear(input.world.ground.ground_asl_m,
                                         {a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m)});
    distances.push_back(t * length_m);
    heights.push_back(std::isnan(height) ? CellJson(nullptr) : CellJson(height));
  }
  return {{"distance_m", std::move(distances)}, {"ground_asl_m", std::move(heights)}};
}

}  // namespace amaneku::scenarios
