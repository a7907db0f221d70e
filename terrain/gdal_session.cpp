#include "terrain/gdal_session.hpp"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <cpl_vsi_virtual.h>
#include <gdal_priv.h>
#include <ogr_srs_api.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

namespace amaneku {
namespace {

void CPL_STDCALL collect(CPLErr kind, CPLErrorNum /*number*/, const char* text) {
  if (kind != CE_Warning && kind != CE_Failure) return;
  auto* scope = static_cast<GdalErrorScope*>(CPLGetErrorHandlerUserData());
  if (scope != nullptr && text != nullptr) scope->note(kind == CE_Failure, text);
}

std::string& noted_refusal() {
  thread_local std::string noted;
  return noted;
}

void refuse_address(const std::string& address) {
  note_gdal_refusal("asks for " + address + ", and nothing is read from a network");
  CPLError(CE_Failure, CPLE_NotSupported, "%s is not read: no network", address.c_str());
}

CPLHTTPResult* refuse_download(const char* url, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc,
                               void*, void*) {
  refuse_address(url);
  auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
  result->nStatus = 1;
  result->pszErrBuf = CPLStrdup("no network");
  return result;
}

const char* prefix_of(void* prefix) {
  return static_cast<const std::string*>(prefix)->c_str();
}

int refuse_stat(void* prefix, const char* name, VSIStatBufL*, int) {
  refuse_address(prefix_of(prefix) + std::string(name));
  return -1;
}

void* refuse_open(void* prefix, const char* name, const char*) {
  refuse_address(prefix_of(prefix) + std::string(name));
  errno = ENOENT;
  return nullptr;
}

/// Those that read files of this computer only; a new one of GDAL's is closed until it stands here.
constexpr std::array<std::string_view, 9> kLocalFileSystems{"/vsimem/",     "/vsigzip/",   "/vsizip/",
                                                            "/vsitar/",     "/vsi7z/",     "/vsirar/",
                                                            "/vsisubfile/", "/vsisparse/", "/vsicrypt/"};

void close_file_systems() {
  // GDAL forgets the handlers that it gets others for: kept, they are no leak.
  static auto* const replaced = new std::vector<VSIFilesystemHandler*>;
  const CPLStringList prefixes(VSIGetFileSystemsPrefixes());
  for (int i = 0; i < prefixes.size(); ++i) {
    const std::string_view prefix = prefixes[i];
    if (std::find(kLocalFileSystems.begin(), kLocalFileSystems.end(), prefix) != kLocalFileSystems.end()) continue;
    replaced->push_back(VSIFileManager::GetHandler(prefixes[i]));
    VSIFilesystemPluginCallbacksStruct* closed = VSIAllocFilesystemPluginCallbacksStruct();
    closed->pUserData = new std::string(prefix);  // as long as the process, like GDAL's own handlers
    closed->stat = refuse_stat;
    closed->open = refuse_open;
    VSIInstallPluginHandler(prefixes[i], closed);
    VSIFreeFilesystemPluginCallbacksStruct(closed);
  }
}

}  // namespace

void register_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    GDALAllRegister();
    OSRSetPROJEnableNetwork(0);
    close_file_systems();
    CPLHTTPSetFetchCallback(refuse_download, nullptr);
    // A table of an SQLite file could name any other file, or an address, as its content.
    CPLSetConfigOption("OGR_SQLITE_STATIC_VIRTUAL_OGR", "NO");
    // The vertical datum of a GeoTIFF is told, whichever version of the format it is.
    CPLSetConfigOption("GTIFF_REPORT_COMPD_CS", "YES");
    // A gzipped file must not leave a .properties file beside itself.
    CPLSetConfigOption("CPL_VSIL_GZIP_WRITE_PROPERTIES", "NO");
  });
}

void note_gdal_refusal(std::string what) {
  if (noted_refusal().empty()) noted_refusal() = std::move(what);
}

std::string take_gdal_refusal() {
  return std::exchange(noted_refusal(), {});
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
