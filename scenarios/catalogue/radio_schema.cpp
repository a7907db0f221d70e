// Sections and keys of a catalogue of radio technologies, and its page of documentation.
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/schema/schema_keys.hpp"

namespace amaneku::scenarios {
namespace {

using namespace keys;

constexpr Range kFrequency{1.0e6, 3.0e11};
constexpr Range kBandwidth{1.0e3, 4.0e9};
constexpr Range kShare{0.0, 1.0};
constexpr Range kSinr{-60.0, 80.0};

constexpr const char* kRadioIntroduction = R"(# The catalogue of radio technologies

`scenarios/catalogue/radio.toml` is part of the program; `amaneku technologies` lists it. A file of one's own of the
same form adds to it, or replaces by NAME, without a line of C++: `amaneku technologies FILE` checks it and lists
both. Every fault is reported at once as `file:line:column: key = value: message (legal: range)`.
This page is generated from the table that the program checks against.

Every figure has its source and says whether it was `verified`: read in the document that is named, or in a copy of it
that is named. What is not verified is an assumption or from memory; results name it.

A technology names a numerology (widths, resource blocks, symbols) and a link curve for either direction. A curve
may be made from a table of modulation and coding schemes. What a section names may stand in the file or in the
built-in catalogue.

The carrier's rate at a SINR is that of the best number of layers up to `dl_layers`: with n layers each has 1/n of the
power, so the curve moves by 10 log10(n) dB and counts n times. Layers are taken as orthogonal, which makes it an upper
bound. Bits a symbol x subcarriers x symbols a second x (1 - overhead) x share of the time: without the share that is the
peak rate of 3GPP TS 38.306 clause 4.1.2.
)";

SchemaKey radio_source() {
  return required(text("source", {}, "Document with edition and clause, or what the figure rests on."));
}

SchemaKey radio_verified() {
  return flag("verified", false, "The figure was read there.");
}

SchemaKey number_list(std::string name, std::string unit, Range range, std::string doc) {
  return list(number(std::move(name), {std::move(unit), {}, range}, std::move(doc)), ValueType::numbers);
}

Keys numerology_keys() {
  const Numerology defaults;
  return {
      radio_source(),
      radio_verified(),
      required(number("subcarrier_spacing_hz", {"Hz", {}, kBandwidth},
                      "Of one subcarrier, or of the channel where there are none.")),
      required(number("symbols_per_s", {"1/s", {}, {1.0, 1.0e9}}, "Per subcarrier: 14 a slot for NR and LTE.")),
      integer("subcarriers_per_block", {"1", std::int64_t{defaults.subcarriers_per_block}, {1.0, 1.0e6}},
              "Of one resource block."),
      required(number_list("bandwidth_hz", "Hz", kBandwidth, "Widths of the channel.")),
      required(number_list("blocks", "1", {1.0, 1.0e6}, "Resource blocks (N_RB), one for each width."))};
}

Keys modulation_keys() {
  return {radio_source(),
          radio_verified(),
          integer("first_index", {"1", std::int64_t{0}, {0.0, 100.0}}, "Index of the first row (1 for CQI)."),
          number("code_rate_unit", {"1", 1024.0, {1.0, 1.0e6}}, "The code rate is `code_rate` divided by this."),
          required(number_list("bits", "1", {1.0, 14.0}, "Bits a symbol before coding, row by row.")),
          required(number_list("code_rate", "1", {0.0, 1.0e6}, "Code rate in units of `code_rate_unit`."))};
}

Keys curve_keys() {
  SchemaKey form = choice("form", {"above_shannon", "thresholds", "truncated_shannon", "steps"},
                          "Shannon's SINR of each scheme plus a margin; a SINR for each scheme; "
                          "attenuation x log2(1 + snr) with floor and cap; steps of one's own.");
  return {required(form),
          radio_source(),
          radio_verified(),
          text("modulation", std::string{}, "above_shannon, thresholds: NAME of the table of schemes."),
          number("above_shannon_db", {"dB", 2.0, {0.0, 30.0}}, "above_shannon: the margin."),
          integer("first_index", {"1", std::int64_t{0}, {0.0, 100.0}},
                  "thresholds: index of the scheme of the first SINR; those before are not used."),
          number_list("sinr_db", "dB", kSinr, "thresholds, steps: least SINR, ascending or not."),
          number_list("bits_per_symbol", "1", {0.0, 20.0}, "steps: bits carried from each SINR on."),
          number("attenuation", {"1", {}, {0.01, 1.0}}, "truncated_shannon: of Shannon's bound."),
          number("floor_db", {"dB", {}, kSinr}, "truncated_shannon: below, nothing is carried."),
          number("cap_bit_s_hz", {"bit/s/Hz", {}, {0.01, 20.0}}, "truncated_shannon: at most.")};
}

Keys band_keys() {
  SchemaKey duplex = choice("duplex", {"tdd", "fdd", "shared"},
                            "One frequency with slots; two frequencies; one frequency, whoever speaks first.");
  return {
      required(text("name", {}, "For people.")),
      text("name_ja", std::string{}, "In Japanese; absent: `name`."),
      required(number("freq_min_hz", {"Hz", {}, kFrequency}, "Lower edge of the (downlink) band.")),
      required(number("freq_max_hz", {"Hz", {}, kFrequency}, "Upper edge.")),
      text("generation", std::string{},
           "Generation of mobile networks that it counts for in targets: \"5G\", \"4G\"; empty: none."),
      required(duplex),
      number("duplex_spacing_hz", {"Hz", {}, {-1.0e10, 1.0e10}}, "fdd, required: downlink minus uplink."),
      text("tdd_pattern", std::string{}, "tdd, required: slots `D`, `U`, `S` (special), as \"DDDSU\"."),
      list(integer("special_slot_symbols", {"1", std::vector<double>{10.0, 2.0}, {0.0, 14.0}},
                   "tdd: [downlink, uplink] symbols of a special slot; the rest of 14 is guard."),
           ValueType::numbers, 2),
      number("share_downlink", {"1", {}, kShare}, "shared, required: share of the time."),
      number("share_uplink", {"1", {}, kShare}, "shared, required: share of the time."),
      required(text("numerology", {}, "NAME of a numerology.")),
      required(number_list("bandwidth_hz", "Hz", kBandwidth, "Widths of a carrier, of those of the numerology."))};
}

Keys link_keys() {
  const LinkDirection link;
  const auto layers = [&](const char* name, const char* doc) {
    return integer(name, {"1", std::int64_t{link.layers}, {1.0, 16.0}}, doc);
  };
  return {layers("dl_layers", "Most layers to one user."),
          required(text("dl_curve", {}, "NAME of the link curve, downlink.")),
          number("dl_overhead", {"1", link.overhead, {0.0, 0.99}},
                 "Resource elements without user data (TS 38.306 OH)."),
          required(number("device_noise_figure_db", {"dB", {}, {0.0, 40.0}}, "Of the device's receiver.")),
          layers("ul_layers", "Most layers of one user."),
          required(text("ul_curve", {}, "NAME of the link curve, uplink.")),
          number("ul_overhead", {"1", link.overhead, {0.0, 0.99}}, "As `dl_overhead`."),
          required(number("base_noise_figure_db", {"dB", {}, {0.0, 40.0}}, "Of the base station's receiver."))};
}

Keys power_keys() {
  const DevicePower device;
  const RadioTechnology technology;
  const Range power{-50.0, 100.0};
  return {
      number("device_power_dbm", {"dBm", device.power_dbm, power}, "Largest conducted power of the device."),
      number("device_gain_dbi", {"dBi", device.gain_dbi, {-50.0, 60.0}},
             "Its antenna; used where receiver.gain_dbi is absent."),
      number("p0_dbm", {"dBm", device.p0_dbm, {-202.0, 24.0}}, "Power control (TS 38.213 7.1.1): P0 of a block."),
      number("alpha", {"1", device.alpha, kShare}, "Part of the path loss that is compensated; 0: full power."),
      number("eirp_limit_dbm", {"dBm", {}, power}, "Largest EIRP by rule."),
      number("conducted_limit_dbm", {"dBm", {}, power}, "Largest conducted power by rule."),
      number("limit_per_bandwidth_hz", {"Hz", 0.0, {0.0, 4.0e9}},
             "The limits hold for so much bandwidth; 0: for the carrier."),
      text("limit_rule", std::string{}, "The rule, required with a limit: named in warnings."),
      list(
          number(
              "indoor_only_hz", {"Hz", std::vector<double>{0.0, 0.0}, {0.0, 3.0e11}},
              "[from, to]: part of the band for use indoors alone; [0, 0]: none known. Sectors there that are not "
              "`indoor` are a warning."),
          ValueType::numbers, 2),
      number(
          "licence_power_dbm", {"dBm", {}, power},
          "Largest conducted power of a licence that was seen, where no limit is known: power 20 dB above it is a "
          "warning."),
      number("hourly_airtime_s", {"s", 0.0, {0.0, 3600.0}},
             "shared: sending time of one station in an hour, by rule; `share_downlink` may not be more. 0: no "
             "limit."),
      number("rsrp_min_dbm", {"dBm", technology.rsrp_min_dbm, {-200.0, 0.0}},
             "Received power of a subcarrier below which there is no service."),
      number("sinr_min_db", {"dB", technology.sinr_min_db, kSinr}, "SINR below which there is no service.")};
}

Keys technology_keys() {
  Keys keys = band_keys();
  for (const Keys& more : {link_keys(), power_keys()}) keys.insert(keys.end(), more.begin(), more.end());
  return keys;
}

Keys source_keys() {
  return {required(list(text("keys", {}, "Keys of the technology that the source is for."), ValueType::texts)),
          radio_source(), radio_verified()};
}

}  // namespace

const Schema& radio_schema() {
  static const Schema kSchema = {
      {"numerology", SectionKind::named, "Subcarriers, symbols and the resource blocks of every width.",
       numerology_keys()},
      {"modulation", SectionKind::named, "A table of modulation and coding schemes.", modulation_keys()},
      {"curve", SectionKind::named, "A link curve: SINR to bits a symbol of one layer.", curve_keys()},
      {"technology", SectionKind::named, "A radio technology in its band.", technology_keys()},
      {"technology.source", SectionKind::list,
       "Sources of a technology: `[[technology.NAME.source]]`. A key without one counts as not verified.",
       source_keys()}};
  return kSchema;
}

std::string radio_catalogue_markdown() {
  std::string out = kRadioIntroduction;
  for (const SchemaSection& section : radio_schema()) out += section_markdown(section);
  return out;
}

}  // namespace amaneku::scenarios
