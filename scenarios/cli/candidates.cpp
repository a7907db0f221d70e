#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <limits>
#include <memory>

#include "libsim/parallel.hpp"

#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/interrupt.hpp"
#include "scenarios/cli/languages.hpp"
#include "scenarios/cli/settings.hpp"
#include "scenarios/output/candidates.hpp"
#include "scenarios/output/candidates_phrases.hpp"
#include "scenarios/output/closing_summary.hpp"
#include "terrain/people/focus_zones.hpp"

namespace amaneku::cli {
namespace {

struct CandidatesArguments {
  std::string scenario{};
  std::string folder = "candidates";
  std::string like{};
  std::string prefix = "P";
  std::vector<std::string> exclude{};
  bool anywhere = false;
  ProposalOptions options{};
  SettingArguments changes{};
  scenarios::Language language = scenarios::Language::en;
};

const Site* site_like(const Network& network, const std::string& id) {
  if (id.empty()) return nullptr;
  for (const Site& site : network.sites) {
    if (site.id == id) return &site;
  }
  throw InputError(Fault{.message = "is no site of the scenario", .key = "--like", .value = id});
}

void propose(CandidatesArguments& arguments) {
  namespace phrases = scenarios::phrases;
  const PlanOptions plan_options{.threads = arguments.options.threads,
                                 .on_progress = [](std::string_view, double) { DeferInterrupts::check(); }};
  const scenarios::Scenario scenario =
      scenarios::load(arguments.scenario, {.settings = parsed_settings(arguments.changes)}, plan_options);
  const PlanInput& input = scenario.input;
  const Site* like = site_like(input.network, arguments.like);
  if (like != nullptr && !like->sectors.empty()) arguments.options.mast_m = like->sectors.front().tx_agl_m;
  const Crs crs = Crs::from_text(input.world.crs_id);
  for (const std::string& file : arguments.exclude) {
    for (FocusZone& zone : read_focus_zones({{.path = file}}, crs).zones)
      arguments.options.excluded.push_back(std::move(zone.area));
  }
  if (arguments.anywhere) arguments.options.road_within_m = std::numeric_limits<double>::infinity();
  const PlanResult result = plan(input, plan_options);
  std::vector<bool> covered;
  for (const float rsrp_dbm : result.maps.rsrp_dbm.values)
    covered.push_back(static_cast<double>(rsrp_dbm) >= input.statistics.threshold_dbm);
  const Proposal proposal = proposed_sites(input.world, covered, arguments.options);
  {
    const DeferInterrupts deferred;
    scenarios::write_candidates(arguments.folder, proposal, crs,
                                {.prefix = arguments.prefix, .like = like, .mast_m = arguments.options.mast_m});
  }
  const auto said = [&](const scenarios::Phrase& phrase, std::initializer_list<std::string_view> values) {
    fmt::print("{}\n", scenarios::fill(phrase.in(arguments.language), values));
  };
  const auto count = [](std::size_t number) { return scenarios::grouped(static_cast<double>(number)); };
  said(phrases::kProposed, {count(proposal.sites.size()), count(proposal.sight.observers)});
  said(phrases::kLeftOut, {count(proposal.too_steep), count(proposal.too_far), count(proposal.excluded)});
  if (proposal.squares_left_out > 0) said(phrases::kSquaresLeftOut, {count(proposal.squares_left_out)});
  said(phrases::kListAt, {arguments.folder + "/candidates.csv"});
}

void add_options(CLI::App& command, CandidatesArguments& arguments) {
  ProposalOptions& options = arguments.options;
  command.add_option("SCENARIO", arguments.scenario, "scenario.toml, or the folder that holds it")->required();
  command.add_option("-o,--output", arguments.folder, "Folder of the list: new, empty or of an earlier list")
      ->type_name("DIR")
      ->capture_default_str();
  command.add_option("--spacing", options.spacing_m, "m: one candidate in each square of this side")
      ->check(CLI::Range(10.0, 1e6))
      ->capture_default_str();
  command.add_option("--count", options.most, "Candidates at most: those that see most")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}))
      ->capture_default_str();
  command.add_option("--mast", options.mast_m, "m: height above ground")
      ->check(CLI::Range(0.0, 1000.0))
      ->capture_default_str();
  command.add_option("--radius", options.radius_m, "m: people and roads count within")
      ->check(CLI::Range(100.0, 100'000.0))
      ->capture_default_str();
  command.add_option("--slope", options.slope_at_most_deg, "Degrees at most")
      ->check(CLI::Range(0.0, 90.0))
      ->capture_default_str();
  command.add_option("--road-within", options.road_within_m, "m: a road is as near")
      ->check(CLI::Range(0.0, 100'000.0))
      ->capture_default_str();
  command.add_option("--class", options.road_class, "Only roads of this class count")->type_name("CLASS");
  command.add_flag("--anywhere", arguments.anywhere, "However far the next road is");
  command.add_option("--people-per-km", options.people_per_km, "People that a kilometre of road counts for")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command.add_option("--exclude", arguments.exclude, "Polygons in which no mast may stand")->type_name("FILE");
  command.add_option("--like", arguments.like, "Sectors and height as those of this site")->type_name("SITE");
  command.add_option("--prefix", arguments.prefix, "Of the ids: P001, P002 ...")
      ->check(CLI::Validator(
          [](const std::string& text) {
            return text.find_first_of(",\"\r\n=+-@") == std::string::npos ? "" : "no comma, quote or sign";
          },
          "TEXT"))
      ->capture_default_str();
  command.add_option("--threads", options.threads, "0: all cores; the result does not depend on it")
      ->type_name("N")
      ->check(CLI::Range(0, kMostThreads));
  add_setting_options(command, arguments.changes);
  command.add_option("--lang", arguments.language, "Language of what is said")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
}

}  // namespace

void add_candidates(CLI::App& app) {
  auto arguments = std::make_shared<CandidatesArguments>();
  CLI::App* command = app.add_subcommand(
      "candidates", "Propose candidate sites: places that see most of the people and roads not covered yet");
  add_options(*command, *arguments);
  command->callback([arguments] {
    watch_interrupts();
    {
      const DeferInterrupts deferred;
      scenarios::check_candidates_folder(arguments->folder);
    }
    DeferInterrupts::check();
    propose(*arguments);
  });
}

}  // namespace amaneku::cli
