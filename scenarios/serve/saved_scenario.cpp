#include "scenarios/serve/saved_scenario.hpp"

#include <algorithm>
#include <set>

#include "scenarios/output/output_folder.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/studies/selection/chosen_scenario.hpp"
#include "terrain/error.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNameBytes = 64;

[[noreturn]] void refuse_name(const std::string& name, std::string why) {
  throw InputError(Fault{.message = std::move(why),
                         .key = "name",
                         .value = name,
                         .legal = "letters a-z and A-Z, digits, \"-\" and \"_\", 64 at most"});
}

void check_name(const std::string& name) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
  if (name.empty() || name.size() > kMostNameBytes || !plain) refuse_name(name, "is no name for a folder");
}

SiteChanges changes_between(const Network& before, const Network& after) {
  SiteChanges out;
  for (std::size_t i = 0; i < after.sites.size(); ++i) {
    const Site& site = after.sites[i];
    if (i >= before.sites.size()) {
      out.added.push_back(site);
      continue;
    }
    const Site& was = before.sites[i];
    if (was.position != site.position)
      out.of_sites[site.id] = {{"lon", site.position.lon_deg}, {"lat", site.position.lat_deg}};
    for (std::size_t k = 0; k < site.sectors.size(); ++k) {
      for (const EditableValue& value : editable_values()) {
        const double now = value_of(site.sectors[k], value.key);
        if (now != value_of(was.sectors[k], value.key)) out.of_sectors[{site.id, k}][value.key] = now;
      }
    }
  }
  return out;
}

void write_files(const WrittenScenario& written, const fs::path& folder) {
  StagedFolder staged(folder);
  write_file_atomically(staged.file("scenario.toml"), written.scenario_toml);
  if (!written.sites_csv.empty()) write_file_atomically(staged.file("sites.csv"), written.sites_csv);
  for (const auto& [name, from] : written.copies) {
    std::error_code error;
    fs::copy_file(from, staged.file(name), error);
    if (error) throw InputError(Fault{.message = "cannot be copied: " + error.message(), .file = from.string()});
  }
  staged.publish({});
}

/// Whether the file is read as the network that was planned.
bool reads_back(const fs::path& file, const Network& planned) {
  const Network read = load(file, {.check_only = true}).input.network;
  if (read.sites.size() != planned.sites.size()) return false;
  for (std::size_t i = 0; i < read.sites.size(); ++i) {
    const Site& a = read.sites[i];
    const Site& b = planned.sites[i];
    if (a.id != b.id || a.position != b.position || a.existing != b.existing ||
        a.sectors.size() != b.sectors.size())
      return false;
    for (std::size_t k = 0; k < a.sectors.size(); ++k) {
      for (const EditableValue& value : editable_values()) {
        if (value_of(a.sectors[k], value.key) != value_of(b.sectors[k], value.key)) return false;
      }
    }
  }
  return true;
}

}  // namespace

fs::path save_scenario(const PlanState& base, const PlanState& state, const fs::path& home,
                       const std::string& name) {
  check_name(name);
  const PlanInput& input = base.plan->input;
  if (!input.provenance.settings.empty())
    throw InputError(Fault{.message =
                               "the plan was made with --set, which no file holds: write its values into the "
                               "scenario, and serve that"});
  const fs::path folder = home / name;
  std::error_code error;
  if (fs::exists(fs::symlink_status(folder, error))) refuse_name(name, "is there already, and is not overwritten");

  const Network& network = state.plan->input.network;
  std::set<std::string> existing;
  for (const Site& site : network.sites) {
    if (site.existing) existing.insert(site.id);
  }
  const Document document(base.plan->file, {});
  if (document.text() != input.provenance.scenario_text)
    throw InputError(
        Fault{.message = "has changed since it was read: serve it again", .file = base.plan->file.string()});
  const WrittenScenario written =
      written_scenario(scenario_sources(document), existing, folder, changes_between(input.network, network));
  write_files(written, folder);
  try {
    if (!reads_back(folder / "scenario.toml", network))
      throw InternalError("the saved scenario is not read as the plan on the page");
  } catch (...) {
    fs::remove_all(folder, error);
    throw;
  }
  return folder;
}

}  // namespace amaneku::scenarios
