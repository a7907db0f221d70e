#include <algorithm>
#include <array>
#include <stdexcept>

#include "propagation/models.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

RadioModel hata_model(const std::string& environment, const std::string& town, double freq_hz) {
  const bool large = town == "LargeCity";
  if (freq_hz > 1.5e9) {
    return Cost231Hata{large ? Cost231Hata::City::metropolitan : Cost231Hata::City::medium};
  }
  OkumuraHata model;
  model.city = large ? OkumuraHata::City::large : OkumuraHata::City::medium;
  if (environment == "SubUrbanEnvironment") model.area = ExtendedHata::Area::suburban;
  if (environment == "OpenAreasEnvironment") model.area = ExtendedHata::Area::open;
  return model;
}

// Columns: frequency, distance, heights, surroundings, town, loss. Above 1.5 GHz ns-3 takes COST 231.
std::size_t ns3_cases(const std::filesystem::path& published, std::string_view wanted, Collector& collect) {
  std::size_t cases = 0;
  const auto rows = read_csv(published / "tr38901_ns3" / "okumura-hata.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.size() < 7) throw std::runtime_error("okumura-hata.csv: a row has fewer than 7 columns");
    const Link link{.freq_hz = std::stod(row[0]), .tx_agl_m = std::stod(row[2]), .rx_agl_m = std::stod(row[3])};
    const PathGeometry path{.distance_m = std::stod(row[1]), .tx_asl_m = link.tx_agl_m, .rx_asl_m = link.rx_agl_m};
    const RadioModel model = hata_model(row[4], row[5], link.freq_hz);
    if (model_id(model) != wanted) continue;
    collect.add("loss", "direct", std::visit([&](const auto& m) { return loss_db(m, link, path); }, model),
                std::stod(row[6]));
    ++cases;
  }
  return cases;
}

std::size_t ns3_hata(const std::filesystem::path& published, Collector& collect) {
  return ns3_cases(published, OkumuraHata::id, collect);
}

std::size_t ns3_cost231(const std::filesystem::path& published, Collector& collect) {
  return ns3_cases(published, Cost231Hata::id, collect);
}

constexpr std::array<const char*, 2> kEngines = {"scalar", "radial"};

double ehata_loss(const Ehata& model, const Link& link, const Profile& profile, std::string_view engine) {
  RadialPath radial;
  return engine == "scalar" ? loss_db(model, link, extract_path(link, profile.view()))
                            : radial_loss_db(radial, model, link, profile.view());
}

// NLCD classes as the reference code sorts them.
ExtendedHata::Area area_of(int nlcd) {
  return nlcd == 23 || nlcd == 24 ? ExtendedHata::Area::urban
         : nlcd == 22             ? ExtendedHata::Area::suburban
                                  : ExtendedHata::Area::open;
}

void ehata_case(const Json& json, const ReferenceProfiles& profiles, Collector& collect) {
  const Profile profile = profile_of(json, profiles).bare();
  const Link link{
      .freq_hz = json.at("f_mhz").get<double>() * 1e6, .tx_agl_m = json.at("h_b_m"), .rx_agl_m = json.at("h_m_m")};
  const Ehata model{.area = area_of(json.at("enviro")),
                    .location_percent = 100.0 * json.at("reliability").get<double>()};
  for (const char* engine : kEngines) {
    collect.add("loss", engine, ehata_loss(model, link, profile, engine), json.at("out").at("plb_db"));
  }
}

// One line a file: intervals, spacing, heights. The expected numbers take the first point for the mobile.
Profile winnforum_profile(const std::filesystem::path& path) {
  std::vector<double> numbers;
  for (const auto& row : read_csv(path)) {
    for (const std::string& cell : row) {
      if (!cell.empty()) numbers.push_back(std::stod(cell));
    }
  }
  if (numbers.size() < 4) throw std::runtime_error(path.string() + " is too short");
  Profile profile;
  const auto points = static_cast<std::size_t>(numbers[0]) + 1;
  for (std::size_t i = 0; i < points; ++i) {
    profile.distance_m.push_back(static_cast<double>(i) * numbers[1]);
    profile.ground_asl_m.push_back(numbers.at(1 + points - i));
  }
  return profile;
}

// Scenarios whose expected numbers NTIA's program of today does not give either: by 0.757 and 0.025 dB.
bool differs_from_ntia(const std::string& scenario) {
  constexpr std::array<std::string_view, 5> kKnown = {"90023", "90024", "90025", "90026", "90032"};
  return std::find(kKnown.begin(), kKnown.end(), scenario) != kKnown.end();
}

std::size_t ehata_winnforum(const std::filesystem::path& published, Collector& collect) {
  const auto folder = published / "ehata_winnf/src/harness/reference_models/propagation/ehata/its/test";
  const auto rows = read_csv(folder / "test-inputs-wfmod.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    if (row.size() < 13) throw std::runtime_error("test-inputs-wfmod.csv: a row has fewer than 13 columns");
    const Profile profile = winnforum_profile(folder / "pfls" / row[6]);
    const Link link{
        .freq_hz = std::stod(row[2]) * 1e6, .tx_agl_m = std::stod(row[3]), .rx_agl_m = std::stod(row[4])};
    for (const char* engine : kEngines) {
      collect.add(differs_from_ntia(row[0]) ? "loss, known to differ" : "loss", engine,
                  ehata_loss({.area = area_of(std::stoi(row[5]))}, link, profile, engine), std::stod(row[12]));
    }
  }
  return rows.size() - 1;
}

}  // namespace

// Tolerance: that of the ns-3 test the numbers come from. Known to be over: the large city of COST 231, where ns-3
// has 3.2 (log 11.75 h_m)^2 for the mobile height without Hata's -4.97 (docs/methods/cost231_hata.md).
std::vector<LineCheck> hata_line_checks() {
  return {{"ehata.jsonl", "ehata", 0.001, 294, ehata_case}};
}

std::vector<PublishedCheck> hata_published_checks() {
  return {{"ns-3, Okumura-Hata", "okumura_hata", 0.1, 4, 0, ns3_hata},
          {"ns-3, COST 231-Hata", "cost231_hata", 0.1, 2, 1, ns3_cost231},
          {"WInnForum, eHata", "ehata", 0.01, 53, 10, ehata_winnforum}};
}

}  // namespace amaneku::test
