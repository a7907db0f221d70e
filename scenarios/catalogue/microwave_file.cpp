#include "scenarios/catalogue/microwave_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "libsim/entry_of.hpp"
#include "scenarios/schema/document.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr std::uintmax_t kMaxBytes = 1 << 20;

constexpr const char* kIntroduction = R"(# Microwave bands and radios

`scenarios/catalogue/microwave.toml` is part of the program: the bands of fixed links and the radios that work in them. A file of one's own of the
same form adds to it, or replaces by NAME. Every fault is reported at once as `file:line:column: key = value: message (legal: range)`. This page is
generated from the table that the program checks against. How a hop is computed: [microwave](../methods/microwave.md).

A band with `licensed = false` is refused (`band_without_licence_data`): nothing is known here of licences for it. Who holds one, or knows the rules,
writes the band into a table of one's own with `licensed = true`.
)";

Keys origin_keys() {
  return {required(text("source", {}, "Document, or why it is assumed.")),
          flag("verified", false, "The figures were read there.")};
}

Keys with_origin(Keys own) {
  for (SchemaKey& key : origin_keys()) own.push_back(std::move(key));
  return own;
}

Keys name_keys() {
  return {required(text("name", {}, "For people.")),
          text("name_ja", std::string{}, "In Japanese; absent: `name`.")};
}

SchemaKey numbers(std::string name, Quantity quantity, std::string doc) {
  return required(list(number(std::move(name), std::move(quantity), std::move(doc)), ValueType::numbers));
}

Keys band_keys() {
  Keys out = name_keys();
  const Range wave{1e9, 100e9};
  out.push_back(required(number("low_hz", {"Hz", {}, wave}, "Lower edge.")));
  out.push_back(required(number("high_hz", {"Hz", {}, wave}, "Upper edge.")));
  out.push_back(numbers("channel_hz", {"Hz", {}, {1e5, 1e10}}, "Widths of channels, rising."));
  out.push_back(required(number("longest_m", {"m", {}, {1.0, 2e5}}, "Longest hop that is tried.")));
  out.push_back(required(text("radio", {}, "NAME of a `[radio.NAME]`.")));
  out.push_back(required(flag("licensed", false, "Licence data are at hand; else the band is refused.")));
  return with_origin(std::move(out));
}

Keys radio_keys() {
  Keys out = name_keys();
  out.push_back(required(number("tx_power_dbm", {"dBm", {}, {-50.0, 60.0}}, "Rated.")));
  out.push_back(required(number("noise_figure_db", {"dB", {}, {0.0, 30.0}}, "Of the receiver.")));
  out.push_back(number("feeder_loss_db", {"dB", 0.0, {0.0, 50.0}}, "Of each end."));
  out.push_back(number("antenna_efficiency", {"1", 0.55, {0.1, 1.0}}, "Gain of a dish over (pi D / lambda)^2."));
  out.push_back(numbers("antenna_diameter_m", {"m", {}, {0.1, 10.0}}, "Dishes to choose from, rising."));
  out.push_back(
      required(list(text("step", {}, "Steps of modulation, from the most robust one on."), ValueType::texts)));
  out.push_back(numbers("snr_db", {"dB", {}, {-20.0, 80.0}}, "At which each step just works, rising."));
  out.push_back(
      numbers("bit_s_per_hz", {"1", {}, {1e-3, 20.0}}, "Payload of each step over the channel, rising."));
  out.push_back(numbers("backoff_db", {"dB", {}, {0.0, 30.0}}, "By which each step stays below the rated power."));
  return with_origin(std::move(out));
}

bool rising(const std::vector<double>& values) {
  return !values.empty() &&
         std::adjacent_find(values.begin(), values.end(), std::greater_equal<>()) == values.end();
}

std::string japanese_or(const SectionView& view) {
  return view.text("name_ja").empty() ? view.text("name") : view.text("name_ja");
}

MicrowaveBand band_of(const SectionView& view, const std::string& id, std::vector<Fault>& faults) {
  MicrowaveBand out{.id = id, .name = view.text("name"), .name_ja = japanese_or(view)};
  out.freq_hz = {view.number("low_hz"), view.number("high_hz")};
  out.channel_hz = view.numbers("channel_hz");
  out.longest_m = view.number("longest_m");
  out.radio = view.text("radio");
  out.licensed = view.flag("licensed");
  out.source = view.text("source");
  out.verified = view.flag("verified");
  if (out.freq_hz.max <= out.freq_hz.min) faults.push_back(view.fault("high_hz", "is not above low_hz"));
  if (!rising(out.channel_hz)) faults.push_back(view.fault("channel_hz", "does not rise"));
  if (rising(out.channel_hz) && out.channel_hz.back() > out.freq_hz.max - out.freq_hz.min) {
    faults.push_back(view.fault("channel_hz", "is wider than the band"));
  }
  return out;
}

/// Faults where the steps do not rise; none are made of lists that differ in length.
void read_steps(MicrowaveType& out, const SectionView& view, std::vector<Fault>& faults) {
  const std::vector<std::string> names = view.texts("step");
  const std::vector<double> snr_db = view.numbers("snr_db");
  const std::vector<double> payload = view.numbers("bit_s_per_hz");
  const std::vector<double> backoff_db = view.numbers("backoff_db");
  if (names.size() != snr_db.size() || names.size() != payload.size() || names.size() != backoff_db.size()) {
    faults.push_back(view.fault("step", "needs as many values in snr_db, bit_s_per_hz and backoff_db"));
    return;
  }
  if (!rising(snr_db)) faults.push_back(view.fault("snr_db", "does not rise"));
  if (!rising(payload)) faults.push_back(view.fault("bit_s_per_hz", "does not rise"));
  std::vector<double> needed_db = snr_db;
  for (std::size_t i = 0; i < names.size(); ++i) {
    needed_db[i] += backoff_db[i];
    out.steps.push_back({names[i], snr_db[i], payload[i], backoff_db[i]});
  }
  if (rising(snr_db) && !rising(needed_db)) {
    faults.push_back(view.fault("backoff_db", "lets a step reach farther than the one before it"));
  }
}

