#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <stdexcept>

#include "propagation/models.hpp"
#include "tests/validation/checks.hpp"

namespace amaneku::test {
namespace {

/// NTIA's numbers 1 .. 7.
constexpr std::array<itm::Climate, 7> kClimates = {itm::Climate::equatorial,
                                                   itm::Climate::continental_subtropical,
                                                   itm::Climate::maritime_subtropical,
                                                   itm::Climate::desert,
                                                   itm::Climate::continental_temperate,
                                                   itm::Climate::maritime_temperate_over_land,
                                                   itm::Climate::maritime_temperate_over_sea};
constexpr std::array<itm::Service, 4> kServices = {itm::Service::single_message, itm::Service::accidental,
                                                   itm::Service::mobile, itm::Service::broadcast};
constexpr std::array<itm::Siting, 3> kSitings = {itm::Siting::random, itm::Siting::careful,
                                                 itm::Siting::very_careful};

/// Inputs by NTIA's names, from whichever kind of file.
using Numbers = std::map<std::string, double>;

Numbers numbers_of(const Json& json) {
  Numbers out;
  for (const auto& [key, value] : json.items()) {
    if (value.is_number()) out[key] = value.get<double>();
  }
  return out;
}

double either(const Numbers& in, const std::string& a, const std::string& b) {
  const auto found = in.find(a);
  return found != in.end() ? found->second : in.at(b);
}

void set_variability(ItmSettings& model, int mdvar) {
  using Variability = ItmSettings::Variability;
  model.variability_mode = kServices.at(static_cast<std::size_t>(mdvar % 10));
  model.location_variability = mdvar / 10 % 2 == 1 ? Variability::eliminated : Variability::included;
  model.situation_variability = mdvar >= 20 ? Variability::eliminated : Variability::included;
}

void set_model(ItmSettings& model, const Numbers& in) {
  model.climate = kClimates.at(static_cast<std::size_t>(in.at("climate")) - 1);
  set_variability(model, static_cast<int>(in.at("mdvar")));
  model.relative_permittivity = in.at("epsilon");
  model.conductivity_s_m = in.at("sigma");
  if (in.contains("confidence")) {
    model.statistic = ItmSettings::Statistic::confidence_reliability;
    model.confidence_percent = in.at("confidence");
    model.reliability_percent = in.at("reliability");
  } else {
    model.time_percent = in.at("time");
    model.location_percent = in.at("location");
    model.situation_percent = in.at("situation");
  }
}

Link link_of(const Numbers& in) {
  Link link;
  link.freq_hz = either(in, "f_mhz", "f__mhz") * 1e6;
  link.tx_agl_m = either(in, "h_tx_m", "h_tx__meter");
  link.rx_agl_m = either(in, "h_rx_m", "h_rx__meter");
  link.n0 = in.at("N_0");
  link.polarization = in.at("pol") == 0.0 ? Polarization::horizontal : Polarization::vertical;
  return link;
}

ItmArea area_of(const Numbers& in) {
  ItmArea model;
  set_model(model, in);
  model.delta_h_m = either(in, "delta_h_m", "delta_h__meter");
  const auto siting = [&in](const std::string& end) {
    const double number =
        either(in, end + "_site",
               in.contains(end + "_site_criteria") ? end + "_site_criteria" : end + "_siting_criteria");
    return kSitings.at(static_cast<std::size_t>(number));
  };
  model.tx_siting = siting("tx");
  model.rx_siting = siting("rx");
  return model;
}

Profile even_profile(double step_m, std::vector<double> heights) {
  Profile profile;
  for (std::size_t i = 0; i < heights.size(); ++i) profile.distance_m.push_back(step_m * static_cast<double>(i));
  profile.ground_asl_m = std::move(heights);
  return profile;
}

double term(const PathLoss& loss, std::string_view name) {
  for (const LossTerm& t : loss.terms) {
    if (t.name == name) return t.value;
  }
  throw std::runtime_error("no term " + std::string(name));
}

std::string mode_word(int mode) {
  return mode == 1 ? "line_of_sight" : mode == 2 ? "diffraction" : "troposcatter";
}

void compare(const PathLoss& result, const Json& out, const std::string& engine, Collector& collect) {
  collect.equal("return code", engine, static_cast<int>(term(result, "return_code")), out.at("rc").get<int>());
  collect.equal("warnings", engine, static_cast<int>(term(result, "warning_bits")), out.at("warnings").get<int>());
  if (out.at("rc").get<int>() >= 1000) return;
  collect.add("loss", engine, result.loss_db, out.at("A_db"));
  collect.add("reference attenuation", engine, term(result, "reference_attenuation_db"), out.at("A_ref_db"));
  if (!out.contains("mode")) return;
  collect.equal("mode", engine, std::string(result.mode), mode_word(out.at("mode")));
  collect.add("free space", engine, term(result, "free_space_db"), out.at("A_fs_db"));
  collect.add("delta_h (m)", engine, term(result, "delta_h_m"), out.at("delta_h_m"));
  collect.add("surface refractivity (N)", engine, term(result, "surface_refractivity"), out.at("N_s"));
  for (const std::size_t i : {0U, 1U}) {
    const std::string end = i == 0 ? "tx_" : "rx_";
    collect.add("horizon angle (mrad)", engine, 1e3 * term(result, end + "horizon_rad"),
                1e3 * out.at("theta_hzn")[i].get<double>());
    collect.add("horizon distance (m)", engine, term(result, end + "horizon_m"), out.at("d_hzn_m")[i], 0.01);
    collect.add("effective height (m)", engine, term(result, end + "effective_height_m"), out.at("h_e_m")[i]);
  }
}

void p2p_case(const Json& json, const ReferenceProfiles& profiles, Collector& collect) {
  const Numbers in = numbers_of(json);
  Itm model;
  set_model(model, in);
  const Link link = link_of(in);
  const Profile profile = json.contains("profile")
                              ? profile_of(json, profiles).bare()
                              : even_profile(in.at("step_m"), json.at("h_masl").get<std::vector<double>>());
  const PathGeometry path = extract_path(link, profile.view());
  const PathLoss result = explain_terms(model, link, path);
  compare(result, json.at("out"), "scalar", collect);
  collect.add("hot call against terms", "scalar", loss_db(model, link, path), result.loss_db);
  if (stands_rounding(model, link, profile)) {
    RadialPath radial;
    collect.add("loss", "radial", radial_loss_db(radial, model, link, profile.view()), json.at("out").at("A_db"));
  }
}

void area_case(const Json& json, const ReferenceProfiles&, Collector& collect) {
  const Numbers in = numbers_of(json);
  const ItmArea model = area_of(in);
  const Link link = link_of(in);
  const PathGeometry path{.distance_m = in.at("d_km") * 1e3};
  compare(explain_terms(model, link, path), json.at("out"), "direct", collect);
  collect.add("hot call", "direct", loss_db(model, link, path), json.at("out").at("A_db"));
}

/// A file with a line of names and lines of numbers.
std::vector<Numbers> table(const std::filesystem::path& path) {
  const auto rows = read_csv(path);
  std::vector<Numbers> out;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    Numbers row;
    for (std::size_t c = 0; c < rows[0].size(); ++c) row[rows[0][c]] = std::stod(rows[i].at(c));
    out.push_back(row);
  }
  return out;
}

/// NTIA's form of a profile: steps, their length, heights.
Profile profile_row(const std::vector<std::string>& row) {
  std::vector<double> heights;
  for (std::size_t i = 2; i < row.size(); ++i) heights.push_back(std::stod(row[i]));
  if (heights.size() != static_cast<std::size_t>(std::stod(row.at(0))) + 1)
    throw std::runtime_error("profile length");
  return even_profile(std::stod(row.at(1)), heights);
}

std::size_t p2p_table(const std::filesystem::path& published, Collector& collect) {
  const auto rows = table(published / "itm" / "p2p.csv");
  const auto profiles = read_csv(published / "itm" / "pfls.csv");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    Itm model;
    set_model(model, rows[i]);
    const Link link = link_of(rows[i]);
    const Profile profile = profile_row(profiles.at(i));
    collect.add("loss", "scalar", loss_db(model, link, extract_path(link, profile.view())), rows[i].at("A__db"));
    if (stands_rounding(model, link, profile)) {
      RadialPath radial;
      collect.add("loss", "radial", radial_loss_db(radial, model, link, profile.view()), rows[i].at("A__db"));
    }
  }
  return rows.size();
}

