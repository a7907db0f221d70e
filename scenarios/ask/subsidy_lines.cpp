#include "scenarios/ask/subsidy_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "libsim/economics/subsidy_bonds.hpp"
#include "libsim/entry_of.hpp"
#include "scenarios/ask/json_line.hpp"
#include "terrain/error.hpp"

namespace amaneku::scenarios {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kProjectKeys[] = {"programme",     "sub_programme",     "fiscal_year",    "applicant",
                                        "area",          "eligible_cost_jpy", "total_cost_jpy", "choices",
                                        "operator_part", "consumption_tax"};

[[noreturn]] void refuse_value(const std::string& key, const std::string& message, const Json& value,
                               const std::string& legal = {}) {
  throw InputError(Fault{.message = message, .key = key, .value = value.dump(), .legal = legal});
}

std::string text_of(const Json& value, const std::string& key) {
  if (!value.is_string()) refuse_value(key, "is not text", value);
  return value.get<std::string>();
}

/// Whole yen; 1e7 is as good as 10000000.
std::int64_t yen(const Json& value, const std::string& key) {
  if (value.is_number_unsigned()) {
    const auto amount = value.get<std::uint64_t>();
    if (amount > std::uint64_t{1} << 62U) refuse_value(key, "out of range", value);
    return static_cast<std::int64_t>(amount);
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  const double amount = value.is_number() ? value.get<double>() : std::nan("");
  if (!(std::fabs(amount) < 1e15) || std::trunc(amount) != amount)
    refuse_value(key, "is no whole number of yen", value);
  return static_cast<std::int64_t>(amount);
}

std::int64_t fact_value(const SubsidyFact& fact, const Json& value) {
  if (fact.kind == FactKind::flag) {
    if (!value.is_boolean()) refuse_value(fact.name, "is not true or false", value);
    return value.get<bool>() ? 1 : 0;
  }
  if (fact.kind == FactKind::word) {
    const std::string name = text_of(value, fact.name);
    const auto found = std::find(fact.words.begin(), fact.words.end(), name);
    if (found == fact.words.end()) refuse_unknown(name, fact.name, fact.words);
    return found - fact.words.begin();
  }
  try {
    if (value.is_number()) return fact_number(value.get<double>(), fact.range);
    return fact_number(std::string_view(text_of(value, fact.name)), fact.range);
  } catch (const InputError& error) {
    Fault fault = error.faults().front();
    fault.key = fact.name;
    throw InputError(std::move(fault));
  }
}

void read_choices(SubsidyProject& out, const Json& value) {
  if (!value.is_object()) refuse_value("choices", "is not an object", value);
  for (const auto& [id, option] : value.items()) out.choices.emplace_back(id, text_of(option, "choices." + id));
}

Rational read_part(const std::string& key, const Json& value) {
  if (!value.is_string()) refuse_value(key, "is no fraction as text", value, "\"0\" .. \"1\"");
  return Rational::parse(value.get<std::string>());
}

/// A request: the project, and the tax that its costs contain.
struct Request {
  SubsidyProject project{};
  std::optional<Rational> tax{};
};

void read_entry(Request& request, const std::string& key, const Json& value) {
  SubsidyProject& out = request.project;
  if (key == "programme") {
    out.programme = text_of(value, key);
  } else if (key == "sub_programme") {
    out.sub_programme = text_of(value, key);
  } else if (key == "fiscal_year") {
    out.fiscal_year = text_of(value, key);
  } else if (key == "applicant") {
    out.applicant = text_of(value, key);
  } else if (key == "area") {
    if (!value.is_array()) refuse_value(key, "is not a list of designations", value);
    for (const Json& area : value) out.areas.push_back(text_of(area, key));
  } else if (key == "eligible_cost_jpy") {
    out.eligible_cost_jpy = yen(value, key);
  } else if (key == "total_cost_jpy") {
    out.total_cost_jpy = yen(value, key);
  } else if (key == "choices") {
    read_choices(out, value);
  } else if (key == "operator_part") {
    out.operator_part = read_part(key, value);
  } else if (key == "consumption_tax") {
    request.tax = read_part(key, value);
    if (*request.tax < Rational() || *request.tax > Rational(1, 1))
      refuse_value(key, "out of range", value, "\"0\" .. \"1\"");
  } else if (const int fact = fact_index(key); fact >= 0 && key != "subsidised") {
    const auto index = static_cast<std::size_t>(fact);
    out.facts[index] = fact_value(subsidy_facts()[index], value);
  } else {
    std::vector<std::string> known(std::begin(kProjectKeys), std::end(kProjectKeys));
    for (const SubsidyFact& known_fact : subsidy_facts()) known.emplace_back(known_fact.name);
    refuse_unknown(key, key, known);
  }
}

Request read_request(const Json& request, const std::string& fiscal_year) {
  if (!request.is_object()) throw InputError(Fault{.message = "the line is not a JSON object"});
  Request read{.project = {.fiscal_year = fiscal_year}};
  for (const auto& [key, value] : request.items()) {
    if (!value.is_null()) read_entry(read, key, value);
  }
  SubsidyProject& out = read.project;
  for (const char* key : {"programme", "applicant", "eligible_cost_jpy"}) {
    if (!request.contains(key)) throw InputError(Fault{.message = "is missing", .key = key});
  }
  if (out.fiscal_year.empty()) throw InputError(Fault{.message = "is missing", .key = "fiscal_year"});
  if (!request.contains("total_cost_jpy")) out.total_cost_jpy = out.eligible_cost_jpy;
  return read;
}

/// The same project for an applicant that gets the tax on what it buys back (仕入税額控除): costs without the tax,
/// rounded down to the yen.
SubsidyProject without_tax(SubsidyProject project, const Rational& tax) {
  const Rational part = Rational(1, 1) / (Rational(1, 1) + tax);
  project.eligible_cost_jpy = part.floor_of(project.eligible_cost_jpy);
  project.total_cost_jpy = part.floor_of(project.total_cost_jpy);
  return project;
}

/// The answer as text: written straight, for answers are many and a tree of values costs more than the arithmetic.
class LineWriter {
 public:
  LineWriter() { text_.reserve(1024); }

  void key(const char* name) {
    if (text_.back() != '{') text_ += ',';
    text_ += '"';
    text_ += name;
    text_ += "\":";
  }
  void open(char bracket) { text_ += bracket; }
  void close(char bracket) { text_ += bracket; }
  void comma_unless_first() {
    if (text_.back() != '[') text_ += ',';
  }
  /// Text that is UTF-8: of the rules file, or of this program.
  void value(std::string_view text) {
    text_ += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') text_ += '\\';
      if (static_cast<unsigned char>(c) < 0x20U) {
        text_ += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
      } else {
        text_ += c;
      }
    }
    text_ += '"';
  }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  void value(bool flag) { text_ += flag ? "true" : "false"; }
  void value(std::int64_t number) { text_ += fmt::format_int(number).c_str(); }
  void value(int number) { value(std::int64_t{number}); }
  void value(const Rational& fraction) { value(fraction.text()); }
  void value(const SubsidyModifier* modifier) { value(modifier->id); }
  template <class T>
  void value(const std::optional<T>& known) {
    if (known) return value(*known);
    text_ += "null";
  }
  template <class T>
  void value(const std::vector<T>& list) {
    open('[');
    for (const T& element : list) {
      comma_unless_first();
      value(element);
    }
    close(']');
  }
  template <class T>
  void entry(const char* name, const T& content) {
    key(name);
    value(content);
  }

  [[nodiscard]] std::string text() && { return std::move(text_); }

 private:
  std::string text_{};
};

void write_shares(LineWriter& out, const PayerShares& shares) {
  out.key("shares");
  out.open('{');
  for (std::size_t i = 0; i < kPayerCount; ++i) {
    if (shares[i] != Rational() || i == index_of(Payer::nation)) out.entry(kPayerWords[i], shares[i]);
  }
  out.close('}');
}

void write_amounts(LineWriter& out, const PayerAmounts& amounts_jpy) {
  out.key("amounts_jpy");
  out.open('{');
  for (std::size_t i = 0; i < kPayerCount; ++i) {
    if (amounts_jpy[i] != 0 || i == index_of(Payer::nation)) out.entry(kPayerWords[i], amounts_jpy[i]);
  }
  out.close('}');
}

void write_bonds(LineWriter& out, const std::vector<BondAnswer>& bonds) {
  out.key("bonds");
  out.open('[');
  for (const BondAnswer& answer : bonds) {
    const LocalBond& bond = *answer.bond;
    out.comma_unless_first();
    out.open('{');
    out.entry("name", bond.name);
    out.entry("id", bond.id);
    out.entry("payer", kPayerWords[static_cast<std::size_t>(answer.payer)]);
    out.entry("charge", bond.charge);
    out.entry("grant", bond.grant);
    out.entry("effective_local_cost_jpy", answer.effective_local_cost_jpy);
    out.entry("status", status_word(bond.status));
    out.entry("source", bond.source);
    out.close('}');
  }
  out.close(']');
}

void write_rule(LineWriter& out, const SubsidyAnswer& answer) {
  const SubsidyRule& rule = *answer.rule;
  std::string source = rule.source;
  for (const SubsidyModifier* modifier : answer.modifiers) source += "; " + modifier->source;
  out.entry("rule_id", rule.id);
  out.entry("fiscal_year", rule.fiscal_year);
  out.entry("basis", rule.basis);
  out.entry("source", source);
  out.entry("status", status_word(answer.status));
  out.entry("verified", rule.verified);
  out.entry("ambiguities", answer.ambiguities);
  out.entry("modifiers", answer.modifiers);
  if (!rule.note.empty()) out.entry("note", rule.note);
}

void write_local_cost(LineWriter& out, const SubsidyAnswer& answer) {
  out.key("effective_local_cost_jpy");
  out.open('{');
  for (const Payer payer : {Payer::prefecture, Payer::municipality}) {
    const auto index = static_cast<std::size_t>(payer);
    if (answer.amounts_jpy[index] != 0) out.entry(kPayerWords[index], least_local_cost_jpy(answer, payer));
  }
  out.close('}');
}

/// What is known of the money of the programme in the year.
void write_budgets(LineWriter& out, const SubsidyProject& project, const SubsidyRules& rules) {
  const std::string& programme = rules.programmes[known_word(rules.programmes, project.programme, "programme")].id;
  out.key("budgets");
  out.open('[');
  for (const SubsidyBudget& budget : rules.budgets) {
    if (budget.programme != programme || budget.fiscal_year != project.fiscal_year) continue;
    out.comma_unless_first();
    out.open('{');
    out.entry("kind", budget.kind);
    out.entry("amount_jpy", budget.amount_jpy);
    out.entry("shared", budget.shared);
    if (!budget.call_from.empty()) out.entry("call_from", budget.call_from);
    if (!budget.call_until.empty()) out.entry("call_until", budget.call_until);
    out.entry("verified", budget.verified);
    out.entry("source", budget.source);
    out.close('}');
  }
  out.close(']');
}

void write_without_tax(LineWriter& out, const SubsidyProject& project, const SubsidyEngine& engine) {
  const SubsidyAnswer answer = engine.answer(project);
  out.key("without_tax");
  out.open('{');
  out.entry("eligible_cost_jpy", project.eligible_cost_jpy);
  out.entry("cost_jpy", project.total_cost_jpy);
  write_amounts(out, answer.amounts_jpy);
  write_local_cost(out, answer);
  out.close('}');
}

std::string answer_text(const Request& request, const SubsidyAnswer& answer, const SubsidyEngine& engine) {
  const SubsidyProject& project = request.project;
  const bool eligible = answer.rule != nullptr;
  LineWriter out;
  out.open('{');
  out.entry("eligible", eligible);
  if (eligible) {
    write_rule(out, answer);
  } else {
    out.entry("reason", answer.reason);
  }
  write_shares(out, answer.shares);
  write_amounts(out, answer.amounts_jpy);
  out.entry("cost_jpy", project.total_cost_jpy);
  out.entry("ineligible_jpy", project.total_cost_jpy - (eligible ? project.eligible_cost_jpy : 0));
  write_bonds(out, answer.bonds);
  write_local_cost(out, answer);
  if (request.tax) write_without_tax(out, without_tax(project, *request.tax), engine);
  write_budgets(out, project, engine.rules());
  out.entry("warnings", answer.warnings);
  out.close('}');
  return std::move(out).text();
}

}  // namespace

std::string subsidy_answer(const std::string& request, const SubsidyEngine& engine,
                           const std::string& fiscal_year) {
  const Request read = read_request(Json::parse(request), fiscal_year);
  return answer_text(read, engine.answer(read.project), engine);
}

std::string subsidy_line(const std::string& request, const SubsidyEngine& engine, const std::string& fiscal_year) {
  return answer_or_error(request, [&] { return subsidy_answer(request, engine, fiscal_year); });
}

}  // namespace amaneku::scenarios
