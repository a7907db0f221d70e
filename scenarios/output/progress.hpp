// Progress of a run for people (a bar a stage) and for programs (a JSON object a line).
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace amaneku::scenarios {

enum class ProgressStyle { none, bar, json };

/// Writes to one stream, normally stderr. Not for several threads at once: PlanOptions::on_progress is called
/// from one at a time.
class ProgressPrinter {
 public:
  ProgressPrinter(ProgressStyle style, std::FILE* out) : style_(style), out_(out) {}
  ~ProgressPrinter();
  ProgressPrinter(const ProgressPrinter&) = delete;
  ProgressPrinter& operator=(const ProgressPrinter&) = delete;

  /// Lines appear at whole percents only.
  void operator()(std::string_view stage, double done_fraction);
  /// Ends an unfinished bar, so that the next message starts on its own line.
  void finish();

 private:
  ProgressStyle style_;
  std::FILE* out_;
  std::string stage_{};
  int percent_ = -1;
};

/// `coverage     [########............]  40 %`
[[nodiscard]] std::string progress_bar(std::string_view stage, int percent);
/// {"stage":"coverage","done":0.4}
[[nodiscard]] std::string progress_line(std::string_view stage, int percent);

}  // namespace amaneku::scenarios
