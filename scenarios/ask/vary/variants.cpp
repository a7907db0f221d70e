#include "scenarios/ask/vary/variants.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "scenarios/ask/vary/vary_phrases.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/output/output_folder.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/names.hpp"
#include "scenarios/studies/studies.hpp"
#include "terrain/files/atomic_file.hpp"

namespace amaneku::scenarios {
namespace {

constexpr const char* kPage = "variants.html";
constexpr const char* kList = "variants.csv";
constexpr const char* kFirstColumn = "variant_kind";
constexpr std::size_t kMostVariants = 200;

[[noreturn]] void refuse(const char* option, const std::string& written, std::string message, std::string legal) {
  throw InputError(
      Fault{.message = std::move(message), .key = option, .value = written, .legal = std::move(legal)});
}

/// The values between commas that stand in no brackets and no quotes.
std::vector<std::string> values_of(std::string_view text) {
  std::vector<std::string> out(1);
  int depth = 0;
  char quote = '\0';
  bool escaped = false;
  for (const char c : text) {
    if (quote != '\0') {
      if (c == quote && !escaped) quote = '\0';
      escaped = c == '\\' && quote == '"' && !escaped;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      out.emplace_back();
      continue;
    }
    out.back() += c;
  }
  return out;
}

struct Written {
  std::string what;
  std::vector<std::string> values;
};

Written parted(const char* option, const std::string& written, const char* legal) {
  const std::size_t sign = written.find('=');
  if (sign == std::string::npos || sign == 0) refuse(option, written, "has no values", legal);
  Written out{written.substr(0, sign), values_of(std::string_view(written).substr(sign + 1))};
  for (const std::string& value : out.values) {
    if (value.empty()) refuse(option, written, "has an empty value", legal);
  }
  return out;
}

/// Of a single sector, what a technology sets for its whole site.
bool is_carrier_of_sector(const std::string& key) {
  constexpr std::array<std::string_view, 5> kKeys = {".technology", ".freq_hz", ".bandwidth_hz", ".subcarriers",
                                                     ".power_dbm"};
  return key.starts_with("site.") && key.find('/') != std::string::npos &&
         std::any_of(kKeys.begin(), kKeys.end(), [&](std::string_view end) { return key.ends_with(end); });
}

Settings both(const Settings& of_all, const Variant& variant) {
  Settings out;
  for (const auto& setting : of_all) {
    if (variant.kind != Variant::Kind::technology || !is_carrier_of_sector(setting.first)) out.push_back(setting);
  }
  out.insert(out.end(), variant.settings.begin(), variant.settings.end());
  return out;
}

/// A price times a factor is a list of its own: it would take the scenario's away.
void refuse_two_lists(const Scenario& scenario, const std::vector<Variant>& variants) {
  const std::vector<Warning>& told = scenario.input.warnings;
  const bool multiplied =
      std::any_of(told.begin(), told.end(), [](const Warning& one) { return one.id == "price_multiplied"; });
  const auto price = std::find_if(variants.begin(), variants.end(),
                                  [](const Variant& one) { return one.kind == Variant::Kind::price; });
  if (multiplied && price != variants.end())
    refuse("--price", price->what, "cannot stand beside costs.price_factors of the scenario",
           "--key 'costs.price_factors=[\"ID=1\"],[\"ID=1.2\"]', each list whole");
}

/// The faults of a variant, each with its name.
[[noreturn]] void blame(const InputError& error, const Variant& variant, Language language) {
  std::vector<Fault> faults = error.faults();
  for (Fault& fault : faults) fault.message = variant_name(variant, language) + ": " + fault.message;
  throw InputError(std::move(faults));
}

double largest_gain_dbi(const PlanInput& input) {
  double gain_dbi = -std::numeric_limits<double>::infinity();
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    for (const Sector& sector : site.sectors) gain_dbi = std::max(gain_dbi, max_gain_dbi(sector.antenna));
  }
  return gain_dbi;
}

/// A technology is one carrier: which of several it would stand for nobody knows.
void refuse_several_carriers(const PlanInput& input) {
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    std::set<std::string> seen;
    for (const Sector& sector : site.sectors) {
      if (!seen.insert(sector.id).second)
        refuse("--technology", site.id + "/" + sector.id, "has several carriers, and a technology is one",
               "a scenario with one carrier a sector");
    }
  }
}

