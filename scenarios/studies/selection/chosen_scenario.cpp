#include "scenarios/studies/selection/chosen_scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "scenarios/schema/toml_writer.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/vector/feature_io.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSitesFile = "sites.csv";
constexpr std::string_view kData = "${AMANEKU_DATA}";

bool lies_in(const fs::path& path, const fs::path& folder) {
  return !folder.empty() &&
         std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

/// The inputs by the names that they have for a scenario in the folder.
class InputNames {
 public:
  InputNames(const ScenarioSources& sources, const fs::path& folder) : sources_(sources), folder_(folder) {}

  /// As the new scenario writes it.
  std::string of(const std::string& written) {
    const auto found = sources_.inputs.find(written);
    if (found == sources_.inputs.end() || written.find(kData) != std::string::npos) return written;
    const fs::path& path = found->second;
    if (lies_in(path, folder_)) return path.lexically_relative(folder_).generic_string();
    if (lies_in(path, sources_.data))
      return std::string(kData) + "/" + path.lexically_relative(sources_.data).generic_string();
    if (fs::is_directory(path))
      throw InputError(Fault{.message =
                                 "is a folder outside of the output folder, and is not copied into it: put it "
                                 "below AMANEKU_DATA, or choose an output folder that holds it",
                             .file = path.string()});
    return copied(path);
  }

  [[nodiscard]] std::map<std::string, fs::path> copies() && { return std::move(copies_); }

 private:
  /// With all that stands beside it under the same stem, as the parts of a Shapefile do.
  std::string copied(const fs::path& path) {
    const auto [known, fresh] = names_.emplace(path, "");
    if (!fresh) return known->second;
    std::string prefix = "input_";
    for (int i = 2; copies_.count(prefix + path.filename().string()) > 0; ++i)
      prefix = "input_" + std::to_string(i) + "_";
    const std::string stem = path.stem().string() + ".";
    for (const fs::directory_entry& beside : fs::directory_iterator(path.parent_path())) {
      const std::string name = beside.path().filename().string();
      if (name.starts_with(stem) && beside.is_regular_file()) copies_.emplace(prefix + name, beside.path());
    }
    copies_.emplace(prefix + path.filename().string(), path);
    return known->second = prefix + path.filename().string();
  }

  const ScenarioSources& sources_;
  const fs::path& folder_;
  std::map<fs::path, std::string> names_{};
  std::map<std::string, fs::path> copies_{};
};

void rename_inputs(TomlNode& node, InputNames& names) {
  if (auto* list = std::get_if<TomlNode::List>(&node.value)) {
    for (TomlNode& one : *list) rename_inputs(one, names);
  } else if (auto* table = std::get_if<TomlNode::Table>(&node.value)) {
    for (TomlEntry& entry : *table) {
      auto* text = std::get_if<std::string>(&entry.node.value);
      if (entry.key == "path" && text != nullptr) *text = names.of(*text);
      rename_inputs(entry.node, names);
    }
  }
}

TomlNode::Table& table_of(TomlNode& node) {
  return std::get<TomlNode::Table>(node.value);
}

void erase_key(TomlNode::Table& table, std::string_view key) {
  std::erase_if(table, [&](const TomlEntry& entry) { return entry.key == key; });
}

template <class Value>
void set_value(TomlNode::Table& table, const std::string& key, Value value) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const TomlEntry& entry) { return entry.key == key; });
  TomlNode node{.value = std::move(value)};
  if (found == table.end()) {
    table.push_back({.key = key, .node = std::move(node)});
  } else {
    found->node = std::move(node);
  }
}

