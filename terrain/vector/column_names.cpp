#include "terrain/vector/column_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "terrain/error.hpp"
#include "terrain/files/text_file.hpp"
#include "terrain/nearest.hpp"

namespace amaneku {
namespace {

struct ColumnWord {
  std::string_view word;
  std::string_view known;
};

constexpr std::array<ColumnWord, 62> kColumnWords{{{"direction", "azimuth_deg"},
                                                   {"bearing", "azimuth_deg"},
                                                   {"heading", "azimuth_deg"},
                                                   {"azimut", "azimuth_deg"},
                                                   {"az", "azimuth_deg"},
                                                   {"方位", "azimuth_deg"},
                                                   {"方位角", "azimuth_deg"},
                                                   {"指向方向", "azimuth_deg"},
                                                   {"height", "tx_agl_m"},
                                                   {"height_m", "tx_agl_m"},
                                                   {"antenna_height", "tx_agl_m"},
                                                   {"antenna_height_m", "tx_agl_m"},
                                                   {"agl", "tx_agl_m"},
                                                   {"agl_m", "tx_agl_m"},
                                                   {"hgt", "tx_agl_m"},
                                                   {"高さ", "tx_agl_m"},
                                                   {"地上高", "tx_agl_m"},
                                                   {"アンテナ高", "tx_agl_m"},
                                                   {"空中線高", "tx_agl_m"},
                                                   {"空中線地上高", "tx_agl_m"},
                                                   {"tilt", "mechanical_downtilt_deg"},
                                                   {"tilt_deg", "mechanical_downtilt_deg"},
                                                   {"downtilt", "mechanical_downtilt_deg"},
                                                   {"downtilt_deg", "mechanical_downtilt_deg"},
                                                   {"mechanical_tilt", "mechanical_downtilt_deg"},
                                                   {"mtilt", "mechanical_downtilt_deg"},
                                                   {"チルト", "mechanical_downtilt_deg"},
                                                   {"チルト角", "mechanical_downtilt_deg"},
                                                   {"俯角", "mechanical_downtilt_deg"},
                                                   {"electrical_tilt", "electrical_downtilt_deg"},
                                                   {"etilt", "electrical_downtilt_deg"},
                                                   {"frequency", "freq_hz"},
                                                   {"frequency_mhz", "freq_hz"},
                                                   {"frequency_hz", "freq_hz"},
                                                   {"freq_mhz", "freq_hz"},
                                                   {"周波数", "freq_hz"},
                                                   {"tx_power", "power_dbm"},
                                                   {"power_w", "power_dbm"},
                                                   {"eirp", "power_dbm"},
                                                   {"eirp_dbm", "power_dbm"},
                                                   {"出力", "power_dbm"},
                                                   {"空中線電力", "power_dbm"},
                                                   {"cable_loss", "feeder_loss_db"},
                                                   {"cable_loss_db", "feeder_loss_db"},
                                                   {"bw", "bandwidth_hz"},
                                                   {"bandwidth_mhz", "bandwidth_hz"},
                                                   {"帯域幅", "bandwidth_hz"},
                                                   {"longitude", "lon"},
                                                   {"lng", "lon"},
                                                   {"x", "lon"},
                                                   {"経度", "lon"},
                                                   {"latitude", "lat"},
                                                   {"y", "lat"},
                                                   {"緯度", "lat"},
                                                   {"id", "site_id"},
                                                   {"局名", "name"},
                                                   {"名称", "name"},
                                                   {"people", "population"},
                                                   {"pop", "population"},
                                                   {"人口", "population"},
                                                   {"key_code", "mesh"},
                                                   {"meshcode", "mesh"}}};

char lower_of(char c) noexcept {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// "Antenna Height (m)" -> "antenna_height".
std::string plain_name(std::string_view column) {
  std::string out(trimmed(column.substr(0, std::min(column.find_first_of("([{"), column.size()))));
  for (char& c : out) c = c == ' ' || c == '-' ? '_' : lower_of(c);
  return out;
}

bool is_word_for(std::string_view column, std::string_view known) {
  const std::string plain = plain_name(column);
  // "azimuth" for "azimuth_deg": the name without its unit.
  if (plain.size() > 2 && known.size() > plain.size() && known.starts_with(plain) && known[plain.size()] == '_')
    return true;
  return std::any_of(kColumnWords.begin(), kColumnWords.end(),
                     [&](const ColumnWord& w) { return w.word == plain && w.known == known; });
}

}  // namespace

bool names_same_column(std::string_view column, std::string_view known) noexcept {
  const bool cut = column.size() == kShapefileName && known.size() > column.size();
  if (!cut && column.size() != known.size()) return false;
  return std::equal(column.begin(), column.end(), known.begin(),
                    [](char a, char b) { return lower_of(a) == lower_of(b); });
}

void know_columns(SourceTable& table, std::span<const std::string> known) {
  const auto is_column = [&](const std::string& name) {
    return std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end();
  };
  for (std::string& column : table.columns) {
    if (std::find(known.begin(), known.end(), column) != known.end()) continue;
    std::vector<std::string> meant;
    for (const std::string& name : known) {
      const bool again = std::find(meant.begin(), meant.end(), name) != meant.end();
      if (!again && names_same_column(column, name)) meant.push_back(name);
    }
    if (meant.empty() || (meant.size() == 1 && is_column(meant.front()))) continue;
    if (meant.size() > 1) {
      throw InputError(Fault{.message = "may stand for \"" + meant[0] + "\" and for \"" + meant[1] + "\"",
                             .file = table.path,
                             .line = 1,
                             .key = column});
    }
    for (TableRow& row : table.rows) {
      auto cell = row.values.extract(column);
      if (cell.empty()) continue;
      cell.key() = meant.front();
      row.values.insert(std::move(cell));
    }
    column = meant.front();
  }
}

std::string meant_by_column(std::string_view column, std::span<const std::string> known) {
  const auto word =
      std::find_if(known.begin(), known.end(), [&](const std::string& name) { return is_word_for(column, name); });
  return word != known.end() ? *word : nearest(column, known);
}

std::string column_meaning(std::string_view known, std::span<const std::string> columns) {
  const auto word = std::find_if(columns.begin(), columns.end(),
                                 [&](const std::string& column) { return is_word_for(column, known); });
  return word != columns.end() ? *word : nearest(known, columns);
}

}  // namespace amaneku
