// What every user of GDAL and OGR in this layer shares: drivers registered once, errors collected instead of
// printed. Free of GDAL headers.
#pragma once

#include <string>

namespace amaneku {

/// Registers GDAL's drivers once per process, quietly and without network; never undone.
void register_gdal();

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
