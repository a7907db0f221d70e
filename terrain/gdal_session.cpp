#include "terrain/gdal_session.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>

#include <mutex>

namespace amaneku {
namespace {

void CPL_STDCALL collect(CPLErr kind, CPLErrorNum /*number*/, const char* text) {
  if (kind != CE_Warning && kind != CE_Failure) return;
  auto* scope = static_cast<GdalErrorScope*>(CPLGetErrorHandlerUserData());
  if (scope != nullptr && text != nullptr) scope->note(kind == CE_Failure, text);
}

/// Answers for the network, which nothing may reach: a GeoJSON can name its CRS by an address.
CPLHTTPResult* refuse_network(const char* /*url*/, CSLConstList /*options*/, GDALProgressFunc /*progress*/,
                              void* /*progress_data*/, CPLHTTPFetchWriteFunc /*write*/, void* /*write_data*/,
                              void* /*user*/) {
  auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("no network");
  CPLError(CE_Failure, CPLE_AppDefined, "the file refers to an address on the network, which is not followed");
  return result;
}

}  // namespace

void register_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    OSRSetPROJEnableNetwork(0);
    // The vertical datum of a GeoTIFF is told, whichever version of the format it is.
    CPLSetConfigOption("GTIFF_REPORT_COMPD_CS", "YES");
    CPLHTTPSetFetchCallback(refuse_network, nullptr);
    // A gzipped file must not leave a .properties file beside itself.
    CPLSetConfigOption("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO");
  });
}

GdalErrorScope::GdalErrorScope() {
  CPLPushErrorHandlerEx(collect, this);
}
GdalErrorScope::~GdalErrorScope() {
  CPLPopErrorHandler();
}

void GdalErrorScope::note(bool is_failure, const char* text) {
  if (failed_ || (!is_failure && !message_.empty())) return;
  failed_ = is_failure;
  message_ = text;
}

}  // namespace amaneku
