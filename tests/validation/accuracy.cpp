#include "tests/validation/accuracy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "propagation/models.hpp"
#include "terrain/geo.hpp"
#include "tests/validation/check.hpp"

namespace amaneku::test {
namespace {

using Row = std::map<std::string, std::string>;

std::vector<Row> read_table(const std::filesystem::path& path) {
  const auto lines = read_csv(path);
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Row row;
    for (std::size_t c = 0; c < lines[i].size(); ++c) row[lines.at(0).at(c)] = lines[i][c];
    rows.push_back(std::move(row));
  }
  return rows;
}

// Empty cells are common in the databank.
double number_or(const Row& row, const std::string& name, double missing) {
  const auto cell = row.find(name);
  if (cell == row.end()) throw std::runtime_error("no column " + name);
  return cell->second.empty() ? missing : std::stod(cell->second);
}

double number(const Row& row, const std::string& name) {
  const double value = number_or(row, name, std::nan(""));
  if (std::isnan(value)) throw std::runtime_error(name + " is empty");
  return value;
}

std::vector<double> numbers(const std::string& text) {
  std::vector<double> out;
  std::stringstream stream(text);
  for (std::string cell; std::getline(stream, cell, ',');) {
    if (cell.find_first_not_of(" \r") != std::string::npos) out.push_back(std::stod(cell));
  }
  return out;
}

// "# name | latitude, longitude, gain | ground, antenna | name | ... | ... | MHz", a remark, the column names, the
// samples "d_km,h_m,lat,lon".
MeasuredLink read_profile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) throw std::runtime_error(path.string() + " cannot be read");
  std::vector<std::string> parts;
  std::stringstream header(line);
  for (std::string part; std::getline(header, part, '|');) parts.push_back(part);
  if (parts.size() != 7) throw std::runtime_error(path.string() + ": the first line has not 7 parts");
  MeasuredLink out;
  out.tx_gain_dbi = numbers(parts[1]).at(2);
  out.link.tx_agl_m = numbers(parts[2]).at(1);
  out.rx_gain_dbi = numbers(parts[4]).at(2);
  out.link.rx_agl_m = numbers(parts[5]).at(1);
  out.link.freq_hz = numbers(parts[6]).at(0) * 1e6;
  out.link.latitude_deg = 0.5 * (numbers(parts[1]).at(0) + numbers(parts[4]).at(0));
  std::getline(file, line);
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::vector<double> sample = numbers(line);
    if (sample.size() < 2) continue;
    out.profile.distance_m.push_back(sample[0] * 1e3);
    out.profile.ground_asl_m.push_back(sample[1]);
  }
  check_profile(out.profile.view());
  return out;
}

struct Stretch {
  std::size_t first;
  std::size_t last;
  double length_m;
};

void mark_sea(Profile& profile, double sea_m) {
  const std::size_t n = profile.distance_m.size();
  profile.zone.assign(n, Zone::inland);
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < n; ++i) {
    if (profile.ground_asl_m[i] > 0.0) continue;
    std::size_t last = i;
    while (last + 1 < n && profile.ground_asl_m[last + 1] <= 0.0) ++last;
    stretches.push_back({i, last, profile.distance_m[last] - profile.distance_m[i]});
    i = last;
  }
  std::sort(stretches.begin(), stretches.end(),
            [](const Stretch& a, const Stretch& b) { return a.length_m > b.length_m; });
  for (const Stretch& stretch : stretches) {
    // Coasts are not where the profile has its first 0 m: a stretch counts if half of it is wanted.
    if (sea_m <= 0.0 || sea_m < 0.5 * stretch.length_m) continue;
    sea_m -= stretch.length_m;
    std::fill(profile.zone.begin() + static_cast<std::ptrdiff_t>(stretch.first),
              profile.zone.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1, Zone::sea);
  }
}

// Where the databank has no N0, its other links of the region (north-west Europe) have 325.
constexpr double kN0Europe = 325.0;

MeasuredLink read_link(const std::filesystem::path& folder, const Row& row) {
  const int station = static_cast<int>(number(row, "STATION_NO"));
  MeasuredLink out = read_profile(folder / "dbsg3_profiles" / fmt::format("{:04}.csv", station));
  out.station = station;
  out.link.n0 = number_or(row, "N0", kN0Europe);
  out.link.effective_earth_radius_m = effective_earth_radius_m(number(row, "DELTA_N"));
  out.climate = row.at("CLIM");
  mark_sea(out.profile, 1e3 * number_or(row, "DSB", 0.0));
  return out;
}

}  // namespace

Measurements read_measurements(const std::filesystem::path& folder) {
  Measurements out;
  for (const Row& row : read_table(folder / "dbsg3_p452_reference_results.csv")) {
    out.losses.push_back({static_cast<int>(number(row, "station_no")), number(row, "time_pct"),
                          number(row, "measured_db"), number(row, "p452_db")});
  }
  std::set<int> wanted;
  for (const MeasuredLoss& loss : out.losses) wanted.insert(loss.station);
  for (const Row& row : read_table(folder / "dbsg3_c3_1_links.csv")) {
    const int station = static_cast<int>(number(row, "STATION_NO"));
    if (wanted.contains(station)) out.links.emplace(station, read_link(folder, row));
  }
  if (out.links.size() != wanted.size()) throw std::runtime_error("a link of the reference results is missing");
  return out;
}

