#include "scenarios/output/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/output/terminal_phrases.hpp"

namespace amaneku::scenarios {

ProgressPrinter::~ProgressPrinter() {
  finish();
}

void ProgressPrinter::operator()(std::string_view stage, double done_fraction) {
  if (style_ == ProgressStyle::none) return;
  const int percent = static_cast<int>(std::floor(100.0 * std::clamp(done_fraction, 0.0, 1.0)));
  if (stage == stage_ && percent == percent_) return;
  if (stage != stage_) finish();
  stage_ = stage;
  percent_ = percent;
  if (style_ == ProgressStyle::json) {
    fmt::print(out_, "{}\n", progress_line(stage, percent));
  } else {
    fmt::print(out_, "\r{}", progress_bar(stage_name(stage, language_), percent));
    if (percent == 100) fmt::print(out_, "\n");
  }
  std::fflush(out_);
}

void ProgressPrinter::finish() {
  if (style_ == ProgressStyle::bar && percent_ >= 0 && percent_ < 100) {
    fmt::print(out_, "\n");
    std::fflush(out_);
  }
  percent_ = -1;
  stage_.clear();
}

std::string progress_bar(std::string_view stage, int percent) {
  constexpr int kWidth = 30;
  const int filled = percent * kWidth / 100;
  return fmt::format("{:<12} [{}{}] {:>3} %", stage, std::string(static_cast<std::size_t>(filled), '#'),
                     std::string(static_cast<std::size_t>(kWidth - filled), '.'), percent);
}

std::string stage_name(std::string_view stage, Language language) {
  for (const auto& [id, name] : terminal::kStages) {
    if (id == stage) return std::string(name.in(language));
  }
  return std::string(stage);
}

std::string progress_line(std::string_view stage, int percent) {
  return fmt::format("{{\"stage\":\"{}\",\"done\":{}}}", stage, percent / 100.0);
}

}  // namespace amaneku::scenarios
