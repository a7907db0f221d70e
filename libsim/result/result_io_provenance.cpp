#include <fmt/format.h>
#include <limits>

#include <cstdint>
#include <string>
#include <utility>

#include "libsim/result/result_io.hpp"
#include "libsim/result/result_io_parts.hpp"
#include "terrain/version.hpp"

namespace amaneku::result_file {
namespace {

void write_model(hid_t group, const std::string& prefix, const RadioModel& model) {
  for (const ParameterValue& parameter : parameter_values(model)) {
    const std::string name = prefix + "." + parameter.name;
    std::visit([&](const auto& value) { set(group, name.c_str(), value); }, parameter.value);
  }
}

void write_added_losses(hid_t group, const std::vector<RadioModel>& losses) {
  std::vector<std::string> ids;
  for (const RadioModel& loss : losses) {
    ids.emplace_back(model_id(loss));
    write_model(group, fmt::format("added_loss.{}", ids.size()), loss);
  }
  set(group, "added_losses", std::span(std::as_const(ids)));
}

}  // namespace

void write_root_attributes(hid_t file, const PlanInput& input) {
  const Provenance& provenance = input.provenance;
  set(file, "Conventions", "CF-1.8");
  set(file, "title", provenance.scenario_name);
  set(file, "file_type", "amaneku-result");
  set(file, "format_version", fmt::format("{}.{}", kResultFormatMajor, kResultFormatMinor));
  set(file, "program", "amaneku");
  set(file, "program_version", program_version());
  set(file, "git_revision", git_revision());
  set(file, "crs", input.world.crs_id);
  set(file, "vertical_datum", input.world.vertical_datum);
  set(file, "seed", provenance.seed);
  set(file, "synthetic", static_cast<std::int8_t>(provenance.synthetic));
  set(file, "synthetic_parts", std::span(provenance.synthetic_parts));
  set(file, "credits", std::span(provenance.credits));
}

void write_settings(hid_t file, const PlanInput& input, const PlanResult& result) {
  const Handle group = create_group(file, "settings");
  const hid_t id = group.get();
  set(id, "model", model_id(input.engine.model));
  write_model(id, "model", input.engine.model);
  write_added_losses(id, input.engine.coverage.added_losses);
  set(id, "polarization",
      input.engine.coverage.polarization == Polarization::vertical ? "vertical" : "horizontal");
  set(id, "effective_earth_radius_m", input.engine.coverage.effective_earth_radius_m);
  set(id, "effective_earth_radius_from", origin_text(input.engine.climate.earth_radius));
  set(id, "n0", input.engine.coverage.n0);
  set(id, "n0_from", origin_text(input.engine.climate.n0));
  set(id, "radius_m", input.engine.coverage.radius_m);
  set(id, "engine", input.engine.coverage.engine == LossEngine::radial ? "radial" : "exact");
  set(id, "own_line_samples", std::int32_t{input.engine.coverage.own_line_samples});
  set(id, "path_loss_stored", static_cast<std::int8_t>(result.has_path_loss));
  set(id, "rx_agl_m", input.network.receiver.rx_agl_m);
  set(id, "rx_gain_dbi", input.network.receiver.gain_dbi.value_or(std::numeric_limits<double>::quiet_NaN()));
  set(id, "body_loss_db", input.network.receiver.body_loss_db);
  set(id, "building_loss_db", input.network.receiver.building_loss_db);
  for (const Field<ServiceTargets>& field : kServiceFields) set(id, field.name, input.service.*field.member);
  set(id, "threshold_dbm", input.statistics.threshold_dbm);
  set(id, "road_step_m", input.statistics.road_step_m);
  set(id, "classes_dbm", std::span(input.rsrp_classes_dbm));
}

void write_provenance(hid_t file, const PlanInput& input) {
  const Provenance& provenance = input.provenance;
  const Handle group = create_group(file, "provenance");
  set(group.get(), "scenario_file", provenance.scenario_file);
  set(group.get(), "terrain_void_cells", static_cast<std::int64_t>(input.world.terrain_void_cells));
  const char* text = provenance.scenario_text.c_str();
  const Handle scenario = create_text(group.get(), "scenario_text", {}, &text);
  set(scenario.get(), "long_name", "the scenario file as read (TOML)");

  using Pair = std::pair<std::string, std::string>;
  const std::vector<Pair> hashes(provenance.input_sha256.begin(), provenance.input_sha256.end());
  ColumnGroup(group.get(), "inputs", "input", hashes)
      .column("path", {"", "as written in the scenario"}, [](const Pair& p) { return p.first; })
      .column("sha256", {"", "SHA-256 of the file"}, [](const Pair& p) { return p.second; });
  const std::vector<Pair> overrides(provenance.settings.begin(), provenance.settings.end());
  ColumnGroup(group.get(), "overrides", "override", overrides)
      .column("key", {"", "setting given on the command line"}, [](const Pair& p) { return p.first; })
      .column("value", {"", "its value"}, [](const Pair& p) { return p.second; });
  ColumnGroup(group.get(), "terrain_sources", "source", input.world.terrain_sources)
      .column("path", {"", "file or folder"}, [](const RasterSourceInfo& s) { return s.path; })
      .column("format", {"", "format"}, [](const RasterSourceInfo& s) { return s.format; })
      .column("crs", {"", "coordinate reference system"}, [](const RasterSourceInfo& s) { return s.crs; })
      .column("heights_above", {"", "vertical datum that the file declares or its format has; empty: not said"},
              [](const RasterSourceInfo& s) { return s.heights_above; })
      .column("resolution_m", {"m", "spacing of the source"},
              [](const RasterSourceInfo& s) { return s.resolution_m; })
      .column("cells_used", {"1", "plan cells that took their value from here"},
              [](const RasterSourceInfo& s) { return static_cast<std::int64_t>(s.cells_used); });
}

void write_warnings(hid_t file, const std::vector<Warning>& warnings) {
  ColumnGroup(file, "warnings", "warning", warnings)
      .column("id", {"", "stable name of the warning"}, [](const Warning& w) { return w.id; })
      .column("message", {"", "for people"}, [](const Warning& w) { return w.message; })
      .column("count", {"1", "how often it happened"},
              [](const Warning& w) { return static_cast<std::int64_t>(w.count); });
}

}  // namespace amaneku::result_file
