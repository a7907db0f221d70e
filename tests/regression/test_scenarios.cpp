// The figures of the delivered scenarios, on coarse grids: a change of a figure is a change that somebody means.
// AMANEKU_UPDATE=1 writes the expected figures anew.
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "scenarios/output/outputs.hpp"
#include "scenarios/read/scenario.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"

using namespace amaneku;
using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

/// Rows and sums of the columns of every table: what CSV files, network.gpkg, result.h5 and Python are made of.
Json table_sums(const scenarios::Planned& planned) {
  Json out = Json::object();
  for (const Table& table : scenarios::all_tables(planned)) {
    Json& entry = out[table.name];
    entry["rows"] = table.rows.size();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      double sum = 0.0;
      std::size_t values = 0;
      std::size_t letters = 0;
      for (const std::vector<Attribute>& row : table.rows) {
        if (const auto* number = std::get_if<double>(&row[i])) sum += std::isfinite(*number) ? *number : 0.0;
        if (const auto* whole = std::get_if<std::int64_t>(&row[i])) sum += static_cast<double>(*whole);
        if (const auto* text = std::get_if<std::string>(&row[i])) letters += text->size();
        values += std::holds_alternative<std::monostate>(row[i]) ? 0U : 1U;
      }
      const bool text = table.columns[i].type == Column::Type::text;
      entry[table.columns[i].name] = {{"values", values},
                                      {text ? "letters" : "sum", text ? Json(letters) : Json(sum)}};
    }
  }
  return out;
}

/// The figures without program, hashes and time.
Json figures(const fs::path& scenario, const std::vector<std::pair<std::string, std::string>>& settings) {
  const scenarios::Planned planned = scenarios::run(scenarios::load(scenario, {.settings = settings}));
  Json summary = Json::parse(scenarios::summary_json(planned));
  for (const char* key : {"schema", "program", "files", "scenario", "sites"}) summary.erase(key);
  for (Json& warning : summary["warnings"]) warning.erase("message");
  summary["tables"] = table_sums(planned);
  return summary;
}

/// Numbers agree to `tolerance` relative to the larger one (compilers and library versions round differently).
void compare(const Json& expected, const Json& found, const std::string& where) {
  INFO(where);
  if (expected.is_number() && found.is_number()) {
    CHECK(found.get<double>() == Approx(expected.get<double>()).epsilon(1e-4).margin(1e-6));
  } else if (expected.is_object() && found.is_object()) {
    CHECK(expected.size() == found.size());
    for (const auto& [key, value] : expected.items()) {
      REQUIRE(found.contains(key));
      compare(value, found[key], where + "." + key);
    }
  } else if (expected.is_array() && found.is_array()) {
    REQUIRE(expected.size() == found.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
      compare(expected[i], found[i], where + "[" + std::to_string(i) + "]");
  } else {
    CHECK(expected == found);
  }
}

void check_figures(const std::string& name, const Json& found) {
  const fs::path path = fs::path(AMANEKU_SOURCE_DIR) / "tests/regression" / name / "expected.json";
  if (std::getenv("AMANEKU_UPDATE") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << found.dump(1) << '\n';
  }
  std::ifstream in(path);
  REQUIRE(in);
  compare(Json::parse(in), found, name);
}

fs::path delivered(const std::string& name) {
  return fs::path(AMANEKU_SOURCE_DIR) / "scenarios" / name / "scenario.toml";
}

}  // namespace

TEST_CASE("fuji keeps its figures", "[shared]") {
  AMANEKU_NEEDS(test::data(), "the shared data folder");
  check_figures("fuji", figures(delivered("fuji"), {{"scenario.grid_m", "150"}}));
}

TEST_CASE("fuji by P.1812 with clutter, gases and the air of a city keeps its figures", "[shared]") {
  AMANEKU_NEEDS(test::data(), "the shared data folder");
  const Json found = figures(
      delivered("fuji"),
      {{"scenario.grid_m", "300"},
       {"propagation.model", "p1812"},
       {"propagation.time_percent", "10"},
       {"propagation.location_percent", "90"},
       {"propagation.added_loss", R"([{model="p676"}, {model="p2108", location_percent=90, clutter_at="rx"}])"},
       {"propagation.air.city", "tokyo"}});
  CHECK(found["plan"]["added_losses"].size() == 2);
  CHECK(found["plan"]["climate"][1]["from"] == "city");
  check_figures("fuji_p1812", found);
}

TEST_CASE("wakayama keeps its figures, and nobody is lost", "[shared]") {
  AMANEKU_NEEDS(test::data(), "the shared data folder");
  const Json found = figures(delivered("wakayama"), {{"scenario.grid_m", "400"}});
  double people = found["population"]["outside_municipalities"].get<double>();
  for (const Json& municipality : found["municipalities"]) people += municipality["population"].get<double>();
  CHECK(found["population"]["total"].get<double>() == 922584.0);
  CHECK(people == Approx(922584.0).epsilon(1e-12));
  check_figures("wakayama", found);
}
