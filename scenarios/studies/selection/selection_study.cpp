#include "scenarios/studies/selection/selection_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/report/html.hpp"
#include "scenarios/studies/studies.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

/// Hops between any two of all sites, existing or not, and the exchanges.
std::vector<HopOffer> hops_of_all(const PlanInput& input, const BackhaulStudy& backhaul) {
  std::vector<HopOffer> out;
  if (!backhaul.hop_ask) return out;
  Network all = input.network;
  for (Site& site : all.sites) site.existing = true;
  HopOptions options = backhaul.hop_ask->options;
  options.threads = input.engine.coverage.threads;
  for (Hop& hop : hop_offers(input.world, all, backhaul.options->exchanges, options).hops)
    out.push_back(std::move(hop.offer));
  return out;
}

std::string yen_text(std::int64_t amount_jpy) {
  return figure(static_cast<double>(amount_jpy));
}

std::string objective_text(const SelectionOptions& options) {
  switch (options.objective) {
    case SelectionObjective::total:
      return "present value";
    case SelectionObjective::payer:
      return fmt::format("burden of {}", kPayerWords[index_of(options.payer)]);
    case SelectionObjective::sites:
      return "sites";
  }
  return {};
}

std::string unit_text(const SelectionOptions& options) {
  return options.objective == SelectionObjective::sites ? "sites" : "JPY";
}

std::string need_text(const NeedReached& need) {
  const std::string share =
      need.whole > 0.0 ? fmt::format("{:.2f} %", 100.0 * need.reached / need.whole) : std::string("-");
  switch (need.kind) {
    case SelectionNeed::Kind::population:
      return fmt::format("people {}", share);
    case SelectionNeed::Kind::municipality:
      return fmt::format("people of {} {}", need.name, share);
    case SelectionNeed::Kind::road:
      return fmt::format("{} {}", need.id, share);
    case SelectionNeed::Kind::place:
      return {};
  }
  return {};
}

}  // namespace

std::string SelectionStudy::plan_text() const {
  return fmt::format("{}, {}",
                     options->most_people ? "most people within the budget" : "least " + objective_text(*options),
                     options->keep ? "existing sites stay" : "existing sites may go");
}

void SelectionStudy::choose(const PlanInput& input, const Studies& studies, const Progress& progress) {
  const CostsStudy& costs = studies.get<CostsStudy>();
  const BackhaulStudy& backhaul = studies.get<BackhaulStudy>();
  const std::vector<NamedPlace>& places = studies.get<PlacesStudy>().places;
  SelectionInput from{.world = input.world,
                      .network = input.network,
                      .engine = input.engine,
                      .statistics = input.statistics,
                      .places = places,
                      .money = costs.asked() ? &*costs.money : nullptr};
  std::optional<BackhaulOptions> lines;
  if (backhaul.asked() && costs.asked()) {
    lines = backhaul.priced(*costs.money, places, input.world.grid());
    from.backhaul = &*lines;
    from.hops = hops_of_all(input, backhaul);
  }
  try {
    report = choose_sites(from, *options, warnings, progress);
  } catch (const InputError& error) {
    std::vector<Fault> faults = error.faults();
    for (Fault& fault : faults) {
      const auto found = where.find(fault.key);
      if (found == where.end() || !fault.file.empty()) continue;
      fault.file = found->second.file;
      fault.line = found->second.line;
      fault.column = found->second.column;
      if (fault.value.empty()) fault.value = found->second.value;
    }
    throw InputError(std::move(faults));
  }
  const bool has_rates =
      options->every_place && std::any_of(places.begin(), places.end(), [](const NamedPlace& place) {
        return place.need.dl_mbps > 0.0 || place.need.ul_mbps > 0.0;
      });
  if (has_rates)
    warnings.push_back({"selection_rates_not_held",
                        "places that ask for rates: the selection holds their level, the plan tells their rates",
                        1});
}

void SelectionStudy::apply(Network& network) {
  std::vector<bool> planned;
  for (const Site& site : network.sites) planned.push_back(site.existing && options->keep);
  for (const ChosenSite& one : report->chosen) planned[one.site] = true;
  for (std::size_t i = 0; i < planned.size(); ++i) network.sites[i].existing = planned[i];
  applied = true;
}

void SelectionStudy::run(const StudyInput& plan, const Studies& earlier) {
  if (!report) choose(plan.input, earlier);
  plan.warnings.insert(plan.warnings.end(), warnings.begin(), warnings.end());
}

void SelectionStudy::summarize(nlohmann::ordered_json& summary, const PlanInput& /*input*/,
                               const PlanResult& /*result*/) const {
  nlohmann::ordered_json& out = summary["selection"];
  const bool money = options->objective != SelectionObjective::sites;
  out["objective"] = objective_text(*options);
  out["most_people"] = options->most_people;
  out["planned"] = applied;
  out["sites"] = report->chosen.size();
  out["candidates"] = report->candidates.size();
  out["cost_jpy"] = money ? nlohmann::ordered_json(report->objective) : nlohmann::ordered_json(nullptr);
  out["lower_bound_jpy"] = money && !options->most_people ? nlohmann::ordered_json(report->lower_bound)
                                                          : nlohmann::ordered_json(nullptr);
  if (options->most_people) out["people_bound"] = report->people_bound;
  if (!money && !options->most_people) out["sites_bound"] = report->lower_bound;
  out["gap_percent"] = report->gap_percent(*options);
  out["optimal"] = report->optimal;
  out["cost_without_jpy"] =
      money ? nlohmann::ordered_json(report->before.objective) : nlohmann::ordered_json(nullptr);
  out["capex_jpy"] = report->amounts.capex_jpy;
  out["present_value_jpy"] = report->amounts.present_jpy;
  out["layouts"] = report->laid_out;
}

std::string SelectionStudy::closing() const {
  std::string out = fmt::format("\nSelection: {} of {} candidates chosen{}\n", report->chosen.size(),
                                report->candidates.size(), applied ? "" : " (amaneku select plans them)");
  if (options->most_people) {
    out += fmt::format("  {} people, at most {} in any choice (gap {:.2f} %); {} JPY to buy\n",
                       figure(report->needs.front().reached), figure(report->people_bound),
                       report->gap_percent(*options), yen_text(report->amounts.capex_jpy));
  } else {
    out += fmt::format("  {} {} {}, at least {} in any choice (gap {:.2f} %{})\n", objective_text(*options),
                       yen_text(report->objective), unit_text(*options), yen_text(report->lower_bound),
                       report->gap_percent(*options), report->optimal ? ", proved best" : "");
  }
  for (const NeedReached& need : report->needs) {
    const std::string text = need_text(need);
    if (!text.empty()) out += "  " + text + "\n";
  }
  return out;
}

void SelectionStudy::write_files(const StudyFiles& files) const {
  if (!applied) return;
  std::set<std::string> existing;
  for (const Site& site : files.input.network.sites) {
    if (site.existing) existing.insert(site.id);
  }
  const std::filesystem::path folder = files.path("scenario.toml").parent_path().parent_path();
  const WrittenScenario written = written_scenario(sources, existing, folder);
  write_file_atomically(files.path("scenario.toml"), written.scenario_toml);
  if (!written.sites_csv.empty()) write_file_atomically(files.path("sites.csv"), written.sites_csv);
  for (const auto& [name, from] : written.copies) {
    std::error_code error;
    std::filesystem::copy_file(from, files.path(name), error);
    if (error) throw InputError(Fault{.message = "cannot be copied: " + error.message(), .file = from.string()});
  }
}

}  // namespace amaneku::scenarios
