#include "scenarios/studies/selection/selection_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>

#include "scenarios/catalogue/costs_words.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/studies/selection/phrases.hpp"
#include "scenarios/studies/studies.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

constexpr double kReachShare = 0.6;    // of the time, about
constexpr std::size_t kMostTold = 40;  ///< the report and selection_sites.csv have all

/// Hops between any two of all sites, existing or not, and the exchanges.
std::vector<HopOffer> hops_of_all(const PlanInput& input, const BackhaulStudy& backhaul) {
  std::vector<HopOffer> out;
  if (!backhaul.hop_ask) return out;
  Network all = input.network;
  for (Site& site : all.sites) site.existing = true;
  HopOptions options = backhaul.hop_ask->options;
  options.threads = input.engine.coverage.threads;
  for (const Hop& hop : hop_offers(input.world, all, backhaul.options->exchanges, options).hops)
    out.push_back(hop.offer);
  return out;
}

/// From `begin` to `end` of it.
Progress part_of(const Progress& progress, double begin, double end) {
  return [progress, begin, end](double done) {
    if (progress) progress(begin + (end - begin) * done);
  };
}

std::string whole(double number) {
  return figure(number);
}

std::string sharing_word(SharingLevel level) {
  return kSharingWords[static_cast<std::size_t>(level)];
}

std::string whole(std::int64_t number) {
  return figure(static_cast<double>(number));
}

std::string percent(double share) {
  return fmt::format("{:.2f} %", 100.0 * share);
}

/// A choice within other budgets might be: what is wrong is no fault of the level alone.
bool is_of_limits(const InputError& error) {
  const std::vector<Fault>& faults = error.faults();
  return std::all_of(faults.begin(), faults.end(), [](const Fault& fault) {
    return fault.key.starts_with("budget") || fault.key.starts_with("years.") || fault.key == "sites_at_most" ||
           fault.key == "objective";
  });
}

/// As summary.json has it.
std::string objective_word(const SelectionOptions& options) {
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

/// Empty of a place: it has no share.
std::string need_text(const NeedReached& need, Language language) {
  const std::string share = need.whole > 0.0 ? percent(need.reached / need.whole) : std::string("-");
  switch (need.kind) {
    case SelectionNeed::Kind::population:
      return fill(phrases::kTellPeople.in(language), {share});
    case SelectionNeed::Kind::municipality:
      return fill(phrases::kTellPeopleOf.in(language), {need.name, share});
    case SelectionNeed::Kind::road:
      return fmt::format("{} {}", road_name(road_rank(need.id)).in(language), share);
    case SelectionNeed::Kind::place:
      return {};
  }
  return {};
}

std::string amount_text(const SelectionOptions& options, std::int64_t amount, Language language) {
  return options.objective == SelectionObjective::sites ? whole(amount)
                                                        : fill(phrases::kTellYen.in(language), {whole(amount)});
}

std::string outcome_text(const SelectionOptions& options, const SelectionReport& report, Language language) {
  const std::string gap = fmt::format("{:.2f}", report.gap_percent(options));
  if (options.most_people)
    return fill((report.optimal ? phrases::kTellMostBest : phrases::kTellMost).in(language),
                {whole(report.chosen_people()), whole(report.people_bound), gap, whole(report.amounts.capex_jpy)});
  return fill((report.optimal ? phrases::kTellLeastBest : phrases::kTellLeast).in(language),
              {selection_objective(options, language), amount_text(options, report.objective, language),
               amount_text(options, report.lower_bound, language), gap});
}

std::string year_line(const SelectionReport& report, const YearReached& year, Language language) {
  return fill(phrases::kTellYear.in(language),
              {std::to_string(year.year), std::to_string(year.sites.size()), whole(year.amounts.capex_jpy),
               percent(year.reached.front() / report.needs.front().whole)});
}

std::string shared_line(const SelectionOptions& options, const SharedChoice& one, bool chosen, Language language) {
  const std::string level(phrases::kSharingLevels[static_cast<std::size_t>(one.level)].in(language));
  if (!one.allowed) return fill(phrases::kTellSharedNone.in(language), {level});
  return fill((chosen ? phrases::kTellSharedChosen : phrases::kTellShared).in(language),
              {level, amount_text(options, one.objective, language), std::to_string(one.sites),
               whole(one.amounts.capex_jpy)});
}

std::string tuned_line(const TunedAntennas& tuned, Language language) {
  return fill(phrases::kTellTuned.in(language),
              {std::to_string(tuned.turns.size()), std::to_string(tuned.antennas),
               percent(tuned.served_after / tuned.people), percent(tuned.served_before / tuned.people)});
}

/// What it costs, whom it reaches, what would be without it.
std::string chosen_line(const SelectionOptions& options, const ChosenSite& one, const std::vector<Site>& sites,
                        Language language) {
  std::string without(phrases::kNeeded.in(language));
  if (one.replaceable && options.most_people) {
    without = fill(phrases::kFewerPeople.in(language), {whole(one.people_saved)});
  } else if (one.replaceable) {
    without = fill(
        (options.objective == SelectionObjective::sites ? phrases::kMoreSites : phrases::kDearer).in(language),
        {whole(one.saved)});
  }
  return fill(phrases::kTellChosen.in(language),
              {fmt::format("{:<16}", sites[one.site].id), whole(one.amounts.capex_jpy), whole(one.people),
               whole(one.people_alone), without}) +
         (one.runner_up ? fill(phrases::kTellInstead.in(language), {sites[*one.runner_up].id}) : std::string());
}

}  // namespace

