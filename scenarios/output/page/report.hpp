// report.html: one self-contained page, English or Japanese, without a request or a script.
#pragma once

#include <string>
#include <string_view>

#include "libsim/plan/plan.hpp"
#include "scenarios/read/scenario.hpp"
#include "scenarios/report/language.hpp"

namespace amaneku::scenarios {

/// The page is never larger: its pictures get coarser first, and it says so.
inline constexpr std::size_t kReportBytes = 5'000'000;

/// UTF-8. The same plan gives the same page but for the computing times. docs/report.md describes it.
/// Long lists are cut at a stated number of rows; all of them are in the other files of a result.
/// `further`: a section of another room, after the summary; HTML.
[[nodiscard]] std::string report_html(const Planned& planned, Language language, std::string_view further = {});

}  // namespace amaneku::scenarios
