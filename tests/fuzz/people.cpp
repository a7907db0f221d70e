#include <cmath>

#include "terrain/files/text_file.hpp"
#include "terrain/people/population_readers.hpp"
#include "tests/fuzz/target.hpp"

namespace {

void require_people(const amaneku::Population& population) {
  for (const amaneku::PopulationUnit& unit : population.units)
    amaneku::fuzz::require(std::isfinite(unit.people) && unit.people >= 0.0);
}

}  // namespace

/// Mesh files of e-Stat, and other tables of people.
AMANEKU_FUZZ_TARGET(people) {
  static const amaneku::Crs crs = amaneku::Crs::from_text("EPSG:6676");
  const std::string text = amaneku::decode_text(bytes, "people.csv");
  if (amaneku::is_estat_header(std::string_view(text).substr(0, text.find('\n')))) {
    require_people(amaneku::read_estat_mesh({.path = "people.csv"}, crs, text));
  } else {
    require_people(amaneku::read_population_csv({.path = "people.csv"}, crs, text));
  }
}
