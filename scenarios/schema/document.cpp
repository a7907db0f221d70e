#include "scenarios/schema/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "scenarios/schema/hash.hpp"
#include "terrain/fault_list.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMaxScenarioBytes = 16 << 20;
constexpr std::string_view kDataVariable = "${AMANEKU_DATA}";

fs::path scenario_file(const fs::path& given) {
  return fs::is_directory(given) ? given / "scenario.toml" : given;
}

bool is_site_setting(const std::string& key) {
  return key.starts_with("site.") && key.find('.', std::string_view("site.").size()) != std::string::npos;
}

std::optional<fs::path> beside(const fs::path& checkout) {
  std::error_code ignored;
  const fs::path path = checkout / ".." / "shared" / "data";
  return fs::is_directory(path, ignored) ? std::optional(fs::canonical(path)) : std::nullopt;
}

}  // namespace

std::optional<fs::path> data_folder(const fs::path& scenario_folder) {
  if (const char* named = std::getenv("AMANEKU_DATA"); named != nullptr && *named != '\0') {
    return fs::is_directory(named) ? std::optional<fs::path>(named) : std::nullopt;
  }
  std::error_code ignored;
  fs::path folder = fs::canonical(scenario_folder.empty() ? "." : scenario_folder, ignored);
  for (; folder.has_relative_path(); folder = folder.parent_path()) {
    if (fs::exists(folder / "CMakePresets.json", ignored)) {
      if (auto found = beside(folder)) return found;
    }
  }
  return beside(".");
}

std::string read_text(const fs::path& path, std::uintmax_t limit_bytes) {
  const auto refuse = [&](const std::string& why) {
    throw InputError(Fault{.message = why, .file = path.string()});
  };
  std::error_code error;
  if (!fs::exists(path, error)) refuse("the file does not exist");
  if (!fs::is_regular_file(path, error)) refuse("is not a file");
  if (fs::file_size(path, error) > limit_bytes) refuse(fmt::format("is larger than {} bytes", limit_bytes));
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) refuse("cannot be read");
  return std::move(text).str();
}

Document::Document(const fs::path& file, const std::vector<std::pair<std::string, std::string>>& settings)
    : base_(scenario_file(file).parent_path()), file_(scenario_file(file).string()) {
  if (base_.empty()) base_ = ".";
  text_ = read_text(file_, kMaxScenarioBytes);
  root_ = parse_toml(text_, file_);
  for (const auto& [key, value] : settings) {
    if (is_site_setting(key)) {
      site_settings_.emplace_back(key, value);
    } else {
      apply_setting(root_, key, value);
    }
  }
  faults_ = check_document(root_, file_);
  if (faults_.size() > kShownFaults) throw InputError(faults_);  // those and the number of the rest
  data_ = data_folder(base_);
  roots_.folders.push_back(base_);
  if (data_) roots_.folders.push_back(*data_);
  resolve_paths();
  throw_if_faulty();
}

void Document::resolve_paths() {
  inputs_.emplace(fs::path(file_).filename().string(), file_);
  for (const SchemaSection& section : schema()) {
    const auto has_path = [](const SchemaKey& key) { return key.name == "path"; };
    if (std::none_of(section.keys.begin(), section.keys.end(), has_path)) continue;
    const std::size_t dot = section.name.rfind('.');
    const TomlNode* parent = &root_;
    if (dot != std::string::npos) parent = root_.find(section.name.substr(0, dot));
    const TomlNode* node = parent != nullptr ? parent->find(section.name.substr(dot + 1)) : nullptr;
    if (node == nullptr) continue;
    if (section.kind == SectionKind::table) {
      resolve_path({section, node, file_});
    } else if ((node->list() != nullptr) == (section.kind == SectionKind::list)) {
      for (const SectionView& view : sections_of(*parent, section.name, file_)) resolve_path(view);
    }
  }
}

void Document::resolve_path(const SectionView& section) {
  const TomlNode* node = section.node()->find("path");
  const auto* name = node != nullptr ? std::get_if<std::string>(&node->value) : nullptr;
  if (name == nullptr) return;
  attempt(section, "path", [&] {
    const fs::path path = checked(*name);
    paths_.emplace(section.node(), path);
    inputs_.emplace(*name, path);
  });
}

/// The scenario is where a wrong name is mended, so the fault is placed there and not at the name.
fs::path Document::checked(const std::string& name) const {
  try {
    return checked_input_path(expanded(name), base_, roots_);
  } catch (const InputError& error) {
    Fault fault = error.faults().front();
    fault.file.clear();
    throw InputError(std::move(fault));
  }
}

std::string Document::expanded(const std::string& name) const {
  std::string out = name;
  if (const std::size_t at = out.find(kDataVariable); at != std::string::npos) {
    if (!data_) {
      throw InputError(Fault{.message =
                                 "needs the folder of real data: set the environment variable AMANEKU_DATA to it "
                                 "(there is no ../shared/data beside the checkout)"});
    }
    out.replace(at, kDataVariable.size(), data_->string());
  }
  if (out.find("${") != std::string::npos) {
    throw InputError(Fault{.message = "only ${AMANEKU_DATA} stands for something in a path"});
  }
  return out;
}

const fs::path& Document::path_of(const SectionView& section) const {
  return paths_.at(section.node());
}

void Document::attempt(const SectionView& section, std::string_view key, const std::function<void()>& body) {
  try {
    body();
  } catch (const InputError& error) {
    for (Fault& fault : placed_faults(error, section, key)) faults_.push_back(std::move(fault));
  }
}

void Document::throw_if_faulty() const {
  if (faults_.empty()) return;
  if (faults_.size() <= kShownFaults) throw InputError(faults_);
  std::vector<Fault> shown(faults_.begin(), faults_.begin() + kShownFaults);
  shown.push_back(more_faults(faults_.size() - kShownFaults, file_));
  throw InputError(std::move(shown));
}

std::map<std::string, std::string> Document::hashes() const {
  std::map<std::string, std::string> out;
  for (const auto& [name, path] : inputs_) out.emplace(name, sha256(path));
  return out;
}

}  // namespace amaneku::scenarios