std::size_t area_table(const std::filesystem::path& published, Collector& collect) {
  const auto rows = table(published / "itm" / "area.csv");
  for (const Numbers& row : rows) {
    collect.add("loss", "direct", loss_db(area_of(row), link_of(row), {.distance_m = row.at("d__km") * 1e3}),
                row.at("A__db"));
  }
  return rows.size();
}

/// Lines "name   value   unit or word" of a report; of lists in the inputs the first value.
Numbers report_numbers(const std::filesystem::path& path, char separator) {
  Numbers out;
  for (const auto& row : read_csv(path, separator)) {
    std::vector<std::string> parts;
    std::copy_if(row.begin(), row.end(), std::back_inserter(parts), [](const auto& p) { return !p.empty(); });
    std::string name;
    for (const std::string& part : parts) {
      const bool number = part.find_first_not_of("-+.0123456789") == std::string::npos;
      if (number && !name.empty()) {
        out.emplace(name, std::stod(part));
        break;
      }
      name += (name.empty() ? "" : " ") + part;
    }
  }
  return out;
}

// The reports print one decimal of losses, heights and refractivity, metres of distances, 0.001 mrad of angles.
void compare_report(const PathLoss& result, const Numbers& report, Collector& collect) {
  constexpr double kRounding = 1.001;
  collect.add("loss", "scalar", result.loss_db, report.at("Basic Transmission Loss"), 0.05 * kRounding);
  collect.add("free space", "scalar", term(result, "free_space_db"), report.at("Free Space"), 0.05 * kRounding);
  collect.add("reference attenuation", "scalar", term(result, "reference_attenuation_db"), report.at("A_ref__db"),
              0.05 * kRounding);
  collect.add("delta_h (m)", "scalar", term(result, "delta_h_m"), report.at("delta_h__meter"), 0.05 * kRounding);
  collect.add("surface refractivity (N)", "scalar", term(result, "surface_refractivity"), report.at("N_s"),
              0.05 * kRounding);
  collect.equal("mode", "scalar", std::string(result.mode),
                mode_word(static_cast<int>(report.at("Mode of Propagation"))));
  collect.equal("return code", "scalar", term(result, "return_code"), report.at("ITM Return Code"));
  for (const std::string end : {"tx", "rx"}) {
    collect.add("horizon angle (mrad)", "scalar", 1e3 * term(result, end + "_horizon_rad"),
                report.at("theta_hzn_" + end), 0.0005 * kRounding);
    collect.add("horizon distance (m)", "scalar", term(result, end + "_horizon_m"),
                report.at("d_hzn_" + end + "__meter"), 0.5 * kRounding);
    collect.add("effective height (m)", "scalar", term(result, end + "_effective_height_m"),
                report.at("h_e_" + end + "__meter"), 0.05 * kRounding);
  }
}

