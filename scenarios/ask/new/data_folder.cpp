#include "scenarios/ask/new/data_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/toml_writer.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;
using ManifestJson = nlohmann::ordered_json;

constexpr std::uintmax_t kMaxManifestBytes = 256U << 20U;
constexpr std::string_view kManifestSchema = "amaneku-data/1";

[[noreturn]] void refuse_data(const fs::path& file, std::string message, std::string key = {},
                              std::string value = {}, std::string legal = {}) {
  throw InputError(Fault{.message = std::move(message),
                         .file = file.string(),
                         .key = std::move(key),
                         .value = std::move(value),
                         .legal = std::move(legal)});
}

TomlNode as_toml(const ManifestJson& value, const fs::path& file, const std::string& key) {
  if (value.is_boolean()) return {.value = value.get<bool>()};
  if (value.is_number_integer()) return {.value = value.get<std::int64_t>()};
  if (value.is_number()) return {.value = value.get<double>()};
  if (value.is_string()) return {.value = value.get<std::string>()};
  if (!value.is_array()) refuse_data(file, "is no value of a scenario", key, value.dump());
  TomlNode::List list;
  for (const ManifestJson& item : value) list.push_back(as_toml(item, file, key));
  return {.value = std::move(list)};
}

/// "key = value\n" of one value, without key and end of line.
std::string value_text(TomlNode node) {
  TomlNode root{.value = TomlNode::Table{{.key = "k", .node = std::move(node)}}};
  const std::string text = toml_text(root);
  constexpr std::size_t kBefore = std::string_view("k = ").size();
  return text.substr(kBefore, text.find_last_not_of('\n') + 1 - kBefore);
}

class ManifestReader {
 public:
  explicit ManifestReader(const fs::path& folder) : file_(folder / "data.json") { out_.path = folder; }

  DataFolder read() {
    std::error_code error;
    if (!fs::exists(file_, error))
      refuse_data(out_.path, "holds no data.json", {}, {}, "a folder of amaneku data fetch (docs/data.md)");
    try {
      const ManifestJson document = ManifestJson::parse(read_text(file_, kMaxManifestBytes));
      const std::string schema = document.at("schema");
      if (schema != kManifestSchema)
        refuse_data(file_, "is of another version", "schema", schema, std::string(kManifestSchema));
      area(document.at("area"));
      for (const auto& [code, told] : document.at("municipalities").items())
        out_.known[code] = {told.at("name").get<std::string>(), box_of(told.at("bbox_deg"))};
      for (const auto& [id, told] : document.at("sources").items()) out_.sources.push_back(source(id, told));
      std::stable_sort(out_.sources.begin(), out_.sources.end(),
                       [&](const auto& a, const auto& b) { return ranks_.at(a.id) < ranks_.at(b.id); });
      for (const ManifestJson& entry : document.at("entries")) files(entry);
    } catch (const ManifestJson::exception& exception) {
      refuse_data(file_, std::string("is no data.json: ") + exception.what());
    }
    std::erase_if(out_.sources, [](const FetchedSource& s) { return s.files.empty(); });
    return std::move(out_);
  }

 private:
  void area(const ManifestJson& told) {
    out_.box = box_of(told.at("bbox_deg"));
    out_.margin_m = told.value("margin_m", 0.0);
    out_.name = told.value("name", std::string{});
    out_.municipalities = told.value("municipalities", std::vector<std::string>{});
  }

  [[nodiscard]] LonLatBox box_of(const ManifestJson& told) const {
    const auto edges = told.get<std::vector<double>>();
    if (edges.size() != 4 || !(edges[0] < edges[2] && edges[1] < edges[3]))
      refuse_data(file_, "is no box", "bbox_deg", told.dump());
    return {.west_deg = edges[0], .south_deg = edges[1], .east_deg = edges[2], .north_deg = edges[3]};
  }

  [[nodiscard]] FetchedSource source(const std::string& id, const ManifestJson& told) {
    const auto text = [&](const char* key) { return told.value(key, std::string{}); };
    FetchedSource out{.id = id,
                      .layer = text("layer"),
                      .format = text("format"),
                      .title = text("title"),
                      .title_ja = text("title_ja"),
                      .credit = text("credit"),
                      .credit_ja = text("credit_ja"),
                      .vertical_datum = text("vertical_datum"),
                      .vertical_datum_ja = text("vertical_datum_ja")};
    ranks_[id] = told.value("rank", 0);
    const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    const ManifestJson keys = told.value("scenario", ManifestJson::object());
    for (const auto& [key, value] : keys.items()) {
      if (key.empty() || key == "path" || !std::all_of(key.begin(), key.end(), plain))
        refuse_data(file_, "is no key of a scenario", id + ".scenario", key);
      out.keys.emplace_back(key, value_text(as_toml(value, file_, key)));
    }
    return out;
  }

  void files(const ManifestJson& entry) {
    const std::string id = entry.at("source");
    const auto source =
        std::find_if(out_.sources.begin(), out_.sources.end(), [&](const auto& s) { return s.id == id; });
    if (source == out_.sources.end()) refuse_data(file_, "names a source that is not described", "source", id);
    for (const auto& [name, told] : entry.at("files").items()) {
      const fs::path below = fs::path(name).lexically_normal();
      if (below.is_absolute() || below.empty() || *below.begin() == "..")
        refuse_data(file_, "leads out of the folder", "files", name);
      std::error_code error;
      if (!fs::is_regular_file(out_.path / below, error))
        refuse_data(out_.path / below, "is not there any more", {}, {}, "amaneku data fetch brings it again");
      add(*source, below);
    }
  }

  /// Of tiles Z/X/Y.png the folder that holds the zooms; of a Shapefile the .shp.
  static void add(FetchedSource& source, const fs::path& below) {
    if (source.format == "gsi_png") {
      const std::string folder = below.parent_path().parent_path().parent_path().generic_string();
      if (source.files.empty() || source.files.back() != folder) source.files.push_back(folder);
      return;
    }
    static const std::set<std::string> kCompanions{".shx", ".dbf", ".prj", ".cpg"};
    if (kCompanions.count(below.extension().string()) > 0) return;
    source.files.push_back(below.generic_string());
    std::sort(source.files.begin(), source.files.end());
  }

  fs::path file_;
  DataFolder out_{};
  std::map<std::string, int> ranks_{};
};

}  // namespace

std::vector<const FetchedSource*> DataFolder::of(const std::string& layer) const {
  std::vector<const FetchedSource*> out;
  for (const FetchedSource& source : sources) {
    if (source.layer == layer) out.push_back(&source);
  }
  return out;
}

DataFolder read_data_folder(const fs::path& folder) {
  return ManifestReader(folder).read();
}

std::string toml_quoted(const std::string& text) {
  return value_text({.value = text});
}

}  // namespace amaneku::scenarios
