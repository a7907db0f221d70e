// The scenario with the chosen sites, as files: scenario.toml, sites.csv, and copies of inputs that lie where the
// new scenario may not look.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "libsim/input/network.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {

/// Of a scenario that was read: its tree with the settings in it, and its files.
struct ScenarioSources {
  struct SiteFile {
    std::filesystem::path path{};
    std::string layer{};
  };
  TomlNode root{};
  std::vector<SiteFile> site_files{};                     ///< of [sites], then of [[selection.candidates]]
  std::map<std::string, std::filesystem::path> inputs{};  ///< every `path` as written, and the file that it names
  std::filesystem::path data{};                           ///< folder of real data; empty: there is none
};

[[nodiscard]] ScenarioSources scenario_sources(const Document& document);

/// What differs from the files of the sites, as the text of a number. A sector is meant by its place in its site:
/// its id may stand for several carriers.
struct SiteChanges {
  std::map<std::string, std::map<std::string, double>> of_sites{};                            ///< lon, lat
  std::map<std::pair<std::string, std::size_t>, std::map<std::string, double>> of_sectors{};  ///< by key
  std::vector<Site> added{};  ///< after all others, in this order
};

/// Files that stand in a folder of their own.
struct WrittenScenario {
  std::string scenario_toml{};
  std::string sites_csv{};                                ///< empty: all sites are inline
  std::map<std::string, std::filesystem::path> copies{};  ///< by name in the folder: what is copied there
};

/// `existing`: ids of the sites that are planned on; all others become candidates. [selection] is left out; where
/// `changes` are given, those of the sites are in it.
/// InputError for an input that is a folder outside of `folder` and of the data, which is not copied.
[[nodiscard]] WrittenScenario written_scenario(const ScenarioSources& sources,
                                               const std::set<std::string>& existing,
                                               const std::filesystem::path& folder,
                                               const SiteChanges& changes = {});

}  // namespace amaneku::scenarios
