#include "scenarios/catalogue/radio_catalogue.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "libsim/entry_of.hpp"
#include "libsim/radio/link_curve.hpp"
#include "libsim/radio/numerology.hpp"
#include "scenarios/schema/document.hpp"

namespace amaneku::scenarios {
namespace {

constexpr std::uintmax_t kMaxCatalogueBytes = 4 << 20;

template <class Entry>
void put(std::vector<Entry>& entries, Entry entry) {
  const auto same =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& old) { return old.id == entry.id; });
  if (same != entries.end()) {
    *same = std::move(entry);
  } else {
    entries.push_back(std::move(entry));
  }
}

[[noreturn]] void refuse(const SectionView& view, const std::string& key, const std::string& message,
                         const std::string& legal = {}) {
  Fault fault = view.fault(key, message);
  fault.legal = legal;
  throw InputError(std::move(fault));
}

void require(const SectionView& view, const std::string& key, const std::string& where) {
  if (!view.given(key)) refuse(view, key, "is required " + where);
}

/// Two lists whose elements belong together.
void require_pairs(const SectionView& view, const std::string& first, const std::string& second) {
  const std::size_t wanted = view.numbers(first).size();
  const std::size_t found = view.numbers(second).size();
  if (wanted == 0) refuse(view, first, "is empty");
  if (wanted != found) refuse(view, second, fmt::format("has {} values, {} has {}", found, first, wanted));
}

Numerology numerology(const SectionView& view, const std::string& id) {
  require_pairs(view, "bandwidth_hz", "blocks");
  Numerology out{.id = id,
                 .source = view.text("source"),
                 .verified = view.flag("verified"),
                 .subcarrier_spacing_hz = view.number("subcarrier_spacing_hz"),
                 .symbols_per_s = view.number("symbols_per_s"),
                 .subcarriers_per_block = static_cast<int>(view.integer("subcarriers_per_block"))};
  const std::vector<double> widths_hz = view.numbers("bandwidth_hz");
  const std::vector<double> blocks = view.numbers("blocks");
  for (std::size_t i = 0; i < widths_hz.size(); ++i) {
    out.widths.push_back({widths_hz[i], static_cast<int>(blocks[i])});
    const double used_hz = blocks[i] * out.subcarriers_per_block * out.subcarrier_spacing_hz;
    if (used_hz > widths_hz[i]) {
      refuse(view, "blocks",
             fmt::format("{} blocks fill {} Hz of a channel of {} Hz", blocks[i], used_hz, widths_hz[i]));
    }
  }
  return out;
}

ModulationTable modulation(const SectionView& view, const std::string& id) {
  require_pairs(view, "bits", "code_rate");
  ModulationTable out{.id = id,
                      .source = view.text("source"),
                      .verified = view.flag("verified"),
                      .first_index = static_cast<int>(view.integer("first_index"))};
  const std::vector<double> bits = view.numbers("bits");
  const std::vector<double> rates = view.numbers("code_rate");
  const double unit = view.number("code_rate_unit");
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (rates[i] > unit || rates[i] <= 0.0)
      refuse(view, "code_rate", "a code rate is above 0 and at most 1", fmt::format("above 0, at most {}", unit));
    out.schemes.push_back({bits[i], rates[i] / unit});
  }
  return out;
}

std::vector<RateStep> thresholds(const SectionView& view, const ModulationTable& table) {
  require(view, "sinr_db", "with form = \"thresholds\"");
  const std::vector<double> sinr_db = view.numbers("sinr_db");
  const auto first = view.integer("first_index") - table.first_index;
  const auto rows = static_cast<std::int64_t>(table.schemes.size());
  if (first < 0 || first + static_cast<std::int64_t>(sinr_db.size()) > rows) {
    refuse(view, "sinr_db",
           fmt::format("{} values from index {} on do not fit the {} rows of {}", sinr_db.size(),
                       view.integer("first_index"), rows, table.id));
  }
  return threshold_steps(table, static_cast<std::size_t>(first), sinr_db);
}

std::vector<RateStep> listed_steps(const SectionView& view) {
  for (const char* key : {"sinr_db", "bits_per_symbol"}) require(view, key, "with form = \"steps\"");
  require_pairs(view, "sinr_db", "bits_per_symbol");
  std::vector<RateStep> points;
  const std::vector<double> sinr_db = view.numbers("sinr_db");
  const std::vector<double> bits = view.numbers("bits_per_symbol");
  for (std::size_t i = 0; i < bits.size(); ++i) points.push_back({sinr_db[i], bits[i]});
  return ascending_steps(std::move(points));
}

