// Progress of a run for people (a bar a stage) and for programs (a JSON object a line).
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

enum class ProgressStyle { none, bar, json };

/// Writes to one stream, normally stderr. Not for several threads at once: PlanOptions::on_progress is called
/// from one at a time.
class ProgressPrinter {
 public:
  ProgressPrinter(ProgressStyle style, std::FILE* out, Language language = Language::en)
      : style_(style), out_(out), language_(language) {}
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
  Language language_;
  std::string stage_{};
  int percent_ = -1;
};

/// `coverage     [########............]  40 %`
[[nodiscard]] std::string progress_bar(std::string_view stage, int percent);
/// A stage of a run, or the id of a study, for people; one that is not known as it is.
[[nodiscard]] std::string stage_name(std::string_view stage, Language language);
/// {"stage":"coverage","done":0.4}
[[nodiscard]] std::string progress_line(std::string_view stage, int percent);

}  // namespace amaneku::scenarios