Numbers results_of(const std::filesystem::path& folder, const std::string& name) {
  return report_numbers(folder / ("o_" + name + ".txt"), ' ');
}

Numbers inputs_of(const std::filesystem::path& folder, const std::string& name) {
  return report_numbers(folder / ("i_" + name + ".txt"), ',');
}

/// The losses of a table report: rows that begin with a number, of as many columns as the last of them.
std::vector<std::vector<double>> loss_rows(const std::filesystem::path& path) {
  std::vector<std::vector<double>> rows;
  for (const auto& line : read_csv(path, ' ')) {
    std::vector<double> row;
    for (const std::string& part : line) {
      if (part.empty()) continue;
      if (part.find_first_not_of("-+.0123456789") != std::string::npos) {
        row.clear();
        break;
      }
      row.push_back(std::stod(part));
    }
    if (row.size() > 3) rows.push_back(row);
  }
  return rows;
}

constexpr double kTableTolerance_db = 0.05005;

std::size_t p2p_examples(const std::filesystem::path& published, Collector& collect) {
  const std::filesystem::path folder = published / "itm" / "cmd_examples";
  const Profile profile = profile_row(read_csv(folder / "pfl.txt").at(0));
  for (const std::string name : {"p2ptls", "p2pcr"}) {
    const Numbers in = inputs_of(folder, name);
    Itm model;
    set_model(model, in);
    compare_report(explain_terms(model, link_of(in), extract_path(link_of(in), profile.view())),
                   results_of(folder, name), collect);
  }
  const Numbers in = inputs_of(folder, "p2pcr_tbl");
  const PathGeometry path = extract_path(link_of(in), profile.view());
  std::size_t losses = 0;
  for (const auto& row : loss_rows(folder / "o_p2pcr_tbl.txt")) {
    for (std::size_t c = 0; c < 3; ++c) {
      Itm model;
      set_model(model, in);
      model.reliability_percent = row[0];
      model.confidence_percent = std::array{10.0, 60.0, 90.0}.at(c);
      collect.add("loss, table", "scalar", loss_db(model, link_of(in), path), row.at(c + 1), kTableTolerance_db);
      ++losses;
    }
  }
  return 2 + losses;
}

