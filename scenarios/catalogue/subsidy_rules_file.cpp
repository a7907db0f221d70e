#include "scenarios/catalogue/subsidy_rules_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>

#include "libsim/entry_of.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxRulesBytes = 4 << 20;
constexpr const char* kAnywhere = "any";
/// Bits of SubsidyWord::includes_self and SubsidyCase::areas.
constexpr std::size_t kMaxApplicants = 64;
constexpr std::size_t kMaxAreas = 32;

[[noreturn]] void refuse(const std::string& key, const std::string& message, const std::string& legal = {}) {
  throw InputError(Fault{.message = message, .key = key, .legal = legal});
}

/// A fraction of a key; faults stand at it.
PrintedFraction fraction(const SectionView& view, const std::string& key) {
  try {
    return printed_fraction(view.text(key));
  } catch (const InputError& error) {
    Fault fault = error.faults().front();
    fault.key = key;
    throw InputError(std::move(fault));
  }
}

/// Everything that the sections of one text add to the rules, in the order in which they need each other.
class RulesReader {
 public:
  RulesReader(const TomlNode& root, std::string file, SubsidyRules base)
      : root_(root), file_(std::move(file)), rules_(std::move(base)) {}

  SubsidyRules read() {
    rules_.national_multiple_jpy =
        section_of(root_, "amounts", file_, subsidy_schema()).given("national_multiple_jpy")
            ? section_of(root_, "amounts", file_, subsidy_schema()).integer("national_multiple_jpy")
            : rules_.national_multiple_jpy;
    each("area", "implies", [&](View view, Id id) { put_word(rules_.areas, area(view, id), kMaxAreas); });
    each("applicant", "is", [&](View view, Id id) { applicant(view, id); });
    each("programme", "areas", [&](View view, Id id) {
      SubsidyWord out = word(view, id);
      out.areas = areas_of(view, 0);
      put_word(rules_.programmes, std::move(out), kMaxRows);
    });
    each("sub_programme", "name",
         [&](View view, Id id) { put_word(rules_.sub_programmes, word(view, id), kMaxRows); });
    each("ambiguity", "number", [&](View view, Id id) { put(rules_.ambiguities, ambiguity(view, id)); });
    each("choice", "chosen", [&](View view, Id id) { choice(view, id); });
    each("modifier", "when", [&](View view, Id id) { put(rules_.modifiers, modifier(view, id)); });
    each("bond", "when", [&](View view, Id id) { put(rules_.bonds, bond(view, id)); });
    each("rule", "when", [&](View view, Id id) { put(rules_.rules, rule(view, id)); });
    each("budget", "kind", [&](View view, Id id) { put(rules_.budgets, budget(view, id)); });
    throw_if_faulty();
    each("rule", "when", [&](View view, Id id) {
      const SubsidyRule& own = entry_of(rules_.rules, id, "rule");
      for (const std::string& weaker : view.texts("overrides")) (void)entry_of(rules_.rules, weaker, "overrides");
      check_one_rule_a_case(own, rules_);
    });
    throw_if_faulty();
    return std::move(rules_);
  }

 private:
  using View = const SectionView&;
  using Id = const std::string&;
  static constexpr std::size_t kMaxRows = 100'000;

  void each(std::string_view section, std::string_view key, const std::function<void(View, Id)>& body) {
    const TomlNode* named = root_.find(section);
    if (named == nullptr) return;
    for (const TomlEntry& entry : *named->table()) {
      const SectionView view(schema_section(section, subsidy_schema()), &entry.node, file_);
      try {
        body(view, entry.key);
      } catch (const InputError& error) {
        for (Fault& fault : placed_faults(error, view, key)) faults_.push_back(std::move(fault));
      }
    }
  }

  void throw_if_faulty() const {
    if (!faults_.empty()) throw InputError(faults_);
  }

