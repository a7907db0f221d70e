// What the readers of antenna files share: the parts of a pattern as a file states them, and their sum.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "propagation/antenna.hpp"
#include "propagation/antenna_cut.hpp"
#include "propagation/antenna_text.hpp"

namespace amaneku {

/// What a file says, while it is read.
struct AntennaParts {
  explicit AntennaParts(const std::string& file) : faults(file) {}

  AntennaFaults faults;
  std::string name{};
  std::optional<double> gain_dbi{};
  std::optional<double> tilt_deg{};  ///< electrical, of the header
  int gain_line = 0;
  AntennaCut horizontal{"horizontal"};
  AntennaCut vertical{"vertical"};

  /// "17 dBi", "(dBd) 14,85", "17 [dBi]"; without a unit in the default one. `key`: as written, for faults.
  void set_gain(int line, std::string_view key, std::string_view value, std::string_view default_unit);
};

/// The pattern, or InputError with every fault.
[[nodiscard]] TabulatedAntenna assembled(AntennaParts& parts, const AntennaFileOptions& options);

/// Whether the lines are a table with a header and a column Pattern, one antenna a row (Atoll's export).
[[nodiscard]] bool is_antenna_table(const std::vector<antenna_text::Line>& lines);
/// Reads the row of options.name, or the only one; refuses with the names otherwise.
void read_antenna_table(const std::vector<antenna_text::Line>& lines, const AntennaFileOptions& options,
                        AntennaParts& parts);

}  // namespace amaneku