namespace {

// Free space and diffraction alone show what the others add beyond the horizon.
constexpr std::array<std::string_view, 5> kCompared = {"free_space", "p526", "itm", "p1812", "p452"};

std::string itm_climate(const std::string& databank) {
  if (databank == "7A") return "maritime_temperate_over_land";
  if (databank == "7B") return "maritime_temperate_over_sea";
  return "continental_temperate";
}

bool has_parameter(const ModelInfo& info, std::string_view name) {
  return std::any_of(info.parameters.begin(), info.parameters.end(),
                     [&](const ModelParameter& p) { return p.name == name; });
}

/// The model with what the link tells and it wants to know.
RadioModel model_for(const ModelInfo& info, const MeasuredLink& link, double time_percent) {
  const std::array<ParameterValue, 4> known = {{{"time_percent", time_percent},
                                                {"tx_gain_dbi", link.tx_gain_dbi},
                                                {"rx_gain_dbi", link.rx_gain_dbi},
                                                {"climate", itm_climate(link.climate)}}};
  std::vector<ParameterValue> wanted;
  for (const ParameterValue& value : known) {
    if (has_parameter(info, value.name)) wanted.push_back(value);
  }
  return make_model(info.id, wanted);
}

const ModelInfo* info_of(std::string_view id) {
  const auto& all = model_infos();
  const auto found = std::find_if(all.begin(), all.end(), [&](const ModelInfo& info) { return info.id == id; });
  return found == all.end() ? nullptr : &*found;
}

template <class Value>
Accuracy accuracy_of(const std::vector<Prediction>& predictions, double time_percent, Value value) {
  Accuracy out;
  double squares = 0.0;
  for (const Prediction& p : predictions) {
    if (p.loss.time_percent != time_percent) continue;
    const double error_db = value(p) - p.loss.measured_db;
    ++out.links;
    out.mean_error_db += error_db;
    squares += error_db * error_db;
  }
  if (out.links == 0) return out;
  out.mean_error_db /= static_cast<double>(out.links);
  out.rmse_db = std::sqrt(squares / static_cast<double>(out.links));
  return out;
}

}  // namespace

std::vector<std::string> compared_models() {
  std::vector<std::string> out;
  for (const std::string_view id : kCompared) {
    if (info_of(id) != nullptr) out.emplace_back(id);
  }
  return out;
}

std::vector<Prediction> predictions(std::string_view model_id, const Measurements& measurements) {
  const ModelInfo* info = info_of(model_id);
  if (info == nullptr) throw std::runtime_error("there is no model " + std::string(model_id));
  std::vector<Prediction> out;
  const bool knows_time = has_parameter(*info, "time_percent");
  for (const MeasuredLoss& loss : measurements.losses) {
    if (!knows_time && loss.time_percent != 50.0) continue;
    const MeasuredLink& at = measurements.links.at(loss.station);
    const RadioModel model = model_for(*info, at, loss.time_percent);
    const double distance_m = at.profile.distance_m.back();
    if (!validity_warnings(model, at.link, distance_m).empty()) continue;
    const PathGeometry path = extract_path(at.link, at.profile.view());
    const double computed_db = std::visit([&](const auto& m) { return loss_db(m, at.link, path); }, model);
    out.push_back({loss, at.link.freq_hz, distance_m, computed_db});
  }
  return out;
}

Accuracy accuracy(const std::vector<Prediction>& predictions, double time_percent) {
  return accuracy_of(predictions, time_percent, [](const Prediction& p) { return p.computed_db; });
}

Accuracy published_accuracy(const std::vector<Prediction>& predictions, double time_percent) {
  return accuracy_of(predictions, time_percent, [](const Prediction& p) { return p.loss.reference_db; });
}

std::string accuracy_table(const Measurements& measurements) {
  std::set<double, std::greater<>> times;
  for (const MeasuredLoss& loss : measurements.losses) times.insert(loss.time_percent);
  std::string out =
      "| model | time, % | links | mean error, dB | RMSE, dB | P.452 as published, same links: mean, dB | RMSE, "
      "dB "
      "|\n|---|---|---|---|---|---|---|\n";
  for (const std::string& model : compared_models()) {
    const std::vector<Prediction> all = predictions(model, measurements);
    for (const double time_percent : times) {
      const Accuracy own = accuracy(all, time_percent);
      if (own.links == 0) continue;
      const Accuracy published = published_accuracy(all, time_percent);
      out += fmt::format("| {} | {} | {} | {:.1f} | {:.1f} | {:.1f} | {:.1f} |\n", model, time_percent, own.links,
                         own.mean_error_db, own.rmse_db, published.mean_error_db, published.rmse_db);
    }
  }
  return out;
}

}  // namespace amaneku::test
