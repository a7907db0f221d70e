#include <array>
#include <stdexcept>

#include "propagation/itu/p2108.hpp"
#include "propagation/itu/p2109.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

using itu::P2108Clutter;

P2108 height_gain(P2108Clutter clutter, double representative_height_m, double street_width_m) {
  return {.method = P2108::Method::height_gain,
          .clutter_type = clutter,
          .representative_height_from = P2108::HeightFrom::given,
          .representative_clutter_height_m = representative_height_m,
          .street_width_m = street_width_m};
}

double terrestrial_db(double f_ghz, double d_km, double percent) {
  return loss_db(P2108{.method = P2108::Method::terrestrial, .location_percent = percent},
                 {.freq_hz = f_ghz * 1e9}, {.distance_m = d_km * 1e3});
}

double earth_space_db(double f_ghz, double elevation_deg, double percent) {
  return loss_db(P2108{.method = P2108::Method::earth_space,
                       .location_percent = percent,
                       .elevation_from = P2108::ElevationFrom::given,
                       .elevation_deg = elevation_deg},
                 {.freq_hz = f_ghz * 1e9}, {});
}

double building_entry_db(double f_ghz, double elevation_deg, itu::BuildingType building, double percent) {
  return loss_db(P2109{.building_type = building,
                       .location_percent = percent,
                       .elevation_from = P2109::ElevationFrom::given,
                       .elevation_deg = elevation_deg},
                 {.freq_hz = f_ghz * 1e9}, {});
}

P2108Clutter clutter_of(const std::string& word) {
  if (word == "WATER_SEA") return P2108Clutter::water_sea;
  if (word == "OPEN_RURAL") return P2108Clutter::open_rural;
  if (word == "SUBURBAN") return P2108Clutter::suburban;
  if (word == "URBAN_TREES_FOREST") return P2108Clutter::urban_trees_forest;
  if (word == "DENSE_URBAN") return P2108Clutter::dense_urban;
  throw std::runtime_error("unknown clutter " + word);
}

void p2108_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const std::string section = json.at("section");
  const double f_ghz = json.at("f_ghz");
  double computed_db = 0.0;
  if (section == "3.1") {
    computed_db = loss_db(height_gain(clutter_of(json.at("clutter")), json.at("R_m"), json.at("ws_m")),
                          {.freq_hz = f_ghz * 1e9, .rx_agl_m = json.at("h_m")}, {});
  } else if (section == "3.2") {
    computed_db = terrestrial_db(f_ghz, json.at("d_km"), json.at("p"));
  } else {
    computed_db = earth_space_db(f_ghz, json.at("elev_deg"), json.at("p"));
  }
  collect.add("clutter loss, section " + section, "direct", computed_db, json.at("out"));
}

void p2109_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const bool traditional = json.at("building") == "traditional";
  collect.add(
      "building entry loss", "direct",
      building_entry_db(json.at("f_ghz"), json.at("elev_deg"),
                        traditional ? itu::BuildingType::traditional : itu::BuildingType::thermally_efficient,
                        json.at("p")),
      json.at("out"));
}

// Calls `visit(numbers of the row)` for every row but the first; a cell that is no number is 0.
template <class Visitor>
std::size_t for_each_row(const std::filesystem::path& path, std::size_t columns, Visitor&& visit) {
  const std::vector<std::vector<std::string>> rows = read_csv(path);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    std::array<double, 6> numbers{};
    for (std::size_t k = 0; k < columns; ++k) numbers[k] = std::stod(rows[i].at(k));
    visit(numbers);
  }
  return rows.empty() ? 0 : rows.size() - 1;
}

// The workbook rounds: half a unit of its last digit is no difference.
std::size_t p2108_workbook(const std::filesystem::path& published, Collector& collect) {
  const std::filesystem::path set = published / "p2108_sg3";
  constexpr std::array kTypes = {P2108Clutter::water_sea, P2108Clutter::open_rural, P2108Clutter::suburban,
                                 P2108Clutter::urban_trees_forest, P2108Clutter::dense_urban};
  std::size_t cases = for_each_row(set / "p2108_1_section31_reference.csv", 6, [&](const auto& row) {
    const P2108 model = height_gain(kTypes.at(static_cast<std::size_t>(row[3]) - 1), row[4], row[2]);
    collect.add("clutter loss, section 3.1", "direct",
                loss_db(model, {.freq_hz = row[0] * 1e9, .rx_agl_m = row[1]}, {}), row[5], 0.01);
  });
  cases += for_each_row(set / "p2108_1_section32_reference.csv", 4, [&](const auto& row) {
    collect.add("clutter loss, section 3.2", "direct", terrestrial_db(row[0], row[1], row[2]), row[3], 0.05);
  });
  cases += for_each_row(set / "p2108_1_section33_reference.csv", 4, [&](const auto& row) {
    collect.add("clutter loss, section 3.3", "direct", earth_space_db(row[0], row[1], row[2]), row[3], 0.005);
  });
  return cases;
}

std::size_t p2109_workbook(const std::filesystem::path& published, Collector& collect) {
  return for_each_row(published / "p2109_sg3" / "p2109_1_sg3_reference.csv", 5, [&](const auto& row) {
    collect.add("building entry loss", "direct",
                building_entry_db(row[0], row[1], static_cast<itu::BuildingType>(row[2] - 1), row[3]), row[4]);
  });
}

std::size_t p2109_grid(const std::filesystem::path& published, Collector& collect) {
  return for_each_row(
      published / "crc-covlib" / "tests" / "iturp2109" / "validation.csv", 5, [&](const auto& row) {
        collect.add("building entry loss", "direct",
                    building_entry_db(row[0], row[3], static_cast<itu::BuildingType>(row[2] - 1), row[1]), row[4]);
      });
}

}  // namespace

std::vector<LineCheck> clutter_line_checks() {
  return {{"p2108.jsonl", "p2108", 0.001, 450, p2108_case}, {"p2109.jsonl", "p2109", 0.001, 200, p2109_case}};
}

std::vector<PublishedCheck> clutter_published_checks() {
  return {{"p2108_sg3", "p2108", 0.01, 1583, 0, p2108_workbook},
          // One row, 28 GHz at 99.08319 %, is 5.04e-4 dB off: its percentage is rounded too.
          {"p2109_sg3", "p2109", 5e-4, 568, 1, p2109_workbook},
          {"crc-covlib iturp2109", "p2109", 5e-4, 31250, 0, p2109_grid}};
}

}  // namespace amaneku::test
