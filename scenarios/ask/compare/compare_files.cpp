#include "scenarios/ask/compare/compare_files.hpp"

#include <fmt/format.h>

#include <cctype>
#include <map>
#include <vector>

#include "scenarios/ask/compare/compare_phrases.hpp"
#include "scenarios/output/output_folder.hpp"
#include "scenarios/report/styles.hpp"
#include "terrain/files/atomic_file.hpp"
#include "terrain/raster/raster_io.hpp"
#include "terrain/version.hpp"

namespace amaneku::scenarios {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPageName = "compare.html";
constexpr const char* kJsonName = "compare.json";
constexpr double kPatience_s = 60.0;

std::string lower(const std::string& letter) {
  std::string out = letter;
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

/// Which plans a map holds against each other.
std::map<std::string, std::string> tags_of(const PlanComparison& comparison, const PlanChange& change) {
  const ComparedPlan& before = comparison.plans.front();
  const ComparedPlan& after = comparison.plans[change.plan];
  return {{"AMANEKU_VERSION", std::string(program_version())},
          {"AMANEKU_GIT_REVISION", std::string(git_revision())},
          {"BEFORE", before.letter + " " + before.stored.title},
          {"AFTER", after.letter + " " + after.stored.title},
          {"BEFORE_THRESHOLD_DBM", fmt::format("{}", before.setting("threshold_dbm"))},
          {"AFTER_THRESHOLD_DBM", fmt::format("{}", after.setting("threshold_dbm"))},
          {"SYNTHETIC", before.stored.synthetic || after.stored.synthetic ? "yes" : "no"}};
}

/// Whatever plans an earlier comparison had.
std::vector<std::string> names_of_comparison() {
  std::vector<std::string> names = {kPageName, kJsonName};
  for (std::size_t i = 1; i < kMostComparedPlans; ++i) {
    const std::string letter = plan_letter(i);
    for (const char* ending : {".tif", ".qml"}) names.push_back(change_map_name(letter) + ending);
    names.push_back(difference_map_name(letter) + ".tif");
  }
  return names;
}

void write_maps(const StagedFolder& staged, const PlanComparison& comparison, const PlanChange& change) {
  const ComparedPlan& after = comparison.plans[change.plan];
  const Crs crs = Crs::from_text(after.stored.crs_id);
  auto tags = tags_of(comparison, change);
  tags["DESCRIPTION"] = "Received power per subcarrier of the strongest sector: the plan after less that before";
  tags["UNITS"] = "dB";
  write_cog(staged.file(difference_map_name(after.letter) + ".tif"), change.map->difference_db, crs, tags);
  tags["DESCRIPTION"] = "Coverage won and lost";
  tags.erase("UNITS");
  ClassRaster classes{.raster = change.map->classes, .nodata = static_cast<std::uint8_t>(CellChange::no_ground)};
  std::vector<StyleCategory> categories;
  for (const CellChangeClass& c : cell_change_classes()) {
    const std::string value = std::to_string(static_cast<int>(c.change));
    tags["CHANGE_" + value] = std::string(c.id);
    classes.palette.push_back(c.colour);
    categories.push_back({value, std::string(c.id), c.colour});
  }
  const std::string name = change_map_name(after.letter);
  write_cog(staged.file(name + ".tif"), classes, crs, tags);
  write_file_atomically(staged.file(name + ".qml"), paletted_raster_qml(categories));
}

}  // namespace

std::string change_map_name(const std::string& letter) {
  return "coverage_change_" + lower(letter);
}

std::string difference_map_name(const std::string& letter) {
  return "rsrp_difference_" + lower(letter) + "_db";
}

const std::array<CellChangeClass, 4>& cell_change_classes() noexcept {
  static constexpr std::array<CellChangeClass, 4> kClasses = {{{CellChange::neither, "neither", {236, 236, 232}},
                                                               {CellChange::kept, "kept", {164, 203, 192}},
                                                               {CellChange::won, "won", {0, 114, 178}},
                                                               {CellChange::lost, "lost", {230, 120, 30}}}};
  return kClasses;
}

void check_comparison_folder(const fs::path& folder) {
  check_own_folder(folder, {kJsonName, "\"amaneku-compare-", "comparison"});
}

void write_comparison(const fs::path& folder, const PlanComparison& comparison, Language language) {
  StagedFolder staged(folder, kPatience_s);
  const auto put = [&](const std::string& name, const std::string& bytes) {
    write_file_atomically(staged.file(name), bytes);
  };
  staged.attempt([&] {
    for (const PlanChange& change : comparison.changes) {
      if (change.map) write_maps(staged, comparison, change);
    }
    put(kPageName, comparison_html(comparison, language));
    put(kJsonName, comparison_json(comparison));
  });
  staged.publish(names_of_comparison());
}

std::string written_text(const fs::path& folder, Language language) {
  return "\n" + fill(compared::kWrittenTo.in(language), {(folder / kPageName).string()}) + "\n";
}

}  // namespace amaneku::scenarios
