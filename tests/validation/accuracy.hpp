// Models against measurements: the trans-horizon links of the ITU-R Study Group 3 databank (table III-1), long
// paths whose loss was recorded for months (shared data, measurements/dbsg3_*).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "propagation/geometry.hpp"

namespace amaneku::test {

/// A link of the databank with its terrain. Zones: land is inland; samples at 0 m are sea, the longest stretch
/// first, as far as the databank's distance over sea goes (polders lie at 0 m too).
struct MeasuredLink {
  int station = 0;
  Link link{};
  double tx_gain_dbi = 0.0;
  double rx_gain_dbi = 0.0;
  std::string climate{};  ///< of the databank: "6", "7A", "7B"
  Profile profile{};
};

/// A loss that was not exceeded for `time_percent` of the time, and what the authors of the reference code for
/// P.452 computed for it.
struct MeasuredLoss {
  int station = 0;
  double time_percent = 0.0;
  double measured_db = 0.0;
  double reference_db = 0.0;
};

struct Measurements {
  std::map<int, MeasuredLink> links{};  ///< by station; those that `losses` needs
  std::vector<MeasuredLoss> losses{};
};

/// Reads the folder measurements. Throws std::runtime_error if a file or a column is missing.
[[nodiscard]] Measurements read_measurements(const std::filesystem::path& folder);

struct Prediction {
  MeasuredLoss loss{};
  double freq_hz = 0.0;
  double distance_m = 0.0;
  double computed_db = 0.0;
};

/// Ids of the models that are compared, those of this build.
[[nodiscard]] std::vector<std::string> compared_models();

/// Every loss for which the model flags neither link nor percentage; of a model for median time, those at 50 %.
[[nodiscard]] std::vector<Prediction> predictions(std::string_view model_id, const Measurements& measurements);

struct Accuracy {
  std::size_t links = 0;
  double mean_error_db = 0.0;  ///< computed less measured
  double rmse_db = 0.0;
};

[[nodiscard]] Accuracy accuracy(const std::vector<Prediction>& predictions, double time_percent);
/// The same links, by the published results of the reference code.
[[nodiscard]] Accuracy published_accuracy(const std::vector<Prediction>& predictions, double time_percent);

/// The table of docs/methods/accuracy.md.
[[nodiscard]] std::string accuracy_table(const Measurements& measurements);

}  // namespace amaneku::test