std::size_t area_examples(const std::filesystem::path& published, Collector& collect) {
  const std::filesystem::path folder = published / "itm" / "cmd_examples";
  for (const std::string name : {"areatls", "areacr"}) {
    const Numbers in = inputs_of(folder, name);
    const PathGeometry path{.distance_m = in.at("d__km") * 1e3};
    compare_report(explain_terms(area_of(in), link_of(in), path), results_of(folder, name), collect);
  }
  const Numbers in = inputs_of(folder, "areacr_tbl");
  std::size_t losses = 0;
  for (const auto& row : loss_rows(folder / "o_areacr_tbl.txt")) {
    for (std::size_t c = 0; c < 3; ++c) {
      ItmArea model = area_of(in);
      model.confidence_percent = std::array{50.0, 75.0, 90.0}.at(c);
      collect.add("loss, table", "scalar", loss_db(model, link_of(in), {.distance_m = row[0] * 1e3}),
                  row.at(c + 2), kTableTolerance_db);
      ++losses;
    }
  }
  return 2 + losses;
}

}  // namespace

std::vector<LineCheck> itm_line_checks() {
  return {{"itm_p2p.jsonl", "itm", 0.001, 788, p2p_case},
          {"itm_p2p_long.jsonl", "itm", 0.001, 120, p2p_case},
          {"itm_area.jsonl", "itm_area", 0.001, 200, area_case}};
}

// Half a digit of what the files print: two decimals of point-to-point losses, one of the others.
std::vector<PublishedCheck> itm_published_checks() {
  return {{"NTIA ITM, p2p.csv", "itm", 0.00501, 5, 0, p2p_table},
          {"NTIA ITM, area.csv", "itm_area", 0.0501, 5, 0, area_table},
          {"NTIA ITM, command examples, point to point", "itm", 0.05, 11, 0, p2p_examples},
          {"NTIA ITM, command examples, area", "itm_area", 0.05, 59, 0, area_examples}};
}

}  // namespace amaneku::test