Variant technology_variant(const RadioTechnology& technology, const PlanInput& input, double gain_dbi) {
  const CarrierChoice carrier = carrier_choice(technology, gain_dbi);
  Variant out{.kind = Variant::Kind::technology,
              .what = technology.id,
              .carrier = carrier,
              .threshold_dbm = technology.rsrp_min_dbm};
  for (const Site& site : input.network.sites) {
    if (!site.existing) continue;
    const auto set = [&](const char* key, std::string value) {
      out.settings.emplace_back(fmt::format("site.{}.{}", site.id, key), std::move(value));
    };
    set("technology", fmt::format("\"{}\"", technology.id));
    set("freq_hz", fmt::format("{:.0f}", carrier.freq_hz));
    set("bandwidth_hz", fmt::format("{:.0f}", carrier.bandwidth_hz));
    set("power_dbm", fmt::format("{:.1f}", carrier.power_dbm));
  }
  out.settings.emplace_back("coverage.threshold_dbm", fmt::format("{:.1f}", technology.rsrp_min_dbm));
  return out;
}

VariedPlan planned(const VaryOptions& options, const Variant& variant, Variation& variation,
                   std::vector<ComparedPlan>& figures) {
  Scenario scenario = load(options.scenario, {.settings = both(options.settings, variant)}, options.plan);
  scenario.studies.get<LicenceStudy>().options.reset();
  scenario.studies.get<SelectionStudy>().options.reset();
  const Planned plan = run(std::move(scenario), options.plan);
  if (variant.kind == Variant::Kind::base) {
    variation.title = title_of(plan.input.provenance, options.language);
    variation.synthetic = plan.input.provenance.synthetic;
  }
  figures.push_back(compared_plan_of(plan, std::to_string(figures.size())));
  return {variant, plan.result.warnings.size()};
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

}  // namespace

std::vector<Variant> key_variants(const std::string& written) {
  const Written parts = parted("--key", written, "SECTION.KEY=VALUE,VALUE");
  std::vector<Variant> out;
  for (const std::string& value : parts.values)
    out.push_back(
        {.kind = Variant::Kind::key, .what = parts.what, .value = value, .settings = {{parts.what, value}}});
  return out;
}

std::vector<Variant> price_variants(const std::string& written) {
  constexpr const char* kLegal = "ID=0.8,1.2";
  const Written parts = parted("--price", written, kLegal);
  std::vector<Variant> out;
  for (const std::string& value : parts.values) {
    double factor = 0.0;
    const auto end = std::from_chars(value.data(), value.data() + value.size(), factor);
    if (end.ec != std::errc() || end.ptr != value.data() + value.size() || !(factor >= 0.0))
      refuse("--price", written, "has a factor that is no number", kLegal);
    out.push_back({.kind = Variant::Kind::price,
                   .what = parts.what,
                   .value = value,
                   .settings = {{"costs.price_factors", fmt::format("[\"{}={}\"]", parts.what, value)}}});
  }
  return out;
}

std::vector<Variant> technology_variants(const std::vector<std::string>& ids, const Scenario& scenario) {
  const RadioCatalogue& catalogue = scenario.radio;
  const PlanInput& input = scenario.input;
  const double gain_dbi = largest_gain_dbi(input);
  if (!std::isfinite(gain_dbi))
    refuse("--technology", ids.empty() ? "" : ids.front(), "needs a site that is planned on", "");
  refuse_several_carriers(input);
  std::vector<Variant> out;
  for (const std::string& id : ids) {
    if (id == "all") {
      for (const RadioTechnology& technology : catalogue.technologies)
        out.push_back(technology_variant(technology, input, gain_dbi));
    } else {
      out.push_back(technology_variant(technology_of(catalogue, id), input, gain_dbi));
    }
  }
  return out;
}

Variation vary(const VaryOptions& options, const std::vector<Variant>& variants) {
  std::vector<Variant> all = {Variant{}};
  all.insert(all.end(), variants.begin(), variants.end());
  if (all.size() < 2)
    throw InputError(Fault{.message = "nothing is to vary", .legal = "--technology, --key or --price"});
  if (all.size() > kMostVariants)
    throw InputError(Fault{.message = fmt::format("{} variants are too many", all.size() - 1),
                           .legal = fmt::format("{} at most", kMostVariants - 1)});
  for (const Variant& variant : all) {
    try {
      const Scenario headers =
          load(options.scenario, {.settings = both(options.settings, variant), .check_only = true});
      if (variant.kind == Variant::Kind::base) refuse_two_lists(headers, variants);
    } catch (const InputError& error) {
      if (variant.kind == Variant::Kind::base) throw;
      blame(error, variant, options.language);
    }
  }
  Variation out;
  std::vector<ComparedPlan> figures;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (options.on_variant) options.on_variant(i, all.size(), all[i]);
    try {
      out.plans.push_back(planned(options, all[i], out, figures));
    } catch (const InputError& error) {
      if (all[i].kind == Variant::Kind::base) throw;
      blame(error, all[i], options.language);
    }
  }
  out.figures = figures_of(figures);
  return out;
}

