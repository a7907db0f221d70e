#include "terrain/vector/vector_export.hpp"

#include <gdal_utils.h>

#include <memory>
#include <vector>

#include "terrain/error.hpp"
#include "terrain/gdal_memory.hpp"
#include "terrain/gdal_session.hpp"

namespace amaneku {
namespace {

std::vector<std::string> arguments_of(VectorFormat format) {
  switch (format) {
    case VectorFormat::geojson:
      return {"-f", "GeoJSON", "-t_srs", "EPSG:4326", "-lco", "RFC7946=YES"};
    case VectorFormat::shapefile:
      // The date of the dBASE header: the same plan gives the same bytes.
      return {"-f", "ESRI Shapefile", "-lco", "ENCODING=UTF-8", "-lco", "DBF_DATE_LAST_UPDATE=1970-01-01"};
  }
  throw InternalError("a vector format without arguments");
}

struct OptionsDeleter {
  void operator()(GDALVectorTranslateOptions* options) const noexcept { GDALVectorTranslateOptionsFree(options); }
};

}  // namespace

void export_layer(const std::filesystem::path& geopackage, const std::string& layer,
                  const std::filesystem::path& target, VectorFormat format) {
  register_gdal();
  const GdalErrorScope errors;
  const auto fail = [&] {
    throw InputError(Fault{.message = "cannot be written: " + errors.message(), .file = target.string()});
  };
  constexpr const char* kOnly[] = {"GPKG", nullptr};
  const DatasetPtr source(GDALDataset::Open(geopackage.c_str(), GDAL_OF_VECTOR, kOnly, nullptr, nullptr));
  if (!source) fail();
  std::vector<std::string> words = arguments_of(format);
  words.push_back(layer);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const std::unique_ptr<GDALVectorTranslateOptions, OptionsDeleter> options(
      GDALVectorTranslateOptionsNew(arguments.data(), nullptr));
  GDALDatasetH from = source.get();
  DatasetPtr written(
      GDALDataset::FromHandle(GDALVectorTranslate(target.c_str(), nullptr, 1, &from, options.get(), nullptr)));
  if (!written) fail();
  written.reset();
  if (errors.failed()) fail();
}

}  // namespace amaneku
