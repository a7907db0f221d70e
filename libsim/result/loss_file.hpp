// Losses of some sites of a plan on the disk: what the tasks of a distributed run leave for the one that joins
// them. HDF5, one dataset a transmitter, every bit of its losses (docs/distributed.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "libsim/plan/plan.hpp"

namespace amaneku {

inline constexpr int kLossFormat = 1;

/// Writes those transmitters of `coverage` that have a loss; complete under its name, or absent. `identity` says
/// of which plan. Throws as write_result().
void write_losses(const std::filesystem::path& path, const std::string& identity, const Coverage& coverage);

/// The losses of a plan in files that together have all of its transmitters.
class LossFiles {
 public:
  /// InputError where a file is missing, something else, damaged or of another plan, and where a transmitter of
  /// `coverage` is in none.
  LossFiles(const std::vector<std::filesystem::path>& files, const std::string& identity,
            const Coverage& coverage);

  /// InputError where the file is damaged.
  [[nodiscard]] TransmitterLoss read(std::size_t transmitter) const;

 private:
  Grid grid_{};
  std::vector<std::filesystem::path> files_{};
  std::vector<std::size_t> file_of_{};  ///< [transmitter]
};

}  // namespace amaneku