std::string selection_objective(const SelectionOptions& options, Language language) {
  constexpr std::array<const Phrase*, kPayerCount> kBurdens = {
      &phrases::kBurdenNation, &phrases::kBurdenPrefecture, &phrases::kBurdenMunicipality,
      &phrases::kBurdenOperator, &phrases::kBurdenOperator};
  switch (options.objective) {
    case SelectionObjective::total:
      return std::string(phrases::kObjectiveTotal.in(language));
    case SelectionObjective::payer:
      return std::string(kBurdens[index_of(options.payer)]->in(language));
    case SelectionObjective::sites:
      return std::string(phrases::kObjectiveSites.in(language));
  }
  return {};
}

std::string SelectionStudy::plan_text(Language language) const {
  const std::string aim =
      options->most_people ? std::string(phrases::kTellAimMost.in(language))
                           : fill(phrases::kTellAimLeast.in(language), {selection_objective(*options, language)});
  return aim + std::string((options->keep ? phrases::kTellStay : phrases::kTellMayGo).in(language));
}

/// The level whose best choice is the best of all. What holds for the choice holds for all levels: a bound is the
/// least of theirs, and nothing is proved where a level has no answer.
void SelectionStudy::choose_sharing(
    const MoneyInput& as_given,
    const std::function<SelectionReport(const MoneyInput*, std::vector<Warning>&, const Progress&)>& choice,
    const Progress& progress) {
  std::vector<SharedChoice> tried;
  std::optional<InputError> last;
  std::int64_t bound = std::numeric_limits<std::int64_t>::max();
  double people_bound = 0.0;
  bool all_proved = true;
  const auto count = static_cast<double>(options->sharing.size());
  for (const SharingLevel level : options->sharing) {
    MoneyInput money = as_given;
    money.terms.sharing.level = level;
    std::vector<Warning> told;
    const auto k = static_cast<double>(tried.size());
    SharedChoice one{.level = level};
    try {
      SelectionReport found = choice(&money, told, part_of(progress, k / count, (k + 1.0) / count));
      one = {.level = level,
             .allowed = true,
             .sites = found.chosen.size(),
             .people = found.needs.front().reached,
             .objective = found.objective,
             .lower_bound = found.lower_bound,
             .amounts = found.amounts};
      bound = std::min(bound, found.lower_bound);
      people_bound = std::max(people_bound, found.people_bound);
      all_proved = all_proved && found.optimal;
      const bool better =
          !report || (options->most_people ? one.people > report->needs.front().reached ||
                                                 (one.people == report->needs.front().reached &&
                                                  one.amounts.capex_jpy < report->amounts.capex_jpy)
                                           : one.objective < report->objective);
      if (better) {
        report = std::move(found);
        report->sharing = level;
      }
      if (tried.empty() || warnings.empty()) warnings.insert(warnings.end(), told.begin(), told.end());
    } catch (const InputError& error) {
      if (!is_of_limits(error)) throw;
      last = error;
      all_proved = false;
    }
    tried.push_back(one);
  }
  if (!report) throw InputError(*last);
  report->shared = std::move(tried);
  report->lower_bound = options->most_people ? report->lower_bound : bound;
  report->people_bound = people_bound;
  report->optimal = all_proved;
}

InputError SelectionStudy::located(const InputError& error) const {
  std::vector<Fault> faults = error.faults();
  for (Fault& fault : faults) {
    const auto found = where.find(fault.key);
    if (found == where.end() || !fault.file.empty()) continue;
    fault.message = found->second.message + fault.message;
    fault.file = found->second.file;
    fault.line = found->second.line;
    fault.column = found->second.column;
    if (fault.value.empty()) fault.value = found->second.value;
  }
  return InputError(std::move(faults));
}

