// What every user of GDAL and OGR in this layer shares: drivers registered once, no network, errors collected
// instead of printed. Free of GDAL headers.
#pragma once

#include <string>

namespace amaneku {

/// Registers GDAL's drivers once per process, quietly and without network; never undone. From then on every
/// virtual file system of GDAL that leaves this computer (/vsicurl/, /vsis3/ ...) and every download fails, for
/// the whole process; each attempt is noted (take_gdal_refusal).
void register_gdal();

/// Notes what GDAL asked for and did not get, or could not read: the first of this thread is kept. Drivers pass
/// over such failures, so that an answer without it would be another one.
void note_gdal_refusal(std::string what);
/// What was noted in this thread since the last call, as the end of a sentence about a file: "asks for ...". Empty
/// for nothing.
[[nodiscard]] std::string take_gdal_refusal();

/// While it lives, GDAL's errors and warnings of this thread are kept here and not printed. Scopes nest.
class GdalErrorScope {
 public:
  GdalErrorScope();
  ~GdalErrorScope();
  GdalErrorScope(const GdalErrorScope&) = delete;
  GdalErrorScope& operator=(const GdalErrorScope&) = delete;

  [[nodiscard]] bool failed() const noexcept { return failed_; }
  /// The first error, or the first warning where there was no error; empty without either.
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  /// Called by GDAL.
  void note(bool is_failure, const char* text);

 private:
  bool failed_ = false;
  std::string message_;
};

}  // namespace amaneku