/// One without sectors has one of the defaults.
void change_sectors(TomlNode::Table& site, const std::string& id, const SiteChanges& changes) {
  auto found =
      std::find_if(site.begin(), site.end(), [](const TomlEntry& entry) { return entry.key == "sector"; });
  const bool none = found == site.end() || found->node.list() == nullptr || found->node.list()->empty();
  for (const auto& [which, values] : changes.of_sectors) {
    if (which.first != id) continue;
    if (none) set_value(site, "sector", TomlNode::List{TomlNode{.value = TomlNode::Table{}}});
    found = std::find_if(site.begin(), site.end(), [](const TomlEntry& entry) { return entry.key == "sector"; });
    TomlNode& sector = std::get<TomlNode::List>(found->node.value).at(which.second);
    for (const auto& [key, value] : values) {
      if (key == "year") {
        set_value(table_of(sector), key, static_cast<std::int64_t>(value));
      } else {
        set_value(table_of(sector), key, value);
      }
    }
  }
}

/// The inline sites.
void change_sites(TomlNode::Table& root, const std::set<std::string>& existing, const SiteChanges& changes) {
  for (TomlEntry& entry : root) {
    auto* sites = std::get_if<TomlNode::List>(&entry.node.value);
    if (entry.key != "site" || sites == nullptr) continue;
    for (TomlNode& site : *sites) {
      const TomlNode* id = site.find("id");
      const auto* text = id != nullptr ? std::get_if<std::string>(&id->value) : nullptr;
      if (text == nullptr) continue;
      const std::string own = *text;
      set_value(table_of(site), "status", std::string(existing.count(own) > 0 ? "existing" : "candidate"));
      if (const auto moved = changes.of_sites.find(own); moved != changes.of_sites.end()) {
        for (const auto& [key, value] : moved->second) set_value(table_of(site), key, value);
      }
      change_sectors(table_of(site), own, changes);
    }
  }
}

/// All that a sector says of itself.
TomlNode sector_node(const Sector& sector) {
  TomlNode node{.value = TomlNode::Table{}};
  TomlNode::Table& table = table_of(node);
  set_value(table, "id", sector.id);
  set_value(table, "azimuth_deg", sector.mounting.azimuth_deg);
  set_value(table, "mechanical_downtilt_deg", sector.mounting.mechanical_downtilt_deg);
  set_value(table, "electrical_downtilt_deg", sector.mounting.electrical_downtilt_deg);
  set_value(table, "tx_agl_m", sector.tx_agl_m);
  set_value(table, "freq_hz", sector.freq_hz);
  set_value(table, "power_dbm", sector.power_dbm);
  set_value(table, "subcarriers", std::int64_t{sector.subcarriers});
  set_value(table, "feeder_loss_db", sector.feeder_loss_db);
  set_value(table, "load", sector.load);
  set_value(table, "antenna", sector.antenna_name);
  set_value(table, "indoor", sector.indoor);
  if (sector.bandwidth_hz > 0.0) set_value(table, "bandwidth_hz", sector.bandwidth_hz);
  if (!sector.technology.empty()) set_value(table, "technology", sector.technology);
  if (sector.fiscal_year > 0) set_value(table, "year", std::int64_t{sector.fiscal_year});
  return node;
}

TomlNode site_node(const Site& site) {
  TomlNode node{.value = TomlNode::Table{}};
  TomlNode::Table& table = table_of(node);
  set_value(table, "id", site.id);
  set_value(table, "name", site.name);
  if (!site.operator_id.empty()) set_value(table, "operator", site.operator_id);
  set_value(table, "lon", site.position.lon_deg);
  set_value(table, "lat", site.position.lat_deg);
  set_value(table, "status", std::string(site.existing ? "existing" : "candidate"));
  TomlNode::List sectors;
  for (const Sector& sector : site.sectors) sectors.push_back(sector_node(sector));
  set_value(table, "sector", std::move(sectors));
  return node;
}

void add_sites(TomlNode::Table& root, const std::vector<Site>& added) {
  if (added.empty()) return;
  auto found = std::find_if(root.begin(), root.end(), [](const TomlEntry& entry) { return entry.key == "site"; });
  if (found == root.end()) {
    set_value(root, "site", TomlNode::List{});
    found = std::prev(root.end());
  }
  for (const Site& site : added) std::get<TomlNode::List>(found->node.value).push_back(site_node(site));
}