std::string variant_name(const Variant& variant, Language language) {
  const auto said = [&](const Phrase& phrase, std::initializer_list<std::string_view> values) {
    return fill(phrase.in(language), values);
  };
  switch (variant.kind) {
    case Variant::Kind::base:
      return std::string(varied::kBase.in(language));
    case Variant::Kind::technology:
      return technology_name(variant.what, language);
    case Variant::Kind::key:
      return variant.what + " = " + variant.value;
    case Variant::Kind::price:
      return said(varied::kPrice, {variant.what, variant.value});
  }
  return {};
}

std::string carrier_text(const Variant& variant, Language language) {
  if (!variant.carrier) return {};
  constexpr double kMega = 1e-6;
  return fill(
      varied::kCarrier.in(language),
      {figure(kMega * variant.carrier->freq_hz), fmt::format("{:g}", kMega * variant.carrier->bandwidth_hz),
       fmt::format("{:g}", variant.carrier->power_dbm), figure(variant.threshold_dbm)});
}

std::vector<Swing> swings(const Variation& variation, const ComparedFigure& figure) {
  std::vector<Swing> out;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < variation.plans.size(); ++i) {
    const Variant& variant = variation.plans[i].variant;
    if (variant.kind != Variant::Kind::key && variant.kind != Variant::Kind::price) continue;
    const double difference = figure.difference(i);
    if (std::isnan(difference)) continue;
    const std::string id = std::to_string(static_cast<int>(variant.kind)) + variant.what;
    const auto found = std::find(known.begin(), known.end(), id);
    if (found == known.end()) {
      known.push_back(id);
      out.push_back({variant.what, difference, difference});
    } else {
      Swing& swing = out[static_cast<std::size_t>(found - known.begin())];
      swing.low = std::min(swing.low, difference);
      swing.high = std::max(swing.high, difference);
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Swing& a, const Swing& b) { return a.width() > b.width(); });
  return out;
}

std::string variation_csv(const Variation& variation) {
  constexpr std::array<const char*, 4> kKinds = {"scenario", "technology", "key", "price"};
  std::string out =
      std::string(kFirstColumn) + ",what,value,freq_hz,bandwidth_hz,power_dbm,threshold_dbm,warnings";
  for (const ComparedFigure& figure : variation.figures)
    out += "," + csv_cell(figure.part.empty() ? figure.key : figure.key + " " + figure.part);
  out += '\n';
  for (std::size_t i = 0; i < variation.plans.size(); ++i) {
    const VariedPlan& plan = variation.plans[i];
    const auto& carrier = plan.variant.carrier;
    const std::string of_carrier = carrier ? fmt::format("{},{},{},{}", carrier->freq_hz, carrier->bandwidth_hz,
                                                         carrier->power_dbm, plan.variant.threshold_dbm)
                                           : std::string(",,,");
    out += fmt::format("{},{},{},{},{}", kKinds[static_cast<std::size_t>(plan.variant.kind)],
                       csv_cell(plan.variant.what), csv_cell(plan.variant.value), of_carrier, plan.warnings);
    for (const ComparedFigure& figure : variation.figures)
      out += std::isnan(figure.values[i]) ? "," : fmt::format(",{}", figure.values[i]);
    out += '\n';
  }
  return out;
}

void check_variation_folder(const std::filesystem::path& folder) {
  check_own_folder(folder, {kList, kFirstColumn, "table of variants"});
}

void write_variation(const std::filesystem::path& folder, const Variation& variation, Language language) {
  StagedFolder staged(folder);
  staged.attempt([&] {
    write_file_atomically(staged.file(kPage), variation_html(variation, language));
    write_file_atomically(staged.file(kList), variation_csv(variation));
  });
  staged.publish({});
}

}  // namespace amaneku::scenarios
