// The catalogue of microwave bands and radios (docs/formats/microwave.md): the built-in one, and a user's file
// beside it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "libsim/backhaul/microwave_hop.hpp"
#include "scenarios/schema/schema.hpp"

namespace amaneku::scenarios {

/// Where hops may be, and how wide and long.
struct MicrowaveBand {
  std::string id;
  std::string name;
  std::string name_ja;
  Range freq_hz{0.0, 0.0};
  std::vector<double> channel_hz{};  ///< widths, ascending
  double longest_m = 0.0;            ///< of a hop
  std::string radio;                 ///< id of a MicrowaveType
  bool licensed = false;             ///< licence data are at hand
  std::string source;
  bool verified = false;
};

/// A type of equipment.
struct MicrowaveType {
  std::string id;
  std::string name;
  std::string name_ja;
  double tx_power_dbm = 0.0;
  double noise_figure_db = 0.0;
  double feeder_loss_db = 0.0;
  double antenna_efficiency = 0.0;
  std::vector<double> antenna_diameter_m{};  ///< ascending
  std::vector<ModulationStep> steps{};
  std::string source;
  bool verified = false;
};

struct MicrowaveCatalogue {
  std::vector<MicrowaveBand> bands{};
  std::vector<MicrowaveType> types{};
};

/// scenarios/catalogue/microwave.toml, as it was when the program was built.
[[nodiscard]] std::string_view built_in_microwave_text() noexcept;
[[nodiscard]] const MicrowaveCatalogue& built_in_microwave();

/// `base` with what the text adds or replaces by id. InputError with every fault; `file` is for messages.
[[nodiscard]] MicrowaveCatalogue read_microwave(std::string_view text, const std::string& file,
                                                MicrowaveCatalogue base);
[[nodiscard]] MicrowaveCatalogue microwave_with(const std::filesystem::path& file);

/// What a plan may use. InputError for an unknown band, with the known ones, and for one without licence data
/// ("band_without_licence_data").
[[nodiscard]] const MicrowaveBand& licensed_band(const MicrowaveCatalogue& catalogue, const std::string& id);

/// The radio of a band, in the middle of it, over its widest channel.
[[nodiscard]] MicrowaveRadio radio_of(const MicrowaveCatalogue& catalogue, const MicrowaveBand& band);

/// Sections and keys of such a file.
[[nodiscard]] const Schema& microwave_schema();
/// docs/formats/microwave.md.
[[nodiscard]] std::string microwave_markdown();

}  // namespace amaneku::scenarios
