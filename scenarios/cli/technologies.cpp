#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "libsim/radio/carrier.hpp"
#include "scenarios/catalogue/radio_catalogue.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/languages.hpp"

namespace amaneku::cli {
namespace {

struct TechnologiesArguments {
  std::string file{};
  bool as_json = false;
  scenarios::Language language = scenarios::Language::en;
};

std::string band_text(const RadioTechnology& technology) {
  std::string access = technology.duplex == Duplex::tdd ? "TDD " + technology.tdd_pattern : "shared";
  if (technology.duplex == Duplex::fdd)
    access = fmt::format("FDD, uplink {:g} MHz below", technology.duplex_spacing_hz / 1e6);
  std::string out =
      fmt::format("{:g} .. {:g} MHz, {}", technology.freq_min_hz / 1e6, technology.freq_max_hz / 1e6, access);
  if (technology.duplex != Duplex::fdd) {
    out += fmt::format(" ({:.1f} % down, {:.1f} % up)", 100.0 * technology.share.downlink,
                       100.0 * technology.share.uplink);
  }
  return out;
}

/// "1.74 Gbit/s", "5.47 kbit/s".
std::string rate_text(double rate_bps) {
  if (rate_bps >= 1e9) return fmt::format("{:.2f} Gbit/s", rate_bps / 1e9);
  if (rate_bps >= 1e6) return fmt::format("{:.1f} Mbit/s", rate_bps / 1e6);
  return fmt::format("{:.2f} kbit/s", rate_bps / 1e3);
}

void print_widths(const RadioTechnology& technology, const std::vector<LinkCurve>& curves) {
  for (const CarrierWidth& width : technology.widths) {
    const PeakRates peak = peak_rates(make_carrier(technology, width.bandwidth_hz, curves));
    fmt::print("    width     {:>7g} MHz, {} x {:g} kHz: at most {} down, {} up\n", width.bandwidth_hz / 1e6,
               width.subcarriers, width.subcarrier_spacing_hz / 1e3, rate_text(peak.downlink_bps),
               rate_text(peak.uplink_bps));
  }
}

std::string limits_text(const PowerLimits& limits) {
  std::vector<std::string> parts;
  if (std::isfinite(limits.eirp_dbm)) parts.push_back(fmt::format("EIRP {:g} dBm", limits.eirp_dbm));
  if (std::isfinite(limits.conducted_dbm)) parts.push_back(fmt::format("power {:g} dBm", limits.conducted_dbm));
  if (parts.empty()) return "none known";
  const std::string per =
      limits.per_bandwidth_hz > 0.0 ? fmt::format(" in {:g} MHz", limits.per_bandwidth_hz / 1e6) : "";
  return fmt::format("{}{}: {}", fmt::join(parts, ", "), per, limits.rule);
}

std::vector<std::string> unverified(const RadioTechnology& technology) {
  std::vector<std::string> keys;
  for (const ValueSource& source : technology.sources) {
    if (!source.verified) keys.push_back(source.key);
  }
  return keys;
}

void print_technology(const RadioTechnology& technology, const TechnologiesArguments& arguments,
                      const std::vector<LinkCurve>& curves) {
  const bool japanese = arguments.language == scenarios::Language::ja;
  fmt::print("{}  {}\n    band      {}\n", technology.id, japanese ? technology.name_ja : technology.name,
             band_text(technology));
  print_widths(technology, curves);
  const LinkDirection& down = technology.downlink;
  const LinkDirection& up = technology.uplink;
  fmt::print("    downlink  {} layers, curve {}, overhead {:g}; device's noise figure {:g} dB\n", down.layers,
             down.curve, down.overhead, down.noise_figure_db);
  fmt::print("    uplink    {} layers, curve {}, overhead {:g}; base station's noise figure {:g} dB\n", up.layers,
             up.curve, up.overhead, up.noise_figure_db);
  fmt::print("    device    {:g} dBm, {:g} dBi\n    limits    {}\n", technology.device.power_dbm,
             technology.device.gain_dbi, limits_text(technology.limits));
  const std::vector<std::string> keys = unverified(technology);
  if (!keys.empty()) fmt::print("    unverified {}\n", fmt::join(keys, ", "));
}

void technologies(const TechnologiesArguments& arguments) {
  const RadioCatalogue own =
      arguments.file.empty() ? RadioCatalogue{} : scenarios::radio_catalogue_with(arguments.file);
  const RadioCatalogue& catalogue = arguments.file.empty() ? scenarios::built_in_radio_catalogue() : own;
  if (arguments.as_json) {
    fmt::print("{}\n", scenarios::radio_catalogue_json(catalogue));
    return;
  }
  for (const RadioTechnology& technology : catalogue.technologies)
    print_technology(technology, arguments, catalogue.curves);
}

}  // namespace

void add_technologies(CLI::App& app) {
  auto arguments = std::make_shared<TechnologiesArguments>();
  CLI::App* command = app.add_subcommand(
      "technologies", "Radio technologies with bands, widths, peak rates, limits and what of it is not verified");
  command->add_option("FILE", arguments->file,
                      "a catalogue of one's own (TOML), checked and added to the built-in one");
  command->add_flag("--json", arguments->as_json, "everything as one JSON object, with the link curves");
  command->add_option("--lang", arguments->language, "Language of the names")
      ->type_name("en|ja")
      ->transform(CLI::CheckedTransformer(kLanguages).description(""));
  command->callback([arguments] { technologies(*arguments); });
}

}  // namespace amaneku::cli
