// A scenario document on its way to a PlanInput: the checked tree, the files that it names, the faults so far.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/schema/schema.hpp"
#include "terrain/files/input_path.hpp"

namespace amaneku::scenarios {

/// The folder of real data: the environment variable AMANEKU_DATA, else `../shared/data` beside the checkout
/// that holds `scenario_folder`, or beside the current folder. nullopt: there is none.
[[nodiscard]] std::optional<std::filesystem::path> data_folder(const std::filesystem::path& scenario_folder);

class Document {
 public:
  /// Reads, parses, applies the settings, checks against the schema and resolves every path. Throws
  /// InputError with all faults found. A folder stands for the scenario.toml in it.
  Document(const std::filesystem::path& file, const std::vector<std::pair<std::string, std::string>>& settings);

  [[nodiscard]] SectionView section(std::string_view name) const { return section_of(root_, name, file_); }
  [[nodiscard]] std::vector<SectionView> sections(std::string_view name) const {
    const std::size_t dot = name.rfind('.');
    const TomlNode* parent = dot == std::string_view::npos ? &root_ : root_.find(name.substr(0, dot));
    return parent == nullptr ? std::vector<SectionView>{} : sections_of(*parent, name, file_);
  }
  /// `[[site.sector]]` of one site.
  [[nodiscard]] std::vector<SectionView> sections(const SectionView& parent, std::string_view name) const {
    return sections_of(*parent.node(), name, file_);
  }
  /// The resolved `path` of a section; it must be given.
  [[nodiscard]] const std::filesystem::path& path_of(const SectionView& section) const;

  /// Settings of single sites, site.ID.KEY: they are for the reader of the sites, wherever those are written.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& site_settings() const noexcept {
    return site_settings_;
  }

  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  /// Runs `body`; InputErrors that name no file are placed at their own key where the section has it, else at
  /// `key`.
  void attempt(const SectionView& section, std::string_view key, const std::function<void()>& body);
  void throw_if_faulty() const;
  [[nodiscard]] bool faulty() const noexcept { return !faults_.empty(); }

  [[nodiscard]] const std::string& file() const noexcept { return file_; }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] const TomlNode& root() const noexcept { return root_; }
  /// Every `path` as written, and the file or folder that it names; the scenario itself by its file name.
  [[nodiscard]] const std::map<std::string, std::filesystem::path>& named_inputs() const noexcept {
    return inputs_;
  }
  /// SHA-256 of every input file by its name as written; the scenario itself included.
  [[nodiscard]] std::map<std::string, std::string> hashes() const;

 private:
  void resolve_paths();
  void resolve_path(const SectionView& section);
  [[nodiscard]] std::filesystem::path checked(const std::string& name) const;
  [[nodiscard]] std::string expanded(const std::string& name) const;

  std::filesystem::path base_;
  std::string file_;
  std::string text_;
  TomlNode root_;
  std::vector<std::pair<std::string, std::string>> site_settings_;
  DataRoots roots_;
  std::optional<std::filesystem::path> data_;
  std::map<const TomlNode*, std::filesystem::path> paths_;
  std::map<std::string, std::filesystem::path> inputs_;
  std::vector<Fault> faults_;
};

/// The bytes of a text file of at most `limit_bytes`; InputError when it cannot be read.
[[nodiscard]] std::string read_text(const std::filesystem::path& path, std::uintmax_t limit_bytes);

}  // namespace amaneku::scenarios
