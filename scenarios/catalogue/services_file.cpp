#include "scenarios/catalogue/services_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr std::uintmax_t kMaxServicesBytes = 1 << 20;
constexpr std::array kScopeWords = {"one_way", "loop", "glass_loop"};

constexpr const char* kServicesIntroduction = R"(# Services

`scenarios/catalogue/services.toml` is part of the program: what services ask of a network, in rate, delay and reliability. A file of one's own of
the same form adds to it, or replaces by NAME. Every fault is reported at once as `file:line:column: key = value: message (legal: range)`. This page is
generated from the table that the program checks against. How a delay is computed and held against a deadline: [latency](../methods/latency.md).

Every figure has its source and says whether it was `verified`: read in the document that is named, or in a copy of it that is named. What is not
verified is an assumption, or comes from others who cite the document; results name it. Figures of TS 22.186 are of the second kind.
)";

SchemaKey deadline_key(const char* doc) {
  return number("deadline_s", {"s", 0.0, {0.0, 1e3}}, doc);
}

SchemaKey reliability_key() {
  return number("reliability_percent", {"%", 0.0, {0.0, 100.0}},
                "Share of messages within the deadline; 0: none stated.");
}

Keys service_keys() {
  return {
      required(text("name", {}, "For people.")), text("name_ja", std::string{}, "In Japanese; absent: `name`."),
      deadline_key("Of the whole service; 0: its flows have their own, or none is stated."),
      choice("scope", std::vector<std::string>(kScopeWords.begin(), kScopeWords.end()),
             "What `deadline_s` is about: one way; up and down over the network; from light on the camera to the "
             "command in the vehicle, without the person."),
      reliability_key()};
}

Keys flow_keys() {
  return {required(text("id", {}, "Within the service.")),
          required(text("name", {}, "For people.")),
          text("name_ja", std::string{}, "In Japanese; absent: `name`."),
          choice("direction", {"uplink", "downlink"}, "Seen from the vehicle or the device."),
          integer("count", {"1", std::int64_t{1}, {1.0, 1e4}}, "So many at once, cameras for example."),
          number("rate_bps", {"bit/s", 0.0, {0.0, 1e12}}, "Of one; absent: messages times their size."),
          number("message_bytes", {"byte", 0.0, {0.0, 1e9}}, "Of one message; absent: rate over messages."),
          number("messages_per_s", {"1/s", 0.0, {0.0, 1e6}}, "Messages, or frames of a camera."),
          deadline_key("Of one way; 0: only the service has one, or none is stated."),
          reliability_key()};
}

Keys service_source_keys() {
  return {required(list(text("keys", {}, "Keys that the source is for; those of a flow as `flow.ID.KEY`."),
                        ValueType::texts)),
          required(text("source", {}, "Document, or why it is assumed.")),
          flag("verified", false, "The figure was read there.")};
}

/// Every figure of a section as a value without a source yet.
void add_values(std::vector<ValueSource>& out, const SectionView& view) {
  for (const char* key :
       {"deadline_s", "reliability_percent", "count", "rate_bps", "message_bytes", "messages_per_s"}) {
    const TomlNode::Table& table = *view.node()->table();
    const bool given =
        std::any_of(table.begin(), table.end(), [&](const TomlEntry& entry) { return entry.key == key; });
    if (given) out.push_back({.key = key});
  }
}

ServiceFlow flow_of(const SectionView& view, std::vector<Fault>& faults) {
  ServiceFlow out{.id = view.text("id"), .name = view.text("name"), .name_ja = view.text("name_ja")};
  if (out.name_ja.empty()) out.name_ja = out.name;
  out.direction = view.text("direction") == "uplink" ? FlowDirection::uplink : FlowDirection::downlink;
  out.count = static_cast<int>(view.integer("count"));
  out.rate_bps = view.number("rate_bps");
  out.message_bytes = view.number("message_bytes");
  out.messages_per_s = view.number("messages_per_s");
  out.deadline_s = view.number("deadline_s");
  out.reliability = view.number("reliability_percent") / 100.0;
  add_values(out.sources, view);
  const bool rate = out.rate_bps > 0.0;
  const bool bytes = out.message_bytes > 0.0;
  const bool messages = out.messages_per_s > 0.0;
  if (static_cast<int>(rate) + static_cast<int>(bytes) + static_cast<int>(messages) != 2) {
    faults.push_back(view.fault("id", "needs two of rate_bps, message_bytes, messages_per_s: the third follows"));
  }
  if (out.reliability > 0.0 && out.deadline_s == 0.0) {
    faults.push_back(view.fault("reliability_percent", "has no deadline_s that it is about"));
  }
  return out;
}

/// The value of a service or of one of its flows that a source names; nullptr: none.
ValueSource* value_of(ServiceNeeds& service, const std::string& key) {
  const auto in = [](std::vector<ValueSource>& values, std::string_view name) -> ValueSource* {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const ValueSource& value) { return value.key == name; });
    return found == values.end() ? nullptr : &*found;
  };
  for (ServiceFlow& flow : service.flows) {
    const std::string prefix = "flow." + flow.id + ".";
    if (key.rfind(prefix, 0) == 0) return in(flow.sources, std::string_view(key).substr(prefix.size()));
  }
  return in(service.sources, key);
}

