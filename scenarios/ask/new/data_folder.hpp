// What `amaneku data fetch` left: data.json of a folder (docs/data.md).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "terrain/geo.hpp"

namespace amaneku::scenarios {

/// A source of which there are files.
struct FetchedSource {
  std::string id{};
  std::string layer{};   ///< "dem", "people", "boundaries", "roads", "rail", "places", "landcover", "designations"
  std::string format{};  ///< "gsi_png" ...
  std::string title{};
  std::string title_ja{};
  std::string credit{};
  std::string credit_ja{};
  std::string vertical_datum{};
  std::string vertical_datum_ja{};
  std::vector<std::pair<std::string, std::string>> keys{};  ///< of the scenario's section, values as TOML
  std::vector<std::string> files{};  ///< below the folder, sorted; tiles: their folder alone
};

struct FetchedMunicipality {
  std::string name{};
  LonLatBox box{};
};

struct DataFolder {
  std::filesystem::path path{};
  std::string name{};                                  ///< of the area; "" for a box
  LonLatBox box{};                                     ///< of the area, without the margin
  double margin_m = 0.0;                               ///< of the data around it
  std::vector<std::string> municipalities{};           ///< codes of the area
  std::map<std::string, FetchedMunicipality> known{};  ///< by code
  std::vector<FetchedSource> sources{};                ///< the best of a layer first

  [[nodiscard]] std::vector<const FetchedSource*> of(const std::string& layer) const;
};

/// InputError with file and key: no data.json, another version, a name that leads out of the folder, a missing
/// file.
[[nodiscard]] DataFolder read_data_folder(const std::filesystem::path& folder);

/// TOML's basic string.
[[nodiscard]] std::string toml_quoted(const std::string& text);

}  // namespace amaneku::scenarios