std::vector<RateStep> steps_of(const SectionView& view, const RadioCatalogue& catalogue) {
  const std::string form = view.text("form");
  if (form == "steps") return listed_steps(view);
  if (form == "truncated_shannon") {
    for (const char* key : {"attenuation", "floor_db", "cap_bit_s_hz"}) require(view, key, "with this form");
    return truncated_shannon_steps({.attenuation = view.number("attenuation"),
                                    .floor_db = view.number("floor_db"),
                                    .cap_bit_s_hz = view.number("cap_bit_s_hz")});
  }
  require(view, "modulation", "with this form");
  const ModulationTable& table = entry_of(catalogue.modulations, view.text("modulation"), "modulation");
  return form == "thresholds" ? thresholds(view, table) : shannon_steps(table, view.number("above_shannon_db"));
}

LinkCurve curve(const SectionView& view, const std::string& id, const RadioCatalogue& catalogue) {
  return {.id = id,
          .source = view.text("source"),
          .verified = view.flag("verified"),
          .steps = steps_of(view, catalogue)};
}

TimeShare share_of(const SectionView& view, Duplex duplex) {
  if (duplex == Duplex::fdd) return {};
  if (duplex == Duplex::tdd) {
    require(view, "tdd_pattern", "with duplex = \"tdd\"");
    const std::vector<double> symbols = view.numbers("special_slot_symbols");
    return tdd_share(view.text("tdd_pattern"), {.downlink_symbols = static_cast<int>(symbols[0]),
                                                .uplink_symbols = static_cast<int>(symbols[1])});
  }
  for (const char* key : {"share_downlink", "share_uplink"}) require(view, key, "with duplex = \"shared\"");
  const TimeShare share{.downlink = view.number("share_downlink"), .uplink = view.number("share_uplink")};
  if (share.downlink + share.uplink > 1.0)
    refuse(view, "share_uplink", "with share_downlink is more than all of the time");
  return share;
}

void read_band(RadioTechnology& out, const SectionView& view) {
  out.generation = view.text("generation");
  out.freq_min_hz = view.number("freq_min_hz");
  out.freq_max_hz = view.number("freq_max_hz");
  if (out.freq_max_hz < out.freq_min_hz) refuse(view, "freq_max_hz", "is below freq_min_hz");
  const std::string duplex = view.text("duplex");
  out.duplex = duplex == "tdd" ? Duplex::tdd : duplex == "fdd" ? Duplex::fdd : Duplex::shared;
  if (out.duplex == Duplex::fdd) {
    require(view, "duplex_spacing_hz", "with duplex = \"fdd\"");
    out.duplex_spacing_hz = view.number("duplex_spacing_hz");
  }
  out.tdd_pattern = view.text("tdd_pattern");
  out.share = share_of(view, out.duplex);
}

PowerLimits limits_of(const SectionView& view) {
  PowerLimits out{.per_bandwidth_hz = view.number("limit_per_bandwidth_hz"), .rule = view.text("limit_rule")};
  if (view.given("eirp_limit_dbm")) out.eirp_dbm = view.number("eirp_limit_dbm");
  if (view.given("conducted_limit_dbm")) out.conducted_dbm = view.number("conducted_limit_dbm");
  if (view.given("licence_power_dbm")) out.licence_power_dbm = view.number("licence_power_dbm");
  const std::vector<double> indoor_hz = view.numbers("indoor_only_hz");
  if (indoor_hz[0] > indoor_hz[1]) refuse(view, "indoor_only_hz", "is not a range", "[from, to], from <= to");
  out.indoor_min_hz = indoor_hz[0];
  out.indoor_max_hz = indoor_hz[1];
  out.hourly_airtime_s = view.number("hourly_airtime_s");
  if (out.hourly_airtime_s > 0.0 && view.given("share_downlink") &&
      view.number("share_downlink") > out.hourly_airtime_s / 3600.0) {
    refuse(view, "share_downlink", "is more than the hourly_airtime_s of one station",
           fmt::format("0 .. {:g}", out.hourly_airtime_s / 3600.0));
  }
  const bool limited = view.given("eirp_limit_dbm") || view.given("conducted_limit_dbm");
  if (limited && out.rule.empty()) refuse(view, "limit_rule", "is required with a limit: warnings name it");
  return out;
}

LinkDirection direction_of(const SectionView& view, const std::string& prefix, const char* noise_key,
                           const RadioCatalogue& catalogue) {
  const std::string curve_key = prefix + "_curve";
  return {.layers = static_cast<int>(view.integer(prefix + "_layers")),
          .curve = entry_of(catalogue.curves, view.text(curve_key), curve_key).id,
          .overhead = view.number(prefix + "_overhead"),
          .noise_figure_db = view.number(noise_key)};
}