  template <class Entry>
  static Entry& put(std::vector<Entry>& entries, Entry entry) {
    const auto same =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& old) { return old.id == entry.id; });
    if (same == entries.end()) return entries.emplace_back(std::move(entry));
    *same = std::move(entry);
    return *same;
  }

  static SubsidyWord& put_word(std::vector<SubsidyWord>& words, SubsidyWord entry, std::size_t most) {
    SubsidyWord& out = put(words, std::move(entry));
    if (words.size() > most) refuse("name", fmt::format("is one more than {}", most));
    return out;
  }

  static SubsidyWord word(View view, Id id) {
    return {.id = id, .name = view.text("name"), .also = view.texts("also")};
  }

  static SubsidyWord area(View view, Id id) {
    SubsidyWord out = word(view, id);
    const std::string fact = view.text("implies");
    if (fact.empty()) return out;
    std::vector<std::string> flags;
    for (const SubsidyFact& known : subsidy_facts()) {
      if (known.kind == FactKind::flag && known.fallback == kUnknown) flags.emplace_back(known.name);
    }
    if (std::find(flags.begin(), flags.end(), fact) == flags.end()) refuse_unknown(fact, "implies", flags);
    out.implied_fact = fact_index(fact);
    return out;
  }

  void applicant(View view, Id id) {
    SubsidyWord out = word(view, id);
    const std::string payer = view.text("payer");
    out.payer = payer == "municipality" ? Payer::municipality
                : payer == "prefecture" ? Payer::prefecture
                                        : Payer::mobile_operator;
    for (const std::string& wider : view.texts("is"))
      out.includes_self |= rules_.applicants[known_word(rules_.applicants, wider, "is")].includes_self;
    SubsidyWord& own = put_word(rules_.applicants, std::move(out), kMaxApplicants);
    own.includes_self |= std::uint64_t{1} << (&own - rules_.applicants.data());
  }

  [[nodiscard]] std::uint32_t areas_of(View view, std::uint32_t fallback) const {
    if (!view.given("areas")) return fallback;
    std::uint32_t bits = 0;
    for (const std::string& area : view.texts("areas"))
      bits |= area == kAnywhere ? 0U : 1U << known_word(rules_.areas, area, "areas");
    return bits;
  }

  SubsidyAmbiguity ambiguity(View view, Id id) {
    return {.id = id,
            .number = static_cast<int>(view.integer("number")),
            .question = view.text("question"),
            .handling = view.text("handling"),
            .chosen = view.text("chosen"),
            .facts = view.texts("facts")};
  }

  void choice(View view, Id id) {
    const auto old = std::find_if(rules_.choices.begin(), rules_.choices.end(),
                                  [&](const SubsidyChoice& known) { return known.id == id; });
    const bool is_new = old == rules_.choices.end();
    SubsidyChoice out = is_new ? SubsidyChoice{.id = id} : *old;
    if (view.given("options")) {
      if (!is_new && view.texts("options") != out.options)
        refuse("options", "are those of the built-in choice", fmt::format("{}", fmt::join(out.options, " | ")));
      out.options = view.texts("options");
    }
    if (view.given("question")) out.question = view.text("question");
    if (view.given("ambiguity")) out.ambiguity = static_cast<int>(view.integer("ambiguity"));
    const auto chosen = std::find(out.options.begin(), out.options.end(), view.text("chosen"));
    if (chosen == out.options.end()) refuse_unknown(view.text("chosen"), "chosen", out.options);
    out.chosen = chosen - out.options.begin();
    put(rules_.choices, std::move(out));
  }

  [[nodiscard]] std::string source_of(View view) const {
    const std::string document = view.text("document");
    std::vector<std::string> known;
    std::string title;
    for (const TomlNode* node : {root_.find("document"), built_in_documents()}) {
      if (node == nullptr || node->table() == nullptr) continue;
      for (const TomlEntry& entry : *node->table()) {
        known.push_back(entry.key);
        if (entry.key == document && title.empty()) title = std::get<std::string>(entry.node.find("title")->value);
      }
    }
    if (title.empty()) refuse_unknown(document, "document", known);
    const std::string place = view.text("place");
    return place.empty() ? title : title + ": " + place;
  }

  [[nodiscard]] static const TomlNode* built_in_documents() {
    static const TomlNode kRoot = parse_toml(built_in_subsidy_text(), "scenarios/catalogue/subsidies.toml");
    return kRoot.find("document");
  }

  [[nodiscard]] SubsidyCondition condition(View view, const std::string& key) const {
    SubsidyCondition out;
    for (const std::string& clause : view.texts(key)) {
      try {
        out.push_back(parse_clause(clause, rules_));
      } catch (const InputError& error) {
        Fault fault = error.faults().front();
        fault.key = key;
        fault.message = fmt::format("in \"{}\": {} {}", clause, fault.value, fault.message);
        throw InputError(std::move(fault));
      }
    }
    return out;
  }

  static RuleStatus status(View view) {
    const std::string word = view.text("status");
    return word == "stated"     ? RuleStatus::stated
           : word == "inferred" ? RuleStatus::inferred
                                : RuleStatus::ambiguous;
  }

  [[nodiscard]] std::vector<int> ambiguities(View view) const {
    std::vector<int> out;
    for (const double number : view.numbers("ambiguities")) out.push_back(static_cast<int>(number));
    for (const int number : out) {
      const auto is_it = [&](const SubsidyAmbiguity& known) { return known.number == number; };
      if (std::none_of(rules_.ambiguities.begin(), rules_.ambiguities.end(), is_it))
        refuse("ambiguities", fmt::format("there is no ambiguity {}", number));
    }
    return out;
  }

  SubsidyModifier modifier(View view, Id id) {
    return {.id = id,
            .add_to_numerator = Rational(fraction(view, "add_to_numerator")),
            .when = condition(view, "when"),
            .status = status(view),
            .ambiguities = ambiguities(view),
            .source = source_of(view)};
  }

  LocalBond bond(View view, Id id) {
    LocalBond out{.id = id,
                  .name = view.text("name"),
                  .fiscal_years = view.texts("fiscal_years"),
                  .except = view.texts("except")};
    for (const std::string& programme : view.texts("programmes"))
      out.programmes.push_back(programme_of(programme, "programmes"));
    if (view.given("charge")) out.charge = Rational(fraction(view, "charge"));
    if (view.given("grant")) out.grant = Rational(fraction(view, "grant"));
    for (const auto* rate : {&out.charge, &out.grant}) {
      if (*rate && **rate > Rational(1, 1))
        refuse(rate == &out.charge ? "charge" : "grant", "is more than all", "\"0\" .. \"1\"");
    }
    for (const std::string& payer : view.texts("payers")) {
      if (payer != "prefecture" && payer != "municipality")
        refuse_unknown(payer, "payers", {"prefecture", "municipality"});
      (payer == "prefecture" ? out.for_prefecture : out.for_municipality) = true;
    }
    out.when = condition(view, "when");
    out.status = status(view);
    out.ambiguities = ambiguities(view);
    out.source = source_of(view);
    return out;
  }

  [[nodiscard]] const std::string& programme_of(const std::string& name, const std::string& key) const {
    return rules_.programmes[known_word(rules_.programmes, name, key)].id;
  }

  static std::string day(View view, const std::string& key) {
    std::string out = view.text(key);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    bool good = out.empty() || out.size() == 10;
    for (std::size_t i = 0; good && i < out.size(); ++i)
      good = i == 4 || i == 7 ? out[i] == '-' : is_digit(out[i]);
    if (!good) refuse(key, "is no day", "\"2026-01-30\"");
    return out;
  }

  SubsidyBudget budget(View view, Id id) {
    SubsidyBudget out{.id = id,
                      .programme = programme_of(view.text("programme"), "programme"),
                      .fiscal_year = view.text("fiscal_year"),
                      .kind = view.text("kind"),
                      .shared = view.flag("shared"),
                      .call_from = day(view, "call_from"),
                      .call_until = day(view, "call_until"),
                      .verified = view.flag("verified"),
                      .source = source_of(view)};
    check_year(out.fiscal_year);
    if (view.given("amount_jpy")) out.amount_jpy = view.integer("amount_jpy");
    if (!out.call_until.empty() && out.call_until < out.call_from) refuse("call_until", "is before call_from");
    return out;
  }

  static void read_shares(SubsidyRule& out, View view) {
    Rational sum;
    std::string parts;
    for (std::size_t i = 0; i < kPayerCount; ++i) {
      const PrintedFraction printed = fraction(view, kPayerWords[i]);
      if (i == static_cast<std::size_t>(Payer::nation)) out.nation_printed = printed;
      out.shares[i] = Rational(printed);
      sum = sum + out.shares[i];
      if (out.shares[i] != Rational())
        parts += fmt::format("{}{} {}", parts.empty() ? "" : " + ", kPayerWords[i], out.shares[i].text());
    }
    if (sum != Rational(1, 1))
      refuse("nation", fmt::format("the shares {} add up to {}, not to 1", parts, sum.text()), "together \"1\"");
  }

  /// Those that the rule names, and those of the facts that it tests.
  void read_ambiguities(SubsidyRule& out, View view) const {
    std::set<int> numbers;
    for (const int number : ambiguities(view)) numbers.insert(number);
    for (const SubsidyAmbiguity& ambiguity : rules_.ambiguities) {
      for (const SubsidyClause& clause : out.when) {
        for (const SubsidyTest& test : clause.any) {
          if (test.subject != TestSubject::fact) continue;
          const char* name = subsidy_facts()[static_cast<std::size_t>(test.index)].name;
          if (std::find(ambiguity.facts.begin(), ambiguity.facts.end(), name) != ambiguity.facts.end())
            numbers.insert(ambiguity.number);
        }
      }
    }
    out.ambiguities.assign(numbers.begin(), numbers.end());
  }

  static void check_year(const std::string& year) {
    const bool era = year.size() >= 2 && (year[0] == 'R' || year[0] == 'H' || year[0] == 'S');
    if (!era || year.find_first_not_of("0123456789", 1) != std::string::npos)
      refuse("fiscal_year", "is no Japanese fiscal year", "\"R7\", \"H29\"");
  }

  void read_limits(SubsidyRule& out, View view) const {
    out.national_cap_jpy = view.integer("national_cap_jpy");
    out.cost_min_jpy = view.integer("cost_min_jpy");
    out.guide_min_jpy = view.integer("guide_min_jpy");
    out.guide_max_jpy = view.integer("guide_max_jpy");
    if (out.guide_max_jpy < out.guide_min_jpy) refuse("guide_max_jpy", "is below guide_min_jpy");
  }

  SubsidyRule rule(View view, Id id) {
    SubsidyRule out{.id = id,
                    .fiscal_year = view.text("fiscal_year"),
                    .basis = view.text("basis"),
                    .source = source_of(view),
                    .note = view.text("note"),
                    .verified = view.flag("verified"),
                    .assets = view.texts("assets"),
                    .overrides = view.texts("overrides"),
                    .modifiers = view.texts("modifiers")};
    check_year(out.fiscal_year);
    const SubsidyWord& programme =
        rules_.programmes[known_word(rules_.programmes, view.text("programme"), "programme")];
    out.programme = programme.id;
    out.sub_programme =
        rules_.sub_programmes[known_word(rules_.sub_programmes, view.text("sub_programme"), "sub_programme")].id;
    const std::string cost = view.text("cost");
    out.cost = cost == "capex"            ? CostKind::capex
               : cost == "lease_10_years" ? CostKind::lease_10_years
                                          : CostKind::operating_deficit;
    for (const std::string& applicant : view.texts("applicants"))
      out.applicants |= std::uint64_t{1} << known_word(rules_.applicants, applicant, "applicants");
    out.areas = areas_of(view, programme.areas);
    out.when = condition(view, "when");
    out.status = status(view);
    out.ambiguous_when = condition(view, "ambiguous_when");
    for (const std::string& modifier : out.modifiers) (void)entry_of(rules_.modifiers, modifier, "modifiers");
    read_shares(out, view);
    read_ambiguities(out, view);
    read_limits(out, view);
    return out;
  }

  const TomlNode& root_;
  std::string file_;
  SubsidyRules rules_;
  std::vector<Fault> faults_;
};

