// Gases, rain, cloud and fog.
#include <string>

#include "propagation/itu/p676_gases.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

using Path = std::filesystem::path;
using Row = std::vector<std::string>;

double number(const Row& row, std::size_t column) {
  return std::stod(row.at(column));
}

/// Calls `visit(row)` for the rows below the headers. Returns the rows.
template <class Visit>
std::size_t for_each_row(const Path& file, std::size_t headers, Visit&& visit) {
  const std::vector<Row> rows = read_csv(file);
  for (std::size_t i = headers; i < rows.size(); ++i) visit(rows[i]);
  return rows.size() - std::min(headers, rows.size());
}

void gas_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const itu::Air air{json.at("P_dry_or_total_hpa"), json.at("T_k"), json.at("rho_g_m3")};
  const itu::GasAttenuation specific = itu::specific_gas_attenuation(json.at("f_ghz").get<double>() * 1e9, air);
  collect.add("dry air (dB/km)", "direct", specific.dry_air_db_km, json.at("out").at("gamma_o_db_km"));
  collect.add("water vapour (dB/km)", "direct", specific.water_vapour_db_km, json.at("out").at("gamma_w_db_km"));
}

// f, P, T, rho, gamma0, gammaw, gamma.
std::size_t cg3m3j_gas(const Path& file, Collector& collect) {
  return for_each_row(file, 2, [&](const Row& row) {
    const itu::Air air{number(row, 1), number(row, 2), number(row, 3)};
    const itu::GasAttenuation specific = itu::specific_gas_attenuation(number(row, 0) * 1e9, air);
    collect.add("dry air (dB/km)", "direct", specific.dry_air_db_km, number(row, 4));
    collect.add("water vapour (dB/km)", "direct", specific.water_vapour_db_km, number(row, 5));
    collect.add("total (dB/km)", "direct", specific.total_db_km(), number(row, 6));
  });
}

constexpr const char* kCg3m3j = "itur_cg3m3j/test/test_data";

std::size_t cg3m3j_gas_13(const Path& published, Collector& collect) {
  return cg3m3j_gas(published / kCg3m3j / "676" / "ITURP676-13_gamma.csv", collect);
}

std::size_t cg3m3j_gas_12(const Path& published, Collector& collect) {
  return cg3m3j_gas(published / kCg3m3j / "676" / "ITURP676-12_gamma.csv", collect);
}

// f, P, rho, T, gamma0, gammaw.
std::size_t crc_gas(const Path& published, Collector& collect) {
  return for_each_row(published / "crc-covlib" / "tests" / "iturp676" / "validation.csv", 1, [&](const Row& row) {
    const itu::Air air{number(row, 1), number(row, 3), number(row, 2)};
    const itu::GasAttenuation specific = itu::specific_gas_attenuation(number(row, 0) * 1e9, air);
    collect.add("dry air (dB/km)", "direct", specific.dry_air_db_km, number(row, 4));
    collect.add("water vapour (dB/km)", "direct", specific.water_vapour_db_km, number(row, 5));
  });
}

}  // namespace

std::vector<LineCheck> weather_line_checks() {
  return {{"p676_specific.jsonl", "p676", 1e-8, 200, gas_case}};
}

std::vector<PublishedCheck> weather_published_checks() {
  return {{"CG-3M-3J, P.676-13 specific attenuation", "p676", 1e-6, 350, 0, cg3m3j_gas_13},
          {"CG-3M-3J, P.676-12 specific attenuation", "p676", 1e-6, 355, 0, cg3m3j_gas_12},
          {"crc-covlib and ITU-Rpy, P.676-13", "p676", 1e-6, 10000, 0, crc_gas}};
}

}  // namespace amaneku::test
