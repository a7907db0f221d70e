// The area law on real terrain: the radial engine against exact per-cell profiles over whole areas.
// AMANEKU_AREA_LAW_CELLS=500: the long form, radius in cells; with AMANEKU_UPDATE=1 it writes the table of
// docs/methods/radial_engine.md anew.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/support/area_patterns.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/data.hpp"
#include "tests/support/real_places.hpp"

using namespace amaneku;

namespace {

constexpr double kShortRadius_cells = 160.0;
constexpr std::string_view kBegin = "<!-- area law -->\n";
constexpr std::string_view kEnd = "<!-- end of area law -->\n";

std::filesystem::path page() {
  return std::filesystem::path(AMANEKU_SOURCE_DIR) / "docs/methods/radial_engine.md";
}

bool long_form() {
  return std::getenv("AMANEKU_AREA_LAW_CELLS") != nullptr;
}

double radius_cells() {
  return long_form() ? std::max(kShortRadius_cells, std::atof(std::getenv("AMANEKU_AREA_LAW_CELLS")))
                     : kShortRadius_cells;
}

/// A model that shows the line of sight of every cell: with and without it, its losses are decibels apart.
RadioModel sight_model() {
  return Tr38901{.line_of_sight = Tr38901::LineOfSight::terrain};
}
constexpr double kSightStep_db = 0.1;

std::string heading() {
  std::string names = "| place |";
  std::string rule = "|---|";
  for (const test::LawModel& m : test::law_models()) {
    names += fmt::format(" {} |", m.title);
    rule += "---|";
  }
  return names + " sight flips |\n" + rule + "---|\n";
}

std::string first_column(const test::Place& place) {
  return fmt::format("| {}, {:.1f} GHz |", place.name, place.freq_hz * 1e-9);
}

/// The table between its markers.
std::string table_of_page() {
  std::ifstream in(page());
  const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto begin = text.find(kBegin);
  const auto end = text.find(kEnd);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  return text.substr(begin + kBegin.size(), end - begin - kBegin.size());
}

void write_table(const std::string& table) {
  std::ifstream in(page());
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto begin = text.find(kBegin) + kBegin.size();
  text.replace(begin, text.find(kEnd) - begin, table);
  std::ofstream(page()) << text;
}

}  // namespace

TEST_CASE("real terrain: the radial engine stays close to the exact profiles, for every terrain model",
          "[shared]") {
  const auto data = test::data();
  AMANEKU_NEEDS(data, "the terrain of Fuji, the Alps and Osaka");
  std::string table = heading();
  for (const test::Place& place : test::real_places()) {
    const CoverageOptions options{.radius_m = radius_cells() * place.cell_m,
                                  .own_line_samples = place.own_line_samples};
    const test::PlacedSite placed = test::placed_site(*data, place, options.radius_m);
    table += first_column(place);
    for (const test::LawModel& law : test::law_models()) {
      const auto d = test::area_difference(placed.ground, placed.site, law.model, options);
      const std::string figures = fmt::format("{:.3f} / {:.2f} / {:.2f} / {:+.3f}", d.quantile_db(0.5),
                                              d.quantile_db(0.95), d.quantile_db(0.99), d.mean_db);
      table += fmt::format(" {} |", figures);
      INFO(place.name << ", " << law.title << ": " << figures << " over " << d.cells() << " cells");
      CHECK(d.cells() > 25'000);
      CHECK(d.quantile_db(0.5) < 0.05);
      CHECK(d.quantile_db(0.95) < 1.0);
      CHECK(std::fabs(d.mean_db) < 0.1);
      if (!law.steady) continue;
      CHECK(d.quantile_db(0.99) < 3.5);
      const auto patterns = test::area_patterns(d.radial_minus_exact_db, placed.site.at, radius_cells());
      CHECK(patterns.rays.quantile_db(0.99) < 1.0);
      CHECK(patterns.rings.quantile_db(1.0) < 0.2);
      CHECK(patterns.blocks.quantile_db(0.99) < 0.5);
    }
    const auto sight = test::area_difference(placed.ground, placed.site, sight_model(), options);
    const double flips = sight.share_above(kSightStep_db);
    INFO(place.name << ": " << 100.0 * flips << " % flips, " << 100.0 * sight.sight_bias() << " % more in sight");
    CHECK(flips < 0.01);
    CHECK(std::fabs(sight.sight_bias()) < 0.001);
    table += fmt::format(" {:.2f} % ({:+.2f} %) |\n", 100.0 * flips, 100.0 * sight.sight_bias());
  }
  table = fmt::format("Radius {:.0f} cells.\n\n{}", radius_cells(), table);
  fmt::print("{}", table);
  if (long_form() && std::getenv("AMANEKU_UPDATE") != nullptr) write_table(table);
}

TEST_CASE("real terrain: docs/methods/radial_engine.md has a row for each place and a column for each model") {
  const std::string table = table_of_page();
  INFO("run test_property \"real terrain*\" with AMANEKU_AREA_LAW_CELLS=500 AMANEKU_UPDATE=1");
  CHECK(table.find(heading()) != std::string::npos);
  std::size_t after = 0;
  for (const test::Place& place : test::real_places()) {
    const auto row = table.find(first_column(place), after);
    INFO(place.name);
    REQUIRE(row != std::string::npos);
    after = row + 1;
  }
  const auto lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '|'));
  CHECK(lines == (test::real_places().size() + 2) * (test::law_models().size() + 3));
}