void name_sites_file(TomlNode::Table& root) {
  erase_key(root, "sites");
  TomlNode sites{.value = TomlNode::Table{}};
  set_value(table_of(sites), "path", std::string(kSitesFile));
  root.push_back({.key = "sites", .node = std::move(sites)});
}

/// RFC 4180: the very text, for a program to read again.
std::string exact_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

/// The changed values of a row into it; `sector` is its place in its site.
void change_row(std::map<std::string, std::string>& values, const std::string& id, std::size_t sector,
                const SiteChanges& changes) {
  const auto take = [&](const std::map<std::string, double>& changed) {
    for (const auto& [key, value] : changed) values[key] = fmt::format("{}", value);
  };
  if (const auto moved = changes.of_sites.find(id); moved != changes.of_sites.end()) take(moved->second);
  if (const auto own = changes.of_sectors.find({id, sector}); own != changes.of_sectors.end()) take(own->second);
}

std::string sites_csv(const std::vector<ScenarioSources::SiteFile>& files, const std::set<std::string>& existing,
                      const SiteChanges& changes) {
  std::vector<std::string> columns;
  std::vector<SourceTable> tables;
  for (const ScenarioSources::SiteFile& file : files) {
    const std::vector<std::string> known = {"site_id", "lon", "lat", "status"};
    tables.push_back(read_table(file.path, file.layer, known));
    for (const std::string& column : tables.back().columns) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
  }
  const auto need = [&](const std::string& column) {
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
  };
  need("status");
  for (const auto& [which, values] : changes.of_sectors) {
    for (const auto& [key, value] : values) need(key);
  }
  std::map<std::string, std::size_t> sectors;  // rows of each site so far
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "" : ",") + exact_field(column);
  out += "\n";
  for (const SourceTable& table : tables) {
    for (TableRow row : table.rows) {
      const std::string id(trimmed(row.values.at("site_id")));
      change_row(row.values, id, sectors[id]++, changes);
      std::string line;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto found = row.values.find(columns[i]);
        std::string value = found == row.values.end() ? std::string() : found->second;
        if (columns[i] == "status") value = existing.count(id) > 0 ? "existing" : "candidate";
        line += (i == 0 ? "" : ",") + exact_field(value);
      }
      out += line + "\n";
    }
  }
  return out;
}

}  // namespace

ScenarioSources scenario_sources(const Document& document) {
  ScenarioSources out{.root = document.root(), .inputs = document.named_inputs()};
  const SectionView sites = document.section("sites");
  if (sites.given("path")) out.site_files.push_back({document.path_of(sites), sites.text("layer")});
  for (const SectionView& view : document.sections("selection.candidates"))
    out.site_files.push_back({document.path_of(view), view.text("layer")});
  if (const auto data = data_folder(fs::path(document.file()).parent_path())) {
    std::error_code ignored;
    out.data = fs::canonical(*data, ignored);
  }
  return out;
}

WrittenScenario written_scenario(const ScenarioSources& sources, const std::set<std::string>& existing,
                                 const fs::path& folder, const SiteChanges& changes) {
  WrittenScenario out;
  TomlNode root = sources.root;
  TomlNode::Table& table = table_of(root);
  erase_key(table, "selection");
  if (!sources.site_files.empty()) {
    erase_key(table, "sites");
    out.sites_csv = sites_csv(sources.site_files, existing, changes);
  }
  change_sites(table, existing, changes);
  add_sites(table, changes.added);
  std::error_code error;
  fs::path home = fs::weakly_canonical(folder, error);
  if (!home.has_filename()) home = home.parent_path();
  InputNames names(sources, home);
  rename_inputs(root, names);
  if (!sources.site_files.empty()) name_sites_file(table_of(root));
  out.copies = std::move(names).copies();
  out.scenario_toml = toml_text(root);
  return out;
}

}  // namespace amaneku::scenarios