void SelectionStudy::choose(const PlanInput& input, const Studies& studies, const Progress& progress) {
  const CostsStudy& costs = studies.get<CostsStudy>();
  const std::vector<NamedPlace>& places = studies.get<PlacesStudy>().places;
  try {
    const SelectionReach reach = selection_reach({.world = input.world,
                                                  .network = input.network,
                                                  .engine = input.engine,
                                                  .statistics = input.statistics,
                                                  .places = places},
                                                 *options, warnings, part_of(progress, 0.0, kReachShare));
    const auto chosen = [&](const MoneyInput* money, std::vector<Warning>& told, const Progress& done) {
      const BackhaulStudy& backhaul = studies.get<BackhaulStudy>();
      SelectionInput from{.world = input.world,
                          .network = input.network,
                          .engine = input.engine,
                          .statistics = input.statistics,
                          .places = places,
                          .money = money};
      std::optional<BackhaulOptions> lines;
      if (backhaul.asked() && money != nullptr) {
        lines = backhaul.priced(*money, places, input.world.grid());
        from.backhaul = &*lines;
        from.hops = hops_of_all(input, backhaul);
      }
      return choose_sites(from, *options, reach, told, done);
    };
    if (options->sharing.empty()) {
      report = chosen(costs.asked() ? &*costs.money : nullptr, warnings, part_of(progress, kReachShare, 1.0));
    } else {
      choose_sharing(*costs.money, chosen, part_of(progress, kReachShare, 1.0));
    }
  } catch (const InputError& error) {
    throw located(error);
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

void SelectionStudy::apply(Network& network, Studies& studies) {
  std::vector<bool> planned;
  for (const Site& site : network.sites) planned.push_back(site.existing && options->keep);
  for (const ChosenSite& one : report->chosen) {
    planned[one.site] = true;
    for (Sector& sector : network.sites[one.site].sectors) {
      if (one.year > 0) sector.fiscal_year = one.year;
    }
  }
  for (std::size_t i = 0; i < planned.size(); ++i) network.sites[i].existing = planned[i];
  if (report->sharing) {
    studies.get<CostsStudy>().money->terms.sharing.level = *report->sharing;
    apply_setting(sources.root, "costs.sharing", sharing_word(*report->sharing));
  }
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
  out["objective"] = objective_word(*options);
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
  if (report->sharing) out["sharing"] = sharing_word(*report->sharing);
  if (report->tuned) {
    const TunedAntennas& tuned = *report->tuned;
    out["tuned"] = {{"antennas", tuned.antennas},
                    {"turned", tuned.turns.size()},
                    {"given_up", tuned.given_up},
                    {"people_in_plan", tuned.people},
                    {"people_served_before", tuned.served_before},
                    {"people_served", tuned.served_after},
                    {"people_covered_before", tuned.covered_before},
                    {"people_covered", tuned.covered_after}};
  }
  if (report->years.empty()) return;
  out["person_years"] = report->person_years;
  if (!report->tuned) out["person_years_bound"] = report->person_years_bound;
}

std::string SelectionStudy::closing(Language language, const PlanInput& input) const {
  const Phrase& head = applied ? phrases::kTellChosenOf : phrases::kTellChosenOnly;
  std::string out =
      '\n' +
      fill(head.in(language), {std::to_string(report->chosen.size()), std::to_string(report->candidates.size())}) +
      "\n  " + outcome_text(*options, *report, language) + '\n';
  for (const NeedReached& need : report->needs) {
    const std::string text = need_text(need, language);
    if (!text.empty()) out += "  " + text + '\n';
  }
  for (const SharedChoice& one : report->shared)
    out += "  " + shared_line(*options, one, one.level == report->sharing, language) + '\n';
  if (report->tuned) out += "  " + tuned_line(*report->tuned, language) + '\n';
  for (const YearReached& year : report->years) out += "  " + year_line(*report, year, language) + '\n';
  for (std::size_t i = 0; i < std::min(report->chosen.size(), kMostTold); ++i)
    out += "  " + chosen_line(*options, report->chosen[i], input.network.sites, language) + '\n';
  if (report->chosen.size() > kMostTold)
    out +=
        "  " + fill(phrases::kTellMore.in(language), {std::to_string(report->chosen.size() - kMostTold)}) + '\n';
  return out;
}

void SelectionStudy::write_files(const StudyFiles& files) const {
  if (!applied) return;
  std::set<std::string> existing;
  for (const Site& site : files.input.network.sites) {
    if (site.existing) existing.insert(site.id);
  }
  const std::filesystem::path folder = files.path("scenario.toml").parent_path().parent_path();
  SiteChanges changes;
  for (const ChosenSite& one : report->chosen) {
    const Site& site = files.input.network.sites[one.site];
    for (std::size_t i = 0; one.year > 0 && i < site.sectors.size(); ++i)
      changes.of_sectors[{site.id, i}]["year"] = one.year;
  }
  if (report->tuned) {
    for (const AntennaTurn& turn : report->tuned->turns) {
      for (const std::size_t i : turn.sectors) {
        std::map<std::string, double>& keys = changes.of_sectors[{files.input.network.sites[turn.site].id, i}];
        keys["azimuth_deg"] = turn.to.azimuth_deg;
        keys["electrical_downtilt_deg"] = turn.to.electrical_downtilt_deg;
      }
    }
  }
  const WrittenScenario written = written_scenario(sources, existing, folder, changes);
  write_file_atomically(files.path("scenario.toml"), written.scenario_toml);
  if (!written.sites_csv.empty()) write_file_atomically(files.path("sites.csv"), written.sites_csv);
  for (const auto& [name, from] : written.copies) {
    std::error_code error;
    std::filesystem::copy_file(from, files.path(name), error);
    if (error) throw InputError(Fault{.message = "cannot be copied: " + error.message(), .file = from.string()});
  }
}

}  // namespace amaneku::scenarios