MicrowaveType type_of(const SectionView& view, const std::string& id, std::vector<Fault>& faults) {
  MicrowaveType out{.id = id, .name = view.text("name"), .name_ja = japanese_or(view)};
  out.tx_power_dbm = view.number("tx_power_dbm");
  out.noise_figure_db = view.number("noise_figure_db");
  out.feeder_loss_db = view.number("feeder_loss_db");
  out.antenna_efficiency = view.number("antenna_efficiency");
  out.antenna_diameter_m = view.numbers("antenna_diameter_m");
  out.source = view.text("source");
  out.verified = view.flag("verified");
  if (!rising(out.antenna_diameter_m)) faults.push_back(view.fault("antenna_diameter_m", "does not rise"));
  read_steps(out, view, faults);
  return out;
}

template <class Entry>
void put_entry(std::vector<Entry>& entries, Entry entry) {
  const auto same =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& old) { return old.id == entry.id; });
  if (same == entries.end()) {
    entries.push_back(std::move(entry));
  } else {
    *same = std::move(entry);
  }
}

template <class Visit>
void each_section(const TomlNode& root, const std::string& name, const std::string& file, const Visit& visit) {
  const TomlNode* named = root.find(name);
  if (named == nullptr) return;
  const SchemaSection& section = schema_section(name, microwave_schema());
  for (const TomlEntry& entry : *named->table()) visit(SectionView(section, &entry.node, file), entry.key);
}

bool has_type(const MicrowaveCatalogue& catalogue, const std::string& id) {
  return std::any_of(catalogue.types.begin(), catalogue.types.end(),
                     [&](const MicrowaveType& type) { return type.id == id; });
}

}  // namespace

const MicrowaveCatalogue& built_in_microwave() {
  static const MicrowaveCatalogue kCatalogue =
      read_microwave(built_in_microwave_text(), "scenarios/catalogue/microwave.toml", {});
  return kCatalogue;
}

MicrowaveCatalogue read_microwave(std::string_view text, const std::string& file, MicrowaveCatalogue base) {
  const TomlNode root = parse_toml(text, file);
  std::vector<Fault> faults = check_document(root, file, microwave_schema());
  if (!faults.empty()) throw InputError(std::move(faults));
  each_section(root, "radio", file, [&](const SectionView& view, const std::string& id) {
    put_entry(base.types, type_of(view, id, faults));
  });
  each_section(root, "band", file, [&](const SectionView& view, const std::string& id) {
    MicrowaveBand band = band_of(view, id, faults);
    if (!has_type(base, band.radio)) faults.push_back(view.fault("radio", "is no [radio.NAME]"));
    put_entry(base.bands, std::move(band));
  });
  if (!faults.empty()) throw InputError(std::move(faults));
  return base;
}

MicrowaveCatalogue microwave_with(const std::filesystem::path& file) {
  return read_microwave(read_text(file, kMaxBytes), file.string(), built_in_microwave());
}

const MicrowaveBand& licensed_band(const MicrowaveCatalogue& catalogue, const std::string& id) {
  const MicrowaveBand& band = entry_of(catalogue.bands, id, "microwave band");
  if (!band.licensed) {
    throw InputError(Fault{.message =
                               "band_without_licence_data: nothing is known here of licences for this band; a "
                               "table of one's own may state them (docs/formats/microwave.md)",
                           .key = "band",
                           .value = id,
                           .legal = "a band with licensed = true"});
  }
  return band;
}

MicrowaveRadio radio_of(const MicrowaveCatalogue& catalogue, const MicrowaveBand& band) {
  const MicrowaveType& type = entry_of(catalogue.types, band.radio, "microwave radio");
  return {.freq_hz = 0.5 * (band.freq_hz.min + band.freq_hz.max),
          .channel_hz = band.channel_hz.back(),
          .tx_power_dbm = type.tx_power_dbm,
          .noise_figure_db = type.noise_figure_db,
          .feeder_loss_db = type.feeder_loss_db,
          .steps = type.steps};
}

const Schema& microwave_schema() {
  static const Schema kSchema = {
      {"band", SectionKind::named, "A band. NAME is its id.", band_keys()},
      {"radio", SectionKind::named, "A type of equipment. NAME is its id.", radio_keys()}};
  return kSchema;
}

std::string microwave_markdown() {
  std::string out = kIntroduction;
  for (const SchemaSection& section : microwave_schema()) out += section_markdown(section);
  out +=
      "\n## What comes with the program\n\n| band | GHz | channels, MHz | longest hop, km | licence data | "
      "figures "
      "|\n|---|---|---|---|---|---|\n";
  for (const MicrowaveBand& band : built_in_microwave().bands) {
    std::string channels;
    for (const double channel_hz : band.channel_hz) {
      channels += fmt::format("{}{:g}", channels.empty() ? "" : ", ", channel_hz / 1e6);
    }
    out += fmt::format("| `{}` {} ({}) | {:g} .. {:g} | {} | {:g} | {} | {} |\n", band.id, band.name, band.name_ja,
                       band.freq_hz.min / 1e9, band.freq_hz.max / 1e9, channels, band.longest_m / 1e3,
                       band.licensed ? "yes" : "no: refused", band.verified ? "verified" : "not verified");
  }
  return out;
}

}  // namespace amaneku::scenarios
