// Gases, rain, cloud and fog.
#include <array>
#include <cmath>
#include <map>
#include <numbers>
#include <string>

#include "propagation/itu/p530_rain.hpp"
#include "propagation/itu/p676_gases.hpp"
#include "propagation/itu/p838_rain.hpp"
#include "propagation/itu/p840_fog.hpp"
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

void rain_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const itu::RainLaw law = itu::rain_law(itu::rain_laws(json.at("f_ghz").get<double>() * 1e9),
                                         {json.at("elev_deg"), json.at("pol_tilt_deg")});
  const Json& expected = json.at("out");
  collect.add("k", "direct", law.k, expected.at("k"));
  collect.add("alpha", "direct", law.alpha, expected.at("alpha"));
  collect.add("rain (dB/km)", "direct", law.specific_db_km(json.at("rain_mm_h")), expected.at("gamma_db_km"));
}

// el, f, R, tau, k, alpha, gamma_r.
std::size_t cg3m3j_rain(const Path& published, Collector& collect) {
  const Path file = published / kCg3m3j / "838" / "ITURP838-3_rain_specific_attenuation.csv";
  return for_each_row(file, 2, [&](const Row& row) {
    const itu::RainLaw law = itu::rain_law(itu::rain_laws(number(row, 1) * 1e9), {number(row, 0), number(row, 3)});
    collect.add("k", "direct", law.k, number(row, 4));
    collect.add("alpha", "direct", law.alpha, number(row, 5));
    collect.add("rain (dB/km)", "direct", law.specific_db_km(number(row, 2)), number(row, 6));
  });
}

/// Liquid water of clouds by place and percentage, from the file beside that of the attenuation.
using Water = std::map<std::array<double, 3>, double>;

Water cloud_water(const Path& file) {
  Water water;
  for_each_row(file, 2, [&](const Row& row) {
    water[{number(row, 0), number(row, 1), number(row, 2)}] = number(row, 3);
  });
  return water;
}

// lat, lon, f, el, p, Ac. `attenuation(f_hz, el_deg, water)`. Rows without their water are not counted.
template <class Attenuation>
std::size_t cloud_rows(const Path& file, const Water& water, Collector& collect, Attenuation&& attenuation) {
  std::size_t cases = 0;
  for_each_row(file, 2, [&](const Row& row) {
    const auto found = water.find({number(row, 0), number(row, 1), number(row, 4)});
    if (found == water.end()) return;
    ++cases;
    collect.add("cloud", "direct", attenuation(number(row, 2) * 1e9, number(row, 3), found->second),
                number(row, 5));
  });
  return cases;
}

std::size_t cg3m3j_cloud_9(const Path& published, Collector& collect) {
  const Path folder = published / kCg3m3j / "840";
  return cloud_rows(folder / "ITURP840-9_cloud_attenuation.csv",
                    cloud_water(folder / "ITURP840-9_columnar_content_reduced_liquid.csv"), collect,
                    itu::cloud_attenuation_db);
}

// Edition 8: the coefficient of fog at 0 degC.
std::size_t cg3m3j_cloud_8(const Path& published, Collector& collect) {
  const Path folder = published / kCg3m3j / "840";
  const auto attenuation = [](double freq_hz, double elevation_deg, double water) {
    return itu::fog_coefficient(freq_hz, 273.15) * water / std::sin(elevation_deg * std::numbers::pi / 180.0);
  };
  return cloud_rows(folder / "ITURP840-8_cloud_attenuation.csv",
                    cloud_water(folder / "ITURP840-8_columnar_content_reduced_liquid.csv"), collect, attenuation);
}

void link_rain_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const double freq_hz = json.at("f_ghz").get<double>() * 1e9;
  const itu::RainLaw law = itu::rain_law(itu::rain_laws(freq_hz), {0.0, json.at("pol_tilt_deg")});
  const itu::RainStatistics rain =
      itu::rain_statistics(freq_hz, json.at("d_km").get<double>() * 1e3, law, json.at("R001_mm_h"));
  const Json& expected = json.at("out");
  const double percent = json.at("p");
  const double exceeded_db = rain.exceeded_db(percent);
  collect.add("rain (dB/km)", "direct", rain.specific_db_km, expected.at("gamma_R"));
  collect.add("r, not capped", "direct", rain.factor.uncapped, expected.at("r_uncapped"));
  collect.add("exceeded for 0.01 %, r not capped", "direct", rain.uncapped_001_db, expected.at("A001_db"));
  collect.add("exceeded for p, r not capped", "direct", exceeded_db / rain.factor.capped * rain.factor.uncapped,
              expected.at("Ap_db"));
  collect.add("exceeded for p", "direct", exceeded_db, expected.at("Ap_db_with_r_capped_2p5"));
  collect.add("inverse (%)", "direct", rain.percent(exceeded_db), percent);
}

}  // namespace

std::vector<LineCheck> weather_line_checks() {
  return {{"p530_rain.jsonl", "p530", 1e-6, 150, link_rain_case},
          {"p676_specific.jsonl", "p676", 1e-8, 200, gas_case},
          {"p838_rain.jsonl", "p838", 1e-8, 200, rain_case}};
}

std::vector<PublishedCheck> weather_published_checks() {
  return {{"CG-3M-3J, P.676-13 specific attenuation", "p676", 1e-6, 350, 0, cg3m3j_gas_13},
          {"CG-3M-3J, P.676-12 specific attenuation", "p676", 1e-6, 355, 0, cg3m3j_gas_12},
          {"crc-covlib and ITU-Rpy, P.676-13", "p676", 1e-6, 10000, 0, crc_gas},
          {"CG-3M-3J, P.838-3", "p838", 1e-6, 64, 0, cg3m3j_rain},
          {"CG-3M-3J, P.840-9 clouds", "p840", 1e-6, 17, 0, cg3m3j_cloud_9},
          {"CG-3M-3J, P.840-8 clouds", "p840", 1e-6, 64, 0, cg3m3j_cloud_8}};
}

}  // namespace amaneku::test
