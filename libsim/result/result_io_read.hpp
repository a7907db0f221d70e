// What a result.h5 says of one cell and of where it came from. Of format kResultFormatMajor, any minor number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/raster/raster.hpp"

namespace amaneku {

/// Where the result came from, and what it is of.
struct StoredPlan {
  std::string title{};
  std::string program_version{};
  std::string crs_id{};
  Grid grid{};
  std::string scenario_file{};  ///< as it was named
  std::string scenario_text{};
  std::map<std::string, std::string> input_sha256{};  ///< by path as written in the scenario
  std::map<std::string, std::string> settings{};      ///< --set
  std::vector<Warning> warnings{};
  std::size_t sectors = 0;
};

/// The maps of service at one cell.
struct StoredService {
  float sinr_db = kNoData;
  float dl_mbps = kNoData;  ///< of a person in the busy hour
  float ul_mbps = kNoData;
  float dl_alone_mbps = kNoData;  ///< of one device alone on the carrier
  float ul_alone_mbps = kNoData;
  bool served = false;
  double noise_rise_db = kNoData;  ///< of the server's uplink; NaN: not solved, as the scenario states
};

/// The maps at one cell.
struct StoredCell {
  float rsrp_dbm = kNoData;
  std::int32_t best_server = -1;  ///< row of the group sectors
  float second_dbm = kNoData;
  std::int32_t second_server = -1;
  float ground_asl_m = kNoData;
  float interference_dbm = kNoData;
  std::optional<StoredService> service{};  ///< results with service only
};

class ResultReader {
 public:
  /// InputError where the file cannot be read, is something else, of another format version, or damaged.
  explicit ResultReader(std::filesystem::path file);

  [[nodiscard]] const StoredPlan& plan() const noexcept { return plan_; }
  /// The cell must lie in plan().grid. InputError where the file is damaged.
  [[nodiscard]] StoredCell cell(int ix, int iy) const;

 private:
  std::filesystem::path file_;
  StoredPlan plan_{};
};

}  // namespace amaneku