void read_sources(ServiceNeeds& service, const SectionView& view, std::vector<Fault>& faults) {
  for (const std::string& key : view.texts("keys")) {
    ValueSource* const value = value_of(service, key);
    if (value == nullptr) {
      faults.push_back(view.fault("keys", "names \"" + key + "\", which the service does not state"));
    } else {
      *value = {.key = value->key, .source = view.text("source"), .verified = view.flag("verified")};
    }
  }
}

ServiceNeeds service_of(const SectionView& view, const std::string& id, const std::string& file,
                        std::vector<Fault>& faults) {
  ServiceNeeds out{.id = id, .name = view.text("name"), .name_ja = view.text("name_ja")};
  if (out.name_ja.empty()) out.name_ja = out.name;
  out.deadline_s = view.number("deadline_s");
  out.reliability = view.number("reliability_percent") / 100.0;
  const auto scope = std::find(kScopeWords.begin(), kScopeWords.end(), view.text("scope"));
  out.scope = static_cast<DeadlineScope>(scope - kScopeWords.begin());
  add_values(out.sources, view);
  if (out.reliability > 0.0 && out.deadline_s == 0.0) {
    faults.push_back(view.fault("reliability_percent", "has no deadline_s that it is about"));
  }
  if (view.node()->find("flow") == nullptr) {
    faults.push_back(view.fault("name", "has no [[service.NAME.flow]]"));
    return out;
  }
  for (const SectionView& flow : sections_of(*view.node(), "service.flow", file, services_schema())) {
    ServiceFlow own = flow_of(flow, faults);
    const bool twice = std::any_of(out.flows.begin(), out.flows.end(),
                                   [&](const ServiceFlow& other) { return other.id == own.id; });
    if (twice) faults.push_back(flow.fault("id", "comes twice in this service"));
    out.flows.push_back(std::move(own));
  }
  if (view.node()->find("source") == nullptr) return out;
  for (const SectionView& source : sections_of(*view.node(), "service.source", file, services_schema())) {
    read_sources(out, source, faults);
  }
  return out;
}

void put(std::vector<ServiceNeeds>& services, ServiceNeeds service) {
  const auto same = std::find_if(services.begin(), services.end(),
                                 [&](const ServiceNeeds& old) { return old.id == service.id; });
  if (same == services.end()) {
    services.push_back(std::move(service));
  } else {
    *same = std::move(service);
  }
}

std::string milliseconds(double deadline_s) {
  return deadline_s > 0.0 ? fmt::format("{:g} ms", deadline_s * 1e3) : std::string{};
}

std::string percent_of(double reliability) {
  return reliability > 0.0 ? fmt::format("{:.6g} %", reliability * 100.0) : std::string{};
}

/// "assumed" where any figure of it is.
std::string standing(const std::vector<ValueSource>& sources) {
  const bool all =
      std::all_of(sources.begin(), sources.end(), [](const ValueSource& value) { return value.verified; });
  return all ? "verified" : "not verified";
}

}  // namespace

const std::vector<ServiceNeeds>& built_in_services() {
  static const std::vector<ServiceNeeds> kServices =
      read_services(built_in_services_text(), "scenarios/catalogue/services.toml", {});
  return kServices;
}

std::vector<ServiceNeeds> read_services(std::string_view text, const std::string& file,
                                        std::vector<ServiceNeeds> base) {
  const TomlNode root = parse_toml(text, file);
  std::vector<Fault> faults = check_document(root, file, services_schema());
  if (!faults.empty()) throw InputError(std::move(faults));
  const TomlNode* named = root.find("service");
  if (named == nullptr) return base;
  const SchemaSection& section = schema_section("service", services_schema());
  for (const TomlEntry& entry : *named->table()) {
    put(base, service_of(SectionView(section, &entry.node, file), entry.key, file, faults));
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return base;
}

std::vector<ServiceNeeds> services_with(const std::filesystem::path& file) {
  return read_services(read_text(file, kMaxServicesBytes), file.string(), built_in_services());
}

const Schema& services_schema() {
  static const Schema kSchema = {
      {"service", SectionKind::named, "A service. NAME is its id.", service_keys()},
      {"service.flow", SectionKind::list,
       "Its flows, `[[service.NAME.flow]]`: one or more. Two of rate, size and number of messages are stated, the "
       "third follows.",
       flow_keys()},
      {"service.source", SectionKind::list,
       "Sources, `[[service.NAME.source]]`. A figure without one counts as not verified.", service_source_keys()}};
  return kSchema;
}

std::string services_markdown() {
  std::string out = kServicesIntroduction;
  for (const SchemaSection& section : services_schema()) out += section_markdown(section);
  out +=
      "\n## What comes with the program\n\n| service | flow | rate of all | deadline | reliability | figures "
      "|\n|---|---|---|---|---|---|\n";
  for (const ServiceNeeds& service : built_in_services()) {
    out +=
        fmt::format("| `{}` {} ({}) |  |  | {} | {} | {} |\n", service.id, service.name, service.name_ja,
                    milliseconds(service.deadline_s), percent_of(service.reliability), standing(service.sources));
    for (const ServiceFlow& flow : service.flows) {
      out +=
          fmt::format("|  | {} x {} ({}), {} | {:g} Mb/s | {} | {} | {} |\n", flow.count, flow.name, flow.name_ja,
                      flow.direction == FlowDirection::uplink ? "up" : "down", flow.total_bps() / 1e6,
                      milliseconds(flow.deadline_s), percent_of(flow.reliability), standing(flow.sources));
    }
  }
  return out;
}

}  // namespace amaneku::scenarios
