// `amaneku explain`: why a cell of a result has its value. The scenario of the result is read again, only the
// paths to that cell are planned, and what comes out is held against what the result says.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"
#include "libsim/result/result_io_read.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

struct ExplainRequest {
  std::filesystem::path result{};  ///< result.h5, or the folder that holds it
  std::vector<LonLat> at{};
  /// Empty: the file that the result names, from here, from the folder of the result or from one above it.
  std::filesystem::path scenario{};
};

/// Terms that add up to the map are those of the map: the farthest that rounding takes them apart.
inline constexpr double kAgrees_db = 0.01;

/// A sector as the cell receives it.
struct ExplainedServer {
  std::string site_id{};
  std::string site_name{};
  std::string sector_id{};
  double tx_agl_m = 0.0;
  std::optional<double>
      off_boresight_deg{};     ///< of the cell, in azimuth, 0 .. 180; none: an antenna that has no boresight
  double most_gain_dbi = 0.0;  ///< of the antenna in its best direction
  CellBudget cell{};
  double map_dbm = 0.0;  ///< of the result
  LonLat receiver_at{};
  std::optional<LonLat> obstacle_at{};  ///< of cell.obstacle.deciding, on the straight line

  [[nodiscard]] bool agrees() const noexcept;
  /// "A/1 Fuji".
  [[nodiscard]] std::string name() const;
};

/// What the device gets of its server: every number between RSRP and the rates.
struct ExplainedService {
  std::string technology{};
  std::string link_curve{};
  double location_margin_db = 0.0;  ///< taken off RSRP for service.location_percent
  double noise_rise_db = 0.0;
  CellService cell{};
  UplinkChoice uplink{};
  StoredService map{};  ///< of the result

  /// SINR within 0.01 dB, rates within a thousandth.
  [[nodiscard]] bool agrees() const noexcept;
};

/// What is missing in the data around a cell.
struct DataGap {
  enum class Kind : std::uint8_t {
    path_over_void,  ///< a site that might be stronger could not be computed: its path crosses missing terrain
    cells_without_height
  };
  Kind kind = Kind::path_over_void;
  std::string site_id{};
  double distance_m = 0.0;
  std::size_t cells = 0;
};
[[nodiscard]] std::string gap_text(const DataGap& gap, Language language);
/// Of a warning of the plan: its message, which says more, in English; elsewhere its meaning.
[[nodiscard]] std::string meaning_of(const Warning& warning, Language language);

struct ExplainedCell {
  LonLat asked{};
  LonLat centre{};  ///< of the cell that holds it
  int ix = 0;
  int iy = 0;
  ExplainedServer server{};
  std::optional<ExplainedServer> second{};
  std::optional<ExplainedService> service{};  ///< where the server's radio technology is known
  std::vector<DataGap> gaps{};
};

struct Explanation {
  std::string result_file{};
  std::string scenario_file{};
  std::string title{};
  bool synthetic = false;
  RadioModel model{};
  std::vector<RadioModel> added_losses{};
  LossEngine engine = LossEngine::radial;
  std::vector<Warning> plan_warnings{};
  std::vector<ExplainedCell> cells{};  ///< in the order in which they were asked for
};

/// InputError with every fault: no result, a scenario that is not there or has changed since, places outside the
/// plan, cells without a server (and why they have none).
[[nodiscard]] Explanation explain(const ExplainRequest& request);

/// The same of a plan in memory, whose losses are not needed.
[[nodiscard]] Explanation explain(const Planned& planned, const std::vector<LonLat>& at);

/// The scenario that a result was made of, read as it was then. InputError as explain().
[[nodiscard]] Scenario scenario_of_result(const std::filesystem::path& result);

/// One sentence: who serves, what the antenna gives in that direction, what stands in the way, what follows.
[[nodiscard]] std::string verdict(const ExplainedCell& cell, Language language);

struct ExplainedText {
  Language language = Language::en;
  bool all = true;  ///< every term; else the verdict, and what is missing in the data
};

/// For people.
[[nodiscard]] std::string explanation_text(const Explanation& explanation, const ExplainedText& as = {});
/// One JSON object.
[[nodiscard]] std::string explanation_json(const Explanation& explanation);

/// The profiles as a picture (.svg, .png) or with all figures as a page (.html). InputError for another ending,
/// and where the file cannot be written. A .png is drawn by the program rsvg-convert.
void write_explanation(const std::filesystem::path& file, const Explanation& explanation, Language language);

}  // namespace amaneku::scenarios
