#include "scenarios/catalogue/handover_durations.hpp"

#include <algorithm>
#include <utility>

#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxDurationsBytes = 1 << 20;

constexpr const char* kDurationsIntroduction = R"(# Durations of handovers

`scenarios/catalogue/handover_durations.toml` is part of the program: quantiles of how long handovers took in drive tests. A file of one's own of the
same form adds to it, or replaces by NAME. Every fault is reported at once as `file:line:column: key = value: message (legal: range)`. This page is
generated from the table that the program checks against. How a duration is drawn from its quantiles, and what the measurements are:
[handover](../methods/handover.md).
)";

constexpr Range kDuration_ms{1e-3, 1e6};
constexpr Range kInsidePercent{1e-6, 100.0 - 1e-6};

mobility::DurationQuantiles quantiles(const SectionView& view, const char* key, std::vector<Fault>& faults) {
  mobility::DurationQuantiles out;
  for (const double percent : view.numbers("percent")) out.share.push_back(0.01 * percent);
  for (const double duration_ms : view.numbers(key)) out.duration_s.push_back(1e-3 * duration_ms);
  for (const Fault& fault : mobility::duration_faults(out, key)) faults.push_back(view.fault(key, fault.message));
  return out;
}

HandoverDurations durations_of(const SectionView& view, const std::string& id, std::vector<Fault>& faults) {
  return {.id = id,
          .name = view.text("name"),
          .handovers = view.integer("handovers"),
          .interruptions = {quantiles(view, "preparation_ms", faults), quantiles(view, "execution_ms", faults)},
          .source = view.text("source")};
}

void put_durations(std::vector<HandoverDurations>& all, HandoverDurations durations) {
  const auto same =
      std::find_if(all.begin(), all.end(), [&](const HandoverDurations& old) { return old.id == durations.id; });
  if (same == all.end()) {
    all.push_back(std::move(durations));
  } else {
    *same = std::move(durations);
  }
}

}  // namespace

const std::vector<HandoverDurations>& built_in_handover_durations() {
  static const std::vector<HandoverDurations> kDurations = read_handover_durations(
      built_in_handover_durations_text(), "scenarios/catalogue/handover_durations.toml", {});
  return kDurations;
}

std::vector<HandoverDurations> read_handover_durations(std::string_view text, const std::string& file,
                                                       std::vector<HandoverDurations> base) {
  const TomlNode root = parse_toml(text, file);
  std::vector<Fault> faults = check_document(root, file, handover_durations_schema());
  if (!faults.empty()) throw InputError(std::move(faults));
  const TomlNode* named = root.find("durations");
  if (named == nullptr) return base;
  const SchemaSection& section = schema_section("durations", handover_durations_schema());
  for (const TomlEntry& entry : *named->table())
    put_durations(base, durations_of(SectionView(section, &entry.node, file), entry.key, faults));
  if (!faults.empty()) throw InputError(std::move(faults));
  return base;
}

std::vector<HandoverDurations> handover_durations_with(const std::filesystem::path& file) {
  return read_handover_durations(read_text(file, kMaxDurationsBytes), file.string(),
                                 built_in_handover_durations());
}

const Schema& handover_durations_schema() {
  using namespace keys;
  static const Schema kSchema = {
      {"durations",
       SectionKind::named,
       "One kind of change. NAME is its id.",
       {required(text("name", {}, "For people.")),
        integer("handovers", {"1", std::int64_t{0}, {0.0, 1e12}}, "How many were measured; 0: not known."),
        required(list(number("percent", {"%", {}, kInsidePercent}, "Shares of the quantiles, rising."),
                      ValueType::numbers)),
        required(list(number("preparation_ms", {"ms", {}, kDuration_ms},
                             "From the measurement report to the command: one for each of `percent`."),
                      ValueType::numbers)),
        required(list(number("execution_ms", {"ms", {}, kDuration_ms},
                             "From the command to the completed random access: one for each of `percent`."),
                      ValueType::numbers)),
        required(text("source", {}, "Where the figures come from."))}}};
  return kSchema;
}

std::string handover_durations_markdown() {
  std::string out = kDurationsIntroduction;
  for (const SchemaSection& section : handover_durations_schema()) out += section_markdown(section);
  return out;
}

}  // namespace amaneku::scenarios
