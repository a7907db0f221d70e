#include "scenarios/studies/selection/chosen_scenario.hpp"

#include <algorithm>

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

void set_text(TomlNode::Table& table, const std::string& key, const std::string& text) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const TomlEntry& entry) { return entry.key == key; });
  TomlNode node{.value = text};
  if (found == table.end()) {
    table.push_back({.key = key, .node = std::move(node)});
  } else {
    found->node = std::move(node);
  }
}

/// The inline sites.
void set_status(TomlNode::Table& root, const std::set<std::string>& existing) {
  for (TomlEntry& entry : root) {
    auto* sites = std::get_if<TomlNode::List>(&entry.node.value);
    if (entry.key != "site" || sites == nullptr) continue;
    for (TomlNode& site : *sites) {
      const TomlNode* id = site.find("id");
      const auto* text = id != nullptr ? std::get_if<std::string>(&id->value) : nullptr;
      if (text != nullptr)
        set_text(table_of(site), "status", existing.count(*text) > 0 ? "existing" : "candidate");
    }
  }
}

void name_sites_file(TomlNode::Table& root) {
  erase_key(root, "sites");
  TomlNode sites{.value = TomlNode::Table{}};
  set_text(table_of(sites), "path", kSitesFile);
  root.push_back({.key = "sites", .node = std::move(sites)});
}

/// RFC 4180: the very text, for a program to read again.
std::string exact_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string sites_csv(const std::vector<ScenarioSources::SiteFile>& files, const std::set<std::string>& existing) {
  std::vector<std::string> columns;
  std::vector<SourceTable> tables;
  for (const ScenarioSources::SiteFile& file : files) {
    const std::vector<std::string> known = {"site_id", "lon", "lat", "status"};
    tables.push_back(read_table(file.path, file.layer, known));
    for (const std::string& column : tables.back().columns) {
      if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    }
  }
  if (std::find(columns.begin(), columns.end(), "status") == columns.end()) columns.emplace_back("status");
  std::string out;
  for (const std::string& column : columns) out += (out.empty() ? "" : ",") + exact_field(column);
  out += "\n";
  for (const SourceTable& table : tables) {
    for (const TableRow& row : table.rows) {
      const std::string id(trimmed(row.values.at("site_id")));
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
                                 const fs::path& folder) {
  WrittenScenario out;
  TomlNode root = sources.root;
  TomlNode::Table& table = table_of(root);
  erase_key(table, "selection");
  if (!sources.site_files.empty()) {
    erase_key(table, "sites");
    out.sites_csv = sites_csv(sources.site_files, existing);
  }
  set_status(table, existing);
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
