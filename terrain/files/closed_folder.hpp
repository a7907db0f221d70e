// A folder that GDAL cannot leave: whatever a file names, only files of its own folder are read.
#pragma once

#include <filesystem>
#include <string>

namespace amaneku {

/// GDAL finds companions by name (.prj, .tfw, .dbf) and by what a file says (.ige, .rrd, parts of a VRT). Under
/// the names of this object it gets ordinary files of the folder and below it, read only. A link out of the
/// folder, "..", a device and a pipe are refused and noted (take_gdal_refusal), and so is a read that the system
/// fails; pyramids
/// (.ovr, .rrd, .aux) do not exist, for no answer is made of them. It must outlive the datasets opened through it.
class ClosedFolder {
 public:
  explicit ClosedFolder(const std::filesystem::path& folder);
  ~ClosedFolder();
  ClosedFolder(const ClosedFolder&) = delete;
  ClosedFolder& operator=(const ClosedFolder&) = delete;

  /// The name of `file`, which lies in the folder or below it, for GDAL.
  [[nodiscard]] std::string name_of(const std::filesystem::path& file) const;
  /// What GDAL says, with the names that users know.
  [[nodiscard]] std::string told(std::string text) const;

 private:
  std::filesystem::path folder_;
  std::string prefix_;
};

}  // namespace amaneku