/// Every key given except names and the generation, with the source that is for it.
std::vector<ValueSource> sources_of(const SectionView& view, const std::string& file) {
  std::vector<ValueSource> out;
  for (const TomlEntry& entry : *view.node()->table()) {
    if (entry.key != "source" && entry.key != "name" && entry.key != "name_ja" && entry.key != "generation")
      out.push_back({.key = entry.key});
  }
  if (view.node()->find("source") == nullptr) return out;
  for (const SectionView& source : sections_of(*view.node(), "technology.source", file, radio_schema())) {
    for (const std::string& key : source.texts("keys")) {
      const auto value =
          std::find_if(out.begin(), out.end(), [&](const ValueSource& known) { return known.key == key; });
      if (value == out.end())
        throw InputError(source.fault("keys", "names \"" + key + "\", which the technology does not state"));
      *value = {.key = key, .source = source.text("source"), .verified = source.flag("verified")};
    }
  }
  return out;
}

RadioTechnology technology(const SectionView& view, const std::string& id, const RadioCatalogue& catalogue,
                           const std::string& file) {
  RadioTechnology out{.id = id, .name = view.text("name"), .name_ja = view.text("name_ja")};
  if (out.name_ja.empty()) out.name_ja = out.name;
  read_band(out, view);
  const Numerology& numbers = entry_of(catalogue.numerologies, view.text("numerology"), "numerology");
  for (const double width_hz : view.numbers("bandwidth_hz"))
    out.widths.push_back(carrier_width(numbers, width_hz));
  if (out.widths.empty()) refuse(view, "bandwidth_hz", "is empty");
  out.downlink = direction_of(view, "dl", "device_noise_figure_db", catalogue);
  out.uplink = direction_of(view, "ul", "base_noise_figure_db", catalogue);
  out.device = {.power_dbm = view.number("device_power_dbm"),
                .gain_dbi = view.number("device_gain_dbi"),
                .p0_dbm = view.number("p0_dbm"),
                .alpha = view.number("alpha")};
  out.limits = limits_of(view);
  out.rsrp_min_dbm = view.number("rsrp_min_dbm");
  out.sinr_min_db = view.number("sinr_min_db");
  out.sources = sources_of(view, file);
  return out;
}

/// Reads the sections of one kind; what fails adds its faults and is left out.
class Reader {
 public:
  Reader(const TomlNode& root, std::string file) : root_(root), file_(std::move(file)) {}

  void each(std::string_view section, std::string_view key,
            const std::function<void(const SectionView&, const std::string&)>& body) {
    const TomlNode* named = root_.find(section);
    if (named == nullptr) return;
    for (const TomlEntry& entry : *named->table()) {
      const auto& sections = radio_schema();
      const SectionView view(schema_section(section, sections), &entry.node, file_);
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

 private:
  const TomlNode& root_;
  std::string file_;
  std::vector<Fault> faults_;
};

}  // namespace

const RadioCatalogue& built_in_radio_catalogue() {
  static const RadioCatalogue kCatalogue =
      read_radio_catalogue(built_in_radio_text(), "scenarios/catalogue/radio.toml", {});
  return kCatalogue;
}

RadioCatalogue read_radio_catalogue(std::string_view text, const std::string& file, RadioCatalogue base) {
  const TomlNode root = parse_toml(text, file);
  if (const std::vector<Fault> faults = check_document(root, file, radio_schema()); !faults.empty())
    throw InputError(faults);
  Reader reader(root, file);
  using View = const SectionView&;
  using Id = const std::string&;
  reader.each("numerology", "bandwidth_hz",
              [&](View view, Id id) { put(base.numerologies, numerology(view, id)); });
  reader.each("modulation", "bits", [&](View view, Id id) { put(base.modulations, modulation(view, id)); });
  reader.each("curve", "form", [&](View view, Id id) { put(base.curves, curve(view, id, base)); });
  reader.each("technology", "name",
              [&](View view, Id id) { put(base.technologies, technology(view, id, base, file)); });
  reader.throw_if_faulty();
  return base;
}

RadioCatalogue radio_catalogue_with(const std::filesystem::path& file) {
  return read_radio_catalogue(read_text(file, kMaxCatalogueBytes), file.string(), built_in_radio_catalogue());
}

const RadioTechnology& technology_of(const RadioCatalogue& catalogue, const std::string& id) {
  return entry_of(catalogue.technologies, id, "technology");
}

}  // namespace amaneku::scenarios
