// Small owners around GDAL's C++ API, for the raster sources of this layer only.
#pragma once

#include <cpl_vsi.h>
#include <gdal_priv.h>

#include <atomic>
#include <memory>
#include <string>

#include "terrain/error.hpp"

namespace amaneku {

struct DatasetCloser {
  void operator()(GDALDataset* dataset) const noexcept { GDALClose(dataset); }
};
using DatasetPtr = std::unique_ptr<GDALDataset, DatasetCloser>;

/// A raster of one band ("MEM"), or vectors with a size of nothing ("Memory").
[[nodiscard]] inline DatasetPtr in_memory(const char* driver, int nx = 0, int ny = 0,
                                          GDALDataType type = GDT_Unknown) {
  GDALDriver* made = GetGDALDriverManager()->GetDriverByName(driver);
  if (made == nullptr) throw InternalError(std::string("GDAL has no driver ") + driver);
  DatasetPtr dataset(made->Create("", nx, ny, nx > 0 ? 1 : 0, type, nullptr));
  if (!dataset) throw InternalError(std::string("GDAL cannot make a dataset in memory: ") + driver);
  return dataset;
}

/// A private folder of GDAL's memory file system, removed with all that it holds.
class MemoryFolder {
 public:
  MemoryFolder() {
    static std::atomic<unsigned> counter{0};
    path_ = "/vsimem/amaneku-" + std::to_string(counter++);
  }
  ~MemoryFolder() { VSIRmdirRecursive(path_.c_str()); }
  MemoryFolder(const MemoryFolder&) = delete;
  MemoryFolder& operator=(const MemoryFolder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace amaneku