/// A share that is a number instead of a text is the likeliest slip: say how to write it.
void explain_fractions(std::vector<Fault>& faults) {
  static const std::set<std::string> kFractions = {"rule.nation",   "rule.prefecture", "rule.municipality",
                                                   "rule.operator", "rule.applicant",  "modifier.add_to_numerator",
                                                   "bond.charge",   "bond.grant"};
  for (Fault& fault : faults) {
    if (kFractions.count(fault.key) == 0) continue;
    fault.message = "is no fraction: write it as printed, a decimal is never exact";
    fault.legal = "a text such as \"1/3\"";
  }
}

}  // namespace

SubsidyRules read_subsidy_rules(std::string_view text, const std::string& file, SubsidyRules base) {
  const TomlNode root = parse_toml(text, file);
  if (std::vector<Fault> faults = check_document(root, file, subsidy_schema()); !faults.empty()) {
    explain_fractions(faults);
    throw InputError(faults);
  }
  return RulesReader(root, file, std::move(base)).read();
}

const SubsidyEngine& built_in_subsidies() {
  static const SubsidyEngine kEngine(
      read_subsidy_rules(built_in_subsidy_text(), "scenarios/catalogue/subsidies.toml", {}));
  return kEngine;
}

SubsidyEngine subsidies_with(const std::filesystem::path& file) {
  return SubsidyEngine(
      read_subsidy_rules(read_text(file, kMaxRulesBytes), file.string(), built_in_subsidies().rules()));
}

}  // namespace amaneku::scenarios
